using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Tests.Vro;

/// <summary>When a plan has ended: by the two flags, never by the name of a state.</summary>
public sealed class VroPlanWatchTests
{
    private static readonly VroPlanSnapshot Ready = new("Ready", "Verified", false, true, "Undefined", "", "Ready", null);
    private static readonly VroPlanSnapshot Running = new("Running", "Failover", true, false, "Undefined", "", "Ready", "Ready");
    private static readonly VroPlanSnapshot Done = new("FailoverComplete", "Failover", false, true, "Success", "Complete, no errors", "FailoverComplete", "Ready");
    private static readonly VroPlanSnapshot Halted = new("Halted", "Halted", false, true, "Error", "Halted, 1 error", "Halted", "Ready");
    private readonly ManualTime _time = new();

    [Fact]
    public void A_stable_plan_that_nobody_started_here_has_ended_at_once()
        => Assert.Equal(VroPlanVerdict.Ended, VroPlanWatch.OfAnyRun(_time).Observe(Ready));

    [Fact]
    public void After_an_own_start_the_old_state_is_no_end()
    {
        var watch = VroPlanWatch.OfOwnRun(Ready, _time.GetUtcNow(), _time);

        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(Ready));
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(Ready));
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(Running));
        Assert.Equal(VroPlanVerdict.Ended, watch.Observe(Done));
    }

    [Fact]
    public void A_start_that_shows_nothing_within_its_grace_is_unknown()
    {
        var watch = VroPlanWatch.OfOwnRun(Ready, _time.GetUtcNow(), _time);
        watch.Observe(Ready);

        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(VroPlanVerdict.NeverBegan, watch.Observe(Ready));
    }

    [Fact]
    public void A_run_that_was_over_between_two_looks_is_told_by_what_it_left()
        => Assert.Equal(VroPlanVerdict.Ended, VroPlanWatch.OfOwnRun(Ready, _time.GetUtcNow(), _time).Observe(Done));

    [Fact]
    public void A_run_back_to_the_same_state_is_told_by_its_result()
        => Assert.Equal(VroPlanVerdict.Ended, VroPlanWatch.OfOwnRun(Ready, _time.GetUtcNow(), _time).Observe(Ready with { Result = "Success" }));

    [Fact]
    public void A_result_that_is_taken_back_is_the_beginning_of_a_run_not_its_end()
    {
        var before = Ready with { Result = "Success", ResultName = "Complete" };
        var watch = VroPlanWatch.OfOwnRun(before, _time.GetUtcNow(), _time);

        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(Ready with { Result = "Undefined", ResultName = "" }));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(Running));
    }

    [Fact]
    public void A_previous_execution_alone_counts_when_it_stays()
    {
        var watch = VroPlanWatch.OfOwnRun(Ready, _time.GetUtcNow(), _time);
        var now = Ready with { PreviousExecutionState = "Ready" };

        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(now));
        _time.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(VroPlanVerdict.Ended, watch.Observe(now));
    }

    [Theory]
    [InlineData("Failover")]
    [InlineData("Ready")]
    [InlineData("FailoverComplete")]
    [InlineData("Halted")]
    public void While_it_runs_no_name_ends_it(string state)
    {
        var watch = VroPlanWatch.OfAnyRun(_time);
        var now = Running with { State = state, StateName = state, LastStableState = state };

        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(now));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(now));
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(now with { IsStable = true }));
    }

    [Fact]
    public void A_halted_run_has_failed()
    {
        var watch = VroPlanWatch.OfOwnRun(Ready, _time.GetUtcNow(), _time);
        watch.Observe(Running);
        Assert.Equal(VroPlanVerdict.Failed, watch.Observe(Halted));
        Assert.Equal(VroPlanVerdict.Failed, VroPlanWatch.OfAnyRun(_time).Observe(Halted));
    }

    [Fact]
    public void A_run_that_ends_in_its_old_state_with_an_error_has_failed_one_that_got_further_has_not()
    {
        Assert.Equal(VroPlanVerdict.Failed, VroPlanWatch.OfOwnRun(Ready, _time.GetUtcNow(), _time).Observe(Ready with { Result = "Error" }));
        Assert.Equal(VroPlanVerdict.Ended, VroPlanWatch.OfOwnRun(Ready, _time.GetUtcNow(), _time).Observe(Done with { Result = "Error" }));
    }

    [Fact]
    public void Neither_running_nor_stable_ends_only_when_it_stays()
    {
        var watch = VroPlanWatch.OfAnyRun(_time);
        var between = Ready with { IsStable = false };

        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(between));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(between with { State = "Editing" }));
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(VroPlanVerdict.Waiting, watch.Observe(between with { State = "Editing" }));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(VroPlanVerdict.Ended, watch.Observe(between with { State = "Editing" }));
    }

    [Fact]
    public void What_nobody_tells_is_no_end()
        => Assert.Equal(VroPlanVerdict.Waiting, VroPlanWatch.OfAnyRun(_time).Observe(new VroPlanSnapshot("Ready", null, null, null, null, null, null, null)));

    [Fact]
    public void A_source_that_tells_less_is_no_change()
        => Assert.Equal(VroPlanVerdict.Waiting, VroPlanWatch.OfOwnRun(Ready with { PreviousExecutionState = "Ready" }, _time.GetUtcNow(), _time).Observe(Ready with { Result = null, ResultName = null }));

    [Theory]
    [InlineData("Ready", "Ready", true)]
    [InlineData("Running", "Ready", false)]
    [InlineData("Ready", null, null)]
    public void Without_details_the_plan_tells_by_its_last_stable_state(string state, string? lastStable, bool? stable)
    {
        var runtime = VroPlanRuntime.From(new VroPlan { Id = "1", State = state, LastStableState = lastStable });
        Assert.Equal(stable, runtime.IsStable);
        Assert.Equal(!stable, runtime.IsRunning);
        Assert.False(runtime.HasDetails);
    }
}
