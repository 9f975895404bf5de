namespace OrchestratorTools.Clients.Vcd;

/// <summary>What a vApp network is to be like; what is null is the server's choice, or stays.</summary>
public sealed record VcdVAppNetworkPlan
{
    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>How it is connected.</summary>
    public VcdVAppNetworkType? Type { get; init; }

    /// <summary>The network of the virtual data center that it leads to: a name, or an address.</summary>
    public string? ParentNetwork { get; init; }

    /// <summary>True where <see cref="ParentNetwork"/> is an id or an address.</summary>
    public bool ParentIsAddress { get; init; }

    /// <summary>The gateway's address, with or without the length of the prefix: 192.168.2.1/24.</summary>
    public string? Gateway { get; init; }

    /// <summary>The netmask.</summary>
    public string? Netmask { get; init; }

    /// <summary>The first DNS server; empty: none.</summary>
    public string? Dns1 { get; init; }

    /// <summary>The second DNS server; empty: none.</summary>
    public string? Dns2 { get; init; }

    /// <summary>The DNS suffix; empty: none.</summary>
    public string? DnsSuffix { get; init; }

    /// <summary>The ranges of addresses that are given out, "first-last".</summary>
    public IReadOnlyList<string>? IPRanges { get; init; }

    /// <summary>Whether router and addresses are kept while the vApp is not deployed.</summary>
    public bool? RetainsResources { get; init; }

    /// <summary>Whether DHCP is on.</summary>
    public bool? Dhcp { get; init; }

    /// <summary>The addresses that DHCP gives out, "first-last".</summary>
    public string? DhcpRange { get; init; }

    /// <summary>How long an address is lent, seconds.</summary>
    public int? DhcpDefaultLeaseTime { get; init; }

    /// <summary>How long an address is lent at the most, seconds.</summary>
    public int? DhcpMaximumLeaseTime { get; init; }

    /// <summary>Whether the firewall is on.</summary>
    public bool? Firewall { get; init; }

    /// <summary>What is done with packets that no rule matches.</summary>
    public VcdFirewallPolicy? FirewallDefaultAction { get; init; }

    /// <summary>Whether those are logged.</summary>
    public bool? FirewallLogsDefaultAction { get; init; }

    /// <summary>The rules of the firewall; empty: none.</summary>
    public IReadOnlyList<VcdFirewallRule>? FirewallRules { get; init; }

    /// <summary>Whether addresses are translated.</summary>
    public bool? Nat { get; init; }

    /// <summary>How addresses are translated.</summary>
    public VcdNatType? NatType { get; init; }

    /// <summary>What may pass there.</summary>
    public VcdNatPolicy? NatPolicy { get; init; }

    /// <summary>The rules of translation; empty: none.</summary>
    public IReadOnlyList<VcdNatRule>? NatRules { get; init; }

    /// <summary>The first parameter that says something of the addresses; null where none does.</summary>
    internal string? Addressing => Gateway is not null ? nameof(Gateway) : Netmask is not null ? nameof(Netmask) : Dns1 is not null ? nameof(Dns1) : Dns2 is not null ? nameof(Dns2) : DnsSuffix is not null ? nameof(DnsSuffix) : IPRanges is not null ? "IPRange" : null;

    /// <summary>The first parameter that says something of DHCP.</summary>
    internal string? OfDhcp => Dhcp is true ? nameof(Dhcp) : DhcpRange is not null ? nameof(DhcpRange) : DhcpDefaultLeaseTime is not null ? nameof(DhcpDefaultLeaseTime) : DhcpMaximumLeaseTime is not null ? nameof(DhcpMaximumLeaseTime) : null;

    /// <summary>The first parameter that says something of the router's other services.</summary>
    internal string? OfRouter => Firewall is true ? nameof(Firewall) : FirewallDefaultAction is not null ? nameof(FirewallDefaultAction) : FirewallLogsDefaultAction is true ? "FirewallLogDefaultAction" : FirewallRules is { Count: > 0 } ? "FirewallRule" : Nat is true ? nameof(Nat) : NatType is not null ? nameof(NatType) : NatPolicy is not null ? nameof(NatPolicy) : NatRules is { Count: > 0 } ? "NatRule" : null;
}
