using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>What is done with packets.</summary>
public enum VcdFirewallPolicy
{
    /// <summary>They pass.</summary>
    Allow,

    /// <summary>They are dropped.</summary>
    Drop,
}

/// <summary>A rule of the firewall of a vApp network (schema type FirewallRuleType). Made of a hashtable, or as Get-VcdVAppNetwork returned it.</summary>
public sealed class VcdFirewallRule
{
    /// <summary>What addresses and ports are where every one is meant.</summary>
    public const string Any = "Any";

    private readonly XElement? _read;

    /// <summary>A new rule: allows everything until it is told otherwise.</summary>
    public VcdFirewallRule()
    {
    }

    internal VcdFirewallRule(XElement rule)
    {
        Description = VcdXml.ChildText(rule, "Description") ?? string.Empty;
        IsEnabled = VcdXml.Flag(VcdXml.ChildText(rule, "IsEnabled")) ?? true;
        Policy = string.Equals(VcdXml.ChildText(rule, "Policy"), "drop", StringComparison.OrdinalIgnoreCase) ? VcdFirewallPolicy.Drop : VcdFirewallPolicy.Allow;
        Protocol = ProtocolsOf(VcdXml.Child(rule, "Protocols"));
        IcmpSubType = VcdXml.ChildText(rule, "IcmpSubType") is { Length: > 0 } icmp ? icmp : null;
        SourceIP = VcdXml.ChildText(rule, "SourceIp") ?? EndOf(VcdXml.Child(rule, "SourceVm"));
        SourcePort = VcdXml.ChildText(rule, "SourcePortRange") ?? PortOf(VcdXml.ChildText(rule, "SourcePort"));
        DestinationIP = VcdXml.ChildText(rule, "DestinationIp") ?? EndOf(VcdXml.Child(rule, "DestinationVm"));
        DestinationPort = VcdXml.ChildText(rule, "DestinationPortRange") ?? PortOf(VcdXml.ChildText(rule, "Port"));
        IsLogged = VcdXml.Flag(VcdXml.ChildText(rule, "EnableLogging")) ?? false;
        _read = rule;
    }

    /// <summary>The description.</summary>
    public string Description { get; set; } = string.Empty;

    /// <summary>False where the rule is off.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>What is done with packets that match.</summary>
    public VcdFirewallPolicy Policy { get; set; }

    /// <summary>The protocols: Any, Icmp, Tcp, Udp, Tcp and Udp, or the name of another one.</summary>
    public string[] Protocol { get; set; } = [Any];

    /// <summary>Which messages of ICMP: echo-request, …; null: any.</summary>
    public string? IcmpSubType { get; set; }

    /// <summary>Where packets come from: an address, a range, a subnet, internal, external, or Any.</summary>
    public string SourceIP { get; set; } = Any;

    /// <summary>The port that they come from: 80, 80-90, or Any.</summary>
    public string SourcePort { get; set; } = Any;

    /// <summary>Where packets go to: an address, a range, a subnet, internal, external, or Any.</summary>
    public string DestinationIP { get; set; } = Any;

    /// <summary>The port that they go to: 80, 80-90, or Any.</summary>
    public string DestinationPort { get; set; } = Any;

    /// <summary>True where what matches is logged.</summary>
    public bool IsLogged { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Policy} {string.Join('+', Protocol)} {SourceIP}:{SourcePort} > {DestinationIP}:{DestinationPort}";

    /// <summary>What is wrong with the rule, as the end of a sentence; null where nothing is.</summary>
    internal string? Fault()
    {
        foreach (var (name, port) in new[] { (nameof(SourcePort), SourcePort), (nameof(DestinationPort), DestinationPort) })
        {
            if (!IsPort(port))
            {
                return $"{name} '{port}' is no port (0 to 65535), no range (80-90), and not Any";
            }
        }

        var known = Protocol.Length == 1 || (Protocol.Length == 2 && Protocol.Contains("Tcp", StringComparer.OrdinalIgnoreCase) && Protocol.Contains("Udp", StringComparer.OrdinalIgnoreCase));
        return !known || Protocol.Any(string.IsNullOrWhiteSpace) ? $"Protocol '{string.Join(", ", Protocol)}' is neither one protocol nor Tcp and Udp"
            : string.IsNullOrWhiteSpace(SourceIP) ? "SourceIP is empty"
            : string.IsNullOrWhiteSpace(DestinationIP) ? "DestinationIP is empty"
            : IcmpSubType is not null && !Protocol.Contains("Icmp", StringComparer.OrdinalIgnoreCase) ? $"IcmpSubType '{IcmpSubType}' needs the protocol Icmp"
            : null;
    }

