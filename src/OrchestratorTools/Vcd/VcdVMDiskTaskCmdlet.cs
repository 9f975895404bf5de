using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets that change disks of virtual machines.</summary>
public abstract class VcdVMDiskTaskCmdlet : VcdVMPartTaskCmdlet<VcdVMDisk>
{
    /// <summary>Names of disks; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdVMPartCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] DiskName { get; set; } = [];

    /// <inheritdoc/>
    private protected sealed override VcdVM MachineOf(VcdVMDisk part) => part.Machine;

    /// <inheritdoc/>
    private protected sealed override IEnumerable<VcdVMDisk> Named(VcdClient client, VcdVM vm) => VcdVMParts.Disks(Await(token => client.GetVMDisksAsync(vm, token)), vm, DiskName);

    /// <inheritdoc/>
    private protected sealed override Task<VcdChange> SendAsync(VcdClient client, string href, IReadOnlyList<object> changes, CancellationToken cancellationToken)
        => client.ChangeDisksAsync(href, changes.Cast<VcdVMDiskChange>().ToArray(), cancellationToken);
}
