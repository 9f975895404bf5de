using System.Threading.Channels;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// Counts blocks into a <see cref="DigestCheck"/> beside the sender, a few blocks behind him: a manifest's digest takes about as long as half of the sending, and a second core has the time for it.
/// Only where a digest ends is it waited for, before the block that ends it is sent.
/// </summary>
internal sealed class DigestLine : IAsyncDisposable
{
    /// <summary>How many blocks may be in use at once, the one that is being sent among them.</summary>
    public const int Depth = 4;

    private readonly DigestCheck _check;
    private readonly SemaphoreSlim _room = new(Depth);
    private readonly Channel<Block> _blocks = Channel.CreateUnbounded<Block>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private Task? _work;

    /// <summary>A line of a check.</summary>
    public DigestLine(DigestCheck check) => _check = check;

    /// <summary>Waits until the buffer of the block <see cref="Depth"/> blocks ago is free.</summary>
    public Task ClaimAsync(CancellationToken cancellationToken) => _room.WaitAsync(cancellationToken);

    /// <summary>Gives a block in, whose bytes stay as they are until as many others were claimed as there are buffers. Ends at once, or where a digest ends in the block when that was compared: returns what was found wrong, or null.</summary>
    public async ValueTask<ManifestMismatchException?> AddAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _work ??= Task.Run(RunAsync, CancellationToken.None);
        var compared = _check.HasEndIn(offset, bytes.Length) ? new TaskCompletionSource<ManifestMismatchException?>(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        _blocks.Writer.TryWrite(new Block(offset, bytes, compared));
        return compared is null ? null : await compared.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until everything that was given in is counted in.</summary>
    public async ValueTask DisposeAsync()
    {
        _blocks.Writer.TryComplete();
        if (_work is { } work)
        {
            await work.ConfigureAwait(false);
        }

        _room.Dispose();
    }

    private async Task RunAsync()
    {
        Exception? wrong = null;
        await foreach (var block in _blocks.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                if (wrong is null)
                {
                    _check.Append(block.Offset, block.Bytes.Span);
                }
            }
            catch (Exception e) when (e is ManifestMismatchException or InvalidOperationException or System.Security.Cryptography.CryptographicException)
            {
                wrong = e;
            }

            _room.Release();
            if (wrong is null or ManifestMismatchException)
            {
                block.Compared?.TrySetResult((ManifestMismatchException?)wrong);
            }
            else
            {
                block.Compared?.TrySetException(wrong);
            }
        }
    }

    private readonly record struct Block(long Offset, ReadOnlyMemory<byte> Bytes, TaskCompletionSource<ManifestMismatchException?>? Compared);
}
