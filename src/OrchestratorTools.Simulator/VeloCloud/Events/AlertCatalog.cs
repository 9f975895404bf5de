using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What alerts there are, how each enterprise has them configured, and who is told.</summary>
internal static class AlertCatalog
{
    private static readonly (string Name, bool IsOn, int First)[] Definitions =
    [
        ("EDGE_DOWN", true, 180), ("EDGE_UP", true, 0), ("LINK_DOWN", true, 120), ("LINK_UP", false, 0), ("VPN_TUNNEL_DOWN", true, 120), ("EDGE_HA_FAILOVER", true, 0),
        ("EDGE_SERVICE_DOWN", true, 120), ("GATEWAY_SERVICE_DOWN", false, 120), ("VNF_VM_EVENT", false, 0), ("VNF_INSERTION_EVENT", false, 0), ("VNF_IMAGE_DOWNLOAD_EVENT", false, 0),
        ("EDGE_CSS_TUNNEL_DOWN", true, 120), ("EDGE_CSS_TUNNEL_UP", false, 0), ("NVS_FROM_EDGE_TUNNEL_DOWN", true, 120), ("NVS_FROM_EDGE_TUNNEL_UP", false, 0), ("TEST_ALERT", false, 0),
    ];

    /// <summary>The kinds of alert, by id from 1.</summary>
    public static IEnumerable<JsonObject> All(DateTimeOffset created) => Definitions.Select((_, i) => Definition(i, created));

    public static bool Exists(string name) => Array.Exists(Definitions, d => string.Equals(d.Name, name, StringComparison.Ordinal));

    public static int IdOf(string name) => 1 + Array.FindIndex(Definitions, d => string.Equals(d.Name, name, StringComparison.Ordinal));

    /// <summary>What an enterprise has at the beginning: one configuration for each kind.</summary>
    public static ObjectTable Invent(Enterprise enterprise)
    {
        var table = new ObjectTable();
        for (var i = 0; i < Definitions.Length; i++)
        {
            table.Put(Configuration((enterprise.Id * 100L) + i + 1, i, enterprise, Definitions[i].IsOn));
        }

        return table;
    }

    /// <summary>The configuration of a kind that was made by a call.</summary>
    public static JsonObject New(long id, string name, Enterprise enterprise) => Configuration(id, IdOf(name) - 1, enterprise, isOn: true);

    public static JsonObject Recipients(Enterprise enterprise)
        => new()
        {
            ["emailEnabled"] = true,
            ["emailList"] = new JsonArray($"noc@{enterprise.Domain}.example"),
            ["enterpriseUsers"] = new JsonArray(),
            ["mobileEnabled"] = false,
            ["mobileList"] = new JsonArray(),
            ["smsEnabled"] = false,
            ["smsList"] = new JsonArray(),
            ["snmpEnabled"] = false,
            ["snmpList"] = new JsonArray(),
            ["webhookEnabled"] = false,
            ["webhookList"] = new JsonArray(),
        };

    private static JsonObject Definition(int index, DateTimeOffset created)
        => new()
        {
            ["id"] = index + 1,
            ["created"] = VeloTime.Text(created),
            ["name"] = Definitions[index].Name,
            ["type"] = Definitions[index].Name,
            ["definition"] = new JsonObject { ["isSystemOnly"] = false, ["isOperatorOnly"] = false },
            ["firstNotificationSeconds"] = Definitions[index].First,
            ["maxNotifications"] = 1,
            ["notificationIntervalSeconds"] = 120,
            ["resetIntervalSeconds"] = 3600,
            ["modified"] = VeloTime.Text(created),
        };

    private static JsonObject Configuration(long id, int index, Enterprise enterprise, bool isOn)
    {
        var json = Definition(index, enterprise.Created);
        json["id"] = id;
        json["alertDefinitionId"] = index + 1;
        json["enterpriseId"] = enterprise.Id;
        json["enabled"] = isOn;
        json["description"] = null;
        return json;
    }
}
