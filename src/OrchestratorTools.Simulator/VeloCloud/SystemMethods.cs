using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The methods about the Orchestrator itself.</summary>
internal sealed class SystemMethods(VeloNetwork network)
{
    /// <summary>The only method that a standby answers.</summary>
    public const string ReplicationStatus = "disasterRecovery/getReplicationStatus";

    private static readonly (string Name, string Value, string Type, bool IsPassword)[] Properties =
    [
        ("network.public.address", "vco.example", "STRING", false),
        ("session.options.enableApiTokenAuth", "true", "BOOLEAN", false),
        ("session.options.sessionTimeoutHours", "24", "NUMBER", false),
        ("vco.enterprise.resourceLimit.edges", "20000", "NUMBER", false),
        ("mail.transport.user", "noreply@vco.example", "STRING", false),
        ("mail.transport.password", "", "STRING", true),
        ("edge.offline.limit.sec", "120", "NUMBER", false),
        ("vco.banner", "{\"text\": \"Grüße \\\"quoted\\\"\"}", "JSON", false),
    ];

    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["system/getVersionInfo"] = _ => Answer.Of(new JsonObject { ["version"] = "5.2.3.1", ["build"] = "R5231-20240611-GA-4c3b1fa1a5", ["apiVersion"] = "v1" }),
        ["systemProperty/getSystemProperties"] = SystemProperties,
        ["systemProperty/getSystemProperty"] = SystemProperty,
        [ReplicationStatus] = Status,
    };

    private JsonObject Describe(int index)
    {
        var (name, value, type, isPassword) = Properties[index];
        return new JsonObject
        {
            ["id"] = index + 1,
            ["created"] = VeloTime.Text(network.Start.AddDays(-800)),
            ["name"] = name,
            ["value"] = value,
            ["defaultValue"] = index % 2 == 0 ? null : "",
            ["isReadOnly"] = index == 0 ? 1 : 0,
            ["isPassword"] = isPassword ? 1 : 0,
            ["dataType"] = type,
            ["description"] = null,
            ["modified"] = VeloTime.Never,
        };
    }

    private Answer SystemProperties(Call call)
    {
        var group = call.Text("group") is { Length: > 0 } text ? text + "." : "";
        return Answer.List(Enumerable.Range(0, Properties.Length).Where(i => Properties[i].Name.StartsWith(group, StringComparison.Ordinal)).Select(Describe));
    }

    private Answer SystemProperty(Call call)
    {
        var index = call.Integer("id") is { } id
            ? (int)Math.Clamp(id - 1, -1, Properties.Length)
            : Array.FindIndex(Properties, p => string.Equals(p.Name, call.Text("name"), StringComparison.Ordinal));
        return index >= 0 && index < Properties.Length ? Answer.Of(Describe(index)) : throw VeloError.NotFound("system property");
    }

    private JsonObject History()
        => new() { ["from"] = "STANDBY_SYNC", ["to"] = "STANDBY_RUNNING", ["timestamp"] = VeloTime.Text(network.Start.AddDays(-20)) };

    private Answer Status(Call call)
    {
        var isStandby = call.Settings.Standby;
        var json = new JsonObject
        {
            ["role"] = isStandby ? "STANDBY" : "STANDALONE",
            ["roleTimestamp"] = VeloTime.Text(network.Start.AddDays(-20)),
            ["drState"] = isStandby ? "STANDBY_RUNNING" : "UNCONFIGURED",
            ["stateTimestamp"] = VeloTime.Text(network.Start.AddDays(-20)),
            ["activeAddress"] = isStandby ? "198.51.100.10" : null,
            ["activeReplicationAddress"] = null,
            ["standbyList"] = isStandby ? new JsonArray(new JsonObject { ["standbyAddress"] = "198.51.100.11", ["standbyUuid"] = Invented.LogicalId("vco", 2) }) : new JsonArray(),
            ["drVCOUser"] = isStandby ? "super@vco.example" : null,
            ["failureDescription"] = null,
            ["lastDrProtectedTime"] = isStandby ? VeloTime.Text(network.Clock.GetUtcNow()) : VeloTime.Never,
            ["vcoIp"] = isStandby ? "198.51.100.11" : "198.51.100.10",
            ["vcoReplicationIp"] = null,
            ["vcoUuid"] = Invented.LogicalId("vco", isStandby ? 2 : 1),
        };
        if (call.With("clientCount"))
            json["clientCount"] = new JsonObject { ["edgeCount"] = network.Enterprises.Sum(e => e.Edges.Count), ["gatewayCount"] = 4 };

        if (call.With("clientContact"))
            json["clientContact"] = new JsonArray();

        if (call.With("stateHistory"))
            json["stateHistory"] = isStandby ? new JsonArray(History()) : new JsonArray();

        if (call.With("storageInfo"))
            json["storageInfo"] = new JsonArray();

        return Answer.Of(json);
    }
}
