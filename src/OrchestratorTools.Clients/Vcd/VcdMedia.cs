using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>An image file in a catalog (facts/vcd.md, "Media upload"). Lists tell catalog, virtual data center and owner; the whole representation tells the image type, files and tasks.</summary>
public sealed class VcdMedia : VcdResource
{
    internal VcdMedia(XElement element)
        : base(element, "media")
    {
        Size = TakeNumber(element, "size", "storageB") ?? 0;
        ImageType = Take(element, "imageType");
        Owner = Take(element, "ownerName") ?? OwnerOf(element);
        Catalog = Take(element, "catalogName");
        CatalogHref = Take(element, "catalog");
        CatalogItemHref = Take(element, "catalogItem") ?? Links.FirstOrDefault(l => l.IsOf("catalogItem"))?.Href;
        Vdc = Take(element, "vdcName");
        VdcHref = Take(element, "vdc") ?? UpTo("vdc");
        OrganizationHref = Take(element, "org");
        StorageProfile = Take(element, "storageProfileName") ?? VcdReference.Of(VcdXml.Child(element, "VdcStorageProfile"))?.Name;
        CreatedAt = TakeTime(element, "creationDate");
        LastSyncedAt = TakeTime(element, "lastSuccessfulSync");
        Version = TakeNumber(element, "version");
        IsPublished = TakeFlag(element, "isPublished");
        IsBusy = TakeFlag(element, "isBusy") ?? (IsRecord ? null : Tasks.Any(t => !t.IsFinished));
    }

    /// <summary>Bytes, as they were announced.</summary>
    public long Size { get; }

    /// <summary>iso, floppy or other; lists do not say it.</summary>
    public string? ImageType { get; }

    /// <summary>The owner's user name.</summary>
    public string? Owner { get; }

    /// <summary>Bytes that the server has, while it is being uploaded.</summary>
    public long? BytesTransferred => Files.Count > 0 ? Files[0].BytesTransferred : null;

    /// <summary>The task that imports it, while there is one.</summary>
    public VcdTask? Task => Tasks.Count > 0 ? Tasks[0] : null;

    /// <summary>The catalog's name; the whole representation does not tell it.</summary>
    public string? Catalog { get; internal set; }

    /// <summary>The catalog's address.</summary>
    public string? CatalogHref { get; internal set; }

    /// <summary>The address of its catalog item.</summary>
    public string? CatalogItemHref { get; }

    /// <summary>The virtual data center that stores it.</summary>
    public string? Vdc { get; internal set; }

    /// <summary>The address of the virtual data center.</summary>
    public string? VdcHref { get; }

    /// <summary>The address of the organization, where the provider asks.</summary>
    public string? OrganizationHref { get; }

    /// <summary>The storage profile that it is stored by.</summary>
    public string? StorageProfile { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>When it last came from the catalog that its catalog is subscribed to (UTC).</summary>
    public DateTimeOffset? LastSyncedAt { get; }

    /// <summary>Goes up with each change.</summary>
    public long? Version { get; }

    /// <summary>True where its catalog is published.</summary>
    public bool? IsPublished { get; }

    /// <summary>True while a task is at work on it.</summary>
    public bool? IsBusy { get; }
}
