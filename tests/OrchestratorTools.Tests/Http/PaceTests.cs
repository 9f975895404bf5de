using System.Net;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Resilience;

namespace OrchestratorTools.Tests.Http;

/// <summary>What a connection does after a server limited it: once, and not again.</summary>
public sealed class PaceTests
{
    private static readonly TimeSpan Penalty = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(20, 400, 3)]
    [InlineData(20, 400, 40)]
    [InlineData(7, 200, 10)]
    [InlineData(100, 1500, 2)]
    public async Task One_penalty_tells_what_the_limit_is(int perSecond, int requests, int milliseconds)
    {
        var time = new ManualTime { AutoAdvance = TimeSpan.FromMinutes(1) };
        var bucket = new Bucket(time, perSecond, perSecond);
        await using var session = Session(bucket.Answer, time);
        var began = time.GetUtcNow();

        for (var i = 0; i < requests; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            await session.GetAsync("x");
        }

        var taken = time.GetUtcNow() - began;
        var best = TimeSpan.FromSeconds(Math.Max((double)(requests - perSecond) / perSecond, requests * milliseconds / 1000d));
        Assert.Equal(1, bucket.Penalties);
        Assert.True(taken <= 1.2 * (best + Penalty), $"{taken} of {best} and the penalty");
    }

    [Fact]
    public async Task A_smaller_bucket_is_found_out_by_further_penalties_and_then_kept_to()
    {
        var time = new ManualTime { AutoAdvance = TimeSpan.FromMinutes(1) };
        var bucket = new Bucket(time, perSecond: 10, capacity: 60);
        await using var session = Session(bucket.Answer, time);

        var penalties = new List<int>();
        for (var i = 0; i < 3000; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(2));
            await session.GetAsync("x");
            if (i % 1000 == 999)
            {
                penalties.Add(bucket.Penalties);
            }
        }

        Assert.InRange(penalties[0], 1, 6);
        Assert.Equal(penalties[1], penalties[2]);
    }

    [Fact]
    public async Task A_refusal_that_the_own_requests_do_not_explain_slows_nothing_down()
    {
        var time = new ManualTime { AutoAdvance = TimeSpan.FromMinutes(1) };
        var refused = false;
        await using var session = Session(
            sent =>
            {
                if (sent.Number == 3)
                {
                    refused = true;
                    return new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = new ByteArrayContent([]) };
                }

                return ScriptedHandler.Json("good");
            },
            time);

        for (var i = 0; i < 50; i++)
        {
            await session.GetAsync("x");
        }

        Assert.True(refused);
        Assert.All(time.Waits.Where(w => w < TimeSpan.FromMinutes(1)), w => Assert.Equal(Penalty, w));
    }

    [Fact]
    public async Task The_pace_is_forgotten_after_ten_minutes()
    {
        var time = new ManualTime { AutoAdvance = TimeSpan.FromMinutes(1) };
        var bucket = new Bucket(time, 20, 20);
        await using var session = Session(bucket.Answer, time);
        for (var i = 0; i < 40; i++)
        {
            await session.GetAsync("x");
        }

        Assert.Equal(1, bucket.Penalties);
        time.Advance(TimeSpan.FromMinutes(11));
        time.Waits.Clear();
        for (var i = 0; i < 10; i++)
        {
            await session.GetAsync("x");
        }

        Assert.DoesNotContain(time.Waits, w => w < TimeSpan.FromSeconds(1));
    }

    private static TestSession Session(Func<SentRequest, HttpResponseMessage> answer, TimeProvider time) => new(
        new ConnectionSettings
        {
            Server = new Uri("https://server.example/"),
            PrimaryHandler = () => new ScriptedHandler(answer),
            Resilience = ResilienceHandler.Create,
            MaximumRetryCount = 5,
            Time = time,
            Timeout = TimeSpan.FromMinutes(2),
        },
        Penalty);

    /// <summary>A leaky bucket, as the vendor describes its limiter: what is refused does not fill it, and a penalty empties it.</summary>
    private sealed class Bucket(TimeProvider time, int perSecond, int capacity)
    {
        private double _level;
        private DateTimeOffset _last;
        private DateTimeOffset _until;

        public int Penalties { get; private set; }

        public HttpResponseMessage Answer(SentRequest sent)
        {
            var now = time.GetUtcNow();
            if (now < _until)
            {
                return Refused();
            }

            _level = Math.Max(0, _level - ((now - _last).TotalSeconds * perSecond)) + 1;
            _last = now;
            if (_level <= capacity)
            {
                return ScriptedHandler.Json("good");
            }

            Penalties++;
            _level = 0;
            _until = now + Penalty;
            return Refused();
        }

        private static HttpResponseMessage Refused() => new(HttpStatusCode.TooManyRequests) { Content = new ByteArrayContent([]) };
    }
}
