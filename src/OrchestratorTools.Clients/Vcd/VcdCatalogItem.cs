using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>What a catalog item stands for.</summary>
public enum VcdCatalogItemType
{
    /// <summary>An ISO or another image file.</summary>
    Media,

    /// <summary>A vApp template.</summary>
    VAppTemplate,
}

/// <summary>An item of a catalog: what makes a media or a vApp template part of it.</summary>
public sealed class VcdCatalogItem : VcdObject
{
    internal VcdCatalogItem(XElement element)
        : base(element, "catalogitem")
    {
        var entity = VcdReference.Of(VcdXml.Child(element, "Entity"));
        Type = VcdAssumptions.EntityTypeOf(Take(element, "entityType") ?? entity?.Type);
        EntityHref = Take(element, "entity") ?? entity?.Href;
        EntityName = Take(element, "entityName") ?? entity?.Name;
        Catalog = Take(element, "catalogName");
        CatalogHref = Take(element, "catalog") ?? UpTo("catalog");
        Owner = Take(element, "ownerName");
        CreatedAt = TakeTime(element, "creationDate") ?? VcdXml.Time(VcdXml.ChildText(element, "DateCreated"));
        Version = VcdXml.Number(VcdXml.ChildText(element, "VersionNumber"));
        Size = TakeNumber(element, "size");
        Status = Take(element, "status");
        IsPublished = TakeFlag(element, "isPublished");
        IsExpired = TakeFlag(element, "isExpired");
        Vdc = Take(element, "vdcName");
        VdcHref = Take(element, "vdc");
        OrganizationHref = Take(element, "org");
    }

    /// <summary>Media or VAppTemplate; anything else as the server writes it.</summary>
    public string? Type { get; }

    /// <summary>The address of the media or template itself.</summary>
    public string? EntityHref { get; }

    /// <summary>The name of the media or template itself.</summary>
    public string? EntityName { get; }

    /// <summary>The catalog's name; the whole representation does not tell it.</summary>
    public string? Catalog { get; internal set; }

    /// <summary>The catalog's address.</summary>
    public string? CatalogHref { get; }

    /// <summary>The owner's user name.</summary>
    public string? Owner { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>RESOLVED and others, as the server writes it.</summary>
    public string? Status { get; }

    /// <summary>True where the catalog is published.</summary>
    public bool? IsPublished { get; }

    /// <summary>True where the storage lease ran out.</summary>
    public bool? IsExpired { get; }

    /// <summary>The virtual data center that stores it.</summary>
    public string? Vdc { get; }

    /// <summary>The address of the virtual data center.</summary>
    public string? VdcHref { get; }

    /// <summary>The address of the organization, where the provider asks.</summary>
    public string? OrganizationHref { get; }

    /// <summary>Goes up with each change; lists do not tell it.</summary>
    public long? Version { get; }

    /// <summary>Bytes, where the whole representation tells them.</summary>
    public long? Size { get; }
}
