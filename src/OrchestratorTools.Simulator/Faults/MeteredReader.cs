using System.Buffers;
using System.IO.Pipelines;

namespace OrchestratorTools.Simulator.Faults;

/// <summary>
/// The server's own reader of a request's body, with a counter. Nothing is copied on the way, except the first 64 KiB where <paramref name="keep"/> says so. Whoever reads
/// the body as a stream reads through the counter too.
/// </summary>
internal sealed class MeteredReader(PipeReader inner, RequestRecord record, RequestLog log, bool keep) : PipeReader
{
    private readonly ArrayBufferWriter<byte>? _kept = keep ? new ArrayBufferWriter<byte>() : null;
    private ReadOnlySequence<byte> _last;

    /// <summary>Hands what was kept to the log.</summary>
    public void Finish()
    {
        if (_kept is { WrittenCount: > 0 })
            log.Keep(record, _kept.WrittenSpan.ToArray());
    }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await inner.ReadAsync(cancellationToken);
        _last = result.Buffer;
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!inner.TryRead(out result))
            return false;

        _last = result.Buffer;
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var taken = _last.Slice(_last.Start, consumed);
        _last = default;
        record.AddBodyBytes(taken.Length);
        if (_kept is not null && _kept.WrittenCount < RequestLog.KeptBody && !taken.IsEmpty)
        {
            var part = taken.Slice(0, Math.Min(taken.Length, RequestLog.KeptBody - _kept.WrittenCount));
            foreach (var segment in part)
            {
                _kept.Write(segment.Span);
            }
        }

        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);
}
