using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Takes vApps out of maintenance mode.</summary>
[Cmdlet(VerbsLifecycle.Disable, "VcdMaintenance", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVApp))]
public sealed class DisableVcdMaintenanceCommand : VcdVAppOperationCmdlet
{
    /// <inheritdoc/>
    private protected override VcdOperation Operation => VcdOperations.ExitMaintenance;
}
