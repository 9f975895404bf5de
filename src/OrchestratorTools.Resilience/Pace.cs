namespace OrchestratorTools.Resilience;

/// <summary>
/// What a server that limits requests lets through, as far as its refusals tell. Nothing is held back until the first 429. Then what was sent before it says how fast the server's bucket leaks, if
/// it holds what leaks in a second: the largest (n - 1) / (t + 1) over the last n requests, which took t seconds. Requests are sent a little slower than that from then on, evenly, so that there is no second
/// penalty; where there is one, the bucket was smaller or is shared, and the pace goes down. After ten minutes without a refusal it is forgotten and found out anew. Safe for many threads.
/// </summary>
internal sealed class Pace(TimeProvider time)
{
    private const int Remembered = 512;

    // Fewer requests than these tell nothing about a rate: somebody else uses the limit up, or it counts requests under way.
    private const int Telling = 8;
    private const int TellingAgain = 2;
    private const double Share = 0.95;
    private const double Less = 0.7;
    private const double Slowest = 1;
    // Who sent nothing for a moment may catch up so much: half of what the bucket holds.
    private static readonly TimeSpan Credit = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private readonly long[] _sent = new long[Remembered];
    private long _count;
    private long _next;
    private long? _limitedAt;
    private double _perSecond;

    /// <summary>Requests a second; null where nothing is held back.</summary>
    public double? PerSecond
    {
        get
        {
            lock (_gate)
            {
                return _perSecond > 0 ? _perSecond : null;
            }
        }
    }

    /// <summary>Takes the next place: when the request may be sent, in ticks of UTC.</summary>
    public long Reserve()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow().UtcTicks;
            var at = now;
            if (_perSecond > 0 && now - _limitedAt > Kept.Ticks)
            {
                _perSecond = 0;
            }

            if (_perSecond > 0)
            {
                _next = Math.Max(_next, now - Credit.Ticks);
                at = Math.Max(now, _next);
                _next += (long)(TimeSpan.TicksPerSecond / _perSecond);
            }

            _sent[_count++ % Remembered] = at;
            return at;
        }
    }

    /// <summary>Learns from a refusal. One penalty refuses many requests; the first one tells.</summary>
    /// <param name="sentAt">When the refused request was sent.</param>
    public void Refused(long sentAt)
    {
        lock (_gate)
        {
            if (sentAt <= _limitedAt)
            {
                return;
            }

            var now = time.GetUtcNow().UtcTicks;
            var (rate, requests) = Estimate(sentAt);
            if (requests >= Telling || (requests >= TellingAgain && now - _limitedAt < Again.Ticks))
            {
                _perSecond = Math.Max(Slowest, _perSecond > 0 ? Math.Min(rate * Share, _perSecond * Less) : rate * Share);
            }

            _limitedAt = now;
            _next = now;
            _count = 0;
        }
    }

    private (double Rate, int Requests) Estimate(long sentAt)
    {
        var times = _sent.AsSpan(0, (int)Math.Min(_count, Remembered)).ToArray();
        Array.Sort(times);
        var (best, requests, n) = (0d, 0, 0);
        for (var i = times.Length - 1; i >= 0; i--)
        {
            if (times[i] > sentAt)
            {
                // Sent after the one that was refused: refused as well.
                continue;
            }

            n++;
            var rate = (n - 1) / (TimeSpan.FromTicks(sentAt - times[i]).TotalSeconds + 1);
            if (rate > best)
            {
                (best, requests) = (rate, n);
            }
        }

        return (best, requests);
    }
}
