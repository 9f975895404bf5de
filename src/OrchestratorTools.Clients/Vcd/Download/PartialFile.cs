using Microsoft.Win32.SafeHandles;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>The file that a download is written into until it is whole: NAME.partial. No other process opens it meanwhile; nothing is allocated ahead.</summary>
internal class PartialFile : IDisposable
{
    /// <summary>The end of the name.</summary>
    public const string Suffix = ".partial";


    // Linux makes large pages of large writes, which cost several times the processor time of small ones; elsewhere small ones do.
    private static readonly int Slice = OperatingSystem.IsLinux() ? 16 * 1024 : PrefixHash.BlockSize;
    private readonly SafeFileHandle _handle;

    /// <summary>Opens or makes the file. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</summary>
    public PartialFile(string path, FileMode mode)
    {
        Path = path;
        _handle = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Bytes.</summary>
    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>Cuts what lies behind.</summary>
    public void Truncate(long length)
    {
        if (RandomAccess.GetLength(_handle) > length)
        {
            RandomAccess.SetLength(_handle, length);
        }
    }

    /// <summary>Writes at a place.</summary>
    public virtual void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var slice = bytes[..Math.Min(Slice, bytes.Length)];
            RandomAccess.Write(_handle, slice, offset);
            offset += slice.Length;
            bytes = bytes[slice.Length..];
        }
    }

    /// <summary>Fills the buffer from a place; false where the file ends before.</summary>
    public bool TryRead(long offset, Span<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var read = RandomAccess.Read(_handle, buffer, offset);
            if (read == 0)
            {
                return false;
            }

            buffer = buffer[read..];
            offset += read;
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _handle.Dispose();
        }
    }
}
