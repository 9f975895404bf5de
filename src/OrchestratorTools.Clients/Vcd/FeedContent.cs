using System.Net;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A request's body that comes from a <see cref="FileFeed"/>: so many bytes from where it stands. Can be sent once.</summary>
internal sealed class FeedContent : HttpContent
{
    // Large enough that the loop costs nothing, small enough that the timeout and the progress bar hear often about a slow line.
    private const int Slice = 256 * 1024;

    private readonly FileFeed _feed;
    private readonly long _count;
    private readonly ActivityClock _activity;
    private readonly Action<int> _sent;
    private int _begun;

    public FeedContent(FileFeed feed, long offset, long count, long total, ActivityClock activity, Action<int> sent)
    {
        _feed = feed;
        _count = count;
        _activity = activity;
        _sent = sent;
        Headers.ContentLength = count;

        // facts/vcd.md, "OVF upload" 6: bytes a-b/total, b inclusive.
        Headers.ContentRange = new System.Net.Http.Headers.ContentRangeHeaderValue(offset, offset + count - 1, total);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _begun, 1) != 0)
        {
            throw new IOException("A piece of a transfer is sent once; the transfer asks the server what it has.");
        }

        var left = _count;
        while (left > 0)
        {
            var bytes = await _feed.TakeAsync((int)Math.Min(Slice, left), cancellationToken).ConfigureAwait(false);
            if (bytes.IsEmpty)
            {
                throw new IOException("The file could not be read on.");
            }

            await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            left -= bytes.Length;
            _activity.Moved();
            _sent(bytes.Length);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _count;
        return true;
    }
}
