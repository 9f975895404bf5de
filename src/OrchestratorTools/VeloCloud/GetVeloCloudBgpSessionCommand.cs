using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the BGP sessions of edges, and of the gateways for an enterprise.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudBgpSession")]
[OutputType(typeof(VeloCloudBgpSession))]
public sealed class GetVeloCloudBgpSessionCommand : VeloCloudMonitoringCmdlet<VeloCloudBgpSession>
{
    private VeloCloudPatterns _states = new(null);

    /// <summary>Only sessions in these states, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudBgpStateCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? State { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _states = new VeloCloudPatterns(State);
    }

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudBgpSession> ReadAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken)
        => client.GetBgpSessionsAsync(enterprise.Id, enterprise.Name, ofGateways: !IsOfEdges, cancellationToken);

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudBgpSession> ReadEdgeAsync(VeloCloudClient client, VeloCloudEdgeTarget edge, CancellationToken cancellationToken)
        => OfEdgeAsync(client, edge, s => s.EdgeId == edge.Id, cancellationToken);

    /// <inheritdoc/>
    private protected override void Write(VeloCloudBgpSession item)
    {
        if (_states.Fit(item.State))
        {
            WriteObject(item);
        }
    }
}
