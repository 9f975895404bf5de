using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets that say what a vApp network is to be like.</summary>
public abstract class VcdVAppNetworkPlanCmdlet : VcdVAppNetworkTaskCmdlet
{
    /// <summary>The description.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>How it is connected: Isolated, Direct (it is the network of the virtual data center) or Routed (by a router of its own).</summary>
    [Parameter]
    public VcdVAppNetworkType? Type { get; set; }

    /// <summary>The network of the virtual data center that it leads to: a name, or what Get-VcdNetwork returned.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdNetwork>))]
    [ValidateNotNull]
    public VcdNetworkArgument? ParentNetwork { get; set; }

    /// <summary>The gateway's address, with the length of the prefix (192.168.2.1/24) or with -Netmask.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Gateway { get; set; }

    /// <summary>The netmask.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Netmask { get; set; }

    /// <summary>The first DNS server; an empty text: none.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Dns1 { get; set; }

    /// <summary>The second DNS server; an empty text: none.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Dns2 { get; set; }

    /// <summary>The DNS suffix; an empty text: none.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? DnsSuffix { get; set; }

    /// <summary>The ranges of addresses that are given out, first-last.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    public string[]? IPRange { get; set; }

    /// <summary>Keeps router and addresses while the vApp is not deployed.</summary>
    [Parameter]
    public SwitchParameter RetainResources { get; set; }

    /// <summary>DHCP on; with :$false off.</summary>
    [Parameter]
    public SwitchParameter Dhcp { get; set; }

    /// <summary>The addresses that DHCP gives out, first-last.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DhcpRange { get; set; }

    /// <summary>How long an address is lent, whole seconds.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? DhcpDefaultLeaseTime { get; set; }

    /// <summary>How long an address is lent at the most, whole seconds.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? DhcpMaximumLeaseTime { get; set; }

    /// <summary>The firewall on; with :$false off.</summary>
    [Parameter]
    public SwitchParameter Firewall { get; set; }

    /// <summary>What is done with packets that no rule matches.</summary>
    [Parameter]
    public VcdFirewallPolicy? FirewallDefaultAction { get; set; }

    /// <summary>Logs those.</summary>
    [Parameter]
    public SwitchParameter FirewallLogDefaultAction { get; set; }

    /// <summary>The rules of the firewall, all of them, in their order: hashtables, or what Get-VcdVAppNetwork returned.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    public VcdFirewallRule[]? FirewallRule { get; set; }

    /// <summary>Translation of addresses on; with :$false off.</summary>
    [Parameter]
    public SwitchParameter Nat { get; set; }

    /// <summary>How addresses are translated.</summary>
    [Parameter]
    public VcdNatType? NatType { get; set; }

    /// <summary>What may pass there.</summary>
    [Parameter]
    public VcdNatPolicy? NatPolicy { get; set; }

    /// <summary>The rules of translation, all of them, in their order: hashtables, or what Get-VcdVAppNetwork returned.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    public VcdNatRule[]? NatRule { get; set; }

    /// <inheritdoc/>
    private protected sealed override object? Companion => ParentNetwork?.Source;

    /// <summary>What was given, as a plan.</summary>
    private protected VcdVAppNetworkPlan PlanOf() => new()
    {
        Description = Description,
        Type = Type,
        ParentNetwork = ParentNetwork is null ? null : ParentNetwork.Item?.Href ?? ParentNetwork.Text,
        ParentIsAddress = ParentNetwork is { } parent && (parent.Item is not null || parent.IsAddress),
        Gateway = Gateway,
        Netmask = Netmask,
        Dns1 = Dns1,
        Dns2 = Dns2,
        DnsSuffix = DnsSuffix,
        IPRanges = IPRange,
        RetainsResources = Given(nameof(RetainResources), RetainResources),
        Dhcp = Given(nameof(Dhcp), Dhcp),
        DhcpRange = DhcpRange,
        DhcpDefaultLeaseTime = DhcpDefaultLeaseTime,
        DhcpMaximumLeaseTime = DhcpMaximumLeaseTime,
        Firewall = Given(nameof(Firewall), Firewall),
        FirewallDefaultAction = FirewallDefaultAction,
        FirewallLogsDefaultAction = Given(nameof(FirewallLogDefaultAction), FirewallLogDefaultAction),
        FirewallRules = FirewallRule,
        Nat = Given(nameof(Nat), Nat),
        NatType = NatType,
        NatPolicy = NatPolicy,
        NatRules = NatRule,
    };

    // A switch that was not typed leaves things as they are.
    private bool? Given(string name, SwitchParameter value) => MyInvocation.BoundParameters.ContainsKey(name) ? value.ToBool() : null;
}
