using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A module of a profile or of an edge's own configuration, with all its data (configuration/getConfigurationModules, edge/getEdgeConfigurationStack).</summary>
public sealed class VeloCloudConfigurationModule : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "id", "configurationId", "name", "type", "description", "version", "schemaVersion", "created", "modified", "effective", "data",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudConfigurationModule(JsonElement e)
    {
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        ConfigurationId = VeloCloudJson.Whole(e, "configurationId") ?? 0;
        Name = VeloCloudJson.Text(e, "name") ?? string.Empty;
        Type = VeloCloudJson.Text(e, "type");
        Description = VeloCloudJson.Text(e, "description");
        Version = VeloCloudJson.Text(e, "version");
        SchemaVersion = VeloCloudJson.Text(e, "schemaVersion");
        Created = VeloCloudJson.Time(e, "created");
        Modified = VeloCloudJson.Time(e, "modified");
    }

    /// <summary>The module's name: firewall, QOS, deviceSettings, WAN, controlPlane, …</summary>
    public string Name { get; }

    /// <summary>The module's id.</summary>
    public long Id { get; }

    /// <summary>Whose module it is: the profile's or edge's name.</summary>
    public string Owner => Target?.Name ?? ConfigurationId.ToString(CultureInfo.InvariantCulture);

    /// <summary>Profile or Edge.</summary>
    public string OwnerType => Target is { EdgeId: not null } ? "Edge" : "Profile";

    /// <summary>The configuration that the module belongs to.</summary>
    public long ConfigurationId { get; internal set; }

    /// <summary>The edge, where the module is one of its own configuration.</summary>
    public long? EdgeId => Target?.EdgeId;

    /// <summary>The enterprise.</summary>
    public long? EnterpriseId => Target?.EnterpriseId;

    /// <summary>The enterprise's name, where it is known.</summary>
    public string? EnterpriseName => Target?.EnterpriseName;

    /// <summary>ENTERPRISE, OPERATOR or GATEWAY.</summary>
    public string? Type { get; }

    /// <summary>Free text.</summary>
    public string? Description { get; }

    /// <summary>The version, which every change raises.</summary>
    public string? Version { get; }

    /// <summary>The version of the shape that the data have.</summary>
    public string? SchemaVersion { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>When it was changed last (UTC).</summary>
    public DateTimeOffset? Modified { get; }

    /// <summary>Whose module it is.</summary>
    internal ConfigurationTarget? Target { get; set; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The data as the server sent them: JSON.</summary>
    public string DataJson()
    {
        using var document = Parse();
        return document.RootElement.TryGetProperty("data", out var data) ? data.GetRawText() : "{}";
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>A rule that stands in this module's data.</summary>
    internal VeloCloudFirewallRule Rule(JsonElement json, int position)
        => Adopt(new VeloCloudFirewallRule(json) { Position = position, Target = Target is { } target ? target with { ConfigurationId = ConfigurationId } : null, TakesEverything = FirewallMatch.IsEverything(json) }, json);

    /// <summary>The whole module.</summary>
    internal JsonElement Element()
    {
        using var document = Parse();
        return document.RootElement.Clone();
    }

    /// <summary>The data.</summary>
    internal JsonElement Data()
    {
        using var document = Parse();
        return document.RootElement.TryGetProperty("data", out var data) ? data.Clone() : default;
    }
}
