using System.Net;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vro;

/// <summary>Lists of plans: pages, filters that are refused, answers that are none.</summary>
public sealed class VroPlansTests
{
    [Fact]
    public async Task Pages_are_followed_until_the_total_is_reached_and_not_before_they_are_needed()
    {
        var server = Pages(250);
        await using var session = await server.ConnectAsync();
        var client = new VroClient(session, server.Observer);

        var some = new List<VroPlan>();
        await foreach (var plan in client.ListPlansAsync(new VroPlanQuery(), default))
        {
            some.Add(plan);
            if (some.Count == 90)
            {
                Assert.Single(Lists(server).Skip(1));
            }
        }

        Assert.Equal(250, some.Select(p => p.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("0 100 200", string.Join(' ', Lists(server).Skip(1).Select(s => Query(s)["start"])));
        Assert.All(some, p => Assert.Equal(session.ConnectionName, p.Connection));
    }

    [Fact]
    public async Task First_asks_for_no_more_than_is_wanted()
    {
        var server = Pages(250);
        await using var session = await server.ConnectAsync();

        Assert.Equal(5, (await ListAsync(session, server, new VroPlanQuery { First = 5 })).Count);

        Assert.Equal("5", Query(Lists(server).Last())["limit"]);
    }

    [Fact]
    public async Task A_page_that_stays_empty_ends_the_list_although_the_total_promised_more()
    {
        var server = new FakeVro(r => IsList(r) ? ScriptedHandler.Json(Query(r)["start"] == "0" ? """{"total":9,"data":[{"id":"1","name":"a"}]}""" : """{"total":9,"data":[]}""") : null);
        await using var session = await server.ConnectAsync();
        Assert.Single(await ListAsync(session, server, new VroPlanQuery()));
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task A_like_that_is_refused_is_matched_here(HttpStatusCode status)
    {
        var server = new FakeVro(r => IsList(r) && r.Uri.Query.Contains("like", StringComparison.Ordinal) ? ScriptedHandler.Json("""{"message":"unknown operator"}""", status) : IsList(r) ? Page(0, 10, 10) : null) { Time = new ManualTime { AutoAdvance = TimeSpan.FromSeconds(60) } };
        await using var session = await server.ConnectAsync();

        var found = await ListAsync(session, server, new VroPlanQuery { NameParts = ["plan-"], Match = p => p.Name.EndsWith('3') });

        Assert.Equal("plan-3", Assert.Single(found).Name);
        Assert.DoesNotContain("like", Lists(server).Last().Uri.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sort_order_that_is_refused_is_left_out_and_a_filter_of_the_users_is_not()
    {
        var server = new FakeVro(r => IsList(r) && r.Uri.Query.Contains("sort", StringComparison.Ordinal) ? ScriptedHandler.Json("""{"message":"no"}""", HttpStatusCode.BadRequest) : IsList(r) ? Page(0, 2, 2) : null);
        await using var session = await server.ConnectAsync();

        Assert.Equal(2, (await ListAsync(session, server, new VroPlanQuery())).Count);
        var own = System.Text.Json.JsonDocument.Parse("[]").RootElement;
        Assert.Equal("Vro.Validation", (await Assert.ThrowsAsync<OrchestratorApiException>(() => ListAsync(session, server, new VroPlanQuery { Filter = own }))).ErrorId);
    }

    [Fact]
    public async Task Nothing_found_by_the_servers_comparison_is_looked_for_here()
    {
        var server = new FakeVro(r => IsList(r) ? r.Uri.Query.Contains("filter", StringComparison.Ordinal) ? ScriptedHandler.Json("""{"total":0,"data":[]}""") : Page(0, 10, 10) : null);
        await using var session = await server.ConnectAsync();

        Assert.Single(await ListAsync(session, server, new VroPlanQuery { Names = ["PLAN-3"], DoubtsNothing = true, Match = p => p.Name.Equals("PLAN-3", StringComparison.OrdinalIgnoreCase) }));
    }

    [Theory]
    [InlineData("<html><body>Sign in</body></html>", "text/html")]
    [InlineData("""{"total":5,"data":[{"id":"1","name":"a""", "application/json")]
    [InlineData("""{"total":5}""", "application/json")]
    [InlineData("42", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("DEEP", "application/json")]
    public async Task What_is_no_list_is_an_error_of_its_own(string body, string type)
    {
        body = body == "DEEP" ? """{"total":1,"data":[""" + new string('[', 1000) + new string(']', 1000) + "]}" : body;
        var bad = false;
        var server = new FakeVro(r => bad && IsList(r) ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, System.Text.Encoding.UTF8, type) } : null);
        await using var session = await server.ConnectAsync();
        bad = true;

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => ListAsync(session, server, new VroPlanQuery()));

        Assert.Equal("Vro.Protocol", error.ErrorId);
        Assert.Contains("not as a Veeam Recovery Orchestrator", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Plans", "/api/v7.21/Plans")]
    [InlineData("/Plans?x=1", "/api/v7.21/Plans?x=1")]
    [InlineData("/api/v7.2/Plans", "/api/v7.2/Plans")]
    [InlineData("//evil.example/x", "/api/v7.21/evil.example/x")]
    [InlineData("https://vro.example:9898/api/x", "https://vro.example:9898/api/x")]
    public async Task A_raw_path_stays_at_the_server(string path, string address)
    {
        var server = new FakeVro();
        await using var session = await server.ConnectAsync();
        Assert.Equal(address, new VroClient(session, server.Observer).AddressOf(path, []).OriginalString);
    }

    [Fact]
    public async Task Another_address_gets_no_token()
    {
        var server = new FakeVro();
        await using var session = await server.ConnectAsync();
        var client = new VroClient(session, server.Observer);
        var before = server.Wire.Sent.Count;

        await Assert.ThrowsAsync<OrchestratorApiException>(() => client.SendRawAsync(HttpMethod.Get, client.AddressOf("https://evil.example/x", []), null, default));

        Assert.Equal(before, server.Wire.Sent.Count);
    }

    private static FakeVro Pages(int total) => new(r => IsList(r) ? Page(int.Parse(Query(r)["start"], System.Globalization.CultureInfo.InvariantCulture), int.Parse(Query(r)["limit"], System.Globalization.CultureInfo.InvariantCulture), total) : null);

    private static HttpResponseMessage Page(int start, int limit, int total)
        => ScriptedHandler.Json($$"""{"total":{{total}},"data":[{{string.Join(',', Enumerable.Range(start, Math.Max(0, Math.Min(limit, total - start))).Select(i => $$"""{"id":"{{i}}","name":"plan-{{i}}"}"""))}}]}""");

    private static bool IsList(SentRequest r) => r.Method == "GET" && r.Uri.AbsolutePath.EndsWith("/Plans", StringComparison.Ordinal);

    private static IEnumerable<SentRequest> Lists(FakeVro server) => server.Wire.Sent.Where(IsList);

    private static Dictionary<string, string> Query(SentRequest r)
        => r.Uri.Query.TrimStart('?').Split('&').Select(p => p.Split('=')).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]), StringComparer.Ordinal);

    private static async Task<List<VroPlan>> ListAsync(VroSession session, FakeVro server, VroPlanQuery query)
    {
        var plans = new List<VroPlan>();
        await foreach (var plan in new VroClient(session, server.Observer).ListPlansAsync(query, default))
        {
            plans.Add(plan);
        }

        return plans;
    }
}
