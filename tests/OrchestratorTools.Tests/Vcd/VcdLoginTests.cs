using System.Net;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>facts/vcd.md, "Versions" and "Login matrix", on a scripted wire.</summary>
public sealed class VcdLoginTests
{
    private const string Legacy = VcdFake.Host + "/api/sessions";
    private const string Tenant = VcdFake.Host + "/cloudapi/1.0.0/sessions";
    private const string Provider = VcdFake.Host + "/cloudapi/1.0.0/sessions/provider";
    private static readonly (string, string) OldToken = ("x-vcloud-authorization", "0123456789abcdef0123456789abcdef");
    private static readonly (string, string) NewToken = ("X-VMWARE-VCLOUD-ACCESS-TOKEN", "eyJhbGciOi.abc.def");

    public static TheoryData<string, string?, string?, string, string, bool, string> Matrix => new()
    {
        // version, LoginUrl, ProviderLoginUrl, organization, where the login goes, only the old token, where the logout goes
        { "1.5", Legacy, null, "acme", "/api/sessions", true, "/api/session" },
        { "5.5", Legacy, null, "acme", "/api/sessions", true, "/api/session" },
        { "5.5", Legacy, null, "System", "/api/sessions", true, "/api/session" },
        { "9.0", Legacy, null, "acme", "/api/sessions", true, "/api/session" },
        { "20.0", Legacy, null, "acme", "/api/sessions", true, "/api/session" },
        { "27.0", Legacy, null, "acme", "/api/sessions", true, "/api/session" },
        { "29.0", Legacy, null, "System", "/api/sessions", true, "/api/session" },
        { "30.0", Legacy, null, "acme", "/api/sessions", false, "/api/session" },
        { "32.0", Legacy, null, "System", "/api/sessions", false, "/api/session" },
        { "33.0", Legacy, null, "acme", "/api/sessions", false, "/api/session" },
        { "35.0", Legacy, null, "System", "/api/sessions", false, "/api/session" },
        { "35.0", null, null, "acme", "/api/sessions", false, "/api/session" },
        { "36.0", Tenant, Provider, "acme", "/cloudapi/1.0.0/sessions", false, "/cloudapi/1.0.0/sessions/urn:vcloud:session:5a4c9d2e-0000-4000-8000-000000000001" },
        { "36.0", Tenant, Provider, "system", "/cloudapi/1.0.0/sessions/provider", false, "/cloudapi/1.0.0/sessions/urn:vcloud:session:5a4c9d2e-0000-4000-8000-000000000001" },
        { "37.0", Tenant, null, "System", "/cloudapi/1.0.0/sessions/provider", false, "/cloudapi/1.0.0/sessions/urn:vcloud:session:5a4c9d2e-0000-4000-8000-000000000001" },
        { "38.0", Tenant, Provider, "acme", "/cloudapi/1.0.0/sessions", false, "/cloudapi/1.0.0/sessions/urn:vcloud:session:5a4c9d2e-0000-4000-8000-000000000001" },
        { "38.0", Legacy, null, "acme", "/cloudapi/1.0.0/sessions", false, "/cloudapi/1.0.0/sessions/urn:vcloud:session:5a4c9d2e-0000-4000-8000-000000000001" },
        { "39.1", null, null, "System", "/cloudapi/1.0.0/sessions/provider", false, "/cloudapi/1.0.0/sessions/urn:vcloud:session:5a4c9d2e-0000-4000-8000-000000000001" },
        { "39.1", VcdFake.Host + "/tm/cloudapi/1.0.0/sessions", VcdFake.Host + "/tm/cloudapi/1.0.0/sessions/provider", "System", "/tm/cloudapi/1.0.0/sessions/provider", false, "/tm/cloudapi/1.0.0/sessions/urn:vcloud:session:5a4c9d2e-0000-4000-8000-000000000001" },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task The_login_goes_where_the_server_says_and_the_token_where_the_answer_says(string version, string? login, string? provider, string organization, string loginPath, bool onlyOldToken, string logoutPath)
    {
        var fake = new VcdFake(r => r.Method == "POST" && r.Uri.AbsolutePath.StartsWith("/tm/", StringComparison.Ordinal)
            ? Login("""{"id":"urn:vcloud:session:5a4c9d2e-0000-4000-8000-000000000001"}""", NewToken)
            : null)
        {
            Versions = VcdFake.VersionList((version, false, login, provider)),
            LoginHeaders = onlyOldToken ? [OldToken] : [OldToken, NewToken],
        };
        var session = await fake.ConnectAsync(VcdFake.Alice with { Organization = organization });
        await session.GetXmlAsync(new Uri(session.Server, "/api/query"), SilentObserver.Instance, CancellationToken.None);
        await session.LogoutAsync(SilentObserver.Instance, CancellationToken.None);

        var sent = fake.Handler.Sent;
        Assert.Equal($"GET /api/versions, POST {loginPath}, GET /api/query, DELETE {logoutPath}", string.Join(", ", sent.Select(Line)));
        Assert.False(sent[0].Headers.ContainsKey("Authorization"));
        var basic = sent[1].Headers["Authorization"];
        Assert.Equal($"alice@{organization}:pass-word-1", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(basic["Basic ".Length..])));
        foreach (var request in sent.Skip(2))
        {
            if (onlyOldToken)
            {
                Assert.Equal(OldToken.Item2, request.Headers["x-vcloud-authorization"]);
                Assert.False(request.Headers.ContainsKey("Authorization"));
            }
            else
            {
                Assert.Equal("Bearer " + NewToken.Item2, request.Headers["Authorization"]);
                Assert.False(request.Headers.ContainsKey("x-vcloud-authorization"));
            }
        }

        Assert.Equal($"application/{(loginPath.Contains("cloudapi", StringComparison.Ordinal) ? "json" : "*+xml")}; version={version}", sent[1].Headers["Accept"].Replace(";version", "; version", StringComparison.Ordinal));
        Assert.Contains($"version={version}", sent[2].Headers["Accept"], StringComparison.Ordinal);
        Assert.All(sent, r => Assert.Matches("^[0-9a-z-]{1,128}$", r.Headers["X-VMWARE-VCLOUD-CLIENT-REQUEST-ID"]));
    }

