using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Gives addresses to the adapters of machines: from the pool of the network above where a vApp's network is bridged, else from its own.</summary>
internal static class AddressPools
{
    /// <summary>The machines' adapters on a network of a vApp.</summary>
    public static IEnumerable<(VirtualMachine Machine, NetworkAdapter Adapter)> UsersOf(VAppNetwork network)
        => network.VApp.Machines.SelectMany(m => m.Adapters.Where(a => a.Network == network.Name).Select(a => (Machine: m, Adapter: a)));

    /// <summary>
    /// What each adapter's mode says: POOL and MANUAL have an address once they are connected, DHCP while the machine runs, NONE never.
    /// </summary>
    /// <exception cref="VcdException">400: a pool is empty.</exception>
    public static void Assign(VirtualMachine machine)
    {
        foreach (var adapter in machine.Adapters)
        {
            var network = machine.VApp?.Networks.Find(n => n.Name == adapter.Network);
            switch (adapter.Mode)
            {
                case "NONE":
                    adapter.IpAddress = null;
                    break;
                case "DHCP" when network is null || machine.Status is not (MachineStatus.PoweredOn or MachineStatus.WaitingForInput):
                    adapter.IpAddress = null;
                    break;
                case "POOL" when network is null:
                    adapter.IpAddress = null;
                    break;
                case "POOL" or "DHCP" when adapter.IpAddress is null || !RangesOf(network!, adapter.Mode).Any(r => IsIn(adapter.IpAddress, r)):
                    adapter.IpAddress = Next(network!, adapter.Mode);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The lowest address that nobody has.</summary>
    /// <exception cref="VcdException">400: there is none.</exception>
    public static string Next(VAppNetwork network, string mode = "POOL")
    {
        var used = network is { Fence: FenceMode.Bridged, Parent: { } parent } ? Used(parent) : Numbers(UsersOf(network));
        return FirstFree(used, RangesOf(network, mode), network.Name);
    }

    private static string FirstFree(HashSet<uint> used, IEnumerable<(uint First, uint Last)> ranges, string network)
    {
        foreach (var (first, last) in ranges)
        {
            for (var at = first; at <= last && at >= first; at++)
            {
                if (!used.Contains(at)) return Text(at);
            }
        }

        throw VcdException.BadRequest($"There are no more IP addresses available in the network \"{network}\".");
    }

    /// <summary>The lowest address of an organization's network that nobody has: for a router.</summary>
    /// <exception cref="VcdException">400: there is none.</exception>
    public static string Next(OrgVdcNetwork network) => FirstFree(Used(network), RangesOf(network.Scope), network.Name);

    /// <summary>Whether another machine has an address.</summary>
    public static bool IsTaken(VAppNetwork network, string address, VirtualMachine but)
        => Neighbours(network).Any(u => u.Machine != but && string.Equals(u.Adapter.IpAddress, address, StringComparison.Ordinal));

    /// <summary>Whether an address is of a network's subnet.</summary>
    public static bool IsInSubnet(IpScope scope, string address)
        => TryRead(address, out var number) && TryRead(scope.Gateway, out var gateway) && TryRead(scope.Netmask, out var mask) && (number & mask) == (gateway & mask);

    public static bool IsAddress(string text) => TryRead(text, out _);

    private static HashSet<uint> Used(OrgVdcNetwork network)
    {
        var used = Numbers(network.Users);
        foreach (var child in network.Children)
        {
            if (child.RouterAddress is { } router && TryRead(router, out var number)) used.Add(number);
        }

        return used;
    }

    private static HashSet<uint> Numbers(IEnumerable<(VirtualMachine Machine, NetworkAdapter Adapter)> users)
    {
        var used = new HashSet<uint>();
        foreach (var (_, adapter) in users)
        {
            if (adapter.IpAddress is { } address && TryRead(address, out var number)) used.Add(number);
        }

        return used;
    }

    private static IEnumerable<(VirtualMachine Machine, NetworkAdapter Adapter)> Neighbours(VAppNetwork network)
        => network is { Fence: FenceMode.Bridged, Parent: { } parent }
            ? parent.Users
            : UsersOf(network);

    private static IEnumerable<(uint First, uint Last)> RangesOf(VAppNetwork network, string mode)
    {
        var scope = network is { Fence: FenceMode.Bridged, Parent: { } parent } ? parent.Scope : network.Scope;
        return mode is "DHCP" && network.Features?.Element(Xml.Namespace + "DhcpService") is { } service && Xml.Flag(service, "IsEnabled") is true && service.Element(Xml.Namespace + "IpRange") is { } range
            ? RangesOf(scope with { FirstAddress = Xml.Text(range, "StartAddress") ?? scope.FirstAddress, LastAddress = Xml.Text(range, "EndAddress") ?? scope.LastAddress, MoreRanges = [] })
            : RangesOf(scope);
    }

    private static IEnumerable<(uint First, uint Last)> RangesOf(IpScope scope)
    {
        foreach (var (from, to) in scope.MoreRanges.Prepend((First: scope.FirstAddress, Last: scope.LastAddress)))
        {
            if (TryRead(from, out var first) && TryRead(to, out var last)) yield return (first, last);
        }
    }

    private static bool IsIn(string address, (uint First, uint Last) range) => TryRead(address, out var number) && number >= range.First && number <= range.Last;

    private static bool TryRead(string text, out uint number)
    {
        number = 0;
        if (text.Count(c => c == '.') != 3 || !IPAddress.TryParse(text, out var address)) return false;
        number = BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());
        return true;
    }

    private static string Text(uint number) => string.Create(CultureInfo.InvariantCulture, $"{number >> 24}.{number >> 16 & 0xFF}.{number >> 8 & 0xFF}.{number & 0xFF}");
}
