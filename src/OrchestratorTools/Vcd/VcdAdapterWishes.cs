using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>What a network adapter is to be like, and whether it can be.</summary>
internal sealed record VcdAdapterWishes
{
    public string? Network { get; init; }

    public VcdIPAddressMode? Mode { get; init; }

    public string? IPAddress { get; init; }

    public string? MacAddress { get; init; }

    public VcdAdapterType? AdapterType { get; init; }

    public bool? Connected { get; init; }

    public bool Primary { get; init; }

    /// <summary>What was given; of a parameter that has a value without being typed, only what was typed.</summary>
    /// <param name="given">The parameters.</param>
    /// <param name="typed">Those that were typed, by their names.</param>
    public static VcdAdapterWishes Of(IVcdAdapterSettings given, Dictionary<string, object> typed) => new()
    {
        Network = given.Network,
        Mode = typed.ContainsKey(nameof(Mode)) ? given.Mode : null,
        IPAddress = given.IPAddress,
        MacAddress = given.MacAddress,
        AdapterType = typed.ContainsKey(nameof(AdapterType)) ? given.AdapterType : null,
        Connected = typed.ContainsKey(nameof(Connected)) ? given.Connected.ToBool() : null,
        Primary = given.Primary,
    };

    /// <summary>The parameter that is an address, its value, and what would be right, where several adapters are to have it; null where none is given, or one adapter has it.</summary>
    /// <param name="adapters">How many adapters are meant so far.</param>
    public (string Parameter, object Value, string Wanted)? TooFewAddresses(int adapters)
        => adapters > 1 && (IPAddress ?? MacAddress) is { } address ? (IPAddress is null ? nameof(MacAddress) : nameof(IPAddress), address, "one address is for one network adapter.") : null;

    /// <summary>The parameter that is wrong by itself, its value, and what would be right; null where nothing is.</summary>
    public (string Parameter, object Value, string Wanted)? Contradiction()
        => IPAddress is { } ip && VcdMachineChecks.NoIPAddress(ip) is { } noAddress ? ("IPAddress", ip, noAddress)
            : MacAddress is { } mac && VcdMachineChecks.NoMacAddress(mac) is { } noMac ? ("MacAddress", mac, noMac)
            : IPAddress is not null && Mode is { } other and not VcdIPAddressMode.Manual ? ("IPAddress", IPAddress, $"an address is named with -Mode Manual, not with -Mode {other}.")
            : IPAddress is null && Mode is VcdIPAddressMode.Manual ? ("Mode", Mode, "an address is needed with it: -IPAddress.")
            : Network is VcdNetworkCardChange.NoNetwork && (IPAddress is not null || Mode is not (null or VcdIPAddressMode.None)) ? ("Network", Network, "an adapter at no network has no address; leave out -IPAddress and -Mode.")
            : null;

    /// <summary>The change of an adapter, or of a new one, and what it does in words; throws with kind Validation where the machine's vApp does not have the network.</summary>
    /// <param name="index">The number.</param>
    /// <param name="present">The adapter as it is; null of a new one.</param>
    /// <param name="vm">The machine.</param>
    /// <param name="networks">The networks of its vApp; asked for only where a network is named.</param>
    public (IReadOnlyList<string> Words, VcdNetworkCardChange Change) Plan(int index, VcdNetworkCard? present, VcdVM vm, Func<IReadOnlyList<string>> networks)
    {
        var network = Network is null ? present is null ? VcdNetworkCardChange.NoNetwork : null : Known(Network, vm, networks);
        var at = network ?? present?.Network ?? VcdNetworkCardChange.NoNetwork;
        var moves = network is not null && network != present?.Network;
        if (at is VcdNetworkCardChange.NoNetwork && (IPAddress is not null || Mode is not (null or VcdIPAddressMode.None)))
        {
            throw VcdMachineChecks.Refused(OrchestratorErrorKind.Validation, $"-{(IPAddress is null ? $"Mode {Mode}" : $"IPAddress {IPAddress}")}: the network adapter {index} of virtual machine '{vm.Name}' is at no network, and has no address there. Nothing was sent.", "Name a network too: -Network.");
        }

        // What is moved to another network keeps its way to an address, but not the address: that is the old network's.
        var mode = IPAddress is not null ? "MANUAL"
            : Mode is { } said ? said.ToString().ToUpperInvariant()
            : at is VcdNetworkCardChange.NoNetwork ? moves || present is null ? "NONE" : null
            : !moves ? null
            : present?.Mode is null or "NONE" or "MANUAL" ? "POOL" : present.Mode;
        var words = new List<string>();
        Say("network", network, present?.Network);
        Say("mode", mode, present?.Mode);
        Say("IP address", IPAddress, present?.IPAddress);
        Say("MAC address", MacAddress, present?.MacAddress);
        var adapter = AdapterType?.ToString().ToUpperInvariant();
        Say("adapter", adapter, present?.AdapterType);
        var connected = Connected ?? (present is null ? at is not VcdNetworkCardChange.NoNetwork : moves ? at is not VcdNetworkCardChange.NoNetwork && (present.IsConnected || present.Network is VcdNetworkCardChange.NoNetwork) : null);
        if (connected is { } plugged && plugged != present?.IsConnected)
        {
            words.Add(plugged ? "connected" : "not connected");
        }

        if (Primary && present?.IsPrimary is not true)
        {
            words.Add("primary");
        }

        return (words, new VcdNetworkCardChange { Index = index, Network = network, Mode = mode, IPAddress = IPAddress, MacAddress = MacAddress, AdapterType = adapter, IsConnected = connected, IsPrimary = Primary });

        void Say(string what, string? wanted, string? old)
        {
            if (wanted is not null && !string.Equals(wanted, old, StringComparison.OrdinalIgnoreCase))
            {
                words.Add(present is null ? $"{what} '{wanted}'" : $"{what} '{old}' → '{wanted}'");
            }
        }
    }

    private static string Known(string name, VcdVM vm, Func<IReadOnlyList<string>> networks)
    {
        if (name is VcdNetworkCardChange.NoNetwork)
        {
            return name;
        }

        var known = networks();
        return known.FirstOrDefault(n => n == name) ?? known.FirstOrDefault(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase))
            ?? throw VcdMachineChecks.Refused(
                OrchestratorErrorKind.Validation,
                $"-Network '{name}': the vApp{(vm.VApp is { } vapp ? $" '{vapp}'" : string.Empty)} of virtual machine '{vm.Name}' has no such network; it has {VcdVMParts.List(known)}. Nothing was sent.",
                "Name one of these, or 'none'; New-VcdVAppNetwork brings another network into the vApp.");
    }
}
