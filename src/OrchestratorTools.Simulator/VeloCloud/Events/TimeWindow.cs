using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>An interval of a call, both ends included.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TimeWindow(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>What an interval is where a call has none [spec].</summary>
    public static readonly TimeSpan Default = TimeSpan.FromHours(12);

    public TimeSpan Length => To - From;

    /// <summary>
    /// The interval of a portal call: <c>start</c> must be there, <c>end</c> is now, each in milliseconds since 1970 or ISO 8601; without an interval the last 12 hours [spec].
    /// One that ends before it starts is refused [inferred].
    /// </summary>
    public static TimeWindow Of(Call call, DateTimeOffset now)
    {
        if (call.Object("interval") is not { } json)
            return new TimeWindow(now - Default, now);

        if (!json.TryGetProperty("start", out var start))
            throw VeloError.Invalid([Operation.Missing("interval/start")]);

        var window = new TimeWindow(Time(start, "start"), json.TryGetProperty("end", out var end) && end.ValueKind != JsonValueKind.Null ? Time(end, "end") : now);
        return window.To >= window.From ? window : throw VeloError.Invalid([new Complaint("INVALID_INTERVAL", "The interval ends before it starts", "#/interval")]);
    }

    /// <summary>Times from the newest to the oldest at which something is invented inside the window: so many at each.</summary>
    /// <param name="oldest">Where the invented past begins.</param>
    /// <param name="newest">Where it ends.</param>
    /// <param name="intervalSeconds">From one instant to the next.</param>
    /// <param name="burst">How many at each.</param>
    public IEnumerable<(DateTimeOffset Time, long Slot, int Part)> Slots(DateTimeOffset oldest, DateTimeOffset newest, int intervalSeconds, int burst)
    {
        var last = Math.Min(To.ToUnixTimeSeconds(), newest.ToUnixTimeSeconds()) / intervalSeconds;
        var first = Math.Max(From.ToUnixTimeMilliseconds(), oldest.ToUnixTimeMilliseconds());
        for (var slot = last; slot * intervalSeconds * 1000 >= first; slot--)
        {
            var time = DateTimeOffset.FromUnixTimeSeconds(slot * intervalSeconds);
            for (var part = burst - 1; part >= 0; part--)
            {
                yield return (time, slot, part);
            }
        }
    }

    public bool Contains(DateTimeOffset time) => time >= From && time <= To;

    private static DateTimeOffset Time(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var ms) && ms is >= 0 and < 253_402_300_800_000)
            return DateTimeOffset.FromUnixTimeMilliseconds(ms);

        return value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw VeloError.Invalid([new Complaint("INVALID_TYPE", "Expected milliseconds or ISO 8601", "#/interval/" + name)]);
    }
}
