using System.Globalization;
using System.Text;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// The members of an OVA, which is a tar archive (DSP0243, "OVF package"), and where their bytes stand in it. Nothing is unpacked: members are read in place, several at once. That is why the headers
/// are read here: the framework's reader goes through an archive once, from the front, and does not tell at which position a member's bytes begin.
/// Knows ustar, GNU (long names, base-256 sizes) and PAX headers (path, size); refuses what an upload cannot mean: links, devices, sparse members, names that leave the archive.
/// </summary>
internal sealed class OvaArchive
{
    // An OVA has a handful of members; whoever makes one of millions wants to keep somebody busy.
    private const int MaximumMembers = 10_000;
    private const int MaximumExtension = 1024 * 1024;

    private OvaArchive(LocalFile file, IReadOnlyList<OvaMember> members, bool hasEndMark)
    {
        File = file;
        Members = members;
        HasEndMark = hasEndMark;
    }

    /// <summary>The archive.</summary>
    public LocalFile File { get; }

    /// <summary>The files in it, in their order.</summary>
    public IReadOnlyList<OvaMember> Members { get; }

    /// <summary>True where the archive ends as it should; otherwise what is behind the last member may have been cut off.</summary>
    public bool HasEndMark { get; }

    /// <summary>True where the file begins as a tar archive does.</summary>
    public static bool IsArchive(LocalFile file) => file.Length >= TarHeader.Size && new TarHeader(file.ReadAll(0, TarHeader.Size)) is { IsZero: false, HasRightChecksum: true };

    /// <summary>Reads the headers. Throws with kind LocalFile where the archive is damaged, cut short, or holds what is refused.</summary>
    public static OvaArchive Read(LocalFile file)
    {
        var members = new List<OvaMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var common = new Dictionary<string, string>(StringComparer.Ordinal);
        var own = new Dictionary<string, string>(StringComparer.Ordinal);
        string? longName = null;
        var position = 0L;
        var ended = false;
        while (position < file.Length)
        {
            if (file.Length - position < TarHeader.Size)
            {
                throw CutShort(file, position + TarHeader.Size, "it ends in the middle of a header");
            }

            var header = new TarHeader(file.ReadAll(position, TarHeader.Size));
            if (header.IsZero)
            {
                ended = true;
                break;
            }

            if (!header.HasRightChecksum || header.Length is not { } length)
            {
                throw Damaged(file, position, members.Count == 0 ? "it is no tar archive" : "the header's checksum is wrong");
            }

            var name = longName ?? header.Name;
            var type = header.Type;
            var data = position + TarHeader.Size;
            if (type is 'x' or 'X' or 'g' or 'L' or 'K')
            {
                var bytes = ReadExtension(file, data, length);
                if (type is 'L')
                {
                    longName = TarHeader.Text(bytes);
                }
                else if (type is not 'K')
                {
                    ReadPax(bytes, type is 'g' ? common : own, file, position);
                }

                position = Next(data, length);
                continue;
            }

            name = Pax("path") ?? name;
            if (Pax("size") is { } size)
            {
                length = long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Damaged(file, position, $"the size of '{name}' is '{size}'");
            }

            if (type is 'S' || own.Keys.Concat(common.Keys).Any(k => k.StartsWith("GNU.sparse.", StringComparison.Ordinal)))
            {
                throw LocalFile.Error($"'{file.Path}': the member '{name}' is stored as a sparse file, without its empty parts; it cannot be sent in place.", "Make the archive again without --sparse, or unpack it and upload the OVF.");
            }

            if (length > file.Length - data)
            {
                throw CutShort(file, data + length, $"the member '{name}' is to have {length.ToString(CultureInfo.InvariantCulture)} bytes");
            }

            Add(type, name, data, length);
            position = Next(data, length);
            own.Clear();
            longName = null;
        }

        return new OvaArchive(file, members, ended);

        string? Pax(string key) => own.TryGetValue(key, out var mine) ? (mine.Length > 0 ? mine : null) : common.TryGetValue(key, out var everybodys) && everybodys.Length > 0 ? everybodys : null;

        void Add(char type, string name, long data, long length)
        {
            var shown = name;
            name = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
            switch (type)
            {
                case '5' or 'V':
                case '0' or '\0' or '7' when name.EndsWith('/') || name.Length == 0:
                    // Folders, and a volume's label, hold nothing to send.
                    return;
                case '0' or '\0' or '7':
                    break;
                case '1' or '2':
                    throw LocalFile.Error($"'{file.Path}': the member '{shown}' is a link; an OVA holds files only.");
                default:
                    throw LocalFile.Error($"'{file.Path}': the member '{shown}' is no file (tar type '{(char.IsAsciiLetterOrDigit(type) ? type : '?')}'); an OVA holds files only.");
            }

            if (PackageName.Problem(name) is { } problem)
            {
                throw LocalFile.Error($"'{file.Path}' has a member '{shown}', which is refused: {problem}.", "Do not use this package unless you know who made it.");
            }

            if (!names.Add(name))
            {
                throw LocalFile.Error($"'{file.Path}' has two members '{name}'; which is meant cannot be told.");
            }

            if (names.Count > MaximumMembers)
            {
                throw LocalFile.Error(string.Create(CultureInfo.InvariantCulture, $"'{file.Path}' has more than {MaximumMembers} members; that is no OVA."));
            }

            members.Add(new OvaMember(name, data, length));
        }
    }

