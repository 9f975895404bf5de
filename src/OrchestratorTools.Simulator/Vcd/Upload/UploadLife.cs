using System.Xml;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>What happens to an upload after it began: files complete, import, time-out, cancellation. All of it with the world's gate held.</summary>
internal static class UploadLife
{
    private const string DescriptorName = "descriptor.ovf";

    // The guide's example of an upload with a manifest names it so; it has nothing to do with the name that the client's file has.
    private const string ManifestName = "manifest.mf";

    /// <summary>Opens the transfer of a new entity. Uploads to catalogs show their task from the start, those to VDCs once the bytes are there (both recorded).</summary>
    public static void Begin(VcdWorld world, StoredEntity entity, Account user, bool showsTask, Uri? source = null)
    {
        var transfer = world.Transfers.Open(entity, source);
        entity.Transfer = transfer;
        entity.Status = EntityStatus.Unresolved;
        if (entity is Template) transfer.Descriptor = world.Transfers.NewFile(transfer, DescriptorName, -1, keepsBytes: true);
        transfer.Files = [transfer.Descriptor ?? world.Transfers.NewFile(transfer, "file", entity.Size)];
        if (showsTask || source is not null) transfer.Task = BeginTask(world, transfer, user);
        if (source is not null) SourcePull.Begin(world, transfer, source);
    }

    public static void FileCompleted(VcdWorld world, Transfer transfer, TransferFile file)
    {
        if (file == transfer.Descriptor)
        {
            // The server's own pull goes on as soon as it knows the files; a client has to wait and look.
            if (transfer.Source is null) world.Schedule.After(Assumptions.DescriptorTime, () => ReadDescriptor(world, transfer));
            else ReadDescriptor(world, transfer);
            return;
        }

        if (file == transfer.ManifestFile && !TryReadManifest(world, transfer, file)) return;
        if (transfer.Entity is not Template { DescriptorUploaded: false }) ImportIfComplete(world, transfer);
    }

    /// <summary>No byte came for too long (facts/vcd.md, "OVF upload": the task ends with TIMEDOUT).</summary>
    public static void TimeOut(VcdWorld world, Transfer transfer) => Fail(world, transfer, new TaskFailure(500, "TIMEDOUT", "The transfer session timed out."));

    /// <summary>Ends an upload because its entity goes.</summary>
    public static void Abandon(VcdWorld world, StoredEntity entity)
    {
        if (entity.Transfer is not { } transfer) return;
        if (transfer.Task is { } task) world.Tasks.End(task, TaskState.Canceled);
        Close(transfer);
    }

    private static void ReadDescriptor(VcdWorld world, Transfer transfer)
    {
        if (transfer.IsOver || transfer.Descriptor is not { } descriptor) return;
        var template = (Template)transfer.Entity;
        OvfDescriptor ovf;
        try
        {
            ovf = OvfDescriptor.Read(descriptor.Bytes);
        }
        catch (XmlException e)
        {
            Fail(world, transfer, new TaskFailure(400, "BAD_REQUEST", $"The OVF descriptor cannot be read: {e.Message}"));
            return;
        }

        var known = ovf.Files.Sum(f => Math.Max(0, f.Size));
        if (!template.Storage.HasRoomFor(known))
        {
            Fail(world, transfer, new TaskFailure(400, "BAD_REQUEST", UploadStart.QuotaExceeded));
            return;
        }

        template.DescriptorUploaded = true;
        template.Machines = ovf.Machines;
        template.Size += known;
        template.Storage.UsedBytes += known;

        // Recorded: the list is not in the order of the OVF; the referenced files come first and the descriptor last.
        transfer.Referenced = [.. ovf.Files.Reverse().Select(f => world.Transfers.NewFile(transfer, f.Name, f.Size, partSize: f.PartSize))];
        if (template.ManifestRequired) transfer.ManifestFile = world.Transfers.NewFile(transfer, ManifestName, -1, keepsBytes: true);
        transfer.Files = [.. transfer.Referenced, .. transfer.ManifestFile is { } manifest ? new[] { manifest } : [], descriptor];
        ImportIfComplete(world, transfer);
    }

    private static bool TryReadManifest(VcdWorld world, Transfer transfer, TransferFile file)
    {
        if (transfer.IsOver) return false;
        try
        {
            transfer.Manifest = OvfManifest.Read(file.Bytes);
            return true;
        }
        catch (FormatException e)
        {
            Fail(world, transfer, new TaskFailure(400, "BAD_REQUEST", $"The OVF manifest cannot be read: {e.Message}."));
            return false;
        }
    }

    private static void ImportIfComplete(VcdWorld world, Transfer transfer)
    {
        if (transfer.IsOver || transfer.Files.Any(f => !f.IsComplete)) return;
        transfer.IsOver = true;
        transfer.Task ??= BeginTask(world, transfer, transfer.Entity.Owner);
        if (transfer.Task.Progress is not null) transfer.Task.Progress = 50;
        world.Schedule.After(Assumptions.ImportTime, () => Imported(world, transfer));
    }

    private static void Imported(VcdWorld world, Transfer transfer)
    {
        if (transfer.Task is not { IsActive: true } task) return;
        var entity = transfer.Entity;
        if (!world.Options.NoHash && transfer.Manifest?.Disagreement(transfer.Descriptor!.Bytes, transfer.Referenced) is { } disagreement)
        {
            Fail(world, transfer, new TaskFailure(400, "BAD_REQUEST", disagreement));
            return;
        }

        // What a descriptor did not say is known now.
        if (entity is Template)
        {
            var size = transfer.Referenced.Sum(f => f.Stored);
            entity.Storage.UsedBytes += size - entity.Size;
            entity.Size = size;
        }

        entity.Package = Package.OfUpload(transfer);
        entity.Status = entity is Media ? EntityStatus.Resolved : EntityStatus.Ready;
        entity.Transfer = null;
        world.Tasks.End(task, TaskState.Success);
    }

    private static VcdTask BeginTask(VcdWorld world, Transfer transfer, Account user)
    {
        var entity = transfer.Entity;

        // Recorded: an upload's task stands at 1 until the bytes are there; that of a template, once over, still has its task:cancel link and no endTime.
        var task = entity is Media
            ? world.Tasks.Begin(entity, "vdcUploadMedia", $"Finalizing upload of Media File {entity.Name}({entity.Id})", user)
            : world.Tasks.Begin(entity, "vdcUploadOvfContents", $"Finalizing upload of Virtual Application Template {entity.Name}({entity.Id})", user, looksUnfinished: true);
        task.Progress = entity is Media ? null : 1;
        task.OnCancel = world.Settings.CanceledUploads switch
        {
            CanceledUploads.Refused => null,
            CanceledUploads.Removed => () =>
            {
                Close(transfer);
                world.Inventory.Remove(entity);
            },
            _ => () =>
            {
                entity.Status = EntityStatus.Failed;
                Close(transfer);
            },
        };
        return task;
    }

    /// <summary>Ends an upload as failed: the entity's status is -1, its task ends in an error.</summary>
    public static void Fail(VcdWorld world, Transfer transfer, TaskFailure failure)
    {
        transfer.Task ??= BeginTask(world, transfer, transfer.Entity.Owner);
        transfer.Entity.Status = EntityStatus.Failed;
        world.Tasks.End(transfer.Task, TaskState.Error, failure);
        Close(transfer);
    }

    private static void Close(Transfer transfer)
    {
        transfer.IsOver = true;
        transfer.Entity.Transfer = null;
    }
}
