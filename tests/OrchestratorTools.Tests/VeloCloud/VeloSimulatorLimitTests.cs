namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>The two rate limiters of the simulated Orchestrator, and the size that it can have.</summary>
public sealed class VeloSimulatorLimitTests : IAsyncLifetime
{
    private const string System = "veloCloud";
    private Simulator _simulator = null!;

    public async Task InitializeAsync() => _simulator = await Simulator.StartAsync("--edges", "20000");

    public async Task DisposeAsync() => await _simulator.DisposeAsync();

    [Fact]
    public async Task Too_many_requests_are_refused_for_five_seconds_by_both_apis()
    {
        using var velo = await VeloRaw.AsAsync(_simulator, "customer");
        using var other = await VeloRaw.AsAsync(_simulator, "operator");
        await _simulator.CommandAsync(System, "settings", new { requestsPerSecond = 3 });
        var statuses = new List<int>();
        for (var i = 0; i < 8; i++)
        {
            statuses.Add((await velo.CallAsync("system/getVersionInfo")).Status);
        }

        Assert.Equal(200, statuses[0]);
        Assert.Equal(429, statuses[^1]);
        Assert.Equal(429, (await velo.SendAsync(HttpMethod.Get, "api/sdwan/v2/enterprises/")).Answer.Status);
        Assert.Equal(200, (await other.CallAsync("system/getVersionInfo")).Status);
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(4));
        Assert.Equal(429, (await velo.CallAsync("system/getVersionInfo")).Status);
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(1.5));
        Assert.Equal(200, (await velo.CallAsync("system/getVersionInfo")).Status);
    }

    [Fact]
    public async Task Too_many_requests_at_once_are_refused()
    {
        using var velo = await VeloRaw.AsAsync(_simulator, "customer");
        await velo.OkAsync("enterprise/getEnterpriseEdges", new { limit = 1 });
        await _simulator.CommandAsync(System, "settings", new { concurrent = 1 });
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => velo.CallAsync("enterprise/getEnterpriseEdges", new { with = VeloRaw.Some("site", "links") })));
        Assert.Contains(all, a => a.Status == 200);
        Assert.Contains(all, a => a.Status == 429);
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(6));
        Assert.Equal(200, (await velo.CallAsync("system/getVersionInfo")).Status);
    }

    [Fact]
    public async Task Twenty_thousand_edges_are_listed_summed_and_looked_through()
    {
        using var velo = await VeloRaw.AsAsync(_simulator, "operator");
        Assert.Equal(200, (await velo.OkAsync("network/getNetworkEnterprises")).GetArrayLength());
        Assert.Equal(20_000, (await velo.OkAsync("monitoring/getAggregates")).GetProperty("edgeCount").GetInt32());
        var flows = await velo.OkAsync("metrics/getEnterpriseFlowMetrics", new { enterpriseId = VeloWalk.Acme, viewBy = "application", interval = new { start = DateTimeOffset.UtcNow.AddDays(-30).ToUnixTimeMilliseconds() } });
        Assert.Equal(16, flows.GetArrayLength());
        var links = await velo.OkAsync("monitoring/getAggregateEdgeLinkMetrics", new { enterprises = VeloRaw.Some(1802, 1803), metrics = VeloRaw.Some("bytesRx"), interval = new { start = DateTimeOffset.UtcNow.AddHours(-2).ToUnixTimeMilliseconds() } });
        Assert.NotEmpty(links.EnumerateArray());
    }
}
