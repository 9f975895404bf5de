using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The other ends of an edge's tunnels.</summary>
internal static class EdgePeers
{
    public static IEnumerable<JsonObject> Of(Edge edge, VeloNetwork network, string? search)
    {
        if (edge.State is "NEVER_ACTIVATED")
            return [];

        var peers = new List<JsonObject>();
        if (network.Gateways.Of(edge) is { } gateway)
            peers.Add(Peer(gateway["name"]!.GetValue<string>(), "GATEWAY", gateway["logicalId"]!.GetValue<string>(), edge, edge.State is "OFFLINE"));

        peers.AddRange(Edges(edge).Select(e => Peer(e.Name, e.Id % 16 == 0 ? "HUB" : "BRANCH", e.LogicalId, edge, edge.State is "OFFLINE" || e.State is not "CONNECTED")));
        return peers.Where(p => string.IsNullOrEmpty(search) || p["peerName"]!.GetValue<string>().Contains(search, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The edges that an edge has tunnels to.</summary>
    public static IEnumerable<Edge> Edges(Edge edge)
    {
        var edges = edge.Enterprise.Edges;
        return edges.Where(e => e != edge && e.State is not "NEVER_ACTIVATED").Skip(edge.Id % Math.Max(1, edges.Count - 3)).Take(2);
    }

    private static JsonObject Peer(string name, string type, string logicalId, Edge edge, bool isDead)
        => new()
        {
            ["edgeLogicalId"] = edge.LogicalId,
            ["deviceLogicalId"] = logicalId,
            ["peerName"] = name,
            ["description"] = null,
            ["peerType"] = type,
            ["scoreAfterVoice"] = isDead ? 0 : 4.38,
            ["scoreAfterVideo"] = isDead ? 0 : 4.35,
            ["scoreAfterTrans"] = isDead ? 0 : 4.4,
            ["pathStatusCount"] = new JsonObject { ["stable"] = isDead ? 0 : 2, ["unstable"] = 0, ["standby"] = 0, ["dead"] = isDead ? 2 : 0, ["unknown"] = 0, ["total"] = 2 },
            ["pathQoe"] = isDead ? 0 : 4.38,
        };
}
