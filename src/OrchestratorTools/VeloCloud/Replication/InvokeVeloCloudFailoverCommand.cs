using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Completion;
using OrchestratorTools.Connections;

namespace OrchestratorTools.VeloCloud;

/// <summary>Fails over: lets a standby take over from its active.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "VeloCloudFailover", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VeloCloudReplicationStatus))]
public sealed class InvokeVeloCloudFailoverCommand : VeloCloudReplicationCmdlet
{
    /// <summary>The connection to the present active, where it can be reached: it is looked at, and after a forced failover waited for as well.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ConnectionArgument? ActiveConnection { get; set; }

    /// <summary>Sends force: promotes a standby that replicates without problems, which demotes the active. Without it nothing of force is sent.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override VeloCloudReplicationAction Action => VeloCloudReplicationAction.Promote;

    /// <inheritdoc/>
    private protected override bool IsForced => Force;

    /// <inheritdoc/>
    private protected override (ConnectionArgument? Given, string Parameter) PeerArgument => (ActiveConnection, nameof(ActiveConnection));

    /// <inheritdoc/>
    private protected override string QuestionFor(VeloCloudReplicationSeen seen)
    {
        var covered = seen.Here.LastProtected is { } last ? string.Create(CultureInfo.InvariantCulture, $", last complete {last:yyyy-MM-dd HH:mm:ss} UTC") : string.Empty;
        return $"{(Force ? "Force a failover" : "Fail over")}: standby {DescribeWithTimes(seen.Here)}{covered}; {DescribePeer(seen, "active", seen.Here.ActiveAddress)}";
    }

    /// <inheritdoc/>
    private protected override string ConsequenceOf(VeloCloudReplicationSeen seen)
        => "The standby becomes the Orchestrator that serves the edges, and stands alone; what it did not copy is lost. "
            + (Force && IsRunning(seen.Here) ? "The active is demoted to a zombie." : "The former active must be demoted as soon as it is back (Invoke-VeloCloudDemotion).");

    /// <inheritdoc/>
    private protected override Task SendAsync(VeloCloudClient client, VeloCloudReplicationSeen seen, CancellationToken cancellationToken) => client.PromoteStandbyAsync(Force, cancellationToken);

    /// <inheritdoc/>
    private protected override IReadOnlyList<VeloCloudReplicationStatus> WaitFor(VeloCloudClient client, VeloCloudClient? peer, VeloCloudReplicationSeen seen)
    {
        var began = client.Session.Settings.Time.GetUtcNow();
        var promoted = base.WaitFor(client, peer, seen);
        if (peer is null || seen.Peer is not { } active || !IsRunning(seen.Here))
        {
            return promoted;
        }

        // The standby serves: that is what counts. The former active is given the rest of the time, and not more than it should need.
        var rest = VeloCloudAssumptions.DemotionGrace;
        if (Timeout is { } seconds)
        {
            var left = TimeSpan.FromSeconds(seconds) - (client.Session.Settings.Time.GetUtcNow() - began);
            rest = left < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : left < rest ? left : rest;
        }

        try
        {
            var watch = VeloCloudReplicationWatch.OfOwn(VeloCloudReplicationGoal.Demoted, active, began, client.Session.Settings.Time, isPeer: true);
            return [.. promoted, .. WaitFor(VeloCloudReplicationGoal.Demoted, [BoxOf(peer, watch)], rest)];
        }
        catch (OrchestratorApiException e)
        {
            WriteQueued();
            WriteWarning($"{seen.Here.Server} has taken over. Whether the former active was demoted is not known: {e.Message} Look at it (Get-VeloCloudReplication) before it serves edges again; Invoke-VeloCloudDemotion demotes it.");
            return promoted;
        }
    }

    private static bool IsRunning(VeloCloudReplicationStatus status) => status.State.Equals(VeloCloudReplicationStates.Running, StringComparison.OrdinalIgnoreCase);
}
