using System.Net;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Networks of vApps on a scripted wire: the section as it was read, with one network added, changed or taken away (recorded sections; the guide's "Update a vApp Network Configuration").</summary>
public sealed class VcdVAppNetworkTests
{
    private const string VApp = "/api/vApp/vapp-00000000-0000-4000-8000-0000000000b1";
    private const string Vdc = "/api/vdc/00000000-0000-4000-8000-0000000000d1";
    private const string Dmz = "/api/network/00000000-0000-4000-8000-0000000000c1";
    private const string Lan = "/api/network/00000000-0000-4000-8000-0000000000c2";
    private static readonly XNamespace Ns = VcdXml.Namespace;

    private const string Placeholder = "<NetworkConfig networkName=\"none\"><Description>place-holder</Description><Configuration><IpScopes><IpScope><IsInherited>false</IsInherited><Gateway>196.254.254.254</Gateway><Netmask>255.255.0.0</Netmask></IpScope></IpScopes><FenceMode>isolated</FenceMode></Configuration><IsDeployed>false</IsDeployed></NetworkConfig>";
    private const string Bridged = "<NetworkConfig networkName=\"dmz\"><Configuration><IpScopes><IpScope><IsInherited>true</IsInherited><Gateway>10.0.0.1</Gateway><Netmask>255.0.0.0</Netmask></IpScope></IpScopes><ParentNetwork href=\"HOST" + Dmz + "\" name=\"dmz\"/><FenceMode>bridged</FenceMode></Configuration><IsDeployed>true</IsDeployed></NetworkConfig>";
    private const string Routed = "<NetworkConfig networkName=\"inner\"><Description>old</Description><Configuration><IpScopes><IpScope><IsInherited>false</IsInherited><Gateway>192.168.7.1</Gateway><Netmask>255.255.255.0</Netmask><Dns1>8.8.8.8</Dns1><DnsSuffix>x.example</DnsSuffix><IsEnabled>true</IsEnabled><IpRanges><IpRange><StartAddress>192.168.7.10</StartAddress><EndAddress>192.168.7.20</EndAddress></IpRange></IpRanges></IpScope></IpScopes>"
        + "<ParentNetwork href=\"HOST" + Dmz + "\" name=\"dmz\"/><FenceMode>natRouted</FenceMode><RetainNetInfoAcrossDeployments>false</RetainNetInfoAcrossDeployments><Features>"
        + "<DhcpService><IsEnabled>true</IsEnabled><DefaultLeaseTime>100</DefaultLeaseTime><MaxLeaseTime>200</MaxLeaseTime><IpRange><StartAddress>192.168.7.100</StartAddress><EndAddress>192.168.7.120</EndAddress></IpRange><DomainName>kept</DomainName></DhcpService>"
        + "<FirewallService><IsEnabled>true</IsEnabled><DefaultAction>drop</DefaultAction><LogDefaultAction>true</LogDefaultAction><FirewallRule><Id>7</Id><IsEnabled>true</IsEnabled><MatchOnTranslate>true</MatchOnTranslate><Description>web</Description><Policy>allow</Policy><Protocols><Tcp>true</Tcp></Protocols><DestinationPortRange>443</DestinationPortRange><DestinationVm><VAppScopedVmId>id-1</VAppScopedVmId><VmNicId>0</VmNicId><IpType>assigned</IpType></DestinationVm><SourcePortRange>Any</SourcePortRange><SourceIp>external</SourceIp><EnableLogging>false</EnableLogging></FirewallRule></FirewallService>"
        + "<NatService><IsEnabled>true</IsEnabled><NatType>portForwarding</NatType><Policy>allowTrafficIn</Policy><NatRule><Id>65537</Id><VmRule><ExternalIpAddress>10.0.0.9</ExternalIpAddress><ExternalPort>8022</ExternalPort><VAppScopedVmId>id-1</VAppScopedVmId><VmNicId>0</VmNicId><InternalPort>22</InternalPort><Protocol>TCP</Protocol></VmRule></NatRule></NatService>"
        + "<StaticRoutingService><IsEnabled>false</IsEnabled></StaticRoutingService></Features><RouterInfo><ExternalIp>10.0.0.9</ExternalIp></RouterInfo></Configuration><IsDeployed>true</IsDeployed></NetworkConfig>";
    private const string Idle = "<NetworkConfig networkName=\"idle\"><Configuration><IpScopes><IpScope><IsInherited>false</IsInherited><Gateway>192.168.9.1</Gateway><Netmask>255.255.255.0</Netmask></IpScope></IpScopes><FenceMode>isolated</FenceMode></Configuration></NetworkConfig>";

    public static TheoryData<string, string, VcdVAppNetworkPlan> Bad => new()
    {
        { "-Gateway: it is needed", "x", new VcdVAppNetworkPlan() },
        { "-Netmask: it is needed", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1" } },
        { "'192.168.2.300': it is no IPv4", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.300/24" } },
        { "'192.168.02.1': it is no IPv4", "x", new VcdVAppNetworkPlan { Gateway = "192.168.02.1/24" } },
        { "-Gateway '192.168.2.0': in the subnet 192.168.2.0/24 it is the subnet itself", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.0/24" } },
        { "it is the broadcast address", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.255/24" } },
        { "the length of the prefix is 1 to 30", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/31" } },
        { "the length of the prefix is 1 to 30", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/0" } },
        { "-Netmask '255.255.255.0': -Gateway '192.168.2.1/24' says it already", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/24", Netmask = "255.255.255.0" } },
        { "-Netmask '255.0.255.0': it is no netmask", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1", Netmask = "255.0.255.0" } },
        { "-Dns1 'here': it is no IPv4", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/24", Dns1 = "here" } },
        { "-IPRange '192.168.2.10-': a range", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/24", IPRanges = ["192.168.2.10-"] } },
        { "-IPRange '192.168.3.10-192.168.3.20': not every address of it is one that a machine of the subnet 192.168.2.0/24 can have (192.168.2.1 to 192.168.2.254)", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/24", IPRanges = ["192.168.3.10-192.168.3.20"] } },
        { "not every address", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/24", IPRanges = ["192.168.2.200-192.168.2.255"] } },
        { "not every address", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/25", IPRanges = ["192.168.2.100-192.168.2.130"] } },
        { "its first address comes after its last", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/24", IPRanges = ["192.168.2.20-192.168.2.10"] } },
        { "overlaps 192.168.2.10-192.168.2.20", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/24", IPRanges = ["192.168.2.20-192.168.2.30", "192.168.2.10-192.168.2.20"] } },
        { "the gateway 192.168.2.15 is in it", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.15/24", IPRanges = ["192.168.2.10-192.168.2.20"] } },
        { "-DhcpRange: it is needed", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/24", Dhcp = true } },
        { "-DhcpRange '192.168.3.1-192.168.3.9': not every address", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/24", DhcpRange = "192.168.3.1-192.168.3.9" } },
        { "-DhcpDefaultLeaseTime '9000': an address would be lent for 9000 seconds, and for 10 at the most", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/24", DhcpRange = "192.168.2.100-192.168.2.110", DhcpDefaultLeaseTime = 9000, DhcpMaximumLeaseTime = 10 } },
        { "-Firewall: it needs a routed network", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/24", Firewall = true } },
        { "-NatRule: it needs a routed network", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/24", NatRules = [new VcdNatRule()] } },
        { "-ParentNetwork 'dmz': -Type is Isolated", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/24", ParentNetwork = "dmz", Type = VcdVAppNetworkType.Isolated } },
        { "-Type 'Routed': it needs -ParentNetwork", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/24", Type = VcdVAppNetworkType.Routed } },
        { "-Gateway: a direct network is 'dmz' itself", "x", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/24", ParentNetwork = "dmz" } },
        { "-DhcpRange: a direct network is 'dmz' itself", "x", new VcdVAppNetworkPlan { DhcpRange = "192.168.2.1-192.168.2.9", ParentNetwork = "dmz" } },
        { "-ParentNetwork 'nosuch': virtual data center 'v1' of vApp 'web' has no such network; it has 'dmz', 'lan'", "x", new VcdVAppNetworkPlan { ParentNetwork = "nosuch" } },
        { "-Name 'inner': vApp 'web' has a network of that name", "inner", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/24" } },
        { "-Name 'INNER': vApp 'web' has a network of that name", "INNER", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/24" } },
        { "-Name 'None': it means", "None", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/24" } },
        { "-FirewallRule 'a': DestinationPort '80-' is no port", "x", Router with { FirewallRules = [new VcdFirewallRule { Description = "a", DestinationPort = "80-" }] } },
        { "-FirewallRule '2': SourcePort '90-80'", "x", Router with { FirewallRules = [new VcdFirewallRule(), new VcdFirewallRule { SourcePort = "90-80" }] } },
        { "Protocol 'Icmp, Tcp' is neither", "x", Router with { FirewallRules = [new VcdFirewallRule { Protocol = ["Icmp", "Tcp"] }] } },
        { "IcmpSubType 'echo-request' needs", "x", Router with { FirewallRules = [new VcdFirewallRule { IcmpSubType = "echo-request" }] } },
        { "-NatRule '1': VM is missing", "x", Router with { NatRules = [new VcdNatRule()] } },
        { "vApp 'web' has no virtual machine 'db'; it has 'web-1', 'web-2'", "x", Router with { NatRules = [new VcdNatRule { VM = "db" }] } },
        { "virtual machine 'web-1' has no adapter 3; it has 0", "x", Router with { NatRules = [new VcdNatRule { VM = "web-1", NicIndex = 3 }] } },
        { "it has ports, and -NatType is IPTranslation", "x", Router with { NatType = VcdNatType.IPTranslation, NatRules = [new VcdNatRule { VM = "web-1", ExternalPort = 1 }] } },
        { "ExternalPort is missing", "x", Router with { NatType = VcdNatType.PortForwarding, NatRules = [new VcdNatRule { VM = "web-1" }] } },
        { "70000 or  is no port", "x", Router with { NatRules = [new VcdNatRule { VM = "web-1", ExternalPort = 70000 }] } },
        { "Protocol 'ICMP' is none of TCP, UDP, TCP_UDP", "x", Router with { NatRules = [new VcdNatRule { VM = "web-1", ExternalPort = 80, Protocol = "ICMP" }] } },
        { "ExternalIP 'above' is no IPv4", "x", Router with { NatRules = [new VcdNatRule { VM = "web-1", ExternalIP = "above" }] } },
    };

    private static VcdVAppNetworkPlan Router => new() { ParentNetwork = "dmz", Type = VcdVAppNetworkType.Routed, Gateway = "192.168.2.1/24" };

    private static VcdVAppNetworkPlan Everything => Router with
    {
        Description = "a \"b\" & <c>",
        Dns1 = "8.8.8.8",
        Dns2 = "8.8.4.4",
        DnsSuffix = "lab.example",
        IPRanges = ["192.168.2.10-192.168.2.20", "192.168.2.30"],
        RetainsResources = true,
        DhcpRange = "192.168.2.100-192.168.2.110",
        DhcpDefaultLeaseTime = 60,
        FirewallDefaultAction = VcdFirewallPolicy.Allow,
        FirewallRules = [new VcdFirewallRule { Description = "web", Protocol = ["udp", "TCP"], DestinationPort = "80-90", SourceIP = "external", Policy = VcdFirewallPolicy.Drop, IsLogged = true }, new VcdFirewallRule { Protocol = ["Icmp"], IcmpSubType = "echo-request" }, new VcdFirewallRule { Protocol = ["gre"] }, new VcdFirewallRule()],
        NatPolicy = VcdNatPolicy.AllowTrafficIn,
        NatRules = [new VcdNatRule { VM = "WEB-1", ExternalPort = 8080, InternalPort = 80, Protocol = "tcp_udp" }, new VcdNatRule { VM = "web-2", NicIndex = 1, ExternalPort = 22, ExternalIP = "10.0.0.7", Description = "ssh" }],
    };

    [Fact]
    public async Task Networks_are_read_with_all_that_they_have()
    {
        var lab = new Lab();
        var networks = await (await lab.ClientAsync()).GetVAppNetworksAsync(VApp, CancellationToken.None);
        Assert.Equal("dmz inner idle", string.Join(' ', networks));
        var (dmz, inner, idle) = (networks[0], networks[1], networks[2]);
        Assert.Equal(("web", VcdFake.Host + VApp, "Direct", "dmz", true), (dmz.VApp, dmz.Href, dmz.Type, dmz.ParentNetwork, dmz.IsDeployed));
        Assert.Equal(("Routed", "192.168.7.1", "255.255.255.0", 24, "8.8.8.8", "x.example", "192.168.7.10-192.168.7.20", "10.0.0.9", false), (inner.Type, inner.Gateway, inner.Netmask, inner.PrefixLength, inner.Dns1, inner.DnsSuffix, Assert.Single(inner.IPRanges), inner.RouterIPAddress, inner.RetainsResources));
        Assert.Equal((true, "192.168.7.100-192.168.7.120", 100, 200), (inner.IsDhcpEnabled, inner.DhcpRange, inner.DhcpDefaultLeaseTime, inner.DhcpMaximumLeaseTime));
        Assert.Equal((true, "drop", true, "Allow Tcp external:Any > id-1/0 (assigned):443"), (inner.IsFirewallEnabled, inner.FirewallDefaultAction, inner.FirewallLogsDefaultAction, Assert.Single(inner.FirewallRules).ToString()));
        Assert.Equal((true, "portForwarding", "allowTrafficIn", "TCP 10.0.0.9:8022 > web-1/0:22"), (inner.IsNatEnabled, inner.NatType, inner.NatPolicy, Assert.Single(inner.NatRules).ToString()));
        Assert.Equal(("Isolated", null, false, false, false), (idle.Type, idle.ParentNetwork, idle.IsDhcpEnabled, idle.IsFirewallEnabled, idle.IsNatEnabled));
        Assert.Equal(("web-1 web-2", "web-2", ""), (string.Join(' ', dmz.VMs), string.Join(' ', inner.VMs), string.Join(' ', idle.VMs)));
        Assert.All(networks, n => Assert.NotNull(n.Origin));
    }

    [Theory]
    [InlineData("5.5")]
    [InlineData("9.0")]
    [InlineData("30.0")]
    public async Task A_new_network_stands_behind_those_that_stay_as_they_are(string version)
    {
        var lab = new Lab(version);
        var client = await lab.ClientAsync();
        await client.NewVAppNetworkAsync(VApp, "new", Everything, CancellationToken.None);
        var body = lab.Sent("PUT", "/x/networks", version);
        Assert.Equal("none dmz inner idle new", string.Join(' ', body.Elements(Ns + "NetworkConfig").Select(c => (string?)c.Attribute("networkName"))));
        AssertUntouched(lab, body, "none", "dmz", "inner", "idle");
        var made = new VcdVAppNetwork(body.Elements(Ns + "NetworkConfig").Last(), lab.Entity);
        Assert.Equal(("Routed", "dmz", "a \"b\" & <c>", "192.168.2.1", "255.255.255.0", "8.8.8.8", "8.8.4.4", "lab.example", true), (made.Type, made.ParentNetwork, made.Description, made.Gateway, made.Netmask, made.Dns1, made.Dns2, made.DnsSuffix, made.RetainsResources));
        Assert.Equal("192.168.2.10-192.168.2.20 192.168.2.30-192.168.2.30", string.Join(' ', made.IPRanges));
        Assert.Equal((true, "192.168.2.100-192.168.2.110", 60, 7200), (made.IsDhcpEnabled, made.DhcpRange, made.DhcpDefaultLeaseTime, made.DhcpMaximumLeaseTime));
        Assert.Equal((true, "allow", "Drop Tcp+Udp external:Any > Any:80-90 | Allow Icmp Any:Any > Any:Any | Allow gre Any:Any > Any:Any | Allow Any Any:Any > Any:Any"), (made.IsFirewallEnabled, made.FirewallDefaultAction, string.Join(" | ", made.FirewallRules)));
        Assert.Equal((true, "portForwarding", "allowTrafficIn", "TCP_UDP *:8080 > web-1/0:80 | TCP 10.0.0.7:22 > web-2/1:22"), (made.IsNatEnabled, made.NatType, made.NatPolicy, string.Join(" | ", made.NatRules)));
    }

    [Theory]
    [InlineData("5.5")]
    [InlineData("30.0")]
    public async Task Direct_and_isolated_networks_have_what_they_need_and_no_more(string version)
    {
        var lab = new Lab(version);
        var client = await lab.ClientAsync();
        await client.NewVAppNetworkAsync(VApp, null, new VcdVAppNetworkPlan { ParentNetwork = "LAN" }, CancellationToken.None);
        var direct = lab.Sent("PUT", "/x/networks", version).Elements(Ns + "NetworkConfig").Last();
        Assert.Equal(("lan", "ParentNetwork FenceMode", "bridged", VcdFake.Host + Lan), ((string?)direct.Attribute("networkName"), string.Join(' ', direct.Element(Ns + "Configuration")!.Elements().Select(e => e.Name.LocalName)), direct.Descendants(Ns + "FenceMode").Single().Value, (string?)direct.Descendants(Ns + "ParentNetwork").Single().Attribute("href")));

        lab = new Lab(version);
        await (await lab.ClientAsync()).NewVAppNetworkAsync(VApp, "alone", new VcdVAppNetworkPlan { Gateway = "192.168.2.1", Netmask = "255.255.255.128", Dhcp = false, Firewall = false }, CancellationToken.None);
        var isolated = lab.Sent("PUT", "/x/networks", version).Elements(Ns + "NetworkConfig").Last();
        Assert.Equal(("IpScopes FenceMode", "isolated", "IsInherited Gateway Netmask"), (string.Join(' ', isolated.Element(Ns + "Configuration")!.Elements().Select(e => e.Name.LocalName)), isolated.Descendants(Ns + "FenceMode").Single().Value, string.Join(' ', isolated.Descendants(Ns + "IpScope").Single().Elements().Select(e => e.Name.LocalName))));
    }

    [Fact]
    public async Task Before_5_1_a_network_has_one_scope_and_its_router_no_rules()
    {
        var lab = new Lab("1.5");
        var client = await lab.ClientAsync();
        await client.NewVAppNetworkAsync(VApp, "alone", new VcdVAppNetworkPlan { Gateway = "192.168.2.1/24" }, CancellationToken.None);
        Assert.Equal("IpScope FenceMode", string.Join(' ', lab.Sent("PUT", "/x/networks", null).Elements(Ns + "NetworkConfig").Last().Element(Ns + "Configuration")!.Elements().Select(e => e.Name.LocalName)));
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.NewVAppNetworkAsync(VApp, "other", Router with { Firewall = true }, CancellationToken.None));
        Assert.Contains("-Firewall needs API 5.1; this connection speaks 1.5", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_cannot_be_is_an_error_that_names_the_parameter_and_nothing_is_sent(string fault, string name, VcdVAppNetworkPlan plan)
    {
        var lab = new Lab();
        var client = await lab.ClientAsync();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.NewVAppNetworkAsync(VApp, name, plan, CancellationToken.None));
        Assert.Contains(fault, e.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was sent.", e.Message, StringComparison.Ordinal);
        Assert.Contains(e.Kind, new[] { OrchestratorErrorKind.Validation, OrchestratorErrorKind.NotFound, OrchestratorErrorKind.Conflict });
        Assert.Empty(lab.Changes);
    }

    [Theory]
    [InlineData("5.5")]
    [InlineData("9.0")]
    [InlineData("30.0")]
    public async Task What_is_changed_is_changed_and_everything_else_stays(string version)
    {
        var lab = new Lab(version);
        await (await lab.ClientAsync()).SetVAppNetworksAsync(VApp, ["inner"], new VcdVAppNetworkPlan { Description = "new", Dns1 = string.Empty, Dns2 = "9.9.9.9", DhcpMaximumLeaseTime = 300, FirewallDefaultAction = VcdFirewallPolicy.Allow }, CancellationToken.None);
        var body = lab.Sent("PUT", "/x/networks", version);
        AssertUntouched(lab, body, "none", "dmz", "idle");
        var expected = XElement.Parse(lab.Text("inner")
            .Replace(">old<", ">new<", StringComparison.Ordinal)
            .Replace("<Dns1>8.8.8.8</Dns1>", "<Dns2>9.9.9.9</Dns2>", StringComparison.Ordinal)
            .Replace("<MaxLeaseTime>200<", "<MaxLeaseTime>300<", StringComparison.Ordinal)
            .Replace("<DefaultAction>drop<", "<DefaultAction>allow<", StringComparison.Ordinal));
        Assert.True(XNode.DeepEquals(Lab.Bare(expected), Lab.Bare(body.Elements(Ns + "NetworkConfig").ElementAt(2))), body.ToString());
    }

    [Fact]
    public async Task Rules_that_were_read_go_back_as_they_were_and_changed_ones_as_they_are_now()
    {
        var lab = new Lab();
        var client = await lab.ClientAsync();
        var inner = (await client.GetVAppNetworksAsync(VApp, CancellationToken.None))[1];
        await client.SetVAppNetworksAsync(VApp, ["inner"], new VcdVAppNetworkPlan { FirewallRules = [new VcdFirewallRule { Description = "first" }, .. inner.FirewallRules], NatRules = [.. inner.NatRules, new VcdNatRule { VM = "web-2", NicIndex = 1, ExternalPort = 80 }] }, CancellationToken.None);
        var rules = lab.Sent("PUT", "/x/networks", null).Descendants(Ns + "FirewallRule").ToArray();
        Assert.Equal(["first", "web"], rules.Select(r => r.Element(Ns + "Description")!.Value), StringComparer.Ordinal);
        Assert.True(XNode.DeepEquals(Lab.Bare(lab.Config("inner").Descendants(Ns + "FirewallRule").Single()), Lab.Bare(rules[1])));
        var nat = lab.Sent("PUT", "/x/networks", null).Descendants(Ns + "NatRule").ToArray();
        Assert.Equal("65537", nat[0].Element(Ns + "Id")!.Value);
        Assert.Equal("80 id-2 1 80 TCP", string.Join(' ', nat[1].Element(Ns + "VmRule")!.Elements().Select(e => e.Value)));

        lab = new Lab();
        client = await lab.ClientAsync();
        inner.FirewallRules[0].IsEnabled = false;
        inner.NatRules[0].InternalPort = 2222;
        await client.SetVAppNetworksAsync(VApp, ["inner"], new VcdVAppNetworkPlan { FirewallRules = inner.FirewallRules, NatRules = inner.NatRules }, CancellationToken.None);
        var changed = lab.Sent("PUT", "/x/networks", "30.0").Descendants(Ns + "FirewallRule").Single();
        Assert.True(XNode.DeepEquals(Lab.Bare(XElement.Parse(lab.Config("inner").Descendants(Ns + "FirewallRule").Single().ToString(SaveOptions.DisableFormatting).Replace("<IsEnabled>true", "<IsEnabled>false", StringComparison.Ordinal))), Lab.Bare(changed)), changed.ToString());
        Assert.Equal("65537 10.0.0.9 8022 id-1 0 2222 TCP", string.Join(' ', lab.Sent("PUT", "/x/networks", "30.0").Descendants(Ns + "NatRule").Single().DescendantsAndSelf().Where(e => !e.HasElements).Select(e => e.Value)));

        lab = new Lab();
        client = await lab.ClientAsync();
        inner.FirewallRules[0].DestinationIP = "10.1.1.1";
        inner.FirewallRules[0].Protocol = ["Icmp"];
        await client.SetVAppNetworksAsync(VApp, ["inner"], new VcdVAppNetworkPlan { FirewallRules = inner.FirewallRules }, CancellationToken.None);
        Assert.Equal("Id IsEnabled MatchOnTranslate Description Policy Protocols DestinationPortRange DestinationIp SourcePortRange SourceIp EnableLogging", string.Join(' ', lab.Sent("PUT", "/x/networks", "30.0").Descendants(Ns + "FirewallRule").Single().Elements().Select(e => e.Name.LocalName)));
    }

    [Theory]
    [InlineData("-IPRange", "", "-Gateway '192.168.7.10-192.168.7.20': not every address")]
    [InlineData("Gateway", "192.168.8.1", "-Gateway '192.168.7.10-192.168.7.20': not every address")]
    [InlineData("Netmask", "255.255.255.248", "-Netmask '192.168.7.10-192.168.7.20': not every address")]
    public async Task Ranges_that_stay_have_to_be_in_the_subnet_as_it_is_to_be(string parameter, string value, string fault)
    {
        var lab = new Lab();
        var client = await lab.ClientAsync();
        var plan = parameter switch { "Gateway" => new VcdVAppNetworkPlan { Gateway = value }, "Netmask" => new VcdVAppNetworkPlan { Netmask = value }, _ => new VcdVAppNetworkPlan { Gateway = "192.168.77.1/24" } };
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.SetVAppNetworksAsync(VApp, ["inner"], plan, CancellationToken.None));
        Assert.Contains(fault, e.Message, StringComparison.Ordinal);
        e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.SetVAppNetworksAsync(VApp, ["inner"], new VcdVAppNetworkPlan { Gateway = "192.168.8.1", IPRanges = ["192.168.8.10-192.168.8.20"] }, CancellationToken.None));
        Assert.Contains("-DhcpRange '192.168.7.100-192.168.7.120': not every address", e.Message, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task A_network_changes_what_it_leads_to()
    {
        var lab = new Lab();
        var client = await lab.ClientAsync();
        await client.SetVAppNetworksAsync(VApp, ["idle"], new VcdVAppNetworkPlan { ParentNetwork = VcdFake.Host + Lan.Replace("/api/", "/api/admin/", StringComparison.Ordinal), ParentIsAddress = true, Nat = true }, CancellationToken.None);
        var routed = new VcdVAppNetwork(lab.Sent("PUT", "/x/networks", "30.0").Elements(Ns + "NetworkConfig").Last(), lab.Entity);
        Assert.Equal(("Routed", "lan", true, "ipTranslation", "allowTraffic"), (routed.Type, routed.ParentNetwork, routed.IsNatEnabled, routed.NatType, routed.NatPolicy));

        lab = new Lab();
        await (await lab.ClientAsync()).SetVAppNetworksAsync(VApp, ["inner"], new VcdVAppNetworkPlan { Type = VcdVAppNetworkType.Isolated }, CancellationToken.None);
        var isolated = lab.Sent("PUT", "/x/networks", "30.0").Elements(Ns + "NetworkConfig").ElementAt(2);
        Assert.Equal("DhcpService StaticRoutingService", string.Join(' ', isolated.Descendants(Ns + "Features").Single().Elements().Select(e => e.Name.LocalName)));
        Assert.Empty(isolated.Descendants(Ns + "ParentNetwork"));

        lab = new Lab();
        await (await lab.ClientAsync()).SetVAppNetworksAsync(VApp, ["inner"], new VcdVAppNetworkPlan { Type = VcdVAppNetworkType.Direct }, CancellationToken.None);
        Assert.Equal("ParentNetwork FenceMode RetainNetInfoAcrossDeployments RouterInfo", string.Join(' ', lab.Sent("PUT", "/x/networks", "30.0").Elements(Ns + "NetworkConfig").ElementAt(2).Element(Ns + "Configuration")!.Elements().Select(e => e.Name.LocalName)));
    }

    [Fact]
    public async Task A_direct_network_that_is_to_be_routed_needs_addresses_of_its_own()
    {
        var lab = new Lab();
        var client = await lab.ClientAsync();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.SetVAppNetworksAsync(VApp, ["dmz"], new VcdVAppNetworkPlan { Type = VcdVAppNetworkType.Routed }, CancellationToken.None));
        Assert.Contains("-Gateway: it is needed", e.Message, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
        await client.SetVAppNetworksAsync(VApp, ["dmz"], new VcdVAppNetworkPlan { Type = VcdVAppNetworkType.Routed, Gateway = "192.168.3.1/24" }, CancellationToken.None);
        var scope = lab.Sent("PUT", "/x/networks", "30.0").Elements(Ns + "NetworkConfig").ElementAt(1).Descendants(Ns + "IpScope").Single();
        Assert.Equal("false 192.168.3.1 255.255.255.0", string.Join(' ', scope.Elements().Select(x => x.Value)));
    }

    [Fact]
    public async Task What_is_not_touched_need_not_be_known()
    {
        var lab = new Lab(change: t => t.Replace("192.168.9.1", "2001:db8::1", StringComparison.Ordinal).Replace("<FenceMode>isolated</FenceMode></Configuration></NetworkConfig></", "<FenceMode>isolated</FenceMode><Later>1</Later></Configuration></NetworkConfig></", StringComparison.Ordinal));
        var client = await lab.ClientAsync();
        await client.SetVAppNetworksAsync(VApp, ["idle"], new VcdVAppNetworkPlan { Description = "six" }, CancellationToken.None);
        var config = XElement.Parse(Assert.Single(lab.Changes).Body!).Elements(Ns + "NetworkConfig").Last();
        Assert.Equal("six IpScopes FenceMode Later 2001:db8::1", $"{config.Element(Ns + "Description")!.Value} {string.Join(' ', config.Element(Ns + "Configuration")!.Elements().Select(x => x.Name.LocalName))} {config.Descendants(Ns + "Gateway").Single().Value}");
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.SetVAppNetworksAsync(VApp, ["idle"], new VcdVAppNetworkPlan { Dns1 = "8.8.8.8" }, CancellationToken.None));
        Assert.Contains("'2001:db8::1': it is no IPv4 address", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_of_the_other_kind_are_not_left_behind()
    {
        var lab = new Lab();
        var client = await lab.ClientAsync();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.SetVAppNetworksAsync(VApp, ["inner"], new VcdVAppNetworkPlan { NatType = VcdNatType.IPTranslation }, CancellationToken.None));
        Assert.Contains("-NatType 'IPTranslation': the rules that there are translate otherwise", e.Message, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
        await client.SetVAppNetworksAsync(VApp, ["inner"], new VcdVAppNetworkPlan { NatType = VcdNatType.IPTranslation, NatRules = [new VcdNatRule { VM = "web-2", NicIndex = 1, ExternalIP = "10.0.0.8" }] }, CancellationToken.None);
        Assert.Equal("manual 10.0.0.8 id-2 1", string.Join(' ', lab.Sent("PUT", "/x/networks", "30.0").Descendants(Ns + "OneToOneVmRule").Single().Elements().Select(x => x.Value)));
    }

    [Fact]
    public async Task What_machines_use_is_not_removed_and_the_machines_are_named()
    {
        var lab = new Lab();
        var client = await lab.ClientAsync();
        foreach (var (name, machines) in new[] { ("dmz", "virtual machines 'web-1', 'web-2' are connected"), ("inner", "virtual machine 'web-2' is connected") })
        {
            var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.RemoveVAppNetworksAsync(VApp, [name], CancellationToken.None));
            Assert.Equal("Vcd.WrongState", e.ErrorId);
            Assert.Contains(machines, e.Message, StringComparison.Ordinal);
        }

        Assert.Equal("Vcd.NotFound", (await Assert.ThrowsAsync<OrchestratorApiException>(() => client.RemoveVAppNetworksAsync(VApp, ["none"], CancellationToken.None))).ErrorId);
        Assert.Empty(lab.Changes);
        await client.RemoveVAppNetworksAsync(VApp, ["idle"], CancellationToken.None);
        var body = lab.Sent("PUT", "/x/networks", "30.0");
        Assert.Equal("none dmz inner", string.Join(' ', body.Elements(Ns + "NetworkConfig").Select(c => (string?)c.Attribute("networkName"))));
        AssertUntouched(lab, body, "none", "dmz", "inner");
    }

    [Fact]
    public async Task Without_a_link_nothing_is_sent()
    {
        var lab = new Lab(mayEdit: false);
        var client = await lab.ClientAsync();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.RemoveVAppNetworksAsync(VApp, ["idle"], CancellationToken.None));
        Assert.Equal("Vcd.WrongState", e.ErrorId);
        Assert.Empty(lab.Changes);
    }

    [Theory]
    [InlineData("255.255.255.0", 24)]
    [InlineData("255.255.255.255", 32)]
    [InlineData("128.0.0.0", 1)]
    [InlineData("0.0.0.0", 0)]
    [InlineData("255.255.254.0", 23)]
    [InlineData("255.254.255.0", null)]
    [InlineData("0.0.0.255", null)]
    [InlineData("24", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_mask_is_ones_and_then_zeros(string? mask, int? prefix) => Assert.Equal(prefix, VcdSubnet.PrefixOf(mask));

    [Theory]
    [InlineData(0, "0.0.0.0")]
    [InlineData(1, "128.0.0.0")]
    [InlineData(24, "255.255.255.0")]
    [InlineData(30, "255.255.255.252")]
    [InlineData(32, "255.255.255.255")]
    public void A_prefix_is_a_mask(int prefix, string mask) => Assert.Equal(mask, VcdSubnet.MaskOf(prefix));

    private static void AssertUntouched(Lab lab, XElement body, params string[] names)
    {
        foreach (var name in names)
        {
            Assert.True(XNode.DeepEquals(Lab.Bare(lab.Config(name)), Lab.Bare(body.Elements(Ns + "NetworkConfig").Single(c => (string?)c.Attribute("networkName") == name))), name);
        }
    }

    /// <summary>A vApp with networks at a scripted server.</summary>
    private sealed class Lab
    {
        private readonly VcdFake _fake;
        private readonly string _vapp;

        public Lab(string version = "30.0", bool mayEdit = true, Func<string, string>? change = null)
        {
            var edit = mayEdit ? "<Link rel=\"edit\" type=\"application/vnd.vmware.vcloud.networkConfigSection+xml\" href=\"HOST/x/networks\"/>" : string.Empty;
            _vapp = ($"<VApp xmlns=\"{Ns}\" xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\" name=\"web\" status=\"8\" href=\"HOST{VApp}\"><Link rel=\"up\" type=\"application/vnd.vmware.vcloud.vdc+xml\" href=\"HOST{Vdc}\"/>"
                + $"<NetworkConfigSection type=\"application/vnd.vmware.vcloud.networkConfigSection+xml\" href=\"HOST{VApp}/networkConfigSection/\" ovf:required=\"false\"><ovf:Info>networks</ovf:Info>{edit}{Placeholder}{Bridged}{Routed}{Idle}</NetworkConfigSection>"
                + "<Children>" + Machine("web-1", "id-1", "dmz") + Machine("web-2", "id-2", "dmz", "inner") + "</Children></VApp>").Replace("HOST", VcdFake.Host, StringComparison.Ordinal);
            _vapp = change?.Invoke(_vapp) ?? _vapp;
            var vdc = $"<Vdc xmlns=\"{Ns}\" name=\"v1\" status=\"1\" href=\"{VcdFake.Host}{Vdc}\"><AvailableNetworks><Network name=\"dmz\" href=\"{VcdFake.Host}{Dmz}\" type=\"application/vnd.vmware.vcloud.network+xml\"/><Network name=\"lan\" href=\"{VcdFake.Host}{Lan}\"/></AvailableNetworks></Vdc>";
            _fake = new VcdFake(r => r.Method != "GET" && !r.Uri.AbsolutePath.Contains("session", StringComparison.Ordinal) ? VcdFake.Xml(VcdShelf.TaskXml("running"), HttpStatusCode.Accepted)
                : r.Uri.AbsolutePath == VApp ? VcdFake.Xml(_vapp)
                : r.Uri.AbsolutePath == Vdc ? VcdFake.Xml(vdc)
                : null)
            {
                Versions = VcdFake.VersionList((version, false, VcdFake.Host + "/api/sessions", VcdFake.Host + "/api/sessions")),
            };
        }

        public IReadOnlyList<SentRequest> Changes => _fake.Handler.Sent.Where(r => r.Method != "GET" && !r.Uri.AbsolutePath.Contains("session", StringComparison.Ordinal)).ToArray();

        public XElement Entity => XElement.Parse(_vapp);

        public XElement Config(string name) => Entity.Descendants(Ns + "NetworkConfig").Single(c => (string?)c.Attribute("networkName") == name);

        public string Text(string name) => Config(name).ToString(SaveOptions.DisableFormatting);

        public async Task<VcdClient> ClientAsync() => new(await _fake.ConnectAsync(), SilentObserver.Instance);

        /// <summary>The one change that was sent; valid, and, where a version is given, free of what is newer.</summary>
        public XElement Sent(string method, string path, string? version)
        {
            var sent = Assert.Single(Changes);
            Assert.Equal((method, path, VcdBodies.NetworkConfigSectionType), (sent.Method, sent.Uri.AbsolutePath, sent.ContentType));
            var body = XElement.Parse(sent.Body!);
            if (Simulator.VcdSchemas is not null)
            {
                Assert.Empty(VcdSchemas.Faults(System.Text.Encoding.UTF8.GetBytes(sent.Body!)));
                Assert.Empty(version is null ? [] : VcdSchemas.Newer(body, VcdApiVersion.Parse(version)));
            }

            return body;
        }

        public static XElement Bare(XElement element)
        {
            var copy = new XElement(element);
            copy.DescendantsAndSelf().Attributes().Where(a => a.IsNamespaceDeclaration).Remove();
            return copy;
        }

        private static string Machine(string name, string id, params string[] networks)
            => $"<Vm name=\"{name}\" status=\"8\" href=\"HOST/api/vApp/vm-{id}\"><NetworkConnectionSection><ovf:Info/><PrimaryNetworkConnectionIndex>0</PrimaryNetworkConnectionIndex>"
                + string.Concat(networks.Select((n, i) => $"<NetworkConnection network=\"{n}\"><NetworkConnectionIndex>{i}</NetworkConnectionIndex><IsConnected>true</IsConnected><IpAddressAllocationMode>POOL</IpAddressAllocationMode></NetworkConnection>"))
                + $"</NetworkConnectionSection><VAppScopedLocalId>{id}</VAppScopedLocalId></Vm>";
    }
}
