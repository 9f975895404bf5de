using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// This machine's record of an unfinished download, so that the same command goes on with it, in another process too, and never with what belongs to something else. It holds no secret: the server is
/// asked for the addresses again. While a download runs, its record is locked: two processes cannot write one file.
/// </summary>
internal sealed class VcdDownloadState : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);
    private readonly string _path;
    private readonly FileStream _lock;

    private VcdDownloadState(string path, FileStream locked, VcdDownloadRecord? record)
    {
        _path = path;
        _lock = locked;
        Record = record;
    }

    /// <summary>The record, or null where there is none.</summary>
    public VcdDownloadRecord? Record { get; private set; }

    /// <summary>Opens and locks the record of one target. Throws <see cref="IOException"/> (<see cref="VcdUploadState.IsLocked"/>: another process has it) or <see cref="UnauthorizedAccessException"/>.</summary>
    public static VcdDownloadState Open(string folder, string target)
    {
        var downloads = Path.Combine(folder, "downloads");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(downloads);
        }
        else
        {
            Directory.CreateDirectory(downloads, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Prune(downloads);
        var key = Path.GetFullPath(target);
        key = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? key.ToUpperInvariant() : key;
        var path = Path.Combine(downloads, "vcd-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32].ToLowerInvariant() + ".json");
        var locked = OpenPrivate(path + ".lock", FileMode.OpenOrCreate);
        try
        {
            File.SetLastWriteTimeUtc(locked.SafeFileHandle, DateTime.UtcNow);
            return new VcdDownloadState(path, locked, Read(path));
        }
        catch
        {
            locked.Dispose();
            throw;
        }
    }

    /// <summary>Writes the record: the new one takes the old one's place whole.</summary>
    public void Save(VcdDownloadRecord record)
    {
        Record = record;
        var temporary = _path + ".new";
        using (var stream = OpenPrivate(temporary, FileMode.Create))
        {
            stream.Write(JsonSerializer.SerializeToUtf8Bytes(record, VcdDownloadJson.Default.VcdDownloadRecord));
        }

        File.Move(temporary, _path, overwrite: true);
    }

    /// <summary>Removes the record: the download is complete.</summary>
    public void Forget()
    {
        Record = null;
        File.Delete(_path);
    }

    /// <summary>Lets go of the lock. Its empty file stays: whoever deleted it could delete the next one's lock.</summary>
    public void Dispose() => _lock.Dispose();

    private static VcdDownloadRecord? Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, VcdDownloadJson.Default.VcdDownloadRecord);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (JsonException)
        {
            // Half a record is no record.
            return null;
        }
    }

    private static FileStream OpenPrivate(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

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
            // Cleaning up is no reason not to download.
        }
    }
}

/// <summary>What is remembered of an unfinished download.</summary>
internal sealed record VcdDownloadRecord
{
    /// <summary>The server's address.</summary>
    public string Server { get; init; } = string.Empty;

    /// <summary>The entity: its UUID, or its address where it has none.</summary>
    public string Entity { get; init; } = string.Empty;

    /// <summary>The entity's name, for people.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>What is received of it, and how.</summary>
    public string Form { get; init; } = string.Empty;

    /// <summary>The target, for people.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>True where this download opened the entity for downloading: it is closed at the end.</summary>
    public bool Enabled { get; init; }

    /// <summary>SHA-256 of the descriptor and the manifest, hex: files may go on only where these are the same.</summary>
    public string? Package { get; init; }

    /// <summary>The files.</summary>
    public IReadOnlyList<VcdDownloadedFile> Files { get; init; } = [];
}

/// <summary>What is remembered of a file of an unfinished download.</summary>
internal sealed record VcdDownloadedFile
{
    /// <summary>The name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Bytes; -1 where the server does not say.</summary>
    public long Size { get; init; } = -1;

    /// <summary>The server's strong validator, where it gives one.</summary>
    public string? ETag { get; init; }

    /// <summary>The server's time of last change, where it gives one.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>True where all of it is there and was checked.</summary>
    public bool Complete { get; init; }

    /// <summary>How many bytes are written.</summary>
    public long Stored { get; init; }

    /// <summary>The key of their fingerprint (<see cref="PrefixHash"/>).</summary>
    public string? Key { get; init; }

    /// <summary>The fingerprint of what is written.</summary>
    public string? Fingerprint { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(VcdDownloadRecord))]
internal sealed partial class VcdDownloadJson : JsonSerializerContext
{
}
