using System.Globalization;
using System.Text;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>An OVA: a tar of the package's files, made while it is read (POSIX.1-2001, with extended headers for what the old header cannot say).</summary>
internal static class Tar
{
    private const int Block = 512;
    private const int LongestName = 100;
    private const long LargestOctalSize = 0x1_FFFF_FFFF;

    /// <summary>The archive of files, in their order.</summary>
    public static FileContent Of(IEnumerable<(string Name, FileContent Content)> members, DateTimeOffset time)
    {
        var parts = new List<FileContent>();
        foreach (var (name, content) in members)
        {
            var records = "";
            if (Encoding.UTF8.GetByteCount(name) > LongestName || !Ascii.IsValid(name)) records += Record("path", name);
            if (content.Size > LargestOctalSize) records += Record("size", content.Size.ToString(CultureInfo.InvariantCulture));
            if (records.Length > 0) Add(parts, "PaxHeaders/extended", 'x', new SmallContent(Encoding.UTF8.GetBytes(records)), time);
            Add(parts, name, '0', content, time);
        }

        // The end: two empty blocks.
        parts.Add(new SmallContent(new byte[2 * Block]));
        return new JoinedContent(parts);
    }

    private static void Add(List<FileContent> parts, string name, char type, FileContent content, DateTimeOffset time)
    {
        parts.Add(new SmallContent(Header(name, type, Math.Min(content.Size, LargestOctalSize), time)));
        if (content.Size > 0) parts.Add(content);
        if (content.Size % Block is > 0 and var rest) parts.Add(new SmallContent(new byte[Block - rest]));
    }

    private static byte[] Header(string name, char type, long size, DateTimeOffset time)
    {
        var header = new byte[Block];
        var bytes = Encoding.UTF8.GetBytes(name);
        bytes.AsSpan(0, Math.Min(bytes.Length, LongestName)).CopyTo(header);
        Octal(header.AsSpan(100, 8), 0b110_100_100);
        Octal(header.AsSpan(108, 8), 0);
        Octal(header.AsSpan(116, 8), 0);
        Octal(header.AsSpan(124, 12), size);
        Octal(header.AsSpan(136, 12), time.ToUnixTimeSeconds());
        header[156] = (byte)type;
        "ustar\000"u8.CopyTo(header.AsSpan(257));
        header.AsSpan(148, 8).Fill((byte)' ');
        var sum = header.Sum(b => (long)b);
        Octal(header.AsSpan(148, 7), sum);
        header[154] = 0;
        return header;
    }

    private static void Octal(Span<byte> field, long value)
        => Encoding.ASCII.GetBytes(Convert.ToString(value, 8).PadLeft(field.Length - 1, '0')).CopyTo(field);

    /// <summary><c>LENGTH KEY=VALUE\n</c>, where the length counts its own digits.</summary>
    private static string Record(string key, string value)
    {
        var rest = $" {key}={value}\n";
        var length = Encoding.UTF8.GetByteCount(rest);
        var digits = (length + 1).ToString(CultureInfo.InvariantCulture).Length;
        var total = length + digits;
        if (total.ToString(CultureInfo.InvariantCulture).Length > digits) total++;
        return total.ToString(CultureInfo.InvariantCulture) + rest;
    }
}
