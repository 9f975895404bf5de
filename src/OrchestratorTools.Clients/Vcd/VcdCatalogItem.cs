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

/// <summary>An item of a catalog, as the query service lists it.</summary>
public sealed class VcdCatalogItem : VcdObject
{
    internal VcdCatalogItem(XElement element)
        : base(element, "catalogitem", "entityType", "entity", "entityName", "catalogName", "catalog", "ownerName", "creationDate", "status", "isPublished", "isExpired", "vdcName")
    {
        var type = VcdXml.Text(element, "entityType");
        Type = type is null ? null : Enum.GetValues<VcdCatalogItemType>().Cast<VcdCatalogItemType?>().FirstOrDefault(t => type.Contains(VcdAssumptions.EntityTypeWord(t!.Value), StringComparison.OrdinalIgnoreCase))?.ToString() ?? type;
        EntityHref = VcdXml.Text(element, "entity");
        EntityName = VcdXml.Text(element, "entityName");
        Catalog = VcdXml.Text(element, "catalogName");
        CatalogHref = VcdXml.Text(element, "catalog");
        Owner = VcdXml.Text(element, "ownerName");
        CreatedAt = VcdXml.Time(VcdXml.Text(element, "creationDate"));
        Status = VcdXml.Text(element, "status");
        IsPublished = VcdXml.Flag(element, "isPublished");
        IsExpired = VcdXml.Flag(element, "isExpired");
        Vdc = VcdXml.Text(element, "vdcName");
    }

    /// <summary>Media or VAppTemplate; anything else as the server writes it.</summary>
    public string? Type { get; }

    /// <summary>The address of the media or template itself.</summary>
    public string? EntityHref { get; }

    /// <summary>The name of the media or template itself.</summary>
    public string? EntityName { get; }

    /// <summary>The catalog's name.</summary>
    public string? Catalog { get; }

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
}
