using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the alerts of enterprises or edges that were triggered, newest first.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudAlert")]
[OutputType(typeof(VeloCloudAlert))]
public sealed class GetVeloCloudAlertCommand : VeloCloudLogCmdlet<VeloCloudAlert>
{
    private VeloCloudPatterns _types = new(null);
    private VeloCloudPatterns _states = new(null);

    /// <summary>Only these kinds of alert, with wildcards: EDGE_DOWN, LINK_*, …</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudAlertTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Type { get; set; }

    /// <summary>Only alerts in these states: PENDING, ACTIVE, CLOSED.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudAlertStateCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? State { get; set; }

    /// <inheritdoc/>
    private protected override bool IsChosenHere => Type is not null || State is not null || IsOfEdges;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _types = new VeloCloudPatterns(Type);
        _states = new VeloCloudPatterns(State);
    }

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudAlert> ReadAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken)
        => ChooseAsync(client.GetAlertsAsync(QueryOf(enterprise), cancellationToken), null, cancellationToken);

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudAlert> ReadEdgeAsync(VeloCloudClient client, VeloCloudEdgeTarget edge, CancellationToken cancellationToken)
    {
        // The call knows no edges: the enterprise's alerts are walked, and this edge's are chosen.
        var query = QueryOf(edge.Enterprise) with { First = null };
        return ChooseAsync(
            client.GetAlertsAsync(query, cancellationToken),
            a => a.EdgeId is { } id ? id == edge.Id : string.Equals(a.EdgeName, edge.Name, StringComparison.Ordinal),
            cancellationToken);
    }

    /// <inheritdoc/>
    private protected override bool IsWanted(VeloCloudAlert item) => _types.Fit(item.Type) && _states.Fit(item.State);
}
