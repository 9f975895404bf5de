using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>How addresses are translated between a vApp network and what is above it.</summary>
public enum VcdNatType
{
    /// <summary>An address above for an adapter of a machine.</summary>
    IPTranslation,

    /// <summary>A port above for a port of an adapter of a machine.</summary>
    PortForwarding,
}

/// <summary>What may pass where addresses are translated.</summary>
public enum VcdNatPolicy
{
    /// <summary>Traffic in both directions.</summary>
    AllowTraffic,

    /// <summary>Only what comes in.</summary>
    AllowTrafficIn,
}

/// <summary>A rule of address translation of a vApp network (schema types NatOneToOneVmRuleType and NatVmRuleType). Made of a hashtable, or as Get-VcdVAppNetwork returned it.</summary>
public sealed class VcdNatRule
{
    private static readonly string[] Bodies = ["OneToOneVmRule", "VmRule", "OneToOneBasicRule", "PortForwardingRule", "GatewayNatRule"];
    private static readonly string[] ProtocolNames = ["TCP", "UDP", "TCP_UDP"];

    private readonly XElement? _read;
    private readonly string? _asRead;

    /// <summary>A new rule.</summary>
    public VcdNatRule()
    {
    }

    internal VcdNatRule(XElement rule, Func<string, string?> machine)
    {
        var body = Bodies.Select(n => VcdXml.Child(rule, n)).FirstOrDefault(e => e is not null);
        Description = VcdXml.ChildText(rule, "Description") ?? string.Empty;
        if (body is not null)
        {
            VM = VcdXml.ChildText(body, "VAppScopedVmId") is { } id ? machine(id) ?? id : null;
            NicIndex = (int)(VcdXml.Number(VcdXml.ChildText(body, "VmNicId")) ?? 0);
            ExternalIP = VcdXml.ChildText(body, "ExternalIpAddress") is { Length: > 0 } address && VcdXml.ChildText(body, "MappingMode") is not "automatic" ? address : null;
            ExternalPort = (int?)VcdXml.Number(VcdXml.ChildText(body, "ExternalPort"));
            InternalPort = (int?)VcdXml.Number(VcdXml.ChildText(body, "InternalPort"));
            Protocol = VcdXml.ChildText(body, "Protocol");
        }

        _read = rule;
        _asRead = Describe();
    }

    /// <summary>The description.</summary>
    public string Description { get; set; } = string.Empty;

    /// <summary>The name of the virtual machine, of the same vApp.</summary>
    public string? VM { get; set; }

    /// <summary>The number of its adapter.</summary>
    public int NicIndex { get; set; }

    /// <summary>The address above; null: the server's choice.</summary>
    public string? ExternalIP { get; set; }

    /// <summary>The port above, of a forwarded port.</summary>
    public int? ExternalPort { get; set; }

    /// <summary>The port of the machine, of a forwarded port; the same as above where it is not given.</summary>
    public int? InternalPort { get; set; }

    /// <summary>TCP, UDP or TCP_UDP, of a forwarded port; TCP where it is not given.</summary>
    public string? Protocol { get; set; }

    /// <summary>True where a port is forwarded.</summary>
    internal bool HasPorts => ExternalPort is not null || InternalPort is not null;

    /// <inheritdoc/>
    public override string ToString() => HasPorts
        ? string.Create(CultureInfo.InvariantCulture, $"{Protocol} {ExternalIP ?? "*"}:{ExternalPort} > {VM}/{NicIndex}:{InternalPort}")
        : string.Create(CultureInfo.InvariantCulture, $"{ExternalIP ?? "automatic"} > {VM}/{NicIndex}");

    /// <summary>True where the rule is one that the server gave, and nobody changed it.</summary>
    internal bool IsAsRead => _read is not null && _asRead == Describe();

    /// <summary>What is wrong with the rule, as the end of a sentence; null where nothing is.</summary>
    internal string? Fault(VcdNatType type)
    {
        if (IsAsRead)
        {
            return null;
        }

        bool IsPort(int? port) => port is null or (> 0 and <= 65535);
        return string.IsNullOrEmpty(VM) ? "VM is missing: the virtual machine that it leads to"
            : ExternalIP is not null && !VcdSubnet.TryAddress(ExternalIP, out _) ? $"ExternalIP '{ExternalIP}' is no IPv4 address"
            : type is VcdNatType.IPTranslation ? HasPorts ? "it has ports, and -NatType is IPTranslation" : null
            : ExternalPort is null ? "ExternalPort is missing, and -NatType is PortForwarding"
            : !IsPort(ExternalPort) || !IsPort(InternalPort) ? string.Create(CultureInfo.InvariantCulture, $"{ExternalPort} or {InternalPort} is no port (1 to 65535)")
            : Protocol is not null && !ProtocolNames.Contains(Protocol, StringComparer.OrdinalIgnoreCase) ? $"Protocol '{Protocol}' is none of {string.Join(", ", ProtocolNames)}"
            : null;
    }

    /// <summary>The rule as it is sent: as it was read where nobody changed it.</summary>
    /// <param name="type">How addresses are translated.</param>
    /// <param name="machine">The id of the machine in its vApp.</param>
    internal XElement ToXml(VcdNatType type, string machine)
    {
        if (IsAsRead)
        {
            return new XElement(_read!);
        }

        XElement Of(string name, object value) => new(VcdXml.Namespace + name, value);
        var external = ExternalIP is null ? null : Of("ExternalIpAddress", ExternalIP.Trim());
        var body = type is VcdNatType.IPTranslation
            ? new XElement(VcdXml.Namespace + "OneToOneVmRule", Of("MappingMode", external is null ? "automatic" : "manual"), external, Of("VAppScopedVmId", machine), Of("VmNicId", NicIndex))
            : new XElement(VcdXml.Namespace + "VmRule", external, Of("ExternalPort", ExternalPort!), Of("VAppScopedVmId", machine), Of("VmNicId", NicIndex), Of("InternalPort", InternalPort ?? ExternalPort!), Of("Protocol", (Protocol ?? "TCP").ToUpperInvariant()));

        // What the server knows besides of a rule that was changed stays: its id, whether it is on.
        var others = _read?.Elements().Where(e => e.Name.LocalName is not "Description" && !Bodies.Contains(e.Name.LocalName, StringComparer.Ordinal)).ToArray() ?? [];
        return new XElement(VcdXml.Namespace + "NatRule", others.Where(IsExtension), Description.Length == 0 ? null : Of("Description", Description), others.Where(o => !IsExtension(o)), body);

        static bool IsExtension(XElement element) => element.Name.LocalName is "VCloudExtension";
    }

    private string Describe() => string.Join('\n', Description, VM, NicIndex, ExternalIP, ExternalPort, InternalPort, Protocol);
}
