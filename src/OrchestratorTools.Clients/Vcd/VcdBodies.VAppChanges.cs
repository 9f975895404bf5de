using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <content>vApps that there are: renamed, undeployed.</content>
internal static partial class VcdBodies
{
    /// <summary>The content type of <see cref="EditedVApp"/>.</summary>
    public const string VAppType = "application/vnd.vmware.vcloud.vApp+xml";

    /// <summary>
    /// A vApp with another name or description (schema type VAppType). The guide's own body has nothing else: a change of a vApp as such is one of these two, sections are changed at their own addresses, and a vApp of many
    /// machines sent back as it was read would exceed what a request may hold. What is optional and left out is lost, so that a description that stays is sent as it was.
    /// </summary>
    public static XElement EditedVApp(XElement present, string? name, string? description)
    {
        var body = new XElement(VcdXml.Namespace + "VApp", new XAttribute("name", name ?? VcdXml.Text(present, "name") ?? string.Empty));
        AddDescription(body, description ?? VcdXml.ChildText(present, "Description"));
        return body;
    }

    /// <summary>Machines are powered off and give back what they hold (schema type UndeployVAppParamsType; the guide's "Undeploy, Power Off, and Delete a vApp"): a vApp that is to be removed has nothing left to shut down for.</summary>
    public static XElement PowerOffAndUndeploy() => Undeploy(VcdOperations.ByPowerOff);
}
