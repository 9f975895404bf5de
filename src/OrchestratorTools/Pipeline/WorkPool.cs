namespace OrchestratorTools.Pipeline;

/// <summary>
/// The second shape of a cmdlet: work that is begun for one record and goes on while later records come in, so many at once. Used from the pipeline's thread:
/// <see cref="Add"/> in OnRecord (after ShouldProcess), <see cref="Finish"/> in OnEnd. What the work has to write it hands over with <see cref="OrchestratorCmdlet.Post"/>.
/// </summary>
internal sealed class WorkPool(OrchestratorCmdlet cmdlet, int limit)
{
    private readonly List<Task> _running = [];

    /// <summary>Begins work, after waiting for a place; what is queued is written meanwhile. The work answers for its own errors.</summary>
    public void Add(Func<CancellationToken, Task> work)
    {
        while (_running.Count >= limit)
        {
            WaitForOne();
        }

        _running.Add(work(cmdlet.StopToken));
        Reap();
    }

    /// <summary>Waits until all work has ended.</summary>
    public void Finish()
    {
        while (_running.Count > 0)
        {
            WaitForOne();
        }
    }

    private void WaitForOne()
    {
        cmdlet.Drain(Task.WhenAny(_running));
        Reap();
    }

    private void Reap()
    {
        foreach (var ended in _running.Where(t => t.IsCompleted).ToArray())
        {
            _running.Remove(ended);

            // A fault that the work did not turn into an error record is a fault of the work; it ends the cmdlet.
            ended.GetAwaiter().GetResult();
        }
    }
}
