using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets how edges feel: processor, memory, tunnels and flows of the newest sample, or of that of a time.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudEdgeStatus")]
[OutputType(typeof(VeloCloudEdgeStatus))]
public sealed class GetVeloCloudEdgeStatusCommand : VeloCloudMonitoringCmdlet<VeloCloudEdgeStatus>
{
    /// <summary>When; the newest sample where nothing is said.</summary>
    [Parameter]
    public DateTimeOffset? Time { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (Time > DateTimeOffset.UtcNow)
        {
            ThrowBadParameter(nameof(Time), Time, "a time that has passed is needed.");
        }
    }

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudEdgeStatus> ReadAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken)
        => client.GetEdgeStatusAsync(enterprise.Id, enterprise.Name, [], Time, cancellationToken);

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudEdgeStatus> ReadEdgeAsync(VeloCloudClient client, VeloCloudEdgeTarget edge, CancellationToken cancellationToken)
        => client.GetEdgeStatusAsync(edge.Enterprise.Id, edge.Enterprise.Name, [edge.Id], Time, cancellationToken);
}
