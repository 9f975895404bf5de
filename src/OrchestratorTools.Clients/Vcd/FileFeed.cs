using System.Buffers;
using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// Reads a file ahead of who sends it, block by block (<see cref="PrefixHash"/>), on a thread of its own: reading and hashing overlap with sending. Before a block can be taken, the
/// fingerprint that has it counted in has been recorded, so that nothing is ever sent that a later process could not verify. Holds three blocks at the most.
/// </summary>
internal sealed class FileFeed : IAsyncDisposable
{
    /// <summary>The largest piece.</summary>
    public const int PieceSize = PrefixHash.BlockSize;

    private const int Pieces = 3;
    private readonly Channel<(byte[] Buffer, int Length)> _full = Channel.CreateBounded<(byte[], int)>(new BoundedChannelOptions(Pieces) { SingleReader = true, SingleWriter = true });
    private readonly Channel<byte[]> _free = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Pieces) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;
    private readonly List<byte[]> _buffers = [];
    private byte[]? _current;
    private int _taken;
    private int _length;

    /// <summary>Begins to read.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">The first byte.</param>
    /// <param name="end">The byte behind the last one.</param>
    /// <param name="hash">Grows with what is read.</param>
    /// <param name="record">Called when the hash has grown, before what was read can be taken.</param>
    public FileFeed(SafeFileHandle file, long start, long end, PrefixHash hash, Action record)
    {
        var size = (int)Math.Min(PieceSize, end - start);
        var pieces = (int)Math.Min(Pieces, (end - start + size - 1) / size);
        for (var i = 0; i < pieces; i++)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(size);
            _buffers.Add(buffer);
            _free.Writer.TryWrite(buffer);
        }

        _reading = Task.Run(() => ReadAsync(file, start, end, size, hash, record));
    }

    /// <summary>Why the file could not be read on; null where it could.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>The next bytes, at most so many; valid until the next call. Empty at the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> TakeAsync(int atMost, CancellationToken cancellationToken)
    {
        if (_current is null || _taken == _length)
        {
            if (_current is not null)
            {
                _free.Writer.TryWrite(_current);
                _current = null;
            }

            if (!await _full.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false) || !_full.Reader.TryRead(out var piece))
            {
                return ReadOnlyMemory<byte>.Empty;
            }

            (_current, _length) = piece;
            _taken = 0;
        }

        var count = Math.Min(atMost, _length - _taken);
        var bytes = _current.AsMemory(_taken, count);
        _taken += count;
        return bytes;
    }

    /// <summary>Gives the buffers back for the next upload. Only when everything was sent in good order: a request that broke off may still be reading from one.</summary>
    public async ValueTask ReturnBuffersAsync()
    {
        await _reading.ConfigureAwait(false);
        _current = null;
        foreach (var buffer in _buffers)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        _buffers.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task ReadAsync(SafeFileHandle file, long start, long end, int size, PrefixHash hash, Action record)
    {
        try
        {
            var position = start;
            while (position < end)
            {
                var buffer = await _free.Reader.ReadAsync(_stop.Token).ConfigureAwait(false);

                // Pieces end where blocks end, wherever the first one begins.
                var length = (int)Math.Min(PrefixHash.BlockEnd(position + 1, end) - position, size);
                var filled = 0;
                while (filled < length)
                {
                    var read = RandomAccess.Read(file, buffer.AsSpan(filled, length - filled), position + filled);
                    if (read == 0)
                    {
                        throw new EndOfStreamException($"The file ends after {position + filled} bytes; it had {end}.");
                    }

                    filled += read;
                }

                var known = hash.Position;
                hash.Append(position, buffer.AsSpan(0, length));
                if (hash.Position > known)
                {
                    record();
                }

                position += length;
                await _full.Writer.WriteAsync((buffer, length), _stop.Token).ConfigureAwait(false);
            }

            _full.Writer.TryComplete();
        }
        catch (OperationCanceledException)
        {
            _full.Writer.TryComplete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fault = e;
            _full.Writer.TryComplete(e);
        }
    }
}
