namespace OrchestratorTools.Simulator;

/// <summary>The simulated servers' clock: starts at the real time, runs <c>speed</c> times as fast, and can be put forward.</summary>
public sealed class SimulatorClock(double speed) : TimeProvider
{
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private readonly long _startStamp = System.GetTimestamp();
    private long _advancedTicks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
        => _start + (System.GetElapsedTime(_startStamp) * speed) + TimeSpan.FromTicks(Interlocked.Read(ref _advancedTicks));

    /// <summary>Puts the clock forward at once.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref _advancedTicks, by.Ticks);
}
