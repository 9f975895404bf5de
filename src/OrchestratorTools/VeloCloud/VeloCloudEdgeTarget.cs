using System.Globalization;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>An edge that is meant, as requests and messages name it.</summary>
/// <param name="Session">The connection that it is at.</param>
/// <param name="Id">The id that the portal API takes.</param>
/// <param name="Name">The name.</param>
/// <param name="LogicalId">The id that APIv2 takes.</param>
/// <param name="Enterprise">Its enterprise; the id is null for a customer's own one.</param>
/// <param name="Edge">The edge as it was read or given; null where only a copy of another process was given.</param>
/// <param name="Target">The target of errors.</param>
internal sealed record VeloCloudEdgeTarget(VeloCloudSession Session, long Id, string Name, string? LogicalId, VeloCloudEnterpriseTarget Enterprise, VeloCloudEdge? Edge, object Target)
{
    /// <summary>The edge in words, for questions and messages: "edge 'branch-1' (id 10001) of enterprise 'Acme'".</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"edge '{Name}' (id {Id})") + (Enterprise.Name is null ? string.Empty : $" of enterprise '{Enterprise.Name}'");
}
