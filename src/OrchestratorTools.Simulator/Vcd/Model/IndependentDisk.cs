namespace OrchestratorTools.Simulator.Vcd;

/// <summary>A disk that belongs to no machine and can be attached to one.</summary>
internal sealed class IndependentDisk(Guid id, string name, StorageProfile storage, long bytes, Account owner, DateTimeOffset created)
    : VdcEntity(id, name, EntityKind.Disk, storage.Vdc, owner, created)
{
    public StorageProfile Storage { get; set; } = storage;

    public long Bytes { get; set; } = bytes;

    /// <summary>The number of the controller's kind: 6 is SCSI.</summary>
    public int BusType { get; init; } = 6;

    public string BusSubType { get; init; } = "VirtualSCSI";

    public List<VirtualMachine> AttachedTo { get; } = [];

    public int Status { get; set; } = EntityStatus.Resolved;
}
