using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Catalogs and their entries.</summary>
internal static class CatalogAnswers
{
    // Uploads to catalogs came with 5.5, and with it dates and version numbers (facts/vcd.md, "OVF upload"; the schemas' since-notes).
    private static readonly ApiVersion FirstWithUpload = new("5.5");

    /// <summary>GET /api/catalog/{id}, and /api/admin/catalog/{id} where <paramref name="admin"/>.</summary>
    public static VcdAnswer Get(VcdCall call, Catalog catalog, bool admin)
    {
        if (admin && call.Session.Account.Role == VcdRole.VAppUser) throw VcdException.Forbidden();
        if (admin && !call.Sees.MayChange(catalog)) throw VcdException.NoAccess(EntityKind.Catalog, catalog.Id);
        return VcdAnswer.Ok(Build(call, catalog, admin), admin ? MediaTypes.AdminCatalog : MediaTypes.Catalog);
    }

    public static XElement Build(VcdCall call, Catalog catalog, bool admin)
    {
        var hrefs = call.Hrefs;
        var self = admin ? catalog.Reference with { Kind = EntityKind.AdminCatalog } : catalog.Reference;
        var mayControl = call.Sees.MayControl(catalog);
        return Xml.Root(
            hrefs,
            admin ? "AdminCatalog" : "Catalog",
            hrefs.Identity(self),
            Xml.Link("up", admin ? MediaTypes.AdminOrg : MediaTypes.Org, hrefs.Of(admin ? catalog.Org.AdminReference : catalog.Org.Reference)),
            admin ? Xml.Link("alternate", MediaTypes.Catalog, hrefs.Of(catalog)) : null,
            ContentLinks(call, catalog),
            admin ? Xml.Link("down", MediaTypes.Owner, $"{hrefs.Of(self)}/owner") : null,
            Xml.Link("down", MediaTypes.Metadata, $"{hrefs.Of(self)}/metadata"),
            admin && mayControl ? AdminLinks(call, catalog, hrefs.Of(self)) : null,
            Xml.Element("Description", catalog.Description),
            TaskAnswers.InProgress(call, catalog),
            call.Version! >= FirstWithUpload || admin ? hrefs.Owner(catalog.Owner) : null,
            Xml.Element("CatalogItems", catalog.Items.Values.Select(i => hrefs.Reference("CatalogItem", i.Reference))),
            Xml.Element("IsPublished", Xml.Bool(catalog.IsPublished)),
            call.Version! >= FirstWithUpload ? new[] { Xml.Element("DateCreated", Xml.Time(catalog.Created)), Xml.Element("VersionNumber", Xml.Number(catalog.Version)) } : null,
            admin && call.Version! >= FirstWithUpload
                ? [Xml.Element("CatalogStorageProfiles", catalog.Storage is { } storage ? hrefs.Reference("VdcStorageProfile", storage.Reference) : null), .. Subscriptions.Describe(catalog)]
                : Array.Empty<XElement>());
    }

    private static IEnumerable<XElement> AdminLinks(VcdCall call, Catalog catalog, string href)
    {
        yield return Xml.Link("edit", MediaTypes.AdminCatalog, href);
        yield return Xml.Link("remove", type: null, href);
        yield return Xml.Link("publish", MediaTypes.PublishParams, $"{href}/action/publish");
        if (call.Version! < FirstWithUpload) yield break;
        yield return Xml.Link("publishToExternalOrganizations", MediaTypes.PublishExternalParams, $"{href}/action/publishToExternalOrganizations");
        yield return Xml.Link("subscribeToExternalCatalog", MediaTypes.SubscriptionParams, $"{href}/action/subscribeToExternalCatalog");
    }

    /// <summary>What one may do with a catalog, as query records have it.</summary>
    public static IEnumerable<XElement> Links(VcdCall call, Catalog catalog) => ContentLinks(call, catalog).Append(Xml.Link("down", MediaTypes.Metadata, $"{call.Hrefs.Of(catalog)}/metadata"));

