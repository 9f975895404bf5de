using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Changes a pool of gateways: its name, its description, whether it hands traffic over.</summary>
[Cmdlet(VerbsCommon.Set, "VeloCloudGatewayPool", SupportsShouldProcess = true)]
[OutputType(typeof(VeloCloudGatewayPool))]
public sealed class SetVeloCloudGatewayPoolCommand : ChangingCmdlet<VeloCloudSession>
{
    /// <summary>The pool: its name, its id, or what Get-VeloCloudGatewayPool returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VeloCloudGatewayPoolCompleter))]
    [ValidateNotNull]
    public VeloCloudGatewayPoolArgument? GatewayPool { get; set; }

    /// <summary>The pool's new name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NewName { get; set; }

    /// <summary>Free text.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>Whether its gateways hand traffic over to the partner's network.</summary>
    [Parameter]
    [ValidateSet("NONE", "ALLOW", "ONLY")]
    public string? HandOffType { get; set; }

    /// <summary>Returns the pool as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (Members().Count == 0)
        {
            ThrowTerminatingError(VeloCloudMessages.NothingToChange("Set-VeloCloudGatewayPool", "-NewName, -Description or -HandOffType"));
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        CurrentTarget = GatewayPool!.Item ?? (object)GatewayPool.Name;
        var session = Session(GatewayPool.Item);
        var pool = Await(token => GatewayPool.FindAsync(session, RequestObserver, token));
        var members = Members();
        if (!ShouldProcess($"gateway pool '{pool.Name}' (id {pool.Id})", $"Set {string.Join(", ", members.Keys)}"))
        {
            return;
        }

        Await(token => new VeloCloudClient(session, RequestObserver).UpdateGatewayPoolAsync(pool.Id, members, token));
        if (PassThru)
        {
            WriteObject(Await(token => new VeloCloudGatewayPoolArgument(pool.Id).FindAsync(session, RequestObserver, token)));
        }
    }

    private Dictionary<string, object?> Members()
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (parameter, member) in new[] { (nameof(NewName), "name"), (nameof(Description), "description"), (nameof(HandOffType), "handOffType") })
        {
            if (MyInvocation.BoundParameters.TryGetValue(parameter, out var value))
            {
                members[member] = value;
            }
        }

        return members;
    }
}
