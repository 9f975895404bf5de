using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// Looks at an OVA while it goes by: that the archive is whole, that it holds every file that its descriptor names, in the size that the descriptor says and with the digest that the manifest says, and that no name
/// leaves the folder. Holds the descriptor and the manifest, nothing else. Throws <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class OvaInspector : IByteSink, IDisposable
{
    private const int LargestDescriptor = 64 * 1024 * 1024;
    private const int LargestText = 16 * 1024 * 1024;
    private readonly byte[] _header = new byte[TarHeaders.Block];
    private readonly Dictionary<string, Member> _members = new(StringComparer.Ordinal);
    private int _inHeader;
    private long _left;
    private int _padding;
    private int _zeroBlocks;
    private Member? _member;
    private MemoryStream? _text;
    private char _textType;
    private int _textLimit;
    private string? _longName;
    private long? _longSize;
    private string? _descriptorName;
    private byte[]? _descriptor;
    private OvfDigests? _digests;

    /// <summary>How many of the files have a digest that was compared; known after <see cref="Finish"/>.</summary>
    public int Compared { get; private set; }

    /// <summary>True where the archive has a manifest.</summary>
    public bool HasManifest => _digests is not null;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0 && _zeroBlocks < 2)
        {
            if (_left > 0)
            {
                var part = bytes[..(int)Math.Min(_left, bytes.Length)];
                Content(part);
                _left -= part.Length;
                bytes = bytes[part.Length..];
                if (_left == 0)
                {
                    EndOfMember();
                }
            }
            else if (_padding > 0)
            {
                var skip = Math.Min(_padding, bytes.Length);
                _padding -= skip;
                bytes = bytes[skip..];
            }
            else
            {
                var part = bytes[..Math.Min(TarHeaders.Block - _inHeader, bytes.Length)];
                part.CopyTo(_header.AsSpan(_inHeader));
                _inHeader += part.Length;
                bytes = bytes[part.Length..];
                if (_inHeader == TarHeaders.Block)
                {
                    _inHeader = 0;
                    Header();
                }
            }
        }
    }

    public void Reset()
    {
        DropMembers();
        _inHeader = 0;
        _left = 0;
        _padding = 0;
        _zeroBlocks = 0;
        _member = null;
        _text = null;
        _longName = null;
        _longSize = null;
        _descriptorName = null;
        _descriptor = null;
        _digests = null;
    }

    /// <summary>Everything went by: throws where something is missing or not as it has to be.</summary>
    public void Finish()
    {
        if (_left > 0 || _inHeader > 0 || _zeroBlocks == 0)
        {
            throw new InvalidDataException(_member is { } cut && _left > 0 ? string.Create(CultureInfo.InvariantCulture, $"the archive ends in the middle of '{cut.Name}'") : "the archive has no end");
        }

        if (_descriptor is null)
        {
            throw new InvalidDataException("the archive holds no OVF descriptor");
        }

        System.Xml.Linq.XElement envelope;
        try
        {
            using var stream = new MemoryStream(_descriptor, writable: false);
            envelope = SafeXml.Load(stream);
        }
        catch (System.Xml.XmlException e)
        {
            throw new InvalidDataException($"its descriptor cannot be read: {e.Message.TrimEnd('.')}", e);
        }

        foreach (var file in OvfReferences.Read(envelope))
        {
            if (!_members.TryGetValue(file.Name, out var member))
            {
                throw new InvalidDataException($"'{file.Name}', which its descriptor names, is not in the archive");
            }

            if (file.Size is { } size && size != member.Size)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"'{file.Name}' has {member.Size} bytes, and its descriptor says {size}"));
            }
        }

        Compared = 0;
        foreach (var member in _members.Values)
        {
            if (_digests?.Of(member.Name) is { } wanted)
            {
                // The descriptor is in memory, so that any digest of it can be made.
                var hash = member.Hashes.FirstOrDefault(h => h.Algorithm == wanted.Algorithm).Sink;
                bool? same = member.Name == _descriptorName ? wanted.IsOf(_descriptor) : hash?.Is(wanted);
                if (same is false)
                {
                    throw new InvalidDataException($"'{member.Name}' is not what the manifest says ({wanted.Algorithm.Name})");
                }

                Compared += same is true ? 1 : 0;
            }
        }
    }

    public void Dispose() => DropMembers();

    private void DropMembers()
    {
        foreach (var (_, sink) in _members.Values.SelectMany(m => m.Hashes))
        {
            sink.Dispose();
        }

        _members.Clear();
    }

    private void Header()
    {
        if (_header.AsSpan().IndexOfAnyExcept((byte)0) < 0)
        {
            _zeroBlocks++;
            return;
        }

        if (_zeroBlocks > 0 || !IsSumRight())
        {
            throw new InvalidDataException("it is no tar archive, or a broken one");
        }

        var type = (char)_header[156];
        var name = _longName ?? Name();
        var size = type is 'x' or 'g' or 'L' or 'K' ? Number(_header.AsSpan(124, 12)) : _longSize ?? Number(_header.AsSpan(124, 12));
        _left = size;
        _padding = TarHeaders.Padding(size);
        _member = null;
        _text = null;
        switch (type)
        {
            case 'x' or 'g' or 'L' or 'K':
                BeginText(type, LargestText, size, "a header");
                break;
            case '0' or '\0' or '7':
                _longName = null;
                _longSize = null;
                BeginMember(name, size);
                break;
            case '5':
                _longName = null;
                _longSize = null;
                break;
            default:
                throw new InvalidDataException($"'{name}' in the archive is no plain file (type '{type}')");
        }

        if (size == 0)
        {
            EndOfMember();
        }
    }

    private void BeginMember(string name, long size)
    {
        name = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        if (DownloadNames.Objection(name) is { } objection)
        {
            throw new InvalidDataException($"it holds a file '{name}', which is refused: {objection}");
        }

        var isDescriptor = _descriptorName is null && name.EndsWith(".ovf", StringComparison.OrdinalIgnoreCase);
        var isManifest = name.EndsWith(".mf", StringComparison.OrdinalIgnoreCase);
        if (isDescriptor)
        {
            _descriptorName = name;
            BeginText('d', LargestDescriptor, size, "its descriptor");
        }
        else if (isManifest)
        {
            BeginText('m', LargestText, size, "its manifest");
        }

        // A manifest that comes after the files says too late which digest it wants; these two are what manifests hold.
        HashAlgorithmName[] algorithms = isManifest ? []
            : _digests is null ? [HashAlgorithmName.SHA256, HashAlgorithmName.SHA1]
            : _digests.Of(name) is { } wanted ? [wanted.Algorithm]
            : [];
        _member = new Member(name, size, algorithms.Select(a => (a, new DigestSink(a))).ToArray());
        if (!_members.TryAdd(name, _member))
        {
            throw new InvalidDataException($"it holds '{name}' twice");
        }
    }

    private void BeginText(char type, int limit, long size, string what)
    {
        if (size > limit)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{what} has {size} bytes"));
        }

        _textType = type;
        _textLimit = limit;
        _text = new MemoryStream();
    }

    private void Content(ReadOnlySpan<byte> bytes)
    {
        if (_text is not null && _text.Length + bytes.Length <= _textLimit)
        {
            _text.Write(bytes);
        }

        foreach (var (_, sink) in _member?.Hashes ?? [])
        {
            sink.Append(bytes);
        }
    }

    private void EndOfMember()
    {
        if (_text is null)
        {
            return;
        }

        var bytes = _text.ToArray();
        switch (_textType)
        {
            case 'd':
                _descriptor = bytes;
                break;
            case 'm':
                try
                {
                    _digests = OvfDigests.Read(bytes);
                }
                catch (InvalidDataException e)
                {
                    throw new InvalidDataException("its manifest cannot be used: " + e.Message, e);
                }

                break;
            case 'L':
                _longName = Encoding.UTF8.GetString(bytes).TrimEnd('\0');
                break;
            case 'x':
                Pax(bytes);
                break;
            default:
                break;
        }

        _text = null;
    }

    private void Pax(ReadOnlySpan<byte> records)
    {
        while (records.IndexOf((byte)' ') is var blank and > 0)
        {
            if (!int.TryParse(Encoding.ASCII.GetString(records[..blank]), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length <= blank || length > records.Length)
            {
                throw new InvalidDataException("it is no tar archive, or a broken one");
            }

            var record = Encoding.UTF8.GetString(records[(blank + 1)..length]).TrimEnd('\n');
            records = records[length..];
            var equals = record.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = equals < 0 ? (record, string.Empty) : (record[..equals], record[(equals + 1)..]);
            if (key is "path")
            {
                _longName = value;
            }
            else if (key is "size" && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                _longSize = size;
            }
            else if (key.StartsWith("GNU.sparse", StringComparison.Ordinal))
            {
                throw new InvalidDataException("it holds a sparse file");
            }
        }
    }

    private string Name()
    {
        var name = Text(_header.AsSpan(0, 100));
        var prefix = _header.AsSpan(257, 6).SequenceEqual("ustar\0"u8) ? Text(_header.AsSpan(345, 155)) : string.Empty;
        return prefix.Length > 0 ? prefix + "/" + name : name;
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    private static long Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0)
        {
            var number = BinaryPrimitives.ReadInt64BigEndian(field[^8..]);
            return number >= 0 ? number : throw new InvalidDataException("it is no tar archive, or a broken one");
        }

        var value = 0L;
        foreach (var b in field)
        {
            if (b is >= (byte)'0' and <= (byte)'7')
            {
                value = (value * 8) + (b - '0');
            }
            else if (b is not ((byte)' ' or 0))
            {
                throw new InvalidDataException("it is no tar archive, or a broken one");
            }
        }

        return value;
    }

    private bool IsSumRight()
    {
        var sum = 8 * (int)' ';
        for (var i = 0; i < _header.Length; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : _header[i];
        }

        return Number(_header.AsSpan(148, 8)) == sum;
    }

    private sealed record Member(string Name, long Size, (HashAlgorithmName Algorithm, DigestSink Sink)[] Hashes);
}
