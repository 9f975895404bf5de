using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Reads a NetworkConnectionSection and makes a machine's adapters those of it (schema, NetworkConnectionType; guide, "Network connections").</summary>
internal static class Connections
{
    private const int MostAdapters = 10;
    private static readonly string[] Modes = ["POOL", "DHCP", "MANUAL", "NONE"];
    private static readonly string[] AdapterTypes = ["VLANCE", "E1000", "E1000E", "VMXNET", "VMXNET2", "VMXNET3", "FLEXIBLE", "SRIOVETHERNETCARD"];

    /// <summary>The adapters of a section. An index that is there keeps its address of the hardware and its type, unless the section names others.</summary>
    /// <exception cref="VcdException">400: a value cannot be; the sentence says which.</exception>
    public static List<NetworkAdapter> Read(XElement section, IReadOnlyList<NetworkAdapter> present, IReadOnlyCollection<string> networks)
    {
        var adapters = new List<NetworkAdapter>();
        var primary = Xml.Text(section, "PrimaryNetworkConnectionIndex") is { } text ? Number(text, "PrimaryNetworkConnectionIndex") : (int?)null;
        foreach (var connection in section.Elements(Xml.Namespace + "NetworkConnection"))
        {
            var index = Number(Xml.Text(connection, "NetworkConnectionIndex") ?? "", "NetworkConnectionIndex");
            if (index is < 0 or >= MostAdapters) throw VcdException.BadRequest($"validation error on field 'NetworkConnectionIndex': {index} is not from 0 to {MostAdapters - 1}.");
            if (adapters.Exists(a => a.Index == index)) throw VcdException.BadRequest($"validation error on field 'NetworkConnectionIndex': {index} is there twice.");
            var old = present.FirstOrDefault(a => a.Index == index);
            var network = (string?)connection.Attribute("network") ?? NetworkAdapter.None;
            var mode = (Xml.Text(connection, "IpAddressAllocationMode") ?? "").Trim().ToUpperInvariant();
            if (!Modes.Contains(mode, StringComparer.Ordinal)) throw VcdException.BadRequest($"validation error on field 'IpAddressAllocationMode': '{mode}' is none of {string.Join(", ", Modes)}.");
            adapters.Add(new NetworkAdapter(index, network, Xml.Text(connection, "MACAddress") is { Length: > 0 } mac ? mac : old?.Mac ?? MacAddresses.Next(), mode)
            {
                IsConnected = Xml.Flag(connection, "IsConnected") ?? true,
                AdapterType = Type(connection) ?? old?.AdapterType ?? "VMXNET3",
                IpAddress = mode is "MANUAL" ? Manual(connection, index) : old is not null && old.Network == network && old.Mode == mode ? old.IpAddress : null,
            });
        }

        Check(adapters, networks);
        if (primary is { } wanted && adapters.Count > 0 && !adapters.Exists(a => a.Index == wanted)) throw VcdException.BadRequest($"validation error on field 'PrimaryNetworkConnectionIndex': there is no network connection {wanted}.");
        if (adapters.Find(a => a.Index == (primary ?? present.FirstOrDefault(p => p.IsPrimary)?.Index)) is { } first) first.IsPrimary = true;
        else if (adapters.Count > 0) adapters[0].IsPrimary = true;
        return adapters;
    }

    /// <summary>Whether the networks of adapters exist.</summary>
    /// <exception cref="VcdException">400: one does not; the sentence names those that do.</exception>
    public static void Check(IEnumerable<NetworkAdapter> adapters, IReadOnlyCollection<string> networks)
    {
        foreach (var adapter in adapters)
        {
            if (string.Equals(adapter.Network, NetworkAdapter.None, StringComparison.OrdinalIgnoreCase))
            {
                adapter.Network = NetworkAdapter.None;
                adapter.IsConnected = false;
                if (adapter.Mode is "POOL" or "MANUAL") throw VcdException.BadRequest($"The network connection {adapter.Index} has no network: its IpAddressAllocationMode cannot be {adapter.Mode}.");
                continue;
            }

            if (!networks.Contains(adapter.Network, StringComparer.Ordinal)) throw VcdException.BadRequest($"The network \"{adapter.Network}\" of the network connection {adapter.Index} does not exist in the vApp. It has: {string.Join(", ", networks)}.");
        }
    }

    /// <summary>Gives a machine its adapters, and those their addresses.</summary>
    /// <exception cref="VcdException">400: an address is taken or not of its network, or a pool is empty.</exception>
    public static void Apply(VirtualMachine machine, IReadOnlyList<NetworkAdapter> adapters)
    {
        CheckAddresses(machine, adapters);
        machine.Adapters.Clear();
        machine.Adapters.AddRange(adapters);
        AddressPools.Assign(machine);
    }

    /// <summary>Whether the addresses that were given by hand can be.</summary>
    /// <exception cref="VcdException">400: one is taken, or not of its network.</exception>
    public static void CheckAddresses(VirtualMachine machine, IEnumerable<NetworkAdapter> adapters)
    {
        foreach (var adapter in adapters.Where(a => a.Mode is "MANUAL"))
        {
            var network = machine.VApp!.Networks.Find(n => n.Name == adapter.Network) ?? throw VcdException.BadRequest($"The network \"{adapter.Network}\" does not exist in the vApp.");
            if (!AddressPools.IsInSubnet(network.Scope, adapter.IpAddress!)) throw VcdException.BadRequest($"The IP address {adapter.IpAddress} is not of the network \"{network.Name}\" ({network.Scope.Gateway}/{network.Scope.Netmask}).");
            if (AddressPools.IsTaken(network, adapter.IpAddress!, machine)) throw VcdException.BadRequest($"The IP address {adapter.IpAddress} is already in use in the network \"{network.Name}\".");
        }
    }

    private static string? Type(XElement connection)
    {
        if (Xml.Text(connection, "NetworkAdapterType") is not { Length: > 0 } text) return null;
        return AdapterTypes.FirstOrDefault(t => t.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) ?? throw VcdException.BadRequest($"validation error on field 'NetworkAdapterType': '{text}' is none of {string.Join(", ", AdapterTypes)}.");
    }

    private static string Manual(XElement connection, int index)
        => Xml.Text(connection, "IpAddress")?.Trim() is { } text && AddressPools.IsAddress(text) ? text : throw VcdException.BadRequest($"validation error on field 'IpAddress': the network connection {index} is MANUAL and needs an address.");

    private static int Number(string text, string field)
        => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw VcdException.BadRequest($"validation error on field '{field}': '{text}' is no number.");
}
