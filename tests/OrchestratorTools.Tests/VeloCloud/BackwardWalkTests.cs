using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using Xunit.Abstractions;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>The walk back through time: nothing twice, nothing left out, whatever has the same time, and never without end.</summary>
public sealed class BackwardWalkTests(ITestOutputHelper output)
{
    private const long Base = 1_700_000_000_000;

    /// <summary>How a server takes the end of an interval.</summary>
    public enum EndRule
    {
        CountedIn,
        LeftOut,
        CutToTheSecond,
    }

    [Theory]
    [InlineData(EndRule.CountedIn)]
    [InlineData(EndRule.LeftOut)]
    [InlineData(EndRule.CutToTheSecond)]
    public async Task Random_histories_come_whole_once_and_newest_first(EndRule rule)
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 150; round++)
        {
            var page = random.Next(rule is EndRule.CutToTheSecond ? 6 : 2, 14);

            // Where ends are cut to the second, two seconds of them fit a page.
            var step = rule is EndRule.CutToTheSecond ? [500, 1000] : new[] { 1, 500, 1000 };
            var server = new Server(History(random, random.Next(0, 120), mostAtOnce: rule is EndRule.CutToTheSecond ? Math.Max(1, page / 6) : page, step: step[random.Next(step.Length)]), page) { Ends = rule, ShufflesTies = random.Next(2) == 0 ? random : null };
            var (start, end) = (Base + random.Next(-5, 40) * 1000L, Base + (random.Next(40, 140) * 1000L));
            (start, end) = step.Length == 3 && random.Next(3) == 0 ? (Base, Base + 60) : (start, end);
            var expected = server.Expected(start, end);

            var walked = await server.WalkAsync(start, end);

            Assert.Equal(expected.Select(e => e.Id).Order(), walked.Select(e => e.Id).Order());
            Assert.Equal(expected.Select(e => e.Time), walked.Select(e => e.Time));
        }
    }

    [Fact]
    public async Task As_many_as_are_wanted_come_and_they_are_the_newest()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 150; round++)
        {
            var page = random.Next(2, 12);
            var server = new Server(History(random, random.Next(1, 100), mostAtOnce: page - 1, step: 1000), page);
            var first = random.Next(1, 60);
            var expected = server.Expected(Base, Base + 200_000).Take(first).ToList();

            var walked = await server.WalkAsync(Base, Base + 200_000, first: first);

            Assert.Equal(expected.Select(e => e.Time), walked.Select(e => e.Time));
            Assert.Equal(walked.Count, walked.Select(e => e.Id).Distinct().Count());
        }
    }

    [Fact]
    public async Task What_fits_a_page_costs_one_request_and_no_more_is_asked_for_than_wanted()
    {
        var server = new Server(Enumerable.Range(1, 5).Select(i => new Item(i, Base + (i * 1000))), 10);
        await server.WalkAsync(Base, Base + 100_000);
        Assert.Equal([(Base, Base + 100_000, 10)], server.Asked);

        var bounded = new Server(Enumerable.Range(1, 50).Select(i => new Item(i, Base + (i * 1000))), 10);
        await bounded.WalkAsync(Base, Base + 100_000, first: 3);
        Assert.Equal([(Base, Base + 100_000, 3)], bounded.Asked);
    }

    [Fact]
    public async Task An_instant_that_fills_a_page_to_the_last_place_is_no_error()
    {
        // Four at one instant, a page of four, and older ones behind it.
        var items = Enumerable.Range(1, 4).Select(i => new Item(i, Base + 5000)).Concat([new Item(5, Base + 4000), new Item(6, Base + 3000), new Item(7, Base + 9000)]);
        var server = new Server(items, 4);

        var walked = await server.WalkAsync(Base, Base + 10_000);

        Assert.Equal([7, 1, 2, 3, 4, 5, 6], walked.Select(e => e.Id).OrderBy(id => id == 7 ? 0 : id));
        Assert.Equal(7, walked.Count);
    }

    [Fact]
    public async Task An_instant_that_no_page_holds_is_a_named_error_after_all_that_is_newer()
    {
        var items = Enumerable.Range(1, 6).Select(i => new Item(i, Base + 5000)).Concat([new Item(7, Base + 9000), new Item(8, Base + 8000), new Item(9, Base + 1000)]);
        var server = new Server(items, 4);
        var walked = new List<Item>();

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => server.WalkAsync(Base, Base + 10_000, into: walked));

        Assert.Equal("VeloCloud.Incomplete", error.ErrorId);
        Assert.Contains("More than 4 events have the time 2023-11-14T22:13:25.000Z", error.Message, StringComparison.Ordinal);
        Assert.Contains("-End 2023-11-14T22:13:24.999Z", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal([7, 8], walked.Select(e => e.Id));
        Assert.InRange(server.Asked.Count, 2, 5);
    }

    [Fact]
    public async Task An_instant_that_no_page_holds_is_read_by_the_other_way_where_there_is_one()
    {
        var items = Enumerable.Range(1, 9).Select(i => new Item(i, Base + 5000)).Concat([new Item(10, Base + 9000), new Item(11, Base + 1000), new Item(12, Base + 4999)]);
        var server = new Server(items, 4);

        var walked = await server.WalkAsync(Base, Base + 10_000, whole: true);

        Assert.Equal(Enumerable.Range(1, 12), walked.Select(e => (int)e.Id).Order());
        Assert.Equal([10, 12, 11], walked.Where(e => e.Time != Base + 5000).Select(e => (int)e.Id));
        Assert.Equal([(Base + 5000, Base + 5000)], server.Wholes);
    }

    [Fact]
    public async Task Random_histories_with_instants_of_any_size_come_whole_where_there_is_another_way()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 150; round++)
        {
            var page = random.Next(2, 8);
            var server = new Server(History(random, random.Next(0, 150), mostAtOnce: page * 3, step: 500), page) { ShufflesTies = random };
            var walked = await server.WalkAsync(Base, Base + 200_000, whole: true);
            Assert.Equal(server.Expected(Base, Base + 200_000).Select(e => e.Id).Order(), walked.Select(e => e.Id).Order());
        }
    }

    [Fact]
    public async Task New_items_that_come_while_it_walks_are_neither_a_gap_nor_a_double()
    {
        var server = new Server(Enumerable.Range(1, 60).Select(i => new Item(i, Base + (i / 3 * 1000))), 7);
        server.OnAsk = () => server.Items.Add(new Item(1000 + server.Asked.Count, Base + 50_000 + (server.Asked.Count * 1000)));

        var walked = await server.WalkAsync(Base, Base + 25_000);

        Assert.Equal(Enumerable.Range(1, 60), walked.Select(e => (int)e.Id).Order());
    }

    [Fact]
    public async Task A_server_that_takes_no_notice_of_the_interval_is_an_error_and_no_loop()
    {
        var server = new Server(Enumerable.Range(1, 30).Select(i => new Item(i, Base + (i * 1000))), 5) { IgnoresEnd = true };
        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => server.WalkAsync(Base, Base + 100_000));
        Assert.Equal("VeloCloud.Protocol", error.ErrorId);
        Assert.InRange(server.Asked.Count, 2, 5);
    }

    [Fact]
    public async Task More_that_never_comes_is_an_error()
    {
        var server = new Server([], 5) { AlwaysMore = true };
        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => server.WalkAsync(Base, Base + 100_000));
        Assert.Contains("sends none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_not_in_order_is_an_error_where_there_is_more_and_none_where_there_is_not()
    {
        var items = Enumerable.Range(1, 10).Select(i => new Item(i, Base + (i * 1000))).ToList();
        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => new Server(items, 5) { OldestFirst = true }.WalkAsync(Base, Base + 100_000));
        Assert.Contains("not in the order of time", error.Message, StringComparison.Ordinal);
        Assert.Equal(10, (await new Server(items, 20) { OldestFirst = true }.WalkAsync(Base, Base + 100_000)).Count);
    }

    [Fact]
    public async Task The_next_page_is_asked_for_when_a_quarter_was_taken_and_not_before()
    {
        var server = new Server(Enumerable.Range(1, 30).Select(i => new Item(i, Base + (i * 1000))), 9);
        await using var items = server.Walk(Base, Base + 100_000, null, whole: false).GetAsyncEnumerator();
        await items.MoveNextAsync();
        await items.MoveNextAsync();
        Assert.Single(server.Asked);
        await items.MoveNextAsync();
        Assert.Equal(2, server.Asked.Count);

        // Not where others are at work for whom the room is.
        var bounded = new Server(Enumerable.Range(1, 30).Select(i => new Item(i, Base + (i * 1000))), 9) { MayAskAhead = static () => false };
        await using var slow = bounded.Walk(Base, Base + 100_000, null, whole: false).GetAsyncEnumerator();
        for (var i = 0; i < 8; i++)
        {
            await slow.MoveNextAsync();
        }

        Assert.Single(bounded.Asked);
        await slow.MoveNextAsync();
        Assert.Equal(2, bounded.Asked.Count);
    }

    private static List<Item> History(Random random, int count, int mostAtOnce, long step)
    {
        var items = new List<Item>();
        var time = Base;
        var atOnce = 0;
        for (var i = 1; i <= count; i++)
        {
            if (++atOnce > mostAtOnce || random.Next(3) == 0)
            {
                time += step * random.Next(1, 4);
                atOnce = 1;
            }

            items.Add(new Item(i, time));
        }

        return items;
    }

    internal sealed record Item(long Id, long Time);

    // A log as the facts describe it: newest first, a limit, and the word that there is more.
    private sealed class Server(IEnumerable<Item> items, int page)
    {
        public List<Item> Items { get; } = [.. items];

        public List<(long Start, long End, int Limit)> Asked { get; } = [];

        public List<(long Start, long End)> Wholes { get; } = [];

        public EndRule Ends { get; init; }

        public Random? ShufflesTies { get; init; }

        public bool IgnoresEnd { get; init; }

        public bool AlwaysMore { get; init; }

        public bool OldestFirst { get; init; }

        public Func<bool>? MayAskAhead { get; init; }

        public Action? OnAsk { get; set; }

        public List<Item> Expected(long start, long end)
            => [.. Items.Where(i => i.Time >= start && (Ends switch { EndRule.CountedIn => i.Time <= end, EndRule.LeftOut => i.Time < end, _ => i.Time <= end / 1000 * 1000 })).OrderByDescending(i => i.Time)];

        public IAsyncEnumerable<Item> Walk(long start, long end, long? first, bool whole) => new BackwardWalk<Item>(
            AskAsync,
            i => DateTimeOffset.FromUnixTimeMilliseconds(i.Time),
            i => i.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            (kind, message, action) => new OrchestratorApiException(OrchestratorSystem.VeloCloud, kind, message) { RecommendedAction = action })
        {
            What = "events",
            PageSize = page,
            First = first,
            MayAskAhead = MayAskAhead,
            Whole = whole ? WholeAsync : null,
        }.WalkAsync(start, end, CancellationToken.None);

        public async Task<List<Item>> WalkAsync(long start, long end, long? first = null, bool whole = false, List<Item>? into = null)
        {
            into ??= [];
            await foreach (var item in Walk(start, end, first, whole))
            {
                into.Add(item);
                Assert.True(into.Count <= Items.Count, "more came than there is");
            }

            return into;
        }

        private Task<TimePage<Item>> AskAsync(long start, long end, int limit, CancellationToken cancellationToken)
        {
            Asked.Add((start, end, limit));
            Assert.InRange(limit, 1, page);
            Assert.True(Asked.Count < 10_000, "a walk without end");
            OnAsk?.Invoke();
            var meant = Items.Where(i => i.Time >= start && (IgnoresEnd || (Ends switch { EndRule.CountedIn => i.Time <= end, EndRule.LeftOut => i.Time < end, _ => i.Time <= end / 1000 * 1000 })));
            var sorted = (OldestFirst ? meant.OrderBy(i => i.Time) : meant.OrderByDescending(i => i.Time)).ThenBy(i => ShufflesTies?.Next() ?? (int)i.Id).ToList();
            return Task.FromResult(new TimePage<Item>(sorted.Take(limit).ToList(), AlwaysMore || sorted.Count > limit));
        }

        private async IAsyncEnumerable<Item> WholeAsync(long start, long end, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            Wholes.Add((start, end));
            foreach (var item in Items.Where(i => i.Time >= start && i.Time <= end))
            {
                yield return item;
            }
        }
    }
}
