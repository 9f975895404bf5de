namespace OrchestratorTools.Simulator.Vcd;

/// <summary>What will happen at a time of the simulated clock. Nothing happens by itself: whoever looks at the state first calls <see cref="RunDue"/>.</summary>
internal sealed class Schedule(TimeProvider clock)
{
    private readonly PriorityQueue<Action, DateTimeOffset> _due = new();

    /// <summary>Has <paramref name="action"/> done once <paramref name="delay"/> of simulated time has passed.</summary>
    public void After(TimeSpan delay, Action action) => _due.Enqueue(action, clock.GetUtcNow() + delay);

    /// <summary>Does what is due, the earliest first.</summary>
    public void RunDue()
    {
        while (_due.TryPeek(out _, out var at) && at <= clock.GetUtcNow()) _due.Dequeue()();
    }
}
