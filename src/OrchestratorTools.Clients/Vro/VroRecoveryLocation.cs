using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vro;

/// <summary>A recovery location (facts/vro.md, "RecoveryLocations").</summary>
public sealed class VroRecoveryLocation : ServerObject
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase) { "id", "name", "type", "description", "recoveryLocationDescription", "isOriginal", "useReIp", "useNetworkMapping", "availability" };

    /// <summary>The location's id, a UUID.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>The name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Restore, Storage, HyperV and others.</summary>
    public string? Type { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>True for the place where the VMs came from.</summary>
    public bool? IsOriginal { get; init; }

    /// <summary>True where addresses are changed.</summary>
    public bool? UsesReIp { get; init; }

    /// <summary>True where networks are mapped.</summary>
    public bool? UsesNetworkMapping { get; init; }

    /// <summary>Available, PartiallyAvailable and others.</summary>
    public string? Availability { get; init; }

    /// <summary>What the server told beyond these: computeGroups, reIpRules, networkMappingRules and more.</summary>
    public IReadOnlyDictionary<string, object?> AdditionalProperties { get; init; } = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal static VroRecoveryLocation From(JsonElement location) => new()
    {
        Id = VroJson.Text(location, "id") ?? string.Empty,
        Name = VroJson.Text(location, "name") ?? string.Empty,
        Type = VroJson.Text(location, "type"),
        Description = VroJson.Text(location, "description") ?? VroJson.Text(location, "recoveryLocationDescription"),
        IsOriginal = VroJson.Flag(location, "isOriginal"),
        UsesReIp = VroJson.Flag(location, "useReIp"),
        UsesNetworkMapping = VroJson.Flag(location, "useNetworkMapping"),
        Availability = VroJson.Text(location, "availability"),
        AdditionalProperties = VroJson.Others(location, Known),
    };
}
