using System.Globalization;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>Which network card comes to which network: a card of one machine before the card of all, that before the source's network, that before all.</summary>
internal sealed class VcdNetworkPlan
{
    /// <summary>What a card is on that is on no network.</summary>
    public const string None = "none";

    private readonly Entry[] _entries;

    private VcdNetworkPlan(Entry[] entries) => _entries = entries;

    /// <summary>The networks of the virtual data center that are used.</summary>
    public IEnumerable<VcdReference> Networks => _entries.Select(e => e.Network).OfType<VcdReference>().DistinctBy(n => n.Href, StringComparer.Ordinal);

    /// <summary>The keys that fit no card of the machines.</summary>
    public IEnumerable<string> Unfit(IReadOnlyList<VcdMachineSource> machines)
        => _entries.Where(e => e.Key is not null && !machines.Any(m => m.Cards.Any(c => Rank(e, m, c) > 0))).Select(e => e.Key!);

    /// <summary>Reads the keys. The names of networks were looked up before.</summary>
    public static VcdNetworkPlan Of(IEnumerable<(VcdNetworkMapping Mapping, VcdReference? Network)> mappings, IReadOnlyList<VcdMachineSource> machines)
        => new(mappings.Select(m => new Entry(m.Mapping.Card, MachineIn(m.Mapping.Card, machines), CardIn(m.Mapping.Card, machines), m.Network, m.Mapping)).ToArray());

    /// <summary>Where a card comes to; null where nothing is said of it.</summary>
    public (VcdReference? Network, VcdCardPlan Card)? For(VcdMachineSource machine, VcdNetworkCard card)
    {
        var entry = _entries.Select(e => (Entry: e, Rank: Rank(e, machine, card))).Where(e => e.Rank > 0).OrderByDescending(e => e.Rank).Select(e => e.Entry).FirstOrDefault();
        return entry switch
        {
            null => null,
            { Network: null } => (null, new VcdCardPlan(None, "NONE", null, false)),
            { Network: { } network, Mapping: { } mapping } => (network, new VcdCardPlan(network.Name ?? string.Empty, mapping.IPAddress is not null ? "MANUAL" : mapping.Mode ?? ModeOf(card), mapping.IPAddress, true)),
        };
    }

    /// <summary>The cards in words, for who named one that is not there.</summary>
    public static string Describe(IReadOnlyList<VcdMachineSource> machines)
        => string.Join("; ", machines.Take(10).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Name}: {(m.Cards.Count == 0 ? "none" : string.Join(", ", m.Cards.Select(c => string.Create(CultureInfo.InvariantCulture, $"eth{c.Index} ({(IsOnNone(c) ? "on no network" : $"on '{c.Network}'")})"))))}"))) + (machines.Count > 10 ? "; …" : string.Empty);

    /// <summary>True of a card that is on no network.</summary>
    public static bool IsOnNone(VcdNetworkCard card) => card.Network is null or None;

    // An address that was given by hand is the source's own; and a card without one gets one, or it would have been no use to connect it.
    private static string ModeOf(VcdNetworkCard card) => card.Mode is "DHCP" ? "DHCP" : "POOL";

    private static int Rank(Entry entry, VcdMachineSource machine, VcdNetworkCard card)
    {
        if (entry.Machine is { } only && only != machine)
        {
            return 0;
        }

        var (ofMachine, ofCard, ofNetwork, ofAll) = (8, 4, 2, 1);
        var machineRank = entry.Machine is null ? 0 : ofMachine;
        return entry.Key is null ? ofAll
            : IndexOf(entry.Card) is { } index ? (index == card.Index ? machineRank + ofCard : 0)
            : string.Equals(entry.Card, card.Network, StringComparison.Ordinal) ? machineRank + ofNetwork
            : 0;
    }

    private static VcdMachineSource? MachineIn(string? key, IReadOnlyList<VcdMachineSource> machines)
        => key is null || IsNetwork(key, machines) ? null : machines.Where(m => key.StartsWith(m.Name + "/", StringComparison.OrdinalIgnoreCase)).MaxBy(m => m.Name.Length);

    private static string? CardIn(string? key, IReadOnlyList<VcdMachineSource> machines)
    {
        var card = MachineIn(key, machines) is { } machine ? key![(machine.Name.Length + 1)..] : key;

        // Letter case decides only where two networks differ in nothing else.
        var networks = machines.SelectMany(m => m.Cards).Select(c => c.Network).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        return card is null || networks.Contains(card, StringComparer.Ordinal) ? card
            : networks.Where(n => string.Equals(n, card, StringComparison.OrdinalIgnoreCase)).ToArray() is [var other] ? other
            : card;
    }

    private static bool IsNetwork(string key, IReadOnlyList<VcdMachineSource> machines) => machines.Any(m => m.Cards.Any(c => string.Equals(c.Network, key, StringComparison.OrdinalIgnoreCase)));

    private static int? IndexOf(string? card)
    {
        var digits = card is not null && card.StartsWith("eth", StringComparison.OrdinalIgnoreCase) ? card[3..] : card;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }

    private sealed record Entry(string? Key, VcdMachineSource? Machine, string? Card, VcdReference? Network, VcdNetworkMapping Mapping);
}
