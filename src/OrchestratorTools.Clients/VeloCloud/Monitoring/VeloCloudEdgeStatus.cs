using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>How an edge feels (monitoring/getEnterpriseEdgeStatus): the newest sample, or that of a time.</summary>
public sealed class VeloCloudEdgeStatus : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "edgeId", "name", "edgeName", "cpuPct", "memoryPct", "tunnelCount", "tunnelCountV6", "flowCount", "cpuCoreTemp", "handoffQueueDrops",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudEdgeStatus(JsonElement e)
    {
        EdgeId = VeloCloudJson.Whole(e, "edgeId") ?? 0;
        EdgeName = VeloCloudJson.Text(e, "name") ?? VeloCloudJson.Text(e, "edgeName") ?? string.Empty;
        CpuPercent = VeloCloudJson.Number(e, "cpuPct");
        MemoryPercent = VeloCloudJson.Number(e, "memoryPct");
        TunnelCount = VeloCloudJson.Whole(e, "tunnelCount");
        TunnelCountV6 = VeloCloudJson.Whole(e, "tunnelCountV6");
        FlowCount = VeloCloudJson.Whole(e, "flowCount");
        CpuCoreTemperature = VeloCloudJson.Number(e, "cpuCoreTemp");
        HandoffQueueDrops = VeloCloudJson.Number(e, "handoffQueueDrops");
    }

    /// <summary>The edge's id.</summary>
    public long EdgeId { get; }

    /// <summary>The edge's name.</summary>
    public string EdgeName { get; }

    /// <summary>The processors' load in percent.</summary>
    public double? CpuPercent { get; }

    /// <summary>Memory in use in percent.</summary>
    public double? MemoryPercent { get; }

    /// <summary>Tunnels.</summary>
    public long? TunnelCount { get; }

    /// <summary>Tunnels over IPv6.</summary>
    public long? TunnelCountV6 { get; }

    /// <summary>Flows.</summary>
    public long? FlowCount { get; }

    /// <summary>The processors' temperature in degrees Celsius.</summary>
    public double? CpuCoreTemperature { get; }

    /// <summary>Packets dropped because the edge had more than it could handle.</summary>
    public double? HandoffQueueDrops { get; }

    /// <summary>The enterprise's id, where the request named one.</summary>
    public long? EnterpriseId { get; internal set; }

    /// <summary>The enterprise's name, where the request knew it.</summary>
    public string? EnterpriseName { get; internal set; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The edge.</summary>
    public override string ToString() => EdgeName;
}
