using System.Globalization;
using Microsoft.Win32.SafeHandles;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A file of this machine that is being sent: open for reading until it is disposed, with the length and time that it had when it was opened.</summary>
internal sealed class LocalFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private LocalFile(string path, SafeFileHandle handle)
    {
        Path = path;
        _handle = handle;
        Length = RandomAccess.GetLength(handle);
        LastWriteTime = File.GetLastWriteTimeUtc(handle);
    }

    /// <summary>The file as it was named.</summary>
    public string Path { get; }

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>The time of the last change (UTC).</summary>
    public DateTime LastWriteTime { get; }

    /// <summary>Opens a file. Throws with kind LocalFile where that cannot be done.</summary>
    public static LocalFile Open(string path)
    {
        SafeFileHandle? handle = null;
        try
        {
            // Who reads does not hinder others from reading; who wants to write is kept out where the system can do that.
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
            return new LocalFile(path, handle);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            handle?.Dispose();
            throw Error(
                e switch
                {
                    FileNotFoundException or DirectoryNotFoundException => $"There is no file '{path}'.",
                    UnauthorizedAccessException when Directory.Exists(path) => $"'{path}' is a folder.",
                    UnauthorizedAccessException => $"'{path}' may not be read by this user.",
                    _ => $"'{path}' cannot be opened: {e.Message}",
                },
                inner: e);
        }
    }

    /// <summary>An error of kind LocalFile.</summary>
    public static OrchestratorApiException Error(string message, string? action = null, Exception? inner = null)
        => new(OrchestratorSystem.Vcd, OrchestratorErrorKind.LocalFile, message, inner) { RecommendedAction = action ?? "Check -Path." };

    /// <summary>Reads at a position; 0 at the end.</summary>
    public int Read(Span<byte> buffer, long position) => RandomAccess.Read(_handle, buffer, position);

    /// <summary>Reads a part whole into memory. Throws with kind LocalFile where that cannot be done.</summary>
    public byte[] ReadAll(long position, int length)
    {
        var bytes = new byte[length];
        try
        {
            for (var filled = 0; filled < length;)
            {
                var read = Read(bytes.AsSpan(filled), position + filled);
                filled += read > 0 ? read : throw new EndOfStreamException(string.Create(CultureInfo.InvariantCulture, $"it ends after {position + filled} bytes"));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Error($"'{Path}' cannot be read: {e.Message}", inner: e);
        }

        return bytes;
    }

    /// <summary>Throws with kind LocalFile where the file is not what it was when it was opened.</summary>
    public void EnsureUnchanged()
    {
        try
        {
            if (RandomAccess.GetLength(_handle) == Length && File.GetLastWriteTimeUtc(_handle) == LastWriteTime)
            {
                return;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Error($"'{Path}' can no longer be read: {e.Message}", inner: e);
        }

        throw Error($"'{Path}' has changed while it was being uploaded. What was sent is of no use.", "Run the command with -Force: it removes what was sent and begins anew.");
    }

    public void Dispose() => _handle.Dispose();
}
