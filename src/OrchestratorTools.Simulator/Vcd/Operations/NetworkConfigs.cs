using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>A network that a vApp is to have.</summary>
internal sealed record PlannedNetwork(string Name, FenceMode Fence, IpScope Scope, OrgVdcNetwork? Parent)
{
    public string? Description { get; init; }

    public bool RetainsAddresses { get; init; }

    public XElement? Features { get; init; }
}

/// <summary>Reads and applies a NetworkConfigSection (schema; guide, "vApp networks": bridged, isolated, natRouted).</summary>
internal static class NetworkConfigs
{
    private static readonly IpScope DefaultScope = new("192.168.2.1", "255.255.255.0", "192.168.2.100", "192.168.2.199");

    /// <summary>The networks of a section, checked.</summary>
    /// <exception cref="VcdException">400: one cannot be; the sentence names it.</exception>
    public static List<PlannedNetwork> Read(VcdCall call, Vdc vdc, XElement section)
    {
        var networks = new List<PlannedNetwork>();
        foreach (var config in section.Elements(Xml.Namespace + "NetworkConfig"))
        {
            var name = (string?)config.Attribute("networkName") is { Length: > 0 } text ? text : throw VcdException.BadRequest("validation error on field 'networkName': the attribute must be present in NetworkConfig.");

            // Recorded sections carry a place-holder for adapters that are connected to nothing.
            if (string.Equals(name, NetworkAdapter.None, StringComparison.OrdinalIgnoreCase)) continue;
            if (networks.Exists(n => string.Equals(n.Name, name, StringComparison.Ordinal))) throw UploadStart.Duplicate(name);
            networks.Add(ReadOne(call, vdc, config, name));
        }

        return networks;
    }

    /// <summary>Makes a vApp's networks those that were planned: what has the name of a present one is that one.</summary>
    /// <exception cref="VcdException">400: a network that machines are connected to would go.</exception>
    public static void Apply(Inventory inventory, VApp vApp, IReadOnlyList<PlannedNetwork> planned)
    {
        foreach (var gone in vApp.Networks.Where(n => !planned.Any(p => p.Name == n.Name)).ToList())
        {
            if (AddressPools.UsersOf(gone).Any()) throw InUse(gone);
            inventory.Remove(gone);
        }

        foreach (var plan in planned)
        {
            var network = vApp.Networks.Find(n => n.Name == plan.Name) ?? inventory.Add(new VAppNetwork(Guid.NewGuid(), plan.Name, vApp, plan.Fence, plan.Scope));
            (network.Fence, network.Scope, network.Parent) = (plan.Fence, plan.Scope, plan.Parent);
            (network.Description, network.RetainsAddresses, network.Features) = (plan.Description ?? network.Description, plan.RetainsAddresses, plan.Features);
            if (plan is not { Fence: FenceMode.NatRouted, Parent: { } parent }) network.RouterAddress = null;
            else network.RouterAddress ??= AddressPools.Next(parent);
        }

        foreach (var machine in vApp.Machines) AddressPools.Assign(machine);
    }

    public static VcdException InUse(VAppNetwork network) => VcdException.BadRequest($"The network \"{network.Name}\" cannot be removed from vApp \"{network.VApp.Name}\": virtual machines are connected to it.");

