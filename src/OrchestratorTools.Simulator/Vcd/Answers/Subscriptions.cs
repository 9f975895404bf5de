using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Catalogs that take their content from a catalog that is published externally. This server reaches its own only.</summary>
internal static class Subscriptions
{
    private static readonly ApiVersion FirstVersion = new("5.5");

    /// <summary>POST /api/admin/catalog/{id}/action/subscribeToExternalCatalog.</summary>
    public static VcdAnswer Subscribe(VcdCall call, Catalog catalog)
    {
        if (!call.Sees.MayControl(catalog)) throw VcdException.Forbidden();
        Busy.Require(catalog);
        Subscribe(call, catalog, BodyShape.Subscribe.Read(call, MediaTypes.SubscriptionParams));
        return VcdAnswer.NoContent;
    }

    /// <summary>Subscribes a catalog, or ends its subscription; what was synchronized before stays.</summary>
    public static void Subscribe(VcdCall call, Catalog catalog, XElement settings)
    {
        if (Xml.Flag(settings, "SubscribeToExternalFeeds") is not true)
        {
            catalog.Subscription = null;
            return;
        }

        var present = catalog.Subscription;
        if (present is null && catalog.Items.Count > 0) throw VcdException.BadRequest($"The catalog {catalog.Name} is not empty: it cannot be subscribed to another one.");
        if (catalog.Publication is not null) throw VcdException.BadRequest($"The catalog {catalog.Name} is published externally: it cannot be subscribed to another one.");
        var location = Xml.Text(settings, "Location") ?? present?.Location ?? throw VcdException.BadRequest("validation error on field 'Location': the element must be present in ExternalCatalogSubscriptionParams.");
        var password = Xml.Text(settings, "Password");
        if (password is Subscription.KeptPassword) password = present?.Password;
        var source = Find(call, location) ?? throw VcdException.BadRequest($"There is no catalog to subscribe to at {location}.");
        if (source == catalog) throw VcdException.BadRequest("A catalog cannot be subscribed to itself.");
        var subscription = new Subscription(source, location, password ?? "", Xml.Flag(settings, "LocalCopy") ?? present?.LocalCopy ?? false);
        RequireOpen(subscription);
        catalog.Subscription = subscription;
    }

    /// <summary>POST /api/catalog/{id}/action/sync: a task.</summary>
    public static VcdAnswer Sync(VcdCall call, Catalog catalog)
    {
        if (call.Version! < FirstVersion) throw VcdException.AbsentOperation();
        if (!call.Sees.MayChange(catalog)) throw VcdException.Forbidden();
        if (catalog.Subscription is null) throw VcdException.BadRequest($"The catalog {catalog.Name} has no external subscription.");
        Busy.Require(catalog);
        return Work.Accept(call, catalog, "catalogSync", $"Synchronizing Catalog {catalog.Name}({catalog.Id})", () => Sync(call.World, catalog));
    }

    /// <summary>POST /api/catalogItem/{id}/action/sync: a task that brings the content.</summary>
    public static VcdAnswer Sync(VcdCall call, CatalogItem item)
    {
        if (call.Version! < FirstVersion) throw VcdException.AbsentOperation();
        if (!call.Sees.MayChange(item.Catalog)) throw VcdException.Forbidden();
        if (item.Catalog.Subscription is null || item.Source is null) throw VcdException.BadRequest($"The catalog item {item.Name} has no external source.");
        Busy.Require(item.Entity);
        return Work.Accept(call, item.Entity, "catalogItemSync", $"Synchronizing Catalog Item {item.Name}({item.Id})", () =>
        {
            RequireOpen(item.Catalog.Subscription);
            if (!item.Catalog.Subscription.Source.Items.ContainsKey(item.Source.Id)) throw VcdException.BadRequest($"The source of the catalog item {item.Name} is gone.");
            Fetch(item);
        });
    }

