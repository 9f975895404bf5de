using System.Globalization;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Query types of vApps, machines and independent disks.</summary>
internal static class ComputeQueries
{
    public static IEnumerable<QueryType> Types =>
    [
        VApps("vApp"),
        VApps("adminVApp"),
        Machines(),
        AdminMachines(),
        Disks("disk"),
        Disks("adminDisk"),
        DiskRelations("vmDiskRelation"),
        DiskRelations("adminVMDiskRelation"),
    ];

    /// <summary>A status as records write it.</summary>
    public static string Word(MachineStatus status) => status switch
    {
        MachineStatus.FailedCreation => "FAILED_CREATION",
        MachineStatus.Unresolved => "UNRESOLVED",
        MachineStatus.Resolved => "RESOLVED",
        MachineStatus.Deployed => "DEPLOYED",
        MachineStatus.Suspended => "SUSPENDED",
        MachineStatus.PoweredOn => "POWERED_ON",
        MachineStatus.WaitingForInput => "WAITING_FOR_INPUT",
        MachineStatus.Unknown => "UNKNOWN",
        MachineStatus.Unrecognized => "UNRECOGNIZED",
        MachineStatus.PoweredOff => "POWERED_OFF",
        MachineStatus.Inconsistent => "INCONSISTENT_STATE",
        _ => "MIXED",
    };

    private static QueryType VApps(string name)
    {
        var fields = new FieldList<VApp>()
            .Text("name", v => v.Name)
            .Text("description", v => v.Description)
            .Ref("vdc", v => v.Vdc.Reference)
            .Text("vdcName", v => v.Vdc.Name)
            .Flag("isEnabled", _ => true)
            .Flag("isBusy", v => v.IsBusy)
            .Time("creationDate", v => v.Created)
            .Text("status", v => Word(v.Status))
            .Text("ownerName", v => v.Owner.Name)
            .Number("memoryAllocationMB", v => v.Machines.Sum(m => (long)m.MemoryMegabytes))
            .Number("numberOfCpus", v => v.Machines.Sum(m => (long)m.Cpus))
            .Number("totalStorageAllocatedMb", v => v.Machines.Sum(m => m.StorageMegabytes))
            .Flag("isDeployed", v => v.IsDeployed)
            .Flag("isInMaintenanceMode", v => v.IsInMaintenance)
            .Flag("isAutoNature", _ => false)
            .Flag("isExpired", v => v.IsExpired);
        if (Assumptions.IsProviderQuery(name))
        {
            fields
                .Ref("org", v => v.Org.Reference)
                .Flag("isVdcEnabled", _ => true)
                .Number("storageKB", v => v.Machines.Sum(m => m.StorageMegabytes << 10))
                .Number("numberOfVMs", v => v.Machines.Count)
                .Number("cpuAllocationMhz", v => v.Machines.Sum(m => (long)m.Cpus));
        }
        else
        {
            fields
                .Flag("isPublic", _ => false)
                .Flag("snapshot", v => v.Machines.Exists(m => m.Snapshot is not null))
                .Time("snapshotCreated", v => v.Machines.Max(m => m.Snapshot?.Created));
        }

        return fields.Build(name, call => call.World.Inventory.VApps.Values.Where(v => QueryScope.Lists(call, name, v)), VAppAnswers.Links);
    }

    private static QueryType Machines() => MachineFields()
        .Text("ownerName", m => m.Owner.Name)
        .Ref("owner", m => m.Owner.Reference)
        .Ref("network", m => NetworkOf(m))
        .Text("ipAddress", m => m.PrimaryAdapter?.IpAddress)
        .Flag("isBusy", m => m.IsBusy)
        .Flag("isInMaintenanceMode", m => m.VApp is { IsInMaintenance: true })
        .Time("autoUndeployDate", m => m.VApp?.RuntimeLeaseEnds)
        .Time("autoDeleteDate", m => m.VApp?.StorageLeaseEnds)
        .Flag("isAutoUndeployNotified", _ => false)
        .Flag("isAutoDeleteNotified", _ => false)
        .Flag("snapshot", m => m.Snapshot is not null)
        .Time("snapshotCreated", m => m.Snapshot?.Created)
        .Number("totalStorageAllocatedMb", m => m.StorageMegabytes)
        .Build("vm", call => Rows(call, "vm"), VmAnswers.Links);

    private static QueryType AdminMachines() => MachineFields()
        .Ref("org", m => m.Org.Reference)
        .Text("hostName", m => m.IsDeployed ? "esx-1.cloud.example" : null)
        .Flag("isVdcEnabled", _ => true)
        .Number("vmToolsVersion", m => m.ToolsVersion)
        .Text("datastoreName", m => $"datastore of {m.Storage.Name}")
        .Text("moref", m => m.VApp is null ? null : string.Create(CultureInfo.InvariantCulture, $"vm-{m.Id.ToByteArray()[0] + (m.Id.ToByteArray()[1] << 8)}"))
        .Text("ipAddress", m => m.PrimaryAdapter?.IpAddress)
        .Flag("isExpired", m => m.VApp is { IsExpired: true })
        .Build("adminVM", call => Rows(call, "adminVM"), VmAnswers.Links);

