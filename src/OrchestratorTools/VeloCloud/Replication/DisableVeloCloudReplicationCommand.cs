using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Completion;
using OrchestratorTools.Connections;

namespace OrchestratorTools.VeloCloud;

/// <summary>Ends a pair: both Orchestrators stand alone afterwards.</summary>
[Cmdlet(VerbsLifecycle.Disable, "VeloCloudReplication", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VeloCloudReplicationStatus))]
public sealed class DisableVeloCloudReplicationCommand : VeloCloudReplicationCmdlet
{
    /// <summary>The connection to the other one of the pair: it is looked at, and waited for as well.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ConnectionArgument? PeerConnection { get; set; }

    /// <inheritdoc/>
    private protected override VeloCloudReplicationAction Action => VeloCloudReplicationAction.Unpair;

    /// <inheritdoc/>
    private protected override (ConnectionArgument? Given, string Parameter) PeerArgument => (PeerConnection, nameof(PeerConnection));

    /// <inheritdoc/>
    private protected override string QuestionFor(VeloCloudReplicationSeen seen)
    {
        var isStandby = seen.Here.Role.Equals("STANDBY", StringComparison.OrdinalIgnoreCase);
        var address = isStandby ? seen.Here.ActiveAddress : seen.Here.Standby is [{ } standby, ..] ? standby.ToString() : null;
        return $"End the pair: {DescribeWithTimes(seen.Here)}; {DescribePeer(seen, isStandby ? "its active" : "its standby", address)}";
    }

    /// <inheritdoc/>
    private protected override string ConsequenceOf(VeloCloudReplicationSeen seen)
        => "Nothing can take over for the active any more. The other one is told, if it can be reached; one that cannot has to be told by itself. A new pair copies everything again.";

    /// <inheritdoc/>
    private protected override Task SendAsync(VeloCloudClient client, VeloCloudReplicationSeen seen, CancellationToken cancellationToken) => client.RemoveStandbyAsync(cancellationToken);
}
