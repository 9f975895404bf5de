using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Catalogs and their items.</content>
internal static partial class VcdBodies
{
    /// <summary>The content type of <see cref="NewCatalog"/> and <see cref="EditedCatalog"/>.</summary>
    public const string AdminCatalogType = "application/vnd.vmware.admin.catalog+xml";

    /// <summary>The content type of <see cref="CatalogItem"/>.</summary>
    public const string CatalogItemType = "application/vnd.vmware.vcloud.catalogItem+xml";

    /// <summary>The content type of <see cref="CopyOrMove"/>.</summary>
    public const string CopyOrMoveType = "application/vnd.vmware.vcloud.copyOrMoveCatalogItemParams+xml";

    /// <summary>The content type of <see cref="PublishToAll"/>.</summary>
    public const string PublishType = "application/vnd.vmware.admin.publishCatalogParams+xml";

    /// <summary>The content type of <see cref="PublishExternally"/>.</summary>
    public const string PublishExternallyType = "application/vnd.vmware.admin.publishExternalCatalogParams+xml";

    /// <summary>The content type of <see cref="Subscription"/>.</summary>
    public const string SubscriptionType = "application/vnd.vmware.admin.externalCatalogSubscriptionParams+xml";

    private const string StorageProfileType = "application/vnd.vmware.vcloud.vdcStorageProfile+xml";

    // What an update leaves out: links and tasks are ignored by the server, and the items of a large catalog would be more than a request may hold.
    private static readonly HashSet<string> LeftOut = new(StringComparer.Ordinal) { "Link", "Tasks", "CatalogItems" };

    // What follows CatalogStorageProfiles in the schema type AdminCatalogType and the types that came later.
    private static readonly HashSet<string> BeforeStorageProfiles = new(StringComparer.Ordinal) { "VCloudExtension", "Link", "Description", "Tasks", "Owner", "CatalogItems", "IsPublished", "DateCreated", "VersionNumber" };

    /// <summary>A new catalog (schema type AdminCatalogType). Storage profiles and subscriptions came with API 5.5.</summary>
    public static XElement NewCatalog(string name, string? description, string? storageProfile, XElement? subscription)
    {
        var body = new XElement(VcdXml.Namespace + "AdminCatalog", new XAttribute("name", name));
        AddDescription(body, description);
        if (storageProfile is not null)
        {
            body.Add(StorageProfiles(storageProfile));
        }

        body.Add(subscription);
        return body;
    }

    /// <summary>A catalog as it was read, with another name, description or storage profile where one is given.</summary>
    public static XElement EditedCatalog(XElement present, string? name, string? description, string? storageProfile)
    {
        var body = new XElement(
            VcdXml.Namespace + "AdminCatalog",
            present.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.Namespace == XNamespace.None),
            present.Elements().Where(e => !LeftOut.Contains(e.Name.LocalName)));
        if (name is not null)
        {
            body.SetAttributeValue("name", name);
        }

        if (description is not null)
        {
            VcdXml.Child(body, "Description")?.Remove();
            var after = body.Elements().LastOrDefault(e => e.Name.LocalName is "VCloudExtension");
            Insert(body, after, new XElement(VcdXml.Namespace + "Description", description));
        }

        if (storageProfile is not null)
        {
            VcdXml.Child(body, "CatalogStorageProfiles")?.Remove();
            var after = body.Elements().LastOrDefault(e => BeforeStorageProfiles.Contains(e.Name.LocalName));
            Insert(body, after, StorageProfiles(storageProfile));
        }

        return body;
    }

    /// <summary>An item that makes a media or a template part of a catalog (schema type CatalogItemType).</summary>
    public static XElement CatalogItem(string name, string? description, string entityHref, string? entityType, string? entityName)
    {
        var body = new XElement(VcdXml.Namespace + "CatalogItem", new XAttribute("name", name));
        AddDescription(body, description);
        body.Add(Reference("Entity", entityHref, entityType, entityName));
        return body;
    }

    /// <summary>Which item is copied or moved, and what it is called then (schema type CopyOrMoveCatalogItemParamsType, since API 5.5).</summary>
    public static XElement CopyOrMove(string name, string? description, string itemHref)
    {
        var body = new XElement(VcdXml.Namespace + "CopyOrMoveCatalogItemParams", new XAttribute("name", name));
        AddDescription(body, description);
        body.Add(Reference("Source", itemHref, CatalogItemType, null));
        return body;
    }

    /// <summary>Whether all organizations see a catalog (schema type PublishCatalogParamsType).</summary>
    public static XElement PublishToAll(bool published)
        => new(VcdXml.Namespace + "PublishCatalogParams", new XElement(VcdXml.Namespace + "IsPublished", published));

    /// <summary>Whether and how other clouds can subscribe to a catalog (schema type PublishExternalCatalogParamsType, since API 5.5).</summary>
    public static XElement PublishExternally(bool published, string? password, bool? cached, bool? preserveIdentity)
        => new(
            VcdXml.Namespace + "PublishExternalCatalogParams",
            new XElement(VcdXml.Namespace + "IsPublishedExternally", published),
            Optional("Password", password),
            Optional("IsCacheEnabled", cached),
            Optional("PreserveIdentityInfoFlag", preserveIdentity));

    /// <summary>What a catalog is subscribed to (schema type ExternalCatalogSubscriptionParamsType, since API 5.5).</summary>
    public static XElement Subscription(string location, string? password, string? thumbprint, bool? localCopy)
        => new(
            VcdXml.Namespace + "ExternalCatalogSubscriptionParams",
            new XElement(VcdXml.Namespace + "SubscribeToExternalFeeds", true),
            new XElement(VcdXml.Namespace + "Location", location),
            Optional("Password", password),
            Optional("ExpectedSslThumbprint", thumbprint),
            Optional("LocalCopy", localCopy));

    internal static XElement Reference(string element, string href, string? type, string? name)
        => new(
            VcdXml.Namespace + element,
            new XAttribute("href", href),
            type is null ? null : new XAttribute("type", type),
            string.IsNullOrEmpty(name) ? null : new XAttribute("name", name));

    private static XElement StorageProfiles(string href)
        => new(VcdXml.Namespace + "CatalogStorageProfiles", Reference("VdcStorageProfile", href, StorageProfileType, null));

    private static XElement? Optional(string name, object? value) => value is null ? null : new XElement(VcdXml.Namespace + name, value);

    private static void AddDescription(XElement body, string? description)
    {
        if (description is not null)
        {
            body.Add(new XElement(VcdXml.Namespace + "Description", description));
        }
    }

    private static void Insert(XElement body, XElement? after, XElement element)
    {
        if (after is null)
        {
            body.AddFirst(element);
        }
        else
        {
            after.AddAfterSelf(element);
        }
    }
}
