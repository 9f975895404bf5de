using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets how links are now: those that were active in the last 24 hours.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudLinkStatus")]
[OutputType(typeof(VeloCloudLinkStatus))]
public sealed class GetVeloCloudLinkStatusCommand : VeloCloudMonitoringCmdlet<VeloCloudLinkStatus>
{
    private VeloCloudPatterns _states = new(null);

    /// <summary>Only links in these states, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudLinkStateCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? State { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _states = new VeloCloudPatterns(State);
    }

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudLinkStatus> ReadAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken)
        => client.GetLinkStatusAsync(enterprise.Id, cancellationToken);

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudLinkStatus> ReadEdgeAsync(VeloCloudClient client, VeloCloudEdgeTarget edge, CancellationToken cancellationToken)
        => OfEdgeAsync(client, edge, s => s.EdgeId == edge.Id, cancellationToken);

    /// <inheritdoc/>
    private protected override void Write(VeloCloudLinkStatus item)
    {
        if (_states.Fit(item.State))
        {
            WriteObject(item);
        }
    }
}
