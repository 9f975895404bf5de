using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>The device settings of a profile or an edge, as APIv2 has them: networks, interfaces, routing, DNS, segments.</summary>
public sealed class VeloCloudDeviceSetting : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[] { "_href" }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudDeviceSetting(JsonElement e)
    {
        Href = VeloCloudJson.Text(e, "_href");
        Sections = e.EnumerateObject().Select(m => m.Name).Where(n => n != "_href").Order(StringComparer.Ordinal).ToArray();
    }

    /// <summary>The profile's or edge's name.</summary>
    public string Owner => Target?.Name ?? string.Empty;

    /// <summary>Profile or Edge.</summary>
    public string OwnerType => Target is { EdgeId: not null } ? "Edge" : "Profile";

    /// <summary>The profile's or edge's logical id.</summary>
    public string? OwnerLogicalId => Target?.LogicalId;

    /// <summary>The edge, where they are an edge's.</summary>
    public long? EdgeId => Target?.EdgeId;

    /// <summary>The enterprise.</summary>
    public long? EnterpriseId => Target?.EnterpriseId;

    /// <summary>The enterprise's name, where it is known.</summary>
    public string? EnterpriseName => Target?.EnterpriseName;

    /// <summary>The names of the sections that there are: lan, routedInterfaces, segments, …</summary>
    public IReadOnlyList<string> Sections { get; }

    /// <summary>The address that the server gives them.</summary>
    public string? Href { get; }

    /// <summary>Whose settings.</summary>
    internal ConfigurationTarget? Target { get; set; }

    /// <summary>The enterprise's logical id.</summary>
    internal string? EnterpriseLogicalId { get; set; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>Whose settings they are.</summary>
    public override string ToString() => $"{OwnerType} {Owner}";

    /// <summary>The settings.</summary>
    internal JsonElement Data()
    {
        using var document = Parse();
        return document.RootElement.Clone();
    }
}
