using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Makes disks of virtual machines larger, or stores them by another storage profile.</summary>
[Cmdlet(VerbsCommon.Set, "VcdVMDisk", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVMDisk))]
public sealed class SetVcdVMDiskCommand : VcdVMDiskTaskCmdlet
{
    private readonly Dictionary<string, VcdReference> _profiles = new(StringComparer.Ordinal);

    /// <summary>The size afterwards, in bytes: 40GB. Disks only grow.</summary>
    [Parameter]
    public long Size { get; set; }

    /// <summary>The storage profile that the disk is stored by, of the machine's virtual data center.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdStorageProfile>))]
    [ValidateNotNull]
    public VcdStorageProfileArgument? StorageProfile { get; set; }

    /// <inheritdoc/>
    private protected override string Doing => "Changing disks";

    private bool Grows => MyInvocation.BoundParameters.ContainsKey(nameof(Size));

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (!Grows && StorageProfile is null)
        {
            ThrowBadParameter(nameof(Size), null, "there is nothing to change; -Size or -StorageProfile is needed.");
        }

        if (Grows && VcdMachineChecks.NoDiskSize(Size) is { } why)
        {
            ThrowBadParameter(nameof(Size), Size, why);
        }
    }

    /// <inheritdoc/>
    private protected override (string Action, object Change)? Plan(VcdClient client, VcdVM vm, VcdVMDisk part)
    {
        VcdMachineChecks.NotSuspended(vm, "disks");
        var changes = new List<string>();
        if (part.IsIndependent)
        {
            throw VcdMachineChecks.Refused(OrchestratorErrorKind.WrongState, $"'{part.Name}' of virtual machine '{vm.Name}' is an independent disk, which is changed by itself. Nothing was sent.", "Set-VcdDisk changes it.");
        }

        if (Grows)
        {
            if (part.Size is { } present && Size < present)
            {
                throw client.Shrinks(vm.Name, part.Name, present, Size);
            }

            if (Size != part.Size && vm.HasSnapshot is true && !VcdAssumptions.DisksGrowBesideSnapshots)
            {
                throw VcdMachineChecks.Refused(OrchestratorErrorKind.WrongState, $"-Size {SizeText.Of(Size)} for '{part.Name}' of virtual machine '{vm.Name}': no disk of it grows while it has a snapshot. Nothing was sent.", "Remove-VcdSnapshot removes the snapshot.");
            }

            if (Size != part.Size)
            {
                changes.Add($"size {(part.Size is { } old ? SizeText.Of(old) : "unknown")} → {SizeText.Of(Size)}");
            }
        }

        VcdReference? profile = null;
        if (StorageProfile is { } wanted)
        {
            VcdDiskProfiles.Need(client, nameof(StorageProfile));
            profile = ProfileFor(client, vm, wanted);
            if (part.HasOwnStorageProfile is not true || !VcdObject.IsSame(profile.Href, part.StorageProfileHref))
            {
                changes.Add($"storage profile {(part.StorageProfile is { } old ? $"'{old}'" : "unknown")} → '{profile}'");
            }
        }

        return changes.Count == 0 ? null : ($"Set {string.Join(", ", changes)} of disk '{part.Name}'", new VcdVMDiskChange { InstanceId = part.InstanceId, Name = part.Name, Size = Grows ? Size : null, StorageProfile = profile });
    }

    // Asked for once a vApp: its machines are all in one virtual data center.
    private VcdReference ProfileFor(VcdClient client, VcdVM vm, VcdStorageProfileArgument wanted)
    {
        var key = $"{client.Session.ConnectionName}|{vm.VAppHref ?? vm.Href}";
        if (!_profiles.TryGetValue(key, out var profile))
        {
            _profiles[key] = profile = VcdStorageProfiles.For(client, wanted, nameof(StorageProfile), vm, vm, work => Await(work));
        }

        return profile;
    }

    /// <inheritdoc/>
    private protected override Func<VcdClient, VcdChange, CancellationToken, Task<object?>> Afterwards(VcdVM vm, IReadOnlyList<object> changes)
        => async (client, _, token) => (await client.GetVMDisksAsync(vm, token).ConfigureAwait(false)).Where(d => changes.Cast<VcdVMDiskChange>().Any(c => c.InstanceId == d.InstanceId)).ToArray();
}
