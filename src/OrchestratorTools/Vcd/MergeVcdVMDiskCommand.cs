using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Consolidates the disks of virtual machines.</summary>
[Cmdlet(VerbsData.Merge, "VcdVMDisk", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVM))]
public sealed class MergeVcdVMDiskCommand : VcdVMOperationCmdlet
{
    /// <inheritdoc/>
    private protected override VcdOperation Operation => VcdOperations.Consolidate;
}
