using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// This machine's record of an unfinished upload, so that the same command goes on with it, in another process too. It holds no secret: the server is asked for the transfer address again.
/// While an upload runs, its record is locked: two processes cannot upload one item.
/// </summary>
public sealed class VcdUploadState : IDisposable
{
    // A slot of the progress file: stamp, file, length, fingerprint and a check, in fixed widths. Each file of an upload has two.
    private const int SlotSize = 128;
    private const int CheckSize = 16;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);
    private readonly string _path;
    private readonly FileStream _lock;
    private readonly object _gate = new();
    private FileStream? _progress;
    private int[] _slots = [];

    private VcdUploadState(string path, FileStream locked, VcdUploadRecord? record)
    {
        _path = path;
        _lock = locked;
        Record = record;
    }

    /// <summary>The variable that names another folder.</summary>
    public const string FolderVariable = "ORCHESTRATORTOOLS_STATE";

    /// <summary>The user's folder: what the variable ORCHESTRATORTOOLS_STATE says; on Windows %LOCALAPPDATA%\OrchestratorTools; else $XDG_STATE_HOME/OrchestratorTools or ~/.local/state/OrchestratorTools.</summary>
    public static string DefaultFolder
    {
        get
        {
            if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named)
            {
                return Path.GetFullPath(named);
            }

            if (OperatingSystem.IsWindows())
            {
                return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "OrchestratorTools");
            }

            // A relative XDG_STATE_HOME is to be ignored, as the specification of that variable says.
            return Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state && Path.IsPathRooted(state)
                ? Path.Combine(state, "OrchestratorTools")
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state", "OrchestratorTools");
        }
    }

    /// <summary>The record, or null where there is none.</summary>
    internal VcdUploadRecord? Record { get; private set; }

    /// <summary>Opens and locks the record of one item. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>; a lock that another process holds is an <see cref="IOException"/> with <see cref="IsLocked"/>.</summary>
    internal static VcdUploadState Open(string folder, Uri server, string organization, string catalogHref, string name)
    {
        var uploads = Path.Combine(folder, "uploads");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(uploads);
        }
        else
        {
            Directory.CreateDirectory(uploads, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Prune(uploads);
        var key = string.Join('\n', server.GetLeftPart(UriPartial.Authority).ToLowerInvariant(), organization.ToLowerInvariant(), VcdAssumptions.UuidOf(catalogHref) ?? catalogHref, name);
        var path = Path.Combine(uploads, "vcd-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32].ToLowerInvariant() + ".json");
        var locked = OpenPrivate(path + ".lock", FileMode.OpenOrCreate, FileShare.None);
        try
        {
            File.SetLastWriteTimeUtc(locked.SafeFileHandle, DateTime.UtcNow);
            return new VcdUploadState(path, locked, Read(path));
        }
        catch
        {
            locked.Dispose();
            throw;
        }
    }

    /// <summary>True where the exception says that another process has the lock.</summary>
    internal static bool IsLocked(IOException e)
    {
        const int SharingViolation = unchecked((int)0x80070020);
        const int WouldBlockLinux = 11;
        const int WouldBlockMac = 35;
        return e.HResult is SharingViolation or WouldBlockLinux or WouldBlockMac;
    }

    /// <summary>The records of a folder whose uploads went to a server, as they stand: not locked, and perhaps at work. What cannot be read is left out.</summary>
    internal static IReadOnlyList<VcdUploadRecord> List(string folder, Uri server)
    {
        var address = server.GetLeftPart(UriPartial.Authority);
        var records = new List<VcdUploadRecord>();
        try
        {
            foreach (var path in Directory.EnumerateFiles(Path.Combine(folder, "uploads"), "vcd-*.json"))
            {
                if (Read(path) is { } record && string.Equals(record.Server, address, StringComparison.OrdinalIgnoreCase))
                {
                    records.Add(record);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No folder, no records.
        }

        return records;
    }

    /// <summary>Writes the record: the new one takes the old one's place whole, so that a process that dies in between leaves one of the two.</summary>
    internal void Save(VcdUploadRecord record)
    {
        lock (_gate)
        {
            // What was noted beside the old record says nothing about the new one.
            record = record with { Stamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(8)) };
            Record = record;
            _slots = new int[record.Files.Length];
            var temporary = _path + ".new";
            using (var stream = OpenPrivate(temporary, FileMode.Create, FileShare.None))
            {
                stream.Write(JsonSerializer.SerializeToUtf8Bytes(record, VcdUploadJson.Default.VcdUploadRecord));
            }

            File.Move(temporary, _path, overwrite: true);
        }
    }

    /// <summary>
    /// Notes how far the record of one file reaches now. Called for every block, so it is one small write into a file that stays open: there are two slots for each file, written in turns, so that
    /// a process that dies while it writes one leaves the other.
    /// </summary>
    internal void Advance(int file, long prefixLength, string prefixMac)
    {
        lock (_gate)
        {
            if (Record is null)
            {
                return;
            }

            Record.Files[file] = Record.Files[file] with { PrefixLength = prefixLength, PrefixMac = prefixMac };
            _progress ??= OpenPrivate(ProgressPath(_path), FileMode.Create, FileShare.Read);
            var text = string.Create(CultureInfo.InvariantCulture, $"{Record.Stamp} {file:D4} {prefixLength:D19} {prefixMac} ");
            var slot = Encoding.ASCII.GetBytes((text + CheckOf(text)).PadRight(SlotSize - 1) + "\n");
            RandomAccess.Write(_progress.SafeFileHandle, slot, ((file * 2L) + _slots[file]) * SlotSize);
            _slots[file] = 1 - _slots[file];
        }
    }

    /// <summary>Removes the record: the upload is complete, or its remains are gone.</summary>
    internal void Forget()
    {
        lock (_gate)
        {
            Record = null;
            _progress?.Dispose();
            _progress = null;
            File.Delete(_path);
            File.Delete(ProgressPath(_path));
        }
    }

    /// <summary>Lets go of the lock. Its empty file stays: whoever deleted it could delete the next one's lock.</summary>
    public void Dispose()
    {
        _progress?.Dispose();
        _lock.Dispose();
    }

    private static string ProgressPath(string path) => path + ".progress";

    private static string CheckOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(text)))[..CheckSize];

    private static VcdUploadRecord? Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var record = JsonSerializer.Deserialize(stream, VcdUploadJson.Default.VcdUploadRecord);
            return record?.Files is null || Array.Exists(record.Files, f => f is null || (f.PrefixLength > 0 && (f.PrefixMac is null || !PrefixHash.IsKey(f.PrefixKey)))) ? null : Advanced(record, path);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (JsonException)
        {
            // Half a record is no record: going on then needs -Resume.
            return null;
        }
    }

    // The record as far as the better of each file's two slots says that it reaches.
    private static VcdUploadRecord Advanced(VcdUploadRecord record, string path)
    {
        byte[] bytes;
        try
        {
            using var stream = new FileStream(ProgressPath(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            bytes = new byte[Math.Min(stream.Length, record.Files.Length * 2L * SlotSize)];
            stream.ReadExactly(bytes);
        }
        catch (Exception e) when (e is FileNotFoundException or EndOfStreamException)
        {
            return record;
        }

        for (var at = 0; at + SlotSize <= bytes.Length; at += SlotSize)
        {
            var file = at / SlotSize / 2;
            if (Encoding.ASCII.GetString(bytes, at, SlotSize).TrimEnd('\n').TrimEnd(' ').Split(' ') is [var stamp, var number, var length, var mac, var check]
                && string.Equals(stamp, record.Stamp, StringComparison.Ordinal)
                && string.Equals(check, CheckOf($"{stamp} {number} {length} {mac} "), StringComparison.Ordinal)
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var named) && named == file
                && long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var reached)
                && reached > record.Files[file].PrefixLength)
            {
                record.Files[file] = record.Files[file] with { PrefixLength = reached, PrefixMac = mac };
            }
        }

        return record;
    }

    private static FileStream OpenPrivate(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    // No server keeps an unfinished transfer for days; what is older than two weeks helps nobody.
    private static void Prune(string folder)
    {
        try
        {
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("vcd-*"))
            {
                if (DateTime.UtcNow - file.LastWriteTimeUtc > Kept)
                {
                    file.Delete();
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Cleaning up is no reason not to upload.
        }
    }
}

/// <summary>What is remembered of an unfinished upload.</summary>
internal sealed record VcdUploadRecord
{
    /// <summary>The server's address.</summary>
    public string Server { get; init; } = string.Empty;

    /// <summary>The catalog's name.</summary>
    public string Catalog { get; init; } = string.Empty;

    /// <summary>The catalog's address.</summary>
    public string? CatalogHref { get; init; }

    /// <summary>The item's name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Media or template.</summary>
    public VcdTransferKind Kind { get; init; }

    /// <summary>The address of the media or template; null while the request that makes it is under way.</summary>
    public string? Href { get; init; }

    /// <summary>What was given to be uploaded, for people and for going on: the image, the descriptor, the archive.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>True where the server was told that a manifest comes.</summary>
    public bool ManifestRequired { get; init; }

    /// <summary>Says which notes of progress belong to this record.</summary>
    public string? Stamp { get; init; }

    /// <summary>The files.</summary>
    public VcdUploadFileRecord[] Files { get; init; } = [];
}

/// <summary>What is remembered of one file of an unfinished upload.</summary>
internal sealed record VcdUploadFileRecord
{
    /// <summary>Its name at the server.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The file, for people.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>Its length.</summary>
    public long Length { get; init; }

    /// <summary>Its time of last change (UTC); null of what has none.</summary>
    public DateTimeOffset? LastWriteTime { get; init; }

    /// <summary>No byte behind this one was ever sent.</summary>
    public long PrefixLength { get; init; }

    /// <summary>The key of the fingerprint (<see cref="PrefixHash.Key"/>).</summary>
    public string? PrefixKey { get; init; }

    /// <summary>The fingerprint of the file's first <see cref="PrefixLength"/> bytes (<see cref="PrefixHash.Current"/>).</summary>
    public string? PrefixMac { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(VcdUploadRecord))]
internal sealed partial class VcdUploadJson : JsonSerializerContext
{
}
