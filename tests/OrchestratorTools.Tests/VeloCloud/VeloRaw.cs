using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>An answer of the portal API, as it came.</summary>
internal sealed record VeloAnswer(string Method, int Status, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => Bytes.Length == 0 ? default : JsonDocument.Parse(Bytes).RootElement;

    /// <summary>The message of an error; null where the answer is none.</summary>
    public string? Error => Bytes.Length > 0 && Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
        ? error.GetProperty("message").GetString()
        : null;

    /// <summary>Asserts that the call was carried out, and shows the answer where it was not.</summary>
    public JsonElement Ok()
    {
        Assert.True(Status == 200 && Error is null, $"{Method}: {Status} {Text}");
        return Json;
    }

    /// <summary>Asserts that the call was refused with these words.</summary>
    public void Refused(string words, int status = 400)
    {
        Assert.True(Status == status && Error is not null, $"{Method}: {Status} {Text}");
        Assert.Contains(words, Text, StringComparison.Ordinal);
    }
}

/// <summary>Requests to a simulated Orchestrator that share nothing with the module's own client.</summary>
internal sealed class VeloRaw : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _server;

    private VeloRaw(HttpClient http, Uri server)
    {
        _http = http;
        _server = server;
    }

    /// <summary>An array of a body.</summary>
    public static T[] Some<T>(params T[] items) => items;

    /// <summary>A user of the greeting, by the tier.</summary>
    public static JsonElement User(Simulator simulator, string tier, string system = "veloCloud")
        => simulator.System(system).GetProperty("users").EnumerateArray().First(u => u.GetProperty("tier").GetString() == tier);

    /// <summary>Requests in the name of a tier's user, by its token, or by a session for the one who has no token.</summary>
    public static async Task<VeloRaw> AsAsync(Simulator simulator, string tier, string system = "veloCloud")
    {
        var user = User(simulator, tier, system);
        return user.GetProperty("token").ValueKind == JsonValueKind.String
            ? WithToken(simulator, user.GetProperty("token").GetString()!, system)
            : await LogInAsync(simulator, user.GetProperty("user").GetString()!, user.GetProperty("password").GetString()!, tier == "operator", system);
    }

    public static VeloRaw WithToken(Simulator simulator, string token, string system = "veloCloud")
    {
        var http = Http(simulator);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", token);
        return new VeloRaw(http, simulator.Server(system));
    }

    /// <summary>Logs in; throws with the server's reason where that fails.</summary>
    public static async Task<VeloRaw> LogInAsync(Simulator simulator, string user, string password, bool isOperator, string system = "veloCloud")
    {
        var http = Http(simulator);
        using var content = Body(new { username = user, password });
        using var answer = await http.PostAsync(new Uri(simulator.Server(system), isOperator ? "portal/rest/login/operatorLogin" : "portal/rest/login/enterpriseLogin"), content);
        var cookies = answer.Headers.TryGetValues("Set-Cookie", out var all) ? all.ToList() : [];
        var session = cookies.Find(c => c.StartsWith("velocloud.session=", StringComparison.Ordinal))?.Split(';')[0];
        if (session is null or "velocloud.session=")
            throw new InvalidOperationException(Uri.UnescapeDataString(cookies.Find(c => c.StartsWith("velocloud.message=", StringComparison.Ordinal)) ?? "no session"));

        http.DefaultRequestHeaders.Add("Cookie", session);
        return new VeloRaw(http, simulator.Server(system));
    }

    /// <summary>Calls a method of the portal API.</summary>
    public async Task<VeloAnswer> CallAsync(string method, object? parameters = null)
    {
        using var content = Body(parameters ?? new { });
        using var answer = await _http.PostAsync(new Uri(_server, "portal/rest/" + method), content);
        return new VeloAnswer(method, (int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Calls a method that must succeed.</summary>
    public async Task<JsonElement> OkAsync(string method, object? parameters = null) => (await CallAsync(method, parameters)).Ok();

    /// <summary>Sends a request of APIv2.</summary>
    public async Task<(VeloAnswer Answer, HttpResponseMessage Response)> SendAsync(HttpMethod method, string path, object? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, new Uri(_server, path));
        if (body is not null)
        {
            request.Content = Body(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        var answer = await _http.SendAsync(request);
        return (new VeloAnswer($"{method} {path}", (int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync()), answer);
    }

    public void Dispose() => _http.Dispose();

    private static HttpClient Http(Simulator simulator)
        => new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.GetCertHashString(HashAlgorithmName.SHA256) == simulator.Thumbprint },
        });

    private static ByteArrayContent Body(object value)
    {
        var content = new ByteArrayContent(value is string text ? Encoding.UTF8.GetBytes(text) : JsonSerializer.SerializeToUtf8Bytes(value));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
