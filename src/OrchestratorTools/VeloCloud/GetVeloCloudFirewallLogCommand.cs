using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets lines of the firewalls' log of enterprises or edges, newest first.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudFirewallLog")]
[OutputType(typeof(VeloCloudFirewallLogEntry))]
public sealed class GetVeloCloudFirewallLogCommand : VeloCloudLogCmdlet<VeloCloudFirewallLogEntry>
{
    private VeloCloudPatterns _types = new(null);

    /// <summary>Only these kinds of line, with wildcards: DENY, OPEN, CLOSE, ALLOW.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudFirewallLineCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Type { get; set; }

    /// <summary>Only traffic from these addresses.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? SourceIp { get; set; }

    /// <summary>Only traffic to these addresses.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? DestinationIp { get; set; }

    /// <inheritdoc/>
    private protected override bool IsChosenHere => Type is not null;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _types = new VeloCloudPatterns(Type);
    }

    /// <inheritdoc/>
    private protected override VeloCloudLogQuery Query() => base.Query() with { SourceIps = SourceIp ?? [], DestinationIps = DestinationIp ?? [] };

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudFirewallLogEntry> ReadAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken)
        => ChooseAsync(client.GetFirewallLogAsync(QueryOf(enterprise), cancellationToken), null, cancellationToken);

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudFirewallLogEntry> ReadEdgeAsync(VeloCloudClient client, VeloCloudEdgeTarget edge, CancellationToken cancellationToken)
        => ChooseAsync(client.GetFirewallLogAsync(QueryOf(edge.Enterprise, edge), cancellationToken), null, cancellationToken);

    /// <inheritdoc/>
    private protected override bool IsWanted(VeloCloudFirewallLogEntry item) => _types.Fit(item.Type ?? (item.IsAllowed is false ? "DENY" : "ALLOW"));
}
