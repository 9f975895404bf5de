using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets what an enterprise is alerted of, and how often.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudAlertConfiguration")]
[OutputType(typeof(VeloCloudAlertConfiguration))]
public sealed class GetVeloCloudAlertConfigurationCommand : VeloCloudEnterpriseCmdlet<VeloCloudAlertConfiguration>
{
    private VeloCloudNames _names = new(null);

    /// <summary>What it is about, with wildcards: EDGE_DOWN, LINK_*, …</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudAlertNameCompleter))]
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
            WriteError(VeloCloudMessages.NotFound(nameof(Name), missing, "alert configuration", "Get-VeloCloudAlertConfiguration without a name lists those of the enterprise"));
        }
    }

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudAlertConfiguration> ReadAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken)
        => client.GetAlertConfigurationsAsync(enterprise.Id, enterprise.Name, cancellationToken);

    /// <inheritdoc/>
    private protected override void Write(VeloCloudAlertConfiguration item)
    {
        if (_names.Takes(item.Name))
        {
            WriteObject(item);
        }
    }
}
