using System.Buffers;
using System.Security.Cryptography;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>One file of a transfer: how much of it is there, and its hash so far. Bytes come strictly in order, so that one running hash is enough.</summary>
internal sealed class TransferFile(string name, long size, bool hash, string? spoolPath) : IDisposable
{
    private readonly IncrementalHash? _hash = hash ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    private readonly object _hashGate = new();
    private MemoryStream? _head;
    private FileDigests? _digests;
    private long _stored;
    private long _size = size;
    private long _announced = -1;
    private volatile bool _isComplete;

    public string Name { get; } = name;

    /// <summary>Bytes, -1 while nobody knows (a descriptor before it came).</summary>
    public long Size
    {
        get => Interlocked.Read(ref _size);
        set => Interlocked.Exchange(ref _size, value);
    }

    /// <summary>The size that the first Content-Range of a file of unknown size gave; -1: none did.</summary>
    public long Announced
    {
        get => Interlocked.Read(ref _announced);
        set => Interlocked.Exchange(ref _announced, value);
    }

    /// <summary>Bytes of each part that the client has the file in; 0: it is one file.</summary>
    public long PartSize { get; init; }

    /// <summary>Bytes that arrived.</summary>
    public long Stored => Interlocked.Read(ref _stored);

    public bool IsComplete
    {
        get => _isComplete;
        set => _isComplete = value;
    }

    /// <summary>One PUT at a time.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>Whether the bytes themselves are wanted: a descriptor is read once it is complete. Such a file cannot be of any size.</summary>
    public bool KeepsBytes
    {
        get => _head is not null;
        init => _head = value ? new MemoryStream() : null;
    }

    /// <summary>The bytes of a file that keeps them.</summary>
    public byte[] Bytes => _head?.ToArray() ?? [];

    /// <summary>Where the bytes are spooled to; null where they are not.</summary>
    public string? SpoolPath { get; } = spoolPath;

    /// <summary>Asked once, when the first byte comes: the checksums that a manifest will want; null where there is none to come.</summary>
    public Func<IReadOnlyList<HashAlgorithmName>?>? WantedDigests { get; init; }

    /// <summary>The checksums that a manifest is compared with; null where none were wanted.</summary>
    public FileDigests? Digests => _digests ?? NewDigests();

    /// <summary>A checksum of what arrived, in hex; null where it was not kept.</summary>
    public string? DigestOfWhole(HashAlgorithmName algorithm) => algorithm == HashAlgorithmName.SHA256 ? Sha256 : Digests?.Whole(algorithm);

    /// <summary>SHA-256 of what arrived, in hex; null where nothing is hashed.</summary>
    public string? Sha256
    {
        get
        {
            if (_hash is null) return null;
            lock (_hashGate) return Convert.ToHexString(_hash.GetCurrentHash()).ToLowerInvariant();
        }
    }

    /// <summary>Opens the file that a PUT's bytes are spooled to; null where nothing is spooled.</summary>
    public FileStream? OpenSpool()
        => SpoolPath is null ? null : new FileStream(SpoolPath, Stored == 0 ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 1 << 20);

    /// <summary>Takes bytes in. Only the holder of <see cref="Turn"/> calls it.</summary>
    public void Append(in ReadOnlySequence<byte> bytes, FileStream? spool)
    {
        if (_stored == 0) _digests ??= NewDigests();
        lock (_hashGate)
        {
            foreach (var segment in bytes)
            {
                _hash?.AppendData(segment.Span);
                _digests?.Append(segment.Span);
                _head?.Write(segment.Span);
                spool?.Write(segment.Span);
            }
        }

        Interlocked.Add(ref _stored, bytes.Length);
    }

    public void Dispose()
    {
        _hash?.Dispose();
        _digests?.Dispose();
        _head?.Dispose();
        Turn.Dispose();
    }

    private FileDigests? NewDigests() => WantedDigests?.Invoke() is { } algorithms ? new FileDigests(algorithms, PartSize) : null;
}
