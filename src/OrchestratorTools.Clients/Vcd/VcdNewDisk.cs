namespace OrchestratorTools.Clients.Vcd;

/// <summary>The bus of a disk, with its number in the API (schema type DiskType).</summary>
public enum VcdDiskBus
{
    /// <summary>IDE.</summary>
    Ide = 5,

    /// <summary>SCSI: what is meant where nothing is said.</summary>
    Scsi = 6,

    /// <summary>SATA.</summary>
    Sata = 20,
}

/// <summary>An independent disk that is to be made.</summary>
/// <param name="Name">The name.</param>
/// <param name="Size">Bytes.</param>
public sealed record VcdNewDisk(string Name, long Size)
{
    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>The bus; null: the server's choice.</summary>
    public VcdDiskBus? Bus { get; init; }

    /// <summary>The controller: lsilogic, VirtualSCSI, …; null: the server's choice.</summary>
    public string? BusSubType { get; init; }

    /// <summary>The address of the storage profile; null: the virtual data center's default.</summary>
    public string? StorageProfile { get; init; }

    /// <summary>The address of the virtual machine that it is to be near.</summary>
    public string? Near { get; init; }

    /// <summary>The controllers that the schema names, each with its bus.</summary>
    public static IReadOnlyDictionary<string, VcdDiskBus> Controllers { get; } = new Dictionary<string, VcdDiskBus>(StringComparer.OrdinalIgnoreCase)
    {
        ["buslogic"] = VcdDiskBus.Scsi,
        ["lsilogic"] = VcdDiskBus.Scsi,
        ["lsilogicsas"] = VcdDiskBus.Scsi,
        ["VirtualSCSI"] = VcdDiskBus.Scsi,
        ["vmware.sata.ahci"] = VcdDiskBus.Sata,
    };
}
