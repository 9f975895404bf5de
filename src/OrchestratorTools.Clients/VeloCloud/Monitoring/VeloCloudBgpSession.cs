using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A BGP session of an edge (monitoring/getEnterpriseEdgeBgpPeerStatus) or of a gateway (monitoring/getEnterpriseBgpPeerStatus).</summary>
public sealed class VeloCloudBgpSession : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "id", "edgeId", "edgeName", "edgeState", "gatewayId", "gatewayName", "state", "timestamp", "enterpriseId", "data", "dataKey",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudBgpSession(JsonElement e)
    {
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        EdgeId = VeloCloudJson.Whole(e, "edgeId");
        EdgeName = VeloCloudJson.Text(e, "edgeName");
        EdgeState = VeloCloudJson.Text(e, "edgeState");
        GatewayId = VeloCloudJson.Whole(e, "gatewayId");
        GatewayName = VeloCloudJson.Text(e, "gatewayName");
        State = VeloCloudJson.Text(e, "state");
        Time = VeloCloudJson.Time(e, "timestamp");
        EnterpriseId = VeloCloudJson.Whole(e, "enterpriseId");
        var data = VeloCloudMonitoring.Member(e, "data");
        NeighborIp = VeloCloudJson.Text(data, "neighborIp") ?? VeloCloudJson.Text(e, "dataKey");
        NeighborAS = VeloCloudJson.Text(data, "neighborAS");
        PrefixesReceived = VeloCloudJson.Whole(data, "pfxRcvd");
        MessagesReceived = VeloCloudJson.Whole(data, "msgRcvd");
        MessagesSent = VeloCloudJson.Whole(data, "msgSent");
        UpDownTime = VeloCloudJson.Text(data, "upDownTime");
    }

    /// <summary>The session's id.</summary>
    public long Id { get; }

    /// <summary>The edge's id; empty for a gateway's session.</summary>
    public long? EdgeId { get; }

    /// <summary>The edge's name.</summary>
    public string? EdgeName { get; }

    /// <summary>The edge's state.</summary>
    public string? EdgeState { get; }

    /// <summary>The gateway's id; empty for an edge's session.</summary>
    public long? GatewayId { get; }

    /// <summary>The gateway's name.</summary>
    public string? GatewayName { get; }

    /// <summary>ESTABLISHED, ACTIVE, CONNECT, IDLE, …</summary>
    public string? State { get; }

    /// <summary>When this was told (UTC).</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>The enterprise's id, where the request named one.</summary>
    public long? EnterpriseId { get; internal set; }

    /// <summary>The enterprise's name, where the request knew it.</summary>
    public string? EnterpriseName { get; internal set; }

    /// <summary>The neighbour's address.</summary>
    public string? NeighborIp { get; private init; }

    /// <summary>The neighbour's autonomous system.</summary>
    public string? NeighborAS { get; private init; }

    /// <summary>Prefixes received.</summary>
    public long? PrefixesReceived { get; private init; }

    /// <summary>Messages received.</summary>
    public long? MessagesReceived { get; private init; }

    /// <summary>Messages sent.</summary>
    public long? MessagesSent { get; private init; }

    /// <summary>How long it is in this state, as the server writes it (seconds, or a text).</summary>
    public string? UpDownTime { get; private init; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The neighbour and the state.</summary>
    public override string ToString() => $"{NeighborIp} {State}";
}
