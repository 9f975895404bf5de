using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Networks of vApps: the NetworkConfigSection as it was read, with one of its networks added, changed or taken away.</content>
internal static partial class VcdBodies
{
    /// <summary>The content type of a NetworkConfigSection.</summary>
    public const string NetworkConfigSectionType = "application/vnd.vmware.vcloud.networkConfigSection+xml";

    /// <summary>The name that adapters connected to nothing have in place of a network's; recorded sections have a place-holder of that name.</summary>
    public const string NoNetwork = "none";

    // The orders of the schema types NetworkConfigurationType, IpScopeType, DhcpServiceType, FirewallServiceType, FirewallRuleType and NatServiceType; SubnetPrefixLength came later.
    private static readonly string[] ConfigurationOrder = ["VCloudExtension", "BackwardCompatibilityMode", "IpScope", "IpScopes", "ParentNetwork", "FenceMode", "RetainNetInfoAcrossDeployments", "Features", "SyslogServerSettings", "RouterInfo"];
    private static readonly string[] ScopeOrder = ["VCloudExtension", "IsInherited", "Gateway", "Netmask", "SubnetPrefixLength", "Dns1", "Dns2", "DnsSuffix", "IsEnabled", "IpRanges", "AllocatedIpAddresses", "SubAllocations"];
    private static readonly string[] DhcpOrder = ["VCloudExtension", "IsEnabled", "DefaultLeaseTime", "MaxLeaseTime", "IpRange", "RouterIp", "SubMask", "PrimaryNameServer", "SecondaryNameServer", "DomainName"];
    private static readonly string[] FirewallOrder = ["VCloudExtension", "IsEnabled", "DefaultAction", "LogDefaultAction", "FirewallRule"];
    private static readonly string[] RuleOrder =
    [
        "VCloudExtension", "Id", "IsEnabled", "MatchOnTranslate", "Description", "Policy", "Protocols", "IcmpSubType", "Port", "DestinationPortRange", "DestinationIp", "DestinationVm", "SourcePort", "SourcePortRange", "SourceIp", "SourceVm",
        "Direction", "EnableLogging",
    ];

    private static readonly string[] NatOrder = ["VCloudExtension", "IsEnabled", "NatType", "Policy", "NatRule", "ExternalIp"];

    /// <summary>IpScopes took the place of IpScope in API 5.1 (the schema's marks).</summary>
    private static readonly VcdApiVersion FirstWithScopes = VcdApiVersion.Parse("5.1");

    /// <summary>The networks of a section, without the place-holder.</summary>
    public static IEnumerable<XElement> NetworkConfigs(XElement section)
        => VcdXml.Children(section, "NetworkConfig").Where(c => !string.Equals(VcdXml.Text(c, "networkName"), NoNetwork, StringComparison.OrdinalIgnoreCase));

