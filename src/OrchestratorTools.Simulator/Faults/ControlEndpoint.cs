using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OrchestratorTools.Simulator.Faults;

/// <summary>The control address: plain HTTP on loopback, for whoever knows its token. <c>docs/simulator.md</c> is its contract.</summary>
internal sealed class ControlEndpoint(
    IReadOnlyList<ISimulatedSystem> systems,
    IReadOnlyDictionary<string, TlsIdentity> identities,
    SimulatorClock clock,
    FaultList faults,
    RequestLog log)
{
    private const long BodyLimit = 64L * 1024 * 1024;

    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement.Clone();

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly byte[] _token = Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(24)));

    /// <summary>What the header X-Control-Token must say.</summary>
    public string Token => Encoding.ASCII.GetString(_token);

    public async Task HandleAsync(HttpContext context)
    {
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers["X-Control-Token"].ToString()), _token))
        {
            await AnswerAsync(context, Problem("The header X-Control-Token must carry the token of the greeting."), StatusCodes.Status401Unauthorized);
            return;
        }

        try
        {
            await RouteAsync(context);
        }
        catch (Exception e) when (e is ArgumentException or JsonException or FormatException)
        {
            await AnswerAsync(context, Problem(e.Message), StatusCodes.Status400BadRequest);
        }
        catch (KeyNotFoundException e)
        {
            await AnswerAsync(context, Problem(e.Message), StatusCodes.Status404NotFound);
        }
    }

    private async Task RouteAsync(HttpContext context)
    {
        var parts = (context.Request.Path.Value ?? "").Trim('/').Split('/');
        switch (context.Request.Method, parts)
        {
            case ("GET", ["requests"]):
                await RequestsAsync(context);
                break;

            case ("DELETE", ["requests"]):
                log.Clear();
                await AnswerAsync(context, new JsonObject());
                break;

            case ("POST", ["faults"]):
                await AnswerAsync(context, new JsonObject { ["id"] = faults.Add(await ArgumentsAsync(context)) });
                break;

            case ("GET", ["faults"]):
                await AnswerAsync(context, faults.Describe());
                break;

            case ("DELETE", ["faults"]):
                await AnswerAsync(context, new JsonObject { ["removed"] = faults.Remove(id: null) });
                break;

            case ("DELETE", ["faults", var id]):
                if (faults.Remove(int.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture)) == 0)
                    throw new KeyNotFoundException($"There is no fault {id}.");

                await AnswerAsync(context, new JsonObject { ["removed"] = 1 });
                break;

            case ("POST", ["clock"]):
                clock.Advance(TimeSpan.FromSeconds((await ArgumentsAsync(context)).Double("advanceSeconds")));
                await AnswerAsync(context, new JsonObject { ["now"] = clock.GetUtcNow().UtcDateTime });
                break;

            case ("POST", ["sessions", "expire"]):
                await ExpireAsync(context);
                break;

            case ("POST", ["systems", var name, "certificate"]):
                await CertificateAsync(context, name);
                break;

            case ("POST", ["systems", var name, var command]):
                var answer = await SystemOf(name).CommandAsync(command, await ArgumentsAsync(context));
                await AnswerAsync(context, answer ?? throw new KeyNotFoundException($"The system '{name}' has no command '{command}'."));
                break;

            default:
                throw new KeyNotFoundException($"There is no {context.Request.Method} {context.Request.Path}.");
        }
    }

    private async Task RequestsAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var system = query["system"] is [{ Length: > 0 } name] ? SystemOf(name).Name : null;
        var after = query["after"] is [{ Length: > 0 } id] ? long.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartArray();
        foreach (var record in log.Read(system, after))
        {
            record.WriteTo(json);
            if (json.BytesPending > 64 * 1024)
            {
                await json.FlushAsync(context.RequestAborted);
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            }
        }

        json.WriteEndArray();
    }

    private async Task ExpireAsync(HttpContext context)
    {
        var arguments = await ArgumentsAsync(context);
        var refreshTokens = arguments.Flag("refreshTokens");
        IEnumerable<ISimulatedSystem> meant = arguments.Text("system") is { } name ? [SystemOf(name)] : systems;
        foreach (var system in meant)
        {
            system.ExpireSessions(refreshTokens);
        }

        await AnswerAsync(context, new JsonObject());
    }

    private async Task CertificateAsync(HttpContext context, string name)
    {
        var host = (await ArgumentsAsync(context)).Text("host") ?? "localhost";
        var certificate = identities[SystemOf(name).Name].Change(host);
        await AnswerAsync(context, new JsonObject { ["certificateThumbprint"] = ServerCertificate.Thumbprint(certificate) });
    }

    private ISimulatedSystem SystemOf(string name)
        => systems.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.Ordinal))
            ?? throw new KeyNotFoundException($"There is no system '{name}'. There are: {string.Join(", ", systems.Select(s => s.Name))}.");

    private static async Task<JsonElement> ArgumentsAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = BodyLimit;

        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true)
            return Nothing;

        using var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? document.RootElement.Clone()
            : throw new ArgumentException("The body must be a JSON object.");
    }

    private static async Task AnswerAsync(HttpContext context, JsonNode answer, int status = StatusCodes.Status200OK)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, Plain);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static JsonObject Problem(string sentence) => new() { ["error"] = sentence };
}
