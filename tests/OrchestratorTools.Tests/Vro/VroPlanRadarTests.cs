using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vro;

/// <summary>Many plans waited for at once: what it costs, and how soon an end is seen. On a clock that goes on to the next end of a pause when nothing else happens.</summary>
public sealed class VroPlanRadarTests
{
    private readonly ConcurrentDictionary<string, (DateTimeOffset End, bool Halts)> _plans = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<DateTimeOffset> _requests = new();
    private readonly ManualTime _time = new();
    private int _largestPage = 1000;
    private bool _refusesIds;
    private DateTimeOffset _downFrom = DateTimeOffset.MaxValue;

    [Theory]
    [InlineData(200, 0, 1000)]
    [InlineData(200, 0, 50)]
    [InlineData(200, 5000, 100)]
    [InlineData(20, 0, 1000)]
    public async Task Many_waits_cost_two_requests_a_second_and_see_every_end_within_15_seconds(int waits, int others, int largestPage)
    {
        _largestPage = largestPage;
        var start = _time.GetUtcNow() + TimeSpan.FromMinutes(1);

        // Half of them end together, the others one after the other.
        var late = await WaitForAllAsync(waits, others, i => start + (i % 2 == 0 ? TimeSpan.FromMinutes(3) : TimeSpan.FromSeconds(i * 2)));

        Assert.Equal(waits, late.Count);
        Assert.All(late, l => Assert.InRange(l.TotalSeconds, 0, 15));
        AssertRate();
    }

    [Fact]
    public async Task A_server_that_refuses_a_filter_of_ids_is_read_page_by_page()
    {
        (_refusesIds, _largestPage) = (true, 100);
        var start = _time.GetUtcNow() + TimeSpan.FromMinutes(1);
        Assert.Equal(30, (await WaitForAllAsync(30, 1500, _ => start + TimeSpan.FromMinutes(2))).Count);
        AssertRate();
    }

