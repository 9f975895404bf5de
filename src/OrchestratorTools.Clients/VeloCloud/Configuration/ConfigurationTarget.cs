using System.Globalization;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A configuration that can be read and changed: a profile, or an edge's own part.</summary>
/// <param name="EnterpriseId">The enterprise as requests name it; null for a customer's own one.</param>
/// <param name="EnterpriseName">The enterprise's name, where it is known.</param>
/// <param name="ConfigurationId">The configuration; null of an edge whose configuration was not asked for yet.</param>
/// <param name="EdgeId">The edge; null of a profile.</param>
/// <param name="LogicalId">The profile's or the edge's logical id, where it is known.</param>
/// <param name="Name">The profile's or the edge's name.</param>
internal sealed record ConfigurationTarget(long? EnterpriseId, string? EnterpriseName, long? ConfigurationId, long? EdgeId, string? LogicalId, string Name)
{
    /// <summary>What it is, in words.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{(EdgeId is null ? "profile" : "edge")} '{Name}'{(EnterpriseName is { Length: > 0 } enterprise ? $" of {enterprise}" : string.Empty)}");
}
