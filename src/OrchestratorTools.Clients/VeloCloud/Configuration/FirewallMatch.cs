using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>
/// What a firewall rule matches, in words, and back. The members (<c>sip</c>, <c>ssm</c>, <c>sport_low</c>, <c>sAddressGroup</c>, …) are those that clients write to real Orchestrators;
/// the definition leaves a module's data open.
/// </summary>
internal static class FirewallMatch
{
    /// <summary>Everything.</summary>
    public const string Any = "any";

    /// <summary>Before the logical id of a group.</summary>
    public const string GroupPrefix = "group:";

    private const string HostMask = "255.255.255.255";

    private static readonly Dictionary<string, int> Protocols = new(StringComparer.OrdinalIgnoreCase) { ["ICMP"] = 1, ["TCP"] = 6, ["UDP"] = 17, ["GRE"] = 47 };

    // What narrows a match and is no address, port or protocol: each of these means "any" by -1 or by nothing.
    private static readonly string[] OtherLimits = ["appid", "classid", "dscp", "svlan", "dvlan", "os_version", "hostname", "smac", "dmac"];

    /// <summary>The names of the protocols that have one.</summary>
    public static IReadOnlyCollection<string> ProtocolNames => Protocols.Keys;

    /// <summary>Where from (<c>s</c>) or to (<c>d</c>).</summary>
    public static string Address(JsonElement match, string side)
    {
        if (VeloCloudJson.Text(match, side + "AddressGroup") is { Length: > 0 } group)
        {
            return GroupPrefix + group;
        }

        if (VeloCloudJson.Text(match, side + "ip") is not { Length: > 0 } ip || ip.Equals(Any, StringComparison.OrdinalIgnoreCase))
        {
            return Any;
        }

        var mask = VeloCloudJson.Text(match, side + "sm");
        var type = VeloCloudJson.Text(match, side + "_rule_type");
        return mask is null or "" or Any or HostMask || type is "exact" ? ip
            : type is not "wildcard" && PrefixOf(mask) is { } prefix ? string.Create(CultureInfo.InvariantCulture, $"{ip}/{prefix}") : $"{ip} {type} {mask}";
    }

    /// <summary>From which ports, or to which.</summary>
    public static string Port(JsonElement match, string side)
    {
        if (VeloCloudJson.Text(match, side + "PortGroup") is { Length: > 0 } group)
        {
            return GroupPrefix + group;
        }

        var low = VeloCloudJson.Whole(match, side + "port_low") ?? -1;
        var high = VeloCloudJson.Whole(match, side + "port_high") ?? -1;
        return low < 0 ? Any : high < 0 || high == low ? low.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{low}-{high}");
    }

    /// <summary>The name of a protocol.</summary>
    public static string Protocol(long? number)
        => number is null or < 0 ? Any : Protocols.FirstOrDefault(p => p.Value == number).Key ?? number.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>True where a match lets nothing pass by.</summary>
    public static bool IsEverything(JsonElement rule)
        => !rule.TryGetProperty("match", out var match) || match.ValueKind is not JsonValueKind.Object
           || (Address(match, "s") is Any && Address(match, "d") is Any && Port(match, "s") is Any && Port(match, "d") is Any && Protocol(VeloCloudJson.Whole(match, "proto")) is Any
               && OtherLimits.All(name => VeloCloudJson.Text(match, name) is null or "" or "-1" or Any));

    /// <summary>An IPv4 address or net as <c>address</c> and mask; null where the text is neither. A net's address has no bits beyond its prefix.</summary>
    public static (string Ip, string Mask, string RuleType)? ParseAddress(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? text : text[..slash];
        if (host.Count(c => c == '.') != 3 || !IPAddress.TryParse(host, out var address) || address.AddressFamily is not AddressFamily.InterNetwork)
        {
            return null;
        }

        if (slash < 0)
        {
            return (address.ToString(), HostMask, "exact");
        }

        if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prefix) || prefix is < 0 or > 32)
        {
            return null;
        }

        var mask = prefix == 0 ? 0u : uint.MaxValue << (32 - prefix);
        return (NumberOf(address) & ~mask) == 0 ? (address.ToString(), TextOf(mask), "prefix") : null;
    }

    /// <summary>A port or a range of ports; null where the text is neither.</summary>
    public static (int Low, int High)? ParsePort(string text)
    {
        var parts = text.Split('-');
        return parts.Length is 1 or 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var low) && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var high)
            && low is > 0 and <= 65_535 && high >= low && high <= 65_535
            ? (low, high)
            : null;
    }

    /// <summary>A protocol's number, by its name or as the number that it is; null where it is neither.</summary>
    public static int? ParseProtocol(string text)
        => text.Equals(Any, StringComparison.OrdinalIgnoreCase) ? -1
            : Protocols.TryGetValue(text, out var known) ? known
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 255 ? number : null;

    /// <summary>The length of the prefix that a mask (255.255.255.0, or 24) stands for; null where it is not one run of ones.</summary>
    public static int? PrefixOf(string mask)
    {
        if (int.TryParse(mask, NumberStyles.None, CultureInfo.InvariantCulture, out var prefix))
        {
            return prefix is >= 0 and <= 32 ? prefix : null;
        }

        if (!IPAddress.TryParse(mask, out var address) || address.AddressFamily is not AddressFamily.InterNetwork)
        {
            return null;
        }

        var ones = BitOperations.PopCount(NumberOf(address));
        return NumberOf(address) == (ones == 0 ? 0u : uint.MaxValue << (32 - ones)) ? ones : null;
    }

    private static uint NumberOf(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static string TextOf(uint address) => string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");
}
