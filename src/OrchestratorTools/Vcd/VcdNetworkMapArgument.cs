using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>
/// What -Network takes where a vApp is made: one network for all network cards, or a table of cards (eth0, MACHINE/eth0) or networks of the source, and networks of the virtual data center. A value can be a table itself, with
/// Network, Mode and IPAddress.
/// </summary>
public sealed class VcdNetworkMapArgument
{
    private const string Wanted = "A network of the virtual data center is given by its name, or as Get-VcdNetwork returns it; or a table says which network card comes to which: @{ eth0 = 'dmz'; eth1 = 'none' }.";
    private static readonly string[] Modes = ["POOL", "DHCP", "MANUAL", "NONE"];
    private readonly List<VcdNetworkMapping> _mappings = [];

    /// <summary>One network for all, by name, id or address.</summary>
    public VcdNetworkMapArgument(string network) => _mappings.Add(Of(null, network));

    /// <summary>One network for all.</summary>
    public VcdNetworkMapArgument(ServerObject network) => _mappings.Add(Of(null, network));

    /// <summary>Cards and networks.</summary>
    public VcdNetworkMapArgument(IDictionary map) => Take(map);

    /// <summary>Any of these, wrapped by PowerShell or from another process.</summary>
    public VcdNetworkMapArgument(PSObject value)
    {
        if (value?.BaseObject is IDictionary map)
        {
            Take(map);
        }
        else
        {
            _mappings.Add(Of(null, value));
        }
    }

    /// <summary>The mappings.</summary>
    internal IReadOnlyList<VcdNetworkMapping> Mappings => _mappings;

    /// <summary>What says by which connection a network came.</summary>
    internal object? Source { get; private set; }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _mappings.Select(m => m.Card is null ? m.Network : $"{m.Card} = {m.Network ?? "none"}"));

    private static PSInvalidCastException Unfit() => new(Wanted);

    private void Take(IDictionary map)
    {
        if (map.Count == 0)
        {
            throw Unfit();
        }

        foreach (DictionaryEntry entry in map)
        {
            var key = Convert.ToString(entry.Key is PSObject wrapped ? wrapped.BaseObject : entry.Key, CultureInfo.InvariantCulture);
            _mappings.Add(Of(string.IsNullOrEmpty(key) ? throw Unfit() : key, entry.Value));
        }
    }

    private VcdNetworkMapping Of(string? card, object? value)
    {
        var bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        switch (bare)
        {
            case null:
                // Mostly a variable that was mistyped: whoever means no network says so.
                throw card is null ? Unfit() : new PSInvalidCastException($"'{card}' has no value; 'none' leaves a network card unconnected.");
            case string { Length: 0 }:
                throw Unfit();
            case string text:
                return new VcdNetworkMapping(card, string.Equals(text, "none", StringComparison.OrdinalIgnoreCase) ? null : text);
            case VcdNetwork network:
                Source = value;
                return new VcdNetworkMapping(card, network.Href.Length > 0 ? network.Href : network.Id);
            case VcdReference reference:
                return new VcdNetworkMapping(card, reference.Href);
            case IDictionary details:
                return Detailed(card, details);
            case VcdRecord record when record.ToObject() is VcdNetwork network:
                return Of(card, network);
            case PSCustomObject when (value as PSObject)?.Properties["Href"]?.Value is string { Length: > 0 } href:
                // A copy that came from another process still says which one it is.
                return new VcdNetworkMapping(card, href);
            default:
                throw Unfit();
        }
    }

    private VcdNetworkMapping Detailed(string? card, IDictionary details)
    {
        var mapping = new VcdNetworkMapping(card, null);
        string? mode = null;
        string? address = null;
        foreach (DictionaryEntry entry in details)
        {
            var text = Convert.ToString(entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value, CultureInfo.InvariantCulture);
            switch (Convert.ToString(entry.Key, CultureInfo.InvariantCulture)?.ToUpperInvariant())
            {
                case "NETWORK" when entry.Value is not IDictionary:
                    mapping = Of(card, entry.Value);
                    break;
                case "MODE":
                    mode = Array.Find(Modes, m => string.Equals(m, text, StringComparison.OrdinalIgnoreCase)) ?? throw new PSInvalidCastException($"Mode '{text}': it is one of {string.Join(", ", Modes)}.");
                    break;
                case "IPADDRESS":
                    address = IPAddress.TryParse(text, out var parsed) ? parsed.ToString() : throw new PSInvalidCastException($"IPAddress '{text}': an address such as 192.168.10.20 is needed.");
                    break;
                default:
                    throw new PSInvalidCastException($"'{entry.Key}': the table of one network card has Network, Mode and IPAddress.");
            }
        }

        return mapping.Network is null && (mode is not null || address is not null) ? throw new PSInvalidCastException("A network card with Mode or IPAddress needs a Network, too.")
            : address is not null && mode is not (null or "MANUAL") ? throw new PSInvalidCastException($"IPAddress '{address}' is of Mode MANUAL, not of {mode}.")
            : address is null && mode is "MANUAL" ? throw new PSInvalidCastException("Mode MANUAL needs an IPAddress.")
            : mapping with { Mode = mode, IPAddress = address };
    }
}
