using System.Globalization;
using System.Text.Json;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>Statistics and logs of the simulated Orchestrator: what is summed agrees with what is drawn, and nothing is there before its time.</summary>
public sealed class VeloSimulatorStatisticsTests(VeloServer server) : IClassFixture<VeloServer>
{
    private static readonly DateTimeOffset End = DateTimeOffset.UtcNow.AddHours(-1);

    private static object Interval(double hours) => new { start = End.AddHours(-hours).ToUnixTimeMilliseconds(), end = End.ToUnixTimeMilliseconds() };

    [Theory]
    [InlineData("Link", 6, null)]
    [InlineData("Link", 300, 50)]
    [InlineData("App", 6, null)]
    [InlineData("App", 72, 10)]
    [InlineData("Category", 24, null)]
    [InlineData("Dest", 6, null)]
    [InlineData("Device", 6, 7)]
    [InlineData("Os", 6, null)]
    [InlineData("Segment", 6, null)]
    public async Task A_series_adds_up_to_the_sum(string kind, double hours, int? maxSamples)
    {
        using var velo = await VeloRaw.AsAsync(server.Simulator, "customer");
        var takesSamples = maxSamples is not null && WalkOperation.Find($"metrics/getEdge{kind}Series").Parameters.Any(p => p.Name == "maxSamples");
        var sums = await velo.OkAsync($"metrics/getEdge{kind}Metrics", new { edgeId = VeloWalk.Edge, interval = Interval(hours) });
        var series = await velo.OkAsync($"metrics/getEdge{kind}Series", takesSamples ? new { edgeId = VeloWalk.Edge, interval = Interval(hours), maxSamples } : new { edgeId = VeloWalk.Edge, interval = Interval(hours) });
        Assert.NotEmpty(sums.EnumerateArray());
        foreach (var sum in sums.EnumerateArray())
        {
            var key = kind == "Link" ? "linkId" : "name";
            var line = series.EnumerateArray().Single(s => s.GetProperty(key).ToString() == sum.GetProperty(key).ToString());
            foreach (var one in line.GetProperty("series").EnumerateArray())
            {
                var metric = one.GetProperty("metric").GetString()!;
                Assert.True(sum.GetProperty(metric).GetInt64() > 0);
                Assert.Equal(sum.GetProperty(metric).GetInt64(), one.GetProperty("data").EnumerateArray().Sum(d => d.GetInt64()));
                Assert.Equal(sum.GetProperty(metric).GetInt64(), one.GetProperty("total").GetInt64());
                Assert.Equal(0, one.GetProperty("tickInterval").GetInt64() % 300_000);
                Assert.All(one.GetProperty("data").EnumerateArray(), d => Assert.True(d.GetInt64() > 0));
            }
        }
    }

    [Fact]
    public async Task Windows_that_meet_add_up()
    {
        using var velo = await VeloRaw.AsAsync(server.Simulator, "customer");
        async Task<long> Sum(double from, double to)
            => (await velo.OkAsync("metrics/getEdgeLinkMetrics", new { edgeId = VeloWalk.Edge, metrics = VeloRaw.Some("bytesRx"), interval = new { start = End.AddHours(-from).ToUnixTimeMilliseconds(), end = End.AddHours(-to).ToUnixTimeMilliseconds() } }))[0].GetProperty("bytesRx").GetInt64();
        Assert.Equal(await Sum(9, 0), await Sum(9, 5) + await Sum(5, 0));
    }

