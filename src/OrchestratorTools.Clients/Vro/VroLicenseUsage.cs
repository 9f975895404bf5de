using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vro;

/// <summary>How many licensed instances the server, or a scope, uses (facts/vro.md, "LicenseUsage").</summary>
public sealed class VroLicenseUsage : ServerObject
{
    /// <summary>The scope's name; null for the whole server.</summary>
    public string? Scope { get; internal set; }

    /// <summary>The scope's id; null for the whole server.</summary>
    public string? ScopeId { get; internal set; }

    /// <summary>Instances that are new and not counted yet.</summary>
    public int? NewInstances { get; init; }

    /// <summary>Instances that are managed.</summary>
    public int? ManagedInstances { get; init; }

    /// <summary>Both numbers.</summary>
    public override string ToString() => $"{Scope ?? "server"}: {ManagedInstances} managed, {NewInstances} new";

    internal static VroLicenseUsage From(JsonElement usage) => new()
    {
        NewInstances = VroJson.Number(usage, "newInstances"),
        ManagedInstances = VroJson.Number(usage, "managedInstances"),
    };
}
