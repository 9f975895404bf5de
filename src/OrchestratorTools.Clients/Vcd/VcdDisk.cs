using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>An independent disk.</summary>
public sealed class VcdDisk : VcdResource
{
    internal VcdDisk(XElement element)
        : base(element, "disk")
    {
        // The size in bytes became one in MB in later versions.
        Size = TakeNumber(element, "sizeB", "size") ?? TakeMegabytes(element, "sizeMb", "sizeMB");
        Owner = Take(element, "ownerName") ?? OwnerOf(element);
        Vdc = Take(element, "vdcName");
        VdcHref = Take(element, "vdc") ?? UpTo("vdc");
        OrganizationHref = Take(element, "org");
        var profile = VcdReference.Of(VcdXml.Child(element, "StorageProfile"));
        StorageProfile = Take(element, "storageProfileName") ?? profile?.Name;
        StorageProfileHref = Take(element, "storageProfile") ?? profile?.Href;
        Datastore = Take(element, "datastoreName");
        BusType = Take(element, "busTypeDesc") ?? Take(element, "busType");
        Take(element, "busType");
        BusSubType = Take(element, "busSubType");
        Iops = TakeNumber(element, "iops");
        IsAttached = TakeFlag(element, "isAttached");
        TaskHref = Take(element, "task");
    }

    /// <summary>Bytes.</summary>
    public long? Size { get; }

    /// <summary>The owner's user name.</summary>
    public string? Owner { get; }

    /// <summary>The virtual data center's name; the whole representation does not tell it.</summary>
    public string? Vdc { get; internal set; }

    /// <summary>The address of the virtual data center.</summary>
    public string? VdcHref { get; }

    /// <summary>The address of the organization, where the provider asks.</summary>
    public string? OrganizationHref { get; }

    /// <summary>The storage profile that it is stored by.</summary>
    public string? StorageProfile { get; }

    /// <summary>The address of the storage profile.</summary>
    public string? StorageProfileHref { get; }

    /// <summary>The datastore, where the provider asks.</summary>
    public string? Datastore { get; }

    /// <summary>The bus, in words where the server has them, else its number: 5 IDE, 6 SCSI, 20 SATA.</summary>
    public string? BusType { get; }

    /// <summary>The controller: lsilogic, VirtualSCSI, …</summary>
    public string? BusSubType { get; }

    /// <summary>I/O operations a second that it may use, where that is limited.</summary>
    public long? Iops { get; }

    /// <summary>True where a virtual machine has it; the whole representation does not tell it.</summary>
    public bool? IsAttached { get; }

    /// <summary>The address of the task that is at work on it.</summary>
    public string? TaskHref { get; }
}