    /// <summary>The rule as it is sent: as it was read, with what somebody changed of it, whatever else the server knows of it.</summary>
    internal XElement ToXml()
    {
        var was = _read is null ? null : new VcdFirewallRule(_read);
        var rule = _read is null ? new XElement(VcdXml.Namespace + "FirewallRule") : new XElement(_read);
        void Set<T>(string name, Func<VcdFirewallRule, T> property, object? value, params string[] instead)
        {
            if (was is null || !EqualityComparer<T>.Default.Equals(property(was), property(this)))
            {
                foreach (var other in instead)
                {
                    VcdBodies.SetRule(rule, other, null);
                }

                VcdBodies.SetRule(rule, name, value);
            }
        }

        Set("IsEnabled", r => r.IsEnabled, IsEnabled);
        Set("Description", r => r.Description, Description);
        Set("Policy", r => r.Policy, Policy is VcdFirewallPolicy.Drop ? "drop" : "allow");
        Set("Protocols", r => string.Join(',', r.Protocol), new XElement(VcdXml.Namespace + "Protocols", Protocols()));
        Set("IcmpSubType", r => r.IcmpSubType, IcmpSubType);
        Set("DestinationPortRange", r => r.DestinationPort, DestinationPort, "Port");
        Set("DestinationIp", r => r.DestinationIP, DestinationIP, "DestinationVm");
        Set("SourcePortRange", r => r.SourcePort, SourcePort, "SourcePort");
        Set("SourceIp", r => r.SourceIP, SourceIP, "SourceVm");
        Set("EnableLogging", r => r.IsLogged, IsLogged);
        return rule;
    }

    private IEnumerable<XElement> Protocols()
    {
        foreach (var known in new[] { "Tcp", "Udp", "Icmp", Any })
        {
            if (Protocol.Contains(known, StringComparer.OrdinalIgnoreCase))
            {
                yield return new XElement(VcdXml.Namespace + known, true);
            }
        }

        if (Protocol.FirstOrDefault(p => !new[] { "Tcp", "Udp", "Icmp", Any }.Contains(p, StringComparer.OrdinalIgnoreCase)) is { } other)
        {
            yield return new XElement(VcdXml.Namespace + "Other", other);
        }
    }

    private static string[] ProtocolsOf(XElement? protocols)
    {
        var said = protocols?.Elements().Where(e => e.Name.LocalName is not "Other" && VcdXml.Flag(e.Value) is true).Select(e => e.Name.LocalName).ToArray() ?? [];
        return VcdXml.ChildOf(protocols, "Other")?.Value is { Length: > 0 } other ? [other] : said.Length > 0 ? said : [Any];
    }

    // The rule names a machine's adapter in place of an address.
    private static string EndOf(XElement? machine)
        => machine is null ? Any : $"{VcdXml.ChildText(machine, "VAppScopedVmId")}/{VcdXml.ChildText(machine, "VmNicId")} ({VcdXml.ChildText(machine, "IpType")})";

    private static string PortOf(string? port) => port is null or "-1" ? Any : port;

    private static bool IsPort(string? text)
    {
        if (string.Equals(text, Any, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var ends = text?.Split('-').Select(p => VcdXml.Number(p) is { } n and >= 0 and <= 65535 && p.Trim().All(char.IsAsciiDigit) ? (long?)n : null).ToArray() ?? [];
        return ends.Length is 1 or 2 && ends[0] is { } first && ends[^1] is { } last && first <= last;
    }
}
