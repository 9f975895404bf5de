using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A firewall rule of a profile, or of an edge's own configuration: one item of the module <c>firewall</c>. The first rule that matches decides.</summary>
public sealed class VeloCloudFirewallRule : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[] { "name", "match", "action", "loggingEnabled", "ruleLogicalId" }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudFirewallRule(JsonElement e)
    {
        Name = VeloCloudJson.Text(e, "name") ?? string.Empty;
        LogicalId = VeloCloudJson.Text(e, "ruleLogicalId");
        IsLogged = VeloCloudJson.Flag(e, "loggingEnabled");
        if (e.TryGetProperty("action", out var action) && action.ValueKind is JsonValueKind.Object)
        {
            Action = VeloCloudJson.Text(action, "allow_or_deny") ?? VeloCloudJson.Text(action, "type");
        }

        if (e.TryGetProperty("match", out var match) && match.ValueKind is JsonValueKind.Object)
        {
            Source = FirewallMatch.Address(match, "s");
            SourcePort = FirewallMatch.Port(match, "s");
            Destination = FirewallMatch.Address(match, "d");
            DestinationPort = FirewallMatch.Port(match, "d");
            Protocol = FirewallMatch.Protocol(VeloCloudJson.Whole(match, "proto"));
            ApplicationId = VeloCloudJson.Whole(match, "appid") is >= 0 and var application ? application : null;
        }
    }

    /// <summary>The rule's name. Two rules may have the same one.</summary>
    public string Name { get; }

    /// <summary>Its place in the list of its segment, from 1.</summary>
    public int Position { get; internal set; }

    /// <summary>Outbound; or Inbound, for the port forwarding and 1:1 NAT rules of edges.</summary>
    public string Direction { get; internal set; } = string.Empty;

    /// <summary>The segment; null for inbound rules, which have none.</summary>
    public string? Segment { get; internal set; }

    /// <summary>The segment's number.</summary>
    public long? SegmentId { get; internal set; }

    /// <summary>allow or deny; of an inbound rule the kind of its translation.</summary>
    public string? Action { get; }

    /// <summary>From where: any, an address, a net, or <c>group:</c> and the logical id of an address group.</summary>
    public string Source { get; } = FirewallMatch.Any;

    /// <summary>From which ports: any, a number, a range, or <c>group:</c> and the logical id of a port group.</summary>
    public string SourcePort { get; } = FirewallMatch.Any;

    /// <summary>To where.</summary>
    public string Destination { get; } = FirewallMatch.Any;

    /// <summary>To which ports.</summary>
    public string DestinationPort { get; } = FirewallMatch.Any;

    /// <summary>any, TCP, UDP, ICMP, GRE, or the protocol's number.</summary>
    public string Protocol { get; } = FirewallMatch.Any;

    /// <summary>The application that is meant; null for any.</summary>
    public long? ApplicationId { get; }

    /// <summary>Whether what matches is logged.</summary>
    public bool? IsLogged { get; }

    /// <summary>The rule's logical id, where it has one.</summary>
    public string? LogicalId { get; }

    /// <summary>The profile's or edge's name.</summary>
    public string? Owner => Target?.Name;

    /// <summary>Profile or Edge.</summary>
    public string OwnerType => Target is { EdgeId: not null } ? "Edge" : "Profile";

    /// <summary>The configuration that the rule is in.</summary>
    public long? ConfigurationId => Target?.ConfigurationId;

    /// <summary>The edge, where the rule is one of its own.</summary>
    public long? EdgeId => Target?.EdgeId;

    /// <summary>The enterprise.</summary>
    public long? EnterpriseId => Target?.EnterpriseId;

    /// <summary>The enterprise's name, where it is known.</summary>
    public string? EnterpriseName => Target?.EnterpriseName;

    /// <summary>Whose rule it is.</summary>
    internal ConfigurationTarget? Target { get; set; }

    /// <summary>True where the rule matches everything: nothing below it is ever reached.</summary>
    internal bool TakesEverything { get; set; }

    /// <summary>The index of its segment in the module; -1 where the list stands in the module itself.</summary>
    internal int SegmentIndex { get; set; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>The rule as it stands in the module.</summary>
    internal JsonElement Element()
    {
        using var document = Parse();
        return document.RootElement.Clone();
    }
}
