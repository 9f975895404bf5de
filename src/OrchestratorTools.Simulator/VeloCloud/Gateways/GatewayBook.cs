using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The operator's gateways and the pools that they are in. Safe for many threads.</summary>
internal sealed class GatewayBook
{
    /// <summary>The pool that every enterprise has first.</summary>
    public const int DefaultPool = 3;

    private static readonly string[] Cities = ["Frankfurt", "London", "Ashburn", "Singapore"];

    private readonly VeloNetwork _network;
    private readonly ConcurrentDictionary<int, PropertyTable> _properties = new();

    public GatewayBook(VeloNetwork network)
    {
        _network = network;
        Pools.Put(NewPool(DefaultPool, "Default Pool", "All of the operator's gateways", proxy: null, isDefault: true));
        Pools.Put(NewPool(DefaultPool + 1, "Northwind \"EU\"", description: null, VeloNetwork.ProxyId, isDefault: false));
        for (var i = 0; i < Cities.Length; i++)
        {
            var id = 21 + i;
            var gateway = NewGateway(id, $"vcg{id}-{Cities[i].ToLowerInvariant()}", $"203.0.113.{id}", network.Start.AddDays(-600));
            gateway["activationState"] = "ACTIVATED";
            gateway["activationTime"] = VeloTime.Text(network.Start.AddDays(-599));
            gateway["gatewayState"] = i == 3 ? "QUIESCED" : "CONNECTED";
            gateway["serviceState"] = i == 3 ? "QUIESCED" : "IN_SERVICE";
            gateway["softwareVersion"] = "5.2.3.1";
            gateway["buildNumber"] = "R5231-20240611-GA-4c3b1fa1a5";
            gateway["lastContact"] = VeloTime.Text(network.Start);
            gateway["systemUpSince"] = VeloTime.Text(network.Start.AddDays(-40));
            gateway["serviceUpSince"] = VeloTime.Text(network.Start.AddDays(-40).AddSeconds(90));
            gateway["enterpriseProxyId"] = i == 1 ? VeloNetwork.ProxyId : null;
            gateway["gatewayPoolIds"] = i == 1 ? new JsonArray(DefaultPool, DefaultPool + 1) : new JsonArray(DefaultPool);
            Gateways.Put(gateway);
        }
    }

    /// <summary>The gateways. <c>gatewayPoolIds</c> is the server's own and is not shown.</summary>
    public ObjectTable Gateways { get; } = new();

    public ObjectTable Pools { get; } = new();

    /// <summary>Gateways that are being replaced: by whose, until when.</summary>
    public ConcurrentDictionary<int, (int Replacement, long Deadline)> Replacements { get; } = new();

    /// <summary>The properties of a gateway.</summary>
    public PropertyTable PropertiesOf(int gateway) => _properties.GetOrAdd(gateway, id => new PropertyTable("gatewayId", id, _network.Clock));

    /// <summary>The gateway that an edge has: always the same, among those in service.</summary>
    public JsonObject? Of(Edge edge)
    {
        var all = Gateways.All(g => g["gatewayState"]!.GetValue<string>() is "CONNECTED");
        return all.Count == 0 ? null : all[edge.Id % all.Count];
    }

    /// <summary>The edges that have a gateway.</summary>
    public IEnumerable<Edge> EdgesOf(long gateway)
    {
        var all = Gateways.All(g => g["gatewayState"]!.GetValue<string>() is "CONNECTED").Select(g => g["id"]!.GetValue<long>()).ToList();
        var index = all.IndexOf(gateway);
        return index < 0 ? [] : _network.Enterprises.SelectMany(e => e.Edges).Where(e => e.Id % all.Count == index && e.State is not "NEVER_ACTIVATED");
    }

    /// <summary>An event that is about the n-th gateway.</summary>
    public static VeloEvent About(VeloEvent happened, int n)
    {
        var id = 21 + Math.Abs(n % Cities.Length);
        return happened with { GatewayId = id, GatewayName = $"vcg{id.ToString(CultureInfo.InvariantCulture)}-{Cities[id - 21].ToLowerInvariant()}" };
    }

    public JsonObject NewPool(long id, string name, string? description, int? proxy, bool isDefault)
        => new()
        {
            ["id"] = id,
            ["networkId"] = VeloNetwork.Id,
            ["enterpriseProxyId"] = proxy,
            ["created"] = VeloTime.Text(_network.Now),
            ["name"] = name,
            ["description"] = description,
            ["logicalId"] = Invented.LogicalId("gatewayPool", id),
            ["isDefault"] = isDefault,
            ["ipV4Enabled"] = true,
            ["ipV6Enabled"] = false,
            ["handOffType"] = "NONE",
            ["modified"] = VeloTime.Text(_network.Now),
        };

    public JsonObject NewGateway(long id, string name, string address, DateTimeOffset created)
        => new()
        {
            ["id"] = id,
            ["created"] = VeloTime.Text(created),
            ["networkId"] = VeloNetwork.Id,
            ["enterpriseProxyId"] = null,
            ["siteId"] = id + 600_000,
            ["activationKey"] = Invented.ActivationKey(new Random((int)id + _network.Seed)),
            ["activationState"] = "PENDING",
            ["activationTime"] = VeloTime.Never,
            ["bastionState"] = "UNCONFIGURED",
            ["softwareVersion"] = "",
            ["buildNumber"] = "",
            ["utilization"] = 0,
            ["utilizationDetail"] = new JsonObject { ["load"] = 0.21, ["overall"] = 0.34, ["cpu"] = 0.18, ["memory"] = 0.41 },
            ["connectedEdges"] = 0,
            ["deviceId"] = "00000000-0000-0000-0000-000000000000",
            ["logicalId"] = Invented.LogicalId("gateway", id),
            ["name"] = name,
            ["gatewayState"] = "NEVER_ACTIVATED",
            ["description"] = null,
            ["dnsName"] = null,
            ["isLoadBalanced"] = 0,
            ["privateIpAddress"] = null,
            ["ipAddress"] = address,
            ["lastContact"] = VeloTime.Never,
            ["systemUpSince"] = VeloTime.Never,
            ["serviceUpSince"] = VeloTime.Never,
            ["serviceState"] = "PENDING_SERVICE",
            ["endpointPkiMode"] = "CERTIFICATE_OPTIONAL",
            ["handOffDetail"] = null,
            ["ipsecGatewayDetail"] = null,
            ["modified"] = VeloTime.Text(created),
            ["gatewayPoolIds"] = new JsonArray(),
            ["roles"] = new JsonArray(Role(id, "DATA_PLANE", created), Role(id, "CONTROL_PLANE", created), Role(id, "VPN_TUNNEL", created)),
            ["site"] = new JsonObject { ["id"] = id + 600_000, ["name"] = name, ["city"] = null, ["lat"] = 37.402866, ["lon"] = -122.117332, ["logicalId"] = Invented.LogicalId("gatewaySite", id) },
            ["syslog"] = null,
        };

    public static JsonObject Role(long gateway, string role, DateTimeOffset created)
        => new() { ["created"] = VeloTime.Text(created), ["gatewayId"] = gateway, ["gatewayRole"] = role, ["required"] = 0 };
}
