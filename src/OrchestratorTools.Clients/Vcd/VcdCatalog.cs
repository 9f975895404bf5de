using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A catalog. Lists tell organization and counts; the whole representation tells its items and tasks.</summary>
public sealed class VcdCatalog : VcdObject
{
    internal VcdCatalog(XElement element)
        : base(element, "catalog")
    {
        Organization = Take(element, "orgName");
        OrganizationHref = Take(element, "org") ?? UpTo("org") ?? UpTo("organization");
        Owner = Take(element, "ownerName") ?? OwnerOf(element);
        IsShared = TakeFlag(element, "isShared");
        IsPublished = TakeFlag(element, "isPublished") ?? VcdXml.Flag(VcdXml.ChildText(element, "IsPublished"));
        Items = VcdReference.AllOf(VcdXml.Child(element, "CatalogItems"), "CatalogItem");
        NumberOfVAppTemplates = TakeNumber(element, "numberOfVAppTemplates", "numberOfTemplates");
        NumberOfMedia = TakeNumber(element, "numberOfMedia");
        CreatedAt = TakeTime(element, "creationDate") ?? VcdXml.Time(VcdXml.ChildText(element, "DateCreated"));
        Status = Take(element, "status");
        Version = TakeNumber(element, "version") ?? VcdXml.Number(VcdXml.ChildText(element, "VersionNumber"));
        PublishSubscriptionType = Take(element, "publishSubscriptionType");
    }

    /// <summary>The name of the organization that owns it; the whole representation does not tell it.</summary>
    public string? Organization { get; internal set; }

    /// <summary>The address of the organization.</summary>
    public string? OrganizationHref { get; }

    /// <summary>The owner's user name.</summary>
    public string? Owner { get; }

    /// <summary>True where others of the organization may use it.</summary>
    public bool? IsShared { get; }

    /// <summary>True where other organizations may use it.</summary>
    public bool? IsPublished { get; }

    /// <summary>How many vApp templates.</summary>
    public long? NumberOfVAppTemplates { get; }

    /// <summary>How many media.</summary>
    public long? NumberOfMedia { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>READY and others, as the server writes it.</summary>
    public string? Status { get; }

    /// <summary>The catalog's version number; goes up with each change.</summary>
    public long? Version { get; }

    /// <summary>PUBLISHED, SUBSCRIBED or UNPUBLISHED, as the server writes it; the whole representation does not tell it.</summary>
    public string? PublishSubscriptionType { get; }

    /// <summary>Its items; lists do not have them.</summary>
    public IReadOnlyList<VcdReference> Items { get; }
}
