using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Removes firewall rules from profiles, or from edges' own configurations.</summary>
[Cmdlet(VerbsCommon.Remove, "VeloCloudFirewallRule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = "Object")]
[OutputType(typeof(void))]
public sealed class RemoveVeloCloudFirewallRuleCommand : VeloCloudConfigurationChangingCmdlet
{
    /// <summary>The rules: what Get-VeloCloudFirewallRule returned.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Object")]
    [ValidateNotNull]
    public VeloCloudFirewallRule[]? InputObject { get; set; }

    /// <summary>The rule's name; one that several rules have is an error.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Profile")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Edge")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>The segment in which the rule is, by name or number.</summary>
    [Parameter(ParameterSetName = "Profile")]
    [Parameter(ParameterSetName = "Edge")]
    [ValidateNotNullOrEmpty]
    public string? Segment { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        base.OnRecord();
        foreach (var rule in ParameterSetName is "Object" ? InputObject ?? [] : [])
        {
            CurrentTarget = rule;
            Attempt(
                () =>
                {
                    var session = Session(rule);
                    if (rule.Target is { } target)
                    {
                        var client = new VeloCloudClient(session, RequestObserver);
                        var module = Await(token => client.GetModuleAsync(target, FirewallRules.Module, token));
                        var found = FirewallRules.FindAgain(rule, module is null ? [] : [.. FirewallRules.Read(module)]);
                        Remove(client, session, target, module!, found);
                    }
                },
                rule);
        }
    }

    /// <inheritdoc/>
    private protected override void OnOwner(VeloCloudClient client, VeloCloudConfigurationOwner owner)
    {
        var target = Await(token => client.LocateAsync(owner.Configuration, token));
        var module = Await(token => client.GetModuleAsync(target, FirewallRules.Module, token));
        VeloCloudFirewallRule[] found = module is null ? [] : [.. FirewallRules.Read(module).Where(r => string.Equals(r.Name, Name, StringComparison.OrdinalIgnoreCase) && IsInSegment(r))];
        switch (found.Length)
        {
            case 1:
                Remove(client, owner.Session, target, module!, found[0]);
                break;
            case 0:
                throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"-Name '{Name}': {owner} has no such firewall rule{(Segment is null ? string.Empty : $" in segment '{Segment}'")}. Nothing was written.")
                {
                    RecommendedAction = "Get-VeloCloudFirewallRule lists the rules.",
                };
            default:
                throw FirewallRules.Ambiguous(Name, found);
        }
    }

    private bool IsInSegment(VeloCloudFirewallRule rule)
        => Segment is null || string.Equals(rule.Segment, Segment, StringComparison.OrdinalIgnoreCase)
           || string.Equals(rule.SegmentId?.ToString(global::System.Globalization.CultureInfo.InvariantCulture), Segment, StringComparison.Ordinal);

    private void Remove(VeloCloudClient client, VeloCloudSession session, ConfigurationTarget target, VeloCloudConfigurationModule module, VeloCloudFirewallRule rule)
    {
        if (ShouldProcess($"{target} at {session.Server.Authority}", $"Remove firewall rule '{rule.Name}' ({rule.Action}; {FirewallRules.Place(rule)})"))
        {
            Await(token => client.WriteModuleAsync(target, FirewallRules.Module, module, FirewallRules.Remove(module.Data(), rule), token));
        }
    }
}
