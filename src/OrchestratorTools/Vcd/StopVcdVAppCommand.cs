using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Powers vApps off and undeploys them.</summary>
[Cmdlet(VerbsLifecycle.Stop, "VcdVApp", SupportsShouldProcess = true, DefaultParameterSetName = PowerOffSet)]
[OutputType(typeof(VcdTask), typeof(VcdVApp))]
public sealed class StopVcdVAppCommand : VcdVAppOperationCmdlet
{
    private const string PowerOffSet = "PowerOff";
    private const string GuestSet = "Guest";
    private const string StartupOrderSet = "StartupOrder";

    /// <summary>Has the guests shut down, by VMware Tools, instead of powering off.</summary>
    [Parameter(Mandatory = true, ParameterSetName = GuestSet)]
    public SwitchParameter Guest { get; set; }

    /// <summary>Stops each virtual machine as the startup section says: in its order, with its delays, by its stop action.</summary>
    [Parameter(Mandatory = true, ParameterSetName = StartupOrderSet)]
    public SwitchParameter UseStartupOrder { get; set; }

    /// <inheritdoc/>
    private protected override VcdOperation Operation => VcdOperations.Stop(Guest ? VcdOperations.ByShutdown : UseStartupOrder ? VcdOperations.AsStartupSays : VcdOperations.ByPowerOff);
}
