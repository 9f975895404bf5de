using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Removes independent disks, with what is on them.</summary>
[Cmdlet(VerbsCommon.Remove, "VcdDisk", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VcdTask))]
public sealed class RemoveVcdDiskCommand : VcdDiskTaskCmdlet
{
    /// <inheritdoc/>
    private protected override void OnDisk(VcdClient client, VcdDisk disk)
    {
        if (ShouldProcess(Described(client, disk), "Remove, with what is on it; it cannot be undone"))
        {
            Start(client, $"Removing disk '{disk.Name}'", disk, (c, token) => c.RemoveDiskAsync(AddressOf(disk), token));
        }
    }
}
