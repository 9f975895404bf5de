using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the devices behind the edges of an enterprise, or behind one edge.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudClientDevice")]
[OutputType(typeof(VeloCloudClientDevice))]
public sealed class GetVeloCloudClientDeviceCommand : VeloCloudMonitoringCmdlet<VeloCloudClientDevice>
{
    private VeloCloudNames _names = new(null);

    /// <summary>Host names, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _names = new VeloCloudNames(Name);
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        base.OnEnd();

        // Where a server did not answer, nobody knows what it has.
        foreach (var missing in HasFailed ? [] : _names.Missing())
        {
            WriteError(VeloCloudMessages.NotFound(nameof(Name), missing, "device", "Get-VeloCloudClientDevice without a name lists those of the enterprise"));
        }
    }

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudClientDevice> ReadAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken)
        => client.GetClientDevicesAsync(enterprise.Id, enterprise.Name, enterprise.LogicalId, cancellationToken);

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudClientDevice> ReadEdgeAsync(VeloCloudClient client, VeloCloudEdgeTarget edge, CancellationToken cancellationToken)
        => OfEdgeAsync(client, edge, d => string.Equals(d.EdgeLogicalId, edge.LogicalId, StringComparison.OrdinalIgnoreCase), cancellationToken);

    /// <inheritdoc/>
    private protected override void Write(VeloCloudClientDevice item)
    {
        if (_names.Takes(item.HostName))
        {
            WriteObject(item);
        }
    }
}
