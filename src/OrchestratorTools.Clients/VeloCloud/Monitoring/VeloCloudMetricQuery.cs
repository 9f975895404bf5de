namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Which statistics are meant.</summary>
/// <param name="By">What they are counted by.</param>
/// <param name="Interval">Which time.</param>
public sealed record VeloCloudMetricQuery(VeloCloudMetricKind By, VeloCloudInterval Interval)
{
    /// <summary>The metrics, as the server calls them; empty: those that the server gives.</summary>
    public IReadOnlyCollection<string> Metrics { get; init; } = [];

    /// <summary>True where each sample is wanted.</summary>
    public bool Series { get; init; }

    /// <summary>The enterprise; null for a customer's own one.</summary>
    public long? EnterpriseId { get; init; }

    /// <summary>Its name, where it is known.</summary>
    public string? EnterpriseName { get; init; }

    /// <summary>Its id in APIv2, where it is known.</summary>
    public string? EnterpriseLogicalId { get; init; }

    /// <summary>The edge; null: sums of the whole enterprise.</summary>
    public long? EdgeId { get; init; }

    /// <summary>The edge's name, where it is known.</summary>
    public string? EdgeName { get; init; }

    /// <summary>The edge's id in APIv2, where it is known.</summary>
    public string? EdgeLogicalId { get; init; }
}
