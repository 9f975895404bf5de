using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A network card of a virtual machine.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Network">The vApp's network that it is attached to; "none" where it is to none.</param>
/// <param name="IsConnected">True where it is plugged in.</param>
/// <param name="IsPrimary">True of the first one.</param>
/// <param name="MacAddress">The MAC address.</param>
/// <param name="IPAddress">The address, where it has one.</param>
/// <param name="Mode">How it gets its address: DHCP, POOL, MANUAL or NONE.</param>
/// <param name="AdapterType">The adapter: VMXNET3, E1000, …</param>
public sealed record VcdNetworkCard(int Index, string? Network, bool IsConnected, bool IsPrimary, string? MacAddress, string? IPAddress, string? Mode, string? AdapterType)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Network} {IPAddress}".TrimEnd();

    internal static IReadOnlyList<VcdNetworkCard> AllOf(XElement? section)
    {
        if (section is null)
        {
            return [];
        }

        var primary = VcdXml.Number(VcdXml.ChildText(section, "PrimaryNetworkConnectionIndex")) ?? 0;
        return VcdXml.Children(section, "NetworkConnection").Select(c =>
        {
            var index = (int)(VcdXml.Number(VcdXml.ChildText(c, "NetworkConnectionIndex")) ?? 0);
            return new VcdNetworkCard(
                index,
                VcdXml.Text(c, "network"),
                VcdXml.Flag(VcdXml.ChildText(c, "IsConnected")) ?? false,
                index == primary,
                VcdXml.ChildText(c, "MACAddress"),
                VcdXml.ChildText(c, "IpAddress") is { Length: > 0 } address ? address : null,
                VcdXml.ChildText(c, "IpAddressAllocationMode"),
                VcdXml.ChildText(c, "NetworkAdapterType"));
        }).ToArray();
    }
}
