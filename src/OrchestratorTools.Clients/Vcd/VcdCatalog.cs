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
        StorageProfiles = VcdReference.AllOf(VcdXml.Child(element, "CatalogStorageProfiles"), "VdcStorageProfile");
        var published = VcdXml.Child(element, "PublishExternalCatalogParams");
        var subscribed = VcdXml.Child(element, "ExternalCatalogSubscriptionParams");
        IsPublishedExternally = (published is null ? null : VcdXml.Flag(VcdXml.ChildText(published, "IsPublishedExternally"))) ?? PublishSubscriptionType?.Equals("PUBLISHED", StringComparison.OrdinalIgnoreCase);
        PublishedUrl = published?.Elements().FirstOrDefault(e => e.Name.LocalName.Equals("catalogPublishedUrl", StringComparison.OrdinalIgnoreCase))?.Value is { Length: > 0 } url ? VcdAssumptions.PublishedUrl(url, Href) : null;
        IsSubscribed = subscribed is null ? PublishSubscriptionType?.Equals("SUBSCRIBED", StringComparison.OrdinalIgnoreCase) : VcdXml.Flag(VcdXml.ChildText(subscribed, "SubscribeToExternalFeeds")) ?? VcdXml.ChildText(subscribed, "Location") is { Length: > 0 };
        SubscribedTo = subscribed is not null && VcdXml.ChildText(subscribed, "Location") is { Length: > 0 } location ? location : null;
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

    /// <summary>True where other clouds may subscribe to it, where the server says so.</summary>
    public bool? IsPublishedExternally { get; }

    /// <summary>The address that other clouds subscribe to; the administrators' whole view tells it.</summary>
    public string? PublishedUrl { get; }

    /// <summary>True where its items come from another catalog, where the server says so.</summary>
    public bool? IsSubscribed { get; }

    /// <summary>The address that it is subscribed to; the administrators' whole view tells it.</summary>
    public string? SubscribedTo { get; }

    /// <summary>The storage profiles that its items are stored by; the administrators' whole view tells them.</summary>
    public IReadOnlyList<VcdReference> StorageProfiles { get; }

    /// <summary>Its items; lists do not have them.</summary>
    public IReadOnlyList<VcdReference> Items { get; }
}
