using System.Globalization;
using System.Text;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Writes tar archives byte by byte, good and bad ones.</summary>
public sealed class TarBuilder
{
    private readonly List<byte> _bytes = [];

    public enum Format
    {
        V7,
        Ustar,
        Gnu,
    }

    public byte[] ToArray(bool endMark = true)
    {
        if (endMark)
        {
            _bytes.AddRange(new byte[1024]);
        }

        return [.. _bytes];
    }

    public TarBuilder Add(string name, byte[] content, Format format = Format.Ustar, char type = '0', string? prefix = null, byte[]? sizeField = null, bool badChecksum = false, bool signedChecksum = false)
    {
        _bytes.AddRange(Header(name, content.Length, format, type, prefix, sizeField, badChecksum, signedChecksum));
        _bytes.AddRange(content);
        return Pad();
    }

    /// <summary>GNU: the name in a member of its own before the member.</summary>
    public TarBuilder AddGnuLong(string name, byte[] content)
        => Add("././@LongLink", [.. Encoding.UTF8.GetBytes(name), 0], Format.Gnu, 'L').Add(name[..Math.Min(name.Length, 99)], content, Format.Gnu);

    /// <summary>PAX: records in a member of their own before the member.</summary>
    public TarBuilder AddPax(string name, byte[] content, char type, params (string Key, string Value)[] records)
        => Add("PaxHeaders/x", PaxRecords(records), type: type).Add(name, content);

    public TarBuilder AddRaw(byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public static byte[] PaxRecords(params (string Key, string Value)[] records)
        => [.. records.SelectMany(r =>
        {
            var rest = Encoding.UTF8.GetBytes($" {r.Key}={r.Value}\n");
            var length = rest.Length + 1;
            while (length != rest.Length + length.ToString(CultureInfo.InvariantCulture).Length)
            {
                length = rest.Length + length.ToString(CultureInfo.InvariantCulture).Length;
            }

            return (byte[])[.. Encoding.ASCII.GetBytes(length.ToString(CultureInfo.InvariantCulture)), .. rest];
        })];

    public static byte[] Base256(long number)
    {
        var field = new byte[12];
        field[0] = 0x80;
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(field.AsSpan(4), number);
        return field;
    }

    public static byte[] Header(string name, long length, Format format = Format.Ustar, char type = '0', string? prefix = null, byte[]? sizeField = null, bool badChecksum = false, bool signedChecksum = false)
    {
        var block = new byte[512];
        var bytes = Encoding.UTF8.GetBytes(name);
        bytes.AsSpan(0, Math.Min(100, bytes.Length)).CopyTo(block);
        Encoding.ASCII.GetBytes("0000644\0").CopyTo(block, 100);
        Encoding.ASCII.GetBytes("0001750\0").CopyTo(block, 108);
        Encoding.ASCII.GetBytes("0001750\0").CopyTo(block, 116);
        (sizeField ?? Encoding.ASCII.GetBytes(Convert.ToString(length, 8).PadLeft(11, '0') + "\0")).CopyTo(block, 124);
        Encoding.ASCII.GetBytes("14000000000\0").CopyTo(block, 136);
        block[156] = (byte)type;
        switch (format)
        {
            case Format.Ustar:
                Encoding.ASCII.GetBytes("ustar\0" + "00").CopyTo(block, 257);
                Encoding.UTF8.GetBytes(prefix ?? "").CopyTo(block, 345);
                break;
            case Format.Gnu:
                Encoding.ASCII.GetBytes("ustar  \0").CopyTo(block, 257);

                // GNU keeps times where POSIX has the prefix.
                Encoding.ASCII.GetBytes("14000000000").CopyTo(block, 345);
                break;
            default:
                break;
        }

        block.AsSpan(148, 8).Fill((byte)' ');
        var sum = signedChecksum ? block.Sum(b => (sbyte)b) : block.Sum(b => b);
        Encoding.ASCII.GetBytes(Convert.ToString(sum + (badChecksum ? 1 : 0), 8).PadLeft(6, '0') + "\0 ").CopyTo(block, 148);
        return block;
    }

    private TarBuilder Pad()
    {
        _bytes.AddRange(new byte[(512 - (_bytes.Count % 512)) % 512]);
        return this;
    }
}
