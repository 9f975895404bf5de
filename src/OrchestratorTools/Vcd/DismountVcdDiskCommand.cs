using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Detaches independent disks from virtual machines; what is on them stays.</summary>
[Cmdlet(VerbsData.Dismount, "VcdDisk", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdDisk))]
public sealed class DismountVcdDiskCommand : VcdDiskTaskCmdlet
{
    private static readonly VcdCondition OfVApps = new("isVAppTemplate") { Values = ["false"] };

    /// <summary>One after the other: while one is detached from a machine, the machine takes no other change.</summary>
    public DismountVcdDiskCommand() => ThrottleLimit = 1;

    /// <summary>The virtual machine: a name, an id, or what Get-VcdVM returned; default: the one that has the disk.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdVM>))]
    [ValidateNotNull]
    public VcdVMArgument? VM { get; set; }

    /// <summary>The vApp that the virtual machine is in, where its name is given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [ValidateNotNull]
    public VcdVAppArgument? VApp { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (VApp is not null && VM is null)
        {
            ThrowBadParameter(nameof(VApp), VApp, "it says where -VM is, which is not given.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnDisk(VcdClient client, VcdDisk disk)
    {
        _ = SessionOf(disk, VM?.Source ?? VApp?.Source);
        var vm = VM is null ? null : Await(token => VcdLookup.OneAsync(client, VM, nameof(VM), [OfVApps, .. VcdLookup.In(VApp)], static v => v.IsInTemplate is not true, token));
        if (ShouldProcess(Described(client, disk), vm is null ? "Detach from the virtual machine that has it" : $"Detach from virtual machine '{vm.Name}'{(vm.VApp is { } vapp ? $" of vApp '{vapp}'" : string.Empty)}"))
        {
            Start(client, $"Detaching disk '{disk.Name}'", disk, (c, token) => c.DetachDiskAsync(AddressOf(disk), vm is null ? null : AddressOf(vm), token), async (c, _, token) =>
            {
                var now = await c.GetEntityAsync<VcdDisk>(AddressOf(disk), token).ConfigureAwait(false);
                now.Vdc ??= disk.Vdc;
                return now;
            });
        }
    }
}
