using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// The invented data of configuration modules, in the members that the definition has for them. An edge's own configuration has device settings and WAN links always, a firewall
/// where its number is even: elsewhere the module has to be inserted before it can be changed.
/// </summary>
internal static class ModuleData
{
    /// <summary>The module names of the definition.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["imageUpdate", "controlPlane", "managementPlane", "firewall", "QOS", "deviceSettings", "WAN", "metaData", "properties", "analyticsSettings"];

    public static IReadOnlyList<(string Name, byte[] Data)> Invent(Profile configuration)
    {
        if (configuration.IsOperators)
            return [One("imageUpdate", ImageUpdate(configuration)), One("controlPlane", ControlPlane()), One("managementPlane", ManagementPlane()), One("metaData", [])];

        if (configuration.Edge is { } edge)
        {
            List<(string, byte[])> modules = [One("controlPlane", ControlPlane()), One("deviceSettings", EdgeDeviceSettings(edge)), One("WAN", Wan(edge))];
            if (edge.Id % 2 == 0)
                modules.Add(One("firewall", Firewall(configuration.Enterprise!, isEdge: true)));

            return modules;
        }

        var enterprise = configuration.Enterprise!;
        return
        [
            One("controlPlane", ControlPlane()),
            One("deviceSettings", DeviceSettings(enterprise)),
            One("QOS", Qos(enterprise)),
            One("firewall", Firewall(enterprise, isEdge: false)),
            One("WAN", new JsonObject { ["links"] = new JsonArray(), ["networks"] = new JsonArray() }),
            One("metaData", new JsonObject { ["applicationMapId"] = 1 }),
        ];
    }

    /// <summary>A rule's <c>match</c> that everything passes.</summary>
    public static JsonObject AnyMatch()
        => new()
        {
            ["appid"] = -1,
            ["classid"] = -1,
            ["dscp"] = -1,
            ["sip"] = "any",
            ["sport_high"] = -1,
            ["sport_low"] = -1,
            ["ssm"] = "255.255.255.255",
            ["smac"] = "any",
            ["svlan"] = -1,
            ["os_version"] = -1,
            ["hostname"] = "",
            ["dip"] = "any",
            ["dport_low"] = -1,
            ["dport_high"] = -1,
            ["dsm"] = "255.255.255.255",
            ["dmac"] = "any",
            ["dvlan"] = -1,
            ["proto"] = -1,
            ["s_rule_type"] = "prefix",
            ["d_rule_type"] = "prefix",
        };

    private static (string Name, byte[] Data) One(string name, JsonObject data) => (name, JsonSerializer.SerializeToUtf8Bytes(data));

    private static JsonObject Segment(Enterprise enterprise)
        => new() { ["segmentId"] = 0, ["name"] = "Global Segment", ["type"] = "REGULAR", ["segmentLogicalId"] = Invented.LogicalId("segment", enterprise.Id) };

    private static JsonObject ImageUpdate(Profile configuration)
    {
        var image = SoftwareCatalog.Of(configuration.Id == VeloNetwork.FirstOperatorProfile ? 0 : 1);
        return new JsonObject
        {
            ["softwarePackageId"] = image.Id,
            ["softwarePackageName"] = image.Name,
            ["version"] = image.Version,
            ["buildNumber"] = image.Build,
            ["devicefamily"] = "EDGE6X0",
            ["factoryFirmware"] = null,
            ["platformFirmware"] = null,
            ["modemFirmware"] = null,
            ["windowed"] = false,
            ["windowDurationMins"] = 60,
        };
    }

    private static JsonObject ControlPlane()
        => new()
        {
            ["gatewaySelection"] = new JsonObject { ["mode"] = "DYNAMIC", ["primary"] = null, ["secondary"] = null },
            ["vpn"] = new JsonObject { ["enabled"] = true, ["edgeToEdge"] = true, ["ipsec"] = new JsonObject { ["hash"] = "SHA_256", ["encryption"] = "AES_128_CBC", ["diffieHellmanGroup"] = "GROUP_14" } },
        };

    private static JsonObject ManagementPlane()
        => new() { ["heartBeatSeconds"] = 30, ["timeSliceSeconds"] = 300, ["statsUploadSeconds"] = 300, ["managementPlaneProxy"] = new JsonObject { ["primary"] = "vco.example", ["secondary"] = null } };

