namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Finds what somebody may have meant.</summary>
internal static class Likeness
{
    private const int Most = 3;

    /// <summary>The candidates that differ in letter case or in few letters, the most alike first; empty where none does.</summary>
    public static IReadOnlyList<string> Of(string word, IEnumerable<string> candidates)
    {
        var limit = Math.Clamp(word.Length / 3, 1, 6);
        return candidates
            .Select(c => (Name: c, Distance: Distance(word.ToUpperInvariant(), c.ToUpperInvariant(), limit)))
            .Where(c => c.Distance <= limit)
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Name, StringComparer.Ordinal)
            .Take(Most)
            .Select(c => c.Name)
            .ToArray();
    }

    // Levenshtein's distance, given up where it passes the limit.
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit)
        {
            return limit + 1;
        }

        var above = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            above[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            }

            (above, row) = (row, above);
        }

        return above[b.Length];
    }
}
