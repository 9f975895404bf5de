using System.Globalization;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A span of time that is asked about, both ends included, to the millisecond.</summary>
public sealed record VeloCloudInterval
{
    private const long Sample = 5 * 60 * 1000;

    private VeloCloudInterval(long start, long end)
    {
        StartMilliseconds = start;
        EndMilliseconds = end;
    }

    /// <summary>How late statistics are seen (facts/velocloud.md, "Intervals": they land every 5 minutes and are visible up to 10 minutes late).</summary>
    public static TimeSpan Lag { get; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an interval is where nobody says when it starts: the server's own default.</summary>
    public static TimeSpan DefaultLength { get; } = TimeSpan.FromHours(12);

    /// <summary>The first millisecond.</summary>
    public long StartMilliseconds { get; }

    /// <summary>The last millisecond.</summary>
    public long EndMilliseconds { get; }

    /// <summary>The first instant.</summary>
    public DateTimeOffset Start => DateTimeOffset.FromUnixTimeMilliseconds(StartMilliseconds);

    /// <summary>The last instant.</summary>
    public DateTimeOffset End => DateTimeOffset.FromUnixTimeMilliseconds(EndMilliseconds);

    /// <summary>True where the newest statistics of the interval may not have landed.</summary>
    public bool MayLack(DateTimeOffset now) => End > now - Lag;

    /// <summary>The interval of a log: it ends now where nothing else is said.</summary>
    public static VeloCloudInterval OfLog(DateTimeOffset? start, DateTimeOffset? end, DateTimeOffset now) => Of(start, end, now, now, string.Empty);

    /// <summary>The interval of statistics: it ends ten minutes ago where nothing else is said.</summary>
    public static VeloCloudInterval OfStatistics(DateTimeOffset? start, DateTimeOffset? end, DateTimeOffset now)
        => Of(start, end, now - Lag, now, " Without -End statistics end ten minutes ago, since they are seen that late.");

    /// <summary>
    /// The interval in pieces that are no longer than a length and together are the interval, oldest first. They are cut where samples begin, and each ends a millisecond before the next
    /// one starts: no sample is in two, whether or not the server counts the end in.
    /// </summary>
    public IReadOnlyList<VeloCloudInterval> Cut(TimeSpan longest)
    {
        var length = Math.Max(Sample, (long)longest.TotalMilliseconds / Sample * Sample);
        var pieces = new List<VeloCloudInterval>();
        var start = StartMilliseconds;
        while (EndMilliseconds - start > length)
        {
            var next = (start + length) / Sample * Sample;
            pieces.Add(new VeloCloudInterval(start, next - 1));
            start = next;
        }

        pieces.Add(new VeloCloudInterval(start, EndMilliseconds));
        return pieces;
    }

    /// <summary>A time as errors name it and as PowerShell takes it.</summary>
    public static string Text(long milliseconds)
        => milliseconds is >= 0 and <= 253_402_300_799_999
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
            : milliseconds.ToString(CultureInfo.InvariantCulture);

    private static VeloCloudInterval Of(DateTimeOffset? start, DateTimeOffset? end, DateTimeOffset latest, DateTimeOffset now, string remark)
    {
        var to = (end ?? latest).ToUnixTimeMilliseconds();
        var from = (start ?? DateTimeOffset.FromUnixTimeMilliseconds(to) - DefaultLength).ToUnixTimeMilliseconds();
        if (from > now.ToUnixTimeMilliseconds())
        {
            throw Wrong($"-Start {Text(from)} lies in the future (it is {Text(now.ToUnixTimeMilliseconds())} UTC here).");
        }

        if (from < 0)
        {
            throw Wrong($"-{(start is null ? "End" : "Start")} lies before 1970.");
        }

        if (to < from)
        {
            throw Wrong(end is null ? $"-Start {Text(from)} is later than the interval's end {Text(to)}.{remark}" : $"The interval ends (-End {Text(to)}) before it starts (-Start {Text(from)}).");
        }

        return new VeloCloudInterval(from, to);
    }

    private static OrchestratorApiException Wrong(string message)
        => new(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Validation, message + " Nothing was sent.")
        {
            RecommendedAction = "Give times as a date with its zone, for example (Get-Date).AddDays(-1).",
        };
}
