using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A profile: a configuration of an enterprise that edges are given (enterprise/getEnterpriseConfigurations, configuration/getConfiguration).</summary>
public sealed class VeloCloudProfile : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "id", "logicalId", "name", "description", "configurationType", "edgeCount", "version", "schemaVersion", "isStaging", "bastionState", "created", "modified", "modules", "edges",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudProfile(JsonElement e)
    {
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        LogicalId = VeloCloudJson.Text(e, "logicalId");
        Name = VeloCloudJson.Text(e, "name") ?? string.Empty;
        Description = VeloCloudJson.Text(e, "description");
        ConfigurationType = VeloCloudJson.Text(e, "configurationType");
        EdgeCount = VeloCloudJson.Whole(e, "edgeCount");
        Version = VeloCloudJson.Text(e, "version");
        SchemaVersion = VeloCloudJson.Text(e, "schemaVersion");
        IsStaging = VeloCloudJson.Flag(e, "isStaging");
        BastionState = VeloCloudJson.Text(e, "bastionState");
        Created = VeloCloudJson.Time(e, "created");
        Modified = VeloCloudJson.Time(e, "modified");
    }

    /// <summary>The id of the configuration.</summary>
    public long Id { get; }

    /// <summary>The id that APIv2 takes.</summary>
    public string? LogicalId { get; }

    /// <summary>The profile's name.</summary>
    public string Name { get; }

    /// <summary>The enterprise whose profile it is.</summary>
    public long? EnterpriseId { get; internal set; }

    /// <summary>The enterprise's name, where it is known.</summary>
    public string? EnterpriseName { get; internal set; }

    /// <summary>Free text.</summary>
    public string? Description { get; }

    /// <summary>SEGMENT_BASED or NETWORK_BASED, or what a later release adds.</summary>
    public string? ConfigurationType { get; }

    /// <summary>How many edges have the profile, where the answer says so.</summary>
    public long? EdgeCount { get; }

    /// <summary>The profile's version.</summary>
    public string? Version { get; }

    /// <summary>The version of the shape that its modules have.</summary>
    public string? SchemaVersion { get; }

    /// <summary>Whether it is a staging profile.</summary>
    public bool? IsStaging { get; }

    /// <summary>The bastion's state.</summary>
    public string? BastionState { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>When it, or a module of it, was changed last (UTC).</summary>
    public DateTimeOffset? Modified { get; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
