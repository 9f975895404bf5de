using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Machines that come to a vApp or leave it.</content>
internal static partial class VcdBodies
{
    /// <summary>The content type of <see cref="RecomposeVApp"/>.</summary>
    public const string RecomposeType = "application/vnd.vmware.vcloud.recomposeVAppParams+xml";

    /// <summary>
    /// Machines that come to a vApp and machines that leave it, in one request (schema type RecomposeVAppParamsType). It can change name and description too, and what is optional and left out may be lost, so that both are sent
    /// as they are; whether it is deployed and powered on is always said, since the schemas' default is to do both.
    /// </summary>
    /// <param name="present">The vApp as it was read.</param>
    /// <param name="items">Sources of new machines (<see cref="SourcedItem"/>).</param>
    /// <param name="created">New machines that are made of nothing.</param>
    /// <param name="acceptEula">True: the licences of the sources are accepted.</param>
    /// <param name="removed">The addresses of machines that leave.</param>
    public static XElement RecomposeVApp(XElement present, IEnumerable<XElement> items, IEnumerable<XElement> created, bool acceptEula, IEnumerable<string> removed)
        => new(
            VcdXml.Namespace + "RecomposeVAppParams",
            OvfPrefix(),
            Head(new VcdVAppHead(VcdXml.Text(present, "name") ?? string.Empty, VcdXml.ChildText(present, "Description"), PowerOn: false)),
            items,
            created,
            acceptEula ? new XElement(VcdXml.Namespace + "AllEULAsAccepted", true) : null,
            removed.Select(href => Reference("DeleteItem", href, null, null)));
}
