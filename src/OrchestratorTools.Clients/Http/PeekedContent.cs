using System.Net;

namespace OrchestratorTools.Clients.Http;

/// <summary>A body whose beginning was read ahead; readers still get it whole.</summary>
internal sealed class PeekedContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly Stream _rest;

    private PeekedContent(HttpContent inner, Stream rest, ReadOnlyMemory<byte> head, bool isWhole)
    {
        _inner = inner;
        _rest = rest;
        Head = head;
        IsWhole = isWhole;
        foreach (var (name, values) in inner.Headers)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    /// <summary>The beginning of the body.</summary>
    public ReadOnlyMemory<byte> Head { get; }

    /// <summary>True when the body is no longer than <see cref="Head"/>.</summary>
    public bool IsWhole { get; }

    /// <summary>Reads up to <paramref name="limit"/> bytes of the answer's body and puts a content in its place that begins with them.</summary>
    public static async Task<PeekedContent> PeekAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        if (response.Content is PeekedContent done && (done.IsWhole || done.Head.Length >= limit))
        {
            return done;
        }

        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var rest = stream;
        var buffer = new byte[Math.Min(limit, response.Content.Headers.ContentLength is { } n and >= 0 ? (int)Math.Min(n, limit) + 1 : limit)];
        var length = 0;
        var ended = false;
        while (length < buffer.Length)
        {
            int read;
            try
            {
                read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or HttpRequestException or TimeoutException)
            {
                // Whoever reads the body meets the break where it is; looking ahead changes nothing.
                rest = new BrokenStream(stream, e);
                break;
            }

            if (read == 0)
            {
                ended = true;
                break;
            }

            length += read;
        }

        var peeked = new PeekedContent(response.Content, rest, buffer.AsMemory(0, length), ended);
        response.Content = peeked;
        return peeked;
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new Joined(Head, _rest));

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(Head).ConfigureAwait(false);
        await _rest.CopyToAsync(stream).ConfigureAwait(false);
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
            _rest.Dispose();
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class Joined(ReadOnlyMemory<byte> head, Stream rest) : ReadOnlyStream
    {
        private ReadOnlyMemory<byte> _head = head;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_head.IsEmpty)
            {
                return rest.ReadAsync(buffer, cancellationToken);
            }

            var count = Math.Min(buffer.Length, _head.Length);
            _head.Span[..count].CopyTo(buffer.Span);
            _head = _head[count..];
            return ValueTask.FromResult(count);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                rest.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    /// <summary>The rest of a body that broke off: reading it fails as the body failed.</summary>
    private sealed class BrokenStream(Stream inner, Exception reason) : ReadOnlyStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromException<int>(reason);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
