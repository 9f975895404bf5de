using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>GET /transfer/{id}/{file}: gives the bytes of an enabled download, without any credential (facts/vcd.md, "Download").</summary>
internal static class DownloadEndpoint
{
    private const int Block = 1 << 17;

    public static async Task HandleAsync(VcdCall call, Download download)
    {
        var response = call.Http.Response;
        response.ContentLength = 0;
        if (!HttpMethods.IsGet(call.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = HttpMethods.Get;
            return;
        }

        if (download.Ended is not null)
        {
            response.StatusCode = Assumptions.FinishedTransferStatus;
            return;
        }

        // Files lie beside the descriptor: a slash in a name is a folder of the address, encoded or not.
        var name = string.Join('/', call.Segments[2..]).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        if (!download.Files.TryGetValue(name, out var content))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        download.CountRequest(name);
        await SendAsync(call, download, name, content);
    }

    private static async Task SendAsync(VcdCall call, Download download, string name, FileContent content)
    {
        var response = call.Http.Response;
        var isMade = content is JoinedContent;
        var takesRanges = call.Settings.RangeDownloads && (!isMade || call.Settings.OvaContentLength);
        var (first, count) = (0L, content.Size);
        if (takesRanges)
        {
            response.Headers.AcceptRanges = "bytes";
            if (call.Request.Headers.Range.ToString() is { Length: > 0 } header && ByteRange.Parse(header) is { } range)
            {
                if (range.Of(content.Size) is not var (start, length))
                {
                    response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                    response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{content.Size}");
                    return;
                }

                (first, count) = (start, length);
                response.StatusCode = StatusCodes.Status206PartialContent;
                response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {first}-{first + count - 1}/{content.Size}");
            }
        }

        response.ContentType = name.EndsWith(".ovf", StringComparison.Ordinal) ? "text/xml" : "application/octet-stream";

        // An archive is made while it is sent: its length is not told unless the settings say so.
        response.ContentLength = isMade && !call.Settings.OvaContentLength ? null : count;
        await CopyAsync(call, download, name, content, first, count);
    }

    private static async Task CopyAsync(VcdCall call, Download download, string name, FileContent content, long first, long count)
    {
        await using var bytes = content.OpenRead(first);
        var block = System.Buffers.ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            for (var left = count; left > 0;)
            {
                var read = await bytes.ReadAsync(block.AsMemory(0, (int)Math.Min(Block, left)), call.Http.RequestAborted);
                if (read == 0) throw new IOException($"The content of {name} ended {left} bytes early.");
                await call.Http.Response.Body.WriteAsync(block.AsMemory(0, read), call.Http.RequestAborted);
                left -= read;
                download.CountBytes(name, read);
                download.LastActivity = call.Now;
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(block);
        }
    }
}
