using System.Globalization;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A virtual machine, of a vApp or of a template. Lists tell its state, size and place; the whole representation tells its disks, network cards and tasks.</summary>
public sealed class VcdVM : VcdResource
{
    private const long Mebi = 1024 * 1024;

    // What an item of the virtual hardware is: resource types of the CIM schema that OVF uses.
    private const string Processor = "3";
    private const string MemoryItem = "4";
    private const string HardDisk = "17";

    internal VcdVM(XElement element, bool inTemplate = false)
        : base(element, "vm")
    {
        VApp = Take(element, "containerName");
        VAppHref = Take(element, "container") ?? UpTo("vApp") ?? UpTo("vAppTemplate");
        Owner = Take(element, "ownerName") ?? OwnerOf(element);
        VdcHref = Take(element, "vdc") ?? UpTo("vdc");
        Vdc = Take(element, "vdcName");
        OrganizationHref = Take(element, "org");
        Catalog = Take(element, "catalogName");
        IsInTemplate = TakeFlag(element, "isVAppTemplate") ?? (inTemplate || UpTo("vAppTemplate") is not null ? true : IsRecord ? null : false);
        IsDeleted = TakeFlag(element, "isDeleted");
        IsDeployed = TakeFlag(element, "deployed", "isDeployed");
        IsPublished = TakeFlag(element, "isPublished");
        IsInMaintenanceMode = TakeFlag(element, "isInMaintenanceMode");
        IsBusy = TakeFlag(element, "isBusy") ?? (IsRecord ? null : Tasks.Any(t => !t.IsFinished));
        NeedsCustomization = TakeFlag(element, "needsCustomization");
        Network = Take(element, "networkName");
        IPAddress = Take(element, "ipAddress");
        var profile = VcdReference.Of(VcdXml.Child(element, "StorageProfile"));
        StorageProfile = Take(element, "storageProfileName") ?? profile?.Name;
        StorageProfileHref = profile?.Href;
        GuestCustomizationStatus = Take(element, "gcStatus");
        VMToolsStatus = Take(element, "vmToolsStatus");
        VMToolsVersion = Take(element, "vmToolsVersion");
        HostName = Take(element, "hostName");
        Datastore = Take(element, "datastoreName");
        Size = TakeMegabytes(element, "totalStorageAllocatedMb");
        HasSnapshot = TakeFlag(element, "snapshot") ?? (IsRecord ? null : VcdXml.ChildOf(VcdXml.Child(element, "SnapshotSection"), "Snapshot") is not null);
        AutoUndeployAt = TakeTime(element, "autoUndeployDate");
        AutoDeleteAt = TakeTime(element, "autoDeleteDate");
        CreatedAt = TakeTime(element, "dateCreated", "creationDate") ?? VcdXml.Time(VcdXml.ChildText(element, "DateCreated"));

        var hardware = VcdXml.Child(element, "VirtualHardwareSection");
        var spec = VcdXml.Child(element, "VmSpecSection");
        var items = VcdXml.Children(hardware, "Item").ToArray();
        NumberOfCpus = TakeCount(element, "numberOfCpus") ?? (int?)Quantity(items, Processor) ?? (int?)VcdXml.Number(ChildText(spec, "NumCpus"));
        CoresPerSocket = (int?)VcdXml.Number(Array.Find(items, i => ChildText(i, "ResourceType") == Processor) is { } processor ? ChildText(processor, "CoresPerSocket") : ChildText(spec, "NumCoresPerSocket"));
        Memory = TakeMegabytes(element, "memoryMB") ?? Scale(Quantity(items, MemoryItem) ?? VcdXml.Number(ChildText(VcdXml.ChildOf(spec, "MemoryResourceMb"), "Configured")), Mebi);
        GuestOs = Take(element, "guestOs") ?? ChildText(VcdXml.Child(element, "OperatingSystemSection"), "Description") ?? ChildText(spec, "OsType");
        HardwareVersion = TakeCount(element, "hardwareVersion") ?? VersionOf(ChildText(VcdXml.ChildOf(hardware, "System"), "VirtualSystemType") ?? ChildText(spec, "HardwareVersion"));
        ComputerName = ChildText(VcdXml.Child(element, "GuestCustomizationSection"), "ComputerName");
        Media = VcdAssumptions.InsertedMedia(items).Name;
        var capabilities = VcdXml.Child(element, "VmCapabilities");
        IsCpuHotAddEnabled = VcdXml.Flag(ChildText(capabilities, "CpuHotAddEnabled"));
        IsMemoryHotAddEnabled = VcdXml.Flag(ChildText(capabilities, "MemoryHotAddEnabled"));
        Disks = items.Where(i => ChildText(i, "ResourceType") == HardDisk).Select(i => new VcdVMDisk(i, items, this)).ToArray();
        NetworkCards = VcdNetworkCard.AllOf(VcdXml.Child(element, "NetworkConnectionSection"), this);
        if (NetworkCards.FirstOrDefault(n => n.IsPrimary) is { } primary)
        {
            Network ??= primary.Network is "none" ? null : primary.Network;
            IPAddress ??= primary.IPAddress;
        }
    }

