namespace OrchestratorTools.Clients.Vcd;

/// <summary>The controllers that a virtual machine's disks hang on (the guide's table of bus types and subtypes).</summary>
public enum VcdVMDiskBus
{
    /// <summary>IDE.</summary>
    Ide,

    /// <summary>SCSI, BusLogic parallel.</summary>
    BusLogic,

    /// <summary>SCSI, LSI Logic parallel.</summary>
    LsiLogic,

    /// <summary>SCSI, LSI Logic SAS.</summary>
    LsiLogicSas,

    /// <summary>SCSI, VMware paravirtual.</summary>
    VirtualScsi,

    /// <summary>SATA.</summary>
    Sata,

    /// <summary>NVMe.</summary>
    Nvme,
}

/// <summary>How a controller is written in the virtual hardware.</summary>
/// <param name="Bus">The controller.</param>
/// <param name="Type">The resource type: 5 IDE, 6 SCSI, 20 SATA and others.</param>
/// <param name="SubType">The resource subtype; null where there is none.</param>
/// <param name="Places">How many disks it takes.</param>
internal sealed record VcdDiskController(VcdVMDiskBus Bus, string Type, string? SubType, int Places)
{
    // Place 7 of a SCSI bus is the controller's own.
    private const int OwnPlace = 7;

    /// <summary>All that there are. Types and subtypes: the guide; the number of places: the virtual hardware's maximums.</summary>
    public static IReadOnlyList<VcdDiskController> All { get; } =
    [
        new(VcdVMDiskBus.Ide, "5", null, 2),
        new(VcdVMDiskBus.BusLogic, "6", "buslogic", 16),
        new(VcdVMDiskBus.LsiLogic, "6", "lsilogic", 16),
        new(VcdVMDiskBus.LsiLogicSas, "6", "lsilogicsas", 16),
        new(VcdVMDiskBus.VirtualScsi, "6", "VirtualSCSI", 16),
        new(VcdVMDiskBus.Sata, "20", "vmware.sata.ahci", 30),
        new(VcdVMDiskBus.Nvme, "20", "vmware.nvme.controller", 15),
    ];

    /// <summary>The places that disks can have.</summary>
    public IEnumerable<int> Units => Enumerable.Range(0, Places).Where(p => Type is not "6" || p != OwnPlace);

    /// <summary>The controller of a type and subtype as they are written; null of one that is not known.</summary>
    public static VcdDiskController? Of(string? type, string? subType)
        => type is null ? null : All.FirstOrDefault(c => c.Type == type && (c.Type is "5" || string.Equals(c.SubType, subType, StringComparison.OrdinalIgnoreCase)));
}
