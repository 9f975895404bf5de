using Microsoft.AspNetCore.Connections;

namespace OrchestratorTools.Simulator.Faults;

/// <summary>
/// An answer's body that goes slowly, or ends after so many bytes or with the request's body: the writer then meets a broken connection, and the one who set the stream up
/// cuts it.
/// </summary>
internal sealed class FaultedResponseStream(Stream inner, long? endsAfter, long? bytesPerSecond, Func<bool> isRequestBroken) : Stream
{
    private long _written;

    /// <summary>Whether as many bytes were written as the answer was to have.</summary>
    public bool IsDue => _written >= endsAfter;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfDue();
        if (endsAfter is { } limit && buffer.Length > limit - _written)
            buffer = buffer[..(int)(limit - _written)];

        while (!buffer.IsEmpty)
        {
            var piece = bytesPerSecond is { } pace ? Math.Min(buffer.Length, Pace.Piece(pace)) : buffer.Length;
            await inner.WriteAsync(buffer[..piece], cancellationToken);
            _written += piece;
            buffer = buffer[piece..];
            if (bytesPerSecond is not null)
            {
                await inner.FlushAsync(cancellationToken);
                await Task.Delay(Pace.Duration(bytesPerSecond.Value, piece), cancellationToken);
            }
        }

        ThrowIfDue();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => IsDue || isRequestBroken() ? Task.CompletedTask : inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException("The answer is written asynchronously.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The answer is written asynchronously.");

    private void ThrowIfDue()
    {
        if (IsDue || isRequestBroken())
            throw new ConnectionAbortedException("The answer was cut short by a fault.");
    }
}
