using System.Net;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Resilience;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vro;

/// <summary>A Recovery Orchestrator in the wire's place: hands out tokens, and lets a test answer the rest.</summary>
public sealed class FakeVro
{
    public const string PlanId = "5696fe8c-df80-42b2-b814-28b22953474e";
    private int _tokens;

    public FakeVro(Func<SentRequest, HttpResponseMessage?>? answer = null)
    {
        Wire = new ScriptedHandler(request => answer?.Invoke(request) ?? Standard(request));
    }

    public ScriptedHandler Wire { get; }

    public ManualTime Time { get; init; } = new();

    public RecordingObserver Observer { get; } = new();

    public int ExpiresIn { get; set; } = 899;

    public IEnumerable<SentRequest> Tokens => Wire.Sent.Where(s => s.Uri.AbsolutePath == "/api/token" && s.Method == "POST");

    public IEnumerable<SentRequest> Failovers => Wire.Sent.Where(s => s.Uri.AbsolutePath.EndsWith("/Failover", StringComparison.Ordinal));

    public ConnectionSettings Settings => new()
    {
        Server = new Uri("https://vro.example:9898"),
        PrimaryHandler = () => Wire,
        Resilience = ResilienceHandler.Create,
        Time = Time,
    };

    public static VroLogin User { get; } = VroLogin.Password(@"LAB\admin", SecretText.From("p+a/s=s &w")!);

    public static VroPlan Plan { get; } = new() { Id = PlanId, Name = "dc1-web", Type = "Replica", State = "Ready", Mode = "Enabled" };

    public Task<VroSession> ConnectAsync(VroLogin? login = null, string? version = "v7.21") => VroSession.ConnectAsync(Settings, login ?? User, version, Observer, default);

    /// <summary>The next pair of tokens; both need form encoding.</summary>
    public HttpResponseMessage Pair()
    {
        var number = Interlocked.Increment(ref _tokens);
        return ScriptedHandler.Json($$"""{"access_token":"access-{{number}}","token_type":"bearer","expires_in":{{ExpiresIn}},"refresh_token":"ref+resh/{{number}}="}""");
    }

    public static HttpResponseMessage Refusal(string error = "invalid_grant", string words = "The refresh token is invalid.")
        => ScriptedHandler.Json($$"""{"error":"{{error}}","error_description":"{{words}}"}""", HttpStatusCode.BadRequest);

    public static IReadOnlyDictionary<string, string> Form(SentRequest request)
        => request.Body!.Split('&').Select(p => p.Split('=')).ToDictionary(p => Uri.UnescapeDataString(p[0].Replace('+', ' ')), p => Uri.UnescapeDataString(p[1].Replace('+', ' ')), StringComparer.Ordinal);

    private HttpResponseMessage Standard(SentRequest request) => request switch
    {
        { Method: "POST", Uri.AbsolutePath: "/api/token" } => Pair(),
        { Method: "DELETE", Uri.AbsolutePath: "/api/token" } => new HttpResponseMessage(HttpStatusCode.NoContent),
        { Uri.AbsolutePath: var path } when path.EndsWith("/Plans", StringComparison.Ordinal) => ScriptedHandler.Json("""{"total":0,"data":[]}"""),
        _ => new HttpResponseMessage(HttpStatusCode.NotFound),
    };
}
