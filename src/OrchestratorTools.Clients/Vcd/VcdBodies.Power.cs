using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <content>The bodies of deploying, undeploying and taking snapshots.</content>
internal static partial class VcdBodies
{
    /// <summary>The content type of <see cref="Deploy"/>.</summary>
    public const string DeployType = "application/vnd.vmware.vcloud.deployVAppParams+xml";

    /// <summary>The content type of <see cref="Undeploy"/>.</summary>
    public const string UndeployType = "application/vnd.vmware.vcloud.undeployVAppParams+xml";

    /// <summary>The content type of <see cref="Snapshot"/>.</summary>
    public const string SnapshotType = "application/vnd.vmware.vcloud.createSnapshotParams+xml";

    /// <summary>A deployment (schema type DeployVAppParamsType). Without a lease the organization's default applies.</summary>
    public static XElement Deploy(bool powerOn, bool forceCustomization) => new(
        VcdXml.Namespace + "DeployVAppParams",
        new XAttribute("powerOn", powerOn),
        new XAttribute("forceCustomization", forceCustomization));

    /// <summary>An undeployment (schema type UndeployVAppParamsType).</summary>
    public static XElement Undeploy(string action) => new(VcdXml.Namespace + "UndeployVAppParams", new XElement(VcdXml.Namespace + "UndeployPowerAction", action));

    /// <summary>
    /// A snapshot to take (schema type CreateSnapshotParamsType). Both flags are always written: the guide ("Create a vApp Snapshot") has them true where they are missing, and a snapshot with memory that nobody
    /// asked for is slow, large and brings the guests back running.
    /// </summary>
    public static XElement Snapshot(string? name, string? description, bool memory, bool quiesce) => new(
        VcdXml.Namespace + "CreateSnapshotParams",
        name is null ? null : new XAttribute("name", name),
        new XAttribute("memory", memory),
        new XAttribute("quiesce", quiesce),
        Description(description));
}
