using System.Globalization;
using System.Text.Json;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>Events and alerts of the simulated Orchestrator: windows, filters, many with the same time, new ones while the clock runs.</summary>
public sealed class VeloSimulatorEventTests : IAsyncLifetime
{
    private Simulator _simulator = null!;

    public async Task InitializeAsync() => _simulator = await Simulator.StartAsync("--edges", "40");

    public async Task DisposeAsync() => await _simulator.DisposeAsync();

    [Fact]
    public async Task Walking_back_through_time_meets_every_event_once()
    {
        await _simulator.CommandAsync("veloCloud", "events", new { intervalSeconds = 60, burst = 5, days = 2 });
        using var velo = await VeloRaw.AsAsync(_simulator, "customer");
        var start = DateTimeOffset.UtcNow.AddHours(-30);
        var end = DateTimeOffset.UtcNow.AddHours(-2);
        var seen = new HashSet<long>();
        var until = end;
        while (true)
        {
            var page = await velo.OkAsync("event/getEnterpriseEvents", new { interval = new { start = start.ToUnixTimeMilliseconds(), end = until.ToUnixTimeMilliseconds() }, filter = new { limit = 512 } });
            var events = page.GetProperty("data").EnumerateArray().ToList();
            Assert.Equal(events.OrderByDescending(Time).ThenByDescending(Id).Select(Id), events.Select(Id));
            seen.UnionWith(events.Select(Id));
            if (!page.GetProperty("metaData").GetProperty("more").GetBoolean())
                break;

            Assert.Equal(512, events.Count);
            until = Time(events[^1]);
        }

        var minutes = (end.ToUnixTimeSeconds() / 60) - ((start.ToUnixTimeSeconds() + 59) / 60) + 1;
        Assert.InRange(seen.Count, (minutes * 5) - 5, minutes * 5);
    }

    [Fact]
    public async Task New_events_come_as_the_clock_runs_and_have_higher_ids()
    {
        using var velo = await VeloRaw.AsAsync(_simulator, "customer");
        var before = (await velo.OkAsync("event/getEnterpriseEvents")).GetProperty("data").EnumerateArray().ToList();
        await _simulator.AdvanceAsync(TimeSpan.FromMinutes(31));
        await velo.OkAsync("edge/updateEdgeAttributes", new { id = 10_001, _update = new { description = "now" } });
        var after = (await velo.OkAsync("event/getEnterpriseEvents")).GetProperty("data").EnumerateArray().ToList();
        Assert.Equal("EDIT_EDGE", after[0].GetProperty("event").GetString());
        Assert.True(after.Count(e => Id(e) > Id(before[0])) >= 10);
        Assert.Equal(after.Select(Id).OrderDescending(), after.Select(Id));
    }

    [Fact]
    public async Task Events_are_filtered_by_the_rules_of_the_definition()
    {
        using var velo = await VeloRaw.AsAsync(_simulator, "customer");
        var alerts = await velo.OkAsync("event/getEnterpriseEvents", new { filter = new { rules = new[] { new { field = "severity", op = "is", values = VeloRaw.Some("ALERT") } } } });
        Assert.NotEmpty(alerts.GetProperty("data").EnumerateArray());
        Assert.All(alerts.GetProperty("data").EnumerateArray(), e => Assert.Equal("ALERT", e.GetProperty("severity").GetString()));
        var one = await velo.OkAsync("event/getEnterpriseEvents", new { edgeId = VeloRaw.Some(10_001) });
        Assert.All(one.GetProperty("data").EnumerateArray(), e => Assert.Contains("10001", e.GetProperty("detail").GetString(), StringComparison.Ordinal));
        using var detail = JsonDocument.Parse(one.GetProperty("data")[0].GetProperty("detail").GetString()!);
        Assert.Equal(10_001, detail.RootElement.GetProperty("edgeId").GetInt32());
        (await velo.CallAsync("event/getEnterpriseEvents", new { filter = new { limit = 2049 } })).Refused("2048");
        (await velo.CallAsync("event/getEnterpriseEvents", new { interval = new { end = 5 } })).Refused("start");
        (await velo.CallAsync("event/getEnterpriseEvents", new { interval = new { start = 6, end = 5 } })).Refused("ends before it starts");
    }

    [Fact]
    public async Task One_instant_can_hold_more_than_a_page()
    {
        await _simulator.CommandAsync("veloCloud", "events", new { intervalSeconds = 3600, burst = 3000 });
        using var velo = await VeloRaw.AsAsync(_simulator, "customer");
        var page = await velo.OkAsync("event/getEnterpriseEvents");
        Assert.Equal(2048, page.GetProperty("data").GetArrayLength());
        Assert.Single(page.GetProperty("data").EnumerateArray().Select(Time).Distinct());
        Assert.True(page.GetProperty("metaData").GetProperty("more").GetBoolean());
    }

