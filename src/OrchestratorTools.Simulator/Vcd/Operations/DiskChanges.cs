using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Independent disks: made, changed, attached, detached, deleted (guide, "Independent disks"; recorded requests and tasks).</summary>
internal static class DiskChanges
{
    private const int Scsi = 6;
    private static readonly string[] ScsiTypes = ["buslogic", "lsilogic", "lsilogicsas", "VirtualSCSI"];
    private static readonly ApiVersion First = new("5.1");

    /// <summary>POST /api/vdc/{id}/disk: the disk is there at once, unresolved, with the task in it.</summary>
    public static VcdAnswer Create(VcdCall call, Vdc vdc)
    {
        RequireVersion(call);
        if (!call.Sees.MayCreateIn(vdc)) throw VcdException.Forbidden();
        var body = BodyShape.DiskCreate.Read(call, MediaTypes.DiskCreateParams);
        var sent = body.Element(Xml.Namespace + "Disk") ?? throw VcdException.BadRequest("validation error on field 'Disk': the element must be present in DiskCreateParams.");
        var name = UploadStart.Name(sent.Attribute("name") is null ? throw VcdException.BadRequest("validation error on field 'name': the attribute must be present in Disk.") : sent);
        var bytes = Size(call, sent) ?? throw VcdException.BadRequest("validation error on field 'size': the attribute must be present in Disk.");
        var storage = Storage(call, sent, vdc) ?? vdc.StorageProfiles[0];
        if (!storage.HasRoomFor(bytes)) throw VcdException.BadRequest(UploadStart.QuotaExceeded);
        var (type, subType) = Bus(sent);
        if (body.Element(Xml.Namespace + "Locality") is { } locality && EntityLookup.ByHref(call, (string?)locality.Attribute("href") ?? "") is not VirtualMachine) throw Reference(locality);
        var disk = call.World.Inventory.Add(new IndependentDisk(Guid.NewGuid(), name, storage, bytes, call.Session.Account, call.Now)
        {
            Description = Xml.Text(sent, "Description") ?? "",
            BusType = type,
            BusSubType = subType,
            Status = EntityStatus.Unresolved,
        });
        Begin(call, disk, "vdcCreateDisk", "Creating", () => disk.Status = EntityStatus.Resolved, () => call.World.Inventory.Remove(disk));
        return VcdAnswer.Created(DiskAnswers.Build(call, disk), MediaTypes.Disk);
    }

    /// <summary>PUT /api/disk/{id}: name, description, storage profile and, upwards, the size.</summary>
    public static VcdAnswer Update(VcdCall call, IndependentDisk disk)
    {
        RequireChange(call, disk);
        var body = BodyShape.Disk.Read(call, MediaTypes.Disk);
        var name = UploadStart.Name(body);
        var description = Assumptions.NewDescription(Xml.Text(body, "Description"), disk.Description);
        var storage = Storage(call, body, disk.Vdc) ?? disk.Storage;
        var bytes = Size(call, body) ?? disk.Bytes;
        if (bytes < disk.Bytes) throw VcdException.BadRequest($"The disk \"{disk.Name}\" cannot be made smaller: it has {disk.Bytes} bytes.");
        if (bytes != disk.Bytes && disk.AttachedTo.Count > 0) throw Assumptions.DiskIsAttached(disk);
        if (!storage.HasRoomFor(storage == disk.Storage ? bytes - disk.Bytes : bytes)) throw VcdException.BadRequest(UploadStart.QuotaExceeded);
        return Accept(call, disk, "vdcUpdateDisk", "Updating", () =>
        {
            disk.Storage.UsedBytes -= disk.Bytes;
            (disk.Name, disk.Description, disk.Storage, disk.Bytes) = (name, description, storage, bytes);
            disk.Storage.UsedBytes += disk.Bytes;
        });
    }

    /// <summary>DELETE /api/disk/{id}: a detached one.</summary>
    public static VcdAnswer Delete(VcdCall call, IndependentDisk disk)
    {
        RequireChange(call, disk);
        if (disk.AttachedTo.Count > 0) throw Assumptions.DiskIsAttached(disk);
        return Accept(call, disk, "vdcDeleteDisk", "Deleting", () => call.World.Inventory.Remove(disk));
    }

    /// <summary>POST …/disk/action/attach, of a machine that runs or is off.</summary>
    public static VcdAnswer Attach(VcdCall call, VirtualMachine machine)
    {
        var (target, disk) = Read(call, machine);
        if (disk.AttachedTo.Contains(machine)) throw VcdException.BadRequest($"The disk \"{disk.Name}\" is already attached to VM \"{machine.Name}\".");
        if (disk.AttachedTo.Count > 0) throw Assumptions.DiskIsAttached(disk);
        if (disk.Vdc != machine.Vdc) throw VcdException.BadRequest($"The disk \"{disk.Name}\" is in the VDC {disk.Vdc.Name}, VM \"{machine.Name}\" in {machine.Vdc.Name}.");
        if (machine.Snapshot is not null) throw VcdException.BadRequest($"No disk can be attached to VM \"{machine.Name}\": it has a snapshot.");
        return target.Accept(call, "vappAttachDisk", $"Attaching Disk to", () =>
        {
            if (disk.AttachedTo.Count > 0) throw Assumptions.DiskIsAttached(disk);
            disk.AttachedTo.Add(machine);
            machine.AttachedDisks.Add(disk);
        });
    }

