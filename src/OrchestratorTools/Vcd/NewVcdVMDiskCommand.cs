using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Adds a disk to virtual machines.</summary>
[Cmdlet(VerbsCommon.New, "VcdVMDisk", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVMDisk))]
public sealed class NewVcdVMDiskCommand : VcdVMTaskCmdlet
{
    /// <summary>The size in bytes: 40GB.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public long Size { get; set; }

    /// <summary>The controller; without it the one that the machine's first disk hangs on.</summary>
    [Parameter]
    public VcdVMDiskBus Bus { get; set; }

    /// <summary>The storage profile that the disk is stored by, of the machine's virtual data center; without it the machine's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdStorageProfile>))]
    [ValidateNotNull]
    public VcdStorageProfileArgument? StorageProfile { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (VcdMachineChecks.NoDiskSize(Size) is { } why)
        {
            ThrowBadParameter(nameof(Size), Size, why);
        }
    }

    /// <inheritdoc/>
    private protected override void OnVM(VcdClient client, VcdVM vm)
    {
        var href = vm.Href.Length > 0 ? vm.Href : vm.Id;
        var now = Await(token => client.GetEntityAsync<VcdVM>(href, token));
        now.VApp ??= vm.VApp;
        now.VAppHref ??= vm.VAppHref;
        VcdMachineChecks.NotSuspended(now, "disks");
        var bus = MyInvocation.BoundParameters.ContainsKey(nameof(Bus)) ? Bus : now.Disks.FirstOrDefault(d => d.Bus is not null)?.Bus ?? VcdVMDiskBus.LsiLogic;
        VcdDiskProfiles.Need(client, nameof(Bus), bus);
        VcdReference? profile = null;
        if (StorageProfile is { } wanted)
        {
            VcdDiskProfiles.Need(client, nameof(StorageProfile));
            profile = VcdStorageProfiles.For(client, wanted, nameof(StorageProfile), vm, now, work => Await(work));
        }

        if (!ShouldProcess(Described(client, now), $"Add a disk of {SizeText.Of(Size)} ({bus}){(profile is null ? string.Empty : $", stored by '{profile}'")}"))
        {
            return;
        }

        var before = now.Disks.Select(d => d.InstanceId).ToHashSet(StringComparer.Ordinal);
        Start(
            client,
            $"Adding a disk to virtual machine '{now.Name}'",
            vm,
            (c, token) => c.ChangeDisksAsync(href, [new VcdVMDiskChange { Size = Size, Bus = bus, StorageProfile = profile }], token),
            async (c, _, token) => (await c.GetVMDisksAsync(now, token).ConfigureAwait(false)).Where(d => !before.Contains(d.InstanceId)).ToArray());
    }
}
