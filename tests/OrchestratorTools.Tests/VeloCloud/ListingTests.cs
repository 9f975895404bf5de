using System.Net;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Tests.Http;
using static OrchestratorTools.Tests.VeloCloud.Wire;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>Lists: pages, when the next one is asked for, and connections that break inside one.</summary>
public sealed class ListingTests
{
    [Fact]
    public async Task Pages_are_followed_by_their_links_with_the_same_parameters()
    {
        var (session, wire) = await ConnectAsync(sent => LinkOf(sent) switch
        {
            null => Json(Page(Enumerable.Range(1, 8), "two")),
            "two" => Json(Page(Enumerable.Range(9, 8), "three")),
            _ => Json(Page([17], null)),
        });
        await using var _ = session;

        var edges = await AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEdgesAsync(7, "Acme", ["recentLinks"], CancellationToken.None));

        Assert.Equal(Enumerable.Range(1, 17).Select(i => (long)i), edges.Select(e => e.Id));
        Assert.All(edges, e => Assert.Equal("Acme", e.EnterpriseName));
        Assert.Equal(
            """{"enterpriseId":7,"with":["recentLinks"],"limit":500} {"enterpriseId":7,"with":["recentLinks"],"limit":500,"nextPageLink":"two"} {"enterpriseId":7,"with":["recentLinks"],"limit":500,"nextPageLink":"three"}""",
            string.Join(' ', wire.Sent.Skip(1).Select(s => s.Body)));
    }

    [Fact]
    public async Task The_next_page_is_asked_for_when_a_quarter_was_taken_and_not_before()
    {
        var (session, wire) = await ConnectAsync(sent => Json(LinkOf(sent) is null ? Page(Enumerable.Range(1, 8), "two") : Page([9], null)));
        await using var _ = session;

        await using var edges = new VeloCloudClient(session, SilentObserver.Instance).GetEdgesAsync(null, null, [], CancellationToken.None).GetAsyncEnumerator();
        await edges.MoveNextAsync();
        await edges.MoveNextAsync();

        // The second one is in hand, the first one was taken: an eighth.
        Assert.Equal(2, wire.Sent.Count);
        await edges.MoveNextAsync();

        // Two of eight were taken.
        Assert.Equal(3, wire.Sent.Count);
    }

    [Fact]
    public async Task A_list_ends_where_the_server_says_that_there_is_no_more_whatever_link_it_names()
    {
        var (session, wire) = await ConnectAsync(_ => Json("""{"metaData":{"limit":2,"more":false,"nextPageLink":"two"},"data":[{"id":1,"name":"n"}]}"""));
        await using var _ = session;

        var edges = await AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEdgesAsync(null, null, [], CancellationToken.None));

        Assert.Equal(1, Assert.Single(edges).Id);
        Assert.Equal(2, wire.Sent.Count);
    }

    [Fact]
    public async Task A_list_that_is_given_up_early_asks_for_no_second_page()
    {
        var (session, wire) = await ConnectAsync(_ => Json(Page(Enumerable.Range(1, 8), "two")));
        await using var _ = session;

        await foreach (var edge in new VeloCloudClient(session, SilentObserver.Instance).GetEdgesAsync(null, null, [], CancellationToken.None))
        {
            Assert.Equal(1, edge.Id);
            break;
        }

        Assert.Equal(2, wire.Sent.Count);
    }

    [Fact]
    public async Task A_page_that_was_asked_for_early_and_is_not_wanted_is_let_go()
    {
        var second = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var wire = new ScriptedHandler(async (sent, token) =>
        {
            if (sent.Uri.AbsolutePath.Contains("login", StringComparison.Ordinal))
            {
                return LoggedIn("x1234567");
            }

            if (LinkOf(sent) is null)
            {
                return Json(Page(Enumerable.Range(1, 8), "two"));
            }

            second.SetResult();
            await using var registration = token.Register(() => cancelled.SetResult());
            await cancelled.Task;
            throw new OperationCanceledException(token);
        });
        await using var session = await VeloCloudSession.LogInAsync(Settings(wire), "u", SecretText.From(Password)!, asOperator: false, SilentObserver.Instance, CancellationToken.None);

        async Task ReadThreeAsync()
        {
            await foreach (var edge in new VeloCloudClient(session, SilentObserver.Instance).GetEdgesAsync(null, null, [], CancellationToken.None))
            {
                if (edge.Id == 3)
                {
                    await second.Task;
                    break;
                }
            }
        }

        // The bound only keeps a failure from waiting for ever.
        await ReadThreeAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(cancelled.Task.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(90)]
    [InlineData(300)]
    public async Task A_page_that_breaks_off_is_asked_for_again_and_nothing_comes_twice(int after)
    {
        var breaks = 2;
        var (session, wire) = await ConnectAsync(sent => LinkOf(sent) is null
            ? Json(Page([1, 2], "two", limit: 2))
            : breaks-- > 0 ? Broken(Page([3, 4, 5, 6], null, limit: 2), after) : Json(Page([6, 4, 3, 5], null, limit: 2)));
        await using var _ = session;

        var edges = await AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEdgesAsync(null, null, [], CancellationToken.None));

        // The server lists in another order the second time; the ids tell.
        Assert.Equal("1 2 3 4 5 6", string.Join(' ', edges.Select(e => e.Id).Order()));
        Assert.Equal(5, wire.Sent.Count);
    }

    [Fact]
    public async Task A_page_that_names_another_next_page_the_second_time_is_believed()
    {
        var first = true;
        var (session, wire) = await ConnectAsync(sent =>
        {
            if (LinkOf(sent) is { } link)
            {
                return Json(link == "new" ? Page([4], null) : Page([9], null));
            }

            (var answer, first) = (first ? Broken(Page([1, 2, 3], "old", limit: 2), 200) : Json(Page([1, 2, 3], "new", limit: 2)), false);
            return answer;
        });
        await using var _ = session;

        var edges = await AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEdgesAsync(null, null, [], CancellationToken.None));

        Assert.Equal("1 2 3 4", string.Join(' ', edges.Select(e => e.Id)));
        Assert.Contains(wire.Sent, s => s.Body!.Contains("new", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_that_keeps_breaking_off_is_asked_for_no_oftener_than_requests_are_repeated()
    {
        var (session, wire) = await ConnectAsync(_ => Broken(Page([1, 2, 3], null), 200), retries: 2);
        await using var _ = session;

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEdgesAsync(null, null, [], CancellationToken.None)));

        Assert.Equal("VeloCloud.Unreachable", error.ErrorId);
        Assert.Equal(4, wire.Sent.Count);
    }

    [Fact]
    public async Task A_list_without_ids_that_breaks_off_is_not_begun_again()
    {
        var (session, wire) = await ConnectAsync(_ => Broken("""[{"name":"a"},{"name":"b"},{"name":"c"}]""", 30));
        await using var _ = session;

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => AllAsync(new VeloCloudClient(session, SilentObserver.Instance).InvokeAsync("metrics/getEdgeAppMetrics", "{}"u8.ToArray(), CancellationToken.None)));

        Assert.Equal("VeloCloud.Unreachable", error.ErrorId);
        Assert.Equal(2, wire.Sent.Count);
    }

    [Theory]
    [InlineData("""{"metaData":{"limit":2,"more":true,"nextPageLink":"same"},"data":[]}""", "never end")]
    [InlineData("""{"metaData":{"limit":2,"more":true},"data":[]}""", "no nextPageLink")]
    [InlineData("""{"metaData":{"limit":2}}""", "holds no list")]
    [InlineData("""{"data":[{"id":1}""", "not the JSON")]
    [InlineData("""<html><title>Welcome</title></html>""", "not the JSON")]
    [InlineData("\"text\"", "neither a list nor an object")]
    [InlineData("", "not the JSON")]
    public async Task A_list_that_cannot_be_right_is_an_error(string body, string said)
    {
        var (session, wire) = await ConnectAsync(_ => Json(body));
        await using var _ = session;

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEdgesAsync(null, null, [], CancellationToken.None)));

        Assert.Equal("VeloCloud.Protocol", error.ErrorId);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.True(wire.Sent.Count <= 3);
    }

    [Fact]
    public async Task A_thousand_levels_are_too_deep_and_a_hundred_are_not()
    {
        var depth = 1000;
        var (session, _) = await ConnectAsync(_ => Json($$"""[{"id":1,"name":"n","x":{{new string('[', depth)}}{{new string(']', depth)}}}]"""));
        await using var __ = session;
        var client = new VeloCloudClient(session, SilentObserver.Instance);

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => AllAsync(client.GetEdgesAsync(null, null, [], CancellationToken.None)));
        Assert.Equal("VeloCloud.Protocol", error.ErrorId);

        depth = 100;
        var edge = Assert.Single(await AllAsync(client.GetEdgesAsync(null, null, [], CancellationToken.None)));
        Assert.True(edge.AdditionalProperties.ContainsKey("x"));
    }

    [Fact]
    public async Task A_bare_list_is_a_list_of_one_page()
    {
        var (session, wire) = await ConnectAsync(_ => Json($"[{Edge(1)},null,{Edge(2)}]"));
        await using var _ = session;

        var edges = await AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEdgesAsync(null, null, [], CancellationToken.None));

        Assert.Equal("1 2", string.Join(' ', edges.Select(e => e.Id)));
        Assert.Equal(2, wire.Sent.Count);
    }

    [Fact]
    public async Task The_session_may_end_between_two_pages()
    {
        var (session, wire) = await ConnectAsync(sent => LinkOf(sent) is null
            ? Json(Page([1, 2], "two", limit: 2))
            : sent.Headers["Cookie"] == "velocloud.session=cookie-1" ? TokenError() : Json(Page([3], null)));
        await using var _ = session;

        var edges = await AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEdgesAsync(null, null, [], CancellationToken.None));

        Assert.Equal("1 2 3", string.Join(' ', edges.Select(e => e.Id)));
        Assert.Equal(5, wire.Sent.Count);
    }

    [Fact]
    public async Task A_large_page_is_not_read_ahead_of_its_reader()
    {
        // Six megabytes: whoever takes one edge must not wait for the rest.
        var body = new CountingStream(System.Text.Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(1, 80_000).Select(i => Edge(i))) + "]"));
        var (session, _) = await ConnectAsync(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) });
        await using var __ = session;

        await foreach (var edge in new VeloCloudClient(session, SilentObserver.Instance).GetEdgesAsync(null, null, [], CancellationToken.None))
        {
            Assert.Equal(1, edge.Id);
            break;
        }

        Assert.InRange(body.Count, 1, 256 * 1024);
    }

    internal static string? LinkOf(SentRequest sent)
    {
        using var body = JsonDocument.Parse(sent.Body!);
        return body.RootElement.TryGetProperty("nextPageLink", out var link) ? link.GetString() : null;
    }

    private sealed class CountingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public long Count { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            Count += read;
            return read;
        }
    }
}
