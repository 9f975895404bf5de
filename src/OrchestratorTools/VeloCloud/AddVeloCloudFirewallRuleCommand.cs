using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Adds an outbound firewall rule to profiles, or to edges' own configurations.</summary>
[Cmdlet(VerbsCommon.Add, "VeloCloudFirewallRule", SupportsShouldProcess = true, DefaultParameterSetName = "Profile")]
[OutputType(typeof(VeloCloudFirewallRule))]
public sealed class AddVeloCloudFirewallRuleCommand : VeloCloudConfigurationChangingCmdlet
{
    private readonly VeloCloudObjectGroupResolver _groups = new();
    private FirewallRuleDraft _draft = new(string.Empty, Allows: false);

    /// <summary>The rule's name. A segment that has a rule of this name gets no second one.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>Allow or Deny.</summary>
    [Parameter(Mandatory = true)]
    public VeloCloudFirewallAction Action { get; set; }

    /// <summary>The segment, by name or number. May be left out where there is only one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Segment { get; set; }

    /// <summary>From where: an IPv4 address, a net (10.0.0.0/8), or any.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Source { get; set; } = FirewallMatch.Any;

    /// <summary>From where: a group of addresses.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VeloCloudObjectGroupCompleter))]
    [ValidateNotNull]
    public VeloCloudObjectGroupArgument? SourceGroup { get; set; }

    /// <summary>From which ports: a number, a range (1024-65535), or any.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string SourcePort { get; set; } = FirewallMatch.Any;

    /// <summary>From which ports: a group of ports.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VeloCloudObjectGroupCompleter))]
    [ValidateNotNull]
    public VeloCloudObjectGroupArgument? SourcePortGroup { get; set; }

    /// <summary>To where: an IPv4 address, a net, or any.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = FirewallMatch.Any;

    /// <summary>To where: a group of addresses.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VeloCloudObjectGroupCompleter))]
    [ValidateNotNull]
    public VeloCloudObjectGroupArgument? DestinationGroup { get; set; }

    /// <summary>To which ports: a number, a range, or any.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string DestinationPort { get; set; } = FirewallMatch.Any;

    /// <summary>To which ports: a group of ports.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VeloCloudObjectGroupCompleter))]
    [ValidateNotNull]
    public VeloCloudObjectGroupArgument? DestinationPortGroup { get; set; }

    /// <summary>TCP, UDP, ICMP, GRE, a protocol's number, or any.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VeloCloudProtocolCompleter))]
    [ValidateNotNullOrEmpty]
    public string Protocol { get; set; } = FirewallMatch.Any;

    /// <summary>The application that is meant, by its number.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int ApplicationId { get; set; }

    /// <summary>The rule's place, from 1. Without it, -Before and -After, the rule is the last one.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Position { get; set; }

    /// <summary>The name of the rule that the new one comes before.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Before { get; set; }

    /// <summary>The name of the rule that the new one comes after.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? After { get; set; }

    /// <summary>Logs what the rule matches.</summary>
    [Parameter]
    public SwitchParameter Log { get; set; }

    /// <summary>Returns the rule as it is after the write.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (new[] { nameof(Position), nameof(Before), nameof(After) }.Count(MyInvocation.BoundParameters.ContainsKey) > 1)
        {
            ThrowBadParameter(nameof(Position), Position, "a rule's place is said once: by -Position, -Before or -After.");
        }