    [Fact]
    public async Task Nothing_is_there_of_the_last_minutes_or_of_an_edge_that_was_away()
    {
        using var velo = await VeloRaw.AsAsync(server.Simulator, "customer");
        var now = DateTimeOffset.UtcNow;
        Assert.Empty((await velo.OkAsync("metrics/getEdgeLinkMetrics", new { edgeId = VeloWalk.Edge, interval = new { start = now.AddMinutes(-4).ToUnixTimeMilliseconds(), end = now.ToUnixTimeMilliseconds() } })).EnumerateArray());
        Assert.Empty((await velo.OkAsync("metrics/getEdgeAppMetrics", new { edgeId = VeloWalk.Edge, interval = new { start = now.AddHours(1).ToUnixTimeMilliseconds(), end = now.AddHours(2).ToUnixTimeMilliseconds() } })).EnumerateArray());
        var edges = await velo.OkAsync("enterprise/getEnterpriseEdges");
        foreach (var state in VeloRaw.Some("OFFLINE", "NEVER_ACTIVATED"))
        {
            var away = edges.EnumerateArray().First(e => e.GetProperty("edgeState").GetString() == state).GetProperty("id").GetInt32();
            Assert.Empty((await velo.OkAsync("metrics/getEdgeLinkMetrics", new { edgeId = away, interval = new { start = now.AddMinutes(-50).ToUnixTimeMilliseconds() } })).EnumerateArray());
        }
    }

    [Fact]
    public async Task What_is_wanted_is_what_comes_in_the_order_that_is_wanted()
    {
        using var velo = await VeloRaw.AsAsync(server.Simulator, "customer");
        var all = (await velo.OkAsync("metrics/getEdgeAppMetrics", new { edgeId = VeloWalk.Edge, interval = Interval(6), sort = "bytesTx", resolveApplicationNames = true, with = VeloRaw.Some("category") })).EnumerateArray().ToList();
        Assert.Equal(all.OrderByDescending(a => a.GetProperty("bytesTx").GetInt64()).Select(a => a.GetProperty("application").GetInt32()), all.Select(a => a.GetProperty("application").GetInt32()));
        var two = (await velo.OkAsync("metrics/getEdgeAppMetrics", new { edgeId = VeloWalk.Edge, interval = Interval(6), sort = "bytesTx", limit = 2, metrics = VeloRaw.Some("bytesTx") })).EnumerateArray().ToList();
        Assert.Equal(all.Take(2).Select(a => a.GetProperty("bytesTx").GetInt64()), two.Select(a => a.GetProperty("bytesTx").GetInt64()));
        Assert.False(two[0].TryGetProperty("bytesRx", out _));
        var names = await velo.OkAsync("configuration/getIdentifiableApplications");
        var named = names.GetProperty("applications").EnumerateArray().First(a => a.GetProperty("id").GetInt32() == all[0].GetProperty("application").GetInt32());
        Assert.Equal(named.GetProperty("displayName").GetString(), all[0].GetProperty("name").GetString());
        (await velo.CallAsync("metrics/getEdgeAppMetrics", new { edgeId = VeloWalk.Edge, interval = Interval(6), sort = "cpu" })).Refused("ENUM_MISMATCH");
        (await velo.CallAsync("metrics/getEdgeAppMetrics", new { edgeId = VeloWalk.Edge })).Refused("interval");
        (await velo.CallAsync("metrics/getEdgeAppMetrics", new { edgeId = 10_002, interval = Interval(6) })).Refused("not found");
    }

    [Fact]
    public async Task Link_quality_is_keyed_by_the_links()
    {
        using var velo = await VeloRaw.AsAsync(server.Simulator, "customer");
        var links = (await velo.OkAsync("edge/getEdge", new { id = VeloWalk.Edge, with = VeloRaw.Some("recentLinks") })).GetProperty("recentLinks");
        var quality = await velo.OkAsync("linkQualityEvent/getLinkQualityEvents", new { edgeId = VeloWalk.Edge, interval = Interval(3), minutesPerSample = 10 });
        Assert.Equal(links.EnumerateArray().Select(l => l.GetProperty("internalId").GetString()).Append("overallLinkQuality").Order(StringComparer.Ordinal), quality.EnumerateObject().Select(o => o.Name).Order(StringComparer.Ordinal));
        var overall = quality.GetProperty("overallLinkQuality");
        Assert.InRange(overall.GetProperty("timeseries").GetArrayLength(), 17, 18);
        Assert.Equal(600_000, overall.GetProperty("sampleLength").GetInt64());
        Assert.InRange(overall.GetProperty("totalScore").GetDouble(), 7, 10);
        Assert.Equal(1, overall.GetProperty("distribution").GetProperty("0").EnumerateObject().Sum(s => s.Value.GetDouble()), 3);
    }