    private static JsonObject DeviceSettings(Enterprise enterprise)
        => new()
        {
            ["bfd"] = new JsonObject { ["enabled"] = false, ["rules"] = new JsonArray() },
            ["ha"] = new JsonObject { ["enabled"] = false, ["interface"] = "GE1" },
            ["lan"] = new JsonObject
            {
                ["networks"] = new JsonArray(Network(enterprise, 1, "Corporate"), Network(enterprise, 100, "Guest")),
                ["interfaces"] = new JsonArray(),
                ["management"] = new JsonObject { ["cidrIp"] = "192.168.1.1", ["cidrPrefix"] = 32 },
            },
            ["models"] = new JsonObject
            {
                ["edge6X0"] = new JsonObject { ["routedInterfaces"] = new JsonArray(Interface("GE3"), Interface("GE4")) },
                ["edge3X00"] = new JsonObject { ["routedInterfaces"] = new JsonArray(Interface("GE3"), Interface("GE4"), Interface("SFP1")) },
            },
            ["ntp"] = new JsonObject { ["enabled"] = true, ["servers"] = new JsonArray("0.pool.ntp.org", "1.pool.ntp.org") },
            ["ntpServer"] = new JsonObject { ["enabled"] = false },
            ["radioSettings"] = new JsonObject { ["country"] = "US" },
            ["snmp"] = new JsonObject { ["port"] = 161, ["snmpv2c"] = new JsonObject { ["enabled"] = false, ["community"] = "" }, ["snmpv3"] = new JsonObject { ["enabled"] = false } },
            ["softwareUpdate"] = new JsonObject { ["windowed"] = false },
            ["vnfs"] = new JsonObject { ["edge"] = null },
            ["segments"] = new JsonArray(new JsonObject
            {
                ["segment"] = Segment(enterprise),
                ["vpn"] = new JsonObject { ["enabled"] = true, ["edgeToEdge"] = true, ["edgeToDataCenter"] = false },
                ["bgp"] = new JsonObject { ["enabled"] = false, ["neighbors"] = new JsonArray() },
                ["ospf"] = new JsonObject { ["enabled"] = false, ["areas"] = new JsonArray() },
                ["routes"] = new JsonObject { ["static"] = new JsonArray() },
                ["dns"] = new JsonObject { ["primaryProvider"] = new JsonObject { ["ref"] = "deviceSettings:dns:primaryProvider" } },
                ["netflow"] = new JsonObject { ["enabled"] = false },
                ["syslog"] = new JsonObject { ["enabled"] = false, ["collectors"] = new JsonArray() },
                ["multicast"] = new JsonObject { ["enabled"] = false },
            }),
        };

    private static JsonObject EdgeDeviceSettings(Edge edge)
    {
        var settings = DeviceSettings(edge.Enterprise);
        var subnet = string.Create(CultureInfo.InvariantCulture, $"10.{edge.Id / 250 % 250}.{edge.Id % 250}.1");
        var network = settings["lan"]!["networks"]![0]!;
        network["cidrIp"] = subnet;
        network["override"] = true;
        settings.Remove("models");
        settings["routedInterfaces"] = new JsonArray(Interface("GE3"), Interface("GE4"));
        settings["loopbackInterfaces"] = new JsonObject
        {
            ["LO1"] = new JsonObject { ["cidrIp"] = string.Create(CultureInfo.InvariantCulture, $"172.16.{edge.Id / 250 % 250}.{edge.Id % 250}"), ["cidrPrefix"] = 32, ["advertise"] = true },
        };
        settings["ha"] = new JsonObject { ["enabled"] = edge.HasHa, ["interface"] = "GE1" };
        return settings;
    }

    /// <summary>Prefixes come as numbers and as texts in one answer [live].</summary>
    private static JsonObject Network(Enterprise enterprise, int vlan, string name)
        => new()
        {
            ["vlanId"] = vlan,
            ["name"] = name,
            ["segmentId"] = 0,
            ["advertise"] = true,
            ["cost"] = 10,
            ["disabled"] = false,
            ["override"] = false,
            ["cidrIp"] = string.Create(CultureInfo.InvariantCulture, $"10.{enterprise.Id % 250}.{vlan}.1"),
            ["cidrPrefix"] = vlan == 1 ? 24 : "24",
            ["netmask"] = "255.255.255.0",
            ["dhcp"] = new JsonObject { ["enabled"] = true, ["leaseTimeSeconds"] = 86_400, ["baseDhcpAddr"] = 10, ["numDhcpAddr"] = 200, ["options"] = new JsonArray() },
            ["interfaces"] = new JsonArray("GE1", "GE2"),
            ["pingResponse"] = true,
        };

