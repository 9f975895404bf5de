namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// The bytes of one file of a transfer, wherever they lie: a file, a part of one (a member of an archive), several in a row (the chunks of a disk), or memory. Read by position, from many threads.
/// Owns nothing: the files are closed by who opened them.
/// </summary>
internal sealed class TransferSource
{
    private readonly Part[] _parts;
    private readonly ReadOnlyMemory<byte> _memory;

    private TransferSource(string path, Part[] parts, ReadOnlyMemory<byte> memory)
    {
        Path = path;
        _parts = parts;
        _memory = memory;
        Length = parts.Length > 0 ? parts[^1].Start + parts[^1].Length : memory.Length;
    }

    /// <summary>Where the bytes come from, for people.</summary>
    public string Path { get; }

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>The latest change of what is read (UTC); null of memory.</summary>
    public DateTime? LastWriteTime => _parts.Length > 0 ? _parts.Max(p => p.File.LastWriteTime) : null;

    /// <summary>A whole file.</summary>
    public static TransferSource Of(LocalFile file) => OfPart(file, 0, file.Length, file.Path);

    /// <summary>A part of a file.</summary>
    public static TransferSource OfPart(LocalFile file, long offset, long length, string path) => OfParts([(file, offset, length)], path);

    /// <summary>Parts of files, one behind the other.</summary>
    public static TransferSource OfParts(IReadOnlyList<(LocalFile File, long Offset, long Length)> parts, string path)
    {
        var list = new Part[parts.Count];
        var start = 0L;
        for (var i = 0; i < list.Length; i++)
        {
            list[i] = new Part(parts[i].File, parts[i].Offset, start, parts[i].Length);
            start += parts[i].Length;
        }

        return new TransferSource(path, list, default);
    }

    /// <summary>Bytes in memory.</summary>
    public static TransferSource OfMemory(ReadOnlyMemory<byte> bytes, string path) => new(path, [], bytes);

    /// <summary>Fills the buffer from a position on. Throws <see cref="IOException"/> where the bytes cannot be had.</summary>
    public void ReadExactly(Span<byte> buffer, long position)
    {
        if (_parts.Length == 0)
        {
            _memory.Span.Slice((int)position, buffer.Length).CopyTo(buffer);
            return;
        }

        var at = Find(position);
        while (!buffer.IsEmpty)
        {
            var part = _parts[at];
            var inside = position - part.Start;
            if (inside == part.Length)
            {
                at++;
                continue;
            }

            var read = part.File.Read(buffer[..(int)Math.Min(buffer.Length, part.Length - inside)], part.Offset + inside);
            if (read == 0)
            {
                throw new EndOfStreamException($"'{part.File.Path}' ends after {part.Offset + inside} bytes; it had {part.File.Length}.");
            }

            buffer = buffer[read..];
            position += read;
        }
    }

    /// <summary>Throws with kind LocalFile where a file is not what it was when it was opened.</summary>
    public void EnsureUnchanged()
    {
        foreach (var part in _parts)
        {
            part.File.EnsureUnchanged();
        }
    }

    private int Find(long position)
    {
        var low = 0;
        var high = _parts.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_parts[middle].Start <= position)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    private sealed record Part(LocalFile File, long Offset, long Start, long Length);
}
