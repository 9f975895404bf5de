using System.Text.Json;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>Two simulated Orchestrators: pairing, failover, demotion, and all that can go wrong between them.</summary>
public sealed class VeloSimulatorReplicationTests : IAsyncLifetime
{
    private const string First = "veloCloud";
    private const string Second = "veloCloudStandby";
    private Simulator _simulator = null!;
    private VeloRaw _active = null!;
    private VeloRaw _standby = null!;

    public async Task InitializeAsync()
    {
        _simulator = await Simulator.StartAsync("--edges", "40");
        await _simulator.CommandAsync(First, "replication", new { stepSeconds = 10, restartSeconds = 30 });
        _active = await VeloRaw.AsAsync(_simulator, "operator");
        _standby = await VeloRaw.AsAsync(_simulator, "operator", Second);
    }

    public async Task DisposeAsync()
    {
        _active.Dispose();
        _standby.Dispose();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task Two_become_a_pair_that_shares_its_database()
    {
        Assert.Equal("STANDALONE UNCONFIGURED", await StateAsync(_standby));
        Assert.Empty((await _standby.OkAsync("network/getNetworkEnterprises")).EnumerateArray());
        await RowsAsync(_standby, "prepareForStandby", new { });
        await Assert.ThrowsAsync<HttpRequestException>(() => _standby.CallAsync("disasterRecovery/getReplicationStatus"));
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(31));
        Assert.Equal("STANDBY STANDBY_CANDIDATE", await StateAsync(_standby));
        (await _standby.CallAsync("network/getNetworkEnterprises")).Refused("standby");
        Assert.Equal(400, (await _standby.SendAsync(HttpMethod.Get, "api/sdwan/v2/enterprises/")).Answer.Status);

        await ConfigureAsync();
        Assert.Equal("ACTIVE ACTIVE_CONFIGURING", await StateAsync(_active));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 20; i++)
        {
            seen.Add(await StateAsync(_active));
            seen.Add(await StateAsync(_standby));
            await _simulator.AdvanceAsync(TimeSpan.FromSeconds(10));
        }

