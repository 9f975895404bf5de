using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Attaches independent disks to a virtual machine.</summary>
[Cmdlet(VerbsData.Mount, "VcdDisk", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVM))]
public sealed class MountVcdDiskCommand : VcdDiskTaskCmdlet
{
    private static readonly VcdCondition OfVApps = new("isVAppTemplate") { Values = ["false"] };

    /// <summary>One after the other: while one is attached to a machine, the machine takes no other change.</summary>
    public MountVcdDiskCommand() => ThrottleLimit = 1;

    /// <summary>The virtual machine: a name, an id, or what Get-VcdVM returned.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdVM>))]
    [ValidateNotNull]
    public VcdVMArgument? VM { get; set; }

    /// <summary>The vApp that the virtual machine is in, where its name is given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [ValidateNotNull]
    public VcdVAppArgument? VApp { get; set; }

    /// <summary>The number of the controller; default: the server's choice. For one disk only where -UnitNumber is given.</summary>
    [Parameter]
    [ValidateRange(0, 3)]
    public int? BusNumber { get; set; }

    /// <summary>The place at the controller; needs -BusNumber.</summary>
    [Parameter]
    [ValidateRange(0, 29)]
    public int? UnitNumber { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (UnitNumber is not null && BusNumber is null)
        {
            ThrowBadParameter(nameof(UnitNumber), UnitNumber, "without -BusNumber the server would take no notice of it.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnDisk(VcdClient client, VcdDisk disk)
    {
        _ = SessionOf(disk, VM!.Source ?? VApp?.Source);
        var vm = Await(token => VcdLookup.OneAsync(client, VM, nameof(VM), [OfVApps, .. VcdLookup.In(VApp)], static v => v.IsInTemplate is not true, token));
        if (vm.IsInTemplate is true)
        {
            throw NotOfUse(vm, "it belongs to a vApp template, which is never changed", nameof(VM));
        }

        if (ShouldProcess(Described(client, disk), $"Attach to virtual machine '{vm.Name}'{(vm.VApp is { } vapp ? $" of vApp '{vapp}'" : string.Empty)}"))
        {
            Start(client, $"Attaching disk '{disk.Name}' to '{vm.Name}'", disk, (c, token) => c.AttachDiskAsync(AddressOf(disk), AddressOf(vm), BusNumber, UnitNumber, token), async (c, _, token) =>
            {
                var now = await c.GetEntityAsync<VcdVM>(AddressOf(vm), token).ConfigureAwait(false);
                now.VApp ??= vm.VApp;
                now.VAppHref ??= vm.VAppHref;
                return now;
            });
        }
    }
}
