using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Changes independent disks: name, description, storage profile, and, upwards, the size.</summary>
[Cmdlet(VerbsCommon.Set, "VcdDisk", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdDisk))]
public sealed class SetVcdDiskCommand : VcdDiskTaskCmdlet
{
    private int _disks;

    /// <summary>The new name. For one disk only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The new description; an empty text takes it away.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>The new size, bytes: not less than the present one. From API 33.0 on whole megabytes.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? Size { get; set; }

    /// <summary>The new storage profile: a name, or what Get-VcdStorageProfile returned; of the same virtual data center.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdStorageProfile>))]
    [ValidateNotNull]
    public VcdStorageProfileArgument? StorageProfile { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (Name is null && Description is null && Size is null && StorageProfile is null)
        {
            ThrowBadParameter(nameof(Name), null, "there is nothing to change; -Name, -Description, -Size or -StorageProfile is needed.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnDisk(VcdClient client, VcdDisk disk)
    {
        if (++_disks > 1 && Name is not null)
        {
            ThrowBadParameter(nameof(Name), Name, "one name is for one disk.");
        }

        _ = SessionOf(disk, StorageProfile?.Source);
        var profile = StorageProfile is null ? null : Await(token => VcdLookup.OneAsync(client, StorageProfile, nameof(StorageProfile), [], p => VcdObject.IsSame(p.VdcHref, disk.VdcHref), token));
        var changes = new[]
        {
            Name is null ? null : $"name '{Name}'",
            Description is null ? null : $"description '{Description}'",
            Size is { } size ? string.Create(CultureInfo.InvariantCulture, $"size {size} bytes") : null,
            profile is null ? null : $"storage profile '{profile.Name}'",
        };
        if (ShouldProcess(Described(client, disk), "Set " + string.Join(", ", changes.OfType<string>())))
        {
            Start(client, $"Changing disk '{disk.Name}'", disk, (c, token) => c.SetDiskAsync(AddressOf(disk), Name, Description, Size, profile?.Href, token), async (c, _, token) =>
            {
                var now = await c.GetEntityAsync<VcdDisk>(AddressOf(disk), token).ConfigureAwait(false);
                now.Vdc ??= disk.Vdc;
                return now;
            });
        }
    }
}
