using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets statistics of edges or enterprises: sums over an interval, or each sample of it.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudMetric")]
[OutputType(typeof(VeloCloudMetric))]
public sealed class GetVeloCloudMetricCommand : VeloCloudMonitoringCmdlet<VeloCloudMetric>
{
    private VeloCloudMetricQuery _query = null!;

    /// <summary>What they are counted by.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public VeloCloudMetricKind By { get; set; }

    /// <summary>Where the interval starts; twelve hours before its end where nothing is said.</summary>
    [Parameter]
    public DateTimeOffset? Start { get; set; }

    /// <summary>Where it ends; ten minutes ago where nothing is said, since statistics are seen that late.</summary>
    [Parameter]
    public DateTimeOffset? End { get; set; }

    /// <summary>Each sample, and not the sums.</summary>
    [Parameter]
    public SwitchParameter Series { get; set; }

    /// <summary>Only these metrics.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VeloCloudMetricCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Metric { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        var now = DateTimeOffset.UtcNow;
        var interval = VeloCloudInterval.OfStatistics(Start, End, now);
        _query = new VeloCloudMetricQuery(By, interval) { Series = Series, Metrics = [.. (Metric ?? []).Select(NameOf).Distinct(StringComparer.Ordinal)] };
        if (interval.MayLack(now))
        {
            WriteWarning(string.Create(CultureInfo.InvariantCulture, $"The interval ends less than {VeloCloudInterval.Lag.TotalMinutes} minutes ago: its newest statistics may not be there yet."));
        }
    }

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudMetric> ReadAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken)
        => Series || !MetricCatalog.IsOfEnterprises(By)
            ? throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Validation, Series ? "-Series: the server has the series of edges, and none of whole enterprises." : $"-By {By}: the server has these numbers of edges, and none of whole enterprises.")
            {
                RecommendedAction = "Name edges with -Edge, or pipe Get-VeloCloudEdge into this cmdlet." + (By is VeloCloudMetricKind.Health or VeloCloudMetricKind.Status ? " Get-VeloCloudEdgeStatus tells how all edges of an enterprise feel now." : string.Empty),
            }
            : client.GetMetricsAsync(
                _query with { EnterpriseId = enterprise.Id, EnterpriseName = enterprise.Name, EnterpriseLogicalId = enterprise.LogicalId },
                cancellationToken);

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudMetric> ReadEdgeAsync(VeloCloudClient client, VeloCloudEdgeTarget edge, CancellationToken cancellationToken)
        => client.GetMetricsAsync(
            _query with
            {
                EnterpriseId = edge.Enterprise.Id,
                EnterpriseName = edge.Enterprise.Name,
                EnterpriseLogicalId = edge.Enterprise.LogicalId,
                EdgeId = edge.Id,
                EdgeName = edge.Name,
                EdgeLogicalId = edge.LogicalId,
            },
            cancellationToken);

    /// <inheritdoc/>
    private protected override void Write(VeloCloudMetric item)
    {
        // Each metric is a property of the object, so that it can be selected, sorted and exported; Value holds them all.
        var written = PSObject.AsPSObject(item);
        foreach (var (name, number) in item.Value)
        {
            if (written.Properties[name] is null)
            {
                written.Properties.Add(new PSNoteProperty(name, number));
            }
        }

        WriteObject(written);
    }

    // The server's spelling of a metric; what the definition does not have is an error before anything is sent.
    private string NameOf(string metric)
    {
        var known = MetricCatalog.MetricsOf(By);
        if (By is VeloCloudMetricKind.Quality)
        {
            ThrowBadParameter(nameof(Metric), metric, "the scores of links come together: leave -Metric out.");
        }

        if (known.FirstOrDefault(k => string.Equals(k, metric, StringComparison.OrdinalIgnoreCase)) is { } name)
        {
            return name;
        }

        if (known.Count > 0)
        {
            ThrowBadParameter(nameof(Metric), metric, $"-By {By} has {string.Join(", ", known)}.");
        }

        return metric;
    }
}
