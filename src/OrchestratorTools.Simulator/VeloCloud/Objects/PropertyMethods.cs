using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What is kept of enterprises and partners as named values: properties, capabilities, rate limits, switches. And what is made of them: routes, addresses, keys.</summary>
internal sealed class PropertyMethods(VeloNetwork network)
{
    private const string RateLimits = "vco.api.rateLimit.rules";
    private const string MaximumSegments = "vco.enterprise.resourceLimit.maximumSegments";
    private const string CostCalculation = "vco.enterprise.enableDistributedCostCalculation";
    private const string NsdPolicy = "vco.enterprise.useNSDPolicy";
    private const string Handoff = "vco.enterprise.gatewayHandoff";
    private const string Security = "vco.enterprise.securityPolicy";
    private const string AnalyticsName = "vco.enterprise.analytics";
    private const string CapabilityPrefix = "vco.enterprise.capability.";
    private const string KeyMark = "velocloud:";

    private static readonly string[] AnalyticsMembers = ["analyticsCapability", "analyticsEdgeLimit", "analyticsSelfHealing"];

    private static readonly string[] Capabilities =
    [
        "edgeVnfs.enable", "edgeVnfs.securityVnf.paloAlto", "edgeVnfs.securityVnf.checkpoint", "edgeVnfs.securityVnf.fortinet", "enableCosMapping", "enableEnterpriseAuth",
        "enableFwLogs", "enableStatefulFirewall", "enableNetworks", "enablePremium", "enableSegmentation", "enableServiceRateLimiting", "enableRoleCustomization", "enableSecureEdgeAccess",
    ];

    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["enterprise/getEnterpriseProperty"] = call => Get(call, call.Enterprise.State.Properties),
        ["enterprise/insertOrUpdateEnterpriseProperty"] = call => Set(call, call.Enterprise.State.Properties),
        ["enterprise/getEnterprisesWithProperty"] = call => WithProperty(call, _ => true),
        ["enterprise/getEnterpriseProxyEnterprisesWithProperty"] = call => WithProperty(call, e => AccessRules.IsOwn(call.Caller, e)),
        ["enterpriseProxy/getEnterpriseProxyProperty"] = call => Get(call, Partner(call).Properties),
        ["enterpriseProxy/insertOrUpdateEnterpriseProxyProperty"] = call => Set(call, Partner(call).Properties),
        ["enterprise/getEnterpriseCapabilities"] = GetCapabilities,
        ["enterprise/insertOrUpdateEnterpriseCapability"] = call => Result(call.Enterprise.State.Properties.Set(CapabilityPrefix + call.Text("name"), Text(call.Flag("value")), "BOOLEAN")),
        ["enterpriseProxy/getEnterpriseProxyCapabilities"] = call => Answer.Of(new JsonObject { ["enableRoleCustomization"] = Partner(call).Properties.Value(CapabilityPrefix + "enableRoleCustomization") is "true" }),
        ["enterpriseProxy/insertOrUpdateEnterpriseProxyCapability"] = call => Result(Partner(call).Properties.Set(CapabilityPrefix + call.Text("name"), Text(call.Flag("value")), "BOOLEAN")),
        ["enterprise/getEnterpriseRateLimits"] = call => Answer.Of(call.Enterprise.State.Properties.FindOr(RateLimits, "[]", "JSON")),
        ["enterprise/insertOrUpdateEnterpriseRateLimits"] = call => SetJson(call, call.Enterprise.State.Properties, RateLimits),
        ["enterpriseProxy/getEnterpriseProxyRateLimits"] = call => Answer.Of(Partner(call).Properties.FindOr(RateLimits, "[]", "JSON")),
        ["enterprise/insertOrUpdateEnterpriseProxyRateLimits"] = call => SetJson(call, Partner(call).Properties, RateLimits),
        ["enterprise/getEnterpriseMaximumSegments"] = call => Answer.Of(call.Enterprise.State.Properties.FindOr(MaximumSegments, "16", "NUMBER")),
        ["enterprise/setEnterpriseMaximumSegments"] = SetMaximumSegments,
        ["enterprise/getEnterpriseDistributedCostCalculation"] = call => Answer.Of(call.Enterprise.State.Properties.FindOr(CostCalculation, "false", "BOOLEAN")),
        ["enterprise/setEnterpriseDistributedCostCalculation"] = call => Result(call.Enterprise.State.Properties.Set(CostCalculation, Text(call.Flag("value")), "BOOLEAN")),
        ["enterprise/getEnterpriseUseNSDPolicy"] = call => Answer.Of(call.Enterprise.State.Properties.FindOr(NsdPolicy, "false", "BOOLEAN")),
        ["enterprise/setEnterpriseUseNSDPolicy"] = call => Result(call.Enterprise.State.Properties.Set(NsdPolicy, Text(call.Flag("value")), "BOOLEAN")),
        ["enterprise/getEnterpriseGatewayHandoff"] = call => Answer.Of(call.Enterprise.State.Properties.FindOr(Handoff, "{}", "JSON")),
        ["enterprise/insertOrUpdateEnterpriseGatewayHandoff"] = call => SetJson(call, call.Enterprise.State.Properties, Handoff),
        ["enterprise/updateEnterpriseSecurityPolicy"] = SetSecurity,
        ["enterprise/insertOrUpdateSecureEdgeAccessMode"] = SetAccessMode,
        ["enterprise/getAnalyticsConfiguration"] = call => Answer.Of(Analytics(call.Enterprise)),
        ["enterprise/insertOrUpdateAnalyticsConfiguration"] = SetAnalytics,
        ["enterprise/getEnterpriseAddresses"] = Addresses,
        ["enterprise/encodeEnterpriseKey"] = call => Answer.Of(new JsonObject { ["key"] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(KeyMark + call.Text("key"))) }),
        ["enterprise/decodeEnterpriseKey"] = Decode,
        ["enterprise/recalcRefreshRoutesVersion"] = Recalculate,
        ["enterprise/isEnterpriseUpgradedLaterThan"] = IsUpgraded,
        ["enterprise/setEnterpriseBastionState"] = SetBastionState,
        ["enterprise/getEnterpriseRouteConfiguration"] = call => Answer.Of(RouteConfiguration(call.Enterprise)),
        ["enterprise/updateEnterpriseRouteConfiguration"] = UpdateRouteConfiguration,
        ["enterprise/getEnterpriseRouteTable"] = RouteTable,
        ["enterprise/updateEnterpriseRoute"] = UpdateRoute,
        ["enterpriseProxy/getEnterpriseProxyCloneableEnterprises"] = call => Cloneable(network.Enterprises.Where(e => e.Partner == Partner(call)), withProxy: true),
        ["network/getNetworkCloneableEnterprises"] = call => Cloneable(network.Enterprises, withProxy: false),
        ["clientDevice/setClientDeviceHostName"] = SetHostName,
    };

    private static Answer Result(long id, string? error = null) => Answer.Of(new JsonObject { ["id"] = id, ["rows"] = error is null ? 1 : 0, ["error"] = error });

    private static string Text(bool value) => value ? "true" : "false";

    private Partner Partner(Call call)
        => AccessRules.FindProxy(call.Caller, call.Parameters, network)
            ?? (call.EnterpriseOrNone?.Partner ?? throw VeloError.Invalid([Operation.Missing("enterpriseProxyId")]));

    private static Answer Get(Call call, PropertyTable properties)
    {
        if (call.Integer("id") is null && call.Text("name") is null)
            throw VeloError.Invalid([Operation.Missing("name")]);

        var property = (call.Integer("id") is { } id ? properties.Find(id) : properties.Find(call.Text("name")!)) ?? throw VeloError.NotFound("property");
        if (property["isPassword"]!.GetValue<int>() == 1)
            property["value"] = "";

        return Answer.Of(property);
    }

    private static Answer Set(Call call, PropertyTable properties)
        => string.IsNullOrWhiteSpace(call.Text("name"))
            ? throw VeloError.Invalid([new Complaint("MIN_LENGTH", "The name must not be empty", "#/name")])
            : Result(properties.Set(call.Text("name")!, call.Text("value")!, call.Text("dataType") ?? "STRING", call.Flag("isPassword"), call.Text("description")));

    private static Answer SetJson(Call call, PropertyTable properties, string name)
        => Result(properties.Set(name, (call.Object("value") ?? throw VeloError.Invalid([Operation.Missing("value")])).GetRawText(), "JSON"));

    private Answer WithProperty(Call call, Func<Enterprise, bool> isMeant)
    {
        var ids = call.Integers("enterpriseIds");
        return Answer.List(network.Enterprises
            .Where(e => isMeant(e) && (ids.Count == 0 || ids.Contains(e.Id)) && e.State.Properties.Value(call.Text("name")!) == call.Text("value"))
            .Select(e => e.Utf8)
            .ToList());
    }

    private static Answer GetCapabilities(Call call)
        => Answer.Of(new JsonObject([.. Capabilities.Select(c => KeyValuePair.Create<string, JsonNode?>(
            c,
            (call.Enterprise.State.Properties.Value(CapabilityPrefix + c) ?? Text(c is "enableSegmentation" or "enableFwLogs" or "enablePremium")) is "true"))]));

    private static Answer SetMaximumSegments(Call call)
        => call.Integer("value") is { } value and >= 1 and <= 128
            ? Result(call.Enterprise.State.Properties.Set(MaximumSegments, value.ToString(CultureInfo.InvariantCulture), "NUMBER"))
            : throw VeloError.Invalid([new Complaint("MAXIMUM", "Expected a number from 1 to 128", "#/value")]);

    private static Answer SetSecurity(Call call)
    {
        var json = new JsonObject { ["secureDefaultRouteOverride"] = call.Flag("secureDefaultRouteOverride") };
        if (call.Object("ipsec") is { } ipsec)
            json["ipsec"] = JsonNode.Parse(ipsec.GetRawText());

        call.Enterprise.State.Properties.Set(Security, json.ToJsonString(), "JSON");
        return Answer.Rows(1);
    }

    private static Answer SetAccessMode(Call call)
    {
        call.Enterprise.State.Properties.Set("vco.enterprise.secureEdgeAccess.mode", call.Text("mode") ?? "PASSWORD", "STRING");
        return Answer.Of(new JsonObject { ["rows"] = 1 });
    }

    private static JsonObject Analytics(Enterprise enterprise)
        => enterprise.State.Properties.Value(AnalyticsName) is { } text
            ? JsonNode.Parse(text)!.AsObject()
            : new JsonObject { ["analyticsCapability"] = "NONE", ["analyticsEdgeLimit"] = 0, ["analyticsSelfHealing"] = false };

    private static Answer SetAnalytics(Call call)
    {
        var json = Analytics(call.Enterprise);
        foreach (var name in AnalyticsMembers.Where(call.Has))
        {
            json[name] = JsonNode.Parse(call.Parameters.GetProperty(name).GetRawText());
        }

        return Result(call.Enterprise.State.Properties.Set(AnalyticsName, json.ToJsonString(), "JSON"));
    }

    /// <summary>The addresses that a firewall in front of an edge must let through.</summary>
    private Answer Addresses(Call call)
    {
        List<JsonObject> addresses = [new JsonObject { ["address"] = network.System.Property("network.public.address")!["value"]!.DeepClone(), ["entity"] = "ACTIVE_VCO" }];
        addresses.AddRange(network.Gateways.Gateways.All(g => g["gatewayState"]!.GetValue<string>() is "CONNECTED")
            .Select(g => new JsonObject { ["address"] = g["ipAddress"]!.DeepClone(), ["entity"] = "GATEWAY" }));
        addresses.AddRange(call.Enterprise.State.Objects.All(o => o["type"]!.GetValue<string>() is "dataCenter" && o["data"]!["primaryServer"]?.GetValueKind() == JsonValueKind.String)
            .Select(o => new JsonObject { ["address"] = o["data"]!["primaryServer"]!.DeepClone(), ["entity"] = "DATACENTER" }));
        return Answer.List(addresses);
    }

    private static Answer Decode(Call call)
    {
        try
        {
            var text = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(call.Text("key")!));
            return text.StartsWith(KeyMark, StringComparison.Ordinal) ? Answer.Of(new JsonObject { ["key"] = text[KeyMark.Length..] }) : throw VeloError.BadRequest("The key cannot be decoded");
        }
        catch (FormatException)
        {
            throw VeloError.BadRequest("The key cannot be decoded");
        }
    }

    private static Answer Recalculate(Call call)
    {
        call.Enterprise.State.RoutesVersion++;
        return Result(call.Enterprise.Id);
    }

    private static Answer IsUpgraded(Call call)
    {
        var wanted = Parse(call.Text("toVersion")!) ?? throw VeloError.Invalid([new Complaint("INVALID_VALUE", "Expected a version", "#/toVersion")]);
        var edges = call.Enterprise.Edges.Where(e => e.State is not "NEVER_ACTIVATED").Select(e => (e.State, Version: Parse(e.Read("softwareVersion").ToString()))).ToList();
        return Answer.Of(new JsonObject
        {
            ["upgraded"] = edges.TrueForAll(e => e.Version >= wanted),
            ["upgradedOnlineOnly"] = edges.Where(e => e.State is "CONNECTED").All(e => e.Version >= wanted),
        });

        static Version? Parse(string text) => Version.TryParse(text, out var version) ? version : null;
    }

    private static Answer SetBastionState(Call call)
    {
        call.Enterprise.Set("bastionState", call.Text("bastionState"));
        return Answer.Rows(1);
    }

    private static JsonObject RouteConfiguration(Enterprise enterprise) => enterprise.State.Objects.All(o => EnterpriseObjects.Is(o, EnterpriseObjects.Routes))[0];

    private Answer UpdateRouteConfiguration(Call call)
    {
        var id = RouteConfiguration(call.Enterprise)["id"]!.GetValue<long>();
        if (call.Integer("id") is { } sent && sent != id)
            throw VeloError.NotFound("route configuration");

        call.Enterprise.State.Objects.Change(id, [KeyValuePair.Create("data", call.Object("data")!.Value)], network.Now);
        return Answer.Rows(1);
    }

    private static JsonObject Route(Edge edge, string subnet)
        => new()
        {
            ["subnet"] = subnet,
            ["ipVersion"] = "IPv4",
            ["eligableExits"] = new JsonArray(Exit(edge, subnet)),
            ["preferredExits"] = new JsonArray(Exit(edge, subnet)),
        };

    private static JsonObject Exit(Edge edge, string subnet)
        => new()
        {
            ["type"] = "edge",
            ["exitType"] = "CONNECTED",
            ["edgeId"] = edge.Id,
            ["edgeName"] = edge.Name,
            ["profileId"] = edge.Profile.Id,
            ["cidrIp"] = subnet,
            ["cost"] = 10,
            ["advertise"] = true,
            ["order"] = 1,
        };

    private static string Subnet(Edge edge) => string.Create(CultureInfo.InvariantCulture, $"10.{edge.Id / 250 % 250}.{edge.Id % 250}.0/24");

    private Answer RouteTable(Call call)
    {
        var enterprise = call.Enterprise;
        var profiles = call.Integers("profiles");
        var limit = EventMethods.Limit(call.Object("filter"), VeloAssumptions.EventLimit);
        var edges = enterprise.Edges.Where(e => e.State is not "NEVER_ACTIVATED" && (profiles.Count == 0 || profiles.Contains(e.Profile.Id))).Take(limit).ToList();
        return Answer.Of(new JsonObject
        {
            ["profiles"] = new JsonArray([.. enterprise.Profiles.Where(p => profiles.Count == 0 || profiles.Contains(p.Id)).Select(p => JsonNode.Parse(p.Utf8.Span))]),
            ["subnets"] = new JsonArray([.. edges.Select(e => enterprise.State.Routes.TryGetValue(Subnet(e), out var changed) ? JsonNode.Parse(changed) : Route(e, Subnet(e)))]),
            ["exits"] = new JsonObject
            {
                ["edges"] = new JsonArray([.. edges.Select(e => new JsonObject { ["id"] = e.Id, ["name"] = e.Name, ["logicalId"] = e.LogicalId, ["type"] = "edge" })]),
                ["hubs"] = new JsonArray(),
                ["gateways"] = new JsonArray([.. network.Gateways.Gateways.All().Select(g => new JsonObject { ["id"] = g["id"]!.DeepClone(), ["name"] = g["name"]!.DeepClone(), ["logicalId"] = g["logicalId"]!.DeepClone(), ["type"] = "gateway" })]),
                ["nvs"] = new JsonArray(),
            },
        });
    }

    private static Answer UpdateRoute(Call call)
    {
        var updated = call.Object("updated") ?? throw VeloError.Invalid([Operation.Missing("updated")]);
        var subnet = updated.TryGetProperty("subnet", out var s) && s.ValueKind == JsonValueKind.String ? s.GetString()! : throw VeloError.Invalid([Operation.Missing("updated/subnet")]);
        if (!call.Enterprise.Edges.Any(e => Subnet(e) == subnet))
            throw VeloError.NotFound("route");

        call.Enterprise.State.Routes[subnet] = updated.GetRawText();
        return Answer.Of(JsonNode.Parse(updated.GetRawText())!);
    }

    private static Answer Cloneable(IEnumerable<Enterprise> enterprises, bool withProxy)
        => Answer.List(enterprises.Select(e =>
        {
            var json = new JsonObject
            {
                ["id"] = e.Id,
                ["name"] = e.Name,
                ["gatewayPoolId"] = JsonNode.Parse(e.Read("gatewayPoolId").GetRawText()),
                ["configurationId"] = e.State.OperatorProfile.Id,
                ["edgeLicenseIds"] = new JsonArray([.. e.State.Licenses.All().Select(l => l["id"]!.DeepClone())]),
                ["enableEnterpriseDelegationToOperator"] = e.IsDelegatedToOperator,
                ["enableEnterpriseUserManagementDelegationToOperator"] = true,
                ["enableExportRestriction"] = false,
                ["endpointPkiMode"] = e.Read("endpointPkiMode").ToString(),
            };
            if (withProxy)
                json["enableEnterpriseDelegationToProxy"] = e.IsDelegatedToProxy;

            return json;
        }));

    private static Answer SetHostName(Call call)
    {
        var device = call.Integer("clientDeviceId") is { } id
            ? ClientDevices.Find(call.Enterprise, id)
            : call.Enterprise.Edges.SelectMany(ClientDevices.Of).FirstOrDefault(d => d["macAddress"]!.GetValue<string>() == call.Text("macAddress") || d["ipAddress"]!.GetValue<string>() == call.Text("ipAddress"));
        if (device is null)
            throw VeloError.NotFound("client device");

        call.Enterprise.State.HostNames[device["id"]!.GetValue<long>()] = call.Text("hostName")!;
        return Answer.Rows(1);
    }
}
