using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>The request bodies. Element order is the schemas' (../specs/vcd-xsd): the server's parser validates (facts/vcd.md, "Limits").</summary>
internal static partial class VcdBodies
{
    /// <summary>The content type of <see cref="Media"/>. At catalog action/upload it decides what the body is taken for.</summary>
    public const string MediaType = "application/vnd.vmware.vcloud.media+xml";

    /// <summary>A new media item (facts/vcd.md, "Media upload"; schema type MediaType).</summary>
    public static XElement Media(string name, string? description, long size, string imageType)
    {
        var body = new XElement(
            VcdXml.Namespace + "Media",
            new XAttribute("name", name),
            new XAttribute("size", size.ToString(CultureInfo.InvariantCulture)),
            new XAttribute("imageType", imageType));
        if (description is not null)
        {
            body.Add(new XElement(VcdXml.Namespace + "Description", description));
        }

        return body;
    }
}
