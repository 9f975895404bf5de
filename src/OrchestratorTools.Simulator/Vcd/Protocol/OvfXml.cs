using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Small pieces of the OVF that is in the answers about vApps, machines and templates.</summary>
internal static class OvfXml
{
    public static readonly XNamespace Rasd = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData";
    public static readonly XNamespace Vssd = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData";
    public static readonly XNamespace Vmw = "http://www.vmware.com/schema/ovf";

    public static readonly XName HardwareSectionName = Xml.Ovf + "VirtualHardwareSection";

    /// <summary>The prefixes, for a root element.</summary>
    public static XAttribute[] Prefixes =>
    [
        new(XNamespace.Xmlns + "ovf", Xml.Ovf.NamespaceName),
        new(XNamespace.Xmlns + "rasd", Rasd.NamespaceName),
        new(XNamespace.Xmlns + "vssd", Vssd.NamespaceName),
        new(XNamespace.Xmlns + "vmw", Vmw.NamespaceName),
        new(XNamespace.Xmlns + "vcloud", Xml.Namespace.NamespaceName),
    ];

    public static XElement Info(string text) => new(Xml.Ovf + "Info", text);

    /// <summary>A section of vCloud's own.</summary>
    public static XElement Section(string name, string type, string href, string info, params object?[] content)
        => Xml.Element(name, new XAttribute("type", type), new XAttribute("href", href), new XAttribute(Xml.Ovf + "required", "false"), Info(info), content);

    /// <summary>A section of OVF: its type and href are in vCloud's namespace.</summary>
    public static XElement OvfSection(string name, string type, string href, string info, params object?[] content)
        => new(Xml.Ovf + name, Address(type, href), Info(info), content);

    /// <summary>The attributes type and href of an element that is not vCloud's.</summary>
    public static XAttribute[] Address(string type, string href) => [new(Xml.Namespace + "href", href), new(Xml.Namespace + "type", type)];

    /// <summary>An item of virtual hardware: the members in the order of the schema, without those that are null.</summary>
    public static XElement Item(object?[] attributes, params (string Name, object? Value)[] members)
        => new(Xml.Ovf + "Item", attributes, members.Where(m => m.Value is not null).Select(m => m.Value as XElement ?? new XElement(Rasd + m.Name, m.Value)));
}
