namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// Statistics that nobody has to keep: a counter or a gauge is a function of a key and a time. A counter is given as all that it counted until a time, so that a sum over any
/// length costs two calls, and a series adds up to exactly that sum.
/// </summary>
internal static class Meter
{
    /// <summary>The length of a sample: statistics land every five minutes.</summary>
    public const int StepSeconds = 300;

    private const long Epoch = 1_577_836_800 / StepSeconds;
    private const int PerDay = 86_400 / StepSeconds;
    private const double Swing = 0.5;
    private const double Jump = 0.4;

    /// <summary>A key of a thing, from what tells it apart.</summary>
    public static ulong Key(long a, long b, long c = 0, long d = 0) => Mix(Mix(Mix(Mix((ulong)a) ^ (ulong)b) ^ (ulong)c) ^ (ulong)d);

    /// <summary>A number from 0 to 1 that belongs to a key.</summary>
    public static double Share(ulong key) => (Mix(key) >> 11) / (double)(1UL << 53);

    /// <summary>All that was counted before a sample begins; more by day than by night.</summary>
    /// <param name="key">Whose counter.</param>
    /// <param name="perSample">How much on average in each sample.</param>
    /// <param name="slot">The sample, as its time over the step.</param>
    public static long Counted(ulong key, double perSample, long slot)
    {
        var s = slot - Epoch;
        var byDay = s - (Swing * PerDay / Math.Tau * Math.Cos(Math.Tau * s / PerDay));
        return (long)Math.Floor(perSample * (byDay + (Jump * Share(key ^ Mix((ulong)s)))));
    }

    /// <summary>What a gauge shows in a sample.</summary>
    public static double Shown(ulong key, double low, double high, long slot)
    {
        var steady = Share(key);
        return low + ((high - low) * ((0.6 * steady) + (0.4 * Share(key ^ Mix((ulong)(slot - Epoch))))));
    }

    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
