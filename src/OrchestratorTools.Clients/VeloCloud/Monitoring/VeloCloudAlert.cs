using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>An alert that was triggered (enterprise/getEnterpriseAlerts).</summary>
public sealed class VeloCloudAlert : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "id", "triggerTime", "created", "type", "name", "state", "stateSetTime", "edgeId", "edgeName", "linkId", "linkName", "enterpriseObjectName", "lastContact", "remainingNotifications", "nextNotificationTime", "comment", "enterpriseId",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudAlert(JsonElement e)
    {
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        Time = VeloCloudJson.Time(e, "triggerTime") ?? VeloCloudJson.Time(e, "created");
        Type = VeloCloudJson.Text(e, "type") ?? VeloCloudJson.Text(e, "name") ?? string.Empty;
        State = VeloCloudJson.Text(e, "state");
        StateTime = VeloCloudJson.Time(e, "stateSetTime");
        EdgeId = VeloCloudJson.Whole(e, "edgeId");
        EdgeName = VeloCloudJson.Text(e, "edgeName");
        LinkId = VeloCloudJson.Whole(e, "linkId");
        LinkName = VeloCloudJson.Text(e, "linkName");
        ObjectName = VeloCloudJson.Text(e, "enterpriseObjectName");
        LastContact = VeloCloudJson.Time(e, "lastContact");
        RemainingNotifications = VeloCloudJson.Whole(e, "remainingNotifications");
        NextNotificationTime = VeloCloudJson.Time(e, "nextNotificationTime");
        Comment = VeloCloudJson.Text(e, "comment");
        EnterpriseId = VeloCloudJson.Whole(e, "enterpriseId");
        EdgeName ??= VeloCloudJson.Text(VeloCloudMonitoring.Member(e, "edge"), "name");
        LinkName ??= VeloCloudJson.Text(VeloCloudMonitoring.Member(e, "link"), "displayName");
    }

    /// <summary>The alert's id; 0 where APIv2 told of it, which has none.</summary>
    public long Id { get; }

    /// <summary>When it was triggered (UTC).</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>EDGE_DOWN, LINK_DOWN, …</summary>
    public string Type { get; }

    /// <summary>PENDING, ACTIVE, CLOSED, …</summary>
    public string? State { get; }

    /// <summary>Since when it is in this state (UTC).</summary>
    public DateTimeOffset? StateTime { get; }

    /// <summary>The edge's id.</summary>
    public long? EdgeId { get; }

    /// <summary>The edge's name.</summary>
    public string? EdgeName { get; }

    /// <summary>The link's id, of an alert about a link.</summary>
    public long? LinkId { get; }

    /// <summary>The link's name.</summary>
    public string? LinkName { get; }

    /// <summary>The name of another object that the alert is about.</summary>
    public string? ObjectName { get; }

    /// <summary>When the edge spoke to the Orchestrator last, at that time (UTC).</summary>
    public DateTimeOffset? LastContact { get; }

    /// <summary>How many notifications are still to be sent.</summary>
    public long? RemainingNotifications { get; }

    /// <summary>When the next one is due (UTC).</summary>
    public DateTimeOffset? NextNotificationTime { get; }

    /// <summary>What was noted about it.</summary>
    public string? Comment { get; }

    /// <summary>The enterprise's id, where the request named one.</summary>
    public long? EnterpriseId { get; internal set; }

    /// <summary>The enterprise's name, where the request knew it.</summary>
    public string? EnterpriseName { get; internal set; }

    /// <inheritdoc/>
    internal override object? ListKey => Id == 0 ? base.ListKey : Id;

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The type, and of what.</summary>
    public override string ToString() => EdgeName is { } edge ? $"{Type}: {edge}" : Type;
}