    /// <summary>POST …/disk/action/detach.</summary>
    public static VcdAnswer Detach(VcdCall call, VirtualMachine machine)
    {
        var (target, disk) = Read(call, machine);
        if (!disk.AttachedTo.Contains(machine)) throw VcdException.BadRequest($"The disk \"{disk.Name}\" is not attached to VM \"{machine.Name}\".");
        return target.Accept(call, "vappDetachDisk", "Detaching Disk from", () =>
        {
            disk.AttachedTo.Remove(machine);
            machine.AttachedDisks.Remove(disk);
        });
    }

    private static (ComputeTarget Target, IndependentDisk Disk) Read(VcdCall call, VirtualMachine machine)
    {
        RequireVersion(call);
        var body = BodyShape.DiskAttachOrDetach.Read(call, MediaTypes.AttachOrDetachParams);
        var target = MachineChanges.Target(call, machine);
        if (machine.Status is not (MachineStatus.PoweredOn or MachineStatus.PoweredOff)) throw VcdException.BadRequest($"The requested operation could not be executed since VM \"{machine.Name}\" is {(machine.Status == MachineStatus.Suspended ? "suspended" : "waiting for input")}.");
        var reference = body.Element(Xml.Namespace + "Disk") ?? throw VcdException.BadRequest("validation error on field 'Disk': the element must be present in DiskAttachOrDetachParams.");
        if (EntityLookup.ByHref(call, (string?)reference.Attribute("href") ?? "") is not IndependentDisk disk) throw Reference(reference);
        RequireChange(call, disk);
        return (target, disk);
    }

    private static void RequireChange(VcdCall call, IndependentDisk disk)
    {
        RequireVersion(call);
        if (!call.Sees.MayChange(disk)) throw VcdException.Forbidden();
        Busy.Require(disk);
    }

    private static void RequireVersion(VcdCall call)
    {
        if (call.Version! < First) throw VcdException.AbsentOperation();
    }

    private static VcdTask Begin(VcdCall call, IndependentDisk disk, string operationName, string verb, Action atEnd, Action? atCancel = null)
        => Work.BeginSteps(call.World, disk, operationName, $"{verb} Disk {disk.Name}({disk.Id})", call.Session.Account, [new WorkStep(call.Settings.TaskStep, atEnd)], atCancel ?? (() => { }));

    private static VcdAnswer Accept(VcdCall call, IndependentDisk disk, string operationName, string verb, Action atEnd)
        => VcdAnswer.Accepted(TaskAnswers.Build(call, Begin(call, disk, operationName, verb, atEnd), isRoot: true));

    /// <summary>The size, by the attribute that the asked version has; null: none is given.</summary>
    private static long? Size(VcdCall call, XElement disk)
    {
        var inMegabytes = call.Version! >= Assumptions.DisksInMegabytesFrom;
        if ((string?)disk.Attribute(inMegabytes ? "sizeMb" : "size") is not { } text) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? inMegabytes ? size << 20 : size : throw VcdException.BadRequest($"validation error on field 'size': a disk cannot have the size '{text}'.");
    }

    private static (int Type, string SubType) Bus(XElement disk)
    {
        var type = (string?)disk.Attribute("busType") is not { } text ? Scsi : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is 5 or Scsi or 20 ? number : throw VcdException.BadRequest($"validation error on field 'busType': '{text}' is none of 5 (IDE), 6 (SCSI) and 20 (SATA).");
        var subType = (string?)disk.Attribute("busSubType");
        if (type != Scsi) return (type, subType ?? "");
        return (type, subType is null ? "lsilogic" : ScsiTypes.FirstOrDefault(t => t.Equals(subType, StringComparison.OrdinalIgnoreCase)) ?? throw VcdException.BadRequest($"validation error on field 'busSubType': '{subType}' is none of {string.Join(", ", ScsiTypes)}."));
    }

    private static StorageProfile? Storage(VcdCall call, XElement disk, Vdc vdc)
        => disk.Element(Xml.Namespace + "StorageProfile") is not { } reference ? null : EntityLookup.ByHref(call, (string?)reference.Attribute("href") ?? "") is StorageProfile profile && profile.Vdc == vdc ? profile : throw Reference(reference);

    private static VcdException Reference(XElement reference)
        => new(StatusCodes.Status400BadRequest, "INVALID_REFERENCE", $"The {reference.Name.LocalName} {(string?)reference.Attribute("name") ?? (string?)reference.Attribute("href")} is not there, or not for this.");
}
