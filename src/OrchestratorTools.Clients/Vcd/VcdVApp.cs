using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A vApp. Lists tell its state and virtual data center; the whole representation tells its virtual machines, networks, leases and tasks.</summary>
public sealed class VcdVApp : VcdResource
{
    internal VcdVApp(XElement element)
        : base(element, "vapp")
    {
        Owner = Take(element, "ownerName") ?? OwnerOf(element);
        Vdc = Take(element, "vdcName");
        VdcHref = Take(element, "vdc") ?? UpTo("vdc");
        OrganizationHref = Take(element, "org");
        CreatedAt = TakeTime(element, "creationDate") ?? VcdXml.Time(VcdXml.ChildText(element, "DateCreated"));
        IsDeployed = TakeFlag(element, "deployed", "isDeployed");
        IsEnabled = TakeFlag(element, "isEnabled");
        IsExpired = TakeFlag(element, "isExpired");
        IsPublic = TakeFlag(element, "isPublic");
        IsAutoNature = TakeFlag(element, "isAutoNature") ?? VcdXml.Flag(VcdXml.ChildText(element, "autoNature"));
        IsInMaintenanceMode = TakeFlag(element, "isInMaintenanceMode") ?? VcdXml.Flag(VcdXml.ChildText(element, "InMaintenanceMode"));
        IsBusy = TakeFlag(element, "isBusy") ?? (IsRecord ? null : Tasks.Any(t => !t.IsFinished));
        CpuAllocationMhz = TakeNumber(element, "cpuAllocationMhz", "cpuAllocationInMhz");
        Memory = TakeMegabytes(element, "memoryAllocationMB");
        Size = TakeKilobytes(element, "storageKB");
        VMs = VcdXml.Children(VcdXml.Child(element, "Children"), "Vm").Select(v => new VcdVM(v) { VApp = Name, VAppHref = Href }).ToArray();
        NumberOfVMs = TakeCount(element, "numberOfVMs") ?? (IsRecord ? null : VMs.Count);
        Networks = VcdXml.Children(VcdXml.Child(element, "NetworkConfigSection"), "NetworkConfig").Select(n => VcdXml.Text(n, "networkName")).OfType<string>().Where(n => n is not "none").ToArray();
        var lease = VcdXml.Child(element, "LeaseSettingsSection");
        DeploymentLeaseExpiresAt = lease is null ? null : VcdXml.Time(VcdXml.ChildText(lease, "DeploymentLeaseExpiration"));
        StorageLeaseExpiresAt = lease is null ? null : VcdXml.Time(VcdXml.ChildText(lease, "StorageLeaseExpiration"));
    }

    /// <summary>The owner's user name.</summary>
    public string? Owner { get; }

    /// <summary>The virtual data center's name; the whole representation does not tell it.</summary>
    public string? Vdc { get; internal set; }

    /// <summary>The address of the virtual data center.</summary>
    public string? VdcHref { get; }

    /// <summary>The address of the organization, where the provider asks.</summary>
    public string? OrganizationHref { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>True where it is deployed; it cannot be downloaded then.</summary>
    public bool? IsDeployed { get; }

    /// <summary>False where it is disabled.</summary>
    public bool? IsEnabled { get; }

    /// <summary>True where the storage lease ran out.</summary>
    public bool? IsExpired { get; }

    /// <summary>True where everybody of the organization may see it.</summary>
    public bool? IsPublic { get; }

    /// <summary>True of one that vSphere's inventory brought.</summary>
    public bool? IsAutoNature { get; }

    /// <summary>True while it is in maintenance.</summary>
    public bool? IsInMaintenanceMode { get; }

    /// <summary>True while a task is at work on it.</summary>
    public bool? IsBusy { get; }

    /// <summary>CPU that it is given, MHz, where the provider asks.</summary>
    public long? CpuAllocationMhz { get; }

    /// <summary>Memory that it is given, bytes, where the provider asks.</summary>
    public long? Memory { get; }

    /// <summary>Storage that it takes, bytes, where the provider asks.</summary>
    public long? Size { get; }

    /// <summary>How many virtual machines, where the server says so.</summary>
    public int? NumberOfVMs { get; }

    /// <summary>When it is undeployed by itself (UTC); null where it is not, and in lists.</summary>
    public DateTimeOffset? DeploymentLeaseExpiresAt { get; }

    /// <summary>When the storage lease runs out (UTC); null where it does not, and in lists.</summary>
    public DateTimeOffset? StorageLeaseExpiresAt { get; }

    /// <summary>The names of its networks; lists do not have them.</summary>
    public IReadOnlyList<string> Networks { get; }

    /// <summary>Its virtual machines; lists do not have them.</summary>
    public IReadOnlyList<VcdVM> VMs { get; }

    /// <inheritdoc/>
    internal override IEnumerable<VcdObject> Parts() => base.Parts().Concat(VMs);
}
