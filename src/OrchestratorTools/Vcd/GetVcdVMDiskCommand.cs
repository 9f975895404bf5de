using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Shows the disks of virtual machines.</summary>
[Cmdlet(VerbsCommon.Get, "VcdVMDisk")]
[OutputType(typeof(VcdVMDisk))]
public sealed class GetVcdVMDiskCommand : VcdVMShowingCmdlet
{
    /// <summary>Names of disks; wildcards are allowed.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(VcdVMPartCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? DiskName { get; set; }

    /// <inheritdoc/>
    private protected override void OnVM(VcdClient client, VcdVM vm)
        => WriteObject(VcdVMParts.Disks(Await(token => client.GetVMDisksAsync(vm, token)), vm, DiskName), enumerateCollection: true);
}
