namespace OrchestratorTools.Clients.Vro;

/// <summary>A clock for spans: clocks of machines are set forward and back while somebody waits, and no wait may end, or begin to last, because of that.</summary>
internal static class VroSteadyTime
{
    /// <summary>The time that has gone by since some moment, written as a point in time. Only differences of two of them mean something.</summary>
    public static DateTimeOffset GetSteadyNow(this TimeProvider time) => new DateTimeOffset(0, TimeSpan.Zero) + time.GetElapsedTime(0);
}
