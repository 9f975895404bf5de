using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What was measured of one thing over an interval: a link, an application, an edge, a path. With a series, one for each sample.</summary>
public sealed class VeloCloudMetric : ServerObject
{
    /// <summary>What it is counted by.</summary>
    public VeloCloudMetricKind By { get; internal set; }

    /// <summary>What it is called: the link, the application, the device, …</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The id of the link, application, class, operating system, segment or device, where it has one.</summary>
    public long? Id { get; internal set; }

    /// <summary>What tells it from others of its kind beside the name: a link's interface, a device's hardware address, the other end of a path.</summary>
    public string? Detail { get; internal set; }

    /// <summary>The edge's id; empty for sums of a whole enterprise.</summary>
    public long? EdgeId { get; internal set; }

    /// <summary>The edge's name.</summary>
    public string? EdgeName { get; internal set; }

    /// <summary>The enterprise's id, where the request named one.</summary>
    public long? EnterpriseId { get; internal set; }

    /// <summary>The enterprise's name, where the request knew it.</summary>
    public string? EnterpriseName { get; internal set; }

    /// <summary>Where the interval, or the sample, begins (UTC).</summary>
    public DateTimeOffset Start { get; internal set; }

    /// <summary>Where it ends (UTC).</summary>
    public DateTimeOffset End { get; internal set; }

    /// <summary>The numbers, by the server's names with a capital at the beginning; whole numbers where the server sends such.</summary>
    public IReadOnlyDictionary<string, object> Value { get; internal set; } = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
