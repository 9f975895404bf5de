using System.Net;
using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Tests.Http;
using static OrchestratorTools.Tests.VeloCloud.Wire;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>Logins, their renewal, tokens, and errors that come as successes.</summary>
public sealed class SessionTests
{
    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task A_session_cookie_is_a_login_whatever_the_status(HttpStatusCode status)
    {
        var wire = new ScriptedHandler(sent => LoggedIn("abcdef", status));

        await using var session = await VeloCloudSession.LogInAsync(Settings(wire), "u", SecretText.From(Password)!, asOperator: false, SilentObserver.Instance, CancellationToken.None);

        var sent = Assert.Single(wire.Sent);
        Assert.Equal("/portal/rest/login/enterpriseLogin", sent.Uri.AbsolutePath);
        Assert.Equal($$"""{"username":"u","password":"{{Password}}"}""", sent.Body);
        Assert.False(sent.Headers.ContainsKey("Cookie"));
    }

    [Fact]
    public async Task Operators_log_in_elsewhere()
    {
        var (session, wire) = await ConnectAsync(_ => Json("{}"), asOperator: true);
        await using var _ = session;

        Assert.Equal("/portal/rest/login/operatorLogin", Assert.Single(wire.Sent).Uri.AbsolutePath);
        Assert.Equal(VeloCloudTier.Operator, session.Tier);
        Assert.Equal("operator", session.Scope);
    }

    [Theory]
    [InlineData("velocloud.message=Invalid%20user%20%22x%22; Path=/", "Invalid user \"x\"")]
    [InlineData("velocloud.message=Invalid+user; Path=/", "Invalid user")]
    public async Task A_login_without_a_session_says_the_decoded_reason(string cookie, string said)
    {
        // An emptied session cookie is none.
        var wire = new ScriptedHandler(_ => Cookies(HttpStatusCode.Found, "velocloud.session=; Path=/", cookie));

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => VeloCloudSession.LogInAsync(Settings(wire), "u", SecretText.From(Password)!, asOperator: false, SilentObserver.Instance, CancellationToken.None));

