using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The enterprises as those above them see them.</summary>
internal sealed class NetworkMethods(VeloNetwork network)
{
    /// <summary>What a line of the inventory has of its edge.</summary>
    private static readonly string[] FromEdge =
    [
        "activationState", "activationTime", "created", "edgeState", "enterpriseId", "haSerialNumber", "lastContact", "modelNumber", "serialNumber", "softwareUpdated",
        "softwareVersion",
    ];

    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["network/getNetworkEnterprises"] = NetworkEnterprises,
        ["enterpriseProxy/getEnterpriseProxyEnterprises"] = ProxyEnterprises,
        ["enterpriseProxy/getEnterpriseProxyEdgeInventory"] = Inventory,
    };

    /// <summary>Throws where a call names another network than the one that is there.</summary>
    public static void CheckNetwork(Call call)
    {
        if (call.Integer("networkId") is { } id && id != VeloNetwork.Id)
            throw VeloError.NotFound("network");
    }

    private static JsonObject Describe(Enterprise enterprise, Call call)
    {
        var json = JsonNode.Parse(enterprise.Utf8.Span)!.AsObject();
        json["enterpriseProxyId"] = enterprise.ProxyId;
        json["enterpriseProxyName"] = enterprise.Partner?.Name;
        if (call.With("edgeCount"))
            json["edgeCount"] = enterprise.Edges.Count;

        if (call.With("edges"))
            json["edges"] = new JsonArray([.. enterprise.Edges.Select(e => JsonNode.Parse(e.Utf8.Span))]);

        if (call.With("edgeConfigUpdate"))
            json["edgeConfigUpdate"] = new JsonObject { ["enabled"] = true };

        if (call.With("serviceLicenses"))
            json["serviceLicenses"] = null;

        return json;
    }

    private Answer NetworkEnterprises(Call call)
    {
        if ((call.Integer("networkId") ?? call.Integer("id")) is { } id && id != VeloNetwork.Id)
            throw VeloError.NotFound("network");

        var meant = call.Integers("enterprises");
        return Answer.List(network.Enterprises.Where(e => meant.Count == 0 || meant.Contains(e.Id)).Select(e => Describe(e, call)));
    }

    private IEnumerable<Enterprise> OfProxy(Call call)
    {
        var partner = AccessRules.FindProxy(call.Caller, call.Parameters, network) ?? throw VeloError.Invalid([Operation.Missing("enterpriseProxyId")]);
        return network.Enterprises.Where(e => e.Partner == partner);
    }

    private Answer ProxyEnterprises(Call call) => Answer.List(OfProxy(call).Select(e => Describe(e, call)));

    private Answer Inventory(Call call) => Answer.List(OfProxy(call).SelectMany(e => e.Edges).Select(Describe));

    private static JsonNode Describe(Edge edge)
    {
        var json = JsonNode.Parse(edge.Utf8.Span)!.AsObject();
        var item = new JsonObject { ["edgeId"] = edge.Id, ["edgeName"] = edge.Name, ["enterpriseName"] = edge.Enterprise.Name };
        foreach (var name in FromEdge)
        {
            item[name] = json[name]?.DeepClone();
        }

        return item;
    }
}