    private static FieldList<VirtualMachine> MachineFields() => new FieldList<VirtualMachine>()
        .Text("name", m => m.Name)
        .Text("description", m => m.Description)
        .Text("containerName", m => m.Container.Name)
        .Ref("container", m => m.Container.Reference)
        .Ref("vdc", m => m.Vdc.Reference)
        .Text("vdcName", m => m.Vdc.Name)
        .Text("vappScopedLocalId", m => m.Name)
        .Flag("isVAppTemplate", m => m.Template is not null)
        .Flag("isDeleted", _ => false)
        .Text("guestOs", m => m.Guest.Name)
        .Number("numberOfCpus", m => m.Cpus)
        .Number("memoryMB", m => m.MemoryMegabytes)
        .Text("status", m => Word(m.Status))
        .Text("networkName", m => m.PrimaryAdapter is { } adapter && adapter.Network != NetworkAdapter.None ? adapter.Network : null)
        .Flag("isDeployed", m => m.IsDeployed)
        .Flag("isPublished", m => m.Template?.Item is { Catalog.IsPublished: true })
        .Text("catalogName", m => m.Template?.Item?.Catalog.Name)
        .Number("hardwareVersion", m => m.HardwareVersion)
        .Flag("isAutoNature", _ => false)
        .Text("storageProfileName", m => m.Storage.Name)
        .Text("gcStatus", m => m.NeedsCustomization ? "GC_PENDING" : "GC_COMPLETE")
        .Flag("isComputePolicyCompliant", _ => true)
        .Flag("encrypted", _ => false)
        .Time("dateCreated", m => m.Created);

    private static IEnumerable<Entity> Rows(VcdCall call, string type)
    {
        var inventory = call.World.Inventory;
        var catalogs = inventory.Catalogs.Values.Where(c => QueryScope.Lists(call, type, c)).ToHashSet();
        var ofVApps = inventory.Machines.Values.Where(m => QueryScope.Lists(call, type, m.VApp!));
        var ofTemplates = inventory.Templates.Values
            .Where(t => t.Item is { } item ? catalogs.Contains(item.Catalog) : QueryScope.Lists(call, type, t.Org))
            .SelectMany(t => t.Status == EntityStatus.Ready ? t.Vms : []);
        return ofVApps.Concat(ofTemplates);
    }

    private static Reference? NetworkOf(VirtualMachine machine)
        => machine.PrimaryAdapter is { } adapter && machine.VApp?.Networks.Find(n => n.Name == adapter.Network) is { } network ? network.Reference : null;

    private static QueryType Disks(string name)
    {
        var fields = new FieldList<IndependentDisk>()
            .Text("name", d => d.Name)
            .Text("description", d => d.Description)
            .Ref("vdc", d => d.Vdc.Reference)
            .Text("vdcName", d => d.Vdc.Name)
            .Number("sizeB", d => d.Bytes)
            .Number("sizeMb", d => d.Bytes >> 20)
            .Text("datastoreName", d => $"datastore of {d.Storage.Name}")
            .Text("ownerName", d => d.Owner.Name)
            .Ref("storageProfile", d => d.Storage.Reference)
            .Text("storageProfileName", d => d.Storage.Name)
            .Text("status", d => Assumptions.RecordStatus(d.Status))
            .Text("busType", d => d.BusType.ToString(CultureInfo.InvariantCulture))
            .Text("busTypeDesc", d => d.BusSubType is "VirtualSCSI" ? "Paravirtual (SCSI)" : "LSI Logic Parallel (SCSI)")
            .Text("busSubType", d => d.BusSubType)
            .Number("attachedVmCount", d => d.AttachedTo.Count)
            .Flag("isAttached", d => d.AttachedTo.Count > 0)
            .Flag("isShareable", _ => false)
            .Flag("encrypted", _ => false)
            .Text("uuid", d => d.Id.ToString("D", CultureInfo.InvariantCulture));
        if (Assumptions.IsProviderQuery(name)) fields.Ref("org", d => d.Org.Reference);
        return fields.Build(name, call => call.World.Inventory.Disks.Values.Where(d => QueryScope.Lists(call, name, d.Org) && call.Sees.Sees(d)));
    }

    private static QueryType DiskRelations(string name) => new FieldList<DiskRelation>()
        .Ref("vdc", r => r.Disk.Vdc.Reference)
        .Ref("disk", r => r.Disk.Reference)
        .Ref("vm", r => r.Machine.Reference)
        .Build(name, call => call.World.Inventory.Disks.Values
            .Where(d => QueryScope.Lists(call, name, d.Org) && call.Sees.Sees(d))
            .SelectMany(d => d.AttachedTo.Select(m => new DiskRelation(d, m))));

    /// <summary>That a disk is attached to a machine.</summary>
    private sealed class DiskRelation(IndependentDisk disk, VirtualMachine machine) : Entity(disk.Id, disk.Name, EntityKind.Disk)
    {
        public IndependentDisk Disk { get; } = disk;

        public VirtualMachine Machine { get; } = machine;
    }
}
