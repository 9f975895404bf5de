using System.Buffers.Binary;
using System.Text;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>One 512-byte header of a tar archive: POSIX ustar, GNU and the old one of V7.</summary>
internal readonly ref struct TarHeader
{
    /// <summary>The length of a header, and what members are padded to.</summary>
    public const int Size = 512;

    private readonly ReadOnlySpan<byte> _block;

    public TarHeader(ReadOnlySpan<byte> block) => _block = block;

    /// <summary>True of a block of zeros: the archive's end.</summary>
    public bool IsZero => !_block.ContainsAnyExcept((byte)0);

    /// <summary>True where the checksum is right. Some old writers added the bytes up with their sign.</summary>
    public bool HasRightChecksum
    {
        get
        {
            var unsigned = 0L;
            var signed = 0L;
            for (var i = 0; i < Size; i++)
            {
                var value = i is >= 148 and < 156 ? (byte)' ' : _block[i];
                unsigned += value;
                signed += (sbyte)value;
            }

            return Octal(_block[148..156]) is { } written && (written == unsigned || written == signed);
        }
    }

    /// <summary>What the member is.</summary>
    public char Type => (char)_block[156];

    /// <summary>Bytes of the member; null where the field cannot be read. GNU writes numbers that do not fit (above 8 GiB) in base 256.</summary>
    public long? Length
    {
        get
        {
            var field = _block[124..136];
            if (field[0] is not 0x80)
            {
                // 0xFF begins a negative number.
                return field[0] > 0x80 ? null : Octal(field);
            }

            return field[1..4].ContainsAnyExcept((byte)0) || BinaryPrimitives.ReadInt64BigEndian(field[4..]) is not (>= 0 and var number) ? null : number;
        }
    }

    /// <summary>The name. Only POSIX headers have a prefix; GNU keeps other things there.</summary>
    public string Name
    {
        get
        {
            var name = Text(_block[..100]);
            var prefix = _block[257..263].SequenceEqual("ustar\0"u8) ? Text(_block[345..500]) : string.Empty;
            return prefix.Length > 0 ? prefix + "/" + name : name;
        }
    }

    /// <summary>The text of a field or member up to its first zero byte.</summary>
    public static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    private static long? Octal(ReadOnlySpan<byte> field)
    {
        var text = Text(field).Trim(' ');
        if (text.Length == 0)
        {
            return 0;
        }

        var number = 0L;
        foreach (var digit in text)
        {
            if (digit is < '0' or > '7')
            {
                return null;
            }

            number = (number * 8) + (digit - '0');
        }

        return number;
    }
}
