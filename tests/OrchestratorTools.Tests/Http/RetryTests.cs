using System.Net;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Resilience;

namespace OrchestratorTools.Tests.Http;

/// <summary>The table "What may be repeated" of docs/testing.md, row by row.</summary>
public sealed class RetryTests
{
    private const int Retries = 3;

    public static TheoryData<string, RequestClass, bool> Table()
    {
        var data = new TheoryData<string, RequestClass, bool>();
        void Row(string outcome, bool read, bool idempotent, bool change, bool transfer, bool login, bool first)
        {
            data.Add(outcome, RequestClass.Read, read);
            data.Add(outcome, RequestClass.Idempotent, idempotent);
            data.Add(outcome, RequestClass.Change, change);
            data.Add(outcome, RequestClass.Transfer, transfer);
            data.Add(outcome, RequestClass.Login, login);
            data.Add(outcome, RequestClass.FirstContact, first);
        }

        //  outcome      read  idemp. change transfer login first
        Row("refused", true, true, true, false, true, false);
        Row("name", true, true, true, false, true, false);
        Row("tls", false, false, false, false, false, false);
        Row("reset", true, true, false, false, false, false);
        Row("ended", true, true, false, false, false, false);
        Row("timeout", true, true, false, false, false, false);
        Row("cut", true, true, false, false, false, false);
        Row("429", true, true, true, false, true, true);
        Row("408", true, true, false, false, false, false);
        Row("500", true, true, false, false, false, false);
        Row("502", true, true, false, false, false, false);
        Row("503", true, true, false, false, false, false);
        Row("504", true, true, false, false, false, false);
        Row("501", false, false, false, false, false, false);
        Row("400", false, false, false, false, false, false);
        Row("403", false, false, false, false, false, false);
        Row("404", false, false, false, false, false, false);
        Row("409", false, false, false, false, false, false);
        return data;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Repeats_exactly_what_the_table_allows(string outcome, RequestClass kind, bool repeated)
    {
        var wire = new ScriptedHandler((_, token) => Outcome(outcome, token));
        var time = new ManualTime { AutoAdvance = TimeSpan.FromSeconds(90) };
        await using var session = Session(wire, time, timeout: outcome == "timeout" ? TimeSpan.FromSeconds(60) : TimeSpan.FromSeconds(100));

        await Assert.ThrowsAsync<OrchestratorApiException>(() => session.SendTextAsync(HttpMethod.Post, "x", kind, "body"));

        Assert.Equal(repeated ? Retries + 1 : 1, wire.Sent.Count);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("ended")]
    [InlineData("timeout")]
    [InlineData("cut")]
    [InlineData("502")]
    [InlineData("503")]
    [InlineData("504")]
    [InlineData("408")]
    public async Task A_change_whose_answer_is_lost_says_so_and_names_the_way_to_look(string outcome)
    {
        var wire = new ScriptedHandler((_, token) => Outcome(outcome, token));
        await using var session = Session(wire, new ManualTime { AutoAdvance = TimeSpan.FromSeconds(90) }, timeout: outcome == "timeout" ? TimeSpan.FromSeconds(60) : TimeSpan.FromSeconds(100));
        using var request = new HttpRequestMessage(HttpMethod.Post, "Plans/1/Failover");
        request.Options.Set(RequestKeys.OutcomeHint, "Get-VroPlanRuntime shows it.");

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => session.SendAsync(request, RequestClass.Change, SilentObserver.Instance, default));

        Assert.Equal("Vro.OutcomeUnknown", error.ErrorId);
        Assert.Contains("was not sent again", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Get-VroPlanRuntime shows it.", error.RecommendedAction);
        Assert.Single(wire.Sent);
    }

    [Fact]
    public async Task A_read_that_succeeds_on_the_third_try_succeeds()
    {
        var wire = new ScriptedHandler(sent => sent.Number < 3 ? throw ScriptedHandler.Reset() : ScriptedHandler.Json("good"));
        await using var session = Session(wire, new ManualTime { AutoAdvance = TimeSpan.FromSeconds(30) });

        Assert.Equal("good", await session.GetAsync("x"));
        Assert.Equal(3, wire.Sent.Count);
    }

    [Fact]
    public async Task Waits_grow_and_vary()
    {
        var time = new ManualTime { AutoAdvance = TimeSpan.FromSeconds(45) };
        var wire = new ScriptedHandler((_, token) => Outcome("503", token));
        await using var session = Session(wire, time, retries: 6);

        await Assert.ThrowsAsync<OrchestratorApiException>(() => session.GetAsync("x"));

        var waits = time.Waits.Where(w => w < TimeSpan.FromSeconds(100)).ToArray();
        Assert.Equal(6, waits.Length);
        Assert.True(waits[^1] > waits[0], $"{waits[0]} … {waits[^1]}");
        Assert.All(waits, w => Assert.InRange(w, TimeSpan.Zero, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Retry_after_in_seconds_is_honoured()
    {
        var time = new ManualTime { AutoAdvance = TimeSpan.FromSeconds(60) };
        var wire = new ScriptedHandler(sent => sent.Number == 1 ? Limited(r => r.Headers.TryAddWithoutValidation("Retry-After", "17")) : ScriptedHandler.Json("good"));
        await using var session = Session(wire, time);

        await session.GetAsync("x");

        Assert.Contains(TimeSpan.FromSeconds(17), time.Waits);
    }

    [Fact]
    public async Task Retry_after_as_a_date_is_honoured()
    {
        var time = new ManualTime { AutoAdvance = TimeSpan.FromSeconds(60) };
        var wire = new ScriptedHandler(sent => sent.Number == 1
            ? Limited(r => r.Headers.RetryAfter = new System.Net.Http.Headers.RetryConditionHeaderValue(time.GetUtcNow() + TimeSpan.FromSeconds(23)))
            : ScriptedHandler.Json("good"));
        await using var session = Session(wire, time);

        await session.GetAsync("x");

        Assert.Contains(TimeSpan.FromSeconds(23), time.Waits);
    }

    [Fact]
    public async Task A_server_that_asks_for_an_hour_gets_its_answer_passed_on()
    {
        var wire = new ScriptedHandler(_ => Limited(r => r.Headers.TryAddWithoutValidation("Retry-After", "3600")));
        await using var session = Session(wire, new ManualTime { AutoAdvance = TimeSpan.FromHours(2) });

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => session.GetAsync("x"));

        Assert.Equal("Vro.RateLimited", error.ErrorId);
        Assert.Single(wire.Sent);
    }

    [Fact]
    public async Task An_hour_that_one_answer_asked_for_does_not_hold_the_next_request()
    {
        var time = new ManualTime { AutoAdvance = TimeSpan.FromSeconds(10) };
        var wire = new ScriptedHandler(sent => sent.Number == 1 ? Limited(r => r.Headers.TryAddWithoutValidation("Retry-After", "3600")) : ScriptedHandler.Json("good"));
        await using var session = Session(wire, time, pause: TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<OrchestratorApiException>(() => session.GetAsync("x"));
        var before = time.GetUtcNow();
        Assert.Equal("good", await session.GetAsync("y"));

        Assert.InRange(time.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task After_a_429_all_requests_of_the_connection_wait()
    {
        // facts/velocloud.md, "Rate limits": a request during the penalty is limited too; constant 5 s.
        var time = new ManualTime();
        var limited = new TaskCompletionSource();
        var wire = new ScriptedHandler(sent =>
        {
            if (sent.Number == 1)
            {
                limited.TrySetResult();
                return Limited(_ => { });
            }

            return ScriptedHandler.Json("good");
        });
        await using var session = Session(wire, time, pause: TimeSpan.FromSeconds(5));

        var first = session.GetAsync("first");
        await limited.Task;
        await UntilAsync(() => time.Waits.Contains(TimeSpan.FromSeconds(5)));
        var second = session.GetAsync("second");
        await UntilAsync(() => time.Waits.Count(w => w == TimeSpan.FromSeconds(5)) >= 2);
        Assert.Single(wire.Sent);

        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Single(wire.Sent);
        Assert.False(first.IsCompleted || second.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(0.2));
        await UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            return first.IsCompleted && second.IsCompleted;
        });
        Assert.Equal(3, wire.Sent.Count);
    }

    [Fact]
    public async Task Stopping_ends_a_wait_between_tries_at_once()
    {
        var time = new ManualTime();
        var wire = new ScriptedHandler((_, token) => Outcome("503", token));
        await using var session = Session(wire, time);
        using var stop = new CancellationTokenSource();

        var request = session.GetAsync("x", cancellationToken: stop.Token);
        await UntilAsync(() => wire.Sent.Count == 1);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        Assert.Single(wire.Sent);
    }

    [Fact]
    public async Task Without_retries_nothing_is_repeated()
    {
        var wire = new ScriptedHandler((_, token) => Outcome("503", token));
        await using var session = Session(wire, new ManualTime(), retries: 0);

        await Assert.ThrowsAsync<OrchestratorApiException>(() => session.GetAsync("x"));

        Assert.Single(wire.Sent);
    }

    internal static TestSession Session(ScriptedHandler wire, TimeProvider time, int retries = Retries, TimeSpan? pause = null, TimeSpan? timeout = null, Func<int, Task<string>>? renew = null)
        => new(
            new ConnectionSettings
            {
                Server = new Uri("https://server.example/"),
                PrimaryHandler = () => wire,
                Resilience = ResilienceHandler.Create,
                MaximumRetryCount = retries,
                Timeout = timeout ?? TimeSpan.FromSeconds(100),
                Time = time,
            },
            pause,
            renew);

    internal static async Task UntilAsync(Func<bool> condition)
    {
        // Waits for other threads to get there; bounded by the number of turns, not by a clock.
        for (var turn = 0; turn < 100_000 && !condition(); turn++)
        {
            await Task.Yield();
            if (turn % 100 == 99)
            {
                await Task.Delay(1);
            }
        }

        Assert.True(condition());
    }

    private static HttpResponseMessage Limited(Action<HttpResponseMessage> headers)
    {
        var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        headers(response);
        return response;
    }

    private static async Task<HttpResponseMessage> Outcome(string outcome, CancellationToken token)
    {
        switch (outcome)
        {
            case "refused":
                throw ScriptedHandler.Refused();
            case "name":
                throw ScriptedHandler.UnknownName();
            case "tls":
                throw ScriptedHandler.Tls();
            case "reset":
                throw ScriptedHandler.Reset();
            case "ended":
                throw ScriptedHandler.Ended();
            case "timeout":
                await Task.Delay(Timeout.Infinite, token);
                throw new InvalidOperationException("never");
            case "cut":
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new CutStream("{\"half\":"u8.ToArray())) };
            default:
                return new HttpResponseMessage((HttpStatusCode)int.Parse(outcome, System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}

/// <summary>A body that breaks after its bytes.</summary>
internal sealed class CutStream(byte[] bytes) : MemoryStream(bytes)
{
    public override bool CanSeek => false;

    public override int Read(byte[] buffer, int offset, int count)
        => base.Read(buffer, offset, count) is var n && n > 0 ? n : throw new HttpIOException(HttpRequestError.ResponseEnded, "cut");

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => base.Read(buffer.Span) is var n && n > 0 ? ValueTask.FromResult(n) : throw new HttpIOException(HttpRequestError.ResponseEnded, "cut");

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
