using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>
/// What may be done with a vApp or a machine in its present state: the links decide, and clients follow them (recorded vApps that run, are off and are suspended;
/// the guide's "Operate a vApp"). What has no link is refused.
/// </summary>
internal static class PowerLinks
{
    public const string Deploy = "deploy";
    public const string Undeploy = "undeploy";
    public const string DiscardState = "discardState";

    /// <param name="href">The address of the vApp or machine.</param>
    /// <param name="status">Its status.</param>
    /// <param name="isDeployed">Whether it is deployed.</param>
    public static IEnumerable<XElement> Of(string href, MachineStatus status, bool isDeployed) => Offered(status, isDeployed).Select(action => action switch
    {
        Deploy => Xml.Link(Deploy, MediaTypes.DeployParams, $"{href}/action/deploy"),
        Undeploy => Xml.Link(Undeploy, MediaTypes.UndeployParams, $"{href}/action/undeploy"),
        DiscardState => Xml.Link(DiscardState, type: null, $"{href}/action/discardSuspendedState"),
        _ => Xml.Link($"power:{action}", type: null, $"{href}/power/action/{action}"),
    });

    /// <summary>The actions that a state allows, in the order of their links.</summary>
    public static IEnumerable<string> Offered(MachineStatus status, bool isDeployed)
    {
        foreach (var action in PowerActions(status, isDeployed)) yield return action;
        if (status is MachineStatus.FailedCreation or MachineStatus.Unresolved) yield break;
        if (!isDeployed || status is MachineStatus.Mixed or MachineStatus.Suspended) yield return Deploy;
        if (isDeployed) yield return Undeploy;
        if (status is MachineStatus.Suspended) yield return DiscardState;
    }

    private static string[] PowerActions(MachineStatus status, bool isDeployed) => status switch
    {
        MachineStatus.PoweredOn => ["powerOff", "reboot", "reset", "shutdown", "suspend"],
        MachineStatus.PoweredOff or MachineStatus.Resolved => isDeployed ? ["powerOn", "powerOff"] : ["powerOn"],
        MachineStatus.Suspended => ["powerOn", "powerOff"],
        MachineStatus.Mixed => ["powerOn", "powerOff", "reboot", "reset", "shutdown", "suspend"],
        MachineStatus.WaitingForInput => ["powerOff", "reset"],
        _ => [],
    };
}