        Exclude(nameof(Source), Source, nameof(SourceGroup), SourceGroup);
        Exclude(nameof(SourcePort), SourcePort, nameof(SourcePortGroup), SourcePortGroup);
        Exclude(nameof(Destination), Destination, nameof(DestinationGroup), DestinationGroup);
        Exclude(nameof(DestinationPort), DestinationPort, nameof(DestinationPortGroup), DestinationPortGroup);
        _draft = new FirewallRuleDraft(Name, Action is VeloCloudFirewallAction.Allow)
        {
            Source = Address(nameof(Source), Source),
            SourcePort = Port(nameof(SourcePort), SourcePort),
            Destination = Address(nameof(Destination), Destination),
            DestinationPort = Port(nameof(DestinationPort), DestinationPort),
            Protocol = ProtocolNumber(),
            ApplicationId = MyInvocation.BoundParameters.ContainsKey(nameof(ApplicationId)) ? ApplicationId : -1,
            IsLogged = Log,
        };
        if ((_draft.SourcePort is not null || _draft.DestinationPort is not null) && _draft.Protocol is not (6 or 17))
        {
            ThrowBadParameter(nameof(Protocol), Protocol, "only TCP and UDP have ports; name one of them beside -SourcePort or -DestinationPort.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnOwner(VeloCloudClient client, VeloCloudConfigurationOwner owner)
    {
        var (target, read, profiles) = Await(token => ReadAsync(client, owner, token));
        var data = read?.Data() ?? JsonEdit.Parse(VeloCloudAssumptions.EmptyFirewallModule);
        var (segment, isNew) = ChosenSegment(owner, data, profiles);
        var rules = read is null ? [] : FirewallRules.Read(read).Where(r => r.Direction is "Outbound" && r.SegmentIndex == segment.Index && !isNew).ToArray();
        var place = PlaceAmong(rules, owner, segment);
        var rule = Await(token => WithGroupsAsync(client, owner, token)).ToJson();
        var wanted = isNew ? FirewallRules.InsertSegment(data, segment, rule) : FirewallRules.Insert(data, segment, place, rule);
        if (!isNew && rules.Take(place - 1).FirstOrDefault(r => r.TakesEverything) is { } above)
        {
            WriteWarning($"Rule '{Name}' will have no effect in {owner}: rule '{above.Name}' at position {above.Position} takes everything before it. -Position or -Before puts it above.");
        }

        var where = string.Create(CultureInfo.InvariantCulture, $"segment {(segment.Name is null ? "of older profiles" : $"'{segment.Name}'")}, position {place}");
        if (!ShouldProcess($"{owner} at {owner.Session.Server.Authority}", $"Add firewall rule '{Name}' ({(Action is VeloCloudFirewallAction.Allow ? "allow" : "deny")}; {where})"))
        {
            return;
        }

        Await(token => client.WriteModuleAsync(target, FirewallRules.Module, read, wanted, token));
        if (PassThru)
        {
            var after = Await(token => client.GetModuleAsync(target, FirewallRules.Module, token));
            WriteObject((after is null ? [] : FirewallRules.Read(after)).Where(r => r.Direction is "Outbound" && r.SegmentId == segment.Id && string.Equals(r.Name, Name, StringComparison.Ordinal)), enumerateCollection: true);
        }
    }

    // The module that there is, and for an edge the segments of its profile: an edge's own module has those that were changed for it.
    private static async Task<(ConfigurationTarget Target, VeloCloudConfigurationModule? Read, IReadOnlyList<FirewallSegment> Profiles)> ReadAsync(
        VeloCloudClient client, VeloCloudConfigurationOwner owner, CancellationToken cancellationToken)
    {
        if (owner.Configuration.EdgeId is not { } edge)
        {
            return (owner.Configuration, await client.GetModuleAsync(owner.Configuration, FirewallRules.Module, cancellationToken).ConfigureAwait(false), []);
        }

        var stack = await client.GetConfigurationStackAsync(edge, owner.Configuration.Name, owner.Configuration.EnterpriseId, owner.Configuration.EnterpriseName, cancellationToken).ConfigureAwait(false);
        return (
            owner.Configuration with { ConfigurationId = stack.Own.Id },
            stack.OwnModules.FirstOrDefault(m => m.Name is FirewallRules.Module),
            stack.ProfileModules.FirstOrDefault(m => m.Name is FirewallRules.Module) is { } module ? FirewallRules.Segments(module.Data()) : []);
    }

    private (FirewallSegment Segment, bool IsNew) ChosenSegment(VeloCloudConfigurationOwner owner, JsonElement data, IReadOnlyList<FirewallSegment> profiles)
    {
        var own = FirewallRules.Segments(data);
        var all = own.Select(s => (Segment: s, IsNew: false)).Concat(profiles.Where(p => own.All(s => s.Id != p.Id)).Select(p => (Segment: p, IsNew: true))).ToArray();
        var meant = Segment is null ? all : [.. all.Where(s => s.Segment.Is(Segment))];
        return meant.Length switch
        {
            1 => meant[0],
            0 => throw new OrchestratorApiException(
                OrchestratorSystem.VeloCloud,
                OrchestratorErrorKind.NotFound,
                all.Length == 0 ? $"The {owner} has no firewall segment that a rule can be added to. Nothing was written." : $"-Segment '{Segment}': the {owner} has no such segment; it has {string.Join(", ", all.Select(s => s.Segment))}. Nothing was written."),
            _ => throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Ambiguous, $"The {owner} has several segments: {string.Join(", ", meant.Select(s => s.Segment))}. Nothing was written.")
            {
                RecommendedAction = "Say with -Segment which one is meant.",
            },
        };
    }

    private int PlaceAmong(VeloCloudFirewallRule[] rules, VeloCloudConfigurationOwner owner, FirewallSegment segment)
    {
        if (Array.Find(rules, r => string.Equals(r.Name, Name, StringComparison.OrdinalIgnoreCase)) is { } same)
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Conflict, $"-Name '{Name}': {owner} has a firewall rule of that name ({FirewallRules.Place(same)}). Nothing was written.")
            {
                RecommendedAction = "Choose another name, or remove the other rule first: rules are told apart by their names.",
            };
        }

