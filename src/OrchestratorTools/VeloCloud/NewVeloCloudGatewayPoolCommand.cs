using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Makes a pool of gateways, which is empty at first.</summary>
[Cmdlet(VerbsCommon.New, "VeloCloudGatewayPool", SupportsShouldProcess = true)]
[OutputType(typeof(VeloCloudGatewayPool))]
public sealed class NewVeloCloudGatewayPoolCommand : ChangingCmdlet<VeloCloudSession>
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>Free text.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>Whether its gateways hand traffic over to the partner's network.</summary>
    [Parameter]
    [ValidateSet("NONE", "ALLOW", "ONLY")]
    public string? HandOffType { get; set; }

    /// <summary>The id of the partner whose pool it is; default: the operator's own.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long PartnerId { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var session = Session();
        CurrentTarget = Name;
        if (!ShouldProcess($"gateway pool '{Name}' at '{session.ConnectionName}'", "Make a gateway pool"))
        {
            return;
        }

        var client = new VeloCloudClient(session, RequestObserver);
        var id = Await(token => client.InsertGatewayPoolAsync(Name, PartnerId > 0 ? PartnerId : null, Members(), token));
        WriteObject(Await(token => new VeloCloudGatewayPoolArgument(id).FindAsync(session, RequestObserver, token)));
    }

    private Dictionary<string, object?> Members()
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (parameter, member) in new[] { (nameof(Description), "description"), (nameof(HandOffType), "handOffType") })
        {
            if (MyInvocation.BoundParameters.TryGetValue(parameter, out var value))
            {
                members[member] = value;
            }
        }

        return members;
    }
}
