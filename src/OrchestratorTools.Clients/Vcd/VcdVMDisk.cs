using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A disk of a virtual machine: an item of its virtual hardware. It may be an independent disk, which is not removed with the machine.</summary>
public sealed class VcdVMDisk : ServerObject, IOfTenant
{
    private const long Mebi = 1024 * 1024;
    private readonly VcdVM _vm;

    internal VcdVMDisk(XElement item, XElement[] hardware, VcdVM vm)
    {
        _vm = vm;
        Name = VcdXml.ChildText(item, "ElementName") ?? string.Empty;
        InstanceId = VcdXml.ChildText(item, "InstanceID") ?? string.Empty;
        Size = SizeOf(item);
        BusType = (int?)VcdXml.Number(Said(item, "busType"));
        BusSubType = Said(item, "busSubType");
        Bus = VcdDiskController.Of(Said(item, "busType"), BusSubType)?.Bus;
        var parent = VcdXml.ChildText(item, "Parent");
        var controller = parent is null ? null : Array.Find(hardware, i => VcdXml.ChildText(i, "InstanceID") == parent && VcdXml.ChildText(i, "ResourceType") is "5" or "6" or "20");
        BusNumber = controller is null ? null : (int?)VcdXml.Number(VcdXml.ChildText(controller, "Address"));
        UnitNumber = (int?)VcdXml.Number(VcdXml.ChildText(item, "AddressOnParent"));
        Iops = VcdXml.Number(Said(item, "iops")) is { } iops and > 0 ? iops : null;
        HasOwnStorageProfile = VcdXml.Flag(Said(item, "storageProfileOverrideVmDefault"));
        StorageProfileHref = Said(item, "storageProfileHref") is { Length: > 0 } href ? href : vm.StorageProfileHref;
        StorageProfile = VcdObject.IsSame(StorageProfileHref, vm.StorageProfileHref) ? vm.StorageProfile : null;
        DiskHref = IndependentOf(item);
    }

    /// <summary>The virtual machine's name.</summary>
    public string VM => _vm.Name;

    /// <summary>The virtual machine's vApp (or template).</summary>
    public string? VApp => _vm.VApp;

    /// <summary>The name: Hard disk 1, …</summary>
    public string Name { get; }

    /// <summary>Bytes.</summary>
    public long? Size { get; }

    /// <summary>The controller; null of one that is not known.</summary>
    public VcdVMDiskBus? Bus { get; }

    /// <summary>The controller's number: the first of its kind has 0.</summary>
    public int? BusNumber { get; }

    /// <summary>The place at the controller.</summary>
    public int? UnitNumber { get; }

    /// <summary>The storage profile; null where its name could not be read.</summary>
    public string? StorageProfile { get; internal set; }

    /// <summary>The address of the storage profile.</summary>
    public string? StorageProfileHref { get; }

    /// <summary>True where the storage profile is its own, and does not change with the machine's; null where the server does not say.</summary>
    public bool? HasOwnStorageProfile { get; }

    /// <summary>I/O operations a second that it may use, where that is limited.</summary>
    public long? Iops { get; }

    /// <summary>True of an independent disk: it survives the virtual machine.</summary>
    public bool IsIndependent => DiskHref is not null;

    /// <summary>The address of the independent disk that it is, where it is one.</summary>
    public string? DiskHref { get; }

    /// <summary>The bus as the server writes it: 5 IDE, 6 SCSI, 20 SATA and others.</summary>
    public int? BusType { get; }

    /// <summary>The controller as the server writes it: lsilogic, VirtualSCSI, …</summary>
    public string? BusSubType { get; }

    /// <summary>What the virtual hardware knows it by.</summary>
    public string InstanceId { get; }

    /// <summary>The virtual machine's address.</summary>
    public string VMHref => _vm.Href;

    /// <inheritdoc/>
    VcdTenant? IOfTenant.Tenant { get; set; }

    /// <summary>The virtual machine, as it was when the disk was read.</summary>
    internal VcdVM Machine => _vm;

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The size of a disk's item: in megabytes with its resource, or, in some versions only, as a quantity in bytes.</summary>
    internal static long? SizeOf(XElement item)
        => VcdXml.Number(Said(item, "capacity")) is { } size and >= 0 && size < long.MaxValue / Mebi ? size * Mebi
            : VcdXml.ChildText(item, "VirtualQuantityUnits") is "byte" ? VcdXml.Number(VcdXml.ChildText(item, "VirtualQuantity"))
            : null;

    /// <summary>The address of the independent disk that an item stands for; null of a machine's own disk.</summary>
    internal static string? IndependentOf(XElement item) => Said(item, "disk") is { Length: > 0 } href ? href : null;

    /// <summary>What the item's resource says: its attributes stand in the API's namespace, under whatever prefix.</summary>
    internal static string? Said(XElement item, string name)
        => VcdXml.Child(item, "HostResource")?.Attributes().FirstOrDefault(a => a.Name.LocalName == name)?.Value;
}