        Assert.Equal("ACTIVE STANDBY_RUNNING", await StateAsync(_active));
        Assert.Equal("STANDBY STANDBY_RUNNING", await StateAsync(_standby));
        Assert.Superset(VeloRaw.Some("ACTIVE COPYING_DB", "STANDBY COPYING_DB", "STANDBY STANDBY_CONFIGURING", "ACTIVE STANDBY_SYNC").ToHashSet(StringComparer.Ordinal), seen);
        var status = await _standby.OkAsync("disasterRecovery/getReplicationStatus", new { with = VeloRaw.Some("stateHistory", "clientCount") });
        var history = status.GetProperty("stateHistory").EnumerateArray().ToList();
        Assert.Equal(history.Skip(1).Select(h => h.GetProperty("from").GetString()), history.SkipLast(1).Select(h => h.GetProperty("to").GetString()), StringComparer.Ordinal);
        Assert.Equal(40, status.GetProperty("clientCount").GetProperty("edgeCount").GetInt32());
        Assert.Equal("super@vco.example", status.GetProperty("drVCOUser").GetString());
        (await _standby.CallAsync("network/getNetworkEnterprises")).Refused("standby");
    }

    [Fact]
    public async Task A_failover_from_a_pair_that_runs_needs_force_and_demotes_the_active()
    {
        await PairAsync();
        Assert.Contains("force", await ErrorAsync(_standby, "promoteStandbyToActive", new { }), StringComparison.Ordinal);
        Assert.Contains("force", await ErrorAsync(_active, "demoteActive", new { }), StringComparison.Ordinal);
        Assert.Contains("ACTIVE", await ErrorAsync(_active, "promoteStandbyToActive", new { force = true }), StringComparison.Ordinal);
        await _active.OkAsync("enterprise/updateEnterprise", new { enterpriseId = VeloWalk.Acme, _update = new { city = "Ulm" } });
        await RowsAsync(_standby, "promoteStandbyToActive", new { force = true });
        Assert.Equal("STANDBY PENDING_STANDBY_PROMOTION", await StateAsync(_standby));
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(11));
        await Assert.ThrowsAsync<HttpRequestException>(() => _standby.CallAsync("disasterRecovery/getReplicationStatus"));
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("STANDALONE UNCONFIGURED", await StateAsync(_standby));
        Assert.Equal("ZOMBIE UNCONFIGURED", await StateAsync(_active));
        (await _active.CallAsync("network/getNetworkEnterprises")).Refused("standby");
        Assert.Equal("Ulm", (await _standby.OkAsync("enterprise/getEnterprise", new { enterpriseId = VeloWalk.Acme })).GetProperty("city").GetString());
        var operators = VeloRaw.User(_simulator, "operator");
        (await VeloRaw.LogInAsync(_simulator, operators.GetProperty("user").GetString()!, operators.GetProperty("password").GetString()!, isOperator: true, Second)).Dispose();
    }

    [Fact]
    public async Task An_active_that_is_gone_is_replaced_and_demoted_when_it_is_back()
    {
        await PairAsync();
        await _simulator.CommandAsync(First, "replication", new { down = true });
        await Assert.ThrowsAsync<HttpRequestException>(() => _active.CallAsync("system/getVersionInfo"));
        Assert.Equal("STANDBY FAILURE_MYSQL_STANDBY_STATUS", await StateAsync(_standby));
        await RowsAsync(_standby, "promoteStandbyToActive", new { });
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(90));
        Assert.Equal("STANDALONE UNCONFIGURED", await StateAsync(_standby));
        Assert.Equal(4, (await _standby.OkAsync("network/getNetworkEnterprises")).GetArrayLength());

        await _simulator.CommandAsync(First, "replication", new { down = false });
        Assert.Equal("ACTIVE FAILURE_GET_STANDBY_STATUS", await StateAsync(_active));
        await RowsAsync(_active, "demoteActive", new { });
        Assert.Equal("ACTIVE PENDING_ACTIVE_DEMOTION", await StateAsync(_active));
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(90));
        Assert.Equal("ZOMBIE UNCONFIGURED", await StateAsync(_active));
        await RowsAsync(_active, "prepareForStandby", new { });
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(31));
        Assert.Equal("STANDBY STANDBY_CANDIDATE", await StateAsync(_active));
    }

    [Fact]
    public async Task A_pair_that_lost_each_other_for_a_while_runs_again()
    {
        await PairAsync();
        await _simulator.CommandAsync(Second, "replication", new { down = true });
        Assert.Equal("ACTIVE FAILURE_GET_STANDBY_STATUS", await StateAsync(_active));
        await _simulator.CommandAsync(Second, "replication", new { down = false });
        Assert.Equal("ACTIVE STANDBY_RUNNING", await StateAsync(_active));
        await _simulator.CommandAsync(First, "replication", new { fail = "FAILURE_MYSQL_ACTIVE_STATUS", description = "disk \"full\"" });
        var status = await _active.OkAsync("disasterRecovery/getReplicationStatus");
        Assert.Equal("FAILURE_MYSQL_ACTIVE_STATUS", status.GetProperty("drState").GetString());
        Assert.Equal("disk \"full\"", status.GetProperty("failureDescription").GetString());
        await _simulator.CommandAsync(First, "replication", new { heal = true });
        Assert.Equal("ACTIVE STANDBY_RUNNING", await StateAsync(_active));
    }

    [Theory]
    [InlineData(Second, "COPYING_DB", "STANDBY FAILURE_COPYING_DB", "ACTIVE FAILURE_GET_STANDBY_STATUS")]
    [InlineData(First, "LAUNCHING_STANDBY", "STANDBY STANDBY_CANDIDATE", "ACTIVE FAILURE_LAUNCHING_STANDBY")]
    [InlineData(Second, "STANDBY_CONFIG_RQST", "STANDBY FAILURE_GET_STANDBY_CONFIG", "ACTIVE FAILURE_GET_STANDBY_STATUS")]
    [InlineData(First, "COPYING_FILES", "STANDBY FAILURE_MYSQL_STANDBY_STATUS", "ACTIVE FAILURE_COPYING_FILES")]
    public async Task Pairing_ends_where_it_fails(string system, string at, string standby, string active)
    {
        await CandidateAsync();
        await _simulator.CommandAsync(system, "replication", new { failAt = at });
        await ConfigureAsync();
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(300));
        Assert.Equal(standby, await StateAsync(_standby));
        Assert.Equal(active, await StateAsync(_active));
        await RowsAsync(_active, "removeStandby", new { });
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("STANDALONE UNCONFIGURED", await StateAsync(_active));
    }

    [Fact]
    public async Task A_promotion_that_fails_can_be_tried_again()
    {
        await PairAsync();
        await _simulator.CommandAsync(Second, "replication", new { failAt = "PENDING_STANDBY_PROMOTION" });
        await RowsAsync(_standby, "promoteStandbyToActive", new { force = true });
        Assert.Equal("STANDBY FAILURE_STANDBY_PROMOTION", await StateAsync(_standby));
        Assert.Equal("ACTIVE STANDBY_RUNNING", await StateAsync(_active));
        await RowsAsync(_standby, "promoteStandbyToActive", new { });
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(90));
        Assert.Equal("STANDALONE UNCONFIGURED", await StateAsync(_standby));
    }

    [Fact]
    public async Task The_standby_can_be_configured_by_hand()
    {
        (await _active.CallAsync("disasterRecovery/getReplicationBlob")).Refused("not active");
        await CandidateAsync();
        await ConfigureAsync(autoConfigStandby: false);
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("ACTIVE ACTIVE_WAIT_STANDBY", await StateAsync(_active));
        Assert.Equal("STANDBY STANDBY_CANDIDATE", await StateAsync(_standby));
        var blob = (await _active.OkAsync("disasterRecovery/getReplicationBlob")).GetProperty("activeAccessFromStandby").GetString();
        Assert.Contains("not that of", await ErrorAsync(_standby, "transitionToStandby", new { activeAccessFromStandby = "x" }), StringComparison.Ordinal);
        await RowsAsync(_standby, "transitionToStandby", new { activeAccessFromStandby = blob });
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(120));
        Assert.Equal("ACTIVE STANDBY_RUNNING", await StateAsync(_active));
        Assert.Equal("STANDBY STANDBY_RUNNING", await StateAsync(_standby));
    }

    [Fact]
    public async Task Removing_the_standby_leaves_two_that_stand_alone()
    {
        await PairAsync();
        await RowsAsync(_active, "removeStandby", new { });
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("STANDALONE UNCONFIGURED", await StateAsync(_active));
        Assert.Equal("STANDALONE UNCONFIGURED", await StateAsync(_standby));
        Assert.Empty((await _standby.OkAsync("network/getNetworkEnterprises")).EnumerateArray());
        Assert.Contains("no standby", await ErrorAsync(_active, "removeStandby", new { }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_paired_is_said()
    {
        Assert.Contains("not a standby candidate", await ConfigureErrorAsync(Uuid(), Address()), StringComparison.Ordinal);
        await CandidateAsync();
        Assert.Contains("is not", await ConfigureErrorAsync("wrong", Address()), StringComparison.Ordinal);
        Assert.Contains("failed", await ConfigureErrorAsync(Uuid(), Address(), password: "wrong"), StringComparison.Ordinal);
        Assert.Contains("its own", await ConfigureErrorAsync("x", _simulator.Server(First).Authority), StringComparison.Ordinal);
        (await _active.CallAsync("disasterRecovery/configureActiveForReplication", new { standbyList = Array.Empty<object>(), drVCOUser = "a", drVCOPassword = "b" })).Refused("exactly one");
        (await _active.CallAsync("disasterRecovery/configureActiveForReplication", new { standbyList = VeloRaw.Some(new { standbyAddress = "x" }), drVCOUser = "a", drVCOPassword = "b" })).Refused("standbyUuid");
        Assert.Null(await ConfigureErrorAsync("x", "192.0.2.99"));
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("ACTIVE FAILURE_GET_STANDBY_CONFIG", await StateAsync(_active));
        using var support = VeloRaw.WithToken(_simulator, (await _simulator.CommandAsync(First, "user", new { user = "help@vco.example", role = "Operator Support" })).GetProperty("token").GetString()!);
        await support.OkAsync("disasterRecovery/getReplicationStatus");
        (await support.CallAsync("disasterRecovery/removeStandby")).Refused("Permission denied");
    }

    private static async Task RowsAsync(VeloRaw velo, string method, object parameters)
    {
        var answer = await velo.OkAsync("disasterRecovery/" + method, parameters);
        Assert.True(answer.GetProperty("rows").GetInt32() == 1, answer.GetRawText());
    }

    private static async Task<string> ErrorAsync(VeloRaw velo, string method, object parameters)
    {
        var answer = await velo.OkAsync("disasterRecovery/" + method, parameters);
        Assert.Equal(0, answer.GetProperty("rows").GetInt32());
        return answer.GetProperty("error").GetString()!;
    }

    private static async Task<string> StateAsync(VeloRaw velo)
    {
        var status = await velo.OkAsync("disasterRecovery/getReplicationStatus");
        return $"{status.GetProperty("role").GetString()} {status.GetProperty("drState").GetString()}";
    }

    private string Uuid() => _simulator.CommandAsync(Second, "replication").GetAwaiter().GetResult().GetProperty("uuid").GetString()!;

    private string Address() => _simulator.Server(Second).Authority;

    private async Task CandidateAsync()
    {
        await RowsAsync(_standby, "prepareForStandby", new { });
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(31));
    }

    private object Parameters(string uuid, string address, string? password = null, bool autoConfigStandby = true)
    {
        var user = VeloRaw.User(_simulator, "operator", Second);
        return new
        {
            standbyList = VeloRaw.Some(new { standbyAddress = address, standbyUuid = uuid }),
            drVCOUser = user.GetProperty("user").GetString(),
            drVCOPassword = password ?? user.GetProperty("password").GetString(),
            autoConfigStandby,
        };
    }

    private Task ConfigureAsync(bool autoConfigStandby = true) => RowsAsync(_active, "configureActiveForReplication", Parameters(Uuid(), Address(), autoConfigStandby: autoConfigStandby));

    private async Task<string?> ConfigureErrorAsync(string uuid, string address, string? password = null)
        => (await _active.OkAsync("disasterRecovery/configureActiveForReplication", Parameters(uuid, address, password))).GetProperty("error").GetString();

    private async Task PairAsync()
    {
        await CandidateAsync();
        await ConfigureAsync();
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(200));
        Assert.Equal("ACTIVE STANDBY_RUNNING", await StateAsync(_active));
    }
}
