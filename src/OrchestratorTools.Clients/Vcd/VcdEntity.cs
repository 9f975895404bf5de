using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>An entity of a kind that has no class of its own: name, id, links and tasks.</summary>
public sealed class VcdEntity : VcdObject
{
    internal VcdEntity(XElement element)
        : base(element, element.Name.LocalName.ToLowerInvariant())
    {
        Kind = element.Name.LocalName;
        Type = VcdXml.Text(element, "type");
    }

    /// <summary>The name of the XML element: ProviderVdc, Right, …</summary>
    public string Kind { get; }

    /// <summary>The media type.</summary>
    public string? Type { get; }
}