    [Theory]
    [InlineData("acme", "/oauth/tenant/acme/token")]
    [InlineData("a b/c", "/oauth/tenant/a%20b%2Fc/token")]
    [InlineData("System", "/oauth/provider/token")]
    public async Task An_API_token_is_exchanged_where_its_organization_is(string organization, string path)
    {
        var fake = new VcdFake { Versions = VcdFake.VersionList(("36.1", false, Tenant, Provider)) };
        var session = await fake.ConnectAsync(new VcdLogin { Organization = organization, ApiToken = SecretText.From("api-token-secret") });

        var exchange = fake.Handler.Sent[1];
        Assert.Equal(path, exchange.Uri.AbsolutePath);
        Assert.Equal("grant_type=refresh_token&refresh_token=api-token-secret", exchange.Body);
        Assert.Equal("application/json", exchange.Headers["Accept"]);
        Assert.Equal("bob", session.User);
        Assert.Equal(fake.Time.GetUtcNow() + TimeSpan.FromHours(1), session.ExpiresAt!.Value, TimeSpan.FromSeconds(5));
        await session.LogoutAsync(SilentObserver.Instance, CancellationToken.None);
        Assert.Equal("DELETE /cloudapi/1.0.0/sessions/urn:vcloud:session:5a4c9d2e-0000-4000-8000-000000000002", Line(fake.Handler.Sent[^1]));
    }

