using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The addresses of catalogs and what is in them, of shares, owners and downloads (the table of operations; the numbers are versions).</summary>
internal static class CatalogRoutes
{
    public static Route[] At(string[] path) => path switch
    {
        ["admin", "org", var id, "catalogs"] => [With(HttpMethods.Post, c => CatalogChanges.Create(c, Find<Organization>(c, EntityKind.Org, id)))],
        ["admin", "catalog", var id, .. var rest] => AtAdmin(id, rest),
        ["org", var org, "catalog", var id, "controlAccess"] => [Get(c => AccessAnswers.Get(c, Find<Organization>(c, EntityKind.Org, org), CatalogOf(c, id)))],
        ["org", var org, "catalog", var id, "action", "controlAccess"] => [With(HttpMethods.Post, c => AccessAnswers.Set(c, Find<Organization>(c, EntityKind.Org, org), CatalogOf(c, id)))],
        ["catalog", var id, .. var rest] => AtCatalog(id, rest),
        ["catalogItem", var id] =>
        [
            Get(c => CatalogAnswers.GetItem(c, ItemOf(c, id))),
            With(HttpMethods.Put, c => CatalogItemChanges.Update(c, ItemOf(c, id))),
            new Route(HttpMethods.Delete, c => CatalogAnswers.RemoveItem(c, ItemOf(c, id))),
        ],
        ["catalogItem", var id, "action", "sync"] => [Act(c => Subscriptions.Sync(c, ItemOf(c, id)))],
        ["media", var id, .. var rest] => AtStored(EntityKind.Media, id, rest),
        ["vAppTemplate", var id, .. var rest] when !id.StartsWith(EntityKind.TemplateVm.IdPrefix, StringComparison.Ordinal) => AtStored(EntityKind.Template, id, rest),
        ["vApp", var id, "controlAccess"] => [Get(c => AccessAnswers.Get(c, VAppOf(c, id)))],
        ["vApp", var id, "action", "controlAccess"] => [With(HttpMethods.Post, c => AccessAnswers.Set(c, VAppOf(c, id)))],
        ["vApp", var id, "action", "enableDownload"] => [Act(c => DownloadAnswers.Enable(c, VAppOf(c, id)))],
        ["vApp", var id, "action", "disableDownload"] => [Act(c => DownloadAnswers.Disable(c, VAppOf(c, id)))],
        ["vApp", var id, "owner"] => Owner(c => VAppOf(c, id), EntityKind.VApp),
        ["disk", var id, "owner"] => Owner(c => Find<IndependentDisk>(c, EntityKind.Disk, id), EntityKind.Disk),
        _ => [],
    };

    private static Route[] AtAdmin(string id, string[] rest) => rest switch
    {
        [] =>
        [
            Get(c => CatalogAnswers.Get(c, CatalogOf(c, id), admin: true)),
            With(HttpMethods.Put, c => CatalogChanges.Update(c, CatalogOf(c, id))),
            new Route(HttpMethods.Delete, c => CatalogChanges.Delete(c, CatalogOf(c, id))),
        ],
        ["action", "publish"] => [With(HttpMethods.Post, c => CatalogChanges.PublishToAll(c, CatalogOf(c, id)))],
        ["action", "publishToExternalOrganizations"] => [With(HttpMethods.Post, c => CatalogChanges.PublishExternally(c, CatalogOf(c, id)))],
        ["action", "subscribeToExternalCatalog"] => [With(HttpMethods.Post, c => Subscriptions.Subscribe(c, CatalogOf(c, id)))],
        ["owner"] => Owner(c => CatalogOf(c, id), EntityKind.AdminCatalog),
        _ => [],
    };

    private static Route[] AtCatalog(string id, string[] rest) => rest switch
    {
        [] => [Get(c => CatalogAnswers.Get(c, CatalogOf(c, id), admin: false))],
        ["action", "upload"] => [With(HttpMethods.Post, c => UploadStart.ToCatalog(c, CatalogOf(c, id)))],
        ["action", "captureVApp"] => [With(HttpMethods.Post, c => Capture.ToCatalog(c, CatalogOf(c, id)))],
        ["action", "copy"] => [With(HttpMethods.Post, c => CatalogItemChanges.Copy(c, CatalogOf(c, id)))],
        ["action", "move"] => [With(HttpMethods.Post, c => CatalogItemChanges.Move(c, CatalogOf(c, id)))],
        ["action", "sync"] => [Act(c => Subscriptions.Sync(c, CatalogOf(c, id)))],
        ["catalogItems"] => [With(HttpMethods.Post, c => CatalogAnswers.AddItem(c, CatalogOf(c, id)))],
        _ => [],
    };

    private static Route[] AtStored(EntityKind kind, string id, string[] rest) => rest switch
    {
        [] =>
        [
            Get(c => StoredEntityAnswers.Get(c, StoredOf(c, kind, id))),
            With(HttpMethods.Put, c => CatalogItemChanges.Update(c, StoredOf(c, kind, id))),
            new Route(HttpMethods.Delete, c => StoredEntityAnswers.Remove(c, StoredOf(c, kind, id))),
        ],
        ["action", "enableDownload"] => [Act(c => DownloadAnswers.Enable(c, StoredOf(c, kind, id)))],
        ["action", "disableDownload"] when kind == EntityKind.Template => [Act(c => DownloadAnswers.Disable(c, StoredOf(c, kind, id)))],
        ["leaseSettingsSection"] when kind == EntityKind.Template =>
        [
            Get(c => TemplateLease.Get(c, (Template)StoredOf(c, kind, id))),
            With(HttpMethods.Put, c => TemplateLease.Put(c, (Template)StoredOf(c, kind, id))),
        ],
        ["owner"] when kind == EntityKind.Media => [Get(c => OwnerAnswers.Get(c, StoredOf(c, kind, id), StoredOf(c, kind, id).Reference))],
        ["owner"] => Owner(c => StoredOf(c, kind, id), kind),
        _ => [],
    };

    private static Route[] Owner<T>(Func<VcdCall, T> find, EntityKind kind)
        where T : Entity, IOwned
        =>
        [
            Get(c => find(c) is var thing ? OwnerAnswers.Get(c, thing, ((Entity)thing).Reference with { Kind = kind }) : throw VcdException.NotFound()),
            With(HttpMethods.Put, c => OwnerAnswers.Put(c, find(c))),
        ];

    private static Catalog CatalogOf(VcdCall call, string id) => Find<Catalog>(call, EntityKind.Catalog, id);

    private static CatalogItem ItemOf(VcdCall call, string id) => Find<CatalogItem>(call, EntityKind.CatalogItem, id);

    private static StoredEntity StoredOf(VcdCall call, EntityKind kind, string id) => Find<StoredEntity>(call, kind, id);

    private static VApp VAppOf(VcdCall call, string id) => Find<VApp>(call, EntityKind.VApp, id);

    private static T Find<T>(VcdCall call, EntityKind kind, string id)
        where T : Entity
        => EntityLookup.Get<T>(call, kind, id);

    private static Route Get(Func<VcdCall, VcdAnswer> handle) => new(HttpMethods.Get, handle);

    /// <summary>A request that has a body.</summary>
    private static Route With(string method, Func<VcdCall, VcdAnswer> handle) => new(method, handle) { HasBody = true };

    /// <summary>A POST that takes no body.</summary>
    private static Route Act(Func<VcdCall, VcdAnswer> handle) => new(HttpMethods.Post, handle);
}
