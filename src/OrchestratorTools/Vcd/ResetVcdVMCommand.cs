using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Resets virtual machines, without asking the guests.</summary>
[Cmdlet(VerbsCommon.Reset, "VcdVM", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVM))]
public sealed class ResetVcdVMCommand : VcdVMOperationCmdlet
{
    /// <inheritdoc/>
    private protected override VcdOperation Operation => VcdOperations.Reset;
}
