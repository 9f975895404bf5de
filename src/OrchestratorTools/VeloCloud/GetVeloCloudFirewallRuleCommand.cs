using System.Management.Automation;
using System.Runtime.CompilerServices;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the firewall rules of profiles, or of edges' own configurations, in the order in which they hold.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudFirewallRule", DefaultParameterSetName = "Profile")]
[OutputType(typeof(VeloCloudFirewallRule))]
public sealed class GetVeloCloudFirewallRuleCommand : VeloCloudConfigurationCmdlet<VeloCloudFirewallRule>
{
    private VeloCloudNames _names = new(null);
    private WildcardPattern[] _segments = [];

    /// <summary>Names of rules, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Only rules of these segments: names, with wildcards, or numbers.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Segment { get; set; }

    /// <summary>Only outbound rules, or only inbound ones (port forwarding and 1:1 NAT of edges).</summary>
    [Parameter]
    [ValidateSet("Outbound", "Inbound")]
    public string? Direction { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _names = new VeloCloudNames(Name);
        _segments = Segment?.Select(s => WildcardPattern.Get(s, WildcardOptions.IgnoreCase)).ToArray() ?? [];
    }

    /// <inheritdoc/>
    private protected override async IAsyncEnumerable<VeloCloudFirewallRule> ReadAsync(VeloCloudClient client, VeloCloudConfigurationOwner owner, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await client.GetModuleAsync(owner.Configuration, FirewallRules.Module, cancellationToken).ConfigureAwait(false) is { } module)
        {
            foreach (var rule in FirewallRules.Read(module))
            {
                yield return rule;
            }
        }
    }

    /// <inheritdoc/>
    private protected override void Write(VeloCloudFirewallRule item)
    {
        var isWanted = (Direction is null || string.Equals(Direction, item.Direction, StringComparison.OrdinalIgnoreCase))
            && (_segments.Length == 0 || Array.Exists(_segments, s => s.IsMatch(item.Segment ?? string.Empty) || s.IsMatch(item.SegmentId?.ToString(global::System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty)));
        if (isWanted && _names.Takes(item.Name))
        {
            WriteObject(item);
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        base.OnEnd();
        if (!HasFailed)
        {
            foreach (var missing in _names.Missing())
            {
                WriteError(VeloCloudMessages.NotFound(nameof(Name), missing, "firewall rule", "Get-VeloCloudFirewallRule without a name lists those that there are"));
            }
        }
    }
}
