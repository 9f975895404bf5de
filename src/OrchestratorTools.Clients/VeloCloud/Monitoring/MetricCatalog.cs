namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Which metrics there are, and which methods know them (facts/velocloud.md, "Daily work"; the operation table).</summary>
public static class MetricCatalog
{
    private static readonly string[] Flow = ["bytesRx", "bytesTx", "totalBytes", "packetsRx", "packetsTx", "totalPackets"];

    private static readonly string[] Links =
    [
        "bytesRx", "bytesTx", "totalBytes", "totalPackets", "p1BytesRx", "p1BytesTx", "p1PacketsRx", "p1PacketsTx", "p2BytesRx", "p2BytesTx", "p2PacketsRx", "p2PacketsTx",
        "p3BytesRx", "p3BytesTx", "p3PacketsRx", "p3PacketsTx", "packetsRx", "packetsTx", "controlBytesRx", "controlBytesTx", "controlPacketsRx", "controlPacketsTx",
        "bestBwKbpsRx", "bestBwKbpsTx", "bestJitterMsRx", "bestJitterMsTx", "bestLatencyMsRx", "bestLatencyMsTx", "bestLossPctRx", "bestLossPctTx", "bpsOfBestPathRx", "bpsOfBestPathTx",
        "signalStrength", "scoreTx", "scoreRx",
    ];

    private static readonly string[] Feeling = ["tunnelCount", "tunnelCountV6", "memoryPct", "flowCount", "cpuPct", "cpuCoreTemp", "handoffQueueDrops"];

    /// <summary>The metrics of a kind; empty where the definition does not name them (paths) or none can be chosen (quality).</summary>
    public static IReadOnlyList<string> MetricsOf(VeloCloudMetricKind by) => by switch
    {
        VeloCloudMetricKind.Link => Links,
        VeloCloudMetricKind.Health or VeloCloudMetricKind.Status => Feeling,
        VeloCloudMetricKind.Path or VeloCloudMetricKind.Quality => [],
        _ => Flow,
    };

    /// <summary>The metrics of a series where none are named: a series needs some.</summary>
    public static IReadOnlyList<string> DefaultSeriesOf(VeloCloudMetricKind by) => by switch
    {
        VeloCloudMetricKind.Link => ["bytesRx", "bytesTx", "bestLatencyMsRx", "bestLatencyMsTx", "bestJitterMsRx", "bestJitterMsTx", "bestLossPctRx", "bestLossPctTx"],
        VeloCloudMetricKind.Health or VeloCloudMetricKind.Status or VeloCloudMetricKind.Path or VeloCloudMetricKind.Quality => [],
        _ => ["bytesRx", "bytesTx"],
    };

    /// <summary>True where there are sums of a whole enterprise.</summary>
    public static bool IsOfEnterprises(VeloCloudMetricKind by) => by is not (VeloCloudMetricKind.Health or VeloCloudMetricKind.Path or VeloCloudMetricKind.Status or VeloCloudMetricKind.Quality);

    /// <summary>True where numbers of several intervals are added up; otherwise they have an average.</summary>
    internal static bool IsCounter(VeloCloudMetricKind by, string name)
        => by is not (VeloCloudMetricKind.Health or VeloCloudMetricKind.Status or VeloCloudMetricKind.Quality)
            ? name.Contains("bytes", StringComparison.OrdinalIgnoreCase) || name.Contains("packets", StringComparison.OrdinalIgnoreCase) || name.Equals("flowCount", StringComparison.OrdinalIgnoreCase)
            : name.Equals("total", StringComparison.OrdinalIgnoreCase);

    /// <summary>The part of the portal API's method names that a kind has: getEdge{App}Metrics.</summary>
    internal static string MethodPartOf(VeloCloudMetricKind by) => by switch
    {
        VeloCloudMetricKind.Destination => "Dest",
        _ => by.ToString(),
    };

    /// <summary>What the sums of an enterprise call a kind [inferred: APIv2's definition names them, the portal API's does not].</summary>
    internal static string ViewOf(VeloCloudMetricKind by) => by switch
    {
        VeloCloudMetricKind.App => "application",
        VeloCloudMetricKind.Category => "category",
        VeloCloudMetricKind.Destination => "destDomain",
        VeloCloudMetricKind.Device => "sourceMac",
        VeloCloudMetricKind.Os => "os",
        _ => "segment",
    };
}
