using System.Buffers;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// Writes a download into its place in a <see cref="PartialFile"/>, block by block: while one block is filled from the wire, the one before it is written, fingerprinted and shown to the sinks on another thread.
/// Holds two blocks. Only whole blocks reach the file before the end, so that what is on record can always be compared.
/// </summary>
internal sealed class SegmentWriter : IAsyncDisposable
{
    private readonly PartialFile _file;
    private readonly long _start;
    private readonly IReadOnlyList<IByteSink> _sinks;
    private readonly Action<SegmentWriter>? _stored;
    private PrefixHash _fingerprint;
    private byte[] _filling = ArrayPool<byte>.Shared.Rent(PrefixHash.BlockSize);
    private byte[] _writing = ArrayPool<byte>.Shared.Rent(PrefixHash.BlockSize);
    private int _filled;
    private Task _pending = Task.CompletedTask;

    /// <summary>Begins.</summary>
    /// <param name="file">Where to write.</param>
    /// <param name="start">Where the download begins in the file.</param>
    /// <param name="key">The fingerprint's key, where a part is there already; see <see cref="ResumeAsync"/>.</param>
    /// <param name="sinks">See the bytes in their order.</param>
    /// <param name="stored">Called on another thread whenever a block was written.</param>
    public SegmentWriter(PartialFile file, long start, string? key, IReadOnlyList<IByteSink> sinks, Action<SegmentWriter>? stored)
    {
        _file = file;
        _start = start;
        _sinks = sinks;
        _stored = stored;
        _fingerprint = new PrefixHash(key);
    }

    /// <summary>Bytes received, those in memory too.</summary>
    public long Received { get; private set; }

    /// <summary>Bytes written and fingerprinted: whole blocks, or all.</summary>
    public long Stored { get; private set; }

    /// <summary>The fingerprint's key.</summary>
    public string Key => _fingerprint.Key;

    /// <summary>The fingerprint of the first <see cref="Stored"/> bytes.</summary>
    public string Fingerprint => _fingerprint.Current();

    /// <summary>Where the next bytes go; at least one fits.</summary>
    public Memory<byte> Free => _filling.AsMemory(_filled, PrefixHash.BlockSize - _filled);

    /// <summary>Reads what is there already, block by block. False where it is not what was recorded; then the download begins anew.</summary>
    public async Task<bool> ResumeAsync(VcdDownloadedFile known, Action<long> read, CancellationToken cancellationToken)
    {
        var same = await Task.Run(() => Compare(known.Stored, known.Fingerprint!, read, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (!same)
        {
            await RestartAsync().ConfigureAwait(false);
            return false;
        }

        if (!known.Complete)
        {
            // What was written behind the last record counts for nothing.
            _file.Truncate(_start + known.Stored);
        }

        return true;
    }

    /// <summary>So many bytes were put into <see cref="Free"/>. Throws <see cref="DownloadStorageException"/> where the file cannot be written, and what a sink throws.</summary>
    public async ValueTask AdvanceAsync(int count)
    {
        _filled += count;
        Received += count;
        if (_filled == PrefixHash.BlockSize)
        {
            await HandOverAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Writes what is left.</summary>
    public async Task FinishAsync()
    {
        if (_filled > 0)
        {
            await HandOverAsync().ConfigureAwait(false);
        }

        await _pending.ConfigureAwait(false);
    }

    /// <summary>Begins anew: what was received is of no use.</summary>
    public async Task RestartAsync()
    {
        await SettleAsync().ConfigureAwait(false);
        _pending = Task.CompletedTask;
        _filled = 0;
        Received = 0;
        Stored = 0;
        _fingerprint.Dispose();
        _fingerprint = new PrefixHash();
        foreach (var sink in _sinks)
        {
            sink.Reset();
        }

        _file.Truncate(_start);
    }

    /// <summary>Waits until nothing is being written. Does not throw.</summary>
    public async Task SettleAsync() => await _pending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public async ValueTask DisposeAsync()
    {
        await SettleAsync().ConfigureAwait(false);
        ArrayPool<byte>.Shared.Return(_filling);
        ArrayPool<byte>.Shared.Return(_writing);
        _filling = _writing = [];
        _fingerprint.Dispose();
    }

    private bool Compare(long length, string fingerprint, Action<long> read, CancellationToken cancellationToken)
    {
        while (Stored < length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var block = _filling.AsSpan(0, (int)Math.Min(PrefixHash.BlockSize, length - Stored));
            try
            {
                if (!_file.TryRead(_start + Stored, block))
                {
                    return false;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new DownloadStorageException(e);
            }

            _fingerprint.Append(Stored, block);
            foreach (var sink in _sinks)
            {
                sink.Append(block);
            }

            Stored += block.Length;
            Received = Stored;
            Garbage.Passed(block.Length);
            read(Stored);
        }

        return string.Equals(_fingerprint.Current(), fingerprint, StringComparison.OrdinalIgnoreCase);
    }

    private async ValueTask HandOverAsync()
    {
        await _pending.ConfigureAwait(false);
        var block = _filling.AsMemory(0, _filled);
        var offset = Received - _filled;
        (_filling, _writing) = (_writing, _filling);
        _filled = 0;
        _pending = Task.Run(() => Write(offset, block.Span));
    }

    private void Write(long offset, ReadOnlySpan<byte> block)
    {
        try
        {
            _file.Write(_start + offset, block);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DownloadStorageException(e);
        }

        _fingerprint.Append(offset, block);
        foreach (var sink in _sinks)
        {
            sink.Append(block);
        }

        Stored = offset + block.Length;

        // Receiving leaves little behind, an eighth of what lists do: looking oftener would cost more than it saves.
        Garbage.Passed(block.Length / 8);
        _stored?.Invoke(this);
    }
}

/// <summary>The file that is written into cannot be written or read: never to be taken for a broken connection.</summary>
internal sealed class DownloadStorageException(Exception inner) : Exception(inner.Message, inner)
{
    // ENOSPC and EDQUOT of Linux and macOS; ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows.
    private static readonly int[] Full = [28, OperatingSystem.IsMacOS() ? 69 : 122, unchecked((int)0x80070027), unchecked((int)0x80070070)];

    /// <summary>True where there is no more room.</summary>
    public bool IsFull => InnerException is IOException e && Full.Contains(e.HResult);
}
