using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Faults;

/// <summary>
/// A request's body that comes slowly, or whose connection breaks after so many bytes. The bytes before the break reach the system in full and stay with it; the break itself
/// meets the system's next read.
/// </summary>
internal sealed class FaultedRequestStream(HttpContext context, RequestRecord record, Stream inner, long? breaksAfter, long? bytesPerSecond) : ReadOnlyStream
{
    private long _read;

    /// <summary>Whether as many bytes were read as the connection was to live for.</summary>
    public bool IsDue => _read >= breaksAfter;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsDue)
        {
            record.Aborted = true;
            ConnectionCut.Reset(context);
            throw new ConnectionResetException("The connection was reset by a fault.");
        }

        if (breaksAfter is { } limit)
            buffer = buffer[..(int)Math.Min(buffer.Length, limit - _read)];

        if (bytesPerSecond is { } pace)
            buffer = buffer[..Math.Min(buffer.Length, Pace.Piece(pace))];

        var count = await inner.ReadAsync(buffer, cancellationToken);
        _read += count;
        if (bytesPerSecond is not null)
            await Task.Delay(Pace.Duration(bytesPerSecond.Value, count), cancellationToken);

        return count;
    }
}
