using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Networks: of organization VDCs, of vApps, and those from outside.</summary>
internal static class NetworkAnswers
{
    private static readonly ApiVersion FirstWithManyScopes = new("5.1");

    /// <summary>GET /api/network/{id}: the organization's or a vApp's.</summary>
    public static VcdAnswer Get(VcdCall call, Entity network) => network switch
    {
        OrgVdcNetwork own => OrgVdc(call, own, own.Reference),
        VAppNetwork vApp => VcdAnswer.Ok(
            Xml.Root(
                call.Hrefs,
                "VAppNetwork",
                new XAttribute("deployed", Xml.Bool(vApp.VApp.IsDeployed)),
                call.Hrefs.Identity(vApp.Reference),
                Xml.Link("up", MediaTypes.VApp, call.Hrefs.Of(vApp.VApp)),
                Xml.Link("down", MediaTypes.AllocatedAddresses, $"{call.Hrefs.Of(vApp)}/allocatedAddresses"),
                Xml.Element("Description", vApp.Description),
                Configuration(call, vApp)),
            MediaTypes.VAppNetwork),
        _ => External(call, (ExternalNetwork)network),
    };

    /// <summary>GET /api/admin/network/{id}.</summary>
    public static VcdAnswer GetAdmin(VcdCall call, Entity network)
    {
        OrgAnswers.RequireAdministrator(call);
        return network is OrgVdcNetwork own ? OrgVdc(call, own, own.AdminReference) : Get(call, network);
    }

    /// <summary>GET …/allocatedAddresses.</summary>
    public static VcdAnswer Allocated(VcdCall call, Entity network)
    {
        var used = network switch
        {
            OrgVdcNetwork own => own.Users,
            VAppNetwork vApp => AddressPools.UsersOf(vApp),
            _ => [],
        };
        return VcdAnswer.Ok(
            Xml.Root(
                call.Hrefs,
                "AllocatedIpAddresses",
                new XAttribute("type", MediaTypes.AllocatedAddresses),
                new XAttribute("href", $"{call.Hrefs.Of(network)}/allocatedAddresses"),
                Xml.Link("up", network.Kind.MediaType, call.Hrefs.Of(network)),
                used.Where(u => u.Adapter.IpAddress is not null).Select(u => Xml.Element(
                    "IpAddress",
                    new XAttribute("allocationType", "vmAllocated"),
                    new XAttribute("isDeployed", Xml.Bool(u.Machine.IsDeployed)),
                    call.Sees.Sees(u.Machine) ? Xml.Link("down", MediaTypes.Vm, call.Hrefs.Of(u.Machine), u.Machine.Name) : null,
                    Xml.Element("IpAddress", u.Adapter.IpAddress)))),
            MediaTypes.AllocatedAddresses);
    }

    /// <summary>The configuration of a vApp's network: with its services, and its router's address where it is routed.</summary>
    public static XElement Configuration(VcdCall call, VAppNetwork network)
    {
        var xml = Configuration(call, network.Scope, network.Fence, network.Parent?.Reference);
        xml.SetElementValue(Xml.Namespace + "RetainNetInfoAcrossDeployments", Xml.Bool(network.RetainsAddresses));
        if (network.Features is { } features) xml.Add(new XElement(features));
        if (network.RouterAddress is { } address) xml.Add(Xml.Element("RouterInfo", Xml.Element("ExternalIp", address)));
        return xml;
    }

    public static XElement Configuration(VcdCall call, IpScope scope, FenceMode fence, Reference? parent)
    {
        var addresses = Xml.Element(
            "IpScope",
            Xml.Element("IsInherited", Xml.Bool(scope.IsInherited)),
            Xml.Element("Gateway", scope.Gateway),
            Xml.Element("Netmask", scope.Netmask),
            scope.Dns1 is null ? null : Xml.Element("Dns1", scope.Dns1),
            scope.Dns2 is null ? null : Xml.Element("Dns2", scope.Dns2),
            scope.DnsSuffix is null ? null : Xml.Element("DnsSuffix", scope.DnsSuffix),
            call.Version! >= FirstWithManyScopes ? Xml.Element("IsEnabled", "true") : null,
            scope.HasRange ? Xml.Element("IpRanges", Range(scope.FirstAddress, scope.LastAddress), scope.MoreRanges.Select(r => Range(r.First, r.Last))) : null);
        return Xml.Element(
            "Configuration",
            call.Version! >= FirstWithManyScopes ? Xml.Element("IpScopes", addresses) : addresses,
            parent is null ? null : call.Hrefs.Reference("ParentNetwork", parent),
            Xml.Element("FenceMode", Word(fence)),
            Xml.Element("RetainNetInfoAcrossDeployments", "false"));
    }

    public static string Word(FenceMode fence) => fence switch
    {
        FenceMode.Bridged => "bridged",
        FenceMode.NatRouted => "natRouted",
        _ => "isolated",
    };

    private static XElement Range(string first, string last) => Xml.Element("IpRange", Xml.Element("StartAddress", first), Xml.Element("EndAddress", last));

    private static VcdAnswer OrgVdc(VcdCall call, OrgVdcNetwork network, Reference self)
    {
        var hrefs = call.Hrefs;
        var isAdmin = self.Kind == EntityKind.AdminNetwork;
        var seesEdge = call.Session.Account.Role != VcdRole.VAppUser;
        var xml = Xml.Root(
            hrefs,
            "OrgVdcNetwork",
            new XAttribute("status", "1"),
            hrefs.Identity(self),
            Xml.Link("up", MediaTypes.Vdc, hrefs.Of(network.Vdc)),
            Xml.Link("down", MediaTypes.Metadata, $"{hrefs.Of(self)}/metadata"),
            Xml.Link("down", MediaTypes.AllocatedAddresses, $"{hrefs.Of(self)}/allocatedAddresses/"),
            isAdmin && call.Sees.MayChange(network.Org) ? new[] { Xml.Link("edit", MediaTypes.OrgVdcNetwork, hrefs.Of(self)), Xml.Link("remove", type: null, hrefs.Of(self)) } : null,
            !isAdmin && seesEdge ? Xml.Link("alternate", MediaTypes.OrgVdcNetwork, hrefs.Of(network.AdminReference)) : null,
            Xml.Element("Description", network.Description),
            TaskAnswers.InProgress(call, network),
            Configuration(call, network.Scope, network.Fence, call.Sees.IsProvider ? network.Parent?.Reference : null),
            network.Edge is { } edge && seesEdge ? hrefs.Reference("EdgeGateway", edge.Reference) : null,
            Xml.Element("IsShared", Xml.Bool(network.IsShared)));
        return VcdAnswer.Ok(xml, MediaTypes.OrgVdcNetwork);
    }

    private static VcdAnswer External(VcdCall call, ExternalNetwork network) => VcdAnswer.Ok(
        Xml.Root(
            call.Hrefs,
            "ExternalNetwork",
            call.Hrefs.Identity(network.Reference),
            Xml.Element("Description"),
            Configuration(call, network.Scope, FenceMode.Isolated, parent: null)),
        MediaTypes.ExternalNetwork);
}
