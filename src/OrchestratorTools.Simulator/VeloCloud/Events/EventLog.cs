namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Events that have happened at the server itself, or were put there by a command; bounded. Safe for many threads.</summary>
internal sealed class EventLog
{
    private const int Kept = 20_000;

    private readonly object _lock = new();
    private readonly SortedSet<VeloEvent> _events = new(ByTime);

    /// <summary>By time, and at the same time by id.</summary>
    public static IComparer<VeloEvent> ByTime { get; } = Comparer<VeloEvent>.Create((a, b) => a.Time == b.Time ? a.Id.CompareTo(b.Id) : a.Time.CompareTo(b.Time));

    public void Add(VeloEvent happened)
    {
        lock (_lock)
        {
            _events.Add(happened);
            if (_events.Count > Kept)
                _events.Remove(_events.Min!);
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
internal sealed record VeloEvent(long Id, DateTimeOffset Time, string Name, string Category, string Severity, string Message, Edge? Edge, string? User)
{
    /// <summary>The enterprise that an event of a partner's log is about.</summary>
    public Enterprise? Enterprise { get; init; }

    public int? GatewayId { get; init; }

    public string? GatewayName { get; init; }

    /// <summary>The detail where it is not the usual one: JSON, as it stands inside the text.</summary>
    public string? Detail { get; init; }
}
