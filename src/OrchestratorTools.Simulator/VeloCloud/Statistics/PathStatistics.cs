using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What is measured of the paths between an edge and another end: one path from each of its links.</summary>
internal static class PathStatistics
{
    /// <summary>The metrics that a path has.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "bytesRx", "bytesTx", "totalBytes", "packetsRx", "packetsTx", "totalPackets", "bpsRx", "bpsTx", "latencyRx", "latencyTx", "jitterRx", "jitterTx", "packetLossRx", "packetLossTx",
        "scoreBeforeVoice", "scoreBeforeVideo", "scoreBeforeTrans", "scoreAfterVoice", "scoreAfterVideo", "scoreAfterTrans",
    ];

    public static JsonObject Metrics(Edge edge, VeloNetwork network, string peer, SampleWindow window, IReadOnlyCollection<string> metrics, long? limit)
    {
        var paths = Paths(edge, network, peer, window, limit).ToList();
        return new JsonObject
        {
            ["paths"] = new JsonArray([.. paths.Select(p =>
            {
                var path = new JsonObject { ["status"] = edge.State is "CONNECTED" ? "STABLE" : "DEAD", ["source"] = p.Source, ["destination"] = p.Destination };
                path["metrics"] = new JsonObject([.. Meant(metrics).Select(m => KeyValuePair.Create<string, JsonNode?>(m, Of(p.Key, m).Value(window)))]);
                return path;
            })]),
            ["_aggregate"] = new JsonObject
            {
                ["dataVol"] = Quantity.Round(paths.Sum(p => Of(p.Key, "totalBytes").Over(window.First, window.End))),
                ["bytesTx"] = Quantity.Round(paths.Sum(p => Of(p.Key, "bytesTx").Over(window.First, window.End))),
                ["bytesRx"] = Quantity.Round(paths.Sum(p => Of(p.Key, "bytesRx").Over(window.First, window.End))),
                ["packetsTx"] = Quantity.Round(paths.Sum(p => Of(p.Key, "packetsTx").Over(window.First, window.End))),
                ["packetsRx"] = Quantity.Round(paths.Sum(p => Of(p.Key, "packetsRx").Over(window.First, window.End))),
            },
        };
    }

    public static IEnumerable<JsonObject> Series(Edge edge, VeloNetwork network, string peer, SampleWindow window, IReadOnlyCollection<string> metrics, bool byPeer, long? limit)
    {
        var paths = Paths(edge, network, peer, window, limit).ToList();
        return (byPeer ? paths.Take(1) : paths).Select(p => new JsonObject
        {
            ["source"] = p.Source,
            ["destination"] = p.Destination,
            ["timeSeries"] = new JsonArray([.. Meant(metrics).Select(m => Of(p.Key, m).Series(m, window))]),
        });
    }

    private static IEnumerable<string> Meant(IReadOnlyCollection<string> metrics)
    {
        foreach (var metric in metrics)
        {
            if (!Names.Contains(metric, StringComparer.Ordinal))
                throw VeloError.Invalid([new Complaint("ENUM_MISMATCH", $"No enum match for: {metric}", "#/metrics")]);
        }

        return metrics.Count > 0 ? metrics : Names;
    }

    private static IEnumerable<(ulong Key, JsonObject Source, JsonObject Destination)> Paths(Edge edge, VeloNetwork network, string peer, SampleWindow window, long? limit)
    {
        var found = EdgePeers.Of(edge, network, search: null).FirstOrDefault(p => string.Equals(p["deviceLogicalId"]!.GetValue<string>(), peer, StringComparison.OrdinalIgnoreCase))
            ?? throw VeloError.NotFound("peer");
        if (window.IsEmpty)
            return [];

        var name = found["peerName"]!.GetValue<string>();
        return EdgeLinks.Of(edge, onlyRecent: true).Take((int)(limit ?? 100)).Select(l => (
            Meter.Key(l["id"]!.GetValue<long>(), peer.Length, name.Length, name[0]),
            End(l["internalId"]!.GetValue<string>(), l["displayName"]!.GetValue<string>(), edge.Name, edge.LogicalId),
            End(Invented.LogicalId("peerLink", l["id"]!.GetValue<long>()), "public", name, peer)));
    }

    private static JsonObject End(string link, string linkName, string device, string logicalId)
        => new() { ["linkLogicalId"] = link, ["linkName"] = linkName, ["deviceName"] = device, ["deviceLogicalId"] = logicalId };

    private static Quantity Of(ulong key, string metric)
        => metric switch
        {
            "bytesRx" => Quantity.Counter(s => Meter.Counted(key ^ 1, 6_000_000, s)),
            "bytesTx" => Quantity.Counter(s => Meter.Counted(key ^ 2, 2_000_000, s)),
            "totalBytes" => Quantity.Counter(s => Meter.Counted(key ^ 1, 6_000_000, s) + Meter.Counted(key ^ 2, 2_000_000, s)),
            "packetsRx" => Quantity.Counter(s => Meter.Counted(key ^ 1, 6_000_000, s) / 740),
            "packetsTx" => Quantity.Counter(s => Meter.Counted(key ^ 2, 2_000_000, s) / 740),
            "totalPackets" => Quantity.Counter(s => (Meter.Counted(key ^ 1, 6_000_000, s) / 740) + (Meter.Counted(key ^ 2, 2_000_000, s) / 740)),
            "bpsRx" => Quantity.Gauge(s => Meter.Shown(key ^ 3, 90_000, 300_000, s), isWhole: true),
            "bpsTx" => Quantity.Gauge(s => Meter.Shown(key ^ 4, 30_000, 90_000, s), isWhole: true),
            "latencyRx" or "latencyTx" => Quantity.Gauge(s => Meter.Shown(key ^ 5, 6, 95, s), isWhole: true),
            "jitterRx" or "jitterTx" => Quantity.Gauge(s => Meter.Shown(key ^ 6, 0, 9, s), isWhole: true),
            "packetLossRx" or "packetLossTx" => Quantity.Gauge(s => Math.Round(Meter.Shown(key ^ 7, 0, 0.6, s), 3)),
            _ => Quantity.Gauge(s => Math.Round(Meter.Shown(key ^ (ulong)metric.Length, 3.2, 4.41, s), 2)),
        };
}
