using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using static OrchestratorTools.Tests.VeloCloud.Wire;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>The client's operations against a simulator, over a real connection.</summary>
public sealed class SimulatedTests : IAsyncLifetime
{
    private const string System = "veloCloud";
    private Simulator _simulator = null!;

    public async Task InitializeAsync() => _simulator = await Simulator.StartAsync("--edges", "60");

    public async Task DisposeAsync() => await _simulator.DisposeAsync();

    [Theory]
    [InlineData("customer", VeloCloudTier.Customer, "enterprise/getEnterprise")]
    [InlineData("partner", VeloCloudTier.Partner, "enterprise/getEnterprise enterpriseProxy/getEnterpriseProxyEnterprises")]
    [InlineData("operator", VeloCloudTier.Operator, "network/getNetworkEnterprises")]
    public async Task Each_kind_of_account_lists_its_enterprises_with_the_call_that_it_may_use(string tier, VeloCloudTier expected, string calls)
    {
        await using var session = await ConnectAsync(tier);
        var client = new VeloCloudClient(session, SilentObserver.Instance);
        await _simulator.ClearRequestsAsync();

        var enterprises = await AllAsync(client.GetEnterprisesAsync(CancellationToken.None));

        Assert.NotEmpty(enterprises);
        Assert.Equal(expected, session.Tier);
        Assert.Equal(calls, await CallsAsync());
        Assert.All(enterprises, e => Assert.True(e.Id > 0 && e.Name.Length > 0));
    }

    [Theory]
    [InlineData("customer")]
    [InlineData("partner")]
    [InlineData("operator")]
    public async Task A_token_finds_out_whose_it_is(string tier)
    {
        var user = User(tier);
        await using var session = await VeloCloudSession.UseTokenAsync(Settings(), SecretText.From(user.GetProperty("token").GetString())!, SilentObserver.Instance, CancellationToken.None);

        Assert.Equal(tier, (await new VeloCloudClient(session, SilentObserver.Instance).GetTierAsync(CancellationToken.None)).ToString(), ignoreCase: true);
    }

    [Fact]
    public async Task Edges_come_page_by_page()
    {
        await _simulator.CommandAsync(System, "settings", new { pageLimit = 7 });
        await using var session = await ConnectAsync("customer");
        await _simulator.ClearRequestsAsync();

        var edges = await AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEdgesAsync(null, null, ["site", "recentLinks"], CancellationToken.None));

