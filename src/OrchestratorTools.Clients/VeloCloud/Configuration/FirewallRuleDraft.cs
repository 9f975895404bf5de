using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A firewall rule that is to be made.</summary>
internal sealed record FirewallRuleDraft(string Name, bool Allows)
{
    /// <summary>From where; null for anywhere.</summary>
    public (string Ip, string Mask, string RuleType)? Source { get; init; }

    /// <summary>To where; null for anywhere.</summary>
    public (string Ip, string Mask, string RuleType)? Destination { get; init; }

    /// <summary>From which ports; null for any.</summary>
    public (int Low, int High)? SourcePort { get; init; }

    /// <summary>To which ports; null for any.</summary>
    public (int Low, int High)? DestinationPort { get; init; }

    /// <summary>The protocol's number; -1 for any.</summary>
    public int Protocol { get; init; } = -1;

    /// <summary>The application; -1 for any.</summary>
    public long ApplicationId { get; init; } = -1;

    /// <summary>Logical ids of groups.</summary>
    public string? SourceAddressGroup { get; init; }

    /// <summary>Logical ids of groups.</summary>
    public string? DestinationAddressGroup { get; init; }

    /// <summary>Logical ids of groups.</summary>
    public string? SourcePortGroup { get; init; }

    /// <summary>Logical ids of groups.</summary>
    public string? DestinationPortGroup { get; init; }

    /// <summary>Whether what matches is logged.</summary>
    public bool IsLogged { get; init; }

    /// <summary>The rule as a module has it. Its logical id is left to the server.</summary>
    public string ToJson() => JsonEdit.Object(writer =>
    {
        writer.WriteString("name", Name);
        writer.WriteStartObject("match");
        writer.WriteNumber("appid", ApplicationId);
        writer.WriteNumber("classid", -1);
        writer.WriteNumber("dscp", -1);
        WriteSide(writer, "s", Source, SourcePort, SourceAddressGroup, SourcePortGroup);
        writer.WriteNumber("os_version", -1);
        writer.WriteString("hostname", string.Empty);
        WriteSide(writer, "d", Destination, DestinationPort, DestinationAddressGroup, DestinationPortGroup);
        writer.WriteNumber("proto", Protocol);
        writer.WriteEndObject();
        writer.WriteStartObject("action");
        writer.WriteString("allow_or_deny", Allows ? "allow" : "deny");
        writer.WriteEndObject();
        writer.WriteBoolean("loggingEnabled", IsLogged);
    });

    private static void WriteSide(Utf8JsonWriter writer, string side, (string Ip, string Mask, string RuleType)? address, (int Low, int High)? port, string? addressGroup, string? portGroup)
    {
        writer.WriteString(side + "ip", address?.Ip ?? FirewallMatch.Any);
        writer.WriteString(side + "sm", address?.Mask ?? "255.255.255.255");
        writer.WriteString(side + "_rule_type", address?.RuleType ?? "prefix");
        writer.WriteNumber(side + "port_low", port?.Low ?? -1);
        writer.WriteNumber(side + "port_high", port?.High ?? -1);
        writer.WriteString(side + "mac", FirewallMatch.Any);
        writer.WriteNumber(side + "vlan", -1);
        if (addressGroup is not null)
        {
            writer.WriteString(side + "AddressGroup", addressGroup);
        }

        if (portGroup is not null)
        {
            writer.WriteString(side + "PortGroup", portGroup);
        }
    }
}
