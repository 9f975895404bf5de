using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A link of an entity: what can be done with it at the moment, and where. A link that is missing is an operation that is not allowed.</summary>
/// <param name="Rel">The relation: add, edit, remove, up, down, task:cancel, …</param>
/// <param name="Href">The address; opaque.</param>
/// <param name="Type">The media type of what is sent to, or found at, the address.</param>
/// <param name="Name">The name of what is linked, where the server says it.</param>
public sealed record VcdLink(string Rel, string Href, string? Type, string? Name)
{
    /// <inheritdoc/>
    public override string ToString() => Type is null ? Rel : $"{Rel} {Type}";

    internal static IReadOnlyList<VcdLink> Of(XElement entity)
        => VcdXml.Children(entity, "Link")
            .Where(l => VcdXml.Text(l, "href") is not null)
            .Select(l => new VcdLink(VcdXml.Text(l, "rel") ?? string.Empty, VcdXml.Text(l, "href")!, VcdXml.Text(l, "type"), VcdXml.Text(l, "name")))
            .ToArray();
}
