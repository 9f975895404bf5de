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
        ["admin", var what, "query"] => [Get(c => QueryAnswers.Packaged(c, $"admin/{what}"))],
        ["admin", "extension", var what, "query"] => [Get(c => QueryAnswers.Packaged(c, $"admin/extension/{what}"))],
        _ when CatalogRoutes.At(path) is { Length: > 0 } found => found,
        _ when MetadataRoutes.At(path) is { Length: > 0 } found => found,
        ["admin", .. var rest] when AdminRoutes.At(rest) is { Length: > 0 } found => found,
        ["vApp" or "vAppTemplate" or "disk" or "network", .. var rest] when ComputeRoutes.At(path[0], rest) is { Length: > 0 } found => found,
        ["vdc", var id] => [Get(c => VdcAnswers.Get(c, Vdc(c, id)))],
        ["vdc", var id, "media"] => [Post(c => UploadStart.ToVdc(c, Vdc(c, id), isMedia: true))],
        ["vdc", var id, "action", "uploadVAppTemplate"] => [Post(c => UploadStart.ToVdc(c, Vdc(c, id), isMedia: false))],
        ["vdc", .. var rest] when ComputeRoutes.At(path[0], rest) is { Length: > 0 } found => found,
        ["vdcStorageProfile", var id] => [Get(c => VdcAnswers.GetStorageProfile(c, EntityLookup.Get<StorageProfile>(c, EntityKind.StorageProfile, id)))],
        ["tasksList", var id] => [Get(c => TaskAnswers.List(c, EntityLookup.Get<Organization>(c, EntityKind.TasksList, id)))],
        ["task", var id] => [Get(c => TaskAnswers.Get(c, TaskOf(c, id)))],
        ["task", var id, "action", "cancel"] => [Act(c => TaskAnswers.Cancel(c, TaskOf(c, id)))],
        ["entity", var urn] => [Get(c => EntityLookup.Resolve(c, urn))],
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

    private static Organization Org(VcdCall call, string id) => EntityLookup.Get<Organization>(call, EntityKind.Org, id);

    private static Vdc Vdc(VcdCall call, string id) => EntityLookup.Get<Vdc>(call, EntityKind.Vdc, id);

    private static VcdTask TaskOf(VcdCall call, string id) => EntityLookup.Get<VcdTask>(call, EntityKind.Task, id);

    private static Route Get(Func<VcdCall, VcdAnswer> handle) => new(HttpMethods.Get, handle);

    private static Route Delete(Func<VcdCall, VcdAnswer> handle) => new(HttpMethods.Delete, handle);

    private static Route Post(Func<VcdCall, VcdAnswer> handle) => new(HttpMethods.Post, handle) { HasBody = true };

    /// <summary>A POST that takes no body.</summary>
    private static Route Act(Func<VcdCall, VcdAnswer> handle) => new(HttpMethods.Post, handle);

    private static Route Login(Func<VcdCall, VcdAnswer> handle) => new(HttpMethods.Post, handle) { IsLogin = true };
}
