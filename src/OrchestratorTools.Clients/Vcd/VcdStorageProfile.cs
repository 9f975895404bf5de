using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A storage profile of a virtual data center. A limit of 0 is no limit.</summary>
public sealed class VcdStorageProfile : VcdObject
{
    internal VcdStorageProfile(XElement element)
        : base(element, "vdcstorageProfile")
    {
        IsEnabled = TakeFlag(element, "isEnabled") ?? VcdXml.Flag(VcdXml.ChildText(element, "Enabled"));
        IsDefault = TakeFlag(element, "isDefaultStorageProfile") ?? VcdXml.Flag(VcdXml.ChildText(element, "Default"));
        StorageUsed = TakeMegabytes(element, "storageUsedMB") ?? Scale(VcdXml.Number(VcdXml.ChildText(element, "StorageUsedMB")), 1024 * 1024);
        StorageLimit = TakeMegabytes(element, "storageLimitMB") ?? Scale(VcdXml.Number(VcdXml.ChildText(element, "Limit")), 1024 * 1024);
        IopsAllocated = TakeNumber(element, "iopsAllocated") ?? VcdXml.Number(VcdXml.ChildText(element, "IopsAllocated"));
        IopsLimit = TakeNumber(element, "iopsLimit");
        Vdc = Take(element, "vdcName");
        VdcHref = Take(element, "vdc") ?? UpTo("vdc");
        OrganizationHref = Take(element, "org");
    }

    /// <summary>False where it is disabled.</summary>
    public bool? IsEnabled { get; }

    /// <summary>True of the one that is used where none is named.</summary>
    public bool? IsDefault { get; }

    /// <summary>Storage in use, bytes.</summary>
    public long? StorageUsed { get; }

    /// <summary>The most storage, bytes.</summary>
    public long? StorageLimit { get; }

    /// <summary>I/O operations a second that are given out.</summary>
    public long? IopsAllocated { get; }

    /// <summary>The most I/O operations a second.</summary>
    public long? IopsLimit { get; }

    /// <summary>The virtual data center's name; the whole representation does not tell it.</summary>
    public string? Vdc { get; internal set; }

    /// <summary>The address of the virtual data center.</summary>
    public string? VdcHref { get; }

    /// <summary>The address of the organization, where the provider asks.</summary>
    public string? OrganizationHref { get; }
}
