using System.Buffers;
using System.Diagnostics;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// Reads a file for who sends it, block by block (<see cref="PrefixHash"/>). Before a block can be taken, the fingerprint that has it counted in has been recorded, so that nothing is ever sent
/// that a later process could not verify; and the manifest's digests have been compared that end in it, so that the last block of a file that is not the manifest's is never sent. Where reading is quick it is done in the sender's turn, while the block is still in the processor's cache; where it is slow (a slow disk), the next
/// block is read while this one is sent. The manifest's digests are made beside the sending (<see cref="DigestLine"/>). Holds two blocks at the most, with a manifest four.
/// </summary>
internal sealed class FileFeed : IAsyncDisposable
{
    /// <summary>The largest piece.</summary>
    public const int PieceSize = PrefixHash.BlockSize;

    // Reading that takes more than this share of the time that sending takes is worth a thread of its own.
    private const double SlowShare = 0.4;

    private readonly TransferSource _source;
    private readonly long _end;
    private readonly int _size;
    private readonly PrefixHash _hash;
    private readonly DigestLine? _digest;
    private readonly Action _record;
    private readonly byte[]?[] _buffers;
    private byte[] _current = [];
    private Task<Piece>? _ahead;
    private long _claimed;
    private long _position;
    private long _handedOut;
    private TimeSpan _sending;
    private int _taken;
    private int _length;

    /// <summary>Begins to read.</summary>
    /// <param name="source">The file.</param>
    /// <param name="start">The first byte.</param>
    /// <param name="end">The byte behind the last one.</param>
    /// <param name="hash">Grows with what is read.</param>
    /// <param name="digest">What the manifest says of the file; grows with what is read.</param>
    /// <param name="record">Called when the hash has grown, before what was read can be taken.</param>
    public FileFeed(TransferSource source, long start, long end, PrefixHash hash, DigestCheck? digest, Action record)
    {
        _source = source;
        _position = start;
        _end = end;
        _size = (int)Math.Min(PieceSize, end - start);
        _hash = hash;
        _digest = digest is null ? null : new DigestLine(digest);
        _buffers = new byte[_digest is null ? 2 : DigestLine.Depth][];
        _record = record;
    }

    /// <summary>Why the file could not be read on, or must not be (<see cref="ManifestMismatchException"/>); null where it could.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>The next bytes, at most so many; valid until the next call. Empty at the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> TakeAsync(int atMost, CancellationToken cancellationToken)
    {
        if (_taken == _length)
        {
            if (_handedOut != 0)
            {
                _sending = Stopwatch.GetElapsedTime(_handedOut);
            }

            Piece piece;
            if (_ahead is { } ahead)
            {
                piece = await ahead.WaitAsync(cancellationToken).ConfigureAwait(false);
                _ahead = null;
            }
            else
            {
                piece = _position < _end ? Read(await ClaimAsync(cancellationToken).ConfigureAwait(false)) : default;
            }

            (_current, _length, _taken) = (piece.Buffer ?? [], piece.Length, 0);
            if (_length > 0 && _digest is not null && await _digest.AddAsync(piece.Offset, _current.AsMemory(0, _length), cancellationToken).ConfigureAwait(false) is { } wrong)
            {
                Fault = wrong;
                _length = 0;
            }

            if (_length == 0)
            {
                return ReadOnlyMemory<byte>.Empty;
            }

            // Reading is slow: it is done while this block is sent.
            if (piece.Took > _sending * SlowShare && _position < _end)
            {
                var buffer = await ClaimAsync(cancellationToken).ConfigureAwait(false);
                _ahead = Task.Run(() => Read(buffer), CancellationToken.None);
            }

            _handedOut = Stopwatch.GetTimestamp();
        }

        var count = Math.Min(atMost, _length - _taken);
        var bytes = _current.AsMemory(_taken, count);
        _taken += count;
        return bytes;
    }

    /// <summary>Gives the buffers back for the next upload. Only when everything was sent in good order: a request that broke off may still be reading from one.</summary>
    public async ValueTask ReturnBuffersAsync()
    {
        await DisposeAsync().ConfigureAwait(false);
        _length = _taken = 0;
        for (var i = 0; i < _buffers.Length; i++)
        {
            if (_buffers[i] is { } buffer)
            {
                _buffers[i] = null;
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        _current = [];
    }

    /// <summary>Waits until nothing is being read any more: the file may be closed then.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ahead is { } ahead)
        {
            await ahead.ConfigureAwait(false);
        }

        if (_digest is not null)
        {
            await _digest.DisposeAsync().ConfigureAwait(false);
        }
    }

    // The buffer that was in use the longest: it was sent, and its digest was made.
    private async ValueTask<byte[]> ClaimAsync(CancellationToken cancellationToken)
    {
        if (_digest is not null)
        {
            await _digest.ClaimAsync(cancellationToken).ConfigureAwait(false);
        }

        return _buffers[_claimed++ % _buffers.Length] ??= ArrayPool<byte>.Shared.Rent(_size);
    }

    private Piece Read(byte[] buffer)
    {
        var began = Stopwatch.GetTimestamp();

        // Pieces end where blocks end, wherever the first one begins.
        var length = (int)Math.Min(PrefixHash.BlockEnd(_position + 1, _end) - _position, _size);
        try
        {
            _source.ReadExactly(buffer.AsSpan(0, length), _position);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fault = e;
            return default;
        }

        var known = _hash.Position;
        _hash.Append(_position, buffer.AsSpan(0, length));
        if (_hash.Position > known)
        {
            _record();
        }

        var offset = _position;
        _position += length;
        return new Piece(buffer, offset, length, Stopwatch.GetElapsedTime(began));
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Piece(byte[]? Buffer, long Offset, int Length, TimeSpan Took);
}
