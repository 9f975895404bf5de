using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Takes the wish for another device in an edge's place back.</summary>
[Cmdlet(VerbsCommon.Undo, "VeloCloudEdgeReactivation", SupportsShouldProcess = true)]
[OutputType(typeof(VeloCloudEdge))]
public sealed class UndoVeloCloudEdgeReactivationCommand : VeloCloudEdgeChangingCmdlet
{
    /// <summary>Returns the edge as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnEdge(VeloCloudClient client, VeloCloudEdgeTarget edge)
    {
        if (ShouldProcess(edge.ToString(), "Cancel the reactivation"))
        {
            Start(edge, async token =>
            {
                // The definition requires the enterprise here, of a customer's account too.
                await client.CancelReactivationAsync(edge.Id, edge.Enterprise.Id ?? edge.Session.OwnEnterprise?.Id, token).ConfigureAwait(false);
                return PassThru ? await client.AfterwardsAsync(edge.Id, $"The reactivation of {edge} was cancelled", edge.Enterprise.Id, edge.Enterprise.Name, token).ConfigureAwait(false) : null;
            });
        }
    }
}
