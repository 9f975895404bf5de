using System.Net;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Tests.Http;
using static OrchestratorTools.Tests.VeloCloud.Wire;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>APIv2: where it is, pages, errors, changes, and operations that go on after their answer.</summary>
public sealed class V2ClientTests
{
    [Fact]
    public async Task Where_it_is_is_asked_once_a_connection()
    {
        var (session, wire) = await ConnectAsync(_ => Json("""{"data":[]}"""));
        await using var _ = session;

        await Client(session).GetAsync("enterprises/a/", null, CancellationToken.None);
        await Client(session).GetAsync("enterprises/b/", null, CancellationToken.None);

        Assert.Equal("/api/sdwan/v2/enterprises/?limit=1 /api/sdwan/v2/enterprises/a/ /api/sdwan/v2/enterprises/b/", Paths(wire));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "")]
    [InlineData(HttpStatusCode.OK, "<!DOCTYPE html><html></html>")]
    public async Task An_old_release_has_it_elsewhere(HttpStatusCode status, string body)
    {
        var (session, wire) = await ConnectAsync(sent => sent.Uri.AbsolutePath.StartsWith("/sdwan/", StringComparison.Ordinal)
            ? Json("""{"data":[]}""")
            : new HttpResponseMessage(status) { Content = new StringContent(body) });
        await using var _ = session;

        await Client(session).GetAsync("enterprises/a/", null, CancellationToken.None);

        Assert.Equal("/api/sdwan/v2/enterprises/?limit=1 /sdwan/enterprises/?limit=1 /sdwan/enterprises/a/", Paths(wire));
    }

    [Fact]
    public async Task A_redirect_of_the_old_path_is_no_sign_of_an_old_release()
    {
        var (session, wire) = await ConnectAsync(sent =>
        {
            if (sent.Uri.AbsolutePath.StartsWith("/sdwan/", StringComparison.Ordinal))
            {
                var redirect = new HttpResponseMessage(HttpStatusCode.PermanentRedirect) { Content = new ByteArrayContent([]) };
                redirect.Headers.Location = new Uri("/api/sdwan/v2/enterprises/", UriKind.Relative);
                return redirect;
            }

            return sent.Uri.Query.Length > 0 ? new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new ByteArrayContent([]) } : Json("{}");
        });
        await using var _ = session;

        await Client(session).GetAsync("enterprises/a/", null, CancellationToken.None);

        Assert.EndsWith("/api/sdwan/v2/enterprises/a/", Paths(wire), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_in_JSON_tells_that_it_is_there()
    {
        var (session, wire) = await ConnectAsync(sent => sent.Uri.Query.Length > 0 ? Json("""{"code":"ForbiddenError","message":"no"}""", HttpStatusCode.Forbidden) : Json("{}"));
        await using var _ = session;

        Assert.Equal("/api/sdwan/v2/", await Client(session).GetPrefixAsync(CancellationToken.None));
        Assert.Equal(2, wire.Sent.Count);
    }

    [Fact]
    public async Task A_server_without_it_is_said()
    {
        var (session, _) = await ConnectAsync(_ => new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new ByteArrayContent([]) });
        await using var __ = session;

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => Client(session).GetPrefixAsync(CancellationToken.None));

        Assert.Equal(OrchestratorErrorKind.Protocol, error.Kind);
        Assert.Contains("/sdwan/", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_are_followed_beside_the_query_and_escaped()
    {
        var (session, wire) = await ConnectAsync(sent => sent.Uri.Query.Contains("nextPageLink", StringComparison.Ordinal)
            ? Json("""{"data":[{"logicalId":"c"}],"metaData":{"more":false}}""")
            : Json("""{"_href":"x","data":[{"logicalId":"a"},{"logicalId":"b"}],"metaData":{"limit":2,"more":true,"nextPageLink":"a+b/=="}}"""));
        await using var _ = session;

        var all = await AllAsync(Client(session).ListAsync("enterprises/e/edges/", [new("name[contains]", "ä b"), new("include", "site.*")], followLinks: true, CancellationToken.None));

        Assert.Equal("a b c", string.Join(' ', all.Select(e => e.GetProperty("logicalId").GetString())));
        Assert.Equal("/api/sdwan/v2/enterprises/e/edges/?name%5Bcontains%5D=%C3%A4%20b&include=site.%2A&nextPageLink=a%2Bb%2F%3D%3D", wire.Sent[^1].Uri.PathAndQuery);
    }

    [Fact]
    public async Task A_bare_list_and_an_object_are_lists_too()
    {
        var (session, _) = await ConnectAsync(sent => sent.Uri.AbsolutePath.EndsWith("/bare", StringComparison.Ordinal) ? Json("""[{"id":1},{"id":2}]""") : Json("""{"logicalId":"x","metaData":null}"""));
        await using var __ = session;

        Assert.Equal(2, (await AllAsync(Client(session).ListAsync("bare", null, followLinks: true, CancellationToken.None))).Count);
        Assert.Equal("x", (await AllAsync(Client(session).ListAsync("one", null, followLinks: true, CancellationToken.None)))[0].GetProperty("logicalId").GetString());
    }

    [Fact]
    public async Task A_page_that_breaks_off_is_asked_for_again_and_nothing_comes_twice()
    {
        var page = """{"data":[""" + string.Join(',', Enumerable.Range(1, 400).Select(i => $$"""{"logicalId":"edge-{{i}}","filler":"{{new string('x', 200)}}"}""")) + """],"metaData":{"more":false}}""";
        var asked = 0;
        var (session, wire) = await ConnectAsync(sent => sent.Uri.Query.Length > 0 || asked++ > 0 ? Json(page) : Broken(page, page.Length / 2));
        await using var _ = session;

        var all = await AllAsync(Client(session).ListAsync("enterprises/e/edges/", null, followLinks: true, CancellationToken.None));

        Assert.Equal(400, all.Count);
        Assert.Equal(400, all.Select(e => e.GetProperty("logicalId").GetString()).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(2, asked);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, OrchestratorErrorKind.Validation)]
    [InlineData(HttpStatusCode.Forbidden, OrchestratorErrorKind.Permission)]
    [InlineData(HttpStatusCode.NotFound, OrchestratorErrorKind.NotFound)]
    [InlineData(HttpStatusCode.UnsupportedMediaType, OrchestratorErrorKind.Protocol)]
    [InlineData((HttpStatusCode)422, OrchestratorErrorKind.Validation)]
    public async Task Errors_are_read(HttpStatusCode status, OrchestratorErrorKind kind)
    {
        var (session, _) = await ConnectAsync(sent => sent.Uri.Query.Length > 0
            ? Json("[]")
            : Json("""{"code":"Bad","displayMessage":"It is wrong","message":"inner","developerMessage":"dev","errors":[{"property":"name","message":"too long"}],"property":null,"documentation":null}""", status));
        await using var __ = session;

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => Client(session).GetAsync("x", null, CancellationToken.None));

        Assert.Equal(kind, error.Kind);
        Assert.Equal("Bad", error.ServerCode);
        Assert.Contains("It is wrong; name: too long", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task A_change_is_sent_once(string method)
    {
        var (session, wire) = await ConnectAsync(sent => sent.Method == "GET" ? Json("[]") : throw ScriptedHandler.Reset());
        await using var _ = session;

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => Client(session).SendAsync(new HttpMethod(method), "x", null, "{}"u8.ToArray(), "Get-It shows it.", CancellationToken.None));

        Assert.Equal(OrchestratorErrorKind.OutcomeUnknown, error.Kind);
        Assert.Equal("Get-It shows it.", error.RecommendedAction);
        Assert.Single(wire.Sent, s => s.Method == method && s.Uri.AbsolutePath.EndsWith("/x", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_read_is_sent_again()
    {
        var failed = false;
        var (session, _) = await ConnectAsync(sent => sent.Uri.Query.Length > 0 || failed ? Json("{}") : throw Fail(ref failed));
        await using var __ = session;

        Assert.NotNull(await Client(session).GetAsync("x", null, CancellationToken.None));

        static Exception Fail(ref bool failed)
        {
            failed = true;
            return ScriptedHandler.Reset();
        }
    }

    [Fact]
    public async Task An_operation_is_followed_to_its_end()
    {
        var looks = 0;
        var (session, wire) = await ConnectAsync(sent => sent.Method == "PATCH"
            ? Accepted("/api/sdwan/v2/asyncOperations/7")
            : sent.Uri.AbsolutePath.EndsWith("asyncOperations/7", StringComparison.Ordinal) ? Json(++looks < 3 ? """{"status":"IN_PROGRESS"}""" : """{"status":"SUCCESS","id":"7"}""") : Json("[]"));
        await using var _ = session;
        var client = Client(session);
        var seen = new List<string>();

        var answer = await client.SendAsync(HttpMethod.Patch, "x", null, "[]"u8.ToArray(), null, CancellationToken.None);
        var end = await client.WaitAsync(answer, null, seen.Add, CancellationToken.None);

        Assert.True(answer.IsUnderWay);
        Assert.Equal("7", end!.Value.GetProperty("id").GetString());
        Assert.Equal("IN_PROGRESS IN_PROGRESS SUCCESS", string.Join(' ', seen));
        Assert.Single(wire.Sent, s => s.Method == "PATCH");
    }

    [Fact]
    public async Task An_operation_that_fails_is_an_error_with_its_reason()
    {
        var (session, _) = await ConnectAsync(sent => sent.Method == "PUT" ? Accepted("/api/sdwan/v2/asyncOperations/7") : Json("""{"status":"ERROR","errors":[{"message":"The edge did not take it."}]}"""));
        await using var __ = session;
        var client = Client(session);
        var answer = await client.SendAsync(HttpMethod.Put, "x", null, "{}"u8.ToArray(), null, CancellationToken.None);

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.WaitAsync(answer, null, null, CancellationToken.None));

        Assert.Equal(OrchestratorErrorKind.Failed, error.Kind);
        Assert.Contains("The edge did not take it.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_that_takes_too_long_ends_and_says_that_the_operation_goes_on()
    {
        var (session, _) = await ConnectAsync(sent => sent.Method == "PUT" ? Accepted("/api/sdwan/v2/asyncOperations/7") : Json("""{"status":"QUEUED"}"""));
        await using var __ = session;
        var client = Client(session);
        var answer = await client.SendAsync(HttpMethod.Put, "x", null, "{}"u8.ToArray(), null, CancellationToken.None);

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.WaitAsync(answer, TimeSpan.FromSeconds(90), null, CancellationToken.None));

        Assert.Equal(OrchestratorErrorKind.Timeout, error.Kind);
        Assert.Contains("QUEUED", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_that_the_server_does_not_know_any_more_ended_nobody_knows_how()
    {
        var (session, _) = await ConnectAsync(sent => sent.Method == "PUT"
            ? Accepted("/api/sdwan/v2/asyncOperations/7")
            : sent.Uri.Query.Length > 0 ? Json("[]") : Json("""{"code":"NotFoundError","message":"gone"}""", HttpStatusCode.NotFound));
        await using var __ = session;
        var client = Client(session);
        var answer = await client.SendAsync(HttpMethod.Put, "x", null, "{}"u8.ToArray(), null, CancellationToken.None);

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.WaitAsync(answer, null, null, CancellationToken.None));

        Assert.Equal(OrchestratorErrorKind.OutcomeUnknown, error.Kind);
    }

    [Fact]
    public async Task An_address_of_another_server_is_refused()
    {
        var (session, wire) = await ConnectAsync(_ => Json("[]"));
        await using var _ = session;

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => Client(session).GetAsync("https://elsewhere.example/api/sdwan/v2/x", null, CancellationToken.None));

        Assert.Equal(OrchestratorErrorKind.Protocol, error.Kind);
        Assert.DoesNotContain(wire.Sent, s => s.Uri.Host == "elsewhere.example");
    }

    [Fact]
    public async Task A_path_may_have_either_prefix_or_be_a_whole_address_of_this_server()
    {
        var (session, wire) = await ConnectAsync(_ => Json("{}"));
        await using var _ = session;
        var client = Client(session);

        foreach (var path in new[] { "x/1", "/x/1", "/api/sdwan/v2/x/1", "/sdwan/x/1", "https://vco.example/api/sdwan/v2/x/1" })
        {
            await client.GetAsync(path, null, CancellationToken.None);
        }

        Assert.All(wire.Sent.Skip(2), s => Assert.Equal("/api/sdwan/v2/x/1", s.Uri.PathAndQuery));
        Assert.Equal(5, wire.Sent.Count(s => s.Uri.AbsolutePath.EndsWith("/x/1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_session_that_the_server_forgot_is_logged_in_again()
    {
        var forgotten = false;
        var (session, wire) = await ConnectAsync(sent =>
        {
            if (sent.Uri.Query.Length == 0 && !forgotten)
            {
                forgotten = true;
                return Json("""{"code":"UnauthorizedError","message":"tokenError [expired session cookie]"}""", HttpStatusCode.Unauthorized);
            }

            return Json("{}");
        });
        await using var _ = session;

        Assert.NotNull(await Client(session).GetAsync("x", null, CancellationToken.None));
        Assert.Equal(2, wire.Sent.Count(s => s.Uri.AbsolutePath.Contains("/login/", StringComparison.Ordinal)));
    }

    private static VeloCloudV2Client Client(VeloCloudSession session) => new(session, SilentObserver.Instance);

    private static string Paths(ScriptedHandler wire) => string.Join(' ', wire.Sent.Skip(1).Select(s => s.Uri.PathAndQuery));

    private static HttpResponseMessage Accepted(string location)
    {
        var response = Json("{}", HttpStatusCode.Accepted);
        response.Headers.Location = new Uri(location, UriKind.Relative);
        return response;
    }
}
