using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A record of the query service, of whatever type: its fields as the server names them.</summary>
public sealed class VcdRecord : VcdObject
{
    private readonly XElement _element;

    internal VcdRecord(XElement element, string recordType)
        : base(element, VcdEntities.UrnOfRecord(element.Name.LocalName) ?? recordType.ToLowerInvariant())
    {
        _element = element;
        RecordType = recordType;
        var fields = new List<KeyValuePair<string, object?>>();
        foreach (var attribute in element.Attributes())
        {
            if (!attribute.IsNamespaceDeclaration && attribute.Name.Namespace == XNamespace.None)
            {
                fields.Add(new(attribute.Name.LocalName, VcdFieldTypes.Read(attribute.Name.LocalName, attribute.Value)));
                Take(element, attribute.Name.LocalName);
            }
        }

        foreach (var entry in VcdXml.Children(VcdXml.Child(element, "Metadata"), "MetadataEntry"))
        {
            var system = VcdXml.Child(entry, "Domain")?.Value is "SYSTEM";
            if (VcdXml.ChildText(entry, "Key") is { Length: > 0 } key)
            {
                fields.Add(new(new VcdMetadataField(system, key).ToString(), VcdFieldTypes.ReadMetadata(entry)));
            }
        }

        Fields = fields;
    }

    /// <summary>The query type.</summary>
    public string RecordType { get; }

    /// <summary>The fields in the server's order: texts, numbers (long or double), true or false, times (DateTimeOffset in UTC).</summary>
    internal IReadOnlyList<KeyValuePair<string, object?>> Fields { get; }

    /// <summary>The record as an object of its class; null where its type has none.</summary>
    internal VcdObject? ToObject()
    {
        if (VcdEntities.ReadRecord(_element) is not { } typed)
        {
            return null;
        }

        typed.Connection = Connection;
        typed.Origin = Origin;
        typed.Tenant = Tenant;
        return typed;
    }
}