    [Fact]
    public async Task Plans_that_halt_together_have_all_failed_and_cost_no_more()
    {
        var end = _time.GetUtcNow() + TimeSpan.FromMinutes(2);
        var (client, session) = await ConnectAsync();
        await using (session)
        {
            var radar = new VroPlanRadar(client, SilentObserver.Instance);
            var late = new ConcurrentBag<TimeSpan>();
            var all = Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
            {
                var id = Add(i, end, halts: true);
                var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => new VroPlanWaiter(client, SilentObserver.Instance, radar).WaitAsync(id, id, null, withStep: false, null, default));
                late.Add(_time.GetUtcNow() - end);
                return error;
            }));
            await DriveAsync(radar, all);
            var errors = await all;
            Assert.All(errors, e => Assert.Equal("Vro.Failed", e.ErrorId));
            Assert.All(errors, e => Assert.Contains("-Recurse", e.RecommendedAction, StringComparison.Ordinal));
            Assert.All(late, l => Assert.InRange(l.TotalSeconds, 0, 15));
            AssertRate();
        }
    }

    [Fact]
    public async Task An_outage_is_warned_about_once_and_ends_no_wait()
    {
        var end = _time.GetUtcNow() + TimeSpan.FromMinutes(4);
        var observer = new RecordingObserver();
        var (client, session) = await ConnectAsync();
        await using (session)
        {
            var radar = new VroPlanRadar(client, observer);
            var waits = Enumerable.Range(0, 50).Select(i =>
            {
                var id = Add(i, end, halts: false);
                return new VroPlanWaiter(client, observer, radar).WaitAsync(id, id, null, withStep: false, null, default);
            }).ToArray();
            var all = Task.WhenAll(waits);
            _downFrom = _time.GetUtcNow() + TimeSpan.FromSeconds(30);
            await DriveAsync(radar, all);
            var ended = await all;
            Assert.All(ended, r => Assert.Equal("FailoverComplete", r.State));
            Assert.InRange(observer.Text.Split("goes on").Length - 1, 1, 5);
        }
    }

    [Fact]
    public async Task Waits_that_are_given_up_cost_nothing_any_more_and_two_for_one_plan_both_end()
    {
        var end = _time.GetUtcNow() + TimeSpan.FromMinutes(2);
        var (client, session) = await ConnectAsync();
        await using (session)
        {
            var radar = new VroPlanRadar(client, SilentObserver.Instance);
            using var stop = new CancellationTokenSource();
            var endless = Enumerable.Range(0, 20).Select(i => WaitAsync(Add(i, DateTimeOffset.MaxValue, halts: false), stop.Token)).ToArray();
            int[] numbers = [90, 90, 91];
            var twice = numbers.Select(i => WaitAsync(Add(i, end, halts: false), default)).ToArray();
            while (!Array.TrueForAll(twice, t => t.IsCompleted))
            {
                Assert.True(_time.GetUtcNow() < end + TimeSpan.FromMinutes(1), "both waits for one plan end");
                await Task.Delay(5);
                _time.AdvanceToNext();
            }

            Assert.All(await Task.WhenAll(twice), r => Assert.Equal("FailoverComplete", r.State));
            await stop.CancelAsync();
            foreach (var wait in endless)
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
            }

            for (var i = 0; i < 3; i++)
            {
                await Task.Delay(20);
                _time.AdvanceToNext();
            }

            var asked = _requests.Count;
            _time.Advance(TimeSpan.FromMinutes(10));
            await Task.Delay(50);
            Assert.Equal(asked, _requests.Count);

            Task<VroPlanRuntime> WaitAsync(string id, CancellationToken token) => new VroPlanWaiter(client, SilentObserver.Instance, radar).WaitAsync(id, id, null, withStep: false, null, token);
        }
    }

    private async Task<IReadOnlyCollection<TimeSpan>> WaitForAllAsync(int waits, int others, Func<int, DateTimeOffset> endOf)
    {
        var late = new ConcurrentBag<TimeSpan>();
        for (var i = 0; i < others; i++)
        {
            Add(100_000 + i, DateTimeOffset.MinValue, halts: false);
        }

        var ids = Enumerable.Range(0, waits).Select(i => Add(i, endOf(i), halts: false)).ToArray();
        var (client, session) = await ConnectAsync();
        await using (session)
        {
            var radar = new VroPlanRadar(client, SilentObserver.Instance);
            await DriveAsync(radar, Task.WhenAll(ids.Select(async id =>
            {
                var runtime = await new VroPlanWaiter(client, SilentObserver.Instance, radar).WaitAsync(id, id, null, withStep: false, null, default);
                Assert.Equal("FailoverComplete", runtime.State);
                late.Add(_time.GetUtcNow() - _plans[id].End);
            })));
        }

        return late;
    }

    // The clock stands while anything happens: requests, and pauses that begin.
    private async Task DriveAsync(VroPlanRadar radar, Task work)
    {
        while (!work.IsCompleted)
        {
            for (var (quiet, seen) = (0, Activity()); quiet < 3; quiet++)
            {
                await Task.Delay(3);
                if (Activity() is var now && (now != seen || _time.Waits.Count == 0 || !(work.IsCompleted || radar.IsAwaited || IsGathering())))
                {
                    (quiet, seen) = (-1, now);
                }
            }

            _time.AdvanceToNext();
        }

        await work;

        int Activity() => _requests.Count + _time.Waits.Count;

        // Before the first request the waits gather, each with a pause of its own.
        bool IsGathering() => _requests.IsEmpty;
    }

    private async Task<(VroClient Client, VroSession Session)> ConnectAsync()
    {
        var server = new FakeVro(Answer) { Time = _time };
        var session = await server.ConnectAsync();
        _requests.Clear();
        return (new VroClient(session, SilentObserver.Instance), session);
    }

    private string Add(int number, DateTimeOffset end, bool halts)
    {
        var id = new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]).ToString();
        _plans[id] = (end, halts);
        return id;
    }

    // In any twenty seconds: two a second, and the one round that may lie across the edge. The last few plans look for themselves.
    private void AssertRate()
    {
        var at = _requests.ToArray();
        var seconds = (at[^1] - at[0]).TotalSeconds;
        Assert.True(at.Length <= (seconds * 2) + 12, string.Create(CultureInfo.InvariantCulture, $"{at.Length} requests in {seconds} s"));
    }

    private HttpResponseMessage? Answer(SentRequest request)
    {
        if (request.Uri.AbsolutePath.EndsWith("/token", StringComparison.Ordinal))
        {
            return null;
        }

        _requests.Enqueue(_time.GetUtcNow());
        if (_time.GetUtcNow() is var now && now >= _downFrom && now < _downFrom + TimeSpan.FromSeconds(90))
        {
            return new HttpResponseMessage(System.Net.HttpStatusCode.NotImplemented);
        }

        var path = request.Uri.AbsolutePath;
        if (path.EndsWith("/Plans", StringComparison.Ordinal))
        {
            return List(request.Uri.Query);
        }

        // What failed: a group, in it a VM, in it a step; three requests to find it.
        if (path.EndsWith("/Groups", StringComparison.Ordinal) || path.EndsWith("/Groups/1", StringComparison.Ordinal) || path.EndsWith("/Vms/1/Steps", StringComparison.Ordinal))
        {
            return ScriptedHandler.Json("""{"data":[{"id":"1","name":"one","result":"Error"}]}""");
        }

        var id = path[(path.LastIndexOf('/') + 1)..];
        return path.Contains("/RuntimeDetails/", StringComparison.Ordinal) && _plans.ContainsKey(id) ? ScriptedHandler.Json(Write(id, withFlags: true)) : ScriptedHandler.Json("""{"data":[]}""");
    }

    private HttpResponseMessage List(string query)
    {
        var values = query.TrimStart('?').Split('&').Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]), StringComparer.Ordinal);
        IEnumerable<string> ids = _plans.Keys.Order(StringComparer.Ordinal);
        if (values.TryGetValue("filter", out var filter))
        {
            if (_refusesIds)
            {
                return ScriptedHandler.Json("""{"message":"unknown operator"}""", System.Net.HttpStatusCode.BadRequest);
            }

            using var document = JsonDocument.Parse(filter);
            ids = document.RootElement[0].GetProperty("value").EnumerateArray().Select(v => v.GetString()!).ToArray();
            Assert.True(query.Length < 2048, "a web server takes no longer query by default");
        }

        var all = ids.ToArray();
        var limit = Math.Min(_largestPage, int.Parse(values["limit"], CultureInfo.InvariantCulture));
        var page = all.Skip(int.Parse(values["start"], CultureInfo.InvariantCulture)).Take(limit).Select(id => Write(id, withFlags: false));
        return ScriptedHandler.Json($$"""{"total":{{all.Length}},"data":[{{string.Join(',', page)}}]}""");
    }

    private string Write(string id, bool withFlags)
    {
        var (end, halts) = _plans[id];
        var runs = _time.GetUtcNow() < end;
        var state = runs ? "Running" : halts ? "Halted" : "FailoverComplete";
        var flags = withFlags ? $$""","isRunningState":{{(runs ? "true" : "false")}},"isStableState":{{(runs ? "false" : "true")}}""" : string.Empty;
        return $$"""{"id":"{{id}}","name":"{{id}}","planType":"Replica","planMode":"InUse","state":"{{state}}","lastStableState":"{{(runs ? "Ready" : state)}}"{{flags}}}""";
    }
}
