using System.Net;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vro;

/// <summary>The wait itself, on a clock that jumps from look to look.</summary>
public sealed class VroPlanWaiterTests
{
    private const string Ready = """{"id":"ID","name":"dc1-web","state":"Ready","stateName":"Verified","isRunningState":false,"isStableState":true,"currentRunResult":"Undefined","lastStableState":"Ready"}""";
    private const string Running = """{"id":"ID","name":"dc1-web","state":"Running","stateName":"Failover","isRunningState":true,"isStableState":false,"totalProgress":40,"currentRunResult":"Undefined","lastStableState":"Ready"}""";
    private const string Done = """{"id":"ID","name":"dc1-web","state":"FailoverComplete","stateName":"Failover","isRunningState":false,"isStableState":true,"totalProgress":100,"currentRunResult":"Success","lastStableState":"FailoverComplete"}""";
    private const string Halted = """{"id":"ID","name":"dc1-web","state":"Halted","stateName":"Halted","isRunningState":false,"isStableState":true,"currentRunResult":"Error","resultName":"Halted, 1 error","lastStableState":"Halted"}""";
    private readonly string _planId = Guid.NewGuid().ToString();
    private readonly List<string> _answers = [];
    private int _look;

    [Fact]
    public async Task A_stable_plan_is_returned_after_one_look()
    {
        _answers.AddRange([Ready]);
        var (_, runtime) = await WaitAsync();
        Assert.Equal("Ready", runtime.State);
        Assert.Equal(1, _look);
    }

