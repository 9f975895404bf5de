using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vro;

/// <summary>A scope: which plans and resources an account sees (facts/vro.md, "Scopes").</summary>
public sealed class VroScope : ServerObject
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase) { "id", "name", "description", "isDefault", "state", "serverId", "siteName" };

    /// <summary>The scope's id, a UUID.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>The name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>True for the scope that is always there.</summary>
    public bool? IsDefault { get; init; }

    /// <summary>Active and others.</summary>
    public string? State { get; init; }

    /// <summary>The id of the Orchestrator server.</summary>
    public string? ServerId { get; init; }

    /// <summary>The site's name.</summary>
    public string? SiteName { get; init; }

    /// <summary>What the server told beyond these.</summary>
    public IReadOnlyDictionary<string, object?> AdditionalProperties { get; init; } = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal static VroScope From(JsonElement scope) => new()
    {
        Id = VroJson.Text(scope, "id") ?? string.Empty,
        Name = VroJson.Text(scope, "name") ?? string.Empty,
        Description = VroJson.Text(scope, "description"),
        IsDefault = VroJson.Flag(scope, "isDefault"),
        State = VroJson.Text(scope, "state"),
        ServerId = VroJson.Text(scope, "serverId"),
        SiteName = VroJson.Text(scope, "siteName"),
        AdditionalProperties = VroJson.Others(scope, Known),
    };
}
