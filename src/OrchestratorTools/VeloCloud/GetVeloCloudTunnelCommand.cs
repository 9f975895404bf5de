using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the tunnels of edges to services that are no SD-WAN, or the other ends of their SD-WAN tunnels.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudTunnel", DefaultParameterSetName = "Service")]
[OutputType(typeof(VeloCloudTunnel), ParameterSetName = ["Service"])]
[OutputType(typeof(VeloCloudPeer), ParameterSetName = ["Peer"])]
public sealed class GetVeloCloudTunnelCommand : VeloCloudMonitoringCmdlet<VeloCloudObject>
{
    private VeloCloudPatterns _states = new(null);

    /// <summary>Only tunnels in these states, with wildcards.</summary>
    [Parameter(ParameterSetName = "Service")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudTunnelStateCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? State { get; set; }

    /// <summary>The other ends of the edges' SD-WAN tunnels: gateways, hubs, other edges. One request an edge.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Peer")]
    public SwitchParameter Peer { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _states = new VeloCloudPatterns(State);
    }

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudObject> ReadAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken)
        => Peer
            ? throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Validation, "-Peer: the server tells the other ends of one edge at a time.") { RecommendedAction = "Name edges with -Edge, or pipe Get-VeloCloudEdge into this cmdlet." }
            : client.GetTunnelsAsync(enterprise.Id, enterprise.Name, null, cancellationToken);

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudObject> ReadEdgeAsync(VeloCloudClient client, VeloCloudEdgeTarget edge, CancellationToken cancellationToken)
        => Peer
            ? client.GetPeersAsync(edge.Enterprise.Id, edge.Enterprise.Name, edge.Id, edge.Name, cancellationToken)
            : client.GetTunnelsAsync(edge.Enterprise.Id, edge.Enterprise.Name, edge.Id, cancellationToken);

    /// <inheritdoc/>
    private protected override void Write(VeloCloudObject item)
    {
        if (item is not VeloCloudTunnel tunnel || _states.Fit(tunnel.State))
        {
            WriteObject(item);
        }
    }
}
