using System.Globalization;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Names as administrators give them. Every second one holds something that a wildcard, a quote, an encoding or a table trips over.</summary>
internal static class EdgeNames
{
    /// <summary>The name of an enterprise's n-th edge, unique in that enterprise; other enterprises have the same names again.</summary>
    public static string Of(int n)
        => (n % 16) switch
        {
            1 => Name($"BRANCH#{n:00}"),
            3 => Name($"Köln-Ost {n}"),
            5 => Name($"Depot [HQ] {n}"),
            7 => Name($"O'Hara \"North\" {n}"),
            9 => Name($"Lager * {n}"),
            11 => Name($"R&D <Lab> {n}"),
            13 => Name($"東京支店 {n}"),
            15 => Name($"100% `Wien` \\ {n}"),
            _ => Name($"branch-{n:0000}"),
        };

    private static string Name(FormattableString name) => name.ToString(CultureInfo.InvariantCulture);
}
