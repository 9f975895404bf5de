using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OrchestratorTools.Simulator.Faults;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>
/// PUT /transfer/{id}/{file}: takes the bytes of an upload, without any credential (facts/vcd.md, "OVF upload"). What it refuses it refuses by the reason phrase alone.
/// </summary>
internal static class TransferEndpoint
{
    private const string NotSequential = "Content-Range not satisifiable: Request must begin at the last byte stored";
    private const string InvalidRange = "Request invalid";
    private const string TooMuch = "Client sent more data than expected";

    private enum Outcome
    {
        Whole,
        Cut,
        TooMuch,
    }

    public static async Task HandleAsync(VcdCall call)
    {
        var request = call.Request;
        if (call.Segments is not ["transfer", var idText, var fileName] || !Guid.TryParse(idText, out var id) || call.World.Transfers.Find(id) is not { } transfer
            || transfer.Source is not null || FileOf(transfer, fileName) is not { } file)
        {
            Refuse(call, StatusCodes.Status404NotFound, reason: null);
            return;
        }

        if (!HttpMethods.IsPut(request.Method))
        {
            call.Http.Response.Headers.Allow = HttpMethods.Put;
            Refuse(call, StatusCodes.Status405MethodNotAllowed, reason: null);
            return;
        }

        // The load balancer in front knows nothing of transfers: it resets the connection before a byte gets through.
        if (call.Settings.MaximumChunk > 0 && request.ContentLength > call.Settings.MaximumChunk)
        {
            ConnectionCut.Reset(call.Http);
            return;
        }

        if (!await file.Turn.WaitAsync(Assumptions.TransferTurn, call.Http.RequestAborted))
        {
            Refuse(call, StatusCodes.Status416RangeNotSatisfiable, NotSequential);
            return;
        }

        try
        {
            await ReceiveAsync(call, transfer, file);
        }
        finally
        {
            file.Turn.Release();
        }
    }

    private static async Task ReceiveAsync(VcdCall call, Transfer transfer, TransferFile file)
    {
        if (transfer.IsOver)
        {
            Refuse(call, Assumptions.FinishedTransferStatus, reason: null);
            return;
        }

        long first = 0;
        long? total = null;
        if (call.Request.Headers.ContentRange.ToString() is { Length: > 0 } header)
        {
            if (ContentRange.Parse(header) is not { Total: not null } range || (SizeOf(file) is { } size && range.Total != size))
            {
                Refuse(call, StatusCodes.Status416RangeNotSatisfiable, InvalidRange);
                return;
            }

            (first, total) = range;
        }

        if (first != file.Stored || file.IsComplete)
        {
            Refuse(call, StatusCodes.Status416RangeNotSatisfiable, NotSequential);
            return;
        }

        // What is read as a whole afterwards is bounded; a disk whose size the descriptor does not say is not.
        var expected = file.Size >= 0 ? file.Size : Math.Min(total ?? long.MaxValue, file.KeepsBytes ? Assumptions.LargestUnsizedFile : long.MaxValue);
        if (call.Request.ContentLength > expected - first)
        {
            Refuse(call, StatusCodes.Status400BadRequest, TooMuch);
            return;
        }

        if (file.Size < 0 && total is { } announced) file.Announced = announced;
        transfer.LastActivity = call.Now;
        var outcome = await ReadAsync(call, transfer, file, expected);
        transfer.LastActivity = call.Now;

        // What the file has room for was stored, but the file is not complete: its transfer ends by running out of time.
        if (outcome == Outcome.TooMuch)
        {
            Refuse(call, StatusCodes.Status400BadRequest, TooMuch);
            return;
        }

        // A connection that breaks behind the last byte takes nothing away: nothing is left to send, so nothing else could complete the file.
        if (outcome == Outcome.Cut && (file.Size < 0 || file.Stored < file.Size)) return;

        // A file of unknown size is complete with the PUT that brought all of it.
        if (file.Size < 0 && (total is null || total == file.Stored)) file.Size = file.Stored;
        lock (call.World.Gate)
        {
            if (file.Size >= 0 && file.Stored == file.Size && !transfer.IsOver)
            {
                file.IsComplete = true;
                UploadLife.FileCompleted(call.World, transfer, file);
            }
        }

        if (outcome == Outcome.Cut) return;

        call.Http.Response.StatusCode = StatusCodes.Status200OK;
        call.Http.Response.ContentLength = 0;
    }

    /// <summary>The file of a name; a slash in it stays encoded in the address.</summary>
    private static TransferFile? FileOf(Transfer transfer, string segment)
        => transfer.Files.FirstOrDefault(f => string.Equals(f.Name, segment, StringComparison.Ordinal))
            ?? transfer.Files.FirstOrDefault(f => string.Equals(f.Name.Replace("/", "%2F", StringComparison.Ordinal), segment, StringComparison.OrdinalIgnoreCase));

    /// <summary>The size that a range must name as its total; null: none is known yet.</summary>
    private static long? SizeOf(TransferFile file) => file.Size >= 0 ? file.Size : file.Announced >= 0 ? file.Announced : null;

    /// <summary>Reads the body in the blocks that the server hands out: nothing is copied. What arrived before a cut counts.</summary>
    private static async Task<Outcome> ReadAsync(VcdCall call, Transfer transfer, TransferFile file, long expected)
    {
        var reader = call.Request.BodyReader;
        await using var spool = file.OpenSpool();
        var limit = call.Settings.MaximumChunk > 0 ? file.Stored + call.Settings.MaximumChunk : long.MaxValue;
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(call.Http.RequestAborted);
                var buffer = result.Buffer;
                var room = Math.Min(expected, limit) - file.Stored;
                var taken = buffer.Length > room ? buffer.Slice(0, room) : buffer;
                if (!transfer.IsOver) file.Append(taken, spool);
                var tooLong = buffer.Length > room;
                reader.AdvanceTo(buffer.End);
                if (tooLong && limit < expected)
                {
                    ConnectionCut.Reset(call.Http);
                    return Outcome.Cut;
                }

                if (tooLong) return Outcome.TooMuch;
                if (result.IsCompleted) return Outcome.Whole;
                transfer.LastActivity = call.Now;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ConnectionAbortedException or BadHttpRequestException)
        {
            return Outcome.Cut;
        }
    }

    private static void Refuse(VcdCall call, int status, string? reason)
    {
        call.Http.Response.StatusCode = status;
        if (reason is not null) call.Http.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = reason;
        call.Http.Response.ContentLength = 0;
    }
}
