using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>How a vApp network is connected, in the words that networks have elsewhere (schema: isolated, bridged, natRouted).</summary>
public enum VcdVAppNetworkType
{
    /// <summary>To nothing.</summary>
    Isolated,

    /// <summary>It is a network of the virtual data center (bridged).</summary>
    Direct,

    /// <summary>By a router of its own to a network of the virtual data center (natRouted).</summary>
    Routed,
}

/// <summary>A network of a vApp: one of the NetworkConfig elements of its NetworkConfigSection.</summary>
public sealed class VcdVAppNetwork : ServerObject, IOfTenant
{
    internal VcdVAppNetwork(XElement config, XElement vapp)
    {
        Name = VcdXml.Text(config, "networkName") ?? string.Empty;
        VApp = VcdXml.Text(vapp, "name") ?? string.Empty;
        Href = VcdXml.Text(vapp, "href") ?? string.Empty;
        NetworkHref = VcdLink.Of(vapp).FirstOrDefault(l => l.Rel is "down" && l.IsOf("vAppNetwork") && l.Name == Name)?.Href;
        Description = VcdXml.ChildText(config, "Description") is { Length: > 0 } text ? text : null;
        IsDeployed = VcdXml.Flag(VcdXml.ChildText(config, "IsDeployed"));
        VMs = VcdBodies.ConnectedTo(vapp, Name);

        var configuration = VcdXml.Child(config, "Configuration");
        string? Said(XElement? element, string name) => element is not null && VcdXml.ChildText(element, name) is { Length: > 0 } value ? value : null;
        Type = VcdAssumptions.NetworkType(Said(configuration, "FenceMode"));
        var parent = VcdReference.Of(VcdXml.ChildOf(configuration, "ParentNetwork"));
        ParentNetwork = parent?.Name;
        ParentNetworkHref = parent?.Href;
        RetainsResources = VcdXml.Flag(Said(configuration, "RetainNetInfoAcrossDeployments")) ?? false;
        RouterIPAddress = Said(VcdXml.ChildOf(configuration, "RouterInfo"), "ExternalIp");

        var scope = configuration is null ? null : VcdBodies.ScopeOf(configuration);
        Gateway = Said(scope, "Gateway");
        Netmask = Said(scope, "Netmask");
        PrefixLength = VcdSubnet.PrefixOf(Netmask);
        Dns1 = Said(scope, "Dns1");
        Dns2 = Said(scope, "Dns2");
        DnsSuffix = Said(scope, "DnsSuffix");
        IPRanges = VcdXml.Children(VcdXml.ChildOf(scope, "IpRanges"), "IpRange").Select(RangeOf).ToArray();

        var features = VcdXml.ChildOf(configuration, "Features");
        var dhcp = VcdXml.ChildOf(features, "DhcpService");
        IsDhcpEnabled = VcdXml.Flag(Said(dhcp, "IsEnabled")) ?? false;
        DhcpRange = VcdXml.ChildOf(dhcp, "IpRange") is { } range ? RangeOf(range) : null;
        DhcpDefaultLeaseTime = (int?)VcdXml.Number(Said(dhcp, "DefaultLeaseTime"));
        DhcpMaximumLeaseTime = (int?)VcdXml.Number(Said(dhcp, "MaxLeaseTime"));

        var firewall = VcdXml.ChildOf(features, "FirewallService");
        IsFirewallEnabled = VcdXml.Flag(Said(firewall, "IsEnabled")) ?? false;
        FirewallDefaultAction = Said(firewall, "DefaultAction");
        FirewallLogsDefaultAction = VcdXml.Flag(Said(firewall, "LogDefaultAction")) ?? false;
        FirewallRules = VcdXml.Children(firewall, "FirewallRule").Select(r => new VcdFirewallRule(r)).ToArray();

        var nat = VcdXml.ChildOf(features, "NatService");
        var machines = VcdBodies.MachinesById(vapp);
        IsNatEnabled = VcdXml.Flag(Said(nat, "IsEnabled")) ?? false;
        NatType = Said(nat, "NatType");
        NatPolicy = Said(nat, "Policy");
        NatRules = VcdXml.Children(nat, "NatRule").Select(r => new VcdNatRule(r, id => machines.GetValueOrDefault(id))).ToArray();
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The name of the vApp.</summary>
    public string VApp { get; }

    /// <summary>The address of the vApp.</summary>
    public string Href { get; }

    /// <summary>The address of the network itself, where the server says it.</summary>
    public string? NetworkHref { get; }

    /// <summary>The description.</summary>
    public string? Description { get; }

    /// <summary>Isolated, Direct or Routed; anything else as the server writes it.</summary>
    public string? Type { get; }

    /// <summary>The network of the virtual data center that it leads to; null of an isolated one.</summary>
    public string? ParentNetwork { get; }

    /// <summary>The address of that network.</summary>
    public string? ParentNetworkHref { get; }

    /// <summary>The gateway's address.</summary>
    public string? Gateway { get; }

    /// <summary>The netmask.</summary>
    public string? Netmask { get; }

    /// <summary>The length of the netmask's prefix: 24 of 255.255.255.0.</summary>
    public int? PrefixLength { get; }

    /// <summary>The first DNS server.</summary>
    public string? Dns1 { get; }

    /// <summary>The second DNS server.</summary>
    public string? Dns2 { get; }

    /// <summary>The DNS suffix.</summary>
    public string? DnsSuffix { get; }

    /// <summary>The ranges of addresses that are given out, "first-last".</summary>
    public IReadOnlyList<string> IPRanges { get; }

    /// <summary>The address of its router in the network above, where it has one.</summary>
    public string? RouterIPAddress { get; }

    /// <summary>True where router and addresses are kept while the vApp is not deployed.</summary>
    public bool RetainsResources { get; }

    /// <summary>True where it is deployed.</summary>
    public bool? IsDeployed { get; }

    /// <summary>True where DHCP is on.</summary>
    public bool IsDhcpEnabled { get; }

    /// <summary>The addresses that DHCP gives out, "first-last".</summary>
    public string? DhcpRange { get; }

    /// <summary>How long an address is lent, seconds.</summary>
    public int? DhcpDefaultLeaseTime { get; }

    /// <summary>How long an address is lent at the most, seconds.</summary>
    public int? DhcpMaximumLeaseTime { get; }

    /// <summary>True where the firewall is on.</summary>
    public bool IsFirewallEnabled { get; }

    /// <summary>What is done with packets that no rule matches: allow or drop.</summary>
    public string? FirewallDefaultAction { get; }

    /// <summary>True where those are logged.</summary>
    public bool FirewallLogsDefaultAction { get; }

    /// <summary>The rules of the firewall, in their order.</summary>
    public IReadOnlyList<VcdFirewallRule> FirewallRules { get; }

    /// <summary>True where addresses are translated.</summary>
    public bool IsNatEnabled { get; }

    /// <summary>ipTranslation or portForwarding.</summary>
    public string? NatType { get; }

    /// <summary>allowTraffic or allowTrafficIn.</summary>
    public string? NatPolicy { get; }

    /// <summary>The rules of translation, in their order.</summary>
    public IReadOnlyList<VcdNatRule> NatRules { get; }

    /// <summary>The names of the virtual machines that are connected to it.</summary>
    public IReadOnlyList<string> VMs { get; }

    /// <inheritdoc/>
    VcdTenant? IOfTenant.Tenant { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string RangeOf(XElement range) => $"{VcdXml.ChildText(range, "StartAddress")}-{VcdXml.ChildText(range, "EndAddress")}";
}
