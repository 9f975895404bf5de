using System.Globalization;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Independent disks and media: made, changed, removed, put into machines and taken out (the guide's "Independent disks"; recorded requests).</content>
public sealed partial class VcdClient
{
    private const long DiskMegabyte = 1024 * 1024;
    private const string VmsType = "application/vnd.vmware.vcloud.vms+xml";
    private const string DiskOutcome = "Get-VcdDisk shows what became of it.";

    private static readonly VcdApiVersion FirstWithEjectAlone = VcdApiVersion.Parse("29.0");
    private static readonly VcdApiVersion FirstWithDisks = VcdApiVersion.Parse("5.1");

    private static readonly VcdAction Attaching = new("disk:attach", "Attaching a disk") { ContentType = VcdBodies.DiskAttachOrDetachType };
    private static readonly VcdAction Detaching = new("disk:detach", "Detaching a disk") { ContentType = VcdBodies.DiskAttachOrDetachType };
    private static readonly VcdAction Inserting = new("media:insertMedia", "Inserting a medium") { ContentType = VcdBodies.MediaInsertOrEjectType };
    private static readonly VcdAction Ejecting = new("media:ejectMedia", "Ejecting a medium") { ContentType = VcdBodies.MediaInsertOrEjectType };

    /// <summary>Makes an independent disk in a virtual data center.</summary>
    /// <param name="vdc">The address of the virtual data center.</param>
    /// <param name="disk">What it is to be like.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task<VcdChange> NewDiskAsync(string vdc, VcdNewDisk disk, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(disk);
        NeedDisks();
        NeedWholeMegabytes(disk.Size, _session.Version! >= VcdAssumptions.FirstWithDisksInMegabytes);
        var present = await ReadAsync(vdc, cancellationToken, "Vdc", "AdminVdc").ConfigureAwait(false);
        NeedStorageProfile(present, disk.StorageProfile);
        var (_, add) = await NeedLinkAsync(present, "add", VcdBodies.NewDiskType, "Making a disk in the virtual data center", "It needs the right to create disks in it.", cancellationToken).ConfigureAwait(false);
        return await ChangeAsync(
            new VcdChangeRequest(HttpMethod.Post, add.Href, DiskOutcome) { Body = VcdBodies.NewDisk(disk, _session.Version!), ContentType = VcdBodies.NewDiskType },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes a disk: what is null stays. A size that is less than the present one is an error of kind Validation.</summary>
    /// <param name="href">Its address or id.</param>
    /// <param name="name">The new name.</param>
    /// <param name="description">The new description; an empty text takes it away.</param>
    /// <param name="size">The new size, bytes. The schemas have none after the making; clients send one all the same, and the server decides.</param>
    /// <param name="storageProfile">The address of the new storage profile.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task<VcdChange> SetDiskAsync(string href, string? name, string? description, long? size, string? storageProfile, CancellationToken cancellationToken)
    {
        var present = await ReadAsync(href, cancellationToken, "Disk").ConfigureAwait(false);
        if (size is { } bytes)
        {
            NeedWholeMegabytes(bytes, present.Attribute("sizeMb") is not null);
            if (new VcdDisk(present).Size is { } now && bytes < now)
            {
                throw _session.Error(OrchestratorErrorKind.Validation, string.Create(CultureInfo.InvariantCulture, $"-Size {bytes}: disk '{NameOf(present)}' has {now} bytes, and no disk is made smaller. Nothing was sent."), "Make a smaller one with New-VcdDisk, and copy what is on it.");
            }
        }

        if (storageProfile is not null && VcdLink.Of(present).FirstOrDefault(l => l.Rel is "up" && l.IsOf("vdc"))?.Href is { } vdc)
        {
            NeedStorageProfile(await ReadAsync(vdc, cancellationToken).ConfigureAwait(false), storageProfile);
        }

        var edit = FindLink(present, "edit", VcdBodies.DiskType) ?? FindLink(present, "edit") ?? throw NotOffered(present, new VcdAction("edit", "Changing"));
        return await ChangeAsync(
            new VcdChangeRequest(HttpMethod.Put, edit.Href, OutcomeOf(present)) { Body = VcdBodies.EditedDisk(present, name, description, size, storageProfile), ContentType = VcdBodies.DiskType },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a disk that no machine has.</summary>
    public async Task<VcdChange> RemoveDiskAsync(string href, CancellationToken cancellationToken)
    {
        var present = await ReadAsync(href, cancellationToken, "Disk").ConfigureAwait(false);

        // Recorded disks offer the removal in every state: who has it is asked first.
        var owners = await MachinesOfAsync(present, cancellationToken).ConfigureAwait(false);
        if (owners.Count > 0)
        {
            throw _session.Error(OrchestratorErrorKind.WrongState, $"Disk '{NameOf(present)}' is attached to {MachineNames(owners)}; only what no virtual machine has is removed. Nothing was sent.", $"Dismount-VcdDisk '{NameOf(present)}' -Wait detaches it.");
        }

        var remove = FindLink(present, "remove") ?? throw NotOffered(present, new VcdAction("remove", "Removing"));
        return await ChangeAsync(new VcdChangeRequest(HttpMethod.Delete, remove.Href, DiskOutcome), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The virtual machines that have a disk.</summary>
    public async Task<IReadOnlyList<VcdReference>> GetMachinesOfDiskAsync(string href, CancellationToken cancellationToken)
        => await MachinesOfAsync(await ReadAsync(href, cancellationToken, "Disk").ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Attaches a disk to a virtual machine.</summary>
    /// <param name="disk">The address or id of the disk.</param>
    /// <param name="vm">The address or id of the virtual machine.</param>
    /// <param name="busNumber">The controller's number; null: the server's choice.</param>
    /// <param name="unitNumber">The place at the controller; null: the server's choice.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task<VcdChange> AttachDiskAsync(string disk, string vm, int? busNumber, int? unitNumber, CancellationToken cancellationToken)
    {
        NeedDisks();
        var present = await ReadAsync(disk, cancellationToken, "Disk").ConfigureAwait(false);
        var machine = await ReadAsync(vm, cancellationToken, "Vm").ConfigureAwait(false);
        var owners = await MachinesOfAsync(present, cancellationToken).ConfigureAwait(false);
        if (owners.Any(o => VcdObject.IsSame(o.Href, VcdXml.Text(machine, "href"))))
        {
            throw _session.Error(OrchestratorErrorKind.WrongState, $"Disk '{NameOf(present)}' is attached to virtual machine '{NameOf(machine)}' already. Nothing was sent.");
        }

        return owners.Count > 0 && !VcdAssumptions.IsShared(present)
            ? throw _session.Error(OrchestratorErrorKind.WrongState, $"Disk '{NameOf(present)}' is attached to {MachineNames(owners)}; one virtual machine has it at a time. Nothing was sent.", $"Dismount-VcdDisk '{NameOf(present)}' -Wait detaches it.")
            : await ActAsync(machine, Attaching, VcdBodies.DiskAttachOrDetach(VcdXml.Text(present, "href") ?? disk, busNumber, unitNumber), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Detaches a disk from a virtual machine; what is on it stays.</summary>
    /// <param name="disk">The address or id of the disk.</param>
    /// <param name="vm">The address or id of the virtual machine; null: the one that has it.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task<VcdChange> DetachDiskAsync(string disk, string? vm, CancellationToken cancellationToken)
    {
        NeedDisks();
        var present = await ReadAsync(disk, cancellationToken, "Disk").ConfigureAwait(false);
        var owners = await MachinesOfAsync(present, cancellationToken).ConfigureAwait(false);
        var meant = vm is null ? owners : owners.Where(o => VcdObject.IsSame(o.Href, vm)).ToArray();
        if (meant is not [{ } only])
        {
            throw owners.Count == 0 ? _session.Error(OrchestratorErrorKind.WrongState, $"Disk '{NameOf(present)}' is attached to no virtual machine. Nothing was sent.")
                : vm is null ? _session.Error(OrchestratorErrorKind.Ambiguous, $"Disk '{NameOf(present)}' is attached to {MachineNames(owners)}. Nothing was sent.", "Say with -VM which is to lose it.")
                : _session.Error(OrchestratorErrorKind.WrongState, $"Disk '{NameOf(present)}' is not attached to that virtual machine, but to {MachineNames(owners)}. Nothing was sent.");
        }

        var machine = await ReadAsync(only.Href, cancellationToken, "Vm").ConfigureAwait(false);
        return await ActAsync(machine, Detaching, VcdBodies.DiskAttachOrDetach(VcdXml.Text(present, "href") ?? disk, null, null), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Inserts a medium into the drive of a virtual machine. One that has one is an error of kind WrongState.</summary>
    public async Task<VcdChange> InsertMediaAsync(string vm, VcdMedia media, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(media);
        var machine = await ReadAsync(vm, cancellationToken, "Vm").ConfigureAwait(false);
        var present = VcdAssumptions.InsertedMedia(DriveItems(machine));
        return present.IsInserted
            ? throw _session.Error(OrchestratorErrorKind.WrongState, $"Virtual machine '{NameOf(machine)}' has {(present.Name is { } name ? $"'{name}'" : "a medium")} in its drive already. Nothing was sent.", $"Dismount-VcdMedia '{NameOf(machine)}' -Wait takes it out.")
            : await ActAsync(machine, Inserting, VcdBodies.MediaInsertOrEject(media.Href, media.Name), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the medium out of the drive of a virtual machine.</summary>
    /// <param name="vm">The address or id of the virtual machine.</param>
    /// <param name="media">The medium that is to be in it; null: whichever is. Servers before API 29.0 that do not say which it is have to be told.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task<VcdChange> EjectMediaAsync(string vm, VcdMedia? media, CancellationToken cancellationToken)
    {
        var machine = await ReadAsync(vm, cancellationToken, "Vm").ConfigureAwait(false);
        var present = VcdAssumptions.InsertedMedia(DriveItems(machine));
        if (!present.IsInserted)
        {
            throw _session.Error(OrchestratorErrorKind.WrongState, $"Virtual machine '{NameOf(machine)}' has no medium in its drive. Nothing was sent.");
        }

        if (media is not null && (present.Href is not null ? !VcdObject.IsSame(present.Href, media.Href) : present.Name is not null && present.Name != media.Name))
        {
            throw _session.Error(OrchestratorErrorKind.WrongState, $"Virtual machine '{NameOf(machine)}' does not have '{media.Name}' in its drive, but {(present.Name is { } other ? $"'{other}'" : "another medium")}. Nothing was sent.");
        }

        var href = media?.Href ?? present.Href;
        return href is null && _session.Version! < FirstWithEjectAlone
            ? throw _session.Error(OrchestratorErrorKind.Validation, $"-Media is needed: API {_session.ApiVersion} ejects by the medium, and the server does not say which is in the drive of virtual machine '{NameOf(machine)}'. Nothing was sent.", "Name it; Get-VcdMedia lists them.")
            : await ActAsync(machine, Ejecting, VcdBodies.MediaInsertOrEject(href, media?.Name ?? present.Name), cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<XElement> DriveItems(XElement machine) => VcdXml.Children(VcdXml.Child(machine, "VirtualHardwareSection"), "Item");

    private async Task<IReadOnlyList<VcdReference>> MachinesOfAsync(XElement disk, CancellationToken cancellationToken)
        => VcdLink.Of(disk).FirstOrDefault(l => VcdXml.IsMediaType(l.Type, VmsType)) is { } link
            ? VcdReference.AllOf(await ReadAsync(link.Href, cancellationToken, "Vms").ConfigureAwait(false), "VmReference")
            : [];

    private static string MachineNames(IReadOnlyList<VcdReference> machines)
        => $"virtual machine{(machines.Count > 1 ? "s" : string.Empty)} {string.Join(", ", machines.Select(m => $"'{m}'"))}";

    private void NeedDisks()
    {
        if (_session.Version! < FirstWithDisks)
        {
            throw _session.Error(OrchestratorErrorKind.Validation, $"Independent disks came with API {FirstWithDisks}; this connection speaks {_session.ApiVersion}. Nothing was sent.");
        }
    }

    private void NeedWholeMegabytes(long size, bool inMegabytes)
    {
        if (inMegabytes && size % DiskMegabyte != 0)
        {
            throw _session.Error(OrchestratorErrorKind.Validation, string.Create(CultureInfo.InvariantCulture, $"-Size {size}: API {_session.ApiVersion} takes whole megabytes (of {DiskMegabyte} bytes); the nearest are {size / DiskMegabyte * DiskMegabyte} and {((size / DiskMegabyte) + 1) * DiskMegabyte}. Nothing was sent."));
        }
    }

    // A virtual data center that lists none (before 5.1, or to this user) says nothing.
    private void NeedStorageProfile(XElement vdc, string? profile)
    {
        var offered = VcdReference.AllOf(VcdXml.Child(vdc, "VdcStorageProfiles"), "VdcStorageProfile");
        if (profile is not null && offered.Count > 0 && !offered.Any(o => VcdObject.IsSame(o.Href, profile)))
        {
            throw _session.Error(OrchestratorErrorKind.Validation, $"-StorageProfile: virtual data center '{NameOf(vdc)}' does not have that storage profile; it has {string.Join(", ", offered.Select(o => $"'{o}'"))}. Nothing was sent.", "Get-VcdStorageProfile -Vdc lists those of a virtual data center.");
        }
    }
}
