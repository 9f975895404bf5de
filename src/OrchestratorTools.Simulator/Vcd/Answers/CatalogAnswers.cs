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
        var hrefs = call.Hrefs;
        var mayChange = call.Sees.MayChange(catalog);
        if (admin)
        {
            OrgAnswers.RequireAdministrator(call);
            if (!mayChange) throw VcdException.NoAccess(EntityKind.Catalog, catalog.Id);
        }

        var self = admin ? catalog.Reference with { Kind = EntityKind.AdminCatalog } : catalog.Reference;
        var xml = Xml.Root(
            hrefs,
            admin ? "AdminCatalog" : "Catalog",
            hrefs.Identity(self),
            Xml.Link("up", admin ? MediaTypes.AdminOrg : MediaTypes.Org, hrefs.Of(admin ? catalog.Org.AdminReference : catalog.Org.Reference)),
            admin ? Xml.Link("alternate", MediaTypes.Catalog, hrefs.Of(catalog)) : null,
            Links(call, catalog),
            admin ? Xml.Link("edit", MediaTypes.AdminCatalog, hrefs.Of(self)) : null,
            admin ? Xml.Link("remove", type: null, hrefs.Of(self)) : null,
            Xml.Element("Description", catalog.Description),
            call.Version! >= FirstWithUpload || admin ? hrefs.Owner(catalog.Owner) : null,
            Xml.Element("CatalogItems", catalog.Items.Values.Select(i => hrefs.Reference("CatalogItem", i.Reference))),
            Xml.Element("IsPublished", Xml.Bool(catalog.IsPublished)),
            call.Version! >= FirstWithUpload ? new[] { Xml.Element("DateCreated", Xml.Time(catalog.Created)), Xml.Element("VersionNumber", Xml.Number(catalog.Version)) } : null);
        return VcdAnswer.Ok(xml, self.Kind.MediaType);
    }

    /// <summary>What one may do with a catalog: those who may only read it get no add links.</summary>
    public static IEnumerable<XElement> Links(VcdCall call, Catalog catalog)
    {
        if (call.Sees.MayChange(catalog))
        {
            yield return Xml.Link("add", MediaTypes.CatalogItem, call.Hrefs.Api($"catalog/{catalog.Id}/catalogItems"));
            if (call.Version! >= FirstWithUpload)
            {
                // One address for both: the content type of the request decides.
                yield return Xml.Link("add", MediaTypes.Media, call.Hrefs.Api($"catalog/{catalog.Id}/action/upload"));
                yield return Xml.Link("add", MediaTypes.UploadTemplateParams, call.Hrefs.Api($"catalog/{catalog.Id}/action/upload"));
            }
        }

        yield return Xml.Link("down", MediaTypes.Metadata, call.Hrefs.Api($"catalog/{catalog.Id}/metadata"));
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
            call.Sees.MayChange(item.Catalog)
                ? new[] { Xml.Link("edit", MediaTypes.CatalogItem, hrefs.Of(item)), Xml.Link("remove", type: null, hrefs.Of(item)) }
                : null,
            Xml.Element("Description", item.Description),
            hrefs.Reference("Entity", item.Entity.Reference),
            call.Version! >= FirstWithUpload ? new[] { Xml.Element("DateCreated", Xml.Time(item.Created)), Xml.Element("VersionNumber", "1") } : null);
    }

    /// <summary>POST /api/catalog/{id}/catalogItems: names a media file or template that an upload to a VDC made (facts/vcd.md, "OVF upload", the way up to 5.1).</summary>
    public static VcdAnswer AddItem(VcdCall call, Catalog catalog)
    {
        if (!call.Sees.MayChange(catalog)) throw VcdException.Forbidden();
        var body = BodyShape.CatalogItem.Check(call.Body);
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
        if (!call.Sees.MayChange(item.Catalog)) throw VcdException.Forbidden();
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