    [Fact]
    public async Task Firewall_logs_are_read_newest_first_and_by_what_they_are_about()
    {
        using var velo = await VeloRaw.AsAsync(server.Simulator, "customer");
        var page = await velo.OkAsync("firewall/getEnterpriseFirewallLogs", new { interval = Interval(3), filter = new { limit = 50 }, with = VeloRaw.Some("rules") });
        var lines = page.GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(50, lines.Count);
        Assert.True(page.GetProperty("metaData").GetProperty("more").GetBoolean());
        Assert.Equal(lines.OrderByDescending(l => DateTimeOffset.Parse(l.GetProperty("timestamp").GetString()!, CultureInfo.InvariantCulture)).ThenByDescending(l => l.GetProperty("id").GetInt64()).Select(l => l.GetProperty("id").GetInt64()), lines.Select(l => l.GetProperty("id").GetInt64()));
        Assert.All(lines, l => Assert.True(page.GetProperty("rules").TryGetProperty(l.GetProperty("ruleLogicalId").GetString()!, out _)));
        var edge = lines[0].GetProperty("edgeId").GetInt32();
        var some = await velo.OkAsync("firewall/getEnterpriseFirewallLogs", new { interval = Interval(3), edges = VeloRaw.Some(edge) });
        Assert.All(some.GetProperty("data").EnumerateArray(), l => Assert.Equal(edge, l.GetProperty("edgeId").GetInt32()));
    }

