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
    private readonly byte[] _header = new byte[TarOutput.Block];
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
    private string? _manifestName;
    private OvfManifest? _manifest;

    /// <summary>How many of the files have a digest that was compared; known after <see cref="Finish"/>.</summary>
    public int Compared { get; private set; }

    /// <summary>True where the archive has a manifest.</summary>
    public bool HasManifest => _manifest is not null;

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
                var part = bytes[..Math.Min(TarOutput.Block - _inHeader, bytes.Length)];
                part.CopyTo(_header.AsSpan(_inHeader));
                _inHeader += part.Length;
                bytes = bytes[part.Length..];
                if (_inHeader == TarOutput.Block)
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
        _manifest = null;
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

        IReadOnlyList<RemoteName> files;
        try
        {
            files = DownloadNames.Of(OvfDescriptor.Read(_descriptor, _descriptorName!).Files);
        }
        catch (OrchestratorApiException e)
        {
            throw new InvalidDataException(e.Message.TrimEnd('.'), e);
        }

        foreach (var file in files)
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
            if (DigestOf(member.Name) is { } wanted)
            {
                // The descriptor is in memory, so that any digest of it can be made.
                var hash = member.Hashes.FirstOrDefault(h => h.Algorithm == wanted.Algorithm).Sink;
                bool? same = member.Name == _descriptorName ? DigestSink.Is(wanted, _descriptor) : hash?.Is(wanted);
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

    private OvfDigest? DigestOf(string name) => _manifest?.Of(name).MaxBy(d => d.Digest.Length);

    private void Header()
    {
        var header = new TarHeader(_header);
        if (header.IsZero)
        {
            _zeroBlocks++;
            return;
        }

        if (_zeroBlocks > 0 || !header.HasRightChecksum || header.Length is not { } length)
        {
            throw new InvalidDataException("it is no tar archive, or a broken one");
        }

        var type = header.Type;
        var name = _longName ?? header.Name;
        _member = null;
        _text = null;
        if (type is 'x' or 'g' or 'L' or 'K')
        {
            Begin(length);
            BeginText(type, LargestText, length, "a header");
        }
        else
        {
            Begin(_longSize ?? length);
            _longName = null;
            _longSize = null;
            switch (type)
            {
                case '0' or '\0' or '7':
                    BeginMember(name, _left);
                    break;
                case '5':
                    break;
                default:
                    throw new InvalidDataException($"'{name}' in the archive is no plain file (type '{type}')");
            }
        }

        if (_left == 0)
        {
            EndOfMember();
        }
    }

    private void Begin(long size)
    {
        _left = size;
        _padding = TarOutput.Padding(size);
    }

    private void BeginMember(string name, long size)
    {
        name = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        if (PackageName.Problem(name) is { } objection)
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
            _manifestName = name;
            BeginText('m', LargestText, size, "its manifest");
        }

        // A manifest that comes after the files says too late which digest it wants; these two are what manifests hold.
        HashAlgorithmName[] algorithms = isManifest ? []
            : _manifest is null ? [HashAlgorithmName.SHA256, HashAlgorithmName.SHA1]
            : DigestOf(name) is { } wanted ? [wanted.Algorithm]
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
                    _manifest = OvfManifest.Read(bytes, _manifestName!);
                }
                catch (OrchestratorApiException e)
                {
                    throw new InvalidDataException(e.Message.TrimEnd('.'), e);
                }

                break;
            case 'L':
                _longName = TarHeader.Text(bytes);
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

    private sealed record Member(string Name, long Size, (HashAlgorithmName Algorithm, DigestSink Sink)[] Hashes);
}
