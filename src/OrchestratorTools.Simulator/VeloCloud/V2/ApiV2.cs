using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>APIv2, <c>/api/sdwan/v2/</c>: the credentials and rights are those of the portal API, and so is the state; errors have HTTP statuses and a body of their own.</summary>
internal sealed class ApiV2(Authenticator authenticator, RateLimiter limiter, VeloNetwork network, V2Methods methods, ReplicationPair pair, ReplicationBox box)
{
    public const string Prefix = "/api/sdwan/v2/";

    /// <summary>Where release 4.x had it; later ones redirect.</summary>
    public const string OldPrefix = "/sdwan/";

    private const int LongestBody = 16 * 1024 * 1024;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 128 };

    /// <param name="context">The request.</param>
    /// <param name="path">What stands behind the prefix.</param>
    /// <param name="settings">The server's settings.</param>
    public async Task HandleAsync(HttpContext context, string path, VeloSettings settings)
    {
        try
        {
            var caller = authenticator.Authenticate(context.Request, settings.SessionSeconds);
            using var admission = limiter.Enter(caller.Account, settings);
            var answer = await InvokeAsync(context, caller, path, settings);
            await WriteAsync(context, answer, settings);
        }
        catch (VeloError e)
        {
            await WriteAsync(context, V2Error.Of(e));
        }
        catch (V2Error e)
        {
            await WriteAsync(context, e);
        }
    }

    private async Task<V2Answer> InvokeAsync(HttpContext context, Caller caller, string path, VeloSettings settings)
    {
        if (settings.Standby || pair.Read(box, b => b.IsClosed))
            throw VeloError.Standby();

        if (HttpMethods.IsGet(context.Request.Method) && path.StartsWith(AsyncOperations.Path, StringComparison.Ordinal))
            return methods.Async.Read(caller, path[AsyncOperations.Path.Length..].Trim('/'));

        if (V2Table.Find(context.Request.Method, path) is not var (operation, values))
            throw V2Error.NotFound("resource");

        if (!Privileges.Suffice(caller.Account, V2Methods.PrivilegesOf(operation)))
            throw V2Error.Denied();

        var body = operation.HasBody ? await ReadAsync(context) : (JsonElement?)null;
        return methods.Invoke(new V2Call(caller, operation, values, context.Request.Query, body, network, settings));
    }

    private static async Task<JsonElement> ReadAsync(HttpContext context)
    {
        var type = context.Request.ContentType?.Split(';')[0].Trim();
        if (!string.Equals(type, "application/json", StringComparison.OrdinalIgnoreCase))
            throw V2Error.MediaType(type);

        var buffer = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await context.Request.Body.ReadAsync(buffer.GetMemory(4096), context.RequestAborted);
            if (read == 0)
                break;

            buffer.Advance(read);
            if (buffer.WrittenCount > LongestBody)
                throw V2Error.Validation("The body is too long");
        }

        try
        {
            using var document = JsonDocument.Parse(buffer.WrittenMemory, Reading);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw V2Error.Validation("The body is not JSON");
        }
    }

    /// <summary>A release 4.x tells of places under its own prefix.</summary>
    private static async Task WriteAsync(HttpContext context, V2Answer answer, VeloSettings settings)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        if (answer.Location is { } location)
            response.Headers.Location = settings.Release4 ? OldPrefix + location[Prefix.Length..] : location;

        if (answer.Body is null)
            return;

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = answer.Body.Length;
        await answer.Body.WriteAsync(response.BodyWriter, context.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext context, V2Error e)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(e.Describe());
        context.Response.StatusCode = e.Status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
