using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Has the guests of vApps reboot, by VMware Tools.</summary>
[Cmdlet(VerbsLifecycle.Restart, "VcdVApp", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVApp))]
public sealed class RestartVcdVAppCommand : VcdVAppOperationCmdlet
{
    /// <inheritdoc/>
    private protected override VcdOperation Operation => VcdOperations.Restart;
}