    /// <summary>The network of a name; null where the section has none.</summary>
    public static XElement? NetworkConfig(XElement section, string name)
        => NetworkConfigs(section).FirstOrDefault(c => VcdXml.Text(c, "networkName") == name) ?? NetworkConfigs(section).FirstOrDefault(c => string.Equals(VcdXml.Text(c, "networkName"), name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The names of the machines of a vApp with an adapter in a network of it.</summary>
    public static IReadOnlyList<string> ConnectedTo(XElement vapp, string network)
        => VcdXml.Children(VcdXml.Child(vapp, "Children"), "Vm")
            .Where(v => VcdXml.Children(VcdXml.Child(v, "NetworkConnectionSection"), "NetworkConnection").Any(c => VcdXml.Text(c, "network") == network))
            .Select(v => VcdXml.Text(v, "name") ?? string.Empty)
            .ToArray();

    /// <summary>The names of a vApp's machines by the ids that rules of translation name them by.</summary>
    public static IReadOnlyDictionary<string, string> MachinesById(XElement vapp)
    {
        var machines = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var vm in VcdXml.Children(VcdXml.Child(vapp, "Children"), "Vm"))
        {
            if (VcdXml.ChildText(vm, "VAppScopedLocalId") is { Length: > 0 } id)
            {
                machines[id] = VcdXml.Text(vm, "name") ?? string.Empty;
            }
        }

        return machines;
    }

    /// <summary>What a network says of its addresses; null where it says nothing.</summary>
    public static XElement? ScopeOf(XElement configuration) => VcdXml.ChildOf(VcdXml.Child(configuration, "IpScopes"), "IpScope") ?? VcdXml.Child(configuration, "IpScope");

    /// <summary>A network's addresses, for changes: made where there are none.</summary>
    public static XElement NeedScope(XElement configuration, VcdApiVersion version)
    {
        if (ScopeOf(configuration) is { } present)
        {
            return present;
        }

        var scope = new XElement(VcdXml.Namespace + "IpScope", new XElement(VcdXml.Namespace + "IsInherited", false));
        Place(configuration, version >= FirstWithScopes ? new XElement(VcdXml.Namespace + "IpScopes", scope) : scope, ConfigurationOrder);
        return ScopeOf(configuration)!;
    }

    /// <summary>A network's service, for changes: made where there is none.</summary>
    public static XElement NeedService(XElement configuration, string name)
    {
        var features = VcdXml.Child(configuration, "Features");
        if (features is null)
        {
            features = new XElement(VcdXml.Namespace + "Features");
            Place(configuration, features, ConfigurationOrder);
            features = VcdXml.Child(configuration, "Features")!;
        }

        if (VcdXml.Child(features, name) is { } present)
        {
            return present;
        }

        var service = new XElement(VcdXml.Namespace + name, new XElement(VcdXml.Namespace + "IsEnabled", true));
        features.Add(service);
        return service;
    }

    /// <summary>Sets a child of a network's configuration; null takes it away.</summary>
    public static void SetConfiguration(XElement configuration, string name, object? value) => SetChild(configuration, name, value, ConfigurationOrder);

    /// <summary>Sets a child of a network's addresses; null takes it away.</summary>
    public static void SetScope(XElement scope, string name, object? value) => SetChild(scope, name, value, ScopeOrder);

    /// <summary>Sets a child of a network's service; null takes it away.</summary>
    public static void SetService(XElement service, string name, object? value)
        => SetChild(service, name, value, service.Name.LocalName switch { "DhcpService" => DhcpOrder, "FirewallService" => FirewallOrder, _ => NatOrder });

    /// <summary>Sets a child of a rule of the firewall; null takes it away.</summary>
    public static void SetRule(XElement rule, string name, object? value) => SetChild(rule, name, value, RuleOrder);

    /// <summary>Replaces the rules of a service, in their order.</summary>
    public static void SetRules(XElement service, string name, IEnumerable<XElement> rules)
    {
        VcdXml.Children(service, name).ToArray().Remove();
        var order = service.Name.LocalName is "FirewallService" ? FirewallOrder : NatOrder;
        var after = service.Elements().LastOrDefault(e => Array.IndexOf(order, e.Name.LocalName) is >= 0 and var place && place < Array.IndexOf(order, name));
        foreach (var rule in rules)
        {
            if (after is null)
            {
                service.AddFirst(rule);
                after = service.Elements().First();
            }
            else
            {
                after.AddAfterSelf(rule);
                after = after.ElementsAfterSelf().First();
            }
        }
    }

    /// <summary>A range of addresses (schema type IpRangeType).</summary>
    public static XElement IpRange((uint First, uint Last) range) => new(
        VcdXml.Namespace + "IpRange",
        new XElement(VcdXml.Namespace + "StartAddress", VcdSubnet.Text(range.First)),
        new XElement(VcdXml.Namespace + "EndAddress", VcdSubnet.Text(range.Last)));

    private static void SetChild(XElement parent, string name, object? value, string[] order)
    {
        switch (value)
        {
            case null:
                VcdXml.Child(parent, name)?.Remove();
                break;
            case XElement element:
                Place(parent, element, order);
                break;
            case bool flag when VcdXml.Child(parent, name) is { } present:
                present.Value = flag ? "true" : "false";
                break;
            default:
                var text = value is bool yes ? (yes ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture)!;
                if (VcdXml.Child(parent, name) is { } there)
                {
                    there.Value = text;
                }
                else
                {
                    Place(parent, new XElement(VcdXml.Namespace + name, text), order);
                }

                break;
        }
    }

    // In the schema's order, in the place of what is there of the name; what nobody knows stays behind.
    private static void Place(XElement parent, XElement element, string[] order)
    {
        if (VcdXml.Child(parent, element.Name.LocalName) is { } present)
        {
            present.ReplaceWith(element);
            return;
        }

        var place = Array.IndexOf(order, element.Name.LocalName);
        Insert(parent, parent.Elements().LastOrDefault(e => Array.IndexOf(order, e.Name.LocalName) is >= 0 and var at && at < place), element);
    }
}
