using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>Every one of the portal API's operations by the raw way, as Invoke-VeloCloudMethod sends them: checked against the table, sent, answered in its shape, and refused in good form.</summary>
public sealed class OperationWalkTests(VeloServer server) : IClassFixture<VeloServer>
{
    private const string First = "veloCloud";
    private const string Second = "veloCloudStandby";

    public static TheoryData<string> Alone => VeloSimulatorWalkTests.Alone;

    public static TheoryData<string> Names => VeloSimulatorWalkTests.Names;

    [Fact]
    public void The_client_has_the_287_operations_and_leaves_sessions_to_the_session()
    {
        Assert.Equal(287, VeloCloudOperations.All.Count);
        Assert.Equal(WalkOperation.All.Select(o => o.Name).Order(StringComparer.Ordinal), VeloCloudOperations.All.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(["login/enterpriseLogin", "login/operatorLogin", "logout"], VeloCloudOperations.All.Keys.Where(VeloCloudOperations.IsSessionMethod).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(44, VeloCloudV2Operations.All.Count);
    }

    [Theory]
    [MemberData(nameof(Alone))]
    public async Task Every_operation_is_sent_and_its_answer_understood(string name)
    {
        var operation = VeloCloudOperations.All[name];
        var tier = VeloSimulatorWalkTests.Customers.Contains(name, StringComparer.Ordinal) ? "customer" : "operator";
        using var raw = await VeloRaw.AsAsync(server.Simulator, tier);
        var parameters = JsonSerializer.SerializeToElement(await new VeloWalk(raw).ParametersAsync(WalkOperation.Find(name)));
        await using var session = await ConnectAsync(server.Simulator, tier);

        var elements = await InvokeAsync(session, name, parameters);

        if (operation.Returns is "none")
        {
            Assert.Empty(elements);
            return;
        }

        if (operation.IsList || VeloSimulatorWalkTests.Lists.Contains(name, StringComparer.Ordinal))
        {
            Assert.All(elements, e => Assert.NotEqual(JsonValueKind.Array, e.ValueKind));
        }
        else
        {
            Assert.Single(elements);
        }

        string[] unasked = name == "network/getEligibleReplacementGateways" ? [.. WalkOperation.Find("network/getNetworkGateways").Words("with"), "enterpriseAssociationCount"] : [];
        var members = operation.Members.Contains("metaData", StringComparer.Ordinal) ? [] : operation.Members.Except(VeloSimulatorWalkTests.Optional, StringComparer.Ordinal).Except(unasked, StringComparer.Ordinal).ToArray();
        Assert.All(elements.Where(e => e.ValueKind is JsonValueKind.Object), e => Assert.All(members, m => Assert.True(e.TryGetProperty(m, out _), $"{name}: no '{m}' in {e}")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_operation_is_refused_in_good_form(string name)
    {
        // What the table does not have is said before anything is sent; sent all the same (-Force), the server's refusal is a Validation that names it.
        VeloCloudOperations.Prepare(name, JsonSerializer.SerializeToElement(new { bogus = 1 }), out var problems);
        Assert.Contains(problems, p => p.Contains("'bogus' is no parameter of " + name, StringComparison.Ordinal));
        foreach (var required in VeloCloudOperations.All[name].Parameters.Where(p => p.IsRequired))
        {
            Assert.Contains(problems, p => p.Contains($"'{required.Name}' is required", StringComparison.Ordinal));
        }

        await using var session = await ConnectAsync(server.Simulator, "operator");
        var client = new VeloCloudClient(session, SilentObserver.Instance);
        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => Wire.AllAsync(client.InvokeAsync(name, """{"bogus":1}"""u8.ToArray(), CancellationToken.None)));
        Assert.Equal("VeloCloud.Validation", error.ErrorId);
        Assert.Contains("bogus", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_that_want_two_Orchestrators_are_answered_where_there_are_two()
    {
        await using var simulator = await Simulator.StartAsync("--edges", "4");
        await simulator.CommandAsync(First, "replication", new { stepSeconds = 10, restartSeconds = 30 });
        await using var a = await ConnectAsync(simulator, "operator");
        await using var b = await ConnectAsync(simulator, "operator", Second);
        var user = VeloRaw.User(simulator, "operator", Second);

        await RowsAsync(b, "prepareForStandby", new { });
        await PassAsync();
        await RowsAsync(a, "configureActiveForReplication", await PairingAsync(b, autoConfigStandby: false));
        await PassAsync();
        var blob = Assert.Single(await AskAsync(a, "getReplicationBlob", new { })).GetProperty("activeAccessFromStandby").GetString();
        await RowsAsync(b, "transitionToStandby", new { activeAccessFromStandby = blob });
        await PassAsync();
        await RowsAsync(a, "removeStandby", new { });
        await PassAsync();
        await RowsAsync(b, "prepareForStandby", new { });
        await PassAsync();
        await RowsAsync(a, "configureActiveForReplication", await PairingAsync(b, autoConfigStandby: true));
        await PassAsync();
        await RowsAsync(b, "promoteStandbyToActive", new { force = true });
        await PassAsync();
        await RowsAsync(a, "prepareForStandby", new { });
        await PassAsync();
        await RowsAsync(b, "configureActiveForReplication", await PairingAsync(a, autoConfigStandby: true));
        await PassAsync();
        await RowsAsync(b, "demoteActive", new { force = true });

        async Task<object> PairingAsync(VeloCloudSession standby, bool autoConfigStandby)
        {
            var status = await new VeloCloudClient(standby, SilentObserver.Instance).GetReplicationAsync([], CancellationToken.None);
            return new
            {
                standbyList = new[] { new { standbyAddress = status.Address, standbyUuid = status.Uuid } },
                drVCOUser = user.GetProperty("user").GetString(),
                drVCOPassword = user.GetProperty("password").GetString(),
                autoConfigStandby,
            };
        }

        Task PassAsync() => simulator.AdvanceAsync(TimeSpan.FromSeconds(300));
    }

    private static async Task RowsAsync(VeloCloudSession session, string method, object parameters)
    {
        var answer = Assert.Single(await AskAsync(session, method, parameters));
        Assert.Equal(1, answer.GetProperty("rows").GetInt32());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("error").ValueKind);
    }

    private static Task<List<JsonElement>> AskAsync(VeloCloudSession session, string method, object parameters)
        => InvokeAsync(session, "disasterRecovery/" + method, JsonSerializer.SerializeToElement(parameters));

    private static async Task<List<JsonElement>> InvokeAsync(VeloCloudSession session, string name, JsonElement parameters)
    {
        var body = VeloCloudOperations.Prepare(name, parameters, out var problems);
        Assert.Empty(problems);
        return await Wire.AllAsync(new VeloCloudClient(session, SilentObserver.Instance).InvokeAsync(name, body, CancellationToken.None));
    }

    private static async Task<VeloCloudSession> ConnectAsync(Simulator simulator, string tier, string system = First)
    {
        var settings = simulator.Settings(system) with { Time = new ManualTime { AutoAdvance = TimeSpan.FromSeconds(60) } };
        return await VeloCloudSession.UseTokenAsync(settings, SecretText.From(VeloRaw.User(simulator, tier, system).GetProperty("token").GetString())!, SilentObserver.Instance, CancellationToken.None);
    }
}
