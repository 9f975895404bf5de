using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using Xunit.Abstractions;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>Intervals: what they are where little is said, what is wrong with them, and how long ones are cut.</summary>
public sealed class IntervalTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 30, TimeSpan.Zero);

    [Fact]
    public void A_log_ends_now_and_statistics_end_ten_minutes_ago()
    {
        var log = VeloCloudInterval.OfLog(null, null, Now);
        Assert.Equal((Now.AddHours(-12), Now), (log.Start, log.End));
        var statistics = VeloCloudInterval.OfStatistics(null, null, Now);
        Assert.Equal((Now.AddMinutes(-730), Now.AddMinutes(-10)), (statistics.Start, statistics.End));
        Assert.False(statistics.MayLack(Now));
        Assert.True(VeloCloudInterval.OfStatistics(Now.AddHours(-1), Now.AddMinutes(-9), Now).MayLack(Now));
    }

    [Fact]
    public void What_cannot_be_is_said_with_both_times()
    {
        Assert.Equal(
            "The interval ends (-End 2026-03-01T10:00:30.000Z) before it starts (-Start 2026-03-01T11:00:30.000Z). Nothing was sent.",
            Wrong(() => VeloCloudInterval.OfLog(Now.AddHours(-1), Now.AddHours(-2), Now)).Message);
        Assert.StartsWith("-Start 2026-03-01T12:00:31.000Z lies in the future", Wrong(() => VeloCloudInterval.OfLog(Now.AddSeconds(1), null, Now)).Message, StringComparison.Ordinal);
        Assert.Contains("Without -End statistics end ten minutes ago", Wrong(() => VeloCloudInterval.OfStatistics(Now.AddMinutes(-5), null, Now)).Message, StringComparison.Ordinal);
        Assert.Contains("before 1970", Wrong(() => VeloCloudInterval.OfLog(new DateTimeOffset(1969, 1, 1, 0, 0, 0, TimeSpan.Zero), null, Now)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pieces_are_the_whole_without_gap_or_overlap_and_none_is_too_long()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var whole = VeloCloudInterval.OfLog(Now.AddMilliseconds(-random.NextInt64(0, 90L * 86_400_000)), Now.AddMilliseconds(-random.NextInt64(0, 1000)), Now.AddMilliseconds(1));
            var longest = TimeSpan.FromMinutes(random.Next(5, 5000));
            var pieces = whole.Cut(longest);

            Assert.Equal(whole.StartMilliseconds, pieces[0].StartMilliseconds);
            Assert.Equal(whole.EndMilliseconds, pieces[^1].EndMilliseconds);
            foreach (var (before, after) in pieces.Zip(pieces.Skip(1)))
            {
                Assert.Equal(before.EndMilliseconds + 1, after.StartMilliseconds);
                Assert.Equal(0, after.StartMilliseconds % 300_000);
            }

            Assert.All(pieces, p => Assert.InRange(p.EndMilliseconds - p.StartMilliseconds, 0, (long)longest.TotalMilliseconds));
        }
    }

    private static OrchestratorApiException Wrong(Action step)
    {
        var error = Assert.Throws<OrchestratorApiException>(step);
        Assert.Equal("VeloCloud.Validation", error.ErrorId);
        return error;
    }
}