        if ((Before ?? After) is { } other)
        {
            VeloCloudFirewallRule[] named = [.. rules.Where(r => string.Equals(r.Name, other, StringComparison.OrdinalIgnoreCase))];
            return named.Length switch
            {
                1 => named[0].Position + (After is null ? 0 : 1),
                0 => throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"-{(Before is null ? nameof(After) : nameof(Before))} '{other}': {owner} has no such firewall rule in segment {segment}. Nothing was written.")
                {
                    RecommendedAction = "Get-VeloCloudFirewallRule lists the rules.",
                },
                _ => throw FirewallRules.Ambiguous(other, named),
            };
        }

        return Position == 0 ? rules.Length + 1
            : Position <= rules.Length + 1 ? Position
            : throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Validation, string.Create(CultureInfo.InvariantCulture, $"-Position {Position}: segment {segment} of {owner} has {rules.Length} rules; the last place is {rules.Length + 1}. Nothing was written."));
    }

    private async Task<FirewallRuleDraft> WithGroupsAsync(VeloCloudClient client, VeloCloudConfigurationOwner owner, CancellationToken cancellationToken)
        => _draft with
        {
            SourceAddressGroup = await LogicalIdAsync(client, owner, SourceGroup, nameof(SourceGroup), ObjectGroupData.AddressType, cancellationToken).ConfigureAwait(false),
            DestinationAddressGroup = await LogicalIdAsync(client, owner, DestinationGroup, nameof(DestinationGroup), ObjectGroupData.AddressType, cancellationToken).ConfigureAwait(false),
            SourcePortGroup = await LogicalIdAsync(client, owner, SourcePortGroup, nameof(SourcePortGroup), ObjectGroupData.PortType, cancellationToken).ConfigureAwait(false),
            DestinationPortGroup = await LogicalIdAsync(client, owner, DestinationPortGroup, nameof(DestinationPortGroup), ObjectGroupData.PortType, cancellationToken).ConfigureAwait(false),
        };

    private async Task<string?> LogicalIdAsync(VeloCloudClient client, VeloCloudConfigurationOwner owner, VeloCloudObjectGroupArgument? argument, string parameter, string type, CancellationToken cancellationToken)
    {
        if (argument is null)
        {
            return null;
        }

        var group = await _groups.ResolveAsync(client, owner.Enterprise, argument, parameter, type, cancellationToken).ConfigureAwait(false);
        return group.LogicalId ?? throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Protocol, $"Object group '{group.Name}' has no logical id, by which a rule would name it.");
    }

    private void Exclude(string parameter, string value, string groupParameter, VeloCloudObjectGroupArgument? group)
    {
        if (group is not null && MyInvocation.BoundParameters.ContainsKey(parameter))
        {
            ThrowBadParameter(parameter, value, $"either this or -{groupParameter}.");
        }
    }

    private (string Ip, string Mask, string RuleType)? Address(string parameter, string value)
    {
        if (value.Equals(FirewallMatch.Any, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (FirewallMatch.ParseAddress(value) is { } address)
        {
            return address;
        }

        ThrowBadParameter(parameter, value, "an IPv4 address (192.0.2.1), a net without bits beyond its prefix (10.0.0.0/8), or any. Other matches (IPv6, wildcards) are written with Set-VeloCloudConfigurationModule.");
        return null;
    }

    private (int Low, int High)? Port(string parameter, string value)
    {
        if (value.Equals(FirewallMatch.Any, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (FirewallMatch.ParsePort(value) is { } port)
        {
            return port;
        }

        ThrowBadParameter(parameter, value, "a port from 1 to 65535, a range (1024-65535), or any.");
        return null;
    }

    private int ProtocolNumber()
    {
        if (FirewallMatch.ParseProtocol(Protocol) is { } number)
        {
            return number;
        }

        ThrowBadParameter(nameof(Protocol), Protocol, $"{string.Join(", ", FirewallMatch.ProtocolNames)}, a number from 0 to 255, or any.");
        return -1;
    }
}
