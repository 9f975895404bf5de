using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>An operation at an address.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Handle">Answers; called with the world's gate held.</param>
internal sealed record Route(string Method, Func<VcdCall, VcdAnswer> Handle)
{
    /// <summary>Whether the request's body is read first.</summary>
    public bool HasBody { get; init; }

    /// <summary>Whether it is for those who have no session yet.</summary>
    public bool IsLogin { get; init; }
}

/// <summary>The addresses of the XML API and of cloudapi.</summary>
internal static class Routes
{
    private static readonly EntityKind[] WithMetadata = [EntityKind.Org, EntityKind.Catalog, EntityKind.CatalogItem, EntityKind.Media, EntityKind.Template, EntityKind.Vdc];

    /// <summary>The operations at an address; none: there is no such address.</summary>
    public static Route[] At(string[] segments) => segments switch
    {
        ["api", .. var path] => AtApi(path),
        ["cloudapi", "1.0.0", "sessions", .. var path] => AtCloudSessions(path),
        _ => [],
    };

    private static Route[] AtApi(string[] path) => path switch
    {
        ["sessions"] or ["login"] => [Login(Logins.Legacy)],
        ["session"] => [Get(c => VcdAnswer.Ok(SessionAnswers.Xml(c), MediaTypes.Session)), Delete(Logins.LegacyLogout)],
        ["org"] => [Get(OrgAnswers.List)],
        ["org", var id] => [Get(c => OrgAnswers.Get(c, Org(c, id)))],
        ["admin"] => [Get(OrgAnswers.Cloud)],
        ["admin", "org", var id] => [Get(c => OrgAnswers.GetAdmin(c, Org(c, id)))],
        ["admin", "catalog", var id] => [Get(c => CatalogAnswers.Get(c, Catalog(c, id), admin: true))],
        ["admin", var what, "query"] => [Get(c => QueryAnswers.Packaged(c, $"admin/{what}"))],
        ["catalog", var id] => [Get(c => CatalogAnswers.Get(c, Catalog(c, id), admin: false))],
        ["catalog", var id, "action", "upload"] => [Post(c => UploadStart.ToCatalog(c, Catalog(c, id)))],
        ["catalog", var id, "catalogItems"] => [Post(c => CatalogAnswers.AddItem(c, Catalog(c, id)))],
        ["catalogItem", var id] => [Get(c => CatalogAnswers.GetItem(c, Item(c, id))), Delete(c => CatalogAnswers.RemoveItem(c, Item(c, id)))],
        ["media", var id, "action", "enableDownload"] => [Act(c => DownloadAnswers.Enable(c, EntityLookup.Get<StoredEntity>(c, EntityKind.Media, id)))],
        ["vAppTemplate", var id, "action", "enableDownload"] => [Act(c => DownloadAnswers.Enable(c, EntityLookup.Get<StoredEntity>(c, EntityKind.Template, id)))],
        ["vAppTemplate", var id, "action", "disableDownload"] => [Act(c => DownloadAnswers.Disable(c, EntityLookup.Get<StoredEntity>(c, EntityKind.Template, id)))],
        ["media", var id] => Stored(EntityKind.Media, id),
        ["vAppTemplate", var id] => Stored(EntityKind.Template, id),
        ["vdc", var id] => [Get(c => VdcAnswers.Get(c, Vdc(c, id)))],
        ["vdc", var id, "media"] => [Post(c => UploadStart.ToVdc(c, Vdc(c, id), isMedia: true))],
        ["vdc", var id, "action", "uploadVAppTemplate"] => [Post(c => UploadStart.ToVdc(c, Vdc(c, id), isMedia: false))],
        ["vdcStorageProfile", var id] => [Get(c => VdcAnswers.GetStorageProfile(c, EntityLookup.Get<StorageProfile>(c, EntityKind.StorageProfile, id)))],
        ["tasksList", var id] => [Get(c => TaskAnswers.List(c, EntityLookup.Get<Organization>(c, EntityKind.TasksList, id)))],
        ["task", var id] => [Get(c => TaskAnswers.Get(c, TaskOf(c, id)))],
        ["task", var id, "action", "cancel"] => [Act(c => TaskAnswers.Cancel(c, TaskOf(c, id)))],
        ["entity", var urn] => [Get(c => EntityLookup.Resolve(c, urn))],
        ["media", var id, "owner"] => [Get(c => StoredEntityAnswers.Owner(c, EntityLookup.Get<StoredEntity>(c, EntityKind.Media, id)))],
        ["vAppTemplate", var id, "owner"] => [Get(c => StoredEntityAnswers.Owner(c, EntityLookup.Get<StoredEntity>(c, EntityKind.Template, id)))],
        [var kind, var id, "metadata"] when Array.Find(WithMetadata, k => string.Equals(k.Path, kind, StringComparison.Ordinal)) is { } found => [Get(c => StoredEntityAnswers.Metadata(c, EntityLookup.Get<Entity>(c, found, id)))],
        ["query"] => [Get(QueryAnswers.Typed)],
        [var what, "query"] => [Get(c => QueryAnswers.Packaged(c, what))],
        _ => [],
    };

    private static Route[] AtCloudSessions(string[] path) => path switch
    {
        [] => [Login(c => Logins.Cloud(c, provider: false))],
        ["provider"] => [Login(c => Logins.Cloud(c, provider: true))],
        [var id] => [Get(c => Logins.CloudSession(c, id)), Delete(c => Logins.CloudLogout(c, id))],
        _ => [],
    };

    private static Route[] Stored(EntityKind kind, string id) =>
    [
        Get(c => StoredEntityAnswers.Get(c, EntityLookup.Get<StoredEntity>(c, kind, id))),
        Delete(c => StoredEntityAnswers.Remove(c, EntityLookup.Get<StoredEntity>(c, kind, id))),
    ];

    private static Organization Org(VcdCall call, string id) => EntityLookup.Get<Organization>(call, EntityKind.Org, id);

    private static Catalog Catalog(VcdCall call, string id) => EntityLookup.Get<Catalog>(call, EntityKind.Catalog, id);

    private static CatalogItem Item(VcdCall call, string id) => EntityLookup.Get<CatalogItem>(call, EntityKind.CatalogItem, id);

    private static Vdc Vdc(VcdCall call, string id) => EntityLookup.Get<Vdc>(call, EntityKind.Vdc, id);

    private static VcdTask TaskOf(VcdCall call, string id) => EntityLookup.Get<VcdTask>(call, EntityKind.Task, id);

    private static Route Get(Func<VcdCall, VcdAnswer> handle) => new(HttpMethods.Get, handle);

    private static Route Delete(Func<VcdCall, VcdAnswer> handle) => new(HttpMethods.Delete, handle);

    private static Route Post(Func<VcdCall, VcdAnswer> handle) => new(HttpMethods.Post, handle) { HasBody = true };

    /// <summary>A POST that takes no body.</summary>
    private static Route Act(Func<VcdCall, VcdAnswer> handle) => new(HttpMethods.Post, handle);

    private static Route Login(Func<VcdCall, VcdAnswer> handle) => new(HttpMethods.Post, handle) { IsLogin = true };
}