    [Fact]
    public async Task An_outage_a_server_error_and_half_an_answer_do_not_end_a_wait()
    {
        _answers.AddRange([Running, "500", "500", "500", "500", "reset", "reset", "reset", "reset", "<html><title>restarting</title></html>", "404", "401", "401", "", Running, Done]);
        var (server, runtime) = await WaitAsync();
        Assert.Equal("FailoverComplete", runtime.State);
        Assert.Contains("the plan does not depend on it", server.Observer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_stays_away_ends_the_wait_with_its_error()
    {
        _answers.AddRange([Running, "500"]);
        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => WaitAsync());
        Assert.Equal("Vro.ServerError", error.ErrorId);
        Assert.Contains("Nothing was heard", error.Message, StringComparison.Ordinal);
        Assert.Contains("goes on", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("404")]
    [InlineData("null")]
    public async Task Emptied_details_are_replaced_by_the_plan_itself(string emptied)
    {
        _answers.AddRange([Running, emptied, emptied, emptied]);
        var asked = 0;
        var (_, runtime) = await WaitAsync(plan: () => ++asked < 3 ? """{"id":"ID","name":"dc1-web","state":"Running","lastStableState":"Ready"}""" : """{"id":"ID","name":"dc1-web","state":"FailoverComplete","lastStableState":"FailoverComplete","currentRunResult":"Success"}""");
        Assert.Equal("FailoverComplete", runtime.State);
        Assert.False(runtime.HasDetails);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_halted_plan_names_group_vm_and_step()
    {
        _answers.AddRange([Running, Halted]);
        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => WaitAsync());
        Assert.Equal("Vro.Failed", error.ErrorId);
        Assert.Contains("group 'tier 1', VM 'vm-2', step 'Boot' (no boot disk)", error.Message, StringComparison.Ordinal);
        Assert.Contains("Halted, 1 error", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timeout_says_that_the_plan_goes_on()
    {
        _answers.AddRange([Running]);
        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => WaitAsync(timeout: TimeSpan.FromMinutes(2)));
        Assert.Equal("Vro.Timeout", error.ErrorId);
        Assert.Contains("120 seconds", error.Message, StringComparison.Ordinal);
        Assert.Contains("40 percent", error.Message, StringComparison.Ordinal);
        Assert.Contains("goes on at the server", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_longer_than_both_tokens_is_waited_for_to_its_end()
    {
        // Three hours at ten seconds a look: twelve access tokens, and longer than the 120 minutes of a refresh token.
        _answers.AddRange(Enumerable.Repeat(Running, 1200));
        _answers.Add(Done);
        var (server, runtime) = await WaitAsync();
        Assert.Equal("FailoverComplete", runtime.State);
        Assert.InRange(server.Tokens.Count(), 12, 20);
        Assert.All(server.Tokens.Skip(1), t => Assert.Equal("refresh_token", FakeVro.Form(t)["grant_type"]));
    }

    [Fact]
    public async Task The_own_start_is_waited_for_although_the_old_state_still_shows()
    {
        _answers.AddRange([Ready, Ready, Ready, Running, Done]);
        var (_, runtime) = await WaitAsync(started: true);
        Assert.Equal("FailoverComplete", runtime.State);
    }

    [Fact]
    public async Task An_own_start_that_never_shows_is_unknown_not_done()
    {
        _answers.AddRange([Ready]);
        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => WaitAsync(started: true));
        Assert.Equal("Vro.OutcomeUnknown", error.ErrorId);
        Assert.Contains("nothing was seen", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_else_sends_to_the_plan_meanwhile_is_not_what_is_waited_for()
    {
        // A halt reaches its goal where the failover does not: the wait for the failover must not take the halt's goal for its own.
        _answers.AddRange([Running, Halted]);
        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => WaitAsync(started: true, thenHalted: true));
        Assert.Equal("Vro.Failed", error.ErrorId);
    }

    [Fact]
    public async Task A_plan_that_is_gone_is_said()
    {
        _answers.AddRange([Running, "404"]);
        Assert.Equal("Vro.NotFound", (await Assert.ThrowsAsync<OrchestratorApiException>(() => WaitAsync())).ErrorId);
    }

    private async Task<(FakeVro Server, VroPlanRuntime Runtime)> WaitAsync(TimeSpan? timeout = null, Func<string>? plan = null, bool started = false, bool thenHalted = false)
    {
        var server = new FakeVro(Answer) { Time = new ManualTime { AutoAdvance = TimeSpan.FromSeconds(45) } };
        await using var session = await server.ConnectAsync();
        VroPendingStart? own = null;
        if (started)
        {
            var before = new VroPlanSnapshot("Ready", "Verified", false, true, "Undefined", null, "Ready", null);
            Assert.Null(VroStartedRuns.Claim(session.Server, _planId, before, server.Time.GetUtcNow(), insist: false, server.Time));
            own = VroStartedRuns.Sent(session.Server, _planId, answerLost: false, server.Time);
        }

        if (thenHalted)
        {
            var halt = new VroHalt(FullStop: false);
            server.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Null(VroStartedRuns.Claim(session.Server, _planId, new VroPlanSnapshot("Running", "Failover", true, false, "Undefined", null, "Ready", null), server.Time.GetUtcNow(), insist: false, server.Time, halt));
            VroStartedRuns.Sent(session.Server, _planId, answerLost: false, server.Time, halt);
        }

        return (server, await new VroPlanWaiter(new VroClient(session, server.Observer), server.Observer).WaitAsync(_planId, "dc1-web", own, timeout, withStep: false, null, default));

        HttpResponseMessage? Answer(SentRequest request)
        {
            var path = request.Uri.AbsolutePath["/api/".Length..];
            path = path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..];
            return path switch
            {
                _ when path == $"RuntimeDetails/Plans/{_planId}" => Shape(_answers[Math.Min(_look++, _answers.Count - 1)]),
                _ when path == $"Plans/{_planId}" && plan is not null => Shape(plan()),
                _ when path == $"RuntimeDetails/Plans/{_planId}/Groups" => ScriptedHandler.Json("""{"data":[{"id":"g0","name":"tier 0","state":"Complete","result":"Success"},{"id":"g1","name":"tier 1","state":"Halted","result":"Error"}]}"""),
                _ when path == $"RuntimeDetails/Plans/{_planId}/Groups/g1" => ScriptedHandler.Json("""{"data":[{"id":"v1","name":"vm-1","result":"Success"},{"id":"v2","name":"vm-2","result":"Error"}]}"""),
                _ when path == $"RuntimeDetails/Plans/{_planId}/Vms/v2/Steps" => ScriptedHandler.Json("""{"data":[{"id":"s1","name":"Check","result":"Success"},{"id":"s2","name":"Boot","state":"Failed","result":"Error","details":"no boot disk."}]}"""),
                _ => null,
            };
        }
    }

    private HttpResponseMessage Shape(string answer) => answer switch
    {
        "500" => new HttpResponseMessage(HttpStatusCode.InternalServerError),
        "401" => new HttpResponseMessage(HttpStatusCode.Unauthorized),
        "404" => new HttpResponseMessage(HttpStatusCode.NotFound),
        "reset" => throw ScriptedHandler.Reset(),
        _ => ScriptedHandler.Json(answer.Replace("\"ID\"", $"\"{_planId}\"", StringComparison.Ordinal)),
    };
}
