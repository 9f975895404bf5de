using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace OrchestratorTools.Simulator.Faults;

/// <summary>The server's own answer body with a counter: nothing is copied or held on the way. A count stands before the client can have the bytes.</summary>
internal sealed class MeteredResponse : IHttpResponseBodyFeature
{
    private readonly IHttpResponseBodyFeature _inner;
    private readonly RequestRecord _record;
    private Stream? _stream;

    public MeteredResponse(IHttpResponseBodyFeature inner, RequestRecord record)
    {
        _inner = inner;
        _record = record;
        Writer = new MeteredWriter(inner.Writer, record);
    }

    /// <inheritdoc/>
    public Stream Stream => _stream ??= Writer.AsStream(leaveOpen: true);

    /// <inheritdoc/>
    public PipeWriter Writer { get; }

    /// <inheritdoc/>
    public void DisableBuffering() => _inner.DisableBuffering();

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken = default) => _inner.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        _record.AddResponseBytes(count ?? (new FileInfo(path).Length - offset));
        return _inner.SendFileAsync(path, offset, count, cancellationToken);
    }

    /// <inheritdoc/>
    public Task CompleteAsync() => _inner.CompleteAsync();

    private sealed class MeteredWriter(PipeWriter inner, RequestRecord record) : PipeWriter
    {
        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override void Advance(int bytes)
        {
            record.AddResponseBytes(bytes);
            inner.Advance(bytes);
        }

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
        {
            record.AddResponseBytes(source.Length);
            return inner.WriteAsync(source, cancellationToken);
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);
    }
}
