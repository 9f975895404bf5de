using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Tests.Vro;

/// <summary>The rules of each action: from where it starts, when it has begun, and which end is a success.</summary>
public sealed class VroPlanActionTests
{
    private static readonly VroPlanSnapshot Ready = new("Ready", "Verified", false, true, "Undefined", "", "Ready", null) { HasDetails = true };
    private static readonly VroPlanSnapshot Running = new("Running", "Failover", true, false, "Undefined", "", "Ready", "Ready") { HasDetails = true };
    private static readonly VroPlanSnapshot Halted = new("Halted", "Halted", false, true, "Error", "Halted, 1 error", "Halted", "Ready") { HasDetails = true, FinishTime = new DateTime(2026, 1, 2, 3, 0, 0, DateTimeKind.Unspecified) };
    private static readonly VroPlanSnapshot FailedOver = new("FailoverComplete", "Failover", false, true, "Success", "Complete", "FailoverComplete", "Ready") { HasDetails = true };
    private static readonly VroPlanSnapshot Disabled = new("Disabled", "Disabled", false, true, "Success", "Complete", "Disabled", "Ready") { HasDetails = true };
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData("Failover", "Replica", "Ready", true)]
    [InlineData("Failover", "Restore", "Ready", false)]
    [InlineData("Restore", "Restore", "Ready", true)]
    [InlineData("Restore", "Replica", "Ready", false)]
    [InlineData("PermanentFailover", "CdpReplica", "FailoverComplete", true)]
    [InlineData("PermanentFailover", "Storage", "FailoverComplete", false)]
    [InlineData("PermanentFailover", "Replica", "FailbackComplete", false)]
    [InlineData("PrepareToFailback", "Replica", "FailoverComplete", true)]
    [InlineData("PrepareToFailback", "Replica", "PrepareForFailbackComplete", false)]
    [InlineData("SwitchoverToProduction", "Replica", "Prepare for Failback", true)]
    [InlineData("SwitchoverToProduction", "Replica", "FailoverComplete", false)]
    [InlineData("FailbackToProduction", "Replica", "FAILOVER", true)]
    [InlineData("FailbackToProduction", "Replica", "UndoFailover", false)]
    [InlineData("CommitFailback", "Replica", "FailbackComplete", true)]
    [InlineData("CommitFailback", "Replica", "CommitFailback", false)]
    [InlineData("Undo", "Storage", "Halted", true)]
    [InlineData("Undo", "Restore", "Halted", false)]
    [InlineData("Undo", "Replica", "PermanentFailover", false)]
    [InlineData("Continue", "Restore", "Halted", true)]
    [InlineData("Continue", "Replica", "FailoverComplete", false)]
    [InlineData("Halt", "Replica", "Ready", false)]
    [InlineData("ResetState", "Replica", "Halted", true)]
    [InlineData("Undo", "Replica", "SomethingNew", true)]
    public void Types_and_states_that_are_known_to_be_wrong_are_refused(string path, string type, string state, bool allowed)
    {
        var plan = new VroPlan { Id = "1", Name = "p", Type = type, State = state, Mode = state == "Ready" ? "Enabled" : "InUse", VerificationState = "Verified" };
        var (wrong, _) = VroPlanCheck.Examine(ActionOf(path), plan, new VroPlanRuntime { State = state, IsRunning = false, IsStable = true });
        Assert.Equal(allowed, wrong is null);
    }

    [Theory]
    [InlineData("Undo", "FailoverComplete")]
    [InlineData("FailbackToProduction", "FailoverComplete")]
    public void What_the_server_says_is_impossible_is_not_sent(string path, string state)
    {
        var plan = new VroPlan { Id = "1", Name = "p", Type = "Replica", State = state, Mode = "InUse" };
        var runtime = new VroPlanRuntime { State = state, IsRunning = false, IsStable = true, IsUndoPossible = false, IsReversePossible = false };
        Assert.Contains("the server says", VroPlanCheck.Examine(ActionOf(path), plan, runtime).Wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Failover")]
    [InlineData("ReadinessCheck")]
    [InlineData("Undo")]
    [InlineData("ResetChangeLog")]
    [InlineData("Enable")]
    public void Nothing_is_begun_beside_what_runs(string path)
    {
        var plan = new VroPlan { Id = "1", Name = "p", Type = "Replica", State = "Ready", Mode = "Enabled", VerificationState = "Verified" };
        Assert.Contains("something runs", VroPlanCheck.Examine(ActionOf(path), plan, new VroPlanRuntime { IsRunning = true, StateName = "Testing" }).Wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_ends_where_it_began_is_no_success_even_without_an_error()
    {
        var watch = Watch(VroPlanActions.Failover, Ready);
        watch.Observe(Running);
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(Ready));
        _time.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(VroPlanVerdict.Failed, watch.Observe(Ready));
    }

    [Fact]
    public void A_state_that_is_not_the_goal_is_no_success_and_an_unknown_one_is_left_to_the_user()
    {
        var watch = Watch(VroPlanActions.PermanentFailover, FailedOver);
        watch.Observe(Running);
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(Disabled));
        _time.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(VroPlanVerdict.Failed, watch.Observe(Disabled));
        Assert.Equal(VroPlanVerdict.Ended, watch.Observe(Disabled with { State = "SomethingNew", StateName = "Something New" }));
    }

    [Fact]
    public void A_halt_has_reached_its_goal_where_another_run_has_failed()
    {
        Assert.Equal(VroPlanVerdict.Waiting, Watch(VroPlanActions.Halt, Running).Observe(Running));
        Assert.Equal(VroPlanVerdict.Ended, Watch(VroPlanActions.Halt, Running).Observe(Halted));
        Assert.Equal(VroPlanVerdict.Failed, Watch(VroPlanActions.Failover, Ready).Observe(Halted));
    }

    [Fact]
    public void A_continuation_that_halts_again_is_told_by_the_time_of_its_end()
    {
        var watch = Watch(VroPlanActions.Continue, Halted);
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(Halted));
        Assert.Equal(VroPlanVerdict.Failed, watch.Observe(Halted with { FinishTime = Halted.FinishTime!.Value.AddMinutes(1) }));
    }

    [Fact]
    public void A_continuation_that_somebody_reset_is_no_success()
    {
        var watch = Watch(VroPlanActions.Continue, Halted);
        watch.Observe(Running);
        watch.Observe(Disabled);
        _time.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(VroPlanVerdict.Failed, watch.Observe(Disabled));
        Assert.Equal(VroPlanVerdict.Ended, watch.Observe(FailedOver));
    }

    [Fact]
    public void A_reset_of_a_plan_that_is_disabled_has_ended_when_it_stays_so()
    {
        var watch = Watch(VroPlanActions.Reset, Disabled);
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(Disabled));
        _time.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(VroPlanVerdict.Ended, watch.Observe(Disabled));
    }

    [Fact]
    public void A_run_that_a_reset_cuts_off_is_no_sign_of_the_reset()
    {
        var watch = Watch(VroPlanActions.Reset, Halted);
        var cut = Halted with { FinishTime = Halted.FinishTime!.Value.AddMinutes(1), Result = "Warning", ResultName = "Cancelled" };
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(cut));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(cut));
        Assert.Equal(VroPlanVerdict.Ended, watch.Observe(Disabled));
    }

    [Fact]
    public void What_runs_on_and_halts_by_itself_is_no_sign_of_the_reset()
    {
        var watch = Watch(VroPlanActions.Reset, Running);
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(Running));
        Assert.False(watch.HasBegun);
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(Halted));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(Halted));
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(Running with { State = "Resetting", StateName = "Resetting" }));
        Assert.True(watch.HasBegun);
        Assert.Equal(VroPlanVerdict.Ended, watch.Observe(Disabled));
    }

    [Fact]
    public void A_reset_with_a_check_ends_with_the_check()
    {
        var before = FailedOver with { CheckResult = "Success" };
        var watch = Watch(VroPlanActions.ResetAndCheck, before);
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(Disabled with { CheckResult = "Success" }));
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(Running with { State = "Checking", StateName = "Checking" }));
        Assert.Equal(VroPlanVerdict.Ended, watch.Observe(Disabled with { CheckResult = "Success", FinishTime = new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Unspecified) }));
    }

    [Fact]
    public void A_check_is_told_by_its_result_and_an_error_of_the_last_run_is_none_of_its()
    {
        var before = Ready with { Result = "Error", CheckResult = "Undefined" };
        Assert.Equal(VroPlanVerdict.Waiting, Watch(VroPlanActions.ReadinessCheck, before).Observe(before));
        Assert.Equal(VroPlanVerdict.Ended, Watch(VroPlanActions.ReadinessCheck, before).Observe(before with { CheckResult = "Error" }));
        Assert.Equal(VroPlanVerdict.Waiting, Watch(VroPlanActions.Failover, before).Observe(before with { CheckResult = "Error" }));
    }

    [Fact]
    public void A_check_that_something_else_cut_off_is_no_success()
    {
        var before = Ready with { CheckResult = "Success" };
        var watch = Watch(VroPlanActions.ReadinessCheck, before);
        watch.Observe(Running with { State = "Checking", StateName = "Checking", CheckResult = "Undefined" });
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(Disabled with { CheckResult = "Undefined" }));
        _time.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(VroPlanVerdict.Failed, watch.Observe(Disabled with { CheckResult = "Undefined" }));
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(Ready with { CheckResult = "Undefined" }));
        _time.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(VroPlanVerdict.Failed, watch.Observe(Ready with { CheckResult = "Undefined" }));
        Assert.Equal(VroPlanVerdict.Ended, watch.Observe(Ready with { CheckResult = "Error" }));
    }

    [Fact]
    public void What_is_done_at_once_stands_in_nobodys_way_except_its_own_while_its_answer_is_lost()
    {
        var server = new Uri($"https://{Guid.NewGuid():N}.example:9898");
        var clear = new VroClearChangeLog(GenerateReport: false);
        Assert.Null(VroStartedRuns.Claim(server, "p", Ready, _time.GetUtcNow(), insist: false, _time, clear));
        VroStartedRuns.Sent(server, "p", answerLost: true, _time, clear);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(VroStartedRuns.Claim(server, "p", Ready, _time.GetUtcNow(), insist: false, _time, clear));
        Assert.Null(VroStartedRuns.Find(server, "p", _time));
        Assert.Null(VroStartedRuns.Claim(server, "p", Ready, _time.GetUtcNow(), insist: false, _time, new VroFailover()));
    }

    [Fact]
    public void A_wait_releases_only_the_start_that_it_knows()
    {
        var server = new Uri($"https://{Guid.NewGuid():N}.example:9898");
        VroStartedRuns.Claim(server, "p", Ready, _time.GetUtcNow(), insist: false, _time);
        VroStartedRuns.Sent(server, "p", answerLost: false, _time);
        var first = VroStartedRuns.Find(server, "p", _time)!.SentAt;
        _time.Advance(TimeSpan.FromSeconds(5));
        var halt = new VroHalt(FullStop: false);
        Assert.Null(VroStartedRuns.Claim(server, "p", Running, _time.GetUtcNow(), insist: false, _time, halt));
        VroStartedRuns.Sent(server, "p", answerLost: false, _time, halt);
        VroStartedRuns.Release(server, "p", null, first);
        Assert.Equal("Halt", VroStartedRuns.Find(server, "p", _time)!.Action.Path);
    }

    private static VroPlanAction ActionOf(string path)
        => typeof(VroPlanActions).GetProperties().Select(p => p.GetValue(null)).OfType<VroPlanAction>().First(a => a.Path == path);

    private VroPlanWatch Watch(VroPlanAction action, VroPlanSnapshot before) => VroPlanWatch.OfOwnRun(before, _time.GetUtcNow(), _time, action);
}
