using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>What all of vCloud Director's objects have. Made from an entity or from a record of the query service; what the class does not name stays reachable in <see cref="AdditionalProperties"/>.</summary>
public abstract class VcdObject : ServerObject
{
    /// <summary>Reads what entity and record have in common.</summary>
    /// <param name="element">The entity or record.</param>
    /// <param name="urn">The kind in the id, where the server gives none: <c>urn:vcloud:KIND:…</c>.</param>
    /// <param name="known">The attributes that the class names itself.</param>
    private protected VcdObject(XElement element, string urn, params string[] known)
    {
        Name = VcdXml.Text(element, "name") ?? string.Empty;
        Href = VcdXml.Text(element, "href") ?? string.Empty;
        var id = VcdXml.Text(element, "id");
        Id = !string.IsNullOrEmpty(id) ? id : VcdAssumptions.UuidOf(Href) is { } uuid ? $"urn:vcloud:{urn}:{uuid}" : string.Empty;
        Links = VcdLink.Of(element);
        var others = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var attribute in element.Attributes())
        {
            if (!attribute.IsNamespaceDeclaration && attribute.Name.Namespace == XNamespace.None && attribute.Name.LocalName is not ("name" or "href" or "id" or "type") && !known.Contains(attribute.Name.LocalName, StringComparer.Ordinal))
            {
                others[attribute.Name.LocalName] = attribute.Value;
            }
        }

        AdditionalProperties = others;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The id, <c>urn:vcloud:KIND:UUID</c>; made from the address where the server gives none.</summary>
    public string Id { get; }

    /// <summary>The address.</summary>
    public string Href { get; }

    /// <summary>What can be done with it, where the server says so (records have none).</summary>
    public IReadOnlyList<VcdLink> Links { get; }

    /// <summary>The server's attributes that have no property of their own.</summary>
    public IReadOnlyDictionary<string, string> AdditionalProperties { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>True when both texts (id, bare UUID or address) mean the same entity.</summary>
    internal static bool IsSame(string? a, string? b)
        => VcdAssumptions.UuidOf(a) is { } left && VcdAssumptions.UuidOf(b) is { } right
            ? left == right
            : string.Equals(a, b, StringComparison.Ordinal);
}
