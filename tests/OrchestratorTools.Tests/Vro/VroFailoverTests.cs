using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Tests.Vro;

/// <summary>"Never a second failover reached the server", by the log of a real one's stand-in: every way in which an answer can be lost.</summary>
public sealed class VroFailoverTests : IAsyncLifetime
{
    private Simulator _simulator = null!;
    private VroSession _session = null!;
    private VroClient _client = null!;
    private VroPlan _plan = null!;

    public async Task InitializeAsync()
    {
        _simulator = await Simulator.StartAsync("--speed", "50");
        _session = await VroSession.ConnectAsync(_simulator.Settings("vro") with { Timeout = TimeSpan.FromSeconds(2), MaximumRetryCount = 2 }, Login(), null, SilentObserver.Instance, default);
        _client = new VroClient(_session, SilentObserver.Instance);
        _plan = await PlanAsync("dc1-web");
    }

    public async Task DisposeAsync()
    {
        await _session.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"kind":"lostAnswer"}""", "Vro.OutcomeUnknown")]
    [InlineData("""{"kind":"lostAnswer","close":true}""", "Vro.OutcomeUnknown")]
    [InlineData("""{"kind":"status","status":500}""", "Vro.ServerError")]
    [InlineData("""{"kind":"status","status":502}""", "Vro.OutcomeUnknown")]
    [InlineData("""{"kind":"status","status":503}""", "Vro.OutcomeUnknown")]
    [InlineData("""{"kind":"status","status":504}""", "Vro.OutcomeUnknown")]
    [InlineData("""{"kind":"latency","milliseconds":3000}""", "Vro.OutcomeUnknown")]
    [InlineData("""{"kind":"replaceBody","body":"<html><title>Portal</title></html>","contentType":"text/html"}""", "Vro.OutcomeUnknown")]
    [InlineData("""{"kind":"redirect","location":"https://elsewhere.example/"}""", "Vro.Protocol")]
    public async Task A_failover_is_sent_once_whatever_happens_to_its_answer(string fault, string id)
    {
        var rules = System.Text.Json.Nodes.JsonNode.Parse(fault)!.AsObject();
        rules["system"] = "vro";
        rules["method"] = "POST";
        rules["path"] = "*/Failover";
        rules["count"] = 0;
        await _simulator.AddFaultAsync(rules);

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => _client.StartFailoverAsync(_plan, new VroFailover(), default));

        Assert.Equal(id, error.ErrorId);
        if (id != "Vro.Protocol")
        {
            Assert.Contains("Get-VroPlanRuntime", error.RecommendedAction, StringComparison.Ordinal);
        }

        Assert.Single(await FailoversAsync());
    }

    [Fact]
    public async Task A_post_without_a_body_is_not_sent_again_by_the_framework_either()
    {
        // A warm connection that closes in good order before the answer is the case in which the framework's handler sends again by itself.
        await _session.ProbeAsync(SilentObserver.Instance, default);
        await _simulator.AddFaultAsync(new { system = "vro", kind = "lostAnswer", close = true, method = "POST", path = "*/Enable", count = 0 });

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => _client.SendRawAsync(HttpMethod.Post, _client.AddressOf($"Plans/{_plan.Id}/Enable", []), null, default));

        Assert.Equal("Vro.OutcomeUnknown", error.ErrorId);
        Assert.Single(await _simulator.RequestsAsync("vro"), r => r.Path.EndsWith("/Enable", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_dies_before_the_start_costs_one_refused_and_one_accepted_request()
    {
        await _simulator.AddFaultAsync(new { system = "vro", kind = "expireSessions", method = "POST", path = "*/Failover" });

        await _client.StartFailoverAsync(_plan, new VroFailover { ExecuteChainedPlans = false }, default);

        Assert.Equal([401, 200], (await FailoversAsync()).Select(r => r.Status));
        Assert.Equal("""{"executeChainedPlans":false,"restorePointDate":null,"protectStorageVolumes":false}""", (await FailoversAsync())[1].Body);
    }

    [Fact]
    public async Task A_wrong_state_is_said_as_such()
    {
        var error = await Assert.ThrowsAsync<OrchestratorApiException>(async () => await _client.StartFailoverAsync(await PlanAsync("dc2-files"), new VroFailover(), default));
        Assert.Equal("Vro.WrongState", error.ErrorId);
    }

    [Fact]
    public async Task A_wait_outlives_tokens_a_restart_and_a_slow_start()
    {
        // 600 simulated seconds before it begins, two hours and a half of running: longer than an access token and a refresh token live.
        await _simulator.CommandAsync("vro", "plan", new { name = "dc1-web", startDelaySeconds = 100, runSeconds = 9000 });
        Assert.Null(VroStartedRuns.Claim(_session.Server, _plan.Id, VroPlanSnapshot.Of(await _client.GetRuntimeAsync(_plan.Id, default)), TimeProvider.System.GetSteadyNow(), insist: false, TimeProvider.System));
        await _client.StartFailoverAsync(_plan, new VroFailover(), default);
        VroStartedRuns.Sent(_session.Server, _plan.Id, answerLost: false, TimeProvider.System);
        var looks = 0;

        var runtime = await new VroPlanWaiter(_client, SilentObserver.Instance).WaitAsync(_plan.Id, _plan.Name, null, withStep: true, progress =>
        {
            // The server's clock, put forward from look to look: the wait itself takes seconds.
            if (progress.Runtime?.IsRunning is true)
            {
                looks++;
                _simulator.AdvanceAsync(TimeSpan.FromMinutes(20)).GetAwaiter().GetResult();
                if (looks == 3)
                {
                    _simulator.CommandAsync("vro", "restart").GetAwaiter().GetResult();
                }
            }
        }, default);

        Assert.Equal("FailoverComplete", runtime.State);
        Assert.True(looks >= 5, $"{looks} looks");
        Assert.Single(await FailoversAsync());
        Assert.Contains(await _simulator.RequestsAsync("vro"), r => r.Path.EndsWith($"/Plans/{_plan.Id}", StringComparison.Ordinal) && !r.Path.Contains("RuntimeDetails", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_halted_run_names_what_failed()
    {
        var group = (await _client.GetRuntimeGroupsAsync(_plan.Id, default)).First(g => g.Vms.Count > 0);
        var (vm, step) = (group.Vms[0].Name, group.Vms[0].Steps[0].Name);
        await _simulator.CommandAsync("vro", "plan", new { name = "dc1-web", failStep = $"{group.Name}/{vm}/{step}" });
        await _client.StartFailoverAsync(_plan, new VroFailover(), default);

        OrchestratorApiException? error = null;
        while (error is null)
        {
            await _simulator.AdvanceAsync(TimeSpan.FromMinutes(5));
            error = await Record.ExceptionAsync(() => new VroPlanWaiter(_client, SilentObserver.Instance).WaitAsync(_plan.Id, _plan.Name, TimeSpan.FromSeconds(20), withStep: false, null, default)) as OrchestratorApiException;
        }

        Assert.Equal("Vro.Failed", error.ErrorId);
        Assert.Contains($"group '{group.Name}', VM '{vm}', step '{step}'", error.Message, StringComparison.Ordinal);
    }

    private VroLogin Login() => VroLogin.Password(_simulator.Text("vro", "user"), SecretText.From(_simulator.Text("vro", "password"))!);

    private async Task<VroPlan> PlanAsync(string name)
    {
        await foreach (var plan in _client.ListPlansAsync(new VroPlanQuery { Names = [name] }, default))
        {
            return plan;
        }

        throw new InvalidOperationException(name);
    }

    private async Task<IReadOnlyList<LoggedRequest>> FailoversAsync()
        => (await _simulator.RequestsAsync("vro")).Where(r => r.Path.EndsWith("/Failover", StringComparison.OrdinalIgnoreCase)).ToArray();
}
