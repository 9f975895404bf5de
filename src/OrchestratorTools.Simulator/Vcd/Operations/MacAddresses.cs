using System.Globalization;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Gives new adapters their addresses; those of the seed are of another range.</summary>
internal static class MacAddresses
{
    private static int _last;

    public static string Next()
    {
        var n = Interlocked.Increment(ref _last);
        return string.Create(CultureInfo.InvariantCulture, $"00:50:56:02:{n >> 8 & 0xFF:x2}:{n & 0xFF:x2}");
    }
}