    /// <summary>What AdminCatalog says of the subscription and of the publication. Passwords are never told.</summary>
    public static IEnumerable<XElement> Describe(Catalog catalog)
    {
        if (catalog.Subscription is { } subscription)
        {
            yield return Xml.Element(
                "ExternalCatalogSubscriptionParams",
                Xml.Element("SubscribeToExternalFeeds", "true"),
                Xml.Element("Location", subscription.Location),
                subscription.Password.Length == 0 ? null : Xml.Element("Password", Subscription.KeptPassword),
                Xml.Element("LocalCopy", Xml.Bool(subscription.LocalCopy)));
        }

        yield return catalog.Publication is { } publication
            ? Xml.Element(
                "PublishExternalCatalogParams",
                Xml.Element("IsPublishedExternally", "true"),
                Xml.Element("catalogPublishedUrl", Assumptions.PublishedPath(catalog.Id)),
                publication.Password.Length == 0 ? null : Xml.Element("Password", Subscription.KeptPassword),
                Xml.Element("IsCacheEnabled", Xml.Bool(publication.IsCacheEnabled)),
                Xml.Element("PreserveIdentityInfoFlag", Xml.Bool(publication.PreservesIdentity)))
            : Xml.Element("PublishExternalCatalogParams", Xml.Element("IsPublishedExternally", "false"), Xml.Element("IsCacheEnabled", "false"), Xml.Element("PreserveIdentityInfoFlag", "false"));
    }

    private static void Sync(VcdWorld world, Catalog catalog)
    {
        if (catalog.Subscription is not { } subscription) return;
        RequireOpen(subscription);
        var source = subscription.Source;
        foreach (var gone in catalog.Items.Values.Where(i => i.Source is { } s && !source.Items.ContainsKey(s.Id)).ToArray()) world.Inventory.Remove(gone.Entity);
        var known = catalog.Items.Values.Where(i => i.Source is not null).ToDictionary(i => i.Source!.Id);
        foreach (var theirs in source.Items.Values.Where(i => i.Entity.Status is EntityStatus.Ready or EntityStatus.Resolved).ToArray())
        {
            if (!known.TryGetValue(theirs.Id, out var item)) item = Add(world, catalog, theirs);
            (item.Name, item.Description, item.Entity.Name) = (theirs.Name, theirs.Description, theirs.Entity.Name);
            if (subscription.LocalCopy) Fetch(item);
        }

        catalog.Version++;
    }

    private static CatalogItem Add(VcdWorld world, Catalog catalog, CatalogItem theirs)
    {
        var now = world.Schedule.Now;
        var storage = catalog.Storage ?? world.Inventory.Vdcs.Values.Where(v => v.Org == catalog.Org).OrderBy(v => v.Name, StringComparer.Ordinal).First().StorageProfiles[0];
        if (!storage.HasRoomFor(theirs.Entity.Size)) throw VcdException.BadRequest(UploadStart.QuotaExceeded);
        var entity = CatalogItemChanges.Duplicate(theirs.Entity, theirs.Entity.Name, storage, catalog.Owner, now);
        entity.Status = Assumptions.StatusWithoutContent(entity);
        world.Inventory.Add(entity);
        return world.Inventory.AddItem(new CatalogItem(Guid.NewGuid(), theirs.Name, catalog, entity, now) { Source = theirs });
    }

    private static void Fetch(CatalogItem item)
    {
        var theirs = item.Source!.Entity;
        (item.Entity.Status, item.Entity.Package) = (theirs.Status, theirs.Package);
    }

    private static Catalog? Find(VcdCall call, string location)
    {
        if (!Uri.TryCreate(location, UriKind.Absolute, out var uri) || !location.StartsWith(call.Hrefs.Root, StringComparison.OrdinalIgnoreCase)) return null;
        return call.World.Inventory.Catalogs.Values.FirstOrDefault(c => uri.AbsolutePath.TrimEnd('/').EndsWith(Assumptions.PublishedPath(c.Id).TrimEnd('/'), StringComparison.OrdinalIgnoreCase));
    }

    /// <exception cref="VcdException">400: the source is not published any more, or the password is wrong.</exception>
    private static void RequireOpen(Subscription subscription)
    {
        if (subscription.Source.Publication is not { } publication) throw VcdException.BadRequest($"The catalog at {subscription.Location} is not published externally.");
        if (!string.Equals(publication.Password, subscription.Password, StringComparison.Ordinal)) throw VcdException.BadRequest($"The password for the catalog at {subscription.Location} is wrong.");
    }
}
