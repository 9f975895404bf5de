using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Deletes an edge. One that is connected is refused before the question.</summary>
[Cmdlet(VerbsCommon.Remove, "VeloCloudEdge", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveVeloCloudEdgeCommand : VeloCloudEdgeChangingCmdlet
{
    /// <inheritdoc/>
    private protected override void OnEdge(VeloCloudClient client, VeloCloudEdgeTarget edge)
    {
        // What was piped may be old: what counts is what it is now.
        var now = Await(token => client.GetEdgeAsync(edge.Id, null, edge.Enterprise.Id, edge.Enterprise.Name, [], token))
            ?? throw VeloCloudMessages.Gone(edge.ToString());
        if (string.Equals(now.State, "CONNECTED", StringComparison.OrdinalIgnoreCase))
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.WrongState, $"The {edge} is connected: an Orchestrator deletes no connected edge. Nothing was sent.")
            {
                RecommendedAction = "Take the device off the network, or deactivate it, and wait until the edge is OFFLINE.",
            };
        }

        if (ShouldProcess($"{edge}, {now.State}, serial number {(string.IsNullOrEmpty(now.SerialNumber) ? "none" : now.SerialNumber)}", "Delete the edge with its configuration and history"))
        {
            Start(edge, async token =>
            {
                await client.DeleteEdgeAsync(edge.Id, edge.Enterprise.Id, token).ConfigureAwait(false);
                return null;
            });
        }
    }
}
