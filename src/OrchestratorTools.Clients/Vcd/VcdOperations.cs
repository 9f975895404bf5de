using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// What is done with vApps and virtual machines that run or shall run (guide, "Operate a vApp"). A request to a vApp goes to each of its machines, in the order of its startup section.
/// </summary>
internal static class VcdOperations
{
    /// <summary>Power off the machines at once.</summary>
    public const string ByPowerOff = "powerOff";

    /// <summary>Have the guests shut down.</summary>
    public const string ByShutdown = "shutdown";

    /// <summary>What the startup section says of each machine, in its order and with its delays.</summary>
    public const string AsStartupSays = "default";

    /// <summary>Keep the guests' memory.</summary>
    public const string BySuspend = "suspend";

    private static readonly VcdAction Deploy = new("deploy", "Powering on") { ContentType = VcdBodies.DeployType };

    /// <summary>Deploys and powers on by the one link that is for that. What runs already is left alone.</summary>
    public static VcdOperation Start { get; } = new("Power on", new VcdAction("power:powerOn", "Powering on"))
    {
        Done = s => s.IsOn ? "it is powered on already" : null,
        Hint = noun => $"One whose creation failed or whose storage lease ran out is not started; Get-{noun} -Detailed shows its state, Get-VcdTask whether something is at work on it.",
    };

    /// <summary>The guests are customized anew as they start: only a deployment can ask for it, and what is deployed has to be stopped first.</summary>
    public static VcdOperation StartCustomized { get; } = new("Power on and customize the guests anew", Deploy)
    {
        Body = () => VcdBodies.Deploy(powerOn: true, forceCustomization: true),
        Hint = noun => $"Guests are customized anew as what is not deployed is started: Stop-{noun} first.",
    };

    /// <summary>Gives the machines hosts and networks, and leaves them off.</summary>
    public static VcdOperation DeployOnly { get; } = new("Deploy without powering on", Deploy with { Title = "Deploying" })
    {
        Body = () => VcdBodies.Deploy(powerOn: false, forceCustomization: false),
        Done = s => s.IsDeployed && (s.IsOff || s.IsOn) ? "it is deployed already" : null,
    };

    /// <summary>
    /// Stops by undeploying. power:powerOff leaves hosts, networks and addresses taken and the runtime lease running ("partially powered off"), and what is deployed is neither deleted nor downloaded (facts/vcd.md, "Download"):
    /// who stops something wants it gone from the hosts, as the portal does it. The undeploy action decides how (schema, UndeployPowerAction): powerOff at once, shutdown by the guests, default as the startup section says; the first two pass over its order.
    /// "force" is not offered: by the schema it passes over failures and removes all references from the database, which is no way to stop something.
    /// The action is always written: the schema's default and the portals' differ.
    /// </summary>
    public static VcdOperation Stop(string by) => new(
        by switch { ByShutdown => "Shut down the guests and undeploy", AsStartupSays => "Stop as the startup section says and undeploy", _ => "Power off and undeploy" },
        new VcdAction("undeploy", by is ByShutdown ? "Shutting down" : "Powering off") { ContentType = VcdBodies.UndeployType })
    {
        Body = () => VcdBodies.Undeploy(by),
        Done = s => s is { IsOff: true, IsDeployed: false } ? "it is off and not deployed" : null,
        Hint = noun => $"What is suspended and holds no host is switched off by Resume-{noun} -Discard; Get-VcdTask shows whether something is at work on it.",
    };

    /// <summary>Suspends; the hosts' networks and the runtime lease stay.</summary>
    public static VcdOperation Suspend { get; } = new("Suspend", new VcdAction("power:suspend", "Suspending")) { Done = AlreadySuspended, Hint = OnlyRunning };

    /// <summary>Suspends and undeploys: the runtime lease ends.</summary>
    public static VcdOperation SuspendAndUndeploy { get; } = new("Suspend and undeploy", new VcdAction("undeploy", "Suspending") { ContentType = VcdBodies.UndeployType })
    {
        Body = () => VcdBodies.Undeploy(BySuspend),
        Done = s => s is { IsSuspended: true, IsDeployed: false } ? "it is suspended and not deployed" : null,

        // An undeployment would be taken in any state: of what is off it would keep nothing.
        Unfit = s => s.IsOff ? "it is off" : null,
        Hint = OnlyRunning,
    };

