using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Has the guests of virtual machines reboot, by VMware Tools.</summary>
[Cmdlet(VerbsLifecycle.Restart, "VcdVM", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVM))]
public sealed class RestartVcdVMCommand : VcdVMOperationCmdlet
{
    /// <inheritdoc/>
    private protected override VcdOperation Operation => VcdOperations.Restart;
}
