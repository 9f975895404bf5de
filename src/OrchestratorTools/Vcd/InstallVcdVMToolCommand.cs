using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Puts the installer of VMware Tools into the drives of virtual machines that run.</summary>
[Cmdlet(VerbsLifecycle.Install, "VcdVMTool", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVM))]
public sealed class InstallVcdVMToolCommand : VcdVMOperationCmdlet
{
    /// <inheritdoc/>
    private protected override VcdOperation Operation => VcdOperations.InstallTools;
}
