using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A machine that a vApp is made of.</summary>
internal sealed class VcdMachineSource(XElement element)
{
    /// <summary>The machine as it was read.</summary>
    public XElement Element { get; } = element;

    /// <summary>Its name.</summary>
    public string Name { get; } = VcdXml.Text(element, "name") ?? string.Empty;

    /// <summary>Its address.</summary>
    public string Href { get; } = VcdXml.Text(element, "href") ?? string.Empty;

    /// <summary>Its media type.</summary>
    public string? Type { get; } = VcdXml.Text(element, "type");

    /// <summary>Its network connections.</summary>
    public XElement? Connections { get; } = VcdXml.Child(element, "NetworkConnectionSection");

    /// <summary>Its network cards.</summary>
    public IReadOnlyList<VcdNetworkCard> Cards { get; } = new VcdVM(element).NetworkCards;

    /// <summary>The machine as a source of another.</summary>
    public VcdSourcedItem ToItem() => new(Href, Type, Name);
}
