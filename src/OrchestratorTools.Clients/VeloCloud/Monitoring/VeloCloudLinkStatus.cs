using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>How a link is now (monitoring/getEnterpriseEdgeLinkStatus): links that were active in the last 24 hours.</summary>
public sealed class VeloCloudLinkStatus : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "linkId", "internalId", "displayName", "interface", "linkState", "linkVpnState", "linkBackupState", "linkMode", "isp", "linkIpAddress", "linkIpV6Address", "linkLastActive", "edgeId", "edgeName", "edgeState", "edgeLastContact", "edgeSerialNumber", "edgeModelNumber", "enterpriseId", "enterpriseName", "enterpriseProxyId", "enterpriseProxyName",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudLinkStatus(JsonElement e)
    {
        LinkId = VeloCloudJson.Whole(e, "linkId") ?? 0;
        InternalId = VeloCloudJson.Text(e, "internalId");
        Name = VeloCloudJson.Text(e, "displayName") ?? string.Empty;
        Interface = VeloCloudJson.Text(e, "interface");
        State = VeloCloudJson.Text(e, "linkState");
        VpnState = VeloCloudJson.Text(e, "linkVpnState");
        BackupState = VeloCloudJson.Text(e, "linkBackupState");
        Mode = VeloCloudJson.Text(e, "linkMode");
        Isp = VeloCloudJson.Text(e, "isp");
        IpAddress = VeloCloudJson.Text(e, "linkIpAddress");
        IpV6Address = VeloCloudJson.Text(e, "linkIpV6Address");
        LastActive = VeloCloudJson.Time(e, "linkLastActive");
        EdgeId = VeloCloudJson.Whole(e, "edgeId") ?? 0;
        EdgeName = VeloCloudJson.Text(e, "edgeName") ?? string.Empty;
        EdgeState = VeloCloudJson.Text(e, "edgeState");
        EdgeLastContact = VeloCloudJson.Time(e, "edgeLastContact");
        EdgeSerialNumber = VeloCloudJson.Text(e, "edgeSerialNumber");
        EdgeModelNumber = VeloCloudJson.Text(e, "edgeModelNumber");
        EnterpriseId = VeloCloudJson.Whole(e, "enterpriseId") ?? 0;
        EnterpriseName = VeloCloudJson.Text(e, "enterpriseName");
        PartnerId = VeloCloudJson.Whole(e, "enterpriseProxyId");
        PartnerName = VeloCloudJson.Text(e, "enterpriseProxyName");
    }

    /// <summary>The link's id: the stable key.</summary>
    public long LinkId { get; }

    /// <summary>The key of link-quality answers.</summary>
    public string? InternalId { get; }

    /// <summary>The name that people see.</summary>
    public string Name { get; }

    /// <summary>The edge's interface (GE3, …).</summary>
    public string? Interface { get; }

    /// <summary>STABLE, UNSTABLE, DISCONNECTED, …, or a number at older servers.</summary>
    public string? State { get; }

    /// <summary>The tunnels' state: STABLE, UNSTABLE, DEAD, …</summary>
    public string? VpnState { get; }

    /// <summary>The backup's state.</summary>
    public string? BackupState { get; }

    /// <summary>What the link is for (ACTIVE, BACKUP, …).</summary>
    public string? Mode { get; }

    /// <summary>The provider.</summary>
    public string? Isp { get; }

    /// <summary>The address outside.</summary>
    public string? IpAddress { get; }

    /// <summary>The IPv6 address outside.</summary>
    public string? IpV6Address { get; }

    /// <summary>When it was seen working last (UTC).</summary>
    public DateTimeOffset? LastActive { get; }

    /// <summary>The edge's id.</summary>
    public long EdgeId { get; }

    /// <summary>The edge's name.</summary>
    public string EdgeName { get; }

    /// <summary>CONNECTED, DEGRADED, OFFLINE, …</summary>
    public string? EdgeState { get; }

    /// <summary>When the edge spoke to the Orchestrator last (UTC).</summary>
    public DateTimeOffset? EdgeLastContact { get; }

    /// <summary>The edge's serial number.</summary>
    public string? EdgeSerialNumber { get; }

    /// <summary>The edge's model.</summary>
    public string? EdgeModelNumber { get; }

    /// <summary>The enterprise's id.</summary>
    public long EnterpriseId { get; }

    /// <summary>The enterprise's name.</summary>
    public string? EnterpriseName { get; }

    /// <summary>The partner's id.</summary>
    public long? PartnerId { get; }

    /// <summary>The partner's name.</summary>
    public string? PartnerName { get; }

    /// <inheritdoc/>
    internal override object? ListKey => LinkId;

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The edge and the link.</summary>
    public override string ToString() => $"{EdgeName} {Name}";
}
