using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>
/// A WAN link of an edge. Came inside an edge; its members are named as those of monitoring/getEnterpriseEdgeLinkStatus without the word link [inferred].
/// </summary>
public sealed class VeloCloudLink : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "id", "internalId", "logicalId", "edgeId", "displayName", "interface", "state", "vpnState", "backupState", "linkMode", "isp", "ipAddress", "macAddress", "lastActive", "created", "modified", "alertsEnabled",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudLink(JsonElement e)
    {
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        InternalId = VeloCloudJson.Text(e, "internalId");
        LogicalId = VeloCloudJson.Text(e, "logicalId");
        EdgeId = VeloCloudJson.Whole(e, "edgeId");
        Name = VeloCloudJson.Text(e, "displayName") ?? string.Empty;
        Interface = VeloCloudJson.Text(e, "interface");
        State = VeloCloudJson.Text(e, "state");
        VpnState = VeloCloudJson.Text(e, "vpnState");
        BackupState = VeloCloudJson.Text(e, "backupState");
        Mode = VeloCloudJson.Text(e, "linkMode");
        Isp = VeloCloudJson.Text(e, "isp");
        IpAddress = VeloCloudJson.Text(e, "ipAddress");
        MacAddress = VeloCloudJson.Text(e, "macAddress");
        LastActive = VeloCloudJson.Time(e, "lastActive");
        AlertsEnabled = VeloCloudJson.Flag(e, "alertsEnabled");
        Created = VeloCloudJson.Time(e, "created");
        Modified = VeloCloudJson.Time(e, "modified");
    }

    /// <summary>The link's id: the stable key.</summary>
    public long Id { get; }

    /// <summary>The key of link-quality answers.</summary>
    public string? InternalId { get; }

    /// <summary>Shared by links, and another one after a change of hardware: no key.</summary>
    public string? LogicalId { get; }

    /// <summary>The edge's id.</summary>
    public long? EdgeId { get; internal set; }

    /// <summary>The edge's name, where the request knew it.</summary>
    public string? EdgeName { get; internal set; }

    /// <summary>The enterprise's id, where the request knew it.</summary>
    public long? EnterpriseId { get; internal set; }

    /// <summary>The enterprise's name, where the request knew it.</summary>
    public string? EnterpriseName { get; internal set; }

    /// <summary>The name that people see.</summary>
    public string Name { get; }

    /// <summary>The edge's interface (GE1, …).</summary>
    public string? Interface { get; }

    /// <summary>The state as the server writes it: a word (STABLE), or a number at older servers.</summary>
    public string? State { get; }

    /// <summary>The tunnels' state.</summary>
    public string? VpnState { get; }

    /// <summary>The backup's state.</summary>
    public string? BackupState { get; }

    /// <summary>What the link is for (ACTIVE, BACKUP, …).</summary>
    public string? Mode { get; }

    /// <summary>The provider.</summary>
    public string? Isp { get; }

    /// <summary>The address outside.</summary>
    public string? IpAddress { get; }

    /// <summary>The interface's hardware address.</summary>
    public string? MacAddress { get; }

    /// <summary>When it was seen working last (UTC).</summary>
    public DateTimeOffset? LastActive { get; }

    /// <summary>Whether somebody is alerted.</summary>
    public bool? AlertsEnabled { get; }

    /// <summary>When it was seen first (UTC).</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>When it was changed last (UTC).</summary>
    public DateTimeOffset? Modified { get; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The name.</summary>
    public override string ToString() => Name.Length > 0 ? Name : Interface ?? string.Empty;
}
