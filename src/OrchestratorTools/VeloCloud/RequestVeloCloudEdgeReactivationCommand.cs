using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Asks for another device in an edge's place (RMA): the edge gets a new activation key.</summary>
[Cmdlet(VerbsLifecycle.Request, "VeloCloudEdgeReactivation", SupportsShouldProcess = true)]
[OutputType(typeof(VeloCloudEdge))]
public sealed class RequestVeloCloudEdgeReactivationCommand : VeloCloudEdgeChangingCmdlet
{
    /// <inheritdoc/>
    private protected override void OnEdge(VeloCloudClient client, VeloCloudEdgeTarget edge)
    {
        if (ShouldProcess(edge.ToString(), "Request the reactivation, which makes a new activation key"))
        {
            Start(edge, async token => await client.RequestReactivationAsync(edge.Id, edge.Name, Id(edge), edge.Enterprise.Name, token).ConfigureAwait(false));
        }
    }

    // The definition requires the enterprise here, of a customer's account too.
    private static long? Id(VeloCloudEdgeTarget edge) => edge.Enterprise.Id ?? edge.Session.OwnEnterprise?.Id;
}
