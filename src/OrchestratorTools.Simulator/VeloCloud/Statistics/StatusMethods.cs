using System.Globalization;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>How things are now: edges, clusters, gateways, BGP and BFD neighbors, tunnels to services.</summary>
internal sealed class StatusMethods(VeloNetwork network)
{
    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["monitoring/getEnterpriseEdgeStatus"] = EdgeStatus,
        ["monitoring/getNetworkGatewayStatus"] = GatewayStatus,
        ["monitoring/getEnterpriseEdgeClusterStatus"] = ClusterStatus,
        ["monitoring/getEnterpriseBgpPeerStatus"] = call => Answer.List(GatewayBgp(call.Enterprise, network)),
        ["monitoring/getEnterpriseEdgeBgpPeerStatus"] = call => Answer.List(BgpEdges(call.Enterprise).Select(e => Bgp(e, network))),
        ["monitoring/getEnterpriseEdgeBfdPeerStatus"] = call => Answer.List(BgpEdges(call.Enterprise).Select(Bfd)),
        ["monitoring/getEnterpriseEdgeNvsTunnelStatus"] = Tunnels,
        ["monitoring/getVPNEdgeActionStatus"] = call => VpnActions(call, edge: null),
        ["monitoring/getVPNSiteStatus"] = call => VpnActions(call, call.Edge(network, call.Id("edgeId"))),
    };

    /// <summary>Every fourth edge speaks BGP.</summary>
    public static IEnumerable<Edge> BgpEdges(Enterprise enterprise) => enterprise.Edges.Where(e => e.Id % 4 == 1 && e.State is not "NEVER_ACTIVATED");

    public static string BgpState(Edge edge) => edge.State is "CONNECTED" ? "ESTABLISHED" : edge.State is "DEGRADED" ? "ACTIVE" : "IDLE";

    /// <summary>A BGP session of an edge.</summary>
    public static JsonObject Bgp(Edge edge, VeloNetwork network)
    {
        var state = BgpState(edge);
        var peer = string.Create(CultureInfo.InvariantCulture, $"10.{edge.Id / 250 % 250}.{edge.Id % 250}.254");
        return new JsonObject
        {
            ["id"] = edge.Id + 3_000_000,
            ["enterpriseId"] = edge.Enterprise.Id,
            ["edgeId"] = edge.Id,
            ["edgeName"] = edge.Name,
            ["edgeLogicalId"] = edge.LogicalId,
            ["edgeState"] = edge.State,
            ["enterpriseObjectId"] = null,
            ["timestamp"] = VeloTime.Text(network.Now),
            ["tag"] = "BGP_NEIGHBOR_SUMMARY",
            ["dataKey"] = peer,
            ["state"] = state,
            ["data"] = BgpData(edge.Enterprise, peer, state, edge.Id, network),
        };
    }

    private static JsonObject BgpData(Enterprise enterprise, string peer, string state, int luck, VeloNetwork network)
        => new()
        {
            ["enterpriseLogicalId"] = enterprise.LogicalId,
            ["neighborAS"] = (64_512 + (luck % 1000)).ToString(CultureInfo.InvariantCulture),
            ["neighborIp"] = peer,
            ["state"] = state,
            ["msgRcvd"] = luck * 17,
            ["msgSent"] = luck * 16,
            ["pfxRcvd"] = state is "ESTABLISHED" ? 4 + (luck % 40) : 0,
            ["upDownTime"] = (int)(network.Now - network.Start.AddDays(-3)).TotalSeconds,
        };

    private static JsonObject Bfd(Edge edge)
    {
        var state = edge.State is "CONNECTED" ? "UP" : "DOWN";
        var peer = string.Create(CultureInfo.InvariantCulture, $"10.{edge.Id / 250 % 250}.{edge.Id % 250}.254");
        return new JsonObject
        {
            ["id"] = edge.Id + 4_000_000,
            ["enterpriseId"] = edge.Enterprise.Id,
            ["edgeId"] = edge.Id,
            ["edgeName"] = edge.Name,
            ["edgeLogicalId"] = edge.LogicalId,
            ["edgeState"] = edge.State,
            ["enterpriseObjectId"] = null,
            ["timestamp"] = VeloTime.Text(edge.Contact),
            ["tag"] = "BFD_PEER",
            ["dataKey"] = peer,
            ["state"] = state,
            ["data"] = new JsonObject
            {
                ["enterpriseLogicalId"] = edge.Enterprise.LogicalId,
                ["peerAddress"] = peer,
                ["localAddress"] = string.Create(CultureInfo.InvariantCulture, $"10.{edge.Id / 250 % 250}.{edge.Id % 250}.1"),
                ["segmentId"] = "0",
                ["sessionTime"] = "86400",
                ["state"] = state,
                ["localTimers"] = new JsonObject { ["receive"] = "300", ["transmit"] = "300" },
                ["remoteTimers"] = new JsonObject { ["receive"] = "300", ["transmit"] = "300" },
            },
        };
    }

    /// <summary>The BGP sessions that gateways have for an enterprise.</summary>
    public static IEnumerable<JsonObject> GatewayBgp(Enterprise enterprise, VeloNetwork network)
        => network.Gateways.Gateways.All(g => g["gatewayState"]!.GetValue<string>() is "CONNECTED").Take(2).Select(g =>
        {
            var id = g["id"]!.GetValue<int>();
            var peer = string.Create(CultureInfo.InvariantCulture, $"169.254.{id}.2");
            return new JsonObject
            {
                ["id"] = (enterprise.Id * 100) + id,
                ["enterpriseId"] = enterprise.Id,
                ["gatewayId"] = id,
                ["gatewayName"] = g["name"]!.DeepClone(),
                ["gatewayLogicalId"] = g["logicalId"]!.DeepClone(),
                ["enterpriseObjectId"] = null,
                ["timestamp"] = VeloTime.Text(network.Now),
                ["tag"] = "BGP_NEIGHBOR_SUMMARY",
                ["dataKey"] = peer,
                ["state"] = "ESTABLISHED",
                ["data"] = BgpData(enterprise, peer, "ESTABLISHED", id, network),
            };
        });

    /// <summary>The newest sample that can be seen, or the one of a time that the call names.</summary>
    private long Slot(Call call)
    {
        var visible = (network.Now.ToUnixTimeSeconds() / Meter.StepSeconds) - 2;
        return call.Text("time") is { } text ? Math.Min(visible, DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeSeconds() / Meter.StepSeconds) : visible;
    }

    private static JsonObject Row(JsonObject row, long id, long slot, IReadOnlyList<string> metrics, IReadOnlyList<string> all, int? edges = null)
    {
        foreach (var metric in metrics.Count > 0 ? metrics : all)
        {
            row[metric] = HealthStatistics.Of(id, metric, edges).Value(slot, slot + 1);
        }

        return row;
    }

    private static Answer Page(Call call, IEnumerable<(JsonObject Row, Func<string, double> Value)> rows)
    {
        var limit = (int)Math.Clamp(call.Integer("limit") ?? VeloAssumptions.EventLimit, 1, VeloAssumptions.EventLimit);
        if (call.Text("sort") is { } sort)
            rows = rows.OrderByDescending(r => r.Value(sort));

        var page = rows.Take(limit + 1).Select(r => r.Row).ToList();
        return Answer.List(page.Take(limit), new JsonObject { ["limit"] = limit, ["more"] = page.Count > limit });
    }

    private Answer EdgeStatus(Call call)
    {
        var ids = call.Integers("edgeIds");
        var edges = ids.Count > 0 ? ids.Distinct().Select(id => call.Edge(network, id)).ToList() : call.Enterprise.Edges;
        var slot = Slot(call);
        return Page(call, edges.Where(e => e.State is "CONNECTED" or "DEGRADED").Select(e => (
            Row(new JsonObject { ["edgeId"] = e.Id, ["name"] = e.Name }, e.Id, slot, call.Texts("metrics"), HealthStatistics.EdgeMetrics),
            new Func<string, double>(metric => HealthStatistics.Of(e.Id, metric).Over(slot, slot + 1)))));
    }

    private Answer GatewayStatus(Call call)
    {
        NetworkMethods.CheckNetwork(call);
        var ids = call.Integers("gatewayIds");
        var slot = Slot(call);
        var gateways = network.Gateways.Gateways.All(g => ids.Count == 0 || ids.Contains(g["id"]!.GetValue<long>())).Select(g => g["id"]!.GetValue<long>()).ToList();
        if (ids.Except(gateways).Any())
            throw VeloError.NotFound("gateway");

        return Page(call, gateways.Select(id => (Id: id, Edges: network.Gateways.EdgesOf(id).Count())).Select(g => (
            Row(new JsonObject { ["gatewayId"] = g.Id }, g.Id, slot, call.Texts("metrics"), HealthStatistics.GatewayMetrics, g.Edges),
            new Func<string, double>(metric => HealthStatistics.Of(g.Id, metric, g.Edges).Over(slot, slot + 1)))));
    }

    private Answer ClusterStatus(Call call)
    {
        var slot = Slot(call);
        var members = call.Enterprise.State.Objects
            .All(o => o["type"]!.GetValue<string>().EndsWith("Cluster", StringComparison.Ordinal))
            .SelectMany(o => o["data"]!["edges"]!.AsArray().Select(e => e!.GetValue<int>()))
            .Distinct()
            .Select(id => network.FindEdge(id))
            .OfType<Edge>();
        return Answer.List(members.Select(e => Row(new JsonObject { ["edgeId"] = e.Id, ["edgeName"] = e.Name }, e.Id, slot, call.Texts("metrics"), HealthStatistics.EdgeMetrics)));
    }

    /// <summary>The tunnels from edges to services outside: every third edge has one.</summary>
    public static IEnumerable<JsonObject> TunnelsOf(Enterprise enterprise, VeloNetwork network)
    {
        var services = enterprise.State.Objects.All(o => o["type"]!.GetValue<string>() is "dataCenter" or "cloudSecurityService");
        if (services.Count == 0)
            yield break;

        foreach (var edge in enterprise.Edges.Where(e => e.Id % 3 == 0 && e.State is not "NEVER_ACTIVATED"))
        {
            var service = services[edge.Id % services.Count];
            var link = EdgeLinks.Of(edge, onlyRecent: true)[0];
            var state = edge.State is "CONNECTED" ? "UP" : "DOWN";
            yield return new JsonObject
            {
                ["id"] = edge.Id + 5_000_000,
                ["enterpriseId"] = enterprise.Id,
                ["edgeId"] = edge.Id,
                ["edgeName"] = edge.Name,
                ["edgeLogicalId"] = edge.LogicalId,
                ["edgeState"] = edge.State,
                ["enterpriseObjectId"] = service["id"]!.DeepClone(),
                ["timestamp"] = VeloTime.Text(network.Now),
                ["tag"] = "NVS_FROM_EDGE_SITE_STATUS",
                ["dataKey"] = link["internalId"]!.DeepClone(),
                ["state"] = state,
                ["data"] = new JsonObject
                {
                    ["name"] = service["name"]!.DeepClone(),
                    ["nvs"] = service["logicalId"]!.DeepClone(),
                    ["link"] = link["internalId"]!.DeepClone(),
                    ["segmentLogicalId"] = Invented.LogicalId("segment", enterprise.Id),
                    ["segmentId"] = 0,
                    ["local_interface_ip"] = link["ipAddress"]!.DeepClone(),
                    ["local_public_ip"] = link["ipAddress"]!.DeepClone(),
                    ["nvs_ip"] = service["data"]!["primaryServer"]?.DeepClone(),
                    ["routing"] = "static",
                    ["pathId"] = Invented.LogicalId("tunnel", edge.Id),
                    ["state"] = state,
                    ["provider"] = new JsonObject { ["name"] = service["name"]!.DeepClone(), ["type"] = service["type"]!.DeepClone() },
                    ["site"] = new JsonObject(),
                },
            };
        }
    }

    private Answer Tunnels(Call call)
        => Answer.List(TunnelsOf(call.Enterprise, network)
            .Where(t => (call.Integer("edgeId") is not { } edge || t["edgeId"]!.GetValue<int>() == edge)
                && (call.Text("tag") is not { } tag || t["tag"]!.GetValue<string>() == tag)
                && (call.Integer("providerObjectId") is not { } provider || t["enterpriseObjectId"]!.GetValue<long>() == provider)));

    private Answer VpnActions(Call call, Edge? edge)
    {
        var provider = call.Id("providerObjectId");
        var service = network.Enterprises.Where(e => AccessRules.IsOwn(call.Caller, e)).Select(e => (Enterprise: e, Item: e.State.Objects.Find(provider))).FirstOrDefault(s => s.Item is not null);
        if (service.Item is null)
            throw VeloError.NotFound("service");

        var limit = (int)Math.Clamp(call.Operation.Find("limit") is null ? 2048 : call.Integer("limit") ?? 2048, 1, 2048);
        var rows = TunnelsOf(service.Enterprise, network).Where(t => t["enterpriseObjectId"]!.GetValue<long>() == provider && (edge is null || t["edgeId"]!.GetValue<int>() == edge.Id)).ToList();
        return Answer.List(
            rows.Take(limit).Select(t => new JsonObject
            {
                ["id"] = t["id"]!.DeepClone(),
                ["action"] = "DEPLOY_SITE",
                ["status"] = 2,
                ["statusMsg"] = "complete",
                ["edgeId"] = t["edgeId"]!.DeepClone(),
                ["providerId"] = provider,
            }),
            new JsonObject { ["limit"] = limit, ["more"] = rows.Count > limit });
    }
}
