using System.Runtime.InteropServices;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The samples that lie in an interval, in groups that make the points of a series.</summary>
/// <param name="First">The first sample.</param>
/// <param name="End">The one after the last.</param>
/// <param name="PerPoint">Samples in a point.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SampleWindow(long First, long End, int PerPoint)
{
    private const int MostPoints = 1024;

    public bool IsEmpty => End <= First;

    public int Samples => (int)Math.Max(0, End - First);

    public int Points => (Samples + PerPoint - 1) / PerPoint;

    public DateTimeOffset Start => DateTimeOffset.FromUnixTimeSeconds(First * Meter.StepSeconds);

    public long TickMilliseconds => PerPoint * Meter.StepSeconds * 1000L;

    /// <summary>
    /// The samples of an interval: those that begin in it. The newest is not there before it has ended and five more minutes have passed: statistics are visible up to ten minutes
    /// late [spec].
    /// </summary>
    public static SampleWindow Of(TimeWindow window, DateTimeOffset now, long? maxSamples = null)
    {
        var visible = (now.ToUnixTimeSeconds() / Meter.StepSeconds) - 1;
        var first = (window.From.ToUnixTimeSeconds() + Meter.StepSeconds - 1) / Meter.StepSeconds;
        var end = Math.Min(visible, (window.To.ToUnixTimeSeconds() + Meter.StepSeconds - 1) / Meter.StepSeconds);
        var most = Math.Clamp(maxSamples ?? MostPoints, 1, MostPoints);
        return new SampleWindow(first, end, (int)Math.Max(1, (end - first + most - 1) / most));
    }

    /// <summary>The part of it in which an edge was there and heard of.</summary>
    public SampleWindow Of(Edge edge)
    {
        if (edge.State is "NEVER_ACTIVATED")
            return this with { End = First };

        var since = edge.Created.ToUnixTimeSeconds() / Meter.StepSeconds;
        var until = edge.State is "CONNECTED" or "DEGRADED" ? End : Math.Min(End, edge.Contact.ToUnixTimeSeconds() / Meter.StepSeconds);
        return this with { First = Math.Max(First, since), End = until };
    }

    /// <summary>The first sample of a point, and the one after its last.</summary>
    public (long From, long To) Point(int index) => (First + ((long)index * PerPoint), Math.Min(End, First + ((index + 1L) * PerPoint)));

    /// <summary>So many samples spread over the window, for what is an average.</summary>
    public IEnumerable<long> Spread(int most)
    {
        var step = Math.Max(1, Samples / most);
        for (var slot = First; slot < End; slot += step)
        {
            yield return slot;
        }
    }
}
