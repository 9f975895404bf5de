using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Tests.Vro;

/// <summary>What this process asked for and has not seen begin: the guard between two runspaces, and between two commands.</summary>
public sealed class VroStartedRunsTests
{
    private static readonly VroPlanSnapshot Ready = new("Ready", "Verified", false, true, "Undefined", "", "Ready", null);
    private readonly Uri _server = new($"https://{Guid.NewGuid():N}.example:9898");
    private readonly ManualTime _time = new();

    [Fact]
    public void A_plan_that_is_being_started_is_not_claimed_again()
    {
        Assert.Null(Claim());
        Assert.NotNull(Claim());
        Assert.NotNull(Claim(insist: true));
    }

    [Fact]
    public void Who_looked_before_the_start_was_sent_does_not_start_it_even_when_he_insists()
    {
        var seenAt = _time.GetUtcNow();
        Claim();
        _time.Advance(TimeSpan.FromSeconds(1));
        VroStartedRuns.Sent(_server, "p", answerLost: false, _time);

        Assert.NotNull(VroStartedRuns.Claim(_server, "P", Ready, seenAt, insist: true, _time));
    }

    [Fact]
    public void The_old_state_after_a_start_is_no_invitation()
    {
        Started(answerLost: true);

        Assert.Contains("lost", Claim(), StringComparison.Ordinal);
        Assert.Null(Claim(insist: true));
    }

    [Fact]
    public void A_start_that_began_or_was_refused_or_is_long_ago_does_not_stand_in_the_way()
    {
        Started(answerLost: false);
        Assert.Null(VroStartedRuns.Claim(_server, "p", Ready with { Result = "Success" }, _time.GetUtcNow(), insist: false, _time));
        VroStartedRuns.Release(_server, "p");
        Assert.Null(Claim());
        VroStartedRuns.Sent(_server, "p", answerLost: false, _time);
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(VroStartedRuns.Find(_server, "p", _time));
        Assert.Null(Claim());
    }

    [Fact]
    public void Another_plan_or_server_is_another_matter()
    {
        Started(answerLost: false);
        Assert.Null(VroStartedRuns.Claim(_server, "q", Ready, _time.GetUtcNow(), insist: false, _time));
        Assert.Null(VroStartedRuns.Claim(new Uri("https://other.example"), "p", Ready, _time.GetUtcNow(), insist: false, _time));
    }

    private string? Claim(bool insist = false) => VroStartedRuns.Claim(_server, "p", Ready, _time.GetUtcNow(), insist, _time);

    private void Started(bool answerLost)
    {
        Claim();
        VroStartedRuns.Sent(_server, "p", answerLost, _time);
        _time.Advance(TimeSpan.FromSeconds(1));
    }
}