    /// <summary>The vApp (or template) that it belongs to; the whole representation does not tell its name.</summary>
    public string? VApp { get; internal set; }

    /// <summary>The address of the vApp (or template).</summary>
    public string? VAppHref { get; internal set; }

    /// <summary>True of a virtual machine of a template.</summary>
    public bool? IsInTemplate { get; }

    /// <summary>The owner's user name.</summary>
    public string? Owner { get; }

    /// <summary>The virtual data center's name, where the server tells it.</summary>
    public string? Vdc { get; }

    /// <summary>The address of the virtual data center.</summary>
    public string? VdcHref { get; }

    /// <summary>The address of the organization, where the provider asks.</summary>
    public string? OrganizationHref { get; }

    /// <summary>The catalog of its template.</summary>
    public string? Catalog { get; }

    /// <summary>How many virtual CPUs.</summary>
    public int? NumberOfCpus { get; }

    /// <summary>How many of the virtual CPUs share a socket; lists do not have it, nor have servers before API 5.5.</summary>
    public int? CoresPerSocket { get; }

    /// <summary>Memory in bytes.</summary>
    public long? Memory { get; }

    /// <summary>The guest's operating system, as the server calls it.</summary>
    public string? GuestOs { get; }

    /// <summary>The name that the guest is given.</summary>
    public string? ComputerName { get; }

    /// <summary>The network of the first network card.</summary>
    public string? Network { get; }

    /// <summary>The address of the first network card.</summary>
    public string? IPAddress { get; }

    /// <summary>The number of the virtual hardware's version: 19 of vmx-19.</summary>
    public int? HardwareVersion { get; }

    /// <summary>The storage profile that it is stored by.</summary>
    public string? StorageProfile { get; }

    /// <summary>The address of the storage profile; lists do not have it.</summary>
    public string? StorageProfileHref { get; }

    /// <summary>True where CPUs can be added while it runs; lists do not have it.</summary>
    public bool? IsCpuHotAddEnabled { get; }

    /// <summary>True where memory can be added while it runs; lists do not have it.</summary>
    public bool? IsMemoryHotAddEnabled { get; }

    /// <summary>How far the guest's customization is.</summary>
    public string? GuestCustomizationStatus { get; }

    /// <summary>What is known of the guest's VMware Tools.</summary>
    public string? VMToolsStatus { get; }

    /// <summary>The version of the guest's VMware Tools, where the provider asks.</summary>
    public string? VMToolsVersion { get; }

    /// <summary>The ESXi host, where the provider asks.</summary>
    public string? HostName { get; }

    /// <summary>The datastore, where the provider asks.</summary>
    public string? Datastore { get; }

    /// <summary>Storage that it is given, bytes, where the server says so.</summary>
    public long? Size { get; }

    /// <summary>True where it has a snapshot.</summary>
    public bool? HasSnapshot { get; }

    /// <summary>True where it is deployed.</summary>
    public bool? IsDeployed { get; }

    /// <summary>True of one that is on its way out.</summary>
    public bool? IsDeleted { get; }

    /// <summary>True where its template's catalog is published.</summary>
    public bool? IsPublished { get; }

    /// <summary>True while it is in maintenance.</summary>
    public bool? IsInMaintenanceMode { get; }

    /// <summary>True while a task is at work on it.</summary>
    public bool? IsBusy { get; }

    /// <summary>True where the guest is customized when it is next powered on.</summary>
    public bool? NeedsCustomization { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>When it is undeployed by itself (UTC).</summary>
    public DateTimeOffset? AutoUndeployAt { get; }

    /// <summary>When it is removed by itself (UTC).</summary>
    public DateTimeOffset? AutoDeleteAt { get; }

    /// <summary>The name of the medium in its drive; null where there is none, and in lists.</summary>
    public string? Media { get; }

    /// <summary>Its disks; lists do not have them.</summary>
    public IReadOnlyList<VcdVMDisk> Disks { get; }

    /// <summary>Its network cards; lists do not have them.</summary>
    public IReadOnlyList<VcdNetworkCard> NetworkCards { get; }

    /// <inheritdoc/>
    internal override IEnumerable<ServerObject> Belongings() => base.Belongings().Concat(Disks).Concat(NetworkCards);

    private static string? ChildText(XElement? element, string name) => element is null ? null : VcdXml.ChildText(element, name);

    private static long? Quantity(XElement[] items, string type)
        => Array.Find(items, i => ChildText(i, "ResourceType") == type) is { } item ? VcdXml.Number(ChildText(item, "VirtualQuantity")) : null;

    private static int? VersionOf(string? text)
        => text is not null && int.TryParse(text.AsSpan(text.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
