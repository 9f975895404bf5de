using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A vApp template. Lists tell catalog, virtual data center and flags; the whole representation tells its virtual machines, leases, files and tasks.</summary>
public sealed class VcdTemplate : VcdResource
{
    internal VcdTemplate(XElement element)
        : base(element, "vapptemplate", VcdAssumptions.TemplateStatus)
    {
        Owner = Take(element, "ownerName") ?? OwnerOf(element);
        Catalog = Take(element, "catalogName");
        CatalogHref = Take(element, "catalog");
        CatalogItemHref = Take(element, "catalogItem") ?? Links.FirstOrDefault(l => l.IsOf("catalogItem"))?.Href;
        Vdc = Take(element, "vdcName");
        VdcHref = Take(element, "vdc") ?? UpTo("vdc");
        OrganizationHref = Take(element, "org");
        StorageProfile = Take(element, "storageProfileName") ?? VcdXml.ChildText(element, "DefaultStorageProfile");
        Size = TakeKilobytes(element, "storageKB");
        CreatedAt = TakeTime(element, "creationDate") ?? VcdXml.Time(VcdXml.ChildText(element, "DateCreated"));
        LastSyncedAt = TakeTime(element, "lastSuccessfulSync");
        Version = TakeNumber(element, "version");
        IsGoldMaster = TakeFlag(element, "goldMaster", "isGoldMaster");
        IsPublished = TakeFlag(element, "isPublished");
        IsEnabled = TakeFlag(element, "isEnabled");
        IsDeployed = TakeFlag(element, "isDeployed");
        IsExpired = TakeFlag(element, "isExpired");
        IsDescriptorUploaded = TakeFlag(element, "ovfDescriptorUploaded");
        IsBusy = TakeFlag(element, "isBusy") ?? (IsRecord ? null : Tasks.Any(t => !t.IsFinished));
        VMs = VcdXml.Children(VcdXml.Child(element, "Children"), "Vm").Select(v => new VcdVM(v, inTemplate: true) { VApp = Name, VAppHref = Href }).ToArray();
        NumberOfVMs = TakeCount(element, "numberOfVMs") ?? (IsRecord ? null : VMs.Count);
        StorageLeaseExpiresAt = VcdXml.Child(element, "LeaseSettingsSection") is { } lease ? VcdXml.Time(VcdXml.ChildText(lease, "StorageLeaseExpiration")) : null;
    }

    /// <summary>The owner's user name.</summary>
    public string? Owner { get; }

    /// <summary>The catalog's name; the whole representation does not tell it.</summary>
    public string? Catalog { get; internal set; }

    /// <summary>The catalog's address.</summary>
    public string? CatalogHref { get; internal set; }

    /// <summary>The address of its catalog item.</summary>
    public string? CatalogItemHref { get; internal set; }

    /// <summary>The virtual data center that stores it.</summary>
    public string? Vdc { get; internal set; }

    /// <summary>The address of the virtual data center.</summary>
    public string? VdcHref { get; }

    /// <summary>The address of the organization, where the provider asks.</summary>
    public string? OrganizationHref { get; }

    /// <summary>The storage profile that it is stored by.</summary>
    public string? StorageProfile { get; }

    /// <summary>Bytes that it takes, where the server says so.</summary>
    public long? Size { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>When it last came from the catalog that its catalog is subscribed to (UTC).</summary>
    public DateTimeOffset? LastSyncedAt { get; }

    /// <summary>Goes up with each change.</summary>
    public long? Version { get; }

    /// <summary>How many virtual machines, where the server says so.</summary>
    public int? NumberOfVMs { get; }

    /// <summary>True of a template that is marked as the one to use.</summary>
    public bool? IsGoldMaster { get; }

    /// <summary>True where its catalog is published.</summary>
    public bool? IsPublished { get; }

    /// <summary>False where it is disabled.</summary>
    public bool? IsEnabled { get; }

    /// <summary>True where it is deployed.</summary>
    public bool? IsDeployed { get; }

    /// <summary>True where the storage lease ran out.</summary>
    public bool? IsExpired { get; }

    /// <summary>True while a task is at work on it.</summary>
    public bool? IsBusy { get; }

    /// <summary>False while the server waits for the OVF descriptor.</summary>
    public bool? IsDescriptorUploaded { get; }

    /// <summary>When the storage lease runs out (UTC); null where it does not.</summary>
    public DateTimeOffset? StorageLeaseExpiresAt { get; }

    /// <summary>Its virtual machines; lists do not have them.</summary>
    public IReadOnlyList<VcdVM> VMs { get; }

    /// <inheritdoc/>
    internal override IEnumerable<VcdObject> Parts() => base.Parts().Concat(VMs);
}
