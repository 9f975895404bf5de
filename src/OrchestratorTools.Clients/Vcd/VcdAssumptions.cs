namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// What no source states about vCloud Director and a live server may contradict. Everything of that kind stands here, each with what it rests on, so that one place is to be changed.
/// What is marked [wire], [doc], [xsd] or [issue] in facts/vcd.md is not repeated here.
/// </summary>
internal static class VcdAssumptions
{
    /// <summary>The organization whose users are the provider's. Its name is compared without regard to letter case.</summary>
    public const string ProviderOrganization = "System";

    /// <summary>The record type that a query asks for. The provider's users see all organizations' objects by the admin types only; the schema has both kinds of record.</summary>
    public static string RecordType(string type, bool provider) => (provider, type) switch
    {
        (true, "catalog") => "adminCatalog",
        (true, "catalogItem") => "adminCatalogItem",
        (true, "task") => "adminTask",
        _ => type,
    };

    /// <summary>
    /// A name is asked for with a trailing <c>*</c>, which makes the comparison regard no letter case (facts/vcd.md, "Query"), and compared exactly here:
    /// whatever the server takes for a match is a superset.
    /// </summary>
    public const bool NamesAreAskedWithWildcard = true;

    /// <summary>Records say in <c>entityType</c> what a catalog item is; the texts are not listed anywhere. Any text that holds the word is taken for it.</summary>
    public static string EntityTypeWord(VcdCatalogItemType type) => type is VcdCatalogItemType.Media ? "media" : "vapptemplate";

    /// <summary>Records in the format "records" carry an href and no id. The last segment of an href is the id of the entity (every recorded href is like that), sometimes after "vappTemplate-" or "vapp-".</summary>
    public static string? UuidOf(string? href)
    {
        if (href is null)
        {
            return null;
        }

        var path = href.AsSpan().TrimEnd('/');
        var last = path[(path.LastIndexOf('/') + 1)..];
        if (last.LastIndexOf(':') is var colon and >= 0)
        {
            last = last[(colon + 1)..];
        }

        return last.Length >= 36 && Guid.TryParse(last[^36..], out var id) ? id.ToString() : null;
    }

    /// <summary>
    /// From 33.0 on an administrator can close /api/sessions, and nothing says what it answers then. Where the server still names it as the login and refuses it, the newer login is tried once,
    /// since otherwise nobody could connect there; a wrong password then counts twice.
    /// </summary>
    public static bool LegacyLoginCanBeClosed(VcdApiVersion version) => version >= VcdApiVersion.Parse("33.0");

    /// <summary>API tokens came with 10.3.1.</summary>
    public static readonly VcdApiVersion FirstWithApiTokens = VcdApiVersion.Parse("36.1");

    /// <summary>Media that is no ISO image. Older schemas name "floppy" beside "iso"; a client's source says "other".</summary>
    public static string ImageTypeOf(string fileName)
        => Path.GetExtension(fileName).Equals(".iso", StringComparison.OrdinalIgnoreCase) ? "iso" : "other";

    /// <summary>Catalog action/upload came with API 5.5; before it media was added to a vDC.</summary>
    public static readonly VcdApiVersion FirstWithCatalogUpload = VcdApiVersion.Parse("5.5");

    /// <summary>A GET this often keeps the API session alive: a sixth of the default idle time (30 minutes).</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Too many operations at once (400, OPERATION_LIMITS_EXCEEDED; facts/vcd.md, "Error") is said to be retryable; that the server did not take what it answers so follows from the status, which no source doubts.
    /// </summary>
    public static bool IsOperationLimit(Http.OrchestratorApiException e)
        => e.StatusCode is System.Net.HttpStatusCode.BadRequest && string.Equals(e.ServerCode, "OPERATION_LIMITS_EXCEEDED", StringComparison.Ordinal);

    /// <summary>How long is waited before such a change is sent again; nothing says how long a limit lasts. A minute in all: a small operation ends within it, and a person still waits for it.</summary>
    public static readonly IReadOnlyList<TimeSpan> OperationLimitPauses = [TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(35)];

    /// <summary>The media type of a user in references (recorded owners have it).</summary>
    public const string UserType = "application/vnd.vmware.admin.user+xml";

    /// <summary>The media type of a group in references.</summary>
    public const string GroupType = "application/vnd.vmware.admin.group+xml";

    /// <summary>The media type of an organization in references. The vendor's guide writes "admin.org" in one example and "admin.organization" everywhere else, as recorded answers do.</summary>
    public const string OrganizationType = "application/vnd.vmware.admin.organization+xml";

    /// <summary>Who a sharing's subject is: by its media type, and where that is missing or unknown by its address.</summary>
    public static VcdAccessSubjectType SubjectType(string? type, string? href)
    {
        foreach (var text in new[] { type, href })
        {
            if (text is null)
            {
                continue;
            }

            if (text.Contains("admin.user+", StringComparison.OrdinalIgnoreCase) || text.Contains("/user/", StringComparison.OrdinalIgnoreCase))
            {
                return VcdAccessSubjectType.User;
            }

            if (text.Contains("admin.group+", StringComparison.OrdinalIgnoreCase) || text.Contains("/group/", StringComparison.OrdinalIgnoreCase))
            {
                return VcdAccessSubjectType.Group;
            }

            if (text.Contains(".org+", StringComparison.OrdinalIgnoreCase) || text.Contains(".organization+", StringComparison.OrdinalIgnoreCase) || text.Contains("/org/", StringComparison.OrdinalIgnoreCase))
            {
                return VcdAccessSubjectType.Organization;
            }
        }

        return VcdAccessSubjectType.External;
    }

    /// <summary>
    /// The administrator's view of an entity that names no link to it: the same path under /api/admin. The operations' list has both views of catalogs, organizations, virtual data centers, networks and storage profiles,
    /// and recorded administrator's views link back to the user's, but not the other way round. Null where the address is one already, or is none of these.
    /// </summary>
    public static string? AdminAddress(string href)
    {
        const string Api = "/api/";
        var start = href.IndexOf(Api, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return null;
        }

        var rest = href[(start + Api.Length)..];
        return HasAdminView.Contains(rest.Split('/')[0]) ? $"{href[..start]}/api/admin/{rest}" : null;
    }

    private static readonly HashSet<string> HasAdminView = new(StringComparer.OrdinalIgnoreCase) { "catalog", "org", "vdc", "network", "vdcStorageProfile" };

    /// <summary>
    /// Where a catalog's sharing is, when neither the catalog nor its organization names it: the operations' list has both addresses under the organization in all versions.
    /// </summary>
    public static (string Read, string Write) CatalogAccess(string organizationHref, string catalogUuid)
    {
        var catalog = $"{organizationHref.TrimEnd('/').Replace("/api/admin/org/", "/api/org/", StringComparison.OrdinalIgnoreCase)}/catalog/{catalogUuid}";
        return (catalog + "/controlAccess/", catalog + "/action/controlAccess");
    }

    /// <summary>A catalog is removed with all that is in it by these query fields (a client's source has them; the guide does not tell how).</summary>
    public const string WithItems = "recursive=true&force=true";

    /// <summary>Removing an item removes the media or template with it (the guide for 5.5 says so); before that the item was a mere entry. The version of the API is taken for that of the product.</summary>
    public static bool ItemOwnsEntity(VcdApiVersion version) => version >= FirstWithCatalogUpload;

    /// <summary>Metadata has types and domains from this version on (the schemas' added-in marks).</summary>
    public static readonly VcdApiVersion FirstWithTypedMetadata = VcdApiVersion.Parse("5.1");
}
