using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>
/// What a body must look like even where no schemas are given: root element, namespace, required attributes, and the children in the order of the schema
/// (facts/vcd.md, "Limits": "validating parser: element order matters").
/// </summary>
/// <param name="Root">The root element.</param>
/// <param name="Required">Attributes that must be there.</param>
/// <param name="Children">The children that may be there, in their order.</param>
internal sealed record BodyShape(string Root, string[] Required, string[] Children)
{
    /// <summary>The media to be created. The guide calls imageType optional, the schema does not: with schemas it is required, without them it is not.</summary>
    public static readonly BodyShape Media = new("Media", ["name", "size"], ["VCloudExtension", "Link", "Description", "Tasks", "Files", "Owner", "VdcStorageProfile"]);

    public static readonly BodyShape UploadTemplate = new("UploadVAppTemplateParams", ["name"], ["VCloudExtension", "Description", "VdcStorageProfile"]);

    public static readonly BodyShape CatalogItem = new("CatalogItem", ["name"], ["VCloudExtension", "Link", "Description", "Tasks", "Entity", "Property", "DateCreated", "VersionNumber"]);

    /// <exception cref="VcdException">400 with what is wrong.</exception>
    public XElement Check(XElement? body)
    {
        if (body is null || body.Name != Xml.Namespace + Root) throw VcdException.BadRequest($"The request body must be the element {Root} of the namespace {Xml.Namespace}.");
        foreach (var name in Required)
        {
            if (body.Attribute(name) is not { Value.Length: > 0 }) throw VcdException.BadRequest($"validation error on field '{name}': the attribute must be present in {Root}.");
        }

        var last = 0;
        foreach (var child in body.Elements())
        {
            var place = child.Name.Namespace == Xml.Namespace ? Array.IndexOf(Children, child.Name.LocalName) : -1;
            if (place < last) throw VcdException.BadRequest($"validation error: element {child.Name.LocalName} is not expected at this place of {Root}. The order is: {string.Join(", ", Children)}.");
            last = place;
        }

        return body;
    }
}
