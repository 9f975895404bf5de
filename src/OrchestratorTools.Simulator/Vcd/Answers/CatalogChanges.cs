using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Making, changing, publishing and deleting catalogs.</summary>
internal static class CatalogChanges
{
    private static readonly ApiVersion FirstWithDeletionTask = new("30.0");

    /// <summary>POST /api/admin/org/{id}/catalogs: the catalog is there at once, its task goes on for a while.</summary>
    public static VcdAnswer Create(VcdCall call, Organization org)
    {
        if (!call.Sees.MayCreateCatalogs(org)) throw VcdException.Forbidden();
        var body = BodyShape.AdminCatalog.Read(call, MediaTypes.AdminCatalog);
        var name = UploadStart.Name(body);
        RequireFreeName(call, org, name, except: null);

        // "You cannot create a catalog in an organization that has no VDCs" (guide of 5.5).
        if (!call.World.Inventory.Vdcs.Values.Any(v => v.Org == org)) throw VcdException.BadRequest($"The organization {org.Name} has no VDC, so that it can have no catalog.");
        var catalog = new Catalog(Guid.NewGuid(), name, org, call.Session.Account, call.Now) { Description = Xml.Text(body, "Description") ?? "", Storage = Storage(call, body, org) };
        if (body.Element(Xml.Namespace + "ExternalCatalogSubscriptionParams") is { } subscription) Subscriptions.Subscribe(call, catalog, subscription);
        if (body.Element(Xml.Namespace + "PublishExternalCatalogParams") is { } publication) Publish(catalog, publication);
        call.World.Inventory.Catalogs.Add(catalog.Id, catalog);
        Work.Begin(call.World, catalog, "catalogCreateCatalog", $"Creating Catalog {name}({catalog.Id})", call.Session.Account, () => { }, () => Remove(call.World, catalog));
        return VcdAnswer.Created(CatalogAnswers.Build(call, catalog, admin: true), MediaTypes.AdminCatalog);
    }

    /// <summary>PUT /api/admin/catalog/{id}.</summary>
    public static VcdAnswer Update(VcdCall call, Catalog catalog)
    {
        if (!call.Sees.MayControl(catalog)) throw VcdException.Forbidden();
        Busy.Require(catalog);
        var body = BodyShape.AdminCatalog.Read(call, MediaTypes.AdminCatalog);
        var name = UploadStart.Name(body);
        RequireFreeName(call, catalog.Org, name, catalog);
        var description = Assumptions.NewDescription(Xml.Text(body, "Description"), catalog.Description);
        var storage = Storage(call, body, catalog.Org) ?? catalog.Storage;
        if (call.Version! >= Assumptions.CatalogUpdateIsATaskFrom) Work.Begin(call.World, catalog, "catalogUpdateCatalog", $"Updating Catalog {catalog.Name}({catalog.Id})", call.Session.Account, Apply);
        else Apply();
        return VcdAnswer.Ok(CatalogAnswers.Build(call, catalog, admin: true), MediaTypes.AdminCatalog);

        void Apply()
        {
            RequireFreeName(call, catalog.Org, name, catalog);
            (catalog.Name, catalog.Description, catalog.Storage) = (name, description, storage);
            catalog.Version++;
        }
    }

    /// <summary>DELETE /api/admin/catalog/{id}?recursive=&amp;force=: a task from 30.0 on, before at once.</summary>
    public static VcdAnswer Delete(VcdCall call, Catalog catalog)
    {
        if (!call.Sees.MayControl(catalog)) throw VcdException.Forbidden();
        Busy.Require(catalog);
        var (recursive, force) = (Flag(call, "recursive"), Flag(call, "force"));
        if (catalog.Items.Count > 0 && !recursive) throw VcdException.BadRequest($"The catalog {catalog.Name} is not empty.");
        if (!force)
        {
            foreach (var item in catalog.Items.Values) Busy.Require(item.Entity);
        }

        if (call.Version! >= FirstWithDeletionTask) return Work.Accept(call, catalog, "catalogDelete", $"Deleting Catalog {catalog.Name}({catalog.Id})", () => Remove(call.World, catalog));
        Remove(call.World, catalog);
        return VcdAnswer.NoContent;
    }

    /// <summary>POST /api/admin/catalog/{id}/action/publish: for all organizations of the cloud, or for them no more.</summary>
    public static VcdAnswer PublishToAll(VcdCall call, Catalog catalog)
    {
        if (!call.Sees.MayControl(catalog)) throw VcdException.Forbidden();
        Busy.Require(catalog);
        var body = BodyShape.Publish.Read(call, MediaTypes.PublishParams);
        catalog.IsPublished = Xml.Flag(body, "IsPublished") ?? throw VcdException.BadRequest("validation error on field 'IsPublished': the element must be present in PublishCatalogParams.");
        return VcdAnswer.NoContent;
    }

    /// <summary>POST /api/admin/catalog/{id}/action/publishToExternalOrganizations.</summary>
    public static VcdAnswer PublishExternally(VcdCall call, Catalog catalog)
    {
        if (!call.Sees.MayControl(catalog)) throw VcdException.Forbidden();
        Busy.Require(catalog);
        Publish(catalog, BodyShape.PublishExternal.Read(call, MediaTypes.PublishExternalParams));
        return VcdAnswer.NoContent;
    }

    private static void Publish(Catalog catalog, XElement settings)
    {
        if (catalog.Subscription is not null) throw VcdException.BadRequest($"The catalog {catalog.Name} has an external subscription and cannot be published.");
        if (Xml.Flag(settings, "IsPublishedExternally") is not true)
        {
            catalog.Publication = null;
            return;
        }

        var present = catalog.Publication;
        var password = Xml.Text(settings, "Password");
        catalog.Publication = new ExternalPublication(
            password is null or Subscription.KeptPassword ? present?.Password ?? "" : password,
            Xml.Flag(settings, "IsCacheEnabled") ?? present?.IsCacheEnabled ?? false,
            Xml.Flag(settings, "PreserveIdentityInfoFlag") ?? present?.PreservesIdentity ?? false);
    }

    private static void Remove(VcdWorld world, Catalog catalog)
    {
        foreach (var entity in catalog.Items.Values.Select(i => i.Entity).ToArray())
        {
            UploadLife.Abandon(world, entity);
            world.Inventory.Remove(entity);
        }

        world.Inventory.Catalogs.Remove(catalog.Id);
    }

    private static void RequireFreeName(VcdCall call, Organization org, string name, Catalog? except)
    {
        if (call.World.Inventory.Catalogs.Values.Any(c => c.Org == org && c != except && string.Equals(c.Name, name, Assumptions.NameComparison))) throw UploadStart.Duplicate(name);
    }

    private static StorageProfile? Storage(VcdCall call, XElement body, Organization org)
    {
        if ((string?)body.Element(Xml.Namespace + "CatalogStorageProfiles")?.Element(Xml.Namespace + "VdcStorageProfile")?.Attribute("href") is not { } href) return null;
        return EntityLookup.ByHref(call, href) is StorageProfile profile && profile.Vdc.Org == org
            ? profile
            : throw new VcdException(StatusCodes.Status400BadRequest, "INVALID_REFERENCE", "The VdcStorageProfile is none of the organization's.");
    }

    private static bool Flag(VcdCall call, string name) => call.Request.Query[name].ToString() is "true" or "True" or "1";
}
