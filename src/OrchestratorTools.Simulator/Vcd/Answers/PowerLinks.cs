using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>
/// What may be done with a vApp or a machine in its present state: the links decide, and clients follow them (recorded vApps that run, are off and are suspended;
/// the guide's "Operate a vApp").
/// </summary>
internal static class PowerLinks
{
    private const string DeployType = "application/vnd.vmware.vcloud.deployVAppParams+xml";
    private const string UndeployType = "application/vnd.vmware.vcloud.undeployVAppParams+xml";

    /// <param name="href">The address of the vApp or machine.</param>
    /// <param name="status">Its status.</param>
    /// <param name="isDeployed">Whether it is deployed.</param>
    public static IEnumerable<XElement> Of(string href, MachineStatus status, bool isDeployed)
    {
        foreach (var action in Actions(status, isDeployed)) yield return Xml.Link($"power:{action}", type: null, $"{href}/power/action/{action}");
        if (status is MachineStatus.FailedCreation or MachineStatus.Unresolved) yield break;
        if (!isDeployed || status is MachineStatus.Mixed or MachineStatus.Suspended) yield return Xml.Link("deploy", DeployType, $"{href}/action/deploy");
        if (isDeployed) yield return Xml.Link("undeploy", UndeployType, $"{href}/action/undeploy");
        if (status is MachineStatus.Suspended) yield return Xml.Link("discardState", type: null, $"{href}/action/discardSuspendedState");
    }

    private static string[] Actions(MachineStatus status, bool isDeployed) => status switch
    {
        MachineStatus.PoweredOn => ["powerOff", "reboot", "reset", "shutdown", "suspend"],
        MachineStatus.PoweredOff or MachineStatus.Resolved => isDeployed ? ["powerOn", "powerOff"] : ["powerOn"],
        MachineStatus.Suspended => ["powerOn", "powerOff"],
        MachineStatus.Mixed => ["powerOn", "powerOff", "reboot", "reset", "shutdown", "suspend"],
        MachineStatus.WaitingForInput => ["powerOff", "reset"],
        _ => [],
    };
}
