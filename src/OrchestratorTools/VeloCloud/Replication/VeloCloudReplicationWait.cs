using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Runs a wait for replication under a progress bar.</summary>
internal static class VeloCloudReplicationWait
{
    private const int ActivityId = 1_430_300;

    /// <summary>Waits; the statuses of the boxes, in their order.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="names">The boxes, in words.</param>
    /// <param name="goal">Where it ends.</param>
    /// <param name="boxes">The boxes.</param>
    /// <param name="timeout">How long; null: as long as it takes.</param>
    /// <param name="await">Waits on the pipeline's thread.</param>
    public static IReadOnlyList<VeloCloudReplicationStatus> Run(
        OrchestratorCmdlet cmdlet,
        string names,
        VeloCloudReplicationGoal goal,
        IReadOnlyList<VeloCloudReplicationBox> boxes,
        TimeSpan? timeout,
        Func<Func<CancellationToken, Task<IReadOnlyList<VeloCloudReplicationStatus>>>, IReadOnlyList<VeloCloudReplicationStatus>> await)
    {
        var activity = $"Waiting for {VeloCloudReplicationWatch.Describe(goal)}: {names}";
        var isShown = false;
        var waiter = new VeloCloudReplicationWaiter(goal, boxes, TimeProvider.System, cmdlet.RequestObserver);
        try
        {
            return await(token => waiter.WaitAsync(timeout, Report, token));
        }
        finally
        {
            if (isShown)
            {
                cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, "Ended") { RecordType = ProgressRecordType.Completed });
            }
        }

        void Report(VeloCloudReplicationProgress progress) => cmdlet.Post(() =>
        {
            isShown = true;
            cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, progress.Text));
        });
    }
}
