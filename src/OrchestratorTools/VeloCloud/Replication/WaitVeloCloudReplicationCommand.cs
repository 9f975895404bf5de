using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Waits until Orchestrators have reached a goal of their replication; lives through their restarts.</summary>
[Cmdlet(VerbsLifecycle.Wait, "VeloCloudReplication")]
[OutputType(typeof(VeloCloudReplicationStatus))]
public sealed class WaitVeloCloudReplicationCommand : ReadingCmdlet<VeloCloudSession>
{
    private readonly List<VeloCloudSession> _sessions = [];

    /// <summary>What is waited for; default: what this session asked the Orchestrators for last.</summary>
    [Parameter(Position = 0)]
    public VeloCloudReplicationGoal? Goal { get; set; }

    /// <summary>What Get-VeloCloudReplication returned: says which connection.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? Replication { get; set; }

    /// <summary>How long, in whole seconds; default: as long as it takes.</summary>
    [Parameter]
    [ValidateRange(1, 2_592_000)]
    public int? Timeout { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        // Both of a pair are waited for together, whether they come as -Connection or by the pipeline.
        _sessions.AddRange(Sessions(Replication).Where(s => !_sessions.Contains(s)));
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        if (_sessions.Count == 0)
        {
            return;
        }

        var goal = Goal ?? Asked();
        CurrentTarget = string.Join(", ", _sessions.Select(s => s.Server.Authority));
        var boxes = _sessions.Select(session =>
        {
            var (client, time) = (new VeloCloudClient(session, RequestObserver), session.Settings.Time);
            var watch = VeloCloudReplicationRequests.Find(session.Server, goal) is { SentAt: { } sentAt } request
                ? VeloCloudReplicationWatch.OfOwn(goal, request.Before, sentAt, time)
                : VeloCloudReplicationWatch.OfAny(goal, time);
            return new VeloCloudReplicationBox(session.Server.Authority, token => client.GetReplicationAsync([], token), watch);
        }).ToArray();
        foreach (var status in VeloCloudReplicationWait.Run(this, string.Join(" and ", boxes.Select(b => b.Title)), goal, boxes, Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null, Await))
        {
            WriteObject(status);
        }
    }

    private VeloCloudReplicationGoal Asked()
    {
        var goals = _sessions.Select(s => VeloCloudReplicationRequests.Find(s.Server)?.Action.Goal).OfType<VeloCloudReplicationGoal>().Distinct().ToArray();
        if (goals is [var goal])
        {
            return goal;
        }

        ThrowBadParameter(nameof(Goal), string.Empty, goals.Length == 0
            ? $"this session has asked these Orchestrators for nothing; say what is waited for: {string.Join(", ", Enum.GetNames<VeloCloudReplicationGoal>())}."
            : $"these Orchestrators were asked for different things ({string.Join(", ", goals)}); say which is meant.");
        throw new InvalidOperationException();
    }
}
