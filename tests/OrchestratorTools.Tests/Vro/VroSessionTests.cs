using System.Net;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vro;

/// <summary>Tokens: how they are asked for, renewed, given back, and what is said when that fails.</summary>
public sealed class VroSessionTests
{
    [Fact]
    public async Task Every_value_of_a_login_is_form_encoded()
    {
        var server = new FakeVro();
        await using var session = await server.ConnectAsync();

        var login = server.Tokens.Single();
        Assert.Contains("p%2Ba%2Fs%3Ds", login.Body, StringComparison.Ordinal);
        Assert.Equal("p+a/s=s &w", FakeVro.Form(login)["password"]);
        Assert.Equal(@"LAB\admin", FakeVro.Form(login)["username"]);
        Assert.Equal("password", FakeVro.Form(login)["grant_type"]);
    }

    [Fact]
    public async Task A_client_account_uses_its_own_grant()
    {
        var server = new FakeVro();
        await using var session = await server.ConnectAsync(VroLogin.Client("id-1", SecretText.From("s+e/c=")!));

        var form = FakeVro.Form(server.Tokens.Single());
        Assert.Equal("client_credentials", form["grant_type"]);
        Assert.Equal("id-1", form["client_id"]);
        Assert.Equal("s+e/c=", form["client_secret"]);
        Assert.Equal("Client account", session.Scope);
    }

    [Fact]
    public async Task The_version_is_found_by_asking_and_said()
    {
        var server = new FakeVro(r => r.Uri.AbsolutePath.StartsWith("/api/v7.21/", StringComparison.Ordinal) ? new HttpResponseMessage(HttpStatusCode.NotFound) : null);
        await using var session = await server.ConnectAsync(version: null);

        Assert.Equal("v7.2", session.ApiVersion);
        Assert.Contains("speaks API v7.2 (found by asking)", server.Observer.Text, StringComparison.Ordinal);
        Assert.True(server.Wire.Sent.Where(s => s.Method == "GET").All(s => s.Headers.ContainsKey("Authorization")));
    }

    [Fact]
    public async Task A_start_page_for_every_path_is_no_version()
    {
        var server = new FakeVro(r => r.Uri.AbsolutePath.StartsWith("/api/v7.1/", StringComparison.Ordinal) || r.Method != "GET" ? null : ScriptedHandler.Json("<!doctype html>"));
        await using var session = await server.ConnectAsync(version: null);
        Assert.Equal("v7.1", session.ApiVersion);
    }

    [Fact]
    public async Task No_version_is_an_error_and_the_session_is_given_back()
    {
        var server = new FakeVro(r => r.Method == "GET" ? new HttpResponseMessage(HttpStatusCode.NotFound) : null);

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => server.ConnectAsync(version: null));

        Assert.Equal("Vro.Protocol", error.ErrorId);
        Assert.Contains("v7.21, v7.2, v7.1", error.Message, StringComparison.Ordinal);
        Assert.Contains(server.Wire.Sent, s => s.Method == "DELETE");
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_ends_and_the_new_refresh_token_is_used_next()
    {
        var server = new FakeVro();
        await using var session = await server.ConnectAsync();

        for (var i = 0; i < 3; i++)
        {
            server.Time.Advance(TimeSpan.FromSeconds(850));
            await session.ProbeAsync(server.Observer, default);
        }

        var tokens = server.Tokens.Skip(1).Select(t => FakeVro.Form(t)).ToArray();
        Assert.Equal("refresh_token refresh_token refresh_token", string.Join(' ', tokens.Select(t => t["grant_type"])));
        Assert.Equal("ref+resh/1= ref+resh/2= ref+resh/3=", string.Join(' ', tokens.Select(t => t["refresh_token"])));
        Assert.Contains("ref%2Bresh%2F1%3D", server.Tokens.ElementAt(1).Body, StringComparison.Ordinal);
        Assert.Equal("Bearer access-4", server.Wire.Sent[^1].Headers["Authorization"]);
        Assert.DoesNotContain("WARNING", server.Observer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_requests_share_one_renewal()
    {
        var server = new FakeVro();
        await using var session = await server.ConnectAsync();
        server.Time.Advance(TimeSpan.FromSeconds(890));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => session.ProbeAsync(server.Observer, default)));

        Assert.Equal(2, server.Tokens.Count());
    }

