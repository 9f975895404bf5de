using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>Another entity that an entity names.</summary>
/// <param name="Name">Its name, where the server says it.</param>
/// <param name="Href">Its address.</param>
/// <param name="Type">Its media type, where the server says it.</param>
public sealed record VcdReference(string? Name, string Href, string? Type)
{
    /// <inheritdoc/>
    public override string ToString() => Name ?? Href;

    internal static VcdReference? Of(XElement? element)
        => element is not null && VcdXml.Text(element, "href") is { Length: > 0 } href ? new VcdReference(VcdXml.Text(element, "name"), href, VcdXml.Text(element, "type")) : null;

    internal static IReadOnlyList<VcdReference> AllOf(XElement? parent, string child) => VcdXml.Children(parent, child).Select(Of).OfType<VcdReference>().ToArray();
}
