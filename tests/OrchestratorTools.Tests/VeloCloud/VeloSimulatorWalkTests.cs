using System.Text.Json;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>Every one of the portal API's operations: carried out with valid parameters, answered in the shape that the table declares, and refused in good form.</summary>
public sealed class VeloSimulatorWalkTests(VeloServer server) : IClassFixture<VeloServer>
{
    /// <summary>These are no calls: they open and close sessions.</summary>
    private static readonly string[] Logins = ["login/enterpriseLogin", "login/operatorLogin", "logout"];

    /// <summary>Calls that an operator cannot make: they say nothing of whose they are.</summary>
    internal static readonly string[] Customers =
    [
        "role/setEnterpriseDelegatedToOperator", "role/setEnterpriseUserManagementDelegatedToOperator", "role/setEnterpriseViewSensitiveDataDelegatedToEnterpriseProxy",
        "role/setEnterpriseViewSensitiveDataDelegatedToOperator",
    ];

    /// <summary>These want a second Orchestrator: they are shown to work where there is one.</summary>
    private static readonly string[] Replication =
    [
        "disasterRecovery/configureActiveForReplication", "disasterRecovery/demoteActive", "disasterRecovery/getReplicationBlob", "disasterRecovery/prepareForStandby",
        "disasterRecovery/promoteStandbyToActive", "disasterRecovery/removeStandby", "disasterRecovery/transitionToStandby",
    ];

    /// <summary>Lists that the definition declares as one object.</summary>
    internal static readonly string[] Lists =
        ["enterprise/getApiTokens", "enterpriseProxy/getApiTokens", "network/getApiTokens", "enterpriseUser/getApiTokens", "operatorUser/getApiTokens", "gatewayProperty/getGatewayProperties"];

    /// <summary>Members that the definition has and that no recording shows, or that only some objects have.</summary>
    internal static readonly string[] Optional = ["salt", "ha", "isSoftwareVersionSupportedByVco", "certificates", "draftComment", "tenantName", "refs", "metadata", "edgeCount", "modules", "destDomain", "linkId", "enterpriseProxy"];

    public static TheoryData<string> Names => Data(_ => true);

    /// <summary>All that one Orchestrator can carry out by itself.</summary>
    public static TheoryData<string> Alone => Data(o => !Replication.Contains(o.Name, StringComparer.Ordinal));

    public static TheoryData<string> Operators => Data(o => o.IsOperators);

    [Fact]
    public void There_are_287_operations() => Assert.Equal(287, WalkOperation.All.Count);

