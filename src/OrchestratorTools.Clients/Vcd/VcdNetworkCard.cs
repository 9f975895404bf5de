using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>How a network adapter gets its address (schema type NetworkConnectionType).</summary>
public enum VcdIPAddressMode
{
    /// <summary>From the addresses that the network gives out.</summary>
    Pool,

    /// <summary>From a DHCP server, when the guest asks.</summary>
    Dhcp,

    /// <summary>The address that is named.</summary>
    Manual,

    /// <summary>None.</summary>
    None,
}

/// <summary>A network adapter of a virtual machine.</summary>
public sealed class VcdNetworkCard : ServerObject, IOfTenant
{
    private readonly VcdVM _vm;

    private VcdNetworkCard(XElement connection, long primary, VcdVM vm)
    {
        _vm = vm;
        Index = (int)(VcdXml.Number(VcdXml.ChildText(connection, "NetworkConnectionIndex")) ?? 0);
        Network = VcdXml.Text(connection, "network");
        IsConnected = VcdXml.Flag(VcdXml.ChildText(connection, "IsConnected")) ?? false;
        IsPrimary = Index == primary;
        MacAddress = VcdXml.ChildText(connection, "MACAddress");
        IPAddress = VcdXml.ChildText(connection, "IpAddress") is { Length: > 0 } address ? address : null;
        ExternalIPAddress = VcdXml.ChildText(connection, "ExternalIpAddress") is { Length: > 0 } external ? external : null;
        Mode = VcdXml.ChildText(connection, "IpAddressAllocationMode");
        AdapterType = VcdXml.ChildText(connection, "NetworkAdapterType");
        NeedsCustomization = VcdXml.Flag(connection, "needsCustomization");
    }

    /// <summary>The virtual machine's name.</summary>
    public string VM => _vm.Name;

    /// <summary>The virtual machine's vApp (or template).</summary>
    public string? VApp => _vm.VApp;

    /// <summary>Its number.</summary>
    public int Index { get; }

    /// <summary>The vApp's network that it is attached to; "none" where it is to none.</summary>
    public string? Network { get; }

    /// <summary>The address, where it has one.</summary>
    public string? IPAddress { get; }

    /// <summary>How it gets its address: DHCP, POOL, MANUAL or NONE.</summary>
    public string? Mode { get; }

    /// <summary>The MAC address.</summary>
    public string? MacAddress { get; }

    /// <summary>True where it is plugged in.</summary>
    public bool IsConnected { get; }

    /// <summary>True of the one whose network and address count as the machine's.</summary>
    public bool IsPrimary { get; }

    /// <summary>The adapter: VMXNET3, E1000, …; before API 5.11 the server does not say.</summary>
    public string? AdapterType { get; }

    /// <summary>The address outside, where the network translates addresses.</summary>
    public string? ExternalIPAddress { get; }

    /// <summary>True where the guest has not taken it up yet.</summary>
    public bool? NeedsCustomization { get; }

    /// <summary>The virtual machine's address.</summary>
    public string VMHref => _vm.Href;

    /// <inheritdoc/>
    VcdTenant? IOfTenant.Tenant { get; set; }

    /// <summary>The virtual machine, as it was when the adapter was read.</summary>
    internal VcdVM Machine => _vm;

    /// <inheritdoc/>
    public override string ToString() => $"{Network} {IPAddress}".TrimEnd();

    internal static IReadOnlyList<VcdNetworkCard> AllOf(XElement? section, VcdVM vm)
    {
        if (section is null)
        {
            return [];
        }

        var primary = VcdXml.Number(VcdXml.ChildText(section, "PrimaryNetworkConnectionIndex")) ?? 0;
        return VcdXml.Children(section, "NetworkConnection").Select(c => new VcdNetworkCard(c, primary, vm)).ToArray();
    }
}
