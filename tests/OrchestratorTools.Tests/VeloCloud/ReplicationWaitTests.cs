using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using static OrchestratorTools.Tests.VeloCloud.ReplicationStatusMaker;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>The wait for replication, on a clock that jumps from look to look.</summary>
public sealed class ReplicationWaitTests
{
    private readonly ManualTime _time = new() { AutoAdvance = TimeSpan.FromSeconds(60) };
    private readonly RecordingObserver _observer = new();

    [Fact]
    public async Task A_promotion_may_begin_in_a_failure_and_lives_through_the_restart()
    {
        var ended = await WaitAsync(VeloCloudReplicationGoal.Promoted, "STANDBY FAILURE_MYSQL_STANDBY_STATUS",
            "STANDBY FAILURE_MYSQL_STANDBY_STATUS", "STANDBY FAILURE_GET_ACTIVE_STATUS@1", "STANDBY PENDING_STANDBY_PROMOTION@2", "Unreachable", "Unreachable", "Timeout", "Protocol", "ServerError", "NotFound", "STANDALONE UNCONFIGURED@3");
        Assert.Equal("STANDALONE", ended.Role);
    }

    [Theory]
    [InlineData(VeloCloudReplicationGoal.Candidate, "STANDALONE UNCONFIGURED", "STANDBY PENDING_STANDBY_CANDIDATE@1|Unreachable|STANDBY STANDBY_CANDIDATE@2")]
    [InlineData(VeloCloudReplicationGoal.Paired, "STANDALONE UNCONFIGURED", "ACTIVE ACTIVE_CONFIGURING@1|ACTIVE COPYING_DB@2|ACTIVE STANDBY_RUNNING@3")]
    [InlineData(VeloCloudReplicationGoal.Demoted, "ACTIVE FAILURE_GET_STANDBY_STATUS", "ACTIVE PENDING_ACTIVE_DEMOTION@1|Unreachable|ZOMBIE UNCONFIGURED@2")]
    [InlineData(VeloCloudReplicationGoal.Unpaired, "ACTIVE STANDBY_RUNNING", "ACTIVE FAILURE_GET_STANDBY_STATUS@1|ACTIVE ACTIVE_UNCONFIG@2|ACTIVE FAILURE_GET_STANDBY_STATUS@3|STANDALONE UNCONFIGURED@4")]
    [InlineData(VeloCloudReplicationGoal.Promoted, "STANDBY FAILURE_STANDBY_PROMOTION", "STANDBY FAILURE_STANDBY_PROMOTION|STANDBY PENDING_STANDBY_PROMOTION@1|STANDALONE UNCONFIGURED@2")]
    public async Task Each_goal_has_its_own_end(VeloCloudReplicationGoal goal, string before, string looks)
    {
        var all = looks.Split('|');
        var ended = await WaitAsync(goal, before, all);
        Assert.StartsWith(ended.ToString(), all[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(VeloCloudReplicationGoal.Promoted, "STANDBY FAILURE_MYSQL_STANDBY_STATUS", "STANDBY PENDING_STANDBY_PROMOTION@1|STANDBY FAILURE_STANDBY_PROMOTION@2")]
    [InlineData(VeloCloudReplicationGoal.Promoted, "STANDBY FAILURE_MYSQL_STANDBY_STATUS", "STANDBY PENDING_STANDBY_PROMOTION@1|STANDBY FAILURE_MYSQL_STANDBY_STATUS@2")]
    [InlineData(VeloCloudReplicationGoal.Promoted, "STANDBY FAILURE_STANDBY_PROMOTION", "STANDBY FAILURE_STANDBY_PROMOTION@1")]
    [InlineData(VeloCloudReplicationGoal.Demoted, "ACTIVE FAILURE_GET_STANDBY_STATUS", "ACTIVE FAILURE_ACTIVE_DEMOTION@1")]
    [InlineData(VeloCloudReplicationGoal.Candidate, "STANDALONE UNCONFIGURED", "STANDBY FAILURE_STANDBY_CANDIDATE@1")]
    [InlineData(VeloCloudReplicationGoal.Paired, "STANDALONE UNCONFIGURED", "ACTIVE COPYING_DB@1|ACTIVE FAILURE_OF_ANOTHER_RELEASE@2")]
    [InlineData(VeloCloudReplicationGoal.Unpaired, "STANDBY STANDBY_RUNNING", "STANDBY FAILURE_STANDBY_UNCONFIG@1")]
    public async Task A_failure_that_is_new_ends_it_with_the_servers_words(VeloCloudReplicationGoal goal, string before, string looks)
    {
        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => WaitAsync(goal, before, looks.Split('|')));
        Assert.Equal("VeloCloud.Failed", error.ErrorId);
        Assert.Contains("disk full", error.Message, StringComparison.Ordinal);
        Assert.Equal("disk full", error.ServerMessage);
    }

    [Theory]
    [InlineData(VeloCloudReplicationGoal.Promoted, "STANDBY FAILURE_STANDBY_PROMOTION")]
    [InlineData(VeloCloudReplicationGoal.Demoted, "ACTIVE FAILURE_ACTIVE_DEMOTION")]
    [InlineData(VeloCloudReplicationGoal.Paired, "ACTIVE FAILURE_COPYING_DB")]
    [InlineData(VeloCloudReplicationGoal.Paired, "ACTIVE FAILURE_GET_STANDBY_STATUS")]
    [InlineData(VeloCloudReplicationGoal.Candidate, "STANDBY FAILURE_STANDBY_CANDIDATE")]
    public async Task Where_nobody_knows_what_was_before_its_own_failure_ends_it(VeloCloudReplicationGoal goal, string look)
        => Assert.Equal("VeloCloud.Failed", (await Assert.ThrowsAsync<OrchestratorApiException>(() => WaitAsync(goal, null, look))).ErrorId);

    [Fact]
    public async Task Where_nobody_knows_what_was_before_a_failover_may_begin_in_a_failure()
        => Assert.Equal("STANDALONE", (await WaitAsync(VeloCloudReplicationGoal.Promoted, null, "STANDBY FAILURE_MYSQL_STANDBY_STATUS", "STANDBY PENDING_STANDBY_PROMOTION@1", "STANDALONE UNCONFIGURED@2")).Role);

    [Theory]
    [InlineData(VeloCloudReplicationGoal.Promoted, "ACTIVE STANDBY_RUNNING")]
    [InlineData(VeloCloudReplicationGoal.Demoted, "STANDALONE UNCONFIGURED")]
    [InlineData(VeloCloudReplicationGoal.Candidate, "ACTIVE STANDBY_RUNNING")]
    [InlineData(VeloCloudReplicationGoal.Paired, "ACTIVE COPYING_DB|STANDALONE UNCONFIGURED@1")]
    public async Task A_role_that_leads_elsewhere_ends_it(VeloCloudReplicationGoal goal, string looks)
    {
        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => WaitAsync(goal, null, looks.Split('|')));
        Assert.Equal("VeloCloud.Failed", error.ErrorId);
        Assert.Contains("does not come to", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_taken_and_is_never_seen_to_begin_is_unknown()
    {
        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => WaitAsync(VeloCloudReplicationGoal.Promoted, "STANDBY STANDBY_RUNNING", "STANDBY STANDBY_RUNNING"));
        Assert.Equal("VeloCloud.OutcomeUnknown", error.ErrorId);
        Assert.Contains("not sent again", error.Message, StringComparison.Ordinal);

        // Nobody asked for anything: then nothing is missed, and only the time ends it.
        error = await Assert.ThrowsAsync<OrchestratorApiException>(() => WaitAsync(VeloCloudReplicationGoal.Paired, null, TimeSpan.FromHours(3), "ACTIVE COPYING_DB"));
        Assert.Equal("VeloCloud.Timeout", error.ErrorId);
        Assert.Contains("ACTIVE, COPYING_DB", error.Message, StringComparison.Ordinal);
        Assert.Contains("goes on", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_box_that_stays_away_ends_it_with_its_error_after_a_warning()
    {
        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => WaitAsync(VeloCloudReplicationGoal.Promoted, "STANDBY STANDBY_RUNNING", "STANDBY PENDING_STANDBY_PROMOTION@1", "Unreachable"));
        Assert.Equal("VeloCloud.Unreachable", error.ErrorId);
        Assert.Contains("45 minutes", error.Message, StringComparison.Ordinal);
        Assert.Contains("has not answered for 5 minutes", _observer.Text, StringComparison.Ordinal);
        Assert.Contains("Wait-VeloCloudReplication -Goal Promoted", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_login_says_whose_accounts_a_standby_has()
    {
        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => WaitAsync(VeloCloudReplicationGoal.Paired, "STANDBY STANDBY_CANDIDATE", "STANDBY COPYING_DB@1", "Authentication"));
        Assert.Equal("VeloCloud.Authentication", error.ErrorId);
        Assert.Contains("active's accounts", error.Message, StringComparison.Ordinal);
        Assert.Contains("Connect-VeloCloud", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Permission")]
    [InlineData("Validation")]
    public async Task A_refusal_ends_it(string kind)
        => Assert.Equal("VeloCloud." + kind, (await Assert.ThrowsAsync<OrchestratorApiException>(() => WaitAsync(VeloCloudReplicationGoal.Paired, "ACTIVE COPYING_DB", kind))).ErrorId);

    [Fact]
    public async Task A_pair_has_both_boxes_at_the_goal_and_the_error_begins_with_the_one_that_failed_by_itself()
    {
        var active = Looks("vco-a.example", "ACTIVE STANDBY_RUNNING@5");
        var standby = Looks("vco-b.example", "STANDBY COPYING_DB@1", "Unreachable", "STANDBY STANDBY_RUNNING@5");
        var ended = await WaitAsync(VeloCloudReplicationGoal.Paired, [Box("vco-a.example", active, null), Box("vco-b.example", standby, null)], null);
        Assert.Equal(["ACTIVE STANDBY_RUNNING", "STANDBY STANDBY_RUNNING"], ended.Select(e => e.ToString()), StringComparer.Ordinal);

        active = Looks("vco-a.example", "ACTIVE COPYING_DB@1", "ACTIVE FAILURE_GET_STANDBY_STATUS@2");
        standby = Looks("vco-b.example", "STANDBY COPYING_DB@1", "STANDBY FAILURE_COPYING_DB@2");
        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => WaitAsync(VeloCloudReplicationGoal.Paired, [Box("vco-a.example", active, null), Box("vco-b.example", standby, null)], null));
        Assert.StartsWith("vco-b.example is STANDBY, FAILURE_COPYING_DB: it failed: disk full; vco-a.example is ACTIVE, FAILURE_GET_STANDBY_STATUS", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_ends_at_once_when_it_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        var waiter = new VeloCloudReplicationWaiter(VeloCloudReplicationGoal.Paired, [Box("vco-a.example", Looks("vco-a.example", "ACTIVE COPYING_DB"), null)], _time, _observer);
        var looks = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter.WaitAsync(null, _ =>
        {
            if (++looks == 3)
            {
                stop.Cancel();
            }
        }, stop.Token));
        Assert.Equal(3, looks);
    }

    [Fact]
    public void One_request_at_a_time_and_none_again_while_nothing_is_known()
    {
        var server = new Uri($"https://{Guid.NewGuid()}.example/");
        var before = Status("STANDBY STANDBY_RUNNING");
        var at = _time.GetUtcNow();
        Assert.Null(Claim(before, at));
        Assert.Contains("at this moment", Claim(before, at), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(5));
        VeloCloudReplicationRequests.Sent(server, answerLost: true, _time);

        // Somebody looked before it was sent.
        Assert.Contains("after its state was read", Claim(before, at), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Contains("the answer was lost, and it may still begin", Claim(before, _time.GetUtcNow()), StringComparison.Ordinal);

        // It moved, so the box's own state says what may be asked.
        Assert.Null(Claim(Status("STANDBY FAILURE_STANDBY_PROMOTION", 3), _time.GetUtcNow()));
        VeloCloudReplicationRequests.Release(server);
        Assert.Null(Claim(before, at));
        VeloCloudReplicationRequests.Sent(server, answerLost: false, _time);
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.Contains("nothing was seen of it yet", Claim(before, _time.GetUtcNow()), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(Claim(before, _time.GetUtcNow()));

        string? Claim(VeloCloudReplicationStatus seen, DateTimeOffset seenAt) => VeloCloudReplicationRequests.Claim(server, VeloCloudReplicationAction.Promote, seen, seenAt, _time);
    }

    private async Task<VeloCloudReplicationStatus> WaitAsync(VeloCloudReplicationGoal goal, string? before, params string[] looks) => await WaitAsync(goal, before, null, looks);

    private async Task<VeloCloudReplicationStatus> WaitAsync(VeloCloudReplicationGoal goal, string? before, TimeSpan? timeout, params string[] looks)
    {
        var watch = before is null ? null : VeloCloudReplicationWatch.OfOwn(goal, Status(before), _time.GetUtcNow(), _time);
        return (await WaitAsync(goal, [Box("vco-a.example", Looks("vco-a.example", looks), watch ?? VeloCloudReplicationWatch.OfAny(goal, _time))], timeout))[0];
    }

    private Task<IReadOnlyList<VeloCloudReplicationStatus>> WaitAsync(VeloCloudReplicationGoal goal, IReadOnlyList<VeloCloudReplicationBox> boxes, TimeSpan? timeout)
        => new VeloCloudReplicationWaiter(goal, boxes, _time, _observer).WaitAsync(timeout, null, CancellationToken.None);

    private VeloCloudReplicationBox Box(string title, Func<CancellationToken, Task<VeloCloudReplicationStatus>> looks, VeloCloudReplicationWatch? watch)
        => new(title, looks, watch ?? VeloCloudReplicationWatch.OfAny(VeloCloudReplicationGoal.Paired, _time));

    // One after the other; the last one again and again. A text without a blank is a kind of error; @N is the minute at which the state was entered.
    private static Func<CancellationToken, Task<VeloCloudReplicationStatus>> Looks(string server, params string[] looks)
    {
        var next = 0;
        return token =>
        {
            token.ThrowIfCancellationRequested();
            var look = looks[Math.Min(next++, looks.Length - 1)];
            if (!look.Contains(' ', StringComparison.Ordinal))
            {
                var kind = Enum.Parse<OrchestratorErrorKind>(look);
                throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, kind, look) { StatusCode = kind is OrchestratorErrorKind.NotFound ? System.Net.HttpStatusCode.NotFound : null };
            }

            var parts = look.Split('@');
            return Task.FromResult(Status(parts[0], parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : 0, server, parts[0].Contains("FAILURE", StringComparison.Ordinal) ? "disk full" : null));
        };
    }
}
