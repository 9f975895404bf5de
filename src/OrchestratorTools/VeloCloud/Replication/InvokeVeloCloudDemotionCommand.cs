using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Completion;
using OrchestratorTools.Connections;

namespace OrchestratorTools.VeloCloud;

/// <summary>Demotes a former active after its standby was promoted: it becomes a zombie and serves no edges any more.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "VeloCloudDemotion", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VeloCloudReplicationStatus))]
public sealed class InvokeVeloCloudDemotionCommand : VeloCloudReplicationCmdlet
{
    /// <summary>The connection to the Orchestrator that was promoted: it is looked at, so that the last one that serves is not demoted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ConnectionArgument? StandbyConnection { get; set; }

    /// <summary>Sends force: demotes an active that sees no problem with its standby. Without it nothing of force is sent.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override VeloCloudReplicationAction Action => VeloCloudReplicationAction.Demote;

    /// <inheritdoc/>
    private protected override bool IsForced => Force;

    /// <inheritdoc/>
    private protected override (ConnectionArgument? Given, string Parameter) PeerArgument => (StandbyConnection, nameof(StandbyConnection));

    /// <inheritdoc/>
    private protected override string QuestionFor(VeloCloudReplicationSeen seen)
        => $"{(Force ? "Force the demotion" : "Demote")}: active {DescribeWithTimes(seen.Here)}; {DescribePeer(seen, "its former standby", seen.Here.Standby is [{ } standby, ..] ? standby.ToString() : null)}";

    /// <inheritdoc/>
    private protected override string ConsequenceOf(VeloCloudReplicationSeen seen)
        => "It becomes a zombie: it serves no edges and answers nothing but questions about its replication, until Initialize-VeloCloudStandby makes a standby of it. What changed in it since the failover is lost.";

    /// <inheritdoc/>
    private protected override Task SendAsync(VeloCloudClient client, VeloCloudReplicationSeen seen, CancellationToken cancellationToken) => client.DemoteActiveAsync(Force, cancellationToken);
}