    private static JsonObject Interface(string name)
        => new()
        {
            ["name"] = name,
            ["disabled"] = false,
            ["addressing"] = new JsonObject { ["type"] = "DHCP", ["cidrIp"] = "", ["cidrPrefix"] = null, ["gateway"] = "" },
            ["wanOverlay"] = "AUTO_DISCOVERED",
            ["natDirect"] = true,
            ["trusted"] = false,
            ["l2"] = new JsonObject { ["autonegotiation"] = true, ["speed"] = "100M", ["duplex"] = "FULL", ["MTU"] = 1500 },
            ["override"] = false,
        };

    private static JsonObject Qos(Enterprise enterprise)
        => new()
        {
            ["serviceRateLimit"] = new JsonObject { ["enabled"] = false, ["inputType"] = "PERCENT", ["value"] = -1 },
            ["segments"] = new JsonArray(new JsonObject
            {
                ["segment"] = Segment(enterprise),
                ["rules"] = new JsonArray(new JsonObject
                {
                    ["name"] = "Voice first",
                    ["match"] = AnyMatch(),
                    ["action"] = new JsonObject
                    {
                        ["routeType"] = "edge2Any",
                        ["QoS"] = new JsonObject { ["type"] = "realtime", ["rxScheduler"] = new JsonObject { ["priority"] = "high" }, ["txScheduler"] = new JsonObject { ["priority"] = "high" } },
                        ["sla"] = new JsonObject { ["latencyMs"] = "0", ["lossPct"] = "0.0", ["jitterMs"] = "0" },
                    },
                    ["ruleLogicalId"] = Invented.LogicalId("qosRule", enterprise.Id),
                }),
                ["defaults"] = new JsonArray(),
                ["webProxy"] = new JsonObject { ["providers"] = new JsonArray() },
            }),
        };

    private static JsonObject Firewall(Enterprise enterprise, bool isEdge)
    {
        var block = AnyMatch();
        block["proto"] = 6;
        block["dport_low"] = 23;
        block["dport_high"] = 23;
        return new JsonObject
        {
            ["firewall_enabled"] = true,
            ["firewall_logging_enabled"] = true,
            ["stateful_firewall_enabled"] = false,
            ["syslog_forwarding"] = false,
            ["inboundLoggingEnabled"] = false,
            ["inbound"] = new JsonArray(),
            ["segments"] = new JsonArray(new JsonObject
            {
                ["segment"] = Segment(enterprise),
                ["firewall_logging_enabled"] = true,
                ["stateful_firewall_enabled"] = false,
                ["outbound"] = isEdge
                    ? new JsonArray()
                    : new JsonArray(
                        Rule("No telnet", block, "deny", Invented.LogicalId("firewallRule", (enterprise.Id * 10L) + 1)),
                        Rule("AllowAny", AnyMatch(), "allow", Invented.LogicalId("firewallRule", enterprise.Id * 10L))),
            }),
            ["services"] = new JsonObject { ["loggingEnabled"] = false, ["ssh"] = new JsonObject { ["enabled"] = false, ["allowSelectedIp"] = new JsonArray() } },
        };
    }

    private static JsonObject Rule(string name, JsonObject match, string action, string logicalId)
        => new()
        {
            ["name"] = name,
            ["match"] = match,
            ["action"] = new JsonObject { ["allow_or_deny"] = action },
            ["loggingEnabled"] = false,
            ["ruleLogicalId"] = logicalId,
        };

    private static JsonObject Wan(Edge edge)
        => new()
        {
            ["links"] = new JsonArray([.. EdgeLinks.Of(edge, onlyRecent: true).Select(l => new JsonObject
            {
                ["logicalId"] = l["logicalId"]!.DeepClone(),
                ["internalId"] = l["internalId"]!.DeepClone(),
                ["discovery"] = "AUTO_DISCOVERED",
                ["mode"] = "PUBLIC",
                ["type"] = "WIRED",
                ["name"] = l["displayName"]!.DeepClone(),
                ["isp"] = l["isp"]!.DeepClone(),
                ["publicIpAddress"] = l["ipAddress"]!.DeepClone(),
                ["upstreamMbps"] = "50.00",
                ["downstreamMbps"] = "100.00",
                ["MTU"] = 1500,
                ["interfaces"] = new JsonArray(l["interface"]!.DeepClone()),
                ["backupOnly"] = false,
            })]),
            ["networks"] = new JsonArray(),
        };
}