    /// <summary>Wakes what is suspended, which the API calls powering on. What is off is not meant: it would start anew.</summary>
    public static VcdOperation Resume { get; } = new("Resume", new VcdAction("power:powerOn", "Resuming"))
    {
        Done = s => s.IsOn ? "it is powered on already" : null,
        Unfit = s => s switch
        {
            { IsSuspended: true } or { IsPartlySuspended: true, IsPartlyOff: false } => null,

            // The request goes to each machine that can be powered on.
            { IsPartlySuspended: true } => "some of its virtual machines are off and would be started with those that are suspended; Resume-VcdVM wakes these alone",
            _ => "it is not suspended",
        },
        Hint = noun => $"Start-{noun} starts what is off.",
    };

    /// <summary>Throws the memory of what is suspended away.</summary>
    public static VcdOperation Discard { get; } = new("Discard the suspended state: what was in the guests' memory is lost", new VcdAction("discardState", "Discarding the suspended state"))
    {
        Joint = " of",
        Hint = noun => $"Only what is suspended has a state to discard; Get-{noun} -Detailed shows the state.",
    };

    /// <summary>Has the guests reboot.</summary>
    public static VcdOperation Restart { get; } = new("Reboot the guests", new VcdAction("power:reboot", "Rebooting")) { Hint = OnlyRunning };

    /// <summary>Resets the machines, as a button would.</summary>
    public static VcdOperation Reset { get; } = new("Reset: the guests are not asked", new VcdAction("power:reset", "Resetting")) { Hint = OnlyRunning };

    /// <summary>Puts the installer of VMware Tools into the guest's drive.</summary>
    public static VcdOperation InstallTools { get; } = new("Install VMware Tools", new VcdAction("installVmwareTools", "Installing VMware Tools")) { Joint = " on", Hint = _ => "The guest has to run: Start-VcdVM first." };

    /// <summary>Makes one disk of each chain that linked clones and snapshots left.</summary>
    public static VcdOperation Consolidate { get; } = new("Consolidate the disks", new VcdAction("consolidate", "Consolidating the disks"))
    {
        Joint = " of",
        Hint = _ => "The virtual machine has to be off (Stop-VcdVM), and this user needs the right to consolidate.",
    };

    /// <summary>Raises the virtual hardware to the newest version that the virtual data center has; there is no way back.</summary>
    public static VcdOperation UpgradeHardware { get; } = new("Upgrade the virtual hardware to the newest version; it cannot be undone", new VcdAction("upgrade", "Upgrading the virtual hardware"))
    {
        Joint = " of",
        Hint = _ => "The virtual machine has to be off (Stop-VcdVM), and the link is missing too where its hardware is the newest already.",
    };

    /// <summary>Keeps everybody but the provider from changing the vApp.</summary>
    public static VcdOperation EnterMaintenance { get; } = new("Enter maintenance mode", new VcdAction("enterMaintenanceMode", "Entering maintenance mode"))
    {
        Joint = " of",
        Done = s => s.IsInMaintenance ? "it is in maintenance mode already" : null,
        Hint = _ => "Maintenance mode is the provider's: connect to the organization System.",
    };

    /// <summary>Lets everybody change the vApp again who might before.</summary>
    public static VcdOperation ExitMaintenance { get; } = new("Leave maintenance mode", new VcdAction("exitMaintenanceMode", "Leaving maintenance mode"))
    {
        Joint = " of",
        Done = s => s.IsInMaintenance ? null : "it is not in maintenance mode",
        Hint = _ => "Maintenance mode is the provider's: connect to the organization System.",
    };

    /// <summary>Brings the machines back to their snapshots.</summary>
    public static VcdOperation RevertToSnapshot { get; } = new("Revert to the snapshot: everything since then is lost", new VcdAction("snapshot:revertToCurrent", "Reverting to the snapshot")) { Joint = " of", Hint = NoSnapshot };

    /// <summary>Removes the machines' snapshots; they stay as they are now.</summary>
    public static VcdOperation RemoveSnapshots { get; } = new("Remove the snapshot: it can no longer be reverted to", new VcdAction("snapshot:removeAll", "Removing the snapshot")) { Joint = " of", Hint = NoSnapshot };

    private static string? AlreadySuspended(VcdRunState state) => state.IsSuspended ? "it is suspended already" : null;

    private static string OnlyRunning(string noun) => $"Only what runs can be told so; Start-{noun} starts it, Get-VcdTask shows whether something is at work on it.";

    private static string NoSnapshot(string noun) => "Get-VcdSnapshot shows whether there is a snapshot; New-VcdSnapshot takes one.";
}
