using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Puts vApps into maintenance mode: only the provider changes them then.</summary>
[Cmdlet(VerbsLifecycle.Enable, "VcdMaintenance", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVApp))]
public sealed class EnableVcdMaintenanceCommand : VcdVAppOperationCmdlet
{
    /// <inheritdoc/>
    private protected override VcdOperation Operation => VcdOperations.EnterMaintenance;
}
