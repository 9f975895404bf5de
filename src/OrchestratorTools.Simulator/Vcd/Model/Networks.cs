using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>How a network is connected to the one above it.</summary>
internal enum FenceMode
{
    Bridged,
    NatRouted,
    Isolated,
}

/// <summary>The addresses of a network.</summary>
internal sealed record IpScope(string Gateway, string Netmask, string FirstAddress, string LastAddress)
{
    public string? Dns1 { get; init; }

    public string? Dns2 { get; init; }

    public string? DnsSuffix { get; init; }

    public bool IsInherited { get; init; }

    /// <summary>The ranges of its pool behind the first.</summary>
    public IReadOnlyList<(string First, string Last)> MoreRanges { get; init; } = [];

    /// <summary>Whether it has a pool of addresses.</summary>
    public bool HasRange => LastAddress is not "0.0.0.0";
}

/// <summary>A network that comes from outside of the cloud; only the provider sees it.</summary>
internal sealed class ExternalNetwork(Guid id, string name, IpScope scope) : Entity(id, name, EntityKind.ExternalNetwork)
{
    public IpScope Scope { get; } = scope;
}

/// <summary>An organization VDC network.</summary>
internal sealed class OrgVdcNetwork(Guid id, string name, Vdc vdc, FenceMode fence, IpScope scope) : Entity(id, name, EntityKind.Network), ITaskOwner
{
    public Vdc Vdc { get; } = vdc;

    public Organization Org => Vdc.Org;

    public FenceMode Fence { get; } = fence;

    public IpScope Scope { get; } = scope;

    public string Description { get; init; } = "";

    /// <summary>All VDCs of the organization may use it.</summary>
    public bool IsShared { get; init; }

    /// <summary>Where a routed one is routed.</summary>
    public EdgeGateway? Edge { get; init; }

    /// <summary>What a bridged one is bridged to.</summary>
    public ExternalNetwork? Parent { get; init; }

    /// <summary>The vApps' networks that are bridged or routed to it.</summary>
    public List<VAppNetwork> Children { get; } = [];

    /// <summary>The machines' adapters that have an address of it.</summary>
    public IEnumerable<(VirtualMachine Machine, NetworkAdapter Adapter)> Users => Children.Where(n => n.Fence == FenceMode.Bridged).SelectMany(AddressPools.UsersOf);

    public List<VcdTask> Tasks { get; } = [];

    /// <summary>The same network as administrators see it.</summary>
    public Reference AdminReference => new(EntityKind.AdminNetwork, Id, Name);
}

/// <summary>A network of a vApp: one of its own, or its hold on one of the organization.</summary>
internal sealed class VAppNetwork(Guid id, string name, VApp vApp, FenceMode fence, IpScope scope) : Entity(id, name, EntityKind.VAppNetwork)
{
    private OrgVdcNetwork? _parent;

    public VApp VApp { get; } = vApp;

    public FenceMode Fence { get; set; } = fence;

    public IpScope Scope { get; set; } = scope;

    /// <summary>The organization's network that it is bridged or routed to; null: none.</summary>
    public OrgVdcNetwork? Parent
    {
        get => _parent;
        set
        {
            _parent?.Children.Remove(this);
            _parent = value;
            value?.Children.Add(this);
        }
    }

    public string Description { get; set; } = "";

    /// <summary>Whether addresses outlive an undeployment.</summary>
    public bool RetainsAddresses { get; set; }

    /// <summary>DHCP, firewall and NAT, as the request that configured them had them; null: none.</summary>
    public XElement? Features { get; set; }

    /// <summary>The router's own address in the network above; null: it is not routed.</summary>
    public string? RouterAddress { get; set; }
}

/// <summary>An edge gateway: routes between an organization's networks and the outside.</summary>
internal sealed class EdgeGateway(Guid id, string name, Vdc vdc) : Entity(id, name, EntityKind.EdgeGateway), ITaskOwner
{
    public Vdc Vdc { get; } = vdc;

    public Organization Org => Vdc.Org;

    public string Description { get; init; } = "";

    public bool HasHighAvailability { get; init; }

    public string Size { get; init; } = "compact";

    /// <summary>The networks outside, and the edge's address in each.</summary>
    public List<(ExternalNetwork Network, string Address)> Uplinks { get; } = [];

    public List<OrgVdcNetwork> Networks { get; } = [];

    public List<VcdTask> Tasks { get; } = [];
}
