using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The portal API v1, by both of its ways: <c>/portal/rest/OBJECT/METHOD</c> and JSON-RPC at <c>/portal/</c>.</summary>
internal sealed class PortalApi(Authenticator authenticator, RateLimiter limiter, VeloNetwork network, VeloMethods methods, ReplicationPair pair, ReplicationBox box)
{
    private const int LongestBody = 16 * 1024 * 1024;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 128 };

    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement.Clone();

    /// <summary>Answers <c>POST /portal/rest/METHOD</c>: the bare result, or an envelope with an error.</summary>
    public Task RestAsync(HttpContext context, string method, VeloSettings settings)
        => HandleAsync(context, settings, body => new Request(method, Parse(body), Id: null, IsRpc: false), _ => null);

    /// <summary>Answers <c>POST /portal/</c>: result or error in the envelope of JSON-RPC 2.0.</summary>
    public Task RpcAsync(HttpContext context, VeloSettings settings)
        => HandleAsync(context, settings, body => Unwrap(Parse(body)), IdOf);

    private static Request Unwrap(JsonElement body)
    {
        if (!body.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String)
            throw VeloError.BadRequest("A JSON-RPC request has a method");

        var id = body.TryGetProperty("id", out var value) ? value.GetRawText() : null;
        if (!body.TryGetProperty("params", out var parameters))
            return new Request(method.GetString()!, Nothing, id, IsRpc: true);

        return parameters.ValueKind == JsonValueKind.Object
            ? new Request(method.GetString()!, parameters, id, IsRpc: true)
            : throw VeloError.BadRequest("params must be an object");
    }

    /// <summary>The id of a JSON-RPC request that may be wrong otherwise.</summary>
    private static string IdOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Parse(body).TryGetProperty("id", out var id) ? id.GetRawText() : "null";
        }
        catch (VeloError)
        {
            return "null";
        }
    }

    /// <param name="read">Makes the request of the body.</param>
    /// <param name="idOf">The id that an error's envelope has; null where the envelope is that of REST.</param>
    private async Task HandleAsync(HttpContext context, VeloSettings settings, Func<ReadOnlyMemory<byte>, Request> read, Func<ReadOnlyMemory<byte>, string?> idOf)
    {
        ReadOnlyMemory<byte> body = default;
        try
        {
            body = await ReadAsync(context);
            var caller = authenticator.Authenticate(context.Request, settings.SessionSeconds);
            using var admission = limiter.Enter(caller.Account, settings);
            var request = read(body);
            await WriteAsync(context, request, Invoke(caller, request, settings));
        }
        catch (VeloError e)
        {
            await WriteAsync(context, idOf(body), e);
        }
    }

    private Answer Invoke(Caller caller, Request request, VeloSettings settings)
    {
        if ((settings.Standby || pair.Read(box, b => b.IsClosed)) && !request.Method.StartsWith(ReplicationMethods.Object + "/", StringComparison.Ordinal))
            throw VeloError.Standby();

        if (OperationTable.Find(request.Method) is not { } operation)
            throw VeloError.BadRequest($"Unknown method: {request.Method}");

        operation.Check(request.Parameters, name => AccessRules.IsImplied(caller, name));
        AccessRules.CheckMethod(caller, operation);
        var enterprise = AccessRules.FindEnterprise(caller, operation, request.Parameters, network);
        return methods.Invoke(new Call(caller, operation, request.Parameters, enterprise, settings));
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        var buffer = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await context.Request.Body.ReadAsync(buffer.GetMemory(4096), context.RequestAborted);
            if (read == 0)
                return buffer.WrittenMemory;

            buffer.Advance(read);
            if (buffer.WrittenCount > LongestBody)
                throw VeloError.BadRequest("The body is too long");
        }
    }

    /// <summary>Reads the body as JSON. It must be there even where there is nothing to say [live].</summary>
    private static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            throw VeloError.BadRequest("The request has no body");

        try
        {
            using var document = JsonDocument.Parse(body, Reading);
            CheckTexts(body.Span);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw VeloError.BadRequest("The body is not a JSON object");
        }
        catch (JsonException)
        {
            throw VeloError.BadRequest("The body is not JSON");
        }
    }

    /// <summary>An escape can stand for half a character: such a text can be parsed, and not be read.</summary>
    private static void CheckTexts(ReadOnlySpan<byte> body)
    {
        if (body.IndexOf("\\u"u8) < 0)
            return;

        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = Reading.MaxDepth });
        try
        {
            while (json.Read())
            {
                if (json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    _ = json.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            throw VeloError.BadRequest("The body has a text that is not Unicode");
        }
    }

    private static async Task WriteAsync(HttpContext context, Request request, Answer answer)
    {
        var response = context.Response;
        if (!request.IsRpc)
        {
            response.ContentType = answer.Length == 0 ? null : "application/json; charset=utf-8";
            response.ContentLength = answer.Length;
            await answer.WriteAsync(response.BodyWriter, context.RequestAborted);
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.BodyWriter.Write("{\"jsonrpc\":\"2.0\",\"id\":"u8);
        response.BodyWriter.Write(Encoding.UTF8.GetBytes(request.Id ?? "null"));
        response.BodyWriter.Write(answer.Length == 0 ? ",\"result\":null"u8 : ",\"result\":"u8);
        await answer.WriteAsync(response.BodyWriter, context.RequestAborted);
        response.BodyWriter.Write("}"u8);
    }

    private static async Task WriteAsync(HttpContext context, string? id, VeloError e)
    {
        var error = new JsonObject { ["code"] = e.Code, ["message"] = e.Message };
        if (e.Details is not null)
            error["data"] = e.Details;

        var envelope = new JsonObject { ["error"] = error };
        if (id is not null || e.IsTokenError)
        {
            envelope["id"] = id is null ? null : JsonNode.Parse(id);
            envelope["jsonrpc"] = "2.0";
        }

        if (e.IsTokenError)
            context.Response.Headers.Expires = "0";

        var body = JsonSerializer.SerializeToUtf8Bytes(envelope);
        context.Response.StatusCode = e.Status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private sealed record Request(string Method, JsonElement Parameters, string? Id, bool IsRpc);
}
