using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Removes disks of virtual machines, with all that is on them. An independent disk is dismounted instead.</summary>
[Cmdlet(VerbsCommon.Remove, "VcdVMDisk", DefaultParameterSetName = NameSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VcdTask))]
public sealed class RemoveVcdVMDiskCommand : VcdVMDiskTaskCmdlet
{
    /// <inheritdoc/>
    private protected override string Doing => "Removing disks";

    /// <inheritdoc/>
    private protected override (string Action, object Change)? Plan(VcdClient client, VcdVM vm, VcdVMDisk part)
    {
        if (part.IsIndependent)
        {
            throw client.IsIndependent(vm.Name, part.Name);
        }

        VcdMachineChecks.NotSuspended(vm, "disks");
        return ($"Remove disk '{part.Name}'{(part.Size is { } size ? $" ({SizeText.Of(size)})" : string.Empty)} with all that is on it; it cannot be undone", new VcdVMDiskChange { InstanceId = part.InstanceId, Name = part.Name, Remove = true });
    }

    /// <inheritdoc/>
    private protected override Func<VcdClient, VcdChange, CancellationToken, Task<object?>>? Afterwards(VcdVM vm, IReadOnlyList<object> changes) => null;
}
