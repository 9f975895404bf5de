using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Deletes an enterprise with everything in it. The enterprise is always named, and its id is always sent.</summary>
[Cmdlet(VerbsCommon.Remove, "VeloCloudEnterprise", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveVeloCloudEnterpriseCommand : ChangingCmdlet<VeloCloudSession>
{
    private readonly VeloCloudEnterpriseResolver _resolver = new();

    /// <summary>The enterprises, by name, id or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VeloCloudEnterpriseCompleter))]
    [ValidateNotNullOrEmpty]
    public VeloCloudEnterpriseArgument[] Enterprise { get; set; } = [];

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in Enterprise)
        {
            CurrentTarget = argument.Target;
            Attempt(() => Remove(argument), argument.Target);
        }
    }

    private void Remove(VeloCloudEnterpriseArgument argument)
    {
        var session = Session(argument.Piped);
        var client = new VeloCloudClient(session, RequestObserver);
        var enterprise = Await(token => _resolver.ResolveOneAsync(session, client, argument, token));
        var (all, connected) = Await(token => client.CountEdgesAsync(enterprise.CertainId, token));
        if (connected > 0)
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.WrongState, $"The {enterprise} has {connected} connected edges: an Orchestrator does not delete it. Nothing was sent.")
            {
                RecommendedAction = "Get-VeloCloudEdge -State Connected lists them. They go first.",
            };
        }

        if (ShouldProcess($"{enterprise}, {all} edges", "Delete the enterprise with its edges, users, profiles and history"))
        {
            Await(token => client.DeleteEnterpriseAsync(enterprise.CertainId, token));
        }
    }
}
