namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What is asked of a log.</summary>
/// <param name="Interval">Which time.</param>
public sealed record VeloCloudLogQuery(VeloCloudInterval Interval)
{
    /// <summary>Whose log.</summary>
    public VeloCloudLog Log { get; init; }

    /// <summary>The enterprise; null for a customer's own one.</summary>
    public long? EnterpriseId { get; init; }

    /// <summary>Its name, where it is known.</summary>
    public string? EnterpriseName { get; init; }

    /// <summary>Its id in APIv2, where it is known.</summary>
    public string? EnterpriseLogicalId { get; init; }

    /// <summary>Only of these edges; empty: of all.</summary>
    public IReadOnlyCollection<long> Edges { get; init; } = [];

    /// <summary>The names of these edges, for what is told of edges by name only; empty: of all.</summary>
    public IReadOnlyCollection<string> EdgeNames { get; init; } = [];

    /// <summary>Only of these severities, as the server writes them; empty: of all.</summary>
    public IReadOnlyCollection<string> Severities { get; init; } = [];

    /// <summary>Only of these types, as the server writes them; empty: of all.</summary>
    public IReadOnlyCollection<string> Types { get; init; } = [];

    /// <summary>Firewall logs: only from these addresses; empty: from all.</summary>
    public IReadOnlyCollection<string> SourceIps { get; init; } = [];

    /// <summary>Firewall logs: only to these addresses; empty: to all.</summary>
    public IReadOnlyCollection<string> DestinationIps { get; init; } = [];

    /// <summary>No more than these; null: all.</summary>
    public long? First { get; init; }
}