    private static long Next(long data, long length) => data + ((length + TarHeader.Size - 1) / TarHeader.Size * TarHeader.Size);

    private static byte[] ReadExtension(LocalFile file, long data, long length)
    {
        if (length > MaximumExtension)
        {
            throw Damaged(file, data - TarHeader.Size, string.Create(CultureInfo.InvariantCulture, $"an extended header has {length} bytes"));
        }

        return length > file.Length - data ? throw CutShort(file, data + length, "it ends in an extended header") : file.ReadAll(data, (int)length);
    }

    // POSIX.1-2001: records "LENGTH KEY=VALUE\n", where LENGTH counts the whole record. An empty value takes a key away.
    private static void ReadPax(ReadOnlySpan<byte> bytes, Dictionary<string, string> values, LocalFile file, long position)
    {
        while (!bytes.IsEmpty && bytes[0] != 0)
        {
            var blank = bytes.IndexOf((byte)' ');
            if (blank is < 1 or > 7 || !int.TryParse(Encoding.ASCII.GetString(bytes[..blank]), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length <= blank + 1 || length > bytes.Length || bytes[length - 1] != '\n')
            {
                throw Damaged(file, position, "an extended header cannot be read");
            }

            var record = bytes[(blank + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals < 1)
            {
                throw Damaged(file, position, "an extended header cannot be read");
            }

            values[Encoding.UTF8.GetString(record[..equals])] = Encoding.UTF8.GetString(record[(equals + 1)..]);
            bytes = bytes[length..];
        }
    }

    private static OrchestratorApiException Damaged(LocalFile file, long position, string what)
        => LocalFile.Error(string.Create(CultureInfo.InvariantCulture, $"'{file.Path}' is damaged, or no OVA: {what} (at byte {position})."), "Get the file again, and compare its checksum with its maker's.");

    private static OrchestratorApiException CutShort(LocalFile file, long needed, string what)
        => LocalFile.Error(string.Create(CultureInfo.InvariantCulture, $"'{file.Path}' was cut short: {what}, and at least {needed - file.Length} bytes are missing at its end (it has {file.Length})."), "Get the file again, and compare its size with its maker's.");
}

/// <summary>A file in an archive.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Offset">Where its bytes begin in the archive.</param>
/// <param name="Length">Bytes.</param>
internal sealed record OvaMember(string Name, long Offset, long Length);
