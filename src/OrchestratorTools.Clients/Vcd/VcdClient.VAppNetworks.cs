using System.Globalization;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>
/// Networks of vApps (the guide's "Update a vApp Network Configuration" and "vApp network services"; recorded sections). Each change reads the vApp and sends its NetworkConfigSection back as it was, with what is changed: networks
/// that are not meant stay as they are, whatever the server knows of them.
/// </content>
public sealed partial class VcdClient
{
    private const int LongestLease = int.MaxValue;

    // The guide's own example.
    private const int LeaseTime = 3600;
    private const int MaximumLeaseTime = 7200;

    private static readonly VcdAction EditingNetworks = new("edit", "Changing the networks") { Hint = "It needs the right to change the vApp's networks, and a vApp whose lease has not run out." };
    private static readonly VcdApiVersion FirstWithRouterServices = VcdApiVersion.Parse("5.1");

    /// <summary>The networks of a vApp, in their order.</summary>
    public async Task<IReadOnlyList<VcdVAppNetwork>> GetVAppNetworksAsync(string vapp, CancellationToken cancellationToken)
    {
        var entity = await ReadAsync(vapp, cancellationToken, "VApp").ConfigureAwait(false);
        return VcdXml.Child(entity, "NetworkConfigSection") is { } section ? VcdBodies.NetworkConfigs(section).Select(c => Own(new VcdVAppNetwork(c, entity))).ToArray() : [];
    }

    /// <summary>Adds a network to a vApp.</summary>
    /// <param name="vapp">The address or id of the vApp.</param>
    /// <param name="name">The name; null: that of the network that it is or leads to.</param>
    /// <param name="plan">What it is to be like.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task<VcdChange> NewVAppNetworkAsync(string vapp, string? name, VcdVAppNetworkPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var entity = await ReadAsync(vapp, cancellationToken, "VApp").ConfigureAwait(false);
        var section = NetworkSection(entity);
        var parent = await ParentAsync(entity, plan, cancellationToken).ConfigureAwait(false);
        var type = plan.Type ?? (parent is null ? VcdVAppNetworkType.Isolated : VcdVAppNetworkType.Direct);
        var called = name ?? parent?.Name ?? throw Unfit(nameof(name), null, "a network that leads nowhere needs a name");
        if (string.Equals(called, VcdBodies.NoNetwork, StringComparison.OrdinalIgnoreCase))
        {
            throw Unfit("Name", called, "it means that an adapter is connected to nothing");
        }

        if (VcdBodies.NetworkConfig(section, called) is not null)
        {
            throw _session.Error(OrchestratorErrorKind.Conflict, $"-Name '{called}': vApp '{NameOf(entity)}' has a network of that name. Nothing was sent.", "Choose another name, or change it with Set-VcdVAppNetwork.");
        }

        var configuration = new XElement(VcdXml.Namespace + "Configuration");
        Apply(configuration, plan, type, parent, entity);
        var config = new XElement(
            VcdXml.Namespace + "NetworkConfig",
            new XAttribute("networkName", called),
            string.IsNullOrEmpty(plan.Description) ? null : new XElement(VcdXml.Namespace + "Description", plan.Description),
            configuration);
        var body = new XElement(section);
        if (VcdXml.Children(body, "NetworkConfig").LastOrDefault() is { } last)
        {
            last.AddAfterSelf(config);
        }
        else
        {
            body.Add(config);
        }

