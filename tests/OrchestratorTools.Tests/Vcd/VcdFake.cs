using System.Net;
using System.Text;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Resilience;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>A vCloud Director on a scripted wire: the versions and the login are answered here, everything else by the test.</summary>
public sealed class VcdFake
{
    public const string Host = "https://cell.example.com";
    private readonly Func<SentRequest, HttpResponseMessage?> _answer;

    public VcdFake(Func<SentRequest, HttpResponseMessage?>? answer = null)
    {
        _answer = answer ?? (_ => null);
        Handler = new ScriptedHandler(Answer);
    }

    public ScriptedHandler Handler { get; }

    public ManualTime Time { get; init; } = new() { AutoAdvance = TimeSpan.FromMinutes(1) };

    /// <summary>The body of /api/versions.</summary>
    public string Versions { get; init; } = VersionList(("37.0", false, Host + "/cloudapi/1.0.0/sessions", Host + "/cloudapi/1.0.0/sessions/provider"));

    /// <summary>The header that a login's answer carries.</summary>
    public (string Name, string Value)[] LoginHeaders { get; set; } = [("X-VMWARE-VCLOUD-ACCESS-TOKEN", "token-one-1234567890")];

    public static VcdLogin Alice { get; } = new() { Organization = "acme", User = "alice", Password = SecretText.From("pass-word-1") };

    public static string VersionList(params (string Version, bool Deprecated, string? Login, string? Provider)[] versions)
        => "<SupportedVersions xmlns=\"http://www.vmware.com/vcloud/versions\">" + string.Concat(versions.Select(v =>
            $"<VersionInfo deprecated=\"{(v.Deprecated ? "true" : "false")}\"><Version>{v.Version}</Version>{(v.Login is null ? "" : $"<LoginUrl>{v.Login}</LoginUrl>")}{(v.Provider is null ? "" : $"<ProviderLoginUrl>{v.Provider}</ProviderLoginUrl>")}</VersionInfo>")) + "</SupportedVersions>";

    public static HttpResponseMessage Xml(string text, HttpStatusCode status = HttpStatusCode.OK, string type = "application/vnd.vmware.vcloud.any+xml")
        => new(status) { Content = new StringContent(text, Encoding.UTF8, type) };

    public ConnectionSettings Settings(bool skipCertificateCheck = false, int retries = 3) => new()
    {
        Server = new Uri(Host),
        SkipCertificateCheck = skipCertificateCheck,
        Resilience = ResilienceHandler.Create,
        MaximumRetryCount = retries,
        Time = Time,
        PrimaryHandler = () => Handler,
    };

    public Task<VcdSession> ConnectAsync(VcdLogin? login = null, IRequestObserver? observer = null, bool skipCertificateCheck = false, int retries = 3)
        => VcdSession.ConnectAsync(Settings(skipCertificateCheck, retries), login ?? Alice, observer ?? SilentObserver.Instance, CancellationToken.None);

    private HttpResponseMessage Answer(SentRequest request)
    {
        if (_answer(request) is { } own)
        {
            return own;
        }

        var path = request.Uri.AbsolutePath;
        if (path == "/api/versions")
        {
            return Xml(Versions, type: "text/xml");
        }

        if (request.Method == "POST" && path.EndsWith("/token", StringComparison.Ordinal))
        {
            return ScriptedHandler.Json("""{"access_token":"access-one-1234567890","token_type":"Bearer","expires_in":3600,"refresh_token":null}""");
        }

        if (request.Method == "POST" && path.Contains("sessions", StringComparison.Ordinal))
        {
            var response = path.StartsWith("/cloudapi", StringComparison.Ordinal)
                ? ScriptedHandler.Json("""{"id":"urn:vcloud:session:5a4c9d2e-0000-4000-8000-000000000001","user":{"name":"alice"},"org":{"name":"acme"}}""")
                : Xml($"""<Session xmlns="http://www.vmware.com/vcloud/v1.5" user="alice" org="acme" href="{Host}/api/session"><Link rel="remove" href="{Host}/api/session"/></Session>""");
            foreach (var (name, value) in LoginHeaders)
            {
                response.Headers.TryAddWithoutValidation(name, value);
            }

            return response;
        }

        if (path.EndsWith("/sessions/current", StringComparison.Ordinal))
        {
            return ScriptedHandler.Json("""{"id":"urn:vcloud:session:5a4c9d2e-0000-4000-8000-000000000002","user":{"name":"bob"},"org":{"name":"acme"}}""");
        }

        return request.Method == "DELETE" ? new HttpResponseMessage(HttpStatusCode.NoContent) : Xml("<QueryResultRecords xmlns=\"http://www.vmware.com/vcloud/v1.5\" total=\"0\" page=\"1\" pageSize=\"128\"/>");
    }
}
