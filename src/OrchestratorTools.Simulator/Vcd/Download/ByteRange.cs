using System.Globalization;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The header <c>Range: bytes=a-b</c> of a GET: from a to b, from a on, or the last b bytes.</summary>
internal sealed record ByteRange(long? First, long? Last)
{
    /// <summary>Reads the header; null where it is none, or asks for several pieces: such a header is passed over.</summary>
    public static ByteRange? Parse(string header)
    {
        const string Unit = "bytes=";
        if (!header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase)) return null;
        var rest = header[Unit.Length..].Trim();
        var dash = rest.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || rest.Contains(',', StringComparison.Ordinal)) return null;
        var (firstText, lastText) = (rest[..dash], rest[(dash + 1)..]);
        var first = Number(firstText);
        var last = Number(lastText);
        if ((firstText.Length > 0 && first is null) || (lastText.Length > 0 && last is null) || (first is null && last is null) || last < first) return null;
        return new ByteRange(first, last);
    }

    /// <summary>Where it begins in a file of a size, and how many bytes it has; null: outside of it.</summary>
    public (long First, long Count)? Of(long size)
    {
        if (First is not { } first) return Last is > 0 and var suffix && size > 0 ? (Math.Max(0, size - suffix), Math.Min(size, suffix)) : null;
        return first < size ? (first, Math.Min(Last ?? long.MaxValue, size - 1) - first + 1) : null;
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