    [Fact]
    public async Task A_dead_refresh_token_is_followed_by_one_login()
    {
        var server = new FakeVro(r => r.Body?.Contains("grant_type=refresh_token", StringComparison.Ordinal) is true ? FakeVro.Refusal() : null);
        await using var session = await server.ConnectAsync();
        server.Time.Advance(TimeSpan.FromHours(3));

        await session.ProbeAsync(server.Observer, default);

        Assert.Equal("password refresh_token password", string.Join(' ', server.Tokens.Select(t => FakeVro.Form(t)["grant_type"])));
    }

    [Fact]
    public async Task A_refused_login_ends_the_connection_and_is_not_tried_again_with_every_request()
    {
        var logins = 0;
        var server = new FakeVro(r => r.Uri.AbsolutePath == "/api/token" && r.Method == "POST" && ++logins > 1 ? FakeVro.Refusal() : null);
        await using var session = await server.ConnectAsync();
        server.Time.Advance(TimeSpan.FromHours(3));

        for (var i = 0; i < 5; i++)
        {
            var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => session.ProbeAsync(server.Observer, default));
            Assert.Equal("Vro.Authentication", error.ErrorId);
            Assert.Contains("Connect-Vro", error.RecommendedAction, StringComparison.Ordinal);
        }

        Assert.Equal(3, server.Tokens.Count());
    }

    [Fact]
    public async Task With_mfa_a_dead_refresh_token_is_the_end_and_a_new_code_is_asked_for()
    {
        var server = new FakeVro(r => r.Body switch
        {
            { } b when b.Contains("grant_type=password", StringComparison.Ordinal) => ScriptedHandler.Json("""{"mfa_token":"mfa-1","mfa_token_expires_in":300}"""),
            { } b when b.Contains("grant_type=refresh_token", StringComparison.Ordinal) => FakeVro.Refusal(),
            _ => null,
        });
        await using var session = await server.ConnectAsync(VroLogin.Password("u", SecretText.From("password")!, SecretText.From("123456")));
        Assert.Equal("mfa_token mfa_passcode", string.Join(' ', FakeVro.Form(server.Tokens.ElementAt(1)).Keys.Skip(1)));
        server.Time.Advance(TimeSpan.FromHours(3));

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => session.ProbeAsync(server.Observer, default));

        Assert.Equal("Vro.Authentication", error.ErrorId);
        Assert.Contains("-MfaPasscode", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(3, server.Tokens.Count());
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task Without_a_code_an_mfa_account_is_told_what_is_missing(HttpStatusCode status)
    {
        var server = new FakeVro(r => r.Method == "POST" ? ScriptedHandler.Json("""{"error":"mfa_required","mfaToken":"mfa-secret-1"}""", status) : null);

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => server.ConnectAsync());

        Assert.Equal("Vro.Authentication", error.ErrorId);
        Assert.Contains("second factor", error.Message, StringComparison.Ordinal);
        Assert.Contains("-MfaPasscode", error.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("mfa-secret-1", server.Observer.Text + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_down_for_a_moment_does_not_end_an_mfa_session()
    {
        var down = false;
        var server = new FakeVro(r => r.Body switch
        {
            _ when down => new HttpResponseMessage(HttpStatusCode.InternalServerError),
            { } b when b.Contains("grant_type=password", StringComparison.Ordinal) => ScriptedHandler.Json("""{"mfa_token":"mfa-1"}"""),
            _ => null,
        });
        await using var session = await server.ConnectAsync(VroLogin.Password("u", SecretText.From("password")!, SecretText.From("123456")));
        server.Time.Advance(TimeSpan.FromMinutes(20));
        down = true;
        Assert.Equal("Vro.ServerError", (await Assert.ThrowsAsync<OrchestratorApiException>(() => session.ProbeAsync(server.Observer, default))).ErrorId);

        down = false;
        await session.ProbeAsync(server.Observer, default);
    }

    [Fact]
    public async Task The_second_unexpected_logout_names_cause_and_cure()
    {
        var refuse = 0;
        var server = new FakeVro(r => r.Method == "GET" && Interlocked.Decrement(ref refuse) >= 0 ? new HttpResponseMessage(HttpStatusCode.Unauthorized) : null);
        await using var session = await server.ConnectAsync();

        refuse = 1;
        await session.ProbeAsync(server.Observer, default);
        Assert.DoesNotContain("WARNING", server.Observer.Text, StringComparison.Ordinal);
        server.Time.Advance(TimeSpan.FromMinutes(9));
        refuse = 1;
        await session.ProbeAsync(server.Observer, default);

        var warning = Assert.Single(server.Observer.Lines, l => l.StartsWith("WARNING", StringComparison.Ordinal));
        Assert.Contains("same account is used somewhere else", warning, StringComparison.Ordinal);
        Assert.Contains("-ClientId", warning, StringComparison.Ordinal);

        server.Time.Advance(TimeSpan.FromMinutes(11));
        refuse = 1;
        await session.ProbeAsync(server.Observer, default);
        Assert.Single(server.Observer.Lines, l => l.StartsWith("WARNING", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Logging_out_tells_the_server_and_never_logs_in_for_it()
    {
        var gone = false;
        var server = new FakeVro(r => gone ? r.Method == "DELETE" ? new HttpResponseMessage(HttpStatusCode.Unauthorized) : FakeVro.Refusal() : null);
        await using var session = await server.ConnectAsync();
        gone = true;

        await session.LogoutAsync(server.Observer, default);

        Assert.Contains(server.Wire.Sent, s => s.Method == "DELETE" && s.Uri.AbsolutePath == "/api/token");
        Assert.DoesNotContain(server.Tokens.Skip(1), t => FakeVro.Form(t)["grant_type"] == "password");
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, """{"error":"invalid_grant","error_description":"The user name or password is incorrect."}""", "Vro.Authentication", "incorrect")]
    [InlineData(HttpStatusCode.Unauthorized, "", "Vro.Authentication", "without a word")]
    [InlineData(HttpStatusCode.OK, """{"token_type":"bearer"}""", "Vro.Authentication", "neither")]
    [InlineData(HttpStatusCode.OK, "[]", "Vro.Protocol", "no JSON object")]
    [InlineData(HttpStatusCode.OK, """{"access_token":"abc""", "Vro.Protocol", "no JSON")]
    [InlineData(HttpStatusCode.OK, "<html><title>Portal</title></html>", "Vro.Protocol", "page")]
    [InlineData(HttpStatusCode.NotFound, "", "Vro.Protocol", "does not answer as a Veeam Recovery Orchestrator")]
    [InlineData(HttpStatusCode.MethodNotAllowed, "", "Vro.Protocol", "does not answer as a Veeam Recovery Orchestrator")]
    public async Task What_a_login_may_meet_is_said(HttpStatusCode status, string body, string id, string words)
    {
        var server = new FakeVro(r => r.Method == "POST" ? ScriptedHandler.Json(body, status) : null);

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => server.ConnectAsync());

        Assert.Equal(id, error.ErrorId);
        Assert.Contains(words, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("p+a/s=s", server.Observer.Text + error, StringComparison.Ordinal);
        Assert.Single(server.Tokens);
    }

    [Fact]
    public async Task No_secret_is_shown_under_debug()
    {
        var server = new FakeVro();
        await using var session = await server.ConnectAsync();
        server.Time.Advance(TimeSpan.FromSeconds(890));
        await session.ProbeAsync(server.Observer, default);

        foreach (var secret in new[] { "p+a/s=s", "p%2Ba", "access-1", "access-2", "ref+resh", "ref%2Bresh" })
        {
            Assert.DoesNotContain(secret, server.Observer.Text, StringComparison.Ordinal);
        }

        Assert.Contains("(body not shown)", server.Observer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Success_false_in_a_good_answer_is_an_error()
    {
        var server = new FakeVro(r => r.Uri.AbsolutePath.EndsWith("/Failover", StringComparison.Ordinal) ? ScriptedHandler.Json("""{"success":false,"message":"no licence"}""") : null);
        await using var session = await server.ConnectAsync();

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => new VroClient(session, server.Observer).StartFailoverAsync(FakeVro.Plan, new VroFailover(), default));

        Assert.Equal("Vro.ServerError", error.ErrorId);
        Assert.Contains("no licence", error.Message, StringComparison.Ordinal);
    }
}
