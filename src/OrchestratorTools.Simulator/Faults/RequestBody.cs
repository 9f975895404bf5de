using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OrchestratorTools.Simulator.Faults;

/// <summary>
/// Puts a counter before a request's body. A short body whose length is known is read first and replayed to the system, so that the log has it even where the system
/// answers without looking at it; every other body streams.
/// </summary>
internal sealed class RequestBody : IDisposable
{
    private MeteredReader? _meter;
    private FaultedRequestStream? _faulted;

    private RequestBody()
    {
    }

    /// <summary>Whether a fault has broken the body, or is about to: what was to be read before has been read.</summary>
    public bool IsBroken => _faulted?.IsDue == true;

    public static async Task<RequestBody> OpenAsync(HttpContext context, RequestRecord record, RequestLog log, bool keep, FaultPlan plan)
    {
        var body = new RequestBody();
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true)
            return body;

        long? breaksAfter = plan.Main?.Kind == FaultKind.ResetRequest ? plan.Main.Bytes : null;
        var reader = context.Request.BodyReader;
        if (keep && breaksAfter is null && plan.BytesPerSecond is null && context.Request.ContentLength is <= RequestLog.KeptBody)
        {
            var bytes = await ReadAsync(reader, context.RequestAborted);
            record.AddBodyBytes(bytes.Length);
            log.Keep(record, bytes);
            Replace(context, PipeReader.Create(new ReadOnlySequence<byte>(bytes)));
            return body;
        }

        body._meter = new MeteredReader(reader, record, log, keep);
        Replace(context, body._meter);
        if (breaksAfter is not null || plan.BytesPerSecond is not null)
        {
            body._faulted = new FaultedRequestStream(context, record, context.Request.Body, breaksAfter, plan.BytesPerSecond);
            Replace(context, PipeReader.Create(body._faulted), body._faulted);
        }

        return body;
    }

    /// <summary>Hands what was kept of a streamed body to the log.</summary>
    public void Dispose()
    {
        _meter?.Finish();
        _faulted?.Dispose();
    }

    private static async Task<byte[]> ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            if (result.IsCompleted)
            {
                var bytes = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static void Replace(HttpContext context, PipeReader reader, Stream? stream = null)
    {
        context.Request.Body = stream ?? reader.AsStream();
        context.Features.Set<IRequestBodyPipeFeature>(new Pipe(reader));
    }

    private sealed class Pipe(PipeReader reader) : IRequestBodyPipeFeature
    {
        public PipeReader Reader => reader;
    }
}
