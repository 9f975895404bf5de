using System.Globalization;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The header <c>Content-Range: bytes a-b/total</c> of a PUT.</summary>
/// <param name="First">The first byte.</param>
/// <param name="Total">The size of the whole file; null where it says <c>*</c>, <c>-1</c> or nothing that is a number.</param>
internal sealed record ContentRange(long First, long? Total)
{
    /// <summary>Reads the header; null: it is no range of bytes at all.</summary>
    /// <remarks>
    /// The last byte is read past: clients that send it one too high upload well (facts/vcd.md, "What other clients get wrong"),
    /// so that a server cannot be looking at it.
    /// </remarks>
    public static ContentRange? Parse(string header)
    {
        const string Unit = "bytes ";
        if (!header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase)) return null;
        var rest = header.AsSpan(Unit.Length).Trim();
        var dash = rest.IndexOf('-');
        var slash = rest.IndexOf('/');
        if (dash <= 0 || (slash >= 0 && slash < dash)) return null;
        if (!TryNumber(rest[..dash], out var first)) return null;
        var lastText = slash < 0 ? rest[(dash + 1)..] : rest[(dash + 1)..slash];

        // An empty file has no last byte: clients write -1 there.
        if (!lastText.SequenceEqual("-1") && (!TryNumber(lastText, out var last) || last < first)) return null;
        return new ContentRange(first, slash >= 0 && TryNumber(rest[(slash + 1)..], out var total) ? total : null);
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
