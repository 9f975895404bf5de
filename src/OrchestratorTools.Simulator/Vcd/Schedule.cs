namespace OrchestratorTools.Simulator.Vcd;

/// <summary>What will happen at a time of the simulated clock. Nothing happens by itself: whoever looks at the state first calls <see cref="RunDue"/>.</summary>
internal sealed class Schedule(TimeProvider clock)
{
    private readonly PriorityQueue<Action, DateTimeOffset> _due = new();
    private DateTimeOffset? _running;

    /// <summary>The simulated time; while something due is done, the time that it was due at, however late somebody looked.</summary>
    public DateTimeOffset Now => _running ?? clock.GetUtcNow();

    /// <summary>Has <paramref name="action"/> done once <paramref name="delay"/> of simulated time has passed.</summary>
    public void After(TimeSpan delay, Action action) => _due.Enqueue(action, Now + delay);

    /// <summary>Does what is due, the earliest first, and what becomes due by that.</summary>
    public void RunDue()
    {
        while (_due.TryPeek(out var action, out var at) && at <= clock.GetUtcNow())
        {
            _due.Dequeue();
            _running = at;
            try
            {
                action();
            }
            finally
            {
                _running = null;
            }
        }
    }
}