    private static PlannedNetwork ReadOne(VcdCall call, Vdc vdc, XElement config, string name)
    {
        var configuration = config.Element(Xml.Namespace + "Configuration") ?? throw VcdException.BadRequest($"validation error on field 'Configuration': the element must be present in NetworkConfig \"{name}\".");
        var fence = Xml.Text(configuration, "FenceMode") switch
        {
            "bridged" => FenceMode.Bridged,
            "natRouted" => FenceMode.NatRouted,
            "isolated" => FenceMode.Isolated,
            var other => throw VcdException.BadRequest($"validation error on field 'FenceMode': '{other}' is none of bridged, isolated and natRouted."),
        };
        var parent = configuration.Element(Xml.Namespace + "ParentNetwork") is { } reference ? Parent(call, vdc, reference) : null;
        if (fence == FenceMode.Isolated && parent is not null) throw VcdException.BadRequest($"The network \"{name}\" is isolated: it cannot have a parent network.");
        if (fence != FenceMode.Isolated && parent is null) throw VcdException.BadRequest($"The network \"{name}\" is {NetworkAnswers.Word(fence)}: it needs a parent network.");
        var sent = configuration.Element(Xml.Namespace + "IpScopes")?.Element(Xml.Namespace + "IpScope") ?? configuration.Element(Xml.Namespace + "IpScope");
        var scope = fence == FenceMode.Bridged ? parent!.Scope with { IsInherited = true } : sent is null ? fence == FenceMode.NatRouted ? DefaultScope : throw VcdException.BadRequest($"The network \"{name}\" is isolated: it needs an IpScope.") : Scope(name, sent);
        var features = configuration.Element(Xml.Namespace + "Features");
        if (features is not null && fence == FenceMode.Bridged && features.HasElements) throw VcdException.BadRequest($"The network \"{name}\" is bridged: it has no services of its own.");
        CheckFeatures(name, scope, features);
        return new PlannedNetwork(name, fence, scope, parent)
        {
            Description = Xml.Text(config, "Description"),
            RetainsAddresses = Xml.Flag(configuration, "RetainNetInfoAcrossDeployments") is true,
            Features = features is { HasElements: true } ? new XElement(features) : null,
        };
    }

    private static OrgVdcNetwork Parent(VcdCall call, Vdc vdc, XElement reference)
    {
        var href = (string?)reference.Attribute("href") ?? "";
        return EntityLookup.ByHref(call, href) is OrgVdcNetwork network && (network.Vdc == vdc || (network.IsShared && network.Org == vdc.Org))
            ? network
            : throw new VcdException(StatusCodes.Status400BadRequest, "INVALID_REFERENCE", $"The network {(string?)reference.Attribute("name") ?? href} is not available in the VDC {vdc.Name}.");
    }

    private static IpScope Scope(string network, XElement sent)
    {
        var gateway = Address(network, sent, "Gateway");
        var mask = Address(network, sent, "Netmask");
        var ranges = sent.Elements(Xml.Namespace + "IpRanges").Elements(Xml.Namespace + "IpRange").Select(r => (First: Address(network, r, "StartAddress"), Last: Address(network, r, "EndAddress"))).ToArray();
        var scope = new IpScope(gateway, mask, gateway, "0.0.0.0")
        {
            Dns1 = Xml.Text(sent, "Dns1"),
            Dns2 = Xml.Text(sent, "Dns2"),
            DnsSuffix = Xml.Text(sent, "DnsSuffix"),
        };
        if (ranges.Length == 0) return scope;
        foreach (var (first, last) in ranges)
        {
            if (!AddressPools.IsInSubnet(scope, first) || !AddressPools.IsInSubnet(scope, last)) throw VcdException.BadRequest($"The IP range {first}-{last} of the network \"{network}\" is not in the subnet {gateway}/{mask}.");
        }

        return scope with { FirstAddress = ranges[0].First, LastAddress = ranges[0].Last, MoreRanges = ranges[1..] };
    }

    private static void CheckFeatures(string network, IpScope scope, XElement? features)
    {
        if (features?.Element(Xml.Namespace + "DhcpService") is not { } dhcp || Xml.Flag(dhcp, "IsEnabled") is not true) return;
        var range = dhcp.Element(Xml.Namespace + "IpRange") ?? throw VcdException.BadRequest($"The DHCP service of the network \"{network}\" needs an IpRange.");
        foreach (var end in new[] { "StartAddress", "EndAddress" })
        {
            if (!AddressPools.IsInSubnet(scope, Address(network, range, end))) throw VcdException.BadRequest($"The DHCP range of the network \"{network}\" is not in the subnet {scope.Gateway}/{scope.Netmask}.");
        }
    }

    private static string Address(string network, XElement parent, string child)
        => Xml.Text(parent, child)?.Trim() is { } text && AddressPools.IsAddress(text) ? text : throw VcdException.BadRequest($"validation error on field '{child}': the network \"{network}\" needs an IP address there.");
}
