using System.Globalization;
using System.Text;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>Writes the headers of a tar archive (POSIX ustar, and pax where a name or a size does not fit into that).</summary>
internal static class TarOutput
{
    /// <summary>A block's length: headers and members fill whole ones.</summary>
    public const int Block = 512;

    private const int NameLength = 100;
    private const long LargestInHeader = 0x1_FFFF_FFFF;

    /// <summary>What stands at the end of an archive.</summary>
    public static byte[] End { get; } = new byte[2 * Block];

    /// <summary>What stands before a member's bytes.</summary>
    public static byte[] Of(string name, long size, DateTimeOffset time)
    {
        using var header = new MemoryStream();
        var records = new StringBuilder();
        if (Encoding.UTF8.GetByteCount(name) > NameLength || !Ascii.IsValid(name))
        {
            records.Append(Record("path", name));
        }

        if (size > LargestInHeader)
        {
            records.Append(Record("size", size.ToString(CultureInfo.InvariantCulture)));
        }

        if (records.Length > 0)
        {
            var bytes = Encoding.UTF8.GetBytes(records.ToString());
            header.Write(One("PaxHeaders/" + name, bytes.Length, time, 'x'));
            header.Write(bytes);
            header.Write(new byte[Padding(bytes.Length)]);
        }

        // A size that does not fit is the pax record's; the field holds its largest number then, as GNU tar writes it.
        header.Write(One(name, Math.Min(size, LargestInHeader), time, '0'));
        return header.ToArray();
    }

    /// <summary>How many bytes of nothing follow a member.</summary>
    public static int Padding(long size) => (int)((Block - (size % Block)) % Block);

    private static byte[] One(string name, long size, DateTimeOffset time, char type)
    {
        var block = new byte[Block];
        var shown = Encoding.UTF8.GetBytes(new string(name.Select(c => char.IsAscii(c) ? c : '_').ToArray()));
        shown.AsSpan(0, Math.Min(shown.Length, NameLength)).CopyTo(block);
        Octal(block.AsSpan(100, 8), 0x1A4);
        Octal(block.AsSpan(108, 8), 0);
        Octal(block.AsSpan(116, 8), 0);
        Octal(block.AsSpan(124, 12), size);
        Octal(block.AsSpan(136, 12), Math.Clamp(time.ToUnixTimeSeconds(), 0, LargestInHeader));
        block[156] = (byte)type;
        "ustar\0"u8.CopyTo(block.AsSpan(257));
        "00"u8.CopyTo(block.AsSpan(263));

        // The sum is made with blanks in its own place.
        block.AsSpan(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var b in block)
        {
            sum += b;
        }

        Octal(block.AsSpan(148, 7), sum);
        return block;
    }

    private static void Octal(Span<byte> field, long value)
    {
        for (var i = field.Length - 2; i >= 0; i--)
        {
            field[i] = (byte)('0' + (value & 7));
            value >>= 3;
        }

        field[^1] = 0;
    }

    // "LENGTH KEY=VALUE\n", and the length counts itself.
    private static string Record(string key, string value)
    {
        var rest = Encoding.UTF8.GetByteCount($" {key}={value}\n");
        var length = rest + 1;
        while (length != rest + length.ToString(CultureInfo.InvariantCulture).Length)
        {
            length++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{length} {key}={value}\n");
    }
}
