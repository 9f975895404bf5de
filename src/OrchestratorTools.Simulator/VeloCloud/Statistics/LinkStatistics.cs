using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What is measured of a link: bytes and packets by priority, control traffic, and how good it is.</summary>
internal static class LinkStatistics
{
    /// <summary>The metrics of the definition that a link has.</summary>
    public static readonly IReadOnlyList<string> Metrics =
    [
        "bytesRx", "bytesTx", "totalBytes", "totalPackets", "p1BytesRx", "p1BytesTx", "p1PacketsRx", "p1PacketsTx", "p2BytesRx", "p2BytesTx", "p2PacketsRx", "p2PacketsTx", "p3BytesRx",
        "p3BytesTx", "p3PacketsRx", "p3PacketsTx", "packetsRx", "packetsTx", "controlBytesRx", "controlBytesTx", "controlPacketsRx", "controlPacketsTx", "bestBwKbpsRx", "bestBwKbpsTx",
        "bestJitterMsRx", "bestJitterMsTx", "bestLatencyMsRx", "bestLatencyMsTx", "bestLossPctRx", "bestLossPctTx", "bpsOfBestPathRx", "bpsOfBestPathTx", "signalStrength", "scoreTx", "scoreRx",
    ];

    private const int BytesInPacket = 740;
    private static readonly double[] Priorities = [0.2, 0.55, 0.25];

    /// <summary>A metric of an edge's link, by its number from 1.</summary>
    public static Quantity Of(Edge edge, int link, string metric)
    {
        var isTx = metric.EndsWith("Tx", StringComparison.Ordinal);
        return metric switch
        {
            "totalBytes" => Quantity.Counter(s => Bytes(edge, link, isTx: false, s) + Bytes(edge, link, isTx: true, s)),
            "totalPackets" => Quantity.Counter(s => Packets(edge, link, isTx: false, s) + Packets(edge, link, isTx: true, s)),
            "bytesRx" or "bytesTx" => Quantity.Counter(s => Bytes(edge, link, isTx, s)),
            "packetsRx" or "packetsTx" => Quantity.Counter(s => Packets(edge, link, isTx, s)),
            "controlBytesRx" or "controlBytesTx" => Quantity.Counter(s => Control(edge, link, isTx, s)),
            "controlPacketsRx" or "controlPacketsTx" => Quantity.Counter(s => Control(edge, link, isTx, s) / 120),
            _ when metric[0] == 'p' && metric.Contains("Bytes", StringComparison.Ordinal) => Quantity.Counter(s => Priority(edge, link, metric[1] - '0', isTx, s)),
            _ when metric[0] == 'p' && metric.Contains("Packets", StringComparison.Ordinal) => Quantity.Counter(s => Priority(edge, link, metric[1] - '0', isTx, s) / BytesInPacket),
            _ => Gauge(edge, link, metric, isTx),
        };
    }

    /// <summary>One row of link metrics; null where nothing was measured in the window.</summary>
    public static JsonObject? Row(Edge edge, JsonObject link, int number, SampleWindow window, IReadOnlyCollection<string> metrics)
    {
        var active = window.Of(edge);
        if (active.IsEmpty)
            return null;

        var row = new JsonObject
        {
            ["linkId"] = link["id"]!.DeepClone(),
            ["name"] = link["displayName"]!.DeepClone(),

            // Older releases wrote the state as a number.
            ["state"] = edge.Id % 3 == 2 ? 0 : link["state"]!.DeepClone(),
            ["link"] = link.DeepClone(),
        };
        foreach (var metric in metrics.Count > 0 ? metrics : Metrics)
        {
            row[metric] = Of(edge, number, metric).Value(active);
        }

        return row;
    }

    private static Quantity Gauge(Edge edge, int link, string metric, bool isTx)
    {
        var (low, high) = metric switch
        {
            "bestBwKbpsRx" => (60_000.0, 110_000.0),
            "bestBwKbpsTx" => (15_000.0, 45_000.0),
            "bestJitterMsRx" or "bestJitterMsTx" => (0.0, 9.0),
            "bestLatencyMsRx" or "bestLatencyMsTx" => (6.0, 95.0),
            "bestLossPctRx" or "bestLossPctTx" => (0.0, 0.6),
            "bpsOfBestPathRx" => (55_000_000.0, 105_000_000.0),
            "bpsOfBestPathTx" => (12_000_000.0, 40_000_000.0),
            "signalStrength" => (0.0, 0.0),
            _ => (3.2, 4.41),
        };
        var key = Meter.Key(edge.Id, link, 1000 + metric[0] + (metric.Length * 31), isTx ? 1 : 0);
        var isWhole = high >= 1000;
        return Quantity.Gauge(s => Meter.Shown(key, low, high, s), isWhole);
    }

    private static double PerSample(Edge edge, int link, bool isTx)
        => (4_000_000 + (160_000_000 * Meter.Share(Meter.Key(edge.Id, link)))) * (isTx ? 0.3 : 1) * (link == 1 ? 1 : 0.4);

    private static long Priority(Edge edge, int link, int priority, bool isTx, long slot)
        => Meter.Counted(Meter.Key(edge.Id, link, priority, isTx ? 1 : 0), PerSample(edge, link, isTx) * Priorities[priority - 1], slot);

    private static long Bytes(Edge edge, int link, bool isTx, long slot)
        => Priority(edge, link, 1, isTx, slot) + Priority(edge, link, 2, isTx, slot) + Priority(edge, link, 3, isTx, slot);

    private static long Packets(Edge edge, int link, bool isTx, long slot)
        => (Priority(edge, link, 1, isTx, slot) / BytesInPacket) + (Priority(edge, link, 2, isTx, slot) / BytesInPacket) + (Priority(edge, link, 3, isTx, slot) / BytesInPacket);

    private static long Control(Edge edge, int link, bool isTx, long slot) => Meter.Counted(Meter.Key(edge.Id, link, 9, isTx ? 1 : 0), 260_000, slot);
}
