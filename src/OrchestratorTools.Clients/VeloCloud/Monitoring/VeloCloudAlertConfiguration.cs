using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Whether an enterprise is alerted of something, and how often (enterprise/getEnterpriseAlertConfigurations).</summary>
public sealed class VeloCloudAlertConfiguration : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "id", "name", "type", "enabled", "firstNotificationSeconds", "notificationIntervalSeconds", "maxNotifications", "resetIntervalSeconds", "alertDefinitionId", "description", "created", "modified", "enterpriseId",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudAlertConfiguration(JsonElement e)
    {
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        Name = VeloCloudJson.Text(e, "name") ?? string.Empty;
        Type = VeloCloudJson.Text(e, "type");
        Enabled = VeloCloudJson.Flag(e, "enabled");
        FirstNotificationSeconds = VeloCloudJson.Whole(e, "firstNotificationSeconds");
        NotificationIntervalSeconds = VeloCloudJson.Whole(e, "notificationIntervalSeconds");
        MaximumNotifications = VeloCloudJson.Whole(e, "maxNotifications");
        ResetIntervalSeconds = VeloCloudJson.Whole(e, "resetIntervalSeconds");
        DefinitionId = VeloCloudJson.Whole(e, "alertDefinitionId");
        Description = VeloCloudJson.Text(e, "description");
        Created = VeloCloudJson.Time(e, "created");
        Modified = VeloCloudJson.Time(e, "modified");
        EnterpriseId = VeloCloudJson.Whole(e, "enterpriseId");
    }

    /// <summary>The configuration's id.</summary>
    public long Id { get; }

    /// <summary>What it is about: EDGE_DOWN, LINK_DOWN, …</summary>
    public string Name { get; }

    /// <summary>The kind of alert.</summary>
    public string? Type { get; }

    /// <summary>Whether anybody is alerted.</summary>
    public bool? Enabled { get; }

    /// <summary>How long it must last before the first notification, in seconds.</summary>
    public long? FirstNotificationSeconds { get; }

    /// <summary>How long from one notification to the next, in seconds.</summary>
    public long? NotificationIntervalSeconds { get; }

    /// <summary>How many notifications there are at most.</summary>
    public long? MaximumNotifications { get; }

    /// <summary>How long until it may be triggered again, in seconds.</summary>
    public long? ResetIntervalSeconds { get; }

    /// <summary>The id of the alert's definition.</summary>
    public long? DefinitionId { get; }

    /// <summary>Free text.</summary>
    public string? Description { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>When it was changed last (UTC).</summary>
    public DateTimeOffset? Modified { get; }

    /// <summary>The enterprise's id, where the request named one.</summary>
    public long? EnterpriseId { get; internal set; }

    /// <summary>The enterprise's name, where the request knew it.</summary>
    public string? EnterpriseName { get; internal set; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