    [Fact]
    public async Task An_API_token_is_refused_here_where_the_server_knows_none()
    {
        var fake = new VcdFake { Versions = VcdFake.VersionList(("36.0", false, Tenant, Provider)) };
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ConnectAsync(new VcdLogin { Organization = "acme", ApiToken = SecretText.From("api-token-secret") }));
        Assert.Equal("Vcd.Validation", e.ErrorId);
        Assert.Contains("36.0", e.Message, StringComparison.Ordinal);
        Assert.Single(fake.Handler.Sent);
    }

    [Fact]
    public async Task An_access_token_is_renewed_before_it_expires()
    {
        var tokens = 0;
        var fake = new VcdFake(r => r.Uri.AbsolutePath.EndsWith("/token", StringComparison.Ordinal)
            ? ScriptedHandler.Json($$"""{"access_token":"access-{{++tokens}}-1234567890","expires_in":3600,"refresh_token":"next-api-token-{{tokens}}"}""")
            : null);
        var session = await fake.ConnectAsync(new VcdLogin { Organization = "acme", ApiToken = SecretText.From("api-token-secret") });
        fake.Time.Advance(TimeSpan.FromSeconds(3600 - 59));
        await session.ProbeAsync(SilentObserver.Instance, CancellationToken.None);

        Assert.Equal(2, tokens);
        Assert.Equal("Bearer access-2-1234567890", fake.Handler.Sent[^1].Headers["Authorization"]);

        // The server gave a new API token with the first use: that one is used from then on.
        Assert.EndsWith("refresh_token=next-api-token-1", fake.Handler.Sent[^2].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forgotten_password_session_is_logged_in_again_once()
    {
        var good = "token-one-1234567890";
        var fake = new VcdFake(r => r.Uri.AbsolutePath == "/api/query" && r.Headers["Authorization"] != "Bearer " + good ? new HttpResponseMessage(HttpStatusCode.Unauthorized) : null);
        var session = await fake.ConnectAsync();
        good = "token-two-1234567890";
        fake.LoginHeaders = [("X-VMWARE-VCLOUD-ACCESS-TOKEN", good)];
        await session.GetXmlAsync(new Uri(session.Server, "/api/query"), SilentObserver.Instance, CancellationToken.None);
        Assert.Equal("GET /api/versions, POST /cloudapi/1.0.0/sessions, GET /api/query, POST /cloudapi/1.0.0/sessions, GET /api/query", string.Join(", ", fake.Handler.Sent.Select(Line)));

        good = "no-token-at-all";
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => session.GetXmlAsync(new Uri(session.Server, "/api/query"), SilentObserver.Instance, CancellationToken.None));
        Assert.Equal("Vcd.Authentication", e.ErrorId);
        Assert.Equal(8, fake.Handler.Sent.Count);
    }

    [Theory]
    [InlineData("29.0", 1, 401)]
    [InlineData("32.0", 1, 403)]
    [InlineData("33.0", 2, 401)]
    [InlineData("35.0", 2, 403)]
    [InlineData("35.0", 2, 404)]
    public async Task A_closed_old_login_leads_to_the_new_one_from_33_on(string version, int logins, int status)
    {
        var fake = new VcdFake(r => r.Uri.AbsolutePath == "/api/sessions" ? new HttpResponseMessage((HttpStatusCode)status) : null)
        {
            Versions = VcdFake.VersionList((version, false, Legacy, null)),
        };
        if (logins == 1)
        {
            await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ConnectAsync());
        }
        else
        {
            await fake.ConnectAsync(VcdFake.Alice with { Organization = "System" });
            Assert.Equal("/cloudapi/1.0.0/sessions/provider", fake.Handler.Sent[^1].Uri.AbsolutePath);
        }

        Assert.Equal(logins, fake.Handler.Sent.Count(r => r.Method == "POST"));
    }

    [Fact]
    public async Task A_wrong_password_names_user_and_organization_and_is_tried_once()
    {
        var observer = new RecordingObserver();
        var fake = new VcdFake(r =>
        {
            if (r.Method != "POST")
            {
                return null;
            }

            // facts/vcd.md, "401/403": recorded with an empty text/plain body.
            var refused = new HttpResponseMessage(HttpStatusCode.Unauthorized) { Content = new StringContent(string.Empty) };
            refused.Headers.TryAddWithoutValidation("WWW-Authenticate", "BASIC realm=\"vCloud\"");
            refused.Headers.TryAddWithoutValidation("X-VMWARE-VCLOUD-REQUEST-ID", "request-77");
            return refused;
        });
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ConnectAsync(observer: observer));
        Assert.Equal("Vcd.Authentication", e.ErrorId);
        Assert.Contains("'alice' in organization 'acme'", e.Message, StringComparison.Ordinal);
        Assert.Equal("request-77", e.RequestId);
        Assert.Single(fake.Handler.Sent, r => r.Method == "POST");
        Assert.DoesNotContain("pass-word-1", observer.Text + e, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_API_token_says_so()
    {
        var fake = new VcdFake(r => r.Uri.AbsolutePath.EndsWith("/token", StringComparison.Ordinal) ? ScriptedHandler.Json("""{"error":"invalid_grant","error_description":"The token expired-api-token is unknown"}""", HttpStatusCode.BadRequest) : null);
        var observer = new RecordingObserver();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ConnectAsync(new VcdLogin { Organization = "acme", ApiToken = SecretText.From("expired-api-token") }, observer));
        Assert.Equal("Vcd.Authentication", e.ErrorId);
        Assert.Equal("invalid_grant", e.ServerCode);
        Assert.DoesNotContain("expired-api-token", observer.Text + e, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_without_a_token_is_an_error()
    {
        var fake = new VcdFake { LoginHeaders = [] };
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ConnectAsync());
        Assert.Equal("Vcd.Protocol", e.ErrorId);
    }

    [Theory]
    [InlineData("<html><title>Sign in</title></html>", "text/html", "HTML")]
    [InlineData("<html xmlns=\"http://www.w3.org/1999/xhtml\"/>", "application/xhtml+xml", "HTML")]
    [InlineData("{\"version\":1}", "application/json", "JSON")]
    [InlineData("<Other/>", "text/xml", "Other")]
    [InlineData("", "text/xml", "cannot be read")]
    [InlineData("<SupportedVersions><VersionInfo>", "text/xml", "cannot be read")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><SupportedVersions>&b;</SupportedVersions>", "text/xml", "cannot be read")]
    public async Task What_is_no_vCloud_Director_is_said_to_be_none(string body, string type, string said)
    {
        var fake = new VcdFake(r => VcdFake.Xml(body, type: type));
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ConnectAsync());
        Assert.Equal("Vcd.Protocol", e.ErrorId);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.Contains("vCloud Director", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task A_server_that_refuses_the_versions_is_of_another_kind(HttpStatusCode status)
    {
        var fake = new VcdFake(_ => new HttpResponseMessage(status));
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ConnectAsync());
        Assert.Equal("Vcd.Protocol", e.ErrorId);
        Assert.Contains("does not answer as a vCloud Director", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_public_address_is_trusted_over_checked_TLS_only()
    {
        const string Public = "https://cloud.example.com";
        var versions = VcdFake.VersionList(("37.0", false, Public + "/cloudapi/1.0.0/sessions", Public + "/cloudapi/1.0.0/sessions/provider"));

        var trusted = new VcdFake { Versions = versions };
        var session = await trusted.ConnectAsync();
        await session.GetXmlAsync(session.Resolve(Public + "/api/query?type=catalog"), SilentObserver.Instance, CancellationToken.None);
        Assert.Equal("cloud.example.com", trusted.Handler.Sent[1].Uri.Host);
        Assert.Equal("cloud.example.com", trusted.Handler.Sent[2].Uri.Host);
        Assert.True(trusted.Handler.Sent[2].Headers.ContainsKey("Authorization"));
        Assert.Throws<OrchestratorApiException>(() => session.Resolve("https://evil.example.com/api/query"));
        Assert.Throws<OrchestratorApiException>(() => session.Resolve("http://cloud.example.com/api/query"));
        Assert.Throws<OrchestratorApiException>(() => session.Resolve("https://cloud.example.com:8443/api/query"));

        // Without a check anybody may have named the address: the same path is asked of the dialled one.
        var unchecked_ = new VcdFake { Versions = versions };
        session = await unchecked_.ConnectAsync(skipCertificateCheck: true);
        await session.GetXmlAsync(session.Resolve(Public + "/api/query?type=catalog"), SilentObserver.Instance, CancellationToken.None);
        Assert.All(unchecked_.Handler.Sent, r => Assert.Equal("cell.example.com", r.Uri.Host));
        Assert.Equal("?type=catalog", unchecked_.Handler.Sent[2].Uri.Query);
        var e = Assert.Throws<OrchestratorApiException>(() => session.Resolve("https://evil.example.com/api/query"));
        Assert.Equal("Vcd.Protocol", e.ErrorId);
    }

    [Fact]
    public async Task A_public_address_without_TLS_gets_no_credentials()
    {
        var fake = new VcdFake { Versions = VcdFake.VersionList(("37.0", false, "http://cloud.example.com/cloudapi/1.0.0/sessions", null)) };
        await fake.ConnectAsync();
        Assert.All(fake.Handler.Sent, r => Assert.Equal("https://cell.example.com", r.Uri.GetLeftPart(UriPartial.Authority)));
    }

    [Fact]
    public async Task Logging_out_of_a_session_that_ended_logs_in_nowhere()
    {
        var ended = false;
        var fake = new VcdFake(r => ended ? new HttpResponseMessage(HttpStatusCode.Unauthorized) : null);
        var session = await fake.ConnectAsync();
        ended = true;
        await session.LogoutAsync(SilentObserver.Instance, CancellationToken.None);
        Assert.Equal("DELETE", fake.Handler.Sent[^1].Method);
        Assert.Equal(3, fake.Handler.Sent.Count);
    }

    private static string Line(SentRequest r) => $"{r.Method} {r.Uri.AbsolutePath}";

    private static HttpResponseMessage Login(string body, (string Name, string Value) header)
    {
        var response = ScriptedHandler.Json(body);
        response.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return response;
    }
}
