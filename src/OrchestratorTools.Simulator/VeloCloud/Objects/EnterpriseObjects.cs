using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The objects that all have the same members and differ in <c>object</c> and <c>type</c>: services, segments, allocations, groups, clusters.</summary>
internal static class EnterpriseObjects
{
    public const string Service = "NETWORK_SERVICE";
    public const string Allocation = "NETWORK_ALLOCATION";
    public const string Segment = "NETWORK_SEGMENT";
    public const string Group = "OBJECT_GROUP";
    public const string Routes = "ROUTE_CONFIGURATION";

    /// <summary>The segment that every enterprise has, and that cannot be deleted.</summary>
    public const string GlobalSegment = "Global Segment";

    /// <summary>An object with all members that such objects have.</summary>
    public static JsonObject New(long id, Enterprise enterprise, string kind, string type, string name, string? description, JsonNode? data, DateTimeOffset now)
        => new()
        {
            ["id"] = id,
            ["created"] = VeloTime.Text(now),
            ["operatorId"] = null,
            ["networkId"] = null,
            ["enterpriseId"] = enterprise.Id,
            ["edgeId"] = null,
            ["gatewayId"] = null,
            ["parentGroupId"] = null,
            ["description"] = description,
            ["object"] = kind,
            ["name"] = name,
            ["type"] = type,
            ["logicalId"] = Invented.LogicalId("enterpriseObject", id),
            ["alertsEnabled"] = 1,
            ["operatorAlertsEnabled"] = 1,
            ["status"] = null,
            ["statusModified"] = VeloTime.Never,
            ["previousData"] = null,
            ["previousCreated"] = VeloTime.Never,
            ["draftData"] = null,
            ["draftCreated"] = VeloTime.Never,
            ["draftComment"] = null,
            ["data"] = data ?? new JsonObject(),
            ["lastContact"] = VeloTime.Never,
            ["version"] = "0",
            ["modified"] = VeloTime.Text(now),
        };

    public static bool Is(JsonObject item, string kind) => string.Equals(item["object"]?.GetValue<string>(), kind, StringComparison.Ordinal);

    /// <summary>What every enterprise has from the beginning.</summary>
    public static ObjectTable Invent(Enterprise enterprise)
    {
        var table = new ObjectTable();
        var id = enterprise.Id * 100L;
        Add(Segment, "REGULAR", GlobalSegment, new JsonObject { ["segmentId"] = 0, ["serviceVlan"] = null, ["delegateToEnterprise"] = true, ["delegateToEnterpriseProxy"] = true });
        Add(Segment, "REGULAR", "Guest [WLAN]", new JsonObject { ["segmentId"] = 1, ["serviceVlan"] = null, ["delegateToEnterprise"] = true, ["delegateToEnterpriseProxy"] = true });
        Add(Allocation, "networkAllocation", "Default Network", new JsonObject { ["spaces"] = new JsonArray(new JsonObject { ["name"] = "Corporate", ["cidrIp"] = "10.0.0.0", ["cidrPrefix"] = 8 }) });
        Add(Service, "dns", "Google", new JsonObject { ["isPrivate"] = false, ["primary"] = "8.8.8.8", ["secondary"] = "8.8.4.4" });
        Add(Service, "dataCenter", "Azure West Europe", new JsonObject { ["enabled"] = true, ["provider"] = "genericIKEv2Router", ["primaryServer"] = "203.0.113.10", ["type"] = "genericIKEv2Router" });
        Add(Service, "cloudSecurityService", "Zscaler", new JsonObject { ["enabled"] = true, ["provider"] = "Zscaler", ["primaryServer"] = "203.0.113.20" });
        Add(Group, "address_group", "RFC 1918", new JsonArray(Address("10.0.0.0", 8), Address("172.16.0.0", 12), Address("192.168.0.0", 16)));
        Add(Group, "port_group", "Web \"ports\"", new JsonArray(Ports(6, 80, 80), Ports(6, 443, 443)));
        Add(Routes, "routeConfiguration", "Routes", new JsonObject { ["edge"] = new JsonObject { ["assigned"] = true, ["static"] = true }, ["hub"] = new JsonObject { ["assigned"] = true } });
        return table;

        void Add(string kind, string type, string name, JsonNode data) => table.Put(New(++id, enterprise, kind, type, name, description: null, data, enterprise.Created));
    }

    private static JsonObject Address(string ip, int prefix) => new() { ["ip"] = ip, ["rule_type"] = "prefix", ["mask"] = prefix };

    private static JsonObject Ports(int protocol, int low, int high) => new() { ["proto"] = protocol, ["port_low"] = low, ["port_high"] = high };
}