        return await PutNetworksAsync(entity, section, body, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes networks of a vApp, all in one request: what is null in the plan stays.</summary>
    public async Task<VcdChange> SetVAppNetworksAsync(string vapp, IReadOnlyCollection<string> names, VcdVAppNetworkPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(plan);
        var entity = await ReadAsync(vapp, cancellationToken, "VApp").ConfigureAwait(false);
        var section = NetworkSection(entity);
        var parent = await ParentAsync(entity, plan, cancellationToken).ConfigureAwait(false);
        var body = new XElement(section);
        foreach (var name in names)
        {
            var config = VcdBodies.NetworkConfig(body, name) ?? throw NoSuchNetwork(entity, section, name);
            var configuration = VcdXml.Child(config, "Configuration") ?? throw _session.Error(OrchestratorErrorKind.Protocol, $"The server shows no configuration of network '{name}' of vApp '{NameOf(entity)}'.");
            var present = VcdAssumptions.NetworkType(VcdXml.ChildText(configuration, "FenceMode"));
            var type = plan.Type ?? (Enum.TryParse<VcdVAppNetworkType>(present, out var known)
                ? (parent is not null && known is VcdVAppNetworkType.Isolated ? VcdVAppNetworkType.Routed : known)
                : throw _session.Error(OrchestratorErrorKind.Validation, $"Network '{name}' of vApp '{NameOf(entity)}' is connected in a way that is not known here ('{present}'). Nothing was sent.", "Say with -Type how it is to be connected."));
            if (plan.Description is not null)
            {
                VcdXml.Child(config, "Description")?.Remove();
                var after = config.Elements().LastOrDefault(e => e.Name.LocalName is "VCloudExtension" or "Link");
                var description = new XElement(VcdXml.Namespace + "Description", plan.Description);
                if (after is null)
                {
                    config.AddFirst(description);
                }
                else
                {
                    after.AddAfterSelf(description);
                }
            }

            Apply(configuration, plan, type, parent ?? VcdReference.Of(VcdXml.Child(configuration, "ParentNetwork")), entity);
        }

        return await PutNetworksAsync(entity, section, body, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes networks out of a vApp, all in one request. One that a machine is connected to is an error of kind WrongState that names the machines, and nothing is sent.</summary>
    public async Task<VcdChange> RemoveVAppNetworksAsync(string vapp, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        var entity = await ReadAsync(vapp, cancellationToken, "VApp").ConfigureAwait(false);
        var section = NetworkSection(entity);
        var body = new XElement(section);
        foreach (var name in names)
        {
            var config = VcdBodies.NetworkConfig(body, name) ?? throw NoSuchNetwork(entity, section, name);
            var users = VcdBodies.ConnectedTo(entity, VcdXml.Text(config, "networkName")!);
            if (users.Count > 0)
            {
                throw _session.Error(
                    OrchestratorErrorKind.WrongState,
                    $"Network '{name}' of vApp '{NameOf(entity)}' is in use: virtual machine{(users.Count > 1 ? "s" : string.Empty)} {string.Join(", ", users.Select(u => $"'{u}'"))} {(users.Count > 1 ? "are" : "is")} connected to it. Nothing was sent.",
                    "Connect their adapters elsewhere, or to nothing, with Set-VcdVMNetworkAdapter.");
            }

            config.Remove();
        }

        return await PutNetworksAsync(entity, section, body, cancellationToken).ConfigureAwait(false);
    }

    private XElement NetworkSection(XElement vapp)
        => VcdXml.Child(vapp, "NetworkConfigSection")
            ?? throw _session.Error(OrchestratorErrorKind.NotFound, $"{EditingNetworks.Title} of vApp '{NameOf(vapp)}' is not possible: the server shows no NetworkConfigSection of it.", "It may not be made to its end, or this user may not see it.");

    private async Task<VcdChange> PutNetworksAsync(XElement vapp, XElement section, XElement body, CancellationToken cancellationToken)
    {
        var link = FindLink(section, EditingNetworks.Rel, VcdBodies.NetworkConfigSectionType) ?? FindLink(section, EditingNetworks.Rel) ?? throw NotOffered(vapp, EditingNetworks);
        return await ChangeAsync(
            new VcdChangeRequest(HttpMethod.Put, link.Href, $"Get-VcdVAppNetwork -VApp '{NameOf(vapp)}' shows what became of it.") { Body = body, ContentType = VcdBodies.NetworkConfigSectionType },
            cancellationToken).ConfigureAwait(false);
    }

    private OrchestratorApiException NoSuchNetwork(XElement vapp, XElement section, string name)
    {
        var names = VcdBodies.NetworkConfigs(section).Select(c => $"'{VcdXml.Text(c, "networkName")}'").ToArray();
        return _session.Error(OrchestratorErrorKind.NotFound, $"-Name '{name}': vApp '{NameOf(vapp)}' has no such network; it has {(names.Length == 0 ? "none" : string.Join(", ", names))}. Nothing was sent.");
    }

    /// <summary>The network of the vApp's virtual data center that is meant; null where none is. What the virtual data center has not is an error that lists what it has.</summary>
    private async Task<VcdReference?> ParentAsync(XElement vapp, VcdVAppNetworkPlan plan, CancellationToken cancellationToken)
    {
        if (plan.ParentNetwork is not { } wanted)
        {
            return null;
        }

        var href = VcdLink.Of(vapp).FirstOrDefault(l => l.Rel is "up" && l.IsOf("vdc"))?.Href
            ?? throw _session.Error(OrchestratorErrorKind.Protocol, $"The server does not say which virtual data center vApp '{NameOf(vapp)}' is in.");
        var vdc = await ReadAsync(href, cancellationToken, "Vdc", "AdminVdc").ConfigureAwait(false);
        var offered = VcdReference.AllOf(VcdXml.Child(vdc, "AvailableNetworks"), "Network");
        var meant = plan.ParentIsAddress ? offered.Where(o => VcdObject.IsSame(o.Href, wanted)).ToArray()
            : offered.Where(o => o.Name == wanted).ToArray() is { Length: > 0 } exact ? exact
            : offered.Where(o => string.Equals(o.Name, wanted, StringComparison.OrdinalIgnoreCase)).ToArray();
        return meant.Length switch
        {
            1 => meant[0],
            0 => throw _session.Error(
                OrchestratorErrorKind.NotFound,
                $"-ParentNetwork '{wanted}': virtual data center '{NameOf(vdc)}' of vApp '{NameOf(vapp)}' has no such network; it has {(offered.Count == 0 ? "none" : string.Join(", ", offered.Select(o => $"'{o}'")))}. Nothing was sent.",
                "Get-VcdNetwork lists networks with their virtual data centers."),
            _ => throw _session.Error(OrchestratorErrorKind.Ambiguous, $"-ParentNetwork '{wanted}': virtual data center '{NameOf(vdc)}' has {meant.Length} networks of that name. Nothing was sent.", "Pass the one that is meant, as Get-VcdNetwork returns it."),
        };
    }

    /// <summary>Puts a plan into a network's configuration, and checks the network as it is to be.</summary>
    private void Apply(XElement configuration, VcdVAppNetworkPlan plan, VcdVAppNetworkType type, VcdReference? parent, XElement vapp)
    {
        if (type is VcdVAppNetworkType.Isolated && plan.ParentNetwork is not null)
        {
            throw Unfit(nameof(plan.ParentNetwork), plan.ParentNetwork, "-Type is Isolated, and what is isolated leads nowhere");
        }

        if (type is not VcdVAppNetworkType.Isolated && parent is null)
        {
            throw Unfit(nameof(plan.Type), type.ToString(), "it needs -ParentNetwork: the network of the virtual data center that it leads to");
        }

        VcdBodies.SetConfiguration(configuration, "ParentNetwork", type is VcdVAppNetworkType.Isolated ? null : VcdBodies.Reference("ParentNetwork", parent!.Href, parent.Type, parent.Name));
        VcdBodies.SetConfiguration(configuration, "FenceMode", type switch { VcdVAppNetworkType.Direct => "bridged", VcdVAppNetworkType.Routed => "natRouted", _ => "isolated" });
        if (plan.RetainsResources is { } retain)
        {
            VcdBodies.SetConfiguration(configuration, "RetainNetInfoAcrossDeployments", retain);
        }

        if (type is VcdVAppNetworkType.Direct)
        {
            if ((plan.Addressing ?? plan.OfDhcp ?? plan.OfRouter) is { } parameter)
            {
                throw Unfit(parameter, null, $"a direct network is '{parent!.Name}' itself: its addresses and services are that network's");
            }

            VcdBodies.SetConfiguration(configuration, "IpScope", null);
            VcdBodies.SetConfiguration(configuration, "IpScopes", null);
            VcdBodies.SetConfiguration(configuration, "Features", null);
            return;
        }

        // What is not touched is not looked at either: a server may know addresses that nobody here does.
        var present = VcdBodies.ScopeOf(configuration);
        var wasAnothers = present is not null && VcdXml.Flag(VcdXml.ChildText(present, "IsInherited")) is true;
        if (wasAnothers)
        {
            if (plan.Gateway is null)
            {
                throw Unfit(nameof(plan.Gateway), null, "it is needed: the addresses that there are belong to the network above");
            }

            VcdBodies.SetConfiguration(configuration, "IpScope", null);
            VcdBodies.SetConfiguration(configuration, "IpScopes", null);
        }

        VcdSubnet? subnet = present is not null && !wasAnothers && plan.Addressing is null && plan.OfDhcp is null && plan.Dhcp is null ? null : Address(configuration, plan);
        if (type is VcdVAppNetworkType.Isolated)
        {
            if (plan.OfRouter is { } parameter)
            {
                throw Unfit(parameter, null, "it needs a routed network: an isolated one has no router. Give -ParentNetwork and -Type Routed");
            }

            var features = VcdXml.Child(configuration, "Features");
            VcdXml.ChildOf(features, "FirewallService")?.Remove();
            VcdXml.ChildOf(features, "NatService")?.Remove();
        }

        if (subnet is { } known)
        {
            Lend(configuration, plan, known);
        }

        if (type is VcdVAppNetworkType.Routed)
        {
            Guard(configuration, plan);
            Translate(configuration, plan, vapp);
        }
    }

    // Gateway, mask, name servers and ranges, each by itself; then the whole is looked at.
    private VcdSubnet Address(XElement configuration, VcdVAppNetworkPlan plan)
    {
        var scope = VcdBodies.NeedScope(configuration, _session.Version!);
        var (gateway, mask) = (plan.Gateway?.Trim(), plan.Netmask?.Trim());
        if (gateway?.Split('/') is [var address, var length])
        {
            if (mask is not null)
            {
                throw Unfit(nameof(plan.Netmask), mask, $"-Gateway '{gateway}' says it already");
            }

            mask = VcdXml.Number(length) is { } prefix and >= 1 and <= 30 && length.All(char.IsAsciiDigit) ? VcdSubnet.MaskOf((int)prefix) : throw Unfit(nameof(plan.Gateway), gateway, "the length of the prefix is 1 to 30");
            gateway = address;
        }

        if (mask is not null)
        {
            if (mask != VcdXml.ChildText(scope, "Netmask"))
            {
                VcdBodies.SetScope(scope, "SubnetPrefixLength", null);
            }

            VcdBodies.SetScope(scope, "Netmask", VcdSubnet.PrefixOf(mask) is >= 1 and <= 30 ? mask : throw Unfit(nameof(plan.Netmask), mask, "it is no netmask of 1 to 30 bits, as 255.255.255.0"));
        }

        if (gateway is not null)
        {
            VcdBodies.SetScope(scope, "Gateway", gateway);
        }

        foreach (var (name, value) in new[] { ("Dns1", plan.Dns1), ("Dns2", plan.Dns2), ("DnsSuffix", plan.DnsSuffix) })
        {
            if (value is not null)
            {
                VcdBodies.SetScope(scope, name, value.Length == 0 ? null : name is "DnsSuffix" || VcdSubnet.TryAddress(value, out _) ? value.Trim() : throw Unfit(name, value, "it is no IPv4 address"));
            }
        }

        var subnet = SubnetOf(scope, plan);
        if (plan.IPRanges is { } ranges)
        {
            var read = ranges.Select(r => VcdSubnet.RangeOf(r) ?? throw Unfit("IPRange", r, "a range is first-last, as 192.168.2.10-192.168.2.99")).ToArray();
            VcdBodies.SetScope(scope, "IpRanges", read.Length == 0 ? null : new XElement(VcdXml.Namespace + "IpRanges", read.Select(VcdBodies.IpRange)));
        }

        CheckRanges(scope, plan, subnet);
        return subnet;
    }

    private VcdSubnet SubnetOf(XElement scope, VcdVAppNetworkPlan plan)
    {
        var (gateway, mask) = (VcdXml.ChildText(scope, "Gateway"), VcdXml.ChildText(scope, "Netmask"));
        if (string.IsNullOrEmpty(gateway))
        {
            throw Unfit(nameof(plan.Gateway), null, "it is needed: the gateway's address, with the length of the prefix (192.168.2.1/24) or with -Netmask");
        }

        if (!VcdSubnet.TryAddress(gateway, out var address))
        {
            throw Unfit(nameof(plan.Gateway), gateway, "it is no IPv4 address");
        }

        var subnet = VcdSubnet.PrefixOf(mask) is { } prefix ? new VcdSubnet(address, prefix) : throw Unfit(nameof(plan.Netmask), mask, "it is needed: -Gateway 192.168.2.1/24, or -Netmask 255.255.255.0");
        return subnet.HasHost(address) ? subnet : throw Unfit(nameof(plan.Gateway), gateway, $"in the subnet {subnet} it is {(address == subnet.Network ? "the subnet itself" : "the broadcast address")}, which nothing can have");
    }

    // Of the ranges as they are to be: also those that stay when gateway or mask are changed.
    private void CheckRanges(XElement scope, VcdVAppNetworkPlan plan, VcdSubnet subnet)
    {
        var parameter = plan.IPRanges is null ? plan.Gateway is null ? nameof(plan.Netmask) : nameof(plan.Gateway) : "IPRange";
        if (plan.IPRanges is null && plan.Gateway is null && plan.Netmask is null)
        {
            return;
        }

        (uint First, uint Last)? before = null;
        foreach (var range in VcdXml.Children(VcdXml.Child(scope, "IpRanges"), "IpRange").Select(ReadRange).OfType<(uint First, uint Last)>().OrderBy(r => r.First))
        {
            CheckRange(parameter, range, subnet);
            if (before is { } other && range.First <= other.Last)
            {
                throw Unfit(parameter, Shown(range), $"it overlaps {Shown(other)}");
            }

            before = range;
        }
    }

    private void CheckRange(string parameter, (uint First, uint Last) range, VcdSubnet subnet)
    {
        if (range.First > range.Last)
        {
            throw Unfit(parameter, Shown(range), "its first address comes after its last");
        }

        if (!subnet.HasHost(range.First) || !subnet.HasHost(range.Last))
        {
            throw Unfit(parameter, Shown(range), $"not every address of it is one that a machine of the subnet {subnet} can have ({VcdSubnet.Text(subnet.Network + 1)} to {VcdSubnet.Text(subnet.Broadcast - 1)})");
        }

        if (range.First <= subnet.Address && subnet.Address <= range.Last)
        {
            throw Unfit(parameter, Shown(range), $"the gateway {VcdSubnet.Text(subnet.Address)} is in it, and would be given out");
        }
    }

    private void Lend(XElement configuration, VcdVAppNetworkPlan plan, VcdSubnet subnet)
    {
        var present = VcdXml.ChildOf(VcdXml.Child(configuration, "Features"), "DhcpService");
        if (plan.OfDhcp is null && (plan.Dhcp is null || present is null) && (present is null || plan.Addressing is null))
        {
            return;
        }

        var dhcp = present ?? VcdBodies.NeedService(configuration, "DhcpService");
        VcdBodies.SetService(dhcp, "IsEnabled", plan.Dhcp ?? (present is null || VcdXml.Flag(VcdXml.ChildText(dhcp, "IsEnabled")) is true));
        var isOn = VcdXml.Flag(VcdXml.ChildText(dhcp, "IsEnabled")) is true;
        if (plan.DhcpDefaultLeaseTime is not null || plan.DhcpMaximumLeaseTime is not null || VcdXml.Child(dhcp, "MaxLeaseTime") is null)
        {
            var least = plan.DhcpDefaultLeaseTime ?? VcdXml.Number(VcdXml.ChildText(dhcp, "DefaultLeaseTime")) ?? Math.Min(LeaseTime, plan.DhcpMaximumLeaseTime ?? LongestLease);
            var most = plan.DhcpMaximumLeaseTime ?? VcdXml.Number(VcdXml.ChildText(dhcp, "MaxLeaseTime")) ?? Math.Max(MaximumLeaseTime, least);
            if (least > most)
            {
                throw Unfit(plan.DhcpDefaultLeaseTime is null ? nameof(plan.DhcpMaximumLeaseTime) : nameof(plan.DhcpDefaultLeaseTime), string.Create(CultureInfo.InvariantCulture, $"{plan.DhcpDefaultLeaseTime ?? plan.DhcpMaximumLeaseTime}"), string.Create(CultureInfo.InvariantCulture, $"an address would be lent for {least} seconds, and for {most} at the most"));
            }

            VcdBodies.SetService(dhcp, "DefaultLeaseTime", least);
            VcdBodies.SetService(dhcp, "MaxLeaseTime", most);
        }

        if (plan.DhcpRange is { } text)
        {
            VcdBodies.SetService(dhcp, "IpRange", VcdBodies.IpRange(VcdSubnet.RangeOf(text) ?? throw Unfit(nameof(plan.DhcpRange), text, "a range is first-last, as 192.168.2.100-192.168.2.199")));
        }

        if (VcdXml.Child(dhcp, "IpRange") is { } range && ReadRange(range) is { } read)
        {
            if (isOn || plan.DhcpRange is not null)
            {
                CheckRange(nameof(plan.DhcpRange), read, subnet);
            }
        }
        else if (isOn)
        {
            throw Unfit(nameof(plan.DhcpRange), null, "it is needed: the addresses that DHCP gives out, first-last");
        }
    }

    private void Guard(XElement configuration, VcdVAppNetworkPlan plan)
    {
        if (plan.Firewall is null && plan.FirewallDefaultAction is null && plan.FirewallLogsDefaultAction is null && plan.FirewallRules is null)
        {
            return;
        }

        NeedRouterServices("Firewall");
        var isNew = VcdXml.ChildOf(VcdXml.Child(configuration, "Features"), "FirewallService") is null;
        var firewall = VcdBodies.NeedService(configuration, "FirewallService");
        if (plan.Firewall is { } enabled)
        {
            VcdBodies.SetService(firewall, "IsEnabled", enabled);
        }

        if (isNew || plan.FirewallDefaultAction is not null)
        {
            // "drop" is the schema's default, said aloud.
            VcdBodies.SetService(firewall, "DefaultAction", plan.FirewallDefaultAction is VcdFirewallPolicy.Allow ? "allow" : "drop");
        }

        if (isNew || plan.FirewallLogsDefaultAction is not null)
        {
            VcdBodies.SetService(firewall, "LogDefaultAction", plan.FirewallLogsDefaultAction ?? false);
        }

        if (plan.FirewallRules is { } rules)
        {
            for (var i = 0; i < rules.Count; i++)
            {
                if (rules[i].Fault() is { } fault)
                {
                    throw Unfit("FirewallRule", rules[i].Description.Length > 0 ? rules[i].Description : string.Create(CultureInfo.InvariantCulture, $"{i + 1}"), fault);
                }
            }

            VcdBodies.SetRules(firewall, "FirewallRule", rules.Select(r => r.ToXml()));
        }
    }

    private void Translate(XElement configuration, VcdVAppNetworkPlan plan, XElement vapp)
    {
        if (plan.Nat is null && plan.NatType is null && plan.NatPolicy is null && plan.NatRules is null)
        {
            return;
        }

        NeedRouterServices("Nat");
        var present = VcdXml.ChildOf(VcdXml.Child(configuration, "Features"), "NatService");
        var was = present is null ? null : VcdXml.ChildText(present, "NatType");
        var type = plan.NatType ?? (was is null
            ? plan.NatRules?.Any(r => r.HasPorts) is true ? VcdNatType.PortForwarding : VcdNatType.IPTranslation
            : string.Equals(was, "portForwarding", StringComparison.OrdinalIgnoreCase) ? VcdNatType.PortForwarding : VcdNatType.IPTranslation);
        var nat = VcdBodies.NeedService(configuration, "NatService");
        if (plan.Nat is { } enabled)
        {
            VcdBodies.SetService(nat, "IsEnabled", enabled);
        }

        VcdBodies.SetService(nat, "NatType", type is VcdNatType.PortForwarding ? "portForwarding" : "ipTranslation");
        if (plan.NatPolicy is not null || VcdXml.Child(nat, "Policy") is null)
        {
            VcdBodies.SetService(nat, "Policy", plan.NatPolicy is VcdNatPolicy.AllowTrafficIn ? "allowTrafficIn" : "allowTraffic");
        }

        if (plan.NatRules is { } rules)
        {
            VcdBodies.SetRules(nat, "NatRule", rules.Select((rule, i) =>
            {
                var title = rule.Description.Length > 0 ? rule.Description : string.Create(CultureInfo.InvariantCulture, $"{i + 1}");
                return rule.Fault(type) is { } fault ? throw Unfit("NatRule", title, fault) : rule.ToXml(type, rule.IsAsRead ? string.Empty : MachineOf(vapp, rule, title));
            }).ToArray());
        }
        else if (plan.NatType is not null && was is not null && VcdXml.Child(nat, "NatRule") is not null && !string.Equals(was, VcdXml.ChildText(nat, "NatType"), StringComparison.OrdinalIgnoreCase))
        {
            throw Unfit(nameof(plan.NatType), type.ToString(), "the rules that there are translate otherwise; give the new ones with -NatRule (@() for none)");
        }
    }

    // The id that a rule names a machine by; the machine has to be of the vApp, and to have the adapter.
    private string MachineOf(XElement vapp, VcdNatRule rule, string title)
    {
        var machines = VcdXml.Children(VcdXml.Child(vapp, "Children"), "Vm").ToArray();
        var machine = Array.Find(machines, m => VcdXml.Text(m, "name") == rule.VM) ?? Array.Find(machines, m => string.Equals(VcdXml.Text(m, "name"), rule.VM, StringComparison.OrdinalIgnoreCase));
        if (machine is null || VcdXml.ChildText(machine, "VAppScopedLocalId") is not { Length: > 0 } id)
        {
            throw Unfit("NatRule", title, $"vApp '{NameOf(vapp)}' has no virtual machine '{rule.VM}'; it has {(machines.Length == 0 ? "none" : string.Join(", ", machines.Select(m => $"'{VcdXml.Text(m, "name")}'")))}");
        }

        var adapters = VcdXml.Children(VcdXml.Child(machine, "NetworkConnectionSection"), "NetworkConnection").Select(c => VcdXml.Number(VcdXml.ChildText(c, "NetworkConnectionIndex"))).OfType<long>().ToArray();
        return adapters.Contains(rule.NicIndex)
            ? id
            : throw Unfit("NatRule", title, string.Create(CultureInfo.InvariantCulture, $"virtual machine '{rule.VM}' has no adapter {rule.NicIndex}; it has {(adapters.Length == 0 ? "none" : string.Join(", ", adapters))}"));
    }

    private void NeedRouterServices(string parameter)
    {
        if (_session.Version! < FirstWithRouterServices)
        {
            throw _session.Error(OrchestratorErrorKind.Validation, $"-{parameter} needs API {FirstWithRouterServices}; this connection speaks {_session.ApiVersion}, whose rules are written otherwise. Nothing was sent.");
        }
    }

    private static (uint First, uint Last)? ReadRange(XElement range)
        => VcdSubnet.TryAddress(VcdXml.ChildText(range, "StartAddress"), out var first) && VcdSubnet.TryAddress(VcdXml.ChildText(range, "EndAddress"), out var last) ? (first, last) : null;

    private static string Shown((uint First, uint Last) range) => $"{VcdSubnet.Text(range.First)}-{VcdSubnet.Text(range.Last)}";

    private OrchestratorApiException Unfit(string parameter, string? value, string why)
        => _session.Error(OrchestratorErrorKind.Validation, $"-{parameter}{(value is null ? string.Empty : $" '{value}'")}: {why}. Nothing was sent.");
}
