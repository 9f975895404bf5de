using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Gateways and their pools; what replaces a gateway, and the migration from one to another.</summary>
internal sealed class GatewayMethods(VeloNetwork network)
{
    private const string ReplacementProperty = "vco.gateway.replacement";

    private static readonly string[] Members = ["name", "description", "ipsecGatewayDetail", "handOffDetail", "syslog"];

    private static readonly string[] FirstMembers = ["description", "dnsName", "privateIpAddress"];

    private static readonly string[] PoolMembers = ["name", "description", "handOffType", "ipV4Enabled", "ipV6Enabled"];

    private static readonly string[] PlaceMembers = ["city", "state", "postalCode", "country", "lat", "lon"];

    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["network/getNetworkGateways"] = OfNetwork,
        ["enterpriseProxy/getEnterpriseProxyGateways"] = OfProxy,
        ["network/getNetworkGatewayPools"] = call => Pools(call, _ => true),
        ["enterpriseProxy/getEnterpriseProxyGatewayPools"] = call => Pools(call, p => p["enterpriseProxyId"]?.GetValue<int>() is not { } id || id == Partner(call).Id),
        ["network/insertNetworkGatewayPool"] = InsertPool,
        ["network/updateNetworkGatewayPoolAttributes"] = UpdatePool,
        ["network/deleteNetworkGatewayPool"] = DeletePool,
        ["network/getEligibleReplacementGateways"] = Eligible,
        ["gateway/gatewayProvision"] = Provision,
        ["gateway/updateGatewayAttributes"] = Update,
        ["gateway/deleteGateway"] = Delete,
        ["gateway/setGatewayBastionState"] = call => Set(call, "bastionState", call.Text("bastionState")!),
        ["gateway/getGatewayEdgeAssignments"] = Assignments,
        ["gatewayProperty/getGatewayProperties"] = call => Answer.List(network.Gateways.PropertiesOf((int)IdOf(call)).All),
        ["gatewayProperty/setReplacementGateway"] = SetReplacement,
        ["gatewayProperty/deleteReplacementGateway"] = DeleteReplacement,
        ["enterprise/getEnterprisesMissingGateway"] = MissingGateway,
        ["migration/getEnterprisesUsingQuiescedGateways"] = UsingQuiesced,
        ["migration/getMigrationGateways"] = MigrationGateways,
        ["migration/getMigrationActions"] = MigrationActions,
        ["migration/verifyNSDTunnels"] = _ => Answer.Of(new JsonObject { ["tunnelVerified"] = true }),
        ["edge/getEdgeGatewayAssignments"] = EdgeAssignments,
    };

    private ObjectTable Table => network.Gateways.Gateways;

    private static List<long> PoolsOf(JsonObject gateway) => [.. gateway["gatewayPoolIds"]!.AsArray().Select(p => p!.GetValue<long>())];

    private Partner Partner(Call call) => AccessRules.FindProxy(call.Caller, call.Parameters, network) ?? throw VeloError.Invalid([Operation.Missing("enterpriseProxyId")]);

    /// <summary>The id of a gateway that the caller may touch: an operator any, a partner its own.</summary>
    private long IdOf(Call call)
    {
        var id = call.Id("gatewayId", "id");
        var gateway = Table.Find(id);
        return gateway is not null && (call.Caller.IsOperator || gateway["enterpriseProxyId"]?.GetValue<int>() == call.Caller.Account.ProxyId) ? id : throw VeloError.NotFound("gateway");
    }

    private JsonObject Describe(JsonObject gateway, Call call)
    {
        var json = gateway.DeepClone().AsObject();
        var id = gateway["id"]!.GetValue<long>();
        var edges = network.Gateways.EdgesOf(id).ToList();
        json["connectedEdges"] = edges.Count;
        json["connectedEdgeList"] = new JsonArray([.. edges.Take(100).Select(e => new JsonObject { ["vceid"] = e.LogicalId })]);
        foreach (var name in new[] { "site", "roles", "syslog" })
        {
            if (!call.With(name))
                json.Remove(name);
        }

        json.Remove("gatewayPoolIds");
        if (call.With("pools"))
            json["pools"] = new JsonArray([.. PoolsOf(gateway).Select(p => network.Gateways.Pools.Find(p)).OfType<JsonNode>()]);

        if (call.With("enterprises"))
            json["enterprises"] = new JsonArray([.. edges.Select(e => e.Enterprise).Distinct().Select(e => JsonNode.Parse(e.Utf8.Span))]);

        if (call.With("enterpriseAssociations"))
            json["enterpriseAssociations"] = new JsonArray([.. edges.Take(200).Select(Association)]);

        if (call.With("enterpriseAssociationCounts"))
            json["enterpriseAssociationCount"] = new JsonObject { ["SUPER"] = edges.Count, ["OTHER"] = 0 };

        foreach (var name in new[] { "dataCenters", "certificates", "handOffEdges" })
        {
            if (call.With(name))
                json[name] = new JsonArray();
        }

        return json;
    }

    private static JsonNode Association(Edge edge)
    {
        var json = JsonNode.Parse(edge.Enterprise.Utf8.Span)!;
        json["enterpriseId"] = edge.Enterprise.Id;
        json["edgeId"] = edge.Id;
        json["edgeName"] = edge.Name;
        json["edgeLogicalId"] = edge.LogicalId;
        json["gatewayType"] = "SUPER";
        json["pinned"] = 0;
        return json;
    }

    private Answer OfNetwork(Call call)
    {
        NetworkMethods.CheckNetwork(call);
        var ids = call.Texts("gatewayIds");
        return Answer.List(Table.All(g => ids.Count == 0 || ids.Contains(g["id"]!.ToString(), StringComparer.Ordinal)).Select(g => Describe(g, call)));
    }

    private Answer OfProxy(Call call)
    {
        var partner = Partner(call);
        return Answer.List(Table.All(g => g["enterpriseProxyId"]?.GetValue<int>() == partner.Id).Select(g => Describe(g, call)));
    }

    private Answer Pools(Call call, Func<JsonObject, bool> isMeant)
    {
        NetworkMethods.CheckNetwork(call);
        return Answer.List(network.Gateways.Pools.All(isMeant).Select(pool =>
        {
            var id = pool["id"]!.GetValue<long>();
            if (call.With("gateways") || call.With("gatewaysWithRoles"))
                pool["gateways"] = new JsonArray([.. Table.All(g => PoolsOf(g).Contains(id)).Select(g => Member(g, pool, call.With("gatewaysWithRoles")))]);

            if (call.With("enterprises"))
                pool["enterprises"] = new JsonArray([.. UsersOf(id).Select(e => JsonNode.Parse(e.Utf8.Span))]);

            return pool;
        }));
    }

    private static JsonObject Member(JsonObject gateway, JsonObject pool, bool withRoles)
    {
        gateway.Remove("gatewayPoolIds");
        gateway.Remove("site");
        gateway.Remove("syslog");
        if (!withRoles)
            gateway.Remove("roles");

        gateway["gatewayPoolAssocId"] = (pool["id"]!.GetValue<long>() * 10_000) + gateway["id"]!.GetValue<long>();
        gateway["poolName"] = pool["name"]!.DeepClone();
        return gateway;
    }

    private IEnumerable<Enterprise> UsersOf(long pool)
        => network.Enterprises.Where(e => e.Read("gatewayPoolId") is { ValueKind: JsonValueKind.Number } id && id.GetInt64() == pool);

    private Answer InsertPool(Call call)
    {
        NetworkMethods.CheckNetwork(call);
        var name = call.Text("name")!;
        if (string.IsNullOrWhiteSpace(name) || network.Gateways.Pools.Count(p => string.Equals(p["name"]!.GetValue<string>(), name, StringComparison.OrdinalIgnoreCase)) > 0)
            throw VeloError.BadRequest($"A gateway pool named {name} already exists");

        var id = network.NewId();
        var pool = network.Gateways.NewPool(id, name, call.Text("description"), call.Caller.Account.ProxyId ?? (int?)call.Integer("enterpriseProxyId"), isDefault: false);
        Apply(pool, call);
        network.Gateways.Pools.Put(pool);
        return Answer.Of(new JsonObject { ["id"] = id, ["rows"] = 1, ["error"] = null });
    }

    private static void Apply(JsonObject pool, Call call)
    {
        foreach (var name in PoolMembers.Where(call.Has))
        {
            pool[name] = JsonNode.Parse(call.Parameters.GetProperty(name).GetRawText());
        }
    }

    private JsonObject FindPool(Call call)
        => network.Gateways.Pools.Find(call.Id("gatewayPoolId", "id")) is { } pool && (call.Caller.IsOperator || pool["enterpriseProxyId"]?.GetValue<int>() == call.Caller.Account.ProxyId)
            ? pool
            : throw VeloError.NotFound("gatewayPool");

    private Answer UpdatePool(Call call)
    {
        var id = FindPool(call)["id"]!.GetValue<long>();
        network.Gateways.Pools.Change(id, pool =>
        {
            Apply(pool, call);
            pool["modified"] = VeloTime.Text(network.Now);
        });
        return Answer.Rows(1);
    }

    private Answer DeletePool(Call call)
    {
        var pool = FindPool(call);
        var id = pool["id"]!.GetValue<long>();
        var error = UsersOf(id).Any() ? $"Gateway pool {pool["name"]!.GetValue<string>()} is in use" : null;
        var isGone = error is null && network.Gateways.Pools.Remove(id);
        return Answer.Of(new JsonObject { ["id"] = id, ["rows"] = isGone ? 1 : 0, ["error"] = error });
    }

    private Answer Eligible(Call call)
    {
        var id = IdOf(call);
        var states = call.Texts("serviceStates");
        var pools = PoolsOf(Table.Find(id)!);
        return Answer.List(Table
            .All(g => g["id"]!.GetValue<long>() != id && PoolsOf(g).Intersect(pools).Any()
                && (states.Count == 0 ? g["serviceState"]!.GetValue<string>() is "IN_SERVICE" : states.Contains(g["serviceState"]!.GetValue<string>(), StringComparer.Ordinal)))
            .Select(g => Describe(g, call)));
    }

    private Answer Provision(Call call)
    {
        NetworkMethods.CheckNetwork(call);
        var address = call.Text("ipAddress")!;
        if (!System.Net.IPAddress.TryParse(address, out _))
            throw VeloError.Invalid([new Complaint("INVALID_VALUE", "Expected an IP address", "#/ipAddress")]);

        if (Table.Count(g => g["ipAddress"]!.GetValue<string>() == address) > 0)
            throw VeloError.BadRequest($"A gateway at {address} already exists");

        var pool = call.Integer("gatewayPoolId") ?? GatewayBook.DefaultPool;
        if (network.Gateways.Pools.Find(pool) is null)
            throw VeloError.NotFound("gatewayPool");

        var id = network.NewId();
        var gateway = network.Gateways.NewGateway(id, call.Text("name") ?? $"gateway-{address}", address, network.Now);
        gateway["enterpriseProxyId"] = call.Caller.Account.ProxyId;
        gateway["gatewayPoolIds"] = new JsonArray(pool);
        gateway["isLoadBalanced"] = call.Flag("isLoadBalanced") ? 1 : 0;
        foreach (var name in FirstMembers.Where(call.Has))
        {
            gateway[name] = call.Text(name);
        }

        if (call.Object("site") is { } site)
            Merge(gateway["site"]!.AsObject(), site);

        if (call.Has("roles"))
            gateway["roles"] = Roles(id, call);

        Table.Put(gateway);
        network.Report(call.Caller, "GATEWAY_CREATED", $"Gateway {gateway["name"]!.GetValue<string>()} provisioned");
        return Answer.Of(new JsonObject { ["id"] = id, ["activationKey"] = gateway["activationKey"]!.DeepClone(), ["logicalId"] = gateway["logicalId"]!.DeepClone() });
    }

    private static void Merge(JsonObject site, JsonElement changes)
    {
        foreach (var (name, value) in EdgeSites.Read(changes, "#/site"))
        {
            site[name] = JsonNode.Parse(value.GetRawText());
        }
    }

    private JsonArray Roles(long id, Call call)
        => [.. call.Elements("roles").Select(r => r.TryGetProperty("gatewayRole", out var role) && role.ValueKind == JsonValueKind.String
            ? GatewayBook.Role(id, role.GetString()!, network.Now)
            : throw VeloError.Invalid([Operation.Missing("roles/gatewayRole")]))];

    private Answer Update(Call call)
    {
        var id = IdOf(call);
        var roles = call.Has("roles") ? Roles(id, call) : null;
        Table.Change(id, gateway =>
        {
            foreach (var name in Members.Where(call.Has))
            {
                gateway[name] = JsonNode.Parse(call.Parameters.GetProperty(name).GetRawText());
            }

            if (call.Object("site") is { } site)
                Merge(gateway["site"]!.AsObject(), site);

            if (roles is not null)
                gateway["roles"] = roles;

            gateway["modified"] = VeloTime.Text(network.Now);
        });
        return Answer.Rows(1);
    }

    private Answer Set(Call call, string name, string value)
    {
        Table.Change(IdOf(call), gateway => gateway[name] = value);
        return Answer.Rows(1);
    }

    /// <summary>A gateway that edges are connected to is not deleted [inferred].</summary>
    private Answer Delete(Call call)
    {
        var id = IdOf(call);
        var error = network.Gateways.EdgesOf(id).Any() ? "The gateway has edges" : null;
        var isGone = error is null && Table.Remove(id);
        return Answer.Of(new JsonObject { ["id"] = id, ["rows"] = isGone ? 1 : 0, ["error"] = error });
    }

    private Answer Assignments(Call call)
        => Answer.List(network.Gateways.EdgesOf(IdOf(call)).Where(e => AccessRules.IsOwn(call.Caller, e.Enterprise)).Select(edge =>
        {
            var json = JsonNode.Parse(edge.Utf8.Span)!;
            var site = EdgeSites.Of(edge);
            json["enterpriseName"] = edge.Enterprise.Name;
            json["enterpriseProxyId"] = edge.Enterprise.ProxyId;
            json["enterpriseProxyName"] = edge.Enterprise.Partner?.Name;
            foreach (var name in PlaceMembers)
            {
                json[name] = site[name]?.DeepClone();
            }

            return json;
        }));

    private Answer EdgeAssignments(Call call)
    {
        var edge = call.Edge(network, call.Id("edgeId", "id"));
        return Answer.List(network.Gateways.Of(edge) is { } gateway ? [Describe(gateway, call)] : Array.Empty<JsonNode>());
    }

    /// <summary>Sets what an old gateway's edges will go to; the old one takes no new edges from then on.</summary>
    private Answer SetReplacement(Call call)
    {
        var id = IdOf(call);
        var replacement = call.Id("replacementGatewayId");
        if (replacement == id || Table.Find(replacement) is null)
            throw VeloError.NotFound("replacement gateway");

        network.Gateways.Replacements[(int)id] = ((int)replacement, (long)call.Double("migrationDeadline")!.Value);
        network.Gateways.PropertiesOf((int)id).Set(ReplacementProperty, new JsonObject { ["gatewayId"] = replacement, ["migrationDeadline"] = call.Double("migrationDeadline") }.ToJsonString(), "JSON");
        return Answer.List(new[] { new JsonObject { ["rows"] = 1, ["error"] = null } });
    }

    private Answer DeleteReplacement(Call call)
    {
        var id = IdOf(call);
        var isGone = network.Gateways.Replacements.TryRemove((int)id, out _);
        network.Gateways.PropertiesOf((int)id).Remove(ReplacementProperty);
        return Answer.Of(new JsonObject { ["id"] = id, ["rows"] = isGone ? 1 : 0, ["error"] = null });
    }

    private Answer MissingGateway(Call call)
        => Answer.List(network.Enterprises.Where(e => AccessRules.IsOwn(call.Caller, e) && e.Edges.Count == 0).Select(e => new JsonObject { ["id"] = e.Id, ["rows"] = 0, ["error"] = null }));

    private Answer UsingQuiesced(Call call)
    {
        var quiesced = Table.All(g => g["gatewayState"]!.GetValue<string>() is "QUIESCED").Select(g => PoolsOf(g)).SelectMany(p => p).ToHashSet();
        return Answer.List(quiesced.SelectMany(UsersOf).Distinct()
            .Where(e => AccessRules.IsOwn(call.Caller, e) && (call.Integer("enterpriseProxyId") is not { } id || e.ProxyId == id))
            .Select(e => JsonValue.Create(e.Id)));
    }

    private Answer MigrationGateways(Call call)
        => Answer.List(network.Gateways.Replacements.Where(r => call.Integer("gatewayId") is not { } id || id == r.Key).Select(r => new JsonObject
        {
            ["original"] = End(r.Key, call),
            ["replacement"] = End(r.Value.Replacement, call),
            ["isSuperGateway"] = true,
            ["status"] = "NOT_STARTED",
            ["migrationDate"] = r.Value.Deadline,
        }));

    private JsonObject? End(int id, Call call)
    {
        if (Table.Find(id) is not { } gateway)
            return null;

        var json = new JsonObject { ["id"] = id, ["name"] = gateway["name"]!.DeepClone(), ["ipAddress"] = gateway["ipAddress"]!.DeepClone(), ["state"] = gateway["gatewayState"]!.DeepClone() };
        if (call.With("site"))
            json["site"] = gateway["site"]!.DeepClone();

        return json;
    }

    private Answer MigrationActions(Call call)
    {
        var id = call.Id("gatewayId");
        var gateway = Table.Find(id) ?? throw VeloError.NotFound("gateway");
        var isUnderWay = network.Gateways.Replacements.ContainsKey((int)id);
        return Answer.Of(new JsonObject
        {
            ["id"] = (id * 100) + 1,
            ["created"] = VeloTime.Text(network.Start),
            ["modified"] = VeloTime.Text(network.Start),
            ["gatewayId"] = id,
            ["enterpriseId"] = call.Integer("enterpriseId"),
            ["edgeId"] = call.Integer("edgeId"),
            ["enterpriseObjectId"] = call.Integer("enterpriseObjectId"),
            ["status"] = isUnderWay ? "PENDING" : "COMPLETE",
            ["statusHistory"] = "[]",
            ["gatewayName"] = gateway["name"]!.DeepClone(),
            ["gatewayIpAddress"] = gateway["ipAddress"]!.DeepClone(),
            ["gatewayState"] = gateway["gatewayState"]!.DeepClone(),
        });
    }
}
