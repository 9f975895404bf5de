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

    /// <summary>
    /// disableDownload is an operation of templates and vApps, not of media (vcd-operations-by-version.txt). Recorded vApps have a link to it, the vendor's guide shows none: where the link is missing, the address is made
    /// from the entity's, as its operation is defined.
    /// </summary>
    public static bool CanCloseDownload(VcdReceiveKind kind) => kind is not VcdReceiveKind.Media;

    /// <summary>The manifest of a download, where the server makes one, lies beside the descriptor under its name with .mf: so the OVF standard names it; no source says whether vCloud Director makes one. What is not there is not missed.</summary>
    public static string ManifestOf(string descriptorName) => Path.ChangeExtension(descriptorName, ".mf");
}
