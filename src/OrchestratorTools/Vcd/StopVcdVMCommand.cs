using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Powers virtual machines off and undeploys them.</summary>
[Cmdlet(VerbsLifecycle.Stop, "VcdVM", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVM))]
public sealed class StopVcdVMCommand : VcdVMOperationCmdlet
{
    /// <summary>Has the guests shut down, by VMware Tools, instead of powering off.</summary>
    [Parameter]
    public SwitchParameter Guest { get; set; }

    /// <inheritdoc/>
    private protected override VcdOperation Operation => VcdOperations.Stop(Guest ? VcdOperations.ByShutdown : VcdOperations.ByPowerOff);
}
