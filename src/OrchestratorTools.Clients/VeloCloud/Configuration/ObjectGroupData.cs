using System.Globalization;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>The data of object groups: lists of <c>{ip, mask, rule_type}</c> and of <c>{proto, port_low, port_high}</c>, as clients write them to real Orchestrators (the definition says only: an object).</summary>
internal static class ObjectGroupData
{
    /// <summary>The type of a group of addresses.</summary>
    public const string AddressType = "address_group";

    /// <summary>The type of a group of ports.</summary>
    public const string PortType = "port_group";

    /// <summary>The addresses in words.</summary>
    public static IReadOnlyList<string> Addresses(JsonElement data) => Items(data).Select(Address).ToArray();

    /// <summary>The ports in words.</summary>
    public static IReadOnlyList<string> Ports(JsonElement data) => Items(data).Select(Port).ToArray();

    /// <summary>Addresses as a group's data; the first one that is none is named.</summary>
    public static string? FromAddresses(IEnumerable<string> addresses, out string? wrong)
    {
        var items = new List<string>();
        foreach (var address in addresses)
        {
            if (FirewallMatch.ParseAddress(address.Trim()) is not var (ip, mask, type))
            {
                wrong = address;
                return null;
            }

            items.Add(JsonEdit.Object(writer =>
            {
                writer.WriteString("ip", ip);
                writer.WriteString("mask", mask);
                writer.WriteString("rule_type", type);
            }));
        }

        wrong = null;
        return "[" + string.Join(',', items) + "]";
    }

    /// <summary>Ports (tcp/443, udp/500-600) as a group's data; the first one that is none is named.</summary>
    public static string? FromPorts(IEnumerable<string> ports, out string? wrong)
    {
        var items = new List<string>();
        foreach (var port in ports)
        {
            var parts = port.Trim().Split('/');
            int? protocol = parts[0].ToUpperInvariant() switch { "TCP" => 6, "UDP" => 17, _ => null };
            if (parts.Length != 2 || protocol is not { } number || FirewallMatch.ParsePort(parts[1]) is not var (low, high))
            {
                wrong = port;
                return null;
            }

            items.Add(JsonEdit.Object(writer =>
            {
                writer.WriteNumber("proto", number);
                writer.WriteNumber("port_low", low);
                writer.WriteNumber("port_high", high);
            }));
        }

        wrong = null;
        return "[" + string.Join(',', items) + "]";
    }

    private static IEnumerable<JsonElement> Items(JsonElement data)
        => data.ValueKind switch
        {
            JsonValueKind.Array => data.EnumerateArray(),

            // The definition's object may hold the list, or be one entry.
            JsonValueKind.Object when data.EnumerateObject().Where(m => m.Value.ValueKind is JsonValueKind.Array).Select(m => m.Value).FirstOrDefault() is { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
            JsonValueKind.Object when data.EnumerateObject().Any() => [data],
            _ => [],
        };

    private static string Address(JsonElement item)
    {
        if (item.ValueKind is not JsonValueKind.Object || VeloCloudJson.Text(item, "ip") is not { Length: > 0 } ip)
        {
            return item.ValueKind is JsonValueKind.Object && VeloCloudJson.Text(item, "domain") is { Length: > 0 } domain ? domain : item.GetRawText();
        }

        var type = VeloCloudJson.Text(item, "rule_type");
        return VeloCloudJson.Text(item, "mask") is not { Length: > 0 } mask || type is "exact" || mask is "255.255.255.255" or "32" ? ip
            : type is not "wildcard" && FirewallMatch.PrefixOf(mask) is { } prefix ? string.Create(CultureInfo.InvariantCulture, $"{ip}/{prefix}") : $"{ip} {type} {mask}";
    }

    private static string Port(JsonElement item)
    {
        if (item.ValueKind is not JsonValueKind.Object || VeloCloudJson.Whole(item, "port_low") is not { } low)
        {
            return item.GetRawText();
        }

        var protocol = VeloCloudJson.Whole(item, "proto") switch { 6 => "tcp", 17 => "udp", var other => other?.ToString(CultureInfo.InvariantCulture) ?? "any" };
        return VeloCloudJson.Whole(item, "port_high") is { } high && high > low ? string.Create(CultureInfo.InvariantCulture, $"{protocol}/{low}-{high}") : string.Create(CultureInfo.InvariantCulture, $"{protocol}/{low}");
    }
}