    [Theory]
    [MemberData(nameof(Alone))]
    public async Task Every_operation_is_answered_in_its_shape(string name)
    {
        var operation = WalkOperation.Find(name);
        using var velo = await VeloRaw.AsAsync(server.Simulator, Customers.Contains(name, StringComparer.Ordinal) ? "customer" : "operator");
        var answer = await velo.CallAsync(name, await new VeloWalk(velo).ParametersAsync(operation));
        answer.Ok();
        if (operation.Returns == "none")
        {
            Assert.Empty(answer.Bytes);
            return;
        }

        var isList = operation.Returns == "array" || Lists.Contains(name, StringComparer.Ordinal);
        Assert.Equal(isList ? JsonValueKind.Array : JsonValueKind.Object, answer.Json.ValueKind);
        var items = isList ? answer.Json.EnumerateArray().ToList() : [answer.Json];
        string[] unasked = name == "network/getEligibleReplacementGateways" ? [.. WalkOperation.Find("network/getNetworkGateways").Words("with"), "enterpriseAssociationCount"] : [];
        foreach (var member in operation.Members.Except(Optional, StringComparer.Ordinal).Except(unasked, StringComparer.Ordinal))
        {
            Assert.All(items, i => Assert.True(i.TryGetProperty(member, out _), $"{name}: no '{member}' in {i}"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_operation_refuses_what_it_does_not_know_and_what_has_another_type(string name)
    {
        var operation = WalkOperation.Find(name);
        using var velo = await VeloRaw.AsAsync(server.Simulator, "operator");
        (await velo.CallAsync(name, new { bogus = 1 })).Refused("bogus");
        foreach (var (parameter, type, _) in operation.Parameters)
        {
            object wrong = type.StartsWith("boolean", StringComparison.Ordinal) || type.StartsWith("object", StringComparison.Ordinal) || type.EndsWith("[]", StringComparison.Ordinal) ? 1 : Array.Empty<int>();
            (await velo.CallAsync(name, new Dictionary<string, object>(StringComparer.Ordinal) { [parameter] = wrong })).Refused("#/" + parameter);
        }

        foreach (var (parameter, _, _) in operation.Parameters.Where(p => p.IsRequired))
        {
            (await velo.CallAsync(name)).Refused($"Missing required property: {parameter}");
        }
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public async Task Every_operation_of_the_operators_is_refused_to_others(string name)
    {
        var operation = WalkOperation.Find(name);
        foreach (var tier in new[] { "customer", "partner" })
        {
            using var velo = await VeloRaw.AsAsync(server.Simulator, tier);
            var parameters = operation.Parameters.Where(p => p.IsRequired).ToDictionary(p => p.Name, p => Sample(operation, p.Name, p.Type), StringComparer.Ordinal);
            (await velo.CallAsync(name, parameters)).Refused("Permission denied");
        }
    }

    [Fact]
    public async Task Json_rpc_answers_the_same()
    {
        using var velo = await VeloRaw.AsAsync(server.Simulator, "customer");
        var (answer, _) = await velo.SendAsync(HttpMethod.Post, "portal/", new { jsonrpc = "2.0", id = 7, method = "metrics/getEdgeStatusMetrics", @params = new { edgeId = VeloWalk.Edge } });
        Assert.Equal(7, answer.Json.GetProperty("id").GetInt32());
        Assert.True(answer.Json.GetProperty("result").GetProperty("cpuPct").GetProperty("average").GetDouble() > 0);
        var (unknown, _) = await velo.SendAsync(HttpMethod.Post, "portal/", new { jsonrpc = "2.0", id = 8, method = "no/such", @params = new { } });
        unknown.Refused("Unknown method");
    }

    [Theory]
    [InlineData("enterprise/getEnterpriseEdgeList", "{\"limit\":3}")]
    [InlineData("enterprise/getEnterpriseDataCenters", "{}")]
    [InlineData("enterprise/getEnterpriseConfigurationsPolicies", "{}")]
    [InlineData("enterprise/getEnterprisePrivateNetworks", "{}")]
    [InlineData("edge/getEdgeGatewayAssignments", "{\"edgeId\":10001}")]
    [InlineData("license/getEnterpriseEdgeLicenses", "{\"with\":[\"counts\"]}")]
    [InlineData("license/setEnterpriseEdgeLicenseEdition", "{\"edition\":\"PREMIUM\"}")]
    [InlineData("service/getEnterpriseServiceLicense", "{}")]
    [InlineData("async/getStatus", "{\"apiToken\":\"x\"}")]
    [InlineData("alert/getEnterpriseAlertDefinitions", "{}")]
    public async Task Methods_of_no_definition_that_are_in_use_are_answered(string name, string parameters)
    {
        using var velo = await VeloRaw.AsAsync(server.Simulator, "customer");
        Assert.Contains((await velo.CallAsync(name, parameters)).Ok().ValueKind, VeloRaw.Some(JsonValueKind.Array, JsonValueKind.Object));
    }

    private static TheoryData<string> Data(Func<WalkOperation, bool> isMeant)
    {
        var data = new TheoryData<string>();
        foreach (var operation in WalkOperation.All.Where(o => !Logins.Contains(o.Name, StringComparer.Ordinal) && isMeant(o)))
        {
            data.Add(operation.Name);
        }

        return data;
    }

    private static object Sample(WalkOperation operation, string name, string type)
        => type.StartsWith("boolean", StringComparison.Ordinal) ? true
            : type.EndsWith("[]", StringComparison.Ordinal) ? type.Contains(':', StringComparison.Ordinal) ? operation.Words(name) : Array.Empty<int>()
            : type.Contains(':', StringComparison.Ordinal) ? operation.Words(name)[0]
            : type == "object" ? new { }
            : type.StartsWith("string", StringComparison.Ordinal) ? "x" : 1;
}
