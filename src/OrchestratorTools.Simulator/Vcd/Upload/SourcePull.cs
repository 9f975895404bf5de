using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>
/// An upload whose bytes the server fetches itself (sourceHref, facts/vcd.md, "OVF upload"): the descriptor, then every file beside it. It really does, from this machine's own
/// addresses only; another address, and whatever goes wrong on the way, ends the upload's task in an error that says so.
/// </summary>
internal static class SourcePull
{
    private const int Block = 128 * 1024;

    // The certificate of another simulator is its own: this stands in for a server whose trust somebody has set up.
    private static readonly HttpClient Client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        ConnectCallback = ConnectToLoopbackAsync,
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, errors) => !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) },
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Begins to fetch. Called with the world's gate held; everything else happens outside of it.</summary>
    public static void Begin(VcdWorld world, Transfer transfer, Uri source) => _ = Task.Run(() => RunAsync(world, transfer, source));

    private static async Task RunAsync(VcdWorld world, Transfer transfer, Uri source)
    {
        try
        {
            if (transfer.Descriptor is not { } descriptor) return;
            await FetchAsync(world, transfer, descriptor, source);

            // The manifest comes first: with it there, one kind of checksum is enough.
            if (transfer.ManifestFile is { } manifest) await FetchAsync(world, transfer, manifest, Assumptions.ManifestBeside(source));
            foreach (var file in transfer.Referenced)
            {
                await FetchAsync(world, transfer, file, new Uri(source, new Uri(Uri.EscapeDataString(file.Name).Replace("%2F", "/", StringComparison.Ordinal), UriKind.Relative)));
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or SocketException)
        {
            lock (world.Gate)
            {
                if (!transfer.IsOver) UploadLife.Fail(world, transfer, new TaskFailure(500, "INTERNAL_SERVER_ERROR", e.Message));
            }
        }
    }

    private static async Task FetchAsync(VcdWorld world, Transfer transfer, TransferFile file, Uri from)
    {
        if (transfer.IsOver) return;
        await CopyAsync(world, transfer, file, from);
        lock (world.Gate)
        {
            if (transfer.IsOver) return;
            if (file.Size >= 0 && file.Stored < file.Size) throw new HttpRequestException($"Cannot fetch {from}: it has {file.Stored} bytes of the {file.Size} that were expected.");
            file.Size = file.Stored;
            file.IsComplete = true;
            UploadLife.FileCompleted(world, transfer, file);
        }
    }

    private static async Task CopyAsync(VcdWorld world, Transfer transfer, TransferFile file, Uri from)
    {
        using var response = await GetAsync(from);
        if (response.StatusCode != HttpStatusCode.OK) throw new HttpRequestException($"Cannot fetch {from}: the server answered {(int)response.StatusCode} {response.ReasonPhrase}.");
        var limit = file.Size >= 0 ? file.Size : file.KeepsBytes ? Assumptions.LargestUnsizedFile : long.MaxValue;
        await using var body = await response.Content.ReadAsStreamAsync();
        await using var spool = file.OpenSpool();
        var block = new byte[Block];
        int read;
        while (!transfer.IsOver && (read = await ReadAsync(body, block, from)) > 0)
        {
            if (file.Stored + read > limit) throw new HttpRequestException($"Cannot fetch {from}: it has more than the {limit} bytes that were expected.");
            file.Append(new ReadOnlySequence<byte>(block, 0, read), spool);
            transfer.LastActivity = world.Clock.GetUtcNow();
        }
    }

    private static async Task<HttpResponseMessage> GetAsync(Uri from)
    {
        try
        {
            return await Client.GetAsync(from, HttpCompletionOption.ResponseHeadersRead);
        }
        catch (HttpRequestException e)
        {
            throw new HttpRequestException($"Cannot fetch {from}: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    private static async Task<int> ReadAsync(Stream body, byte[] block, Uri from)
    {
        try
        {
            return await body.ReadAsync(block);
        }
        catch (IOException e)
        {
            throw new HttpRequestException($"Cannot fetch {from}: {e.Message}", e);
        }
    }

    private static async ValueTask<Stream> ConnectToLoopbackAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var own = Array.FindAll(addresses, IPAddress.IsLoopback);
        if (own.Length == 0) throw new HttpRequestException($"this server reaches loopback addresses only, and {context.DnsEndPoint.Host} is none.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(own, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
