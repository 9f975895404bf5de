namespace OrchestratorTools.Simulator.Faults;

/// <summary>The faults that apply to one request.</summary>
internal sealed class FaultPlan(IReadOnlyList<Fault> faults)
{
    /// <summary>No fault.</summary>
    public static FaultPlan None { get; } = new([]);

    /// <summary>The kinds that apply, joined by "+"; null where none does.</summary>
    public string? Name { get; } = faults.Count == 0 ? null : string.Join('+', faults.Select(f => FaultMembers.NameOf(f.Kind)));

    /// <summary>The one that decides about the request; null where only those apply that leave room, or none.</summary>
    public Fault? Main { get; } = faults.FirstOrDefault(f => !f.LeavesRoom);

    /// <summary>How much later the answer starts.</summary>
    public TimeSpan Latency { get; } = TimeSpan.FromMilliseconds(faults.Where(f => f.Kind == FaultKind.Latency).Sum(f => (double)f.Milliseconds));

    /// <summary>The pace of both bodies; null where they run free.</summary>
    public long? BytesPerSecond { get; } = faults.FirstOrDefault(f => f.Kind == FaultKind.Slow)?.BytesPerSecond;

    /// <summary>The fault that makes the server forget its sessions first.</summary>
    public Fault? Expiry { get; } = faults.FirstOrDefault(f => f.Kind == FaultKind.ExpireSessions);
}