        Assert.Equal("VeloCloud.Authentication", error.ErrorId);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, error.ToString(), StringComparison.Ordinal);
        Assert.Single(wire.Sent);
    }

    [Fact]
    public async Task A_login_that_is_redirected_is_not_followed()
    {
        var wire = new ScriptedHandler(_ =>
        {
            var response = Cookies(HttpStatusCode.Found);
            response.Headers.Location = new Uri("https://elsewhere.example/login");
            return response;
        });

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => VeloCloudSession.LogInAsync(Settings(wire), "u", SecretText.From(Password)!, asOperator: false, SilentObserver.Instance, CancellationToken.None));

        Assert.Equal("VeloCloud.Protocol", error.ErrorId);
        Assert.Contains("redirects to https://elsewhere.example/login", error.Message, StringComparison.Ordinal);
        Assert.Equal("vco.example", Assert.Single(wire.Sent).Uri.Host);
    }

    [Theory]
    [InlineData("""{"error":{"code":-32600,"message":"username required"}}""", "VeloCloud.Authentication")]
    [InlineData("<html><title>Welcome</title></html>", "VeloCloud.Protocol")]
    [InlineData("", "VeloCloud.Protocol")]
    public async Task A_login_without_any_cookie_is_told_by_its_body(string body, string id)
    {
        var wire = new ScriptedHandler(_ => Json(body));

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => VeloCloudSession.LogInAsync(Settings(wire), "u", SecretText.From(Password)!, asOperator: false, SilentObserver.Instance, CancellationToken.None));

        Assert.Equal(id, error.ErrorId);
    }

    [Theory]
    [InlineData("tokenError [expired session cookie]", -32000, HttpStatusCode.OK)]
    [InlineData("tokenError [credential for authentication missing]", -32600, HttpStatusCode.OK)]
    [InlineData("TokenError [x]", -32000, HttpStatusCode.BadRequest)]
    public async Task A_forgotten_session_is_logged_in_again_once_and_the_change_sent_once_more(string text, int code, HttpStatusCode status)
    {
        var (session, wire) = await ConnectAsync(sent => sent.Headers["Cookie"] == "velocloud.session=cookie-1" ? TokenError(text, code, status) : Json("""{"rows":1,"error":null}"""));
        await using var _ = session;

        var answer = await AllAsync(new VeloCloudClient(session, SilentObserver.Instance).InvokeAsync("edge/updateEdgeAttributes", """{"id":1}"""u8.ToArray(), CancellationToken.None));

        Assert.Single(answer);
        Assert.Equal("login/enterpriseLogin edge/updateEdgeAttributes login/enterpriseLogin edge/updateEdgeAttributes", string.Join(' ', wire.Sent.Select(MethodOf)));
        Assert.Equal("velocloud.session=cookie-2", wire.Sent[^1].Headers["Cookie"]);
    }

    [Fact]
    public async Task A_session_that_is_forgotten_twice_is_an_error()
    {
        var (session, wire) = await ConnectAsync(_ => TokenError());
        await using var _ = session;

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEnterprisesAsync(CancellationToken.None)));

        Assert.Equal("VeloCloud.Authentication", error.ErrorId);
        Assert.Equal(4, wire.Sent.Count);
    }

    [Fact]
    public async Task A_refused_token_stays_refused()
    {
        var (session, wire) = await ConnectByTokenAsync(_ => TokenError("tokenError [Invalid API Token]"));
        await using var _ = session;

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEnterprisesAsync(CancellationToken.None)));

        Assert.Equal("VeloCloud.Authentication", error.ErrorId);
        Assert.Contains("Invalid API Token", error.Message, StringComparison.Ordinal);
        Assert.Equal("system/getVersionInfo enterprise/getEnterprise", string.Join(' ', wire.Sent.Select(MethodOf)));
        Assert.All(wire.Sent, s => Assert.Equal("Token aaaa.bbbb.cccc", s.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_token_that_the_server_does_not_know_is_said_when_connecting()
    {
        var wire = new ScriptedHandler(_ => TokenError("tokenError [Invalid API Token]", -32600));

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => VeloCloudSession.UseTokenAsync(Settings(wire), SecretText.From("aaaa.bbbb.cccc")!, SilentObserver.Instance, CancellationToken.None));

        Assert.Equal("VeloCloud.Authentication", error.ErrorId);
        Assert.DoesNotContain("aaaa.bbbb.cccc", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_standby_that_answers_nothing_else_is_connected_to()
    {
        var wire = new ScriptedHandler(_ => Json("""{"error":{"code":-32600,"message":"This Orchestrator is a standby"}}""", HttpStatusCode.BadRequest));

        await using var session = await VeloCloudSession.UseTokenAsync(Settings(wire), SecretText.From("aaaa.bbbb.cccc")!, SilentObserver.Instance, CancellationToken.None);

        Assert.Single(wire.Sent);
    }

    [Theory]
    [InlineData("<Error minorErrorCode=\"NOT_FOUND\"/>", HttpStatusCode.NotFound)]
    [InlineData("<html><title>IIS</title></html>", HttpStatusCode.OK)]
    [InlineData("[]", HttpStatusCode.OK)]
    public async Task A_token_is_not_taken_to_something_that_is_no_Orchestrator(string body, HttpStatusCode status)
    {
        var wire = new ScriptedHandler(_ => Json(body, status));

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => VeloCloudSession.UseTokenAsync(Settings(wire), SecretText.From("aaaa.bbbb.cccc")!, SilentObserver.Instance, CancellationToken.None));

        Assert.Equal("VeloCloud.Protocol", error.ErrorId);
        Assert.Contains("VeloCloud Orchestrator", error.Message + error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Token abc")]
    [InlineData("a\r\nX-Header: b")]
    public async Task A_token_that_can_be_none_is_not_sent(string token)
    {
        var wire = new ScriptedHandler(_ => Json("{}"));

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => VeloCloudSession.UseTokenAsync(Settings(wire), SecretText.From(token) ?? new System.Security.SecureString(), SilentObserver.Instance, CancellationToken.None));

        Assert.Equal("VeloCloud.Validation", error.ErrorId);
        Assert.Empty(wire.Sent);
    }

    [Theory]
    [InlineData("""{"username":"super@vco.example","name":"x"}""", "super@vco.example")]
    [InlineData("""{"sub":42,"email":"a@b.example"}""", "a@b.example")]
    [InlineData("""{"tokenUuid":"1f89f6d9-c315-47a3"}""", "token-1f89f6d9")]
    [InlineData("""{"username":"a\u0007b"}""", "token")]
    [InlineData("""{"username":"\ud800"}""", "\\ud800")]
    [InlineData("""[]""", "token")]
    [InlineData("not json", "token")]
    public void The_name_in_a_token_is_taken_as_it_comes(string payload, string expected)
        => Assert.Equal(expected, VeloCloudToken.UserOf("e30." + Convert.ToBase64String(Encoding.UTF8.GetBytes(payload)).TrimEnd('=').Replace('+', '-').Replace('/', '_') + ".sig"));

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.%%%.c")]
    public void A_token_that_is_no_web_token_has_no_name(string token) => Assert.Equal("token", VeloCloudToken.UserOf(token));

    [Theory]
    [InlineData("""{"error":{"code":-32000,"message":"it broke"}}""", "VeloCloud.ServerError", "it broke")]
    [InlineData("""{"error":{"code":-32600,"message":"bad","data":{"valid":false,"error":[{"code":1,"message":"must be a number","path":"#/id"}],"warning":[]}}}""", "VeloCloud.Validation", "#/id: must be a number")]
    [InlineData("""{"error":{"message":"Permission denied for this request"}}""", "VeloCloud.Permission", "Permission denied")]
    [InlineData("""{"rows":0,"error":"no such edge"}""", "VeloCloud.Failed", "no such edge")]
    [InlineData("""{"id":5,"rows":1,"error":"only half of it"}""", "VeloCloud.Failed", "only half of it")]
    [InlineData("""{"error":"alone"}""", "VeloCloud.Failed", "alone")]
    public async Task A_200_that_says_error_is_an_error(string body, string id, string said)
    {
        var (session, _) = await ConnectAsync(_ => Json(body));
        await using var __ = session;

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => AllAsync(new VeloCloudClient(session, SilentObserver.Instance).InvokeAsync("edge/updateEdgeAttributes", "{}"u8.ToArray(), CancellationToken.None)));

        Assert.Equal(id, error.ErrorId);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"rows":1,"error":null}""")]
    [InlineData("""{"rows":1,"error":""}""")]
    [InlineData("""{"name":"x","error":"a member of some object"}""")]
    [InlineData("""{"id":5}""")]
    public async Task A_200_that_says_none_is_none(string body)
    {
        var (session, _) = await ConnectAsync(_ => Json(body));
        await using var __ = session;

        Assert.Single(await AllAsync(new VeloCloudClient(session, SilentObserver.Instance).InvokeAsync("edge/updateEdgeAttributes", "{}"u8.ToArray(), CancellationToken.None)));
    }

    [Fact]
    public async Task An_error_that_is_as_long_as_a_page_is_found_while_it_is_read()
    {
        var details = string.Join(',', Enumerable.Range(0, 2000).Select(i => $$"""{"code":{{i}},"message":"wrong member number {{i}}","path":"#/x"}"""));
        var (session, _) = await ConnectAsync(_ => Json("{\"error\":{\"code\":-32600,\"message\":\"bad request\",\"data\":{\"error\":[" + details + "]}}}"));
        await using var __ = session;

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEdgesAsync(7, null, [], CancellationToken.None)));

        Assert.Equal("VeloCloud.Validation", error.ErrorId);
        Assert.Contains("and 1995 more", error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Length < 2000);
    }

    [Fact]
    public async Task A_429_keeps_the_whole_connection_quiet_for_five_seconds()
    {
        var time = new ManualTime { AutoAdvance = TimeSpan.FromSeconds(60) };
        var limited = 1;
        var (session, wire) = await ConnectAsync(_ => Interlocked.Decrement(ref limited) >= 0 ? Json("slow down", HttpStatusCode.TooManyRequests) : Json("""{"id":7,"name":"Acme"}"""), time);
        await using var _ = session;
        var before = time.GetUtcNow();

        await AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEnterprisesAsync(CancellationToken.None));

        Assert.Equal(3, wire.Sent.Count);
        Assert.InRange(time.GetUtcNow() - before, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task Logging_out_tells_the_server_once_and_takes_its_302()
    {
        var (session, wire) = await ConnectAsync(_ => Cookies(HttpStatusCode.Found));
        await using var _ = session;

        await session.LogoutAsync(SilentObserver.Instance, CancellationToken.None);

        Assert.Equal("login/enterpriseLogin logout", string.Join(' ', wire.Sent.Select(MethodOf)));
        Assert.Equal("velocloud.session=cookie-1", wire.Sent[1].Headers["Cookie"]);
        Assert.Equal("{}", wire.Sent[1].Body);
    }

    [Fact]
    public async Task A_token_is_not_logged_out()
    {
        var (session, wire) = await ConnectByTokenAsync(_ => Json("{}"));
        await using var _ = session;

        await session.LogoutAsync(SilentObserver.Instance, CancellationToken.None);

        Assert.Single(wire.Sent);
    }

    [Fact]
    public async Task No_secret_is_said_under_debug()
    {
        var observer = new RecordingObserver();
        var wire = new ScriptedHandler(sent => MethodOf(sent) switch
        {
            "login/enterpriseLogin" => LoggedIn("c00kie-secret"),
            "enterprise/downloadApiToken" => Json("""{"token":"tok-en-secret"}"""),
            "edge/updateEdgeAdminPassword" => Json($$"""{"rows":1,"error":null,"echo":"{{Password}}2"}"""),
            _ => Json("""{"rows":1,"error":null,"echo":"psk-secret","activationKey":"KEYS-ECRE-T000"}"""),
        });
        await using var session = await VeloCloudSession.LogInAsync(Settings(wire), "u", SecretText.From(Password)!, asOperator: false, observer, CancellationToken.None);
        var client = new VeloCloudClient(session, observer);

        await AllAsync(client.InvokeAsync("edge/updateEdgeAdminPassword", JsonSerializer.SerializeToUtf8Bytes(new { id = 1, username = "root", password = Password + "2" }), CancellationToken.None));
        await AllAsync(client.InvokeAsync("enterprise/insertObjectGroup", JsonSerializer.SerializeToUtf8Bytes(new { name = "x", data = new { presharedKey = "psk-secret" } }), CancellationToken.None));
        var token = await AllAsync(client.InvokeAsync("enterprise/downloadApiToken", """{"id":1}"""u8.ToArray(), CancellationToken.None));

        Assert.Equal("tok-en-secret", token[0].GetProperty("token").GetString());
        Assert.Contains("insertObjectGroup", observer.Text, StringComparison.Ordinal);
        foreach (var secret in new[] { Password, "c00kie-secret", "tok-en-secret", "KEYS-ECRE-T000", "psk-secret" })
        {
            Assert.DoesNotContain(secret, observer.Text, StringComparison.Ordinal);
        }
    }
}
