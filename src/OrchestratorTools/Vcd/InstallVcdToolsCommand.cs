using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Puts the installer of VMware Tools into the drives of virtual machines that run.</summary>
[Cmdlet(VerbsLifecycle.Install, "VcdTools", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVM))]
public sealed class InstallVcdToolsCommand : VcdVMOperationCmdlet
{
    /// <inheritdoc/>
    private protected override VcdOperation Operation => VcdOperations.InstallTools;
}
