using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Upgrades the virtual hardware of virtual machines to the newest version.</summary>
[Cmdlet(VerbsData.Update, "VcdVMHardware", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VcdTask), typeof(VcdVM))]
public sealed class UpdateVcdVMHardwareCommand : VcdVMOperationCmdlet
{
    /// <inheritdoc/>
    private protected override VcdOperation Operation => VcdOperations.UpgradeHardware;
}
