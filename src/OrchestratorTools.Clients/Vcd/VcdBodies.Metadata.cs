using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Metadata (facts/vcd.md, "Metadata").</content>
internal static partial class VcdBodies
{
    /// <summary>The content type of <see cref="Metadata"/>.</summary>
    public const string MetadataType = "application/vnd.vmware.vcloud.metadata+xml";

    /// <summary>Entries that are merged into an object's metadata (schema type MetadataType).</summary>
    /// <param name="values">Keys and values: text, long, bool or DateTimeOffset.</param>
    /// <param name="domain">The domain of all of them.</param>
    /// <param name="visibility">Who sees them: counts in the SYSTEM domain only.</param>
    /// <param name="typed">False for API versions before 5.1, which have neither types nor domains.</param>
    public static XElement Metadata(IEnumerable<KeyValuePair<string, object>> values, VcdMetadataDomain domain, VcdMetadataVisibility visibility, bool typed)
        => new(
            VcdXml.Namespace + "Metadata",
            typed ? new XAttribute(XNamespace.Xmlns + "xsi", VcdXml.SchemaInstance.NamespaceName) : null,
            values.Select(v => new XElement(
                VcdXml.Namespace + "MetadataEntry",
                typed && domain is VcdMetadataDomain.System ? Domain(visibility) : null,
                new XElement(VcdXml.Namespace + "Key", v.Key),
                typed ? TypedValue(v.Value) : new XElement(VcdXml.Namespace + "Value", TextOf(v.Value)))));

    // An entry without a Domain is in the GENERAL domain, where everybody's rights are those to the object.
    private static XElement Domain(VcdMetadataVisibility visibility)
        => new(VcdXml.Namespace + "Domain", new XAttribute("visibility", visibility is VcdMetadataVisibility.Private ? "PRIVATE" : "READONLY"), "SYSTEM");

    private static XElement TypedValue(object value)
        => new(
            VcdXml.Namespace + "TypedValue",
            new XAttribute(VcdXml.SchemaInstance + "type", TypeOf(value)),
            new XElement(VcdXml.Namespace + "Value", TextOf(value)));

    private static string TypeOf(object value) => value switch
    {
        long => "MetadataNumberValue",
        bool => "MetadataBooleanValue",
        DateTimeOffset => "MetadataDateTimeValue",
        _ => "MetadataStringValue",
    };

    private static string TextOf(object value) => value switch
    {
        long number => number.ToString(CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        _ => (string)value,
    };
}
