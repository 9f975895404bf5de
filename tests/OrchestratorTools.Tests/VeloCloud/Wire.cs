using System.Net;
using System.Text;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Resilience;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>Sessions on a scripted wire, and the answers that an Orchestrator gives.</summary>
internal static class Wire
{
    public const string Password = "Pa$$w0rd-of-test";

    public static ConnectionSettings Settings(ScriptedHandler wire, TimeProvider? time = null, int retries = 3) => new()
    {
        Server = new Uri("https://vco.example/"),
        PrimaryHandler = () => wire,
        Resilience = ResilienceHandler.Create,
        MaximumRetryCount = retries,
        Time = time ?? new ManualTime { AutoAdvance = TimeSpan.FromSeconds(60) },
    };

    /// <summary>A session that logged in as a customer; <paramref name="answer"/> hears everything but the logins.</summary>
    public static async Task<(VeloCloudSession Session, ScriptedHandler Wire)> ConnectAsync(Func<SentRequest, HttpResponseMessage> answer, TimeProvider? time = null, int retries = 3, bool asOperator = false)
    {
        var logins = 0;
        var wire = new ScriptedHandler(sent => sent.Uri.AbsolutePath.Contains("/login/", StringComparison.Ordinal) ? LoggedIn($"cookie-{++logins}") : answer(sent));
        var session = await VeloCloudSession.LogInAsync(Settings(wire, time, retries), "user@acme.example", SecretText.From(Password)!, asOperator, SilentObserver.Instance, CancellationToken.None);
        return (session, wire);
    }

    public static async Task<(VeloCloudSession Session, ScriptedHandler Wire)> ConnectByTokenAsync(Func<SentRequest, HttpResponseMessage> answer, TimeProvider? time = null)
    {
        var wire = new ScriptedHandler(sent => MethodOf(sent) == "system/getVersionInfo" ? Json("""{"version":"5.2"}""") : answer(sent));
        var session = await VeloCloudSession.UseTokenAsync(Settings(wire, time), SecretText.From("aaaa.bbbb.cccc")!, SilentObserver.Instance, CancellationToken.None);
        return (session, wire);
    }

    public static string MethodOf(SentRequest sent) => sent.Uri.AbsolutePath["/portal/rest/".Length..];

    public static HttpResponseMessage Json(string text, HttpStatusCode status = HttpStatusCode.OK) => ScriptedHandler.Json(text, status);

    public static HttpResponseMessage LoggedIn(string cookie, HttpStatusCode status = HttpStatusCode.OK) => Cookies(status, $"velocloud.session={cookie}; Path=/; HttpOnly; Secure; SameSite=Strict");

    public static HttpResponseMessage Cookies(HttpStatusCode status, params string[] cookies)
    {
        var response = new HttpResponseMessage(status) { Content = new ByteArrayContent([]) };
        foreach (var cookie in cookies)
        {
            response.Headers.TryAddWithoutValidation("Set-Cookie", cookie);
        }

        return response;
    }

    public static HttpResponseMessage TokenError(string text = "tokenError [expired session cookie]", int code = -32000, HttpStatusCode status = HttpStatusCode.OK)
        => Json($$$"""{"error":{"code":{{{code}}},"message":"{{{text}}}"},"id":1,"jsonrpc":"2.0"}""", status);

    public static string Edge(int id, string? name = null) => $$$"""{"id":{{{id}}},"name":"{{{name ?? "edge-" + id}}}","enterpriseId":7,"edgeState":"CONNECTED"}""";

    public static string Page(IEnumerable<int> ids, string? next, int limit = 8)
        => $$$"""{"metaData":{"limit":{{{limit}}},"more":{{{(next is null ? "false" : "true")}}}{{{(next is null ? string.Empty : $",\"nextPageLink\":\"{next}\"")}}}},"data":[{{{string.Join(',', ids.Select(i => Edge(i)))}}}]}""";

    /// <summary>An answer whose body breaks off after so many bytes.</summary>
    public static HttpResponseMessage Broken(string text, int after)
        => new(HttpStatusCode.OK) { Content = new StreamContent(new BreakingStream(Encoding.UTF8.GetBytes(text)[..after])) };

    public static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items)
        {
            all.Add(item);
        }

        return all;
    }

    private sealed class BreakingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            return read > 0 ? read : throw new HttpIOException(HttpRequestError.ResponseEnded, "cut");
        }
    }
}
