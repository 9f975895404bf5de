using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>The request bodies. Element order is the schemas' (../specs/vcd-xsd): the server's parser validates (facts/vcd.md, "Limits").</summary>
internal static partial class VcdBodies
{
    /// <summary>The content type of <see cref="Media"/>. At catalog action/upload it decides what the body is taken for.</summary>
    public const string MediaType = "application/vnd.vmware.vcloud.media+xml";

    /// <summary>The content type of <see cref="Template"/>.</summary>
    public const string TemplateType = "application/vnd.vmware.vcloud.uploadVAppTemplateParams+xml";

    /// <summary>A new media item (facts/vcd.md, "Media upload"; schema type MediaType).</summary>
    public static XElement Media(string name, string? description, long size, string imageType, string? storageProfile = null) => new(
        VcdXml.Namespace + "Media",
        new XAttribute("name", name),
        new XAttribute("size", size.ToString(CultureInfo.InvariantCulture)),
        new XAttribute("imageType", imageType),
        Description(description),
        Profile(storageProfile));

    /// <summary>A new template (facts/vcd.md, "OVF upload" 2; schema type UploadVAppTemplateParamsType).</summary>
    public static XElement Template(string name, string? description, bool manifestRequired, Uri? source, string? storageProfile) => new(
        VcdXml.Namespace + "UploadVAppTemplateParams",
        new XAttribute("name", name),
        manifestRequired ? new XAttribute("manifestRequired", "true") : null,
        source is null ? null : new XAttribute("sourceHref", source.AbsoluteUri),
        Description(description),
        Profile(storageProfile));

    private static XElement? Description(string? text) => text is null ? null : new XElement(VcdXml.Namespace + "Description", text);

    private static XElement? Profile(string? href) => href is null ? null : Reference("VdcStorageProfile", href, StorageProfileType, null);
}
