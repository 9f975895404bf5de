using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A tunnel of an edge to a service that is no SD-WAN (monitoring/getEnterpriseEdgeNvsTunnelStatus).</summary>
public sealed class VeloCloudTunnel : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "id", "edgeId", "edgeName", "edgeState", "state", "enterpriseObjectId", "tag", "dataKey", "timestamp", "enterpriseId", "data",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudTunnel(JsonElement e)
    {
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        EdgeId = VeloCloudJson.Whole(e, "edgeId") ?? 0;
        EdgeName = VeloCloudJson.Text(e, "edgeName") ?? string.Empty;
        EdgeState = VeloCloudJson.Text(e, "edgeState");
        State = VeloCloudJson.Text(e, "state");
        ServiceId = VeloCloudJson.Whole(e, "enterpriseObjectId");
        Tag = VeloCloudJson.Text(e, "tag");
        Link = VeloCloudJson.Text(e, "dataKey");
        Time = VeloCloudJson.Time(e, "timestamp");
        EnterpriseId = VeloCloudJson.Whole(e, "enterpriseId");
        var data = VeloCloudMonitoring.Member(e, "data");
        ServiceName = VeloCloudJson.Text(data, "name");
        RemoteIp = VeloCloudJson.Text(data, "nvs_ip");
        LocalIp = VeloCloudJson.Text(data, "local_public_ip");
    }

    /// <summary>The tunnel's id.</summary>
    public long Id { get; }

    /// <summary>The edge's id.</summary>
    public long EdgeId { get; }

    /// <summary>The edge's name.</summary>
    public string EdgeName { get; }

    /// <summary>The edge's state.</summary>
    public string? EdgeState { get; }

    /// <summary>UP, DOWN, PENDING, STANDBY, UNKNOWN, …</summary>
    public string? State { get; }

    /// <summary>The service's id.</summary>
    public long? ServiceId { get; }

    /// <summary>What kind of status this is.</summary>
    public string? Tag { get; }

    /// <summary>The link's internal id.</summary>
    public string? Link { get; }

    /// <summary>When this was told (UTC).</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>The enterprise's id, where the request named one.</summary>
    public long? EnterpriseId { get; internal set; }

    /// <summary>The enterprise's name, where the request knew it.</summary>
    public string? EnterpriseName { get; internal set; }

    /// <summary>The service's name.</summary>
    public string? ServiceName { get; private init; }

    /// <summary>The service's address.</summary>
    public string? RemoteIp { get; private init; }

    /// <summary>The edge's address outside.</summary>
    public string? LocalIp { get; private init; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The edge, the service and the state.</summary>
    public override string ToString() => $"{EdgeName} -> {ServiceName} {State}";
}
