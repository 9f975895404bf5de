namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Events that have happened at the server itself, bounded. Safe for many threads.</summary>
internal sealed class EventLog
{
    private const int Kept = 10_000;

    private readonly object _lock = new();
    private readonly Queue<VeloEvent> _events = new();

    public void Add(VeloEvent happened)
    {
        lock (_lock)
        {
            _events.Enqueue(happened);
            if (_events.Count > Kept)
                _events.Dequeue();
        }
    }

    /// <summary>The events, newest first.</summary>
    public IReadOnlyList<VeloEvent> NewestFirst()
    {
        lock (_lock)
        {
            return [.. _events.Reverse()];
        }
    }
}

/// <summary>One event.</summary>
internal sealed record VeloEvent(long Id, DateTimeOffset Time, string Name, string Category, string Severity, string Message, Edge? Edge, string? User);
