namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Invents external networks, edge gateways and the organizations' networks.</summary>
internal sealed class NetworkSeed(Inventory inventory, SeedRandom random)
{
    public void Build()
    {
        var internet = Add(new ExternalNetwork(random.NextId(), "internet", new IpScope("198.51.100.1", "255.255.255.0", "198.51.100.10", "198.51.100.250") { Dns1 = "192.0.2.53" }));
        var mpls = Add(new ExternalNetwork(random.NextId(), "mpls (backbone)", new IpScope("203.0.113.1", "255.255.255.0", "203.0.113.10", "203.0.113.99")));

        var main = Vdc("acme-vdc");
        var small = Vdc("acme-vdc-small");
        var globex = Vdc("globex-vdc");

        var edge = Add(new EdgeGateway(random.NextId(), "acme-edge", main) { HasHighAvailability = true, Description = "Routes dmz and lab" }, (internet, "198.51.100.10"), (mpls, "203.0.113.10"));
        var labEdge = Add(new EdgeGateway(random.NextId(), "edge \"lab\" & test", small) { Size = "full" }, (internet, "198.51.100.11"));
        var globexEdge = Add(new EdgeGateway(random.NextId(), "globex-edge", globex), (internet, "198.51.100.12"));

        Add(Routed("dmz", main, edge, "10.16", "Reached from the internet"));
        Add(new OrgVdcNetwork(random.NextId(), "internal & db", main, FenceMode.Isolated, Scope("10.32", dns: null)) { Description = "Databases" });
        Add(new OrgVdcNetwork(random.NextId(), "office, floor 2 (guest)", main, FenceMode.Bridged, Scope("172.16", "172.16.0.53") with { IsInherited = true }) { IsShared = true, Parent = mpls });
        Add(Routed("lab", small, labEdge, "10.48", ""));
        Add(Routed("globex-net", globex, globexEdge, "10.64", ""));
        Add(new OrgVdcNetwork(random.NextId(), "isolé 数据", globex, FenceMode.Isolated, Scope("10.80", dns: null)));
    }

    private Vdc Vdc(string name) => inventory.Vdcs.Values.First(v => v.Name == name);

    private OrgVdcNetwork Routed(string name, Vdc vdc, EdgeGateway edge, string prefix, string description)
        => new(random.NextId(), name, vdc, FenceMode.NatRouted, Scope(prefix, $"{prefix}.0.1")) { Edge = edge, Description = description };

    private static IpScope Scope(string prefix, string? dns)
        => new($"{prefix}.0.1", "255.255.0.0", $"{prefix}.1.0", $"{prefix}.250.255") { Dns1 = dns, Dns2 = dns is null ? null : "192.0.2.53", DnsSuffix = dns is null ? null : "cloud.example" };

    private ExternalNetwork Add(ExternalNetwork network)
    {
        inventory.ExternalNetworks.Add(network.Id, network);
        return network;
    }

    private EdgeGateway Add(EdgeGateway edge, params (ExternalNetwork, string)[] uplinks)
    {
        edge.Uplinks.AddRange(uplinks);
        inventory.Edges.Add(edge.Id, edge);
        return edge;
    }

    private void Add(OrgVdcNetwork network)
    {
        network.Edge?.Networks.Add(network);
        inventory.Networks.Add(network.Id, network);
    }
}
