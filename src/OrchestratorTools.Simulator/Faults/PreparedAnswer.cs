using System.Text;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Faults;

/// <summary>Answers that a fault brings with it.</summary>
internal static class PreparedAnswer
{
    private static readonly ReadOnlyMemory<byte> Filler = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<p>The server is not itself.</p>\n", 2048)));

    public static async Task SendAsync(HttpContext context, Fault fault, long? bytesPerSecond)
    {
        var response = context.Response;
        response.StatusCode = fault.Kind == FaultKind.ReplaceBody ? StatusCodes.Status200OK : fault.Status;
        if (fault.RetryAfter is not null)
            response.Headers.RetryAfter = fault.RetryAfter;

        if (fault.Location is not null)
            response.Headers.Location = fault.Location;

        if (fault.Kind == FaultKind.HugeBody)
        {
            response.ContentType = fault.ContentType ?? "text/html";
            response.ContentLength = fault.Chunked ? null : fault.Bytes;
        }
        else
        {
            if (fault.Body is not null)
                response.ContentType = fault.ContentType ?? "text/plain; charset=utf-8";

            response.ContentLength = Encoding.UTF8.GetByteCount(fault.Body ?? "");
        }

        foreach (var (name, value) in fault.Headers)
        {
            response.Headers[name] = value;
        }

        var body = new FaultedResponseStream(response.Body, endsAfter: null, bytesPerSecond, static () => false);
        if (fault.Kind == FaultKind.HugeBody)
        {
            for (var left = fault.Bytes; left > 0; left -= Filler.Length)
            {
                await body.WriteAsync(left < Filler.Length ? Filler[..(int)left] : Filler, context.RequestAborted);
            }
        }
        else if (!string.IsNullOrEmpty(fault.Body))
        {
            await body.WriteAsync(Encoding.UTF8.GetBytes(fault.Body), context.RequestAborted);
        }
    }
}
