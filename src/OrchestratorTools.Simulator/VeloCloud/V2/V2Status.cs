using System.Globalization;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>BGP sessions, and tunnels to services outside: the same things as the portal API's.</summary>
internal sealed class V2Status(VeloNetwork network)
{
    public Dictionary<string, Func<V2Call, V2Answer>> All => new(StringComparer.Ordinal)
    {
        ["getEnterpriseBgpSessions"] = Bgp,
        ["getNonSdwanTunnelsViaGateway"] = Sites,
        ["getEnterpriseNonSdwanTunnelStatusViaEdge"] = Services,
        ["getEdgeNonSdwanTunnelStatusViaEdge"] = Tunnels,
    };

    private static V2Answer Page(V2Call call, string href, IReadOnlyList<JsonObject> rows)
    {
        var link = (call.Query("nextPageLink") ?? call.Query("prevPageLink")) is { Length: > 0 } text ? V2Page.Parse(text, "nextPageLink") : null;
        var limit = (int)Math.Min(link?.Limit ?? call.Number("limit") ?? VeloAssumptions.EventLimit, call.Settings.PageLimit);
        var filters = link?.Unpack() ?? call.Filters;
        var numbered = rows.Select((row, i) => (Row: row, Number: i + 1)).Where(r => filters.All(f => f.Passes(name => r.Row[name]?.ToString())));
        var page = V2Edges.PageOf(numbered, r => r.Number, link, limit, out var before, out var more);
        return V2Answer.Page(
            href,
            page.Select(r => r.Row),
            V2Edges.MetaData(limit, page.Count == 0 ? 0 : page[0].Number, page.Count == 0 ? 0 : page[^1].Number, before, more, link?.Filters ?? V2Page.Pack(call, V2Enterprises.FilterNames(call))));
    }

    private V2Answer Bgp(V2Call call)
    {
        var enterprise = call.Enterprise;
        var href = $"{V2Resources.HrefOf(enterprise)}/bgpSessions";
        List<JsonObject> rows = [];
        if (call.Query("peerType") is not "gateway")
        {
            rows.AddRange(StatusMethods.BgpEdges(enterprise).Select(e =>
            {
                var row = Session(href, StatusMethods.Bgp(e, network));
                row["edge"] = V2Resources.LinkTo(e, call);
                return row;
            }));
        }

        if (call.Query("peerType") is not "edge")
            rows.AddRange(StatusMethods.GatewayBgp(enterprise, network).Select(g =>
            {
                var row = Session(href, g);
                row["gateway"] = new JsonObject { ["_href"] = $"{ApiV2.Prefix}gateways/{g["gatewayLogicalId"]!.GetValue<string>()}" };
                return row;
            }));

        return Page(call, href, rows);
    }

    private static JsonObject Session(string href, JsonObject status)
    {
        var data = status["data"]!;
        return new JsonObject
        {
            ["_href"] = $"{href}/{Invented.LogicalId("bgp", status["id"]!.GetValue<int>())}",
            ["msgRcvd"] = data["msgRcvd"]!.DeepClone(),
            ["msgSent"] = data["msgSent"]!.DeepClone(),
            ["neighborIp"] = data["neighborIp"]!.DeepClone(),
            ["neighborAS"] = int.Parse(data["neighborAS"]!.GetValue<string>(), CultureInfo.InvariantCulture),
            ["pfxRcvd"] = data["pfxRcvd"]!.DeepClone(),
            ["state"] = data["state"]!.DeepClone(),
            ["timestamp"] = status["timestamp"]!.DeepClone(),
            ["upDownTime"] = data["upDownTime"]!.ToString(),
        };
    }

    private static V2Answer Sites(V2Call call)
    {
        var enterprise = call.Enterprise;
        return V2Answer.List(enterprise.State.Objects.All(o => o["type"]!.GetValue<string>() is "dataCenter").Select(o => new JsonObject
        {
            ["_href"] = $"{V2Resources.HrefOf(enterprise)}/gatewayNonSdWanSites/{o["logicalId"]!.GetValue<string>()}",
            ["alertsEnabled"] = true,
            ["operatorAlertsEnabled"] = true,
            ["created"] = o["created"]!.DeepClone(),
            ["modified"] = o["modified"]!.DeepClone(),
            ["version"] = o["version"]!.DeepClone(),
            ["name"] = o["name"]!.DeepClone(),
            ["description"] = o["description"]?.DeepClone(),
            ["logicalId"] = o["logicalId"]!.DeepClone(),
            ["status"] = new JsonObject { ["primary"] = "CONNECTED", ["primaryRedundant"] = null, ["secondary"] = null, ["secondaryRedundant"] = null },
            ["statusModified"] = null,
        }));
    }

    private JsonObject Tunnel(JsonObject status, V2Call call)
    {
        var data = status["data"]!;
        var edge = network.FindEdge(status["edgeId"]!.GetValue<int>())!;
        var link = EdgeLinks.Of(edge, onlyRecent: true)[0];
        return new JsonObject
        {
            ["state"] = status["state"]!.DeepClone(),
            ["timestamp"] = status["timestamp"]!.DeepClone(),
            ["edge"] = V2Resources.LinkTo(edge, call),
            ["link"] = V2Resources.Linked(V2Resources.HrefOfLink(edge, link), () => V2Resources.Link(edge, link), call.Include("link")),
            ["local_interface_ip"] = data["local_interface_ip"]?.DeepClone(),
            ["local_public_ip"] = data["local_public_ip"]?.DeepClone(),
            ["nvs_ip"] = data["nvs_ip"]?.DeepClone(),
            ["pathId"] = data["pathId"]!.DeepClone(),
            ["segment"] = new JsonObject { ["_href"] = $"{V2Resources.HrefOf(edge.Enterprise)}/segments/{data["segmentLogicalId"]!.GetValue<string>()}" },
            ["site"] = new JsonObject { ["_href"] = $"{V2Resources.HrefOf(edge)}/site" },
            ["provider"] = new JsonObject { ["_href"] = $"{V2Resources.HrefOf(edge.Enterprise)}/services/{data["nvs"]!.GetValue<string>()}" },
        };
    }

    private V2Answer Services(V2Call call)
    {
        var enterprise = call.Enterprise;
        var filters = call.Filters;
        var groups = StatusMethods.TunnelsOf(enterprise, network)
            .Where(t => filters.All(f => f.Passes(name => t[name]?.ToString())))
            .GroupBy(t => t["data"]!["nvs"]!.GetValue<string>(), StringComparer.Ordinal)
            .Select(g => new JsonObject
            {
                ["provider"] = new JsonObject { ["_href"] = $"{V2Resources.HrefOf(enterprise)}/services/{g.Key}" },
                ["tunnels"] = new JsonArray([.. g.Select(t => Tunnel(t, call))]),
            })
            .ToList();
        return V2Answer.Page($"{V2Resources.HrefOf(enterprise)}/edgeNonSdwanServices/status", groups, V2Edges.MetaData(VeloAssumptions.EventLimit, 0, 0, before: false, more: false, "{}"));
    }

    private V2Answer Tunnels(V2Call call)
    {
        var edge = call.Edge;
        return Page(call, $"{V2Resources.HrefOf(edge)}/nonSdWanTunnelStatus", [.. StatusMethods.TunnelsOf(edge.Enterprise, network).Where(t => t["edgeId"]!.GetValue<int>() == edge.Id).Select(t => Tunnel(t, call))]);
    }
}
