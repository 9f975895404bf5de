using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What the Orchestrator has of itself: system properties, the inventory of boxes that wait for an edge, packages of role changes. Safe for many threads.</summary>
internal sealed class SystemBook
{
    private static readonly (string Name, string Value, string Type, bool IsPassword)[] First =
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

    private readonly VeloNetwork _network;

    public SystemBook(VeloNetwork network)
    {
        _network = network;
        for (var i = 0; i < First.Length; i++)
        {
            var (name, value, type, isPassword) = First[i];
            Properties.Put(Property(i + 1, name, value, i % 2 == 0 ? null : "", type, isPassword, isReadOnly: i == 0, network.Start.AddDays(-800)));
        }

        for (var i = 0; i < (network.Enterprises.Count == 0 ? 0 : 4); i++)
        {
            Inventory.Put(Pending(900 + i, network.Enterprises[i % 2]));
        }
    }

    public ObjectTable Properties { get; } = new();

    /// <summary>Boxes that have been shipped and are assigned to no edge yet.</summary>
    public ObjectTable Inventory { get; } = new();

    /// <summary>Packages of changes to roles.</summary>
    public ObjectTable RolePackages { get; } = new();

    /// <summary>Changes to roles that hold now.</summary>
    public ObjectTable RoleCustomizations { get; } = new();

    /// <summary>SSH keys of users, by the user's id.</summary>
    public ObjectTable SshKeys { get; } = new();

    /// <summary>Migrations of gateways that were asked for.</summary>
    public ObjectTable Migrations { get; } = new();

    public JsonObject? Property(string name) => Properties.All(p => string.Equals(p["name"]!.GetValue<string>(), name, StringComparison.Ordinal)) is [var found, ..] ? found : null;

    public JsonObject Add(string name, string value, string? defaultValue, string type, bool isPassword, bool isReadOnly)
        => Properties.Put(Property(_network.NewId(), name, value, defaultValue, type, isPassword, isReadOnly, _network.Now));

    private static JsonObject Property(long id, string name, string value, string? defaultValue, string type, bool isPassword, bool isReadOnly, DateTimeOffset created)
        => new()
        {
            ["id"] = id,
            ["created"] = VeloTime.Text(created),
            ["name"] = name,
            ["value"] = value,
            ["defaultValue"] = defaultValue,
            ["isReadOnly"] = isReadOnly ? 1 : 0,
            ["isPassword"] = isPassword ? 1 : 0,
            ["dataType"] = type,
            ["description"] = null,
            ["modified"] = VeloTime.Never,
        };

    private JsonObject Pending(long id, Enterprise enterprise)
        => new()
        {
            ["id"] = id,
            ["serialNumber"] = "VCSHIP" + Invented.Code(new Random((int)id + _network.Seed), 6),
            ["edgeMappingId"] = null,
            ["owner"] = enterprise.Name,
            ["inventoryStatus"] = "PENDING",
            ["inventoryEdgeStatus"] = "SHIPPED",
            ["vcoId"] = Invented.LogicalId("vco", 1),
            ["enterpriseId"] = enterprise.Id,
            ["enterpriseProxyId"] = enterprise.ProxyId,
            ["token"] = new JsonObject { ["hmac"] = Invented.Code(new Random((int)id), 32), ["logicalId"] = Invented.LogicalId("inventory", id) },
            ["created"] = VeloTime.Text(_network.Start.AddDays(-3)),
            ["modified"] = VeloTime.Text(_network.Start.AddDays(-3)),
            ["model"] = "edge610lte",
        };
}