    [Fact]
    public async Task Each_tier_has_a_log_of_its_own()
    {
        using var partner = await VeloRaw.AsAsync(_simulator, "partner");
        var ofPartner = await partner.OkAsync("event/getProxyEvents");
        Assert.All(ofPartner.GetProperty("data").EnumerateArray(), e => Assert.True(e.TryGetProperty("proxyUsername", out _)));
        var ofEnterprise = await partner.OkAsync("event/getProxyEvents", new { enterpriseId = VeloRaw.Some(1802) });
        Assert.All(ofEnterprise.GetProperty("data").EnumerateArray(), e => Assert.Equal("Globex", e.GetProperty("enterpriseName").GetString()));
        (await partner.CallAsync("event/getProxyEvents", new { enterpriseId = VeloRaw.Some(1801) })).Refused("Permission denied");
        using var above = await VeloRaw.AsAsync(_simulator, "operator");
        var ofOperator = await above.OkAsync("event/getOperatorEvents", new { gatewayId = VeloRaw.Some(21) });
        Assert.NotEmpty(ofOperator.GetProperty("data").EnumerateArray());
        Assert.All(ofOperator.GetProperty("data").EnumerateArray(), e => Assert.StartsWith("vcg21", e.GetProperty("gatewayName").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_and_alerts_can_be_put_there()
    {
        var time = DateTimeOffset.UtcNow.AddHours(-1);
        var added = await _simulator.CommandAsync("veloCloud", "event", new { enterprise = "Acme", count = 7, time, name = "TEST_EVENT", severity = "CRITICAL", message = "m \"q\"", edge = "branch-0000" });
        Assert.Equal(7, added.GetProperty("ids").GetArrayLength());
        using var velo = await VeloRaw.AsAsync(_simulator, "customer");
        var found = await velo.OkAsync("event/getEnterpriseEvents", new { filter = new { rules = new[] { new { field = "event", op = "is", values = VeloRaw.Some("TEST_EVENT") } } } });
        Assert.Equal(7, found.GetProperty("data").EnumerateArray().Select(Id).Distinct().Count());
        Assert.Single(found.GetProperty("data").EnumerateArray().Select(Time).Distinct());
        await _simulator.CommandAsync("veloCloud", "alert", new { enterprise = "Acme", type = "EDGE_DOWN", edge = "branch-0000" });
        var alerts = await velo.OkAsync("enterprise/getEnterpriseAlerts", new { with = VeloRaw.Some("notifications") });
        Assert.Equal("branch-0000", alerts.GetProperty("data")[0].GetProperty("edgeName").GetString());
        Assert.Equal("PENDING", alerts.GetProperty("data")[0].GetProperty("state").GetString());
        Assert.Equal(1, alerts.GetProperty("data")[0].GetProperty("notifications").GetArrayLength());
    }

    [Fact]
    public async Task Alert_configurations_and_recipients_are_kept()
    {
        using var velo = await VeloRaw.AsAsync(_simulator, "customer");
        var down = (await velo.OkAsync("enterprise/getEnterpriseAlertConfigurations"))[0];
        var changed = await velo.OkAsync("enterprise/insertOrUpdateEnterpriseAlertConfigurations", new { enterpriseAlertConfigurations = new[] { new { id = down.GetProperty("id").GetInt32(), enabled = false, firstNotificationSeconds = 77 } } });
        Assert.Equal(77, changed.GetProperty("enterpriseAlertConfigurations")[0].GetProperty("firstNotificationSeconds").GetInt32());
        Assert.False((await velo.OkAsync("enterprise/getEnterpriseAlertConfigurations"))[0].GetProperty("enabled").GetBoolean());
        await velo.OkAsync("enterprise/setEnterpriseAllAlertsRecipients", new { emailList = VeloRaw.Some("a@b.example"), enterpriseUsers = new[] { new { enterpriseUserId = 501, enabled = true, emailEnabled = true } } });
        var recipients = await velo.OkAsync("enterprise/getEnterpriseAllAlertsRecipients");
        Assert.Equal("a@b.example", recipients.GetProperty("emailList")[0].GetString());
        Assert.Equal(1, recipients.GetProperty("enterpriseUsers").EnumerateArray().First(u => u.GetProperty("enterpriseUserId").GetInt32() == 501).GetProperty("emailEnabled").GetInt32());
        Assert.Equal(0, recipients.GetProperty("enterpriseUsers").EnumerateArray().First(u => u.GetProperty("enterpriseUserId").GetInt32() == 504).GetProperty("enabled").GetInt32());
    }

    private static DateTimeOffset Time(JsonElement e) => DateTimeOffset.Parse(e.GetProperty("eventTime").GetString()!, CultureInfo.InvariantCulture);

    private static long Id(JsonElement e) => e.GetProperty("id").GetInt64();
}