    /// <summary>What one may do with the content: those who may only read it get no add links, and nobody adds to what comes from a subscription.</summary>
    private static IEnumerable<XElement> ContentLinks(VcdCall call, Catalog catalog)
    {
        if (call.Sees.MayChange(catalog) && catalog.Subscription is not null && call.Version! >= FirstWithUpload)
        {
            yield return Xml.Link("sync", type: null, call.Hrefs.Api($"catalog/{catalog.Id}/action/sync"));
        }

        if (call.Sees.MayChange(catalog) && catalog.Subscription is null)
        {
            yield return Xml.Link("add", MediaTypes.CatalogItem, call.Hrefs.Api($"catalog/{catalog.Id}/catalogItems"));
            if (call.Version! >= FirstWithUpload)
            {
                // One address for both: the content type of the request decides.
                yield return Xml.Link("add", MediaTypes.Media, call.Hrefs.Api($"catalog/{catalog.Id}/action/upload"));
                yield return Xml.Link("add", MediaTypes.UploadTemplateParams, call.Hrefs.Api($"catalog/{catalog.Id}/action/upload"));
                if (call.Version! >= Assumptions.FirstWithCaptureToCatalog) yield return Xml.Link("add", MediaTypes.CaptureParams, call.Hrefs.Api($"catalog/{catalog.Id}/action/captureVApp"));
                yield return Xml.Link("copy", MediaTypes.CopyOrMoveParams, call.Hrefs.Api($"catalog/{catalog.Id}/action/copy"));
                yield return Xml.Link("move", MediaTypes.CopyOrMoveParams, call.Hrefs.Api($"catalog/{catalog.Id}/action/move"));
            }
        }
    }

    /// <summary>GET /api/catalogItem/{id}.</summary>
    public static VcdAnswer GetItem(VcdCall call, CatalogItem item) => VcdAnswer.Ok(Item(call, item), MediaTypes.CatalogItem);

    public static XElement Item(VcdCall call, CatalogItem item)
    {
        var hrefs = call.Hrefs;
        return Xml.Root(
            hrefs,
            "CatalogItem",
            call.Version! >= FirstWithUpload ? new XAttribute("size", Xml.Number(Math.Max(0, item.Entity.Size))) : null,
            hrefs.Identity(item.Reference),
            Xml.Link("up", MediaTypes.Catalog, hrefs.Of(item.Catalog)),
            Xml.Link("down", MediaTypes.Metadata, $"{hrefs.Of(item)}/metadata"),
            call.Sees.MayChange(item.Catalog) && item.Source is not null ? Xml.Link("sync", type: null, $"{hrefs.Of(item)}/action/sync") : null,
            call.Sees.MayChange(item.Catalog) && item.Catalog.Subscription is null
                ? new[] { Xml.Link("edit", MediaTypes.CatalogItem, hrefs.Of(item)), Xml.Link("remove", type: null, hrefs.Of(item)) }
                : null,
            Xml.Element("Description", item.Description),
            TaskAnswers.InProgress(call, item),
            hrefs.Reference("Entity", item.Entity.Reference),
            call.Version! >= FirstWithUpload ? new[] { Xml.Element("DateCreated", Xml.Time(item.Created)), Xml.Element("VersionNumber", "1") } : null);
    }

    /// <summary>POST /api/catalog/{id}/catalogItems: names a media file or template that an upload to a VDC made (facts/vcd.md, "OVF upload", the way up to 5.1).</summary>
    public static VcdAnswer AddItem(VcdCall call, Catalog catalog)
    {
        CatalogItemChanges.RequireChangeable(call, catalog);
        var body = BodyShape.CatalogItem.Read(call, MediaTypes.CatalogItem);
        var name = (string)body.Attribute("name")!;
        var href = (string?)body.Element(Xml.Namespace + "Entity")?.Attribute("href") ?? throw VcdException.BadRequest("validation error on field 'Entity': the element must be present in CatalogItem.");
        var entity = EntityLookup.ByHref(call, href) as StoredEntity ?? throw VcdException.BadRequest("validation error : EntityRef has incorrect type, expected type is com.vmware.vcloud.entity.vapptemplate,com.vmware.vcloud.entity.media.");
        if (entity.Item is not null) throw UploadStart.Duplicate(entity.Name);
        UploadStart.RequireFreeName(catalog, name);
        var item = call.World.Inventory.AddItem(new CatalogItem(Guid.NewGuid(), name, catalog, entity, call.Now) { Description = (string?)body.Element(Xml.Namespace + "Description") ?? "" });
        return VcdAnswer.Created(Item(call, item), MediaTypes.CatalogItem);
    }

    /// <summary>DELETE /api/catalogItem/{id}: at once.</summary>
    public static VcdAnswer RemoveItem(VcdCall call, CatalogItem item)
    {
        CatalogItemChanges.RequireChangeable(call, item.Catalog);
        if (Assumptions.UploadsAreBusy || item.Entity.Transfer is null) Busy.Require(item.Entity);
        if (Assumptions.RemovingAnItemRemovesItsEntity)
        {
            UploadLife.Abandon(call.World, item.Entity);
            call.World.Inventory.Remove(item.Entity);
        }
        else
        {
            call.World.Inventory.Remove(item);
        }

        return VcdAnswer.NoContent;
    }
}
