using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Small pieces of the XML that all answers share.</summary>
internal static class Xml
{
    public static readonly XNamespace Namespace = "http://www.vmware.com/vcloud/v1.5";
    public static readonly XNamespace Versions = "http://www.vmware.com/vcloud/versions";
    public static readonly XNamespace Ovf = "http://schemas.dmtf.org/ovf/envelope/1";
    public static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>A root element, with the schema hint that real answers carry.</summary>
    public static XElement Root(Hrefs hrefs, string name, params object?[] content)
        => new(
            Namespace + name,
            new XAttribute("xmlns", Namespace.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "xsi", Instance.NamespaceName),
            new XAttribute(Instance + "schemaLocation", $"{Namespace.NamespaceName} {hrefs.Schema}"),
            content);

    public static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    public static XElement Link(string rel, string? type, string href, string? name = null)
        => Element("Link", new XAttribute("rel", rel), type is null ? null : new XAttribute("type", type), name is null ? null : new XAttribute("name", name), new XAttribute("href", href));

    public static XElement Reference(this Hrefs hrefs, string element, Reference reference)
        => Element(element, new XAttribute("type", reference.Kind.MediaType), new XAttribute("name", reference.Name), new XAttribute("href", hrefs.Of(reference)));

    /// <summary>name, id, type and href of an entity.</summary>
    public static object[] Identity(this Hrefs hrefs, Reference entity)
        => [new XAttribute("name", entity.Name), new XAttribute("id", entity.Kind.UrnOf(entity.Id)), new XAttribute("type", entity.Kind.MediaType), new XAttribute("href", hrefs.Of(entity))];

    /// <summary>The text of a child; null: there is none.</summary>
    public static string? Text(XElement parent, string child) => (string?)parent.Element(Namespace + child);

    /// <summary>A child that is true or false; null: there is none.</summary>
    /// <exception cref="VcdException">400: it is neither.</exception>
    public static bool? Flag(XElement parent, string child) => Text(parent, child)?.Trim() switch
    {
        null => null,
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw VcdException.BadRequest($"validation error on field '{child}': the value must be true or false."),
    };

    /// <summary>The element Owner with the user in it.</summary>
    public static XElement Owner(this Hrefs hrefs, Account user) => Element("Owner", new XAttribute("type", MediaTypes.Owner), hrefs.Reference("User", user.Reference));

    /// <summary>A time as servers write it: milliseconds and the server's own offset, not UTC.</summary>
    public static string Time(DateTimeOffset time) => time.ToOffset(Assumptions.ServerOffset).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    public static string Bool(bool value) => XmlConvert.ToString(value);

    public static string Number(long value) => XmlConvert.ToString(value);
}