    [Fact]
    public async Task Object_groups_services_and_segments_are_kept()
    {
        using var velo = await VeloRaw.AsAsync(server.Simulator, "customer");
        var id = (await velo.OkAsync("enterprise/insertObjectGroup", new { name = "Some [hosts]", type = "address_group", data = VeloRaw.Some(new { ip = "192.0.2.1", rule_type = "exact", mask = "255.255.255.255" }) })).GetProperty("id").GetInt32();
        (await velo.CallAsync("enterprise/insertObjectGroup", new { name = "some [HOSTS]", type = "address_group", data = Array.Empty<int>() })).Refused("already exists");
        Assert.Equal(1, (await velo.OkAsync("enterprise/updateObjectGroup", new { id, description = "new" })).GetProperty("rows").GetInt32());
        var group = (await velo.OkAsync("enterprise/getObjectGroups", new { id }))[0];
        Assert.Equal("new", group.GetProperty("description").GetString());
        Assert.Equal("192.0.2.1", group.GetProperty("data")[0].GetProperty("ip").GetString());

        var profile = (await velo.OkAsync("configuration/cloneConfiguration", new { configurationId = VeloWalk.Profile, name = "uses a group" })).GetProperty("id").GetInt32();
        var module = (await velo.OkAsync("configuration/getConfigurationModules", new { configurationId = profile, modules = VeloRaw.Some("firewall") }))[0].GetProperty("id").GetInt32();
        await velo.OkAsync("configuration/updateConfigurationModule", new { id = module, _update = new { data = new { sAddressGroup = group.GetProperty("logicalId").GetString() } } });
        Assert.Contains("in use", (await velo.OkAsync("enterprise/deleteObjectGroup", new { id })).GetProperty("error").GetString(), StringComparison.Ordinal);
        await velo.OkAsync("configuration/deleteConfiguration", new { id = profile });
        Assert.Equal(1, (await velo.OkAsync("enterprise/deleteObjectGroup", new { id })).GetProperty("rows").GetInt32());
        Assert.Empty((await velo.OkAsync("enterprise/getObjectGroups", new { id })).EnumerateArray());

        var segment = (await velo.OkAsync("enterprise/insertEnterpriseNetworkSegment", new { name = "Third", type = "CDE", data = new { serviceVlan = 5 } })).GetProperty("id").GetInt32();
        var segments = await velo.OkAsync("enterprise/getEnterpriseNetworkSegments", new { with = VeloRaw.Some("profileCount") });
        Assert.Equal(5, segments.EnumerateArray().First(s => s.GetProperty("id").GetInt32() == segment).GetProperty("data").GetProperty("serviceVlan").GetInt32());
        Assert.Equal(3, segments.EnumerateArray().First(s => s.GetProperty("name").GetString() == "Global Segment").GetProperty("profileCount").GetInt32());
        var global = segments.EnumerateArray().First(s => s.GetProperty("name").GetString() == "Global Segment").GetProperty("id").GetInt32();
        Assert.Contains("cannot be deleted", (await velo.OkAsync("enterprise/deleteEnterpriseNetworkSegment", new { id = global })).GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Licences_images_and_gateways_belong_together()
    {
        using var above = await VeloRaw.AsAsync(server.Simulator, "operator");
        var csv = (await above.OkAsync("license/exportNetworkEdgeLicenseData", new { networkId = 1 })).GetProperty("csv").GetString()!;
        Assert.Equal(60, csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1, 5.0);
        Assert.Equal(1, (await above.OkAsync("edge/setEdgeOperatorConfiguration", new { enterpriseId = 1802, edgeId = 10_002, configurationId = 13 })).GetProperty("rows").GetInt32());
        var edge = await above.OkAsync("edge/getEdge", new { enterpriseId = 1802, id = 10_002, with = VeloRaw.Some("configuration") });
        Assert.Equal(13, edge.GetProperty("configuration").GetProperty("operator").GetProperty("id").GetInt32());
        var gateways = await above.OkAsync("network/getNetworkGateways", new { with = VeloRaw.Some("pools", "roles") });
        Assert.All(gateways.EnumerateArray().Take(4), g => Assert.NotEmpty(g.GetProperty("pools").EnumerateArray()));
        Assert.Contains("has edges", (await above.OkAsync("gateway/deleteGateway", new { id = 21 })).GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Array, (await above.OkAsync("gateway/getGatewayEdgeAssignments", new { gatewayId = 21 })).ValueKind);
        var first = await above.OkAsync("softwareUpdate/getSoftwareUpdatesList", new { limit = 2 });
        var second = await above.OkAsync("softwareUpdate/getSoftwareUpdatesList", new { nextPageLink = first.GetProperty("metaData").GetProperty("nextPageLink").GetString() });
        Assert.Empty(first.GetProperty("data").EnumerateArray().Select(u => u.GetProperty("id").GetInt32()).Intersect(second.GetProperty("data").EnumerateArray().Select(u => u.GetProperty("id").GetInt32())));
    }

    [Fact]
    public async Task System_properties_are_kept_and_passwords_never_shown()
    {
        using var above = await VeloRaw.AsAsync(server.Simulator, "operator");
        await above.OkAsync("systemProperty/insertOrUpdateSystemProperty", new { name = "mail.transport.password", value = "s3cret", isPassword = true });
        var (answer, _) = (await above.CallAsync("systemProperty/getSystemProperties", new { group = "mail" }), 0);
        answer.Ok();
        Assert.DoesNotContain("s3cret", answer.Text, StringComparison.Ordinal);
        Assert.Equal(1, (await above.OkAsync("systemProperty/updateSystemProperty", new { name = "vco.banner", _update = new { value = "x" } })).GetProperty("rows").GetInt32());
        Assert.Equal("x", (await above.OkAsync("systemProperty/getSystemProperty", new { name = "vco.banner" })).GetProperty("value").GetString());
        Assert.Contains("read only", (await above.OkAsync("systemProperty/updateSystemProperty", new { name = "network.public.address", _update = new { value = "x" } })).GetProperty("error").GetString(), StringComparison.Ordinal);
    }
}
