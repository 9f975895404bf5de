namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Query types of networks and edge gateways.</summary>
internal static class NetworkQueries
{
    private const int AddressesInASixteen = 63998;

    public static IEnumerable<QueryType> Types => [Edges(), OrgVdcNetworks(), VAppNetworks("vAppNetwork"), VAppNetworks("adminVAppNetwork"), Externals(), Relations()];

    private static QueryType Edges() => new FieldList<EdgeGateway>()
        .Text("name", e => e.Name)
        .Ref("vdc", e => e.Vdc.Reference)
        .Number("numberOfExtNetworks", e => e.Uplinks.Count)
        .Number("numberOfOrgNetworks", e => e.Networks.Count)
        .Flag("isBusy", e => e.Tasks.Exists(t => t.IsActive))
        .Text("orgVdcName", e => e.Vdc.Name)
        .Text("orgName", e => e.Org.Name)
        .Number("availableNetCount", e => 10 - e.Uplinks.Count - e.Networks.Count)
        .Text("edgeGatewayType", _ => "NSXV_BACKED")
        .Text("gatewayStatus", _ => "READY")
        .Text("haStatus", e => e.HasHighAvailability ? "UP" : "DISABLED")
        .Flag("advancedNetworkingEnabled", _ => true)
        .Flag("distributedRoutingEnabled", _ => false)
        .Build("edgeGateway", call => call.World.Inventory.Edges.Values.Where(e => QueryScope.Lists(call, "edgeGateway", e.Org)));

    private static QueryType OrgVdcNetworks() => new FieldList<OrgVdcNetwork>()
        .Text("name", n => n.Name)
        .Text("defaultGateway", n => n.Scope.Gateway)
        .Text("netmask", n => n.Scope.Netmask)
        .Number("subnetPrefixLength", _ => 16)
        .Text("dns1", n => n.Scope.Dns1 ?? " ")
        .Text("dns2", n => n.Scope.Dns2 ?? " ")
        .Text("dnsSuffix", n => n.Scope.DnsSuffix ?? " ")
        .Number("linkType", n => n.Fence switch { FenceMode.Bridged => 0, FenceMode.NatRouted => 1, _ => 2 })
        .Text("connectedTo", n => n.Edge?.Name ?? n.Parent?.Name)
        .Ref("vdc", n => n.Vdc.Reference)
        .Text("vdcName", n => n.Vdc.Name)
        .Flag("isBusy", n => n.Tasks.Exists(t => t.IsActive))
        .Flag("isShared", n => n.IsShared)
        .Flag("isIpScopeInherited", n => n.Scope.IsInherited)
        .Number("usedIpCount", n => n.Users.Count(u => u.Adapter.IpAddress is not null))
        .Number("totalIpCount", _ => AddressesInASixteen)
        .Number("interfaceType", n => n.Edge is null ? null : 0)
        .Build("orgVdcNetwork", call => call.World.Inventory.Networks.Values.Where(n => QueryScope.Lists(call, "orgVdcNetwork", n.Org)));

    private static QueryType VAppNetworks(string name)
    {
        var isAdmin = Assumptions.IsProviderQuery(name);
        var fields = new FieldList<VAppNetwork>()
            .Text("name", n => n.Name)
            .Flag("isIpScopeInherited", n => n.Scope.IsInherited)
            .Text("gateway", n => n.Scope.Gateway)
            .Text("netmask", n => n.Scope.Netmask)
            .Text("dns1", n => n.Scope.Dns1)
            .Text("dns2", n => n.Scope.Dns2)
            .Text("dnsSuffix", n => n.Scope.DnsSuffix)
            .Ref("vApp", n => n.VApp.Reference)
            .Text(isAdmin ? "vappName" : "vAppName", n => n.VApp.Name)
            .Flag("isBusy", n => n.VApp.IsBusy);
        if (isAdmin) fields.Ref("org", n => n.VApp.Org.Reference);
        return fields.Build(name, call => call.World.Inventory.VAppNetworks.Values.Where(n => QueryScope.Lists(call, name, n.VApp)));
    }

    private static QueryType Externals() => new FieldList<ExternalNetwork>()
        .Text("name", n => n.Name)
        .Text("gateway", n => n.Scope.Gateway)
        .Text("netmask", n => n.Scope.Netmask)
        .Text("dns1", n => n.Scope.Dns1)
        .Flag("isBusy", _ => false)
        .Build("externalNetwork", call => call.Sees.SeesAll ? call.World.Inventory.ExternalNetworks.Values : []);

    private static QueryType Relations() => new FieldList<NetworkRelation>()
        .Text("entityType", _ => "vapp")
        .Text("name", r => r.Name)
        .Ref("org", r => r.VApp.Org.Reference)
        .Ref("orgVdcNetwork", r => r.Network.Reference)
        .Text("orgVdcNetworkName", r => r.Network.Name)
        .Text("status", r => ComputeQueries.Word(r.VApp.Status))
        .Text("ownerName", r => r.VApp.Owner.Name)
        .Build("vAppOrgVdcNetworkRelation", call => call.World.Inventory.VAppNetworks.Values
            .Where(n => n.Parent is not null && QueryScope.Lists(call, "vAppOrgVdcNetworkRelation", n.VApp))
            .Select(n => new NetworkRelation(n.VApp, n.Parent!)));

    /// <summary>That a vApp is connected to a network of its organization.</summary>
    private sealed class NetworkRelation(VApp vApp, OrgVdcNetwork network) : Entity(vApp.Id, vApp.Name, EntityKind.VApp)
    {
        public VApp VApp { get; } = vApp;

        public OrgVdcNetwork Network { get; } = network;
    }
}
