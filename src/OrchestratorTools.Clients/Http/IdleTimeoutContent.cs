using System.Net;

namespace OrchestratorTools.Clients.Http;

/// <summary>A body whose every read must bring something within the timeout: a server that stops in the middle does not hang the caller.</summary>
internal sealed class IdleTimeoutContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    public IdleTimeoutContent(HttpContent inner, TimeSpan timeout, TimeProvider time)
    {
        _inner = inner;
        _timeout = timeout;
        _time = time;
        foreach (var (name, values) in inner.Headers)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override async Task<Stream> CreateContentReadStreamAsync()
        => new IdleTimeoutStream(await _inner.ReadAsStreamAsync().ConfigureAwait(false), _timeout, _time);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken)
        => new IdleTimeoutStream(await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), _timeout, _time);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var source = await CreateContentReadStreamAsync().ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            await source.CopyToAsync(stream).ConfigureAwait(false);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class IdleTimeoutStream(Stream inner, TimeSpan timeout, TimeProvider time) : ReadOnlyStream
    {
        private CancellationTokenSource? _limit;
        private CancellationTokenSource? _both;
        private CancellationToken _callers;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            // A large body is tens of thousands of reads: the clock is set again for each of them, not made anew.
            if (_both is null || _callers != cancellationToken || _limit!.IsCancellationRequested)
            {
                Release();
                _limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
                _both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _limit.Token);
                _callers = cancellationToken;
            }

            var read = inner.ReadAsync(buffer, _both.Token);
            if (read.IsCompletedSuccessfully)
            {
                return read.Result;
            }

            var limit = _limit;
            limit.CancelAfter(timeout);
            try
            {
                return await read.ConfigureAwait(false);
            }
            catch (Exception e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested && e is OperationCanceledException or IOException or HttpRequestException)
            {
                throw new TimeoutException($"The answer stopped coming: nothing for {timeout.TotalSeconds:0.#} seconds.", e);
            }
            finally
            {
                limit.CancelAfter(Timeout.InfiniteTimeSpan);
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
                Release();
            }

            base.Dispose(disposing);
        }

        private void Release()
        {
            _both?.Dispose();
            _limit?.Dispose();
        }
    }
}

/// <summary>The tedious half of a stream that can only be read.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
        => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
