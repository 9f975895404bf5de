using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>The base of the cmdlets that change object groups.</summary>
public abstract class VeloCloudObjectGroupChangingCmdlet : ChangingCmdlet<VeloCloudSession>
{
    private readonly VeloCloudEnterpriseResolver _enterprises = new();
    private readonly VeloCloudObjectGroupResolver _groups = new();

    /// <summary>The groups: objects, names or ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VeloCloudObjectGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public VeloCloudObjectGroupArgument[] Group { get; set; } = [];

    /// <summary>The enterprise in which groups are looked for that are no objects, by name, id or object. Operators and partners must say.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VeloCloudEnterpriseCompleter))]
    [ValidateNotNull]
    public VeloCloudEnterpriseArgument? Enterprise { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <summary>One group, on the pipeline's thread.</summary>
    private protected abstract void OnGroup(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, VeloCloudObjectGroup group);

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in Group)
        {
            Attempt(
                () =>
                {
                    var session = Session(argument.Item);
                    var client = new VeloCloudClient(session, RequestObserver);

                    // A group that is an object says itself whose it is.
                    var meant = argument.Item?.EnterpriseId is { } id ? new VeloCloudEnterpriseArgument(id) : Enterprise;
                    var places = Await(token => _enterprises.ResolveAsync(session, client, meant, token));
                    if (places.Count > 1)
                    {
                        throw VeloCloudMessages.Ambiguous(nameof(Enterprise), Enterprise!.Name, "enterprises", places.Select(p => p.ToString()));
                    }

                    var group = Await(token => _groups.ResolveAsync(client, places[0], argument, nameof(Group), null, token));
                    CurrentTarget = argument.Target;
                    OnGroup(client, places[0], group);
                },
                argument.Target);
        }
    }
}