        Assert.Equal(30, edges.Count);
        Assert.Equal(30, edges.Select(e => e.Id).Distinct().Count());
        Assert.Equal(5, (await _simulator.RequestsAsync(System)).Count);
        Assert.All(edges, e => Assert.NotNull(e.Site));
        Assert.All(edges, e => Assert.NotNull(e.Link));
    }

    [Theory]
    [InlineData("resetResponse", 9000)]
    [InlineData("closeResponse", 30000)]
    [InlineData("truncate", 30000)]
    public async Task A_connection_that_breaks_inside_a_page_costs_no_edge_and_doubles_none(string kind, int bytes)
    {
        await using var session = await ConnectAsync("customer");
        await _simulator.ClearRequestsAsync();
        await _simulator.AddFaultAsync(new { system = System, kind, path = "*/getEnterpriseEdges", bytes, count = 2 });

        var edges = await AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEdgesAsync(null, null, [], CancellationToken.None));

        Assert.Equal(30, edges.Count);
        Assert.Equal(30, edges.Select(e => e.Id).Distinct().Count());
        Assert.Equal(3, (await _simulator.RequestsAsync(System)).Count);
    }

    [Fact]
    public async Task A_change_whose_answer_was_lost_is_sent_once()
    {
        await using var session = await ConnectAsync("customer");
        await _simulator.ClearRequestsAsync();
        await _simulator.AddFaultAsync(new { system = System, kind = "lostAnswer", path = "*/updateEdgeAttributes" });

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => AllAsync(new VeloCloudClient(session, SilentObserver.Instance)
            .InvokeAsync("edge/updateEdgeAttributes", """{"id":10001,"_update":{"description":"new"}}"""u8.ToArray(), CancellationToken.None)));

        Assert.Equal("VeloCloud.OutcomeUnknown", error.ErrorId);
        Assert.Equal("edge/updateEdgeAttributes", await CallsAsync());
    }

    [Fact]
    public async Task A_read_whose_answer_was_lost_is_sent_again()
    {
        await using var session = await ConnectAsync("customer");
        await _simulator.ClearRequestsAsync();
        await _simulator.AddFaultAsync(new { system = System, kind = "lostAnswer", path = "*/getVersionInfo" });

        var answer = Assert.Single(await AllAsync(new VeloCloudClient(session, SilentObserver.Instance).InvokeAsync("system/getVersionInfo", "{}"u8.ToArray(), CancellationToken.None)));

        Assert.NotEqual(default, answer.GetProperty("version").ValueKind);
        Assert.Equal("system/getVersionInfo system/getVersionInfo", await CallsAsync());
    }

    [Fact]
    public async Task Sessions_that_the_server_forgot_are_logged_in_again_once_for_all()
    {
        await using var session = await ConnectAsync("customer");
        var client = new VeloCloudClient(session, SilentObserver.Instance);
        await _simulator.ExpireSessionsAsync(System);
        await _simulator.ClearRequestsAsync();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AllAsync(client.GetEdgesAsync(null, null, [], CancellationToken.None))));

        var log = await _simulator.RequestsAsync(System);
        Assert.Equal(1, log.Count(r => r.Path.EndsWith("/enterpriseLogin", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_edge_is_asked_for_by_id_or_logical_id()
    {
        await using var session = await ConnectAsync("operator");
        var client = new VeloCloudClient(session, SilentObserver.Instance);
        var first = (await AllAsync(client.GetEdgesAsync(1801, null, [], CancellationToken.None)))[0];

        Assert.Equal(first.Name, (await client.GetEdgeAsync(first.Id, null, 1801, null, [], CancellationToken.None))!.Name);
        Assert.Equal(first.Id, (await client.GetEdgeAsync(null, first.LogicalId, 1801, null, ["site"], CancellationToken.None))!.Id);
        Assert.Null(await client.GetEdgeAsync(99_999_999, null, 1801, null, [], CancellationToken.None));
    }

    [Fact]
    public async Task A_standby_can_be_connected_to()
    {
        await _simulator.CommandAsync(System, "settings", new { standby = true });

        await using var byPassword = await ConnectAsync("operator");
        await using var byToken = await VeloCloudSession.UseTokenAsync(Settings(), SecretText.From(User("operator").GetProperty("token").GetString())!, SilentObserver.Instance, CancellationToken.None);

        Assert.Single(await AllAsync(new VeloCloudClient(byPassword, SilentObserver.Instance).InvokeAsync("disasterRecovery/getReplicationStatus", "{}"u8.ToArray(), CancellationToken.None)));
    }

    [Fact]
    public async Task Answers_that_are_lists_are_enumerated_and_their_pages_followed()
    {
        await _simulator.CommandAsync(System, "settings", new { pageLimit = 7 });
        await using var session = await ConnectAsync("customer");
        var client = new VeloCloudClient(session, SilentObserver.Instance);

        Assert.Equal(30, (await AllAsync(client.InvokeAsync("enterprise/getEnterpriseEdges", """{"limit":7}"""u8.ToArray(), CancellationToken.None))).Count);
        using var raw = JsonDocument.Parse(await client.InvokeRawAsync("enterprise/getEnterpriseEdges", """{"limit":7}"""u8.ToArray(), CancellationToken.None));
        Assert.Equal(7, raw.RootElement.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task Every_method_that_only_reads_is_answered_in_a_shape_that_is_understood()
    {
        await using var session = await ConnectAsync("operator");
        var client = new VeloCloudClient(session, SilentObserver.Instance);
        foreach (var name in VeloCloudReadMethods.All)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(VeloCloudOperations.All.TryGetValue(name, out var operation) ? Sample(operation) : []);
            try
            {
                await AllAsync(client.InvokeAsync(name, body, CancellationToken.None));
            }
            catch (OrchestratorApiException e) when (e.ServerCode is not null)
            {
                // Refused in good form (an id that does not exist): that, too, is understood.
            }
        }
    }

    private static Dictionary<string, object> Sample(VeloCloudOperation operation)
        => operation.Parameters.Where(p => p.IsRequired || p.Name == "enterpriseId").ToDictionary(p => p.Name, Value, StringComparer.Ordinal);

    private static object Value(VeloCloudParameter p)
    {
        object one = p.Words.Count > 0 ? p.Words[0] : p.Type.Split('[', ':', '(')[0] switch
            {
            "integer" or "number" => p.Name == "enterpriseId" ? 1801 : 1,
            "boolean" => true,
            "object" => p.Name == "interval" ? new { start = 1_700_000_000_000L } : new { },
            _ => "x",
        };
        return p.Type.EndsWith("[]", StringComparison.Ordinal) ? new[] { one } : one;
    }

    private JsonElement User(string tier) => _simulator.System(System).GetProperty("users").EnumerateArray().First(u => u.GetProperty("tier").GetString() == tier);

    // Waits between repetitions are skipped; the server is a real one.
    private ConnectionSettings Settings() => _simulator.Settings(System) with { Time = new ManualTime { AutoAdvance = TimeSpan.FromSeconds(60) } };

    private Task<VeloCloudSession> ConnectAsync(string tier)
    {
        var user = User(tier);
        return VeloCloudSession.LogInAsync(Settings(), user.GetProperty("user").GetString()!, SecretText.From(user.GetProperty("password").GetString())!, tier == "operator", SilentObserver.Instance, CancellationToken.None);
    }

    private async Task<string> CallsAsync() => string.Join(' ', (await _simulator.RequestsAsync(System)).Select(r => r.Path["/portal/rest/".Length..]));
}
