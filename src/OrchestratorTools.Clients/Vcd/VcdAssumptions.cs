namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// What no source states about vCloud Director and a live server may contradict. Everything of that kind stands here, each with what it rests on, so that one place is to be changed.
/// What is marked [wire], [doc], [xsd] or [issue] in facts/vcd.md is not repeated here.
/// </summary>
internal static class VcdAssumptions
{
    /// <summary>The organization whose users are the provider's. Its name is compared without regard to letter case.</summary>
    public const string ProviderOrganization = "System";

    /// <summary>
    /// The record type that a query asks for. The provider's users see all organizations' objects by the admin types only; the schema has both kinds of record. When the provider acts for an organization the admin types are
    /// asked for too: their records say which organization they belong to, so that a server that takes no notice of the context cannot pass another one's objects off.
    /// </summary>
    public static string RecordType(string type, bool provider, VcdApiVersion? version = null) => (provider, type) switch
    {
        // Networks belonged to organizations before virtual data centers had them (facts: the schema's "since").
        (false, "orgVdcNetwork") when version is not null && version < FirstWithVdcNetworks => "orgNetwork",
        (true, "orgVdcNetwork") when version is not null && version < FirstWithVdcNetworks => "adminOrgNetwork",
        (true, "orgVdc") => "adminOrgVdc",
        (true, "catalog") => "adminCatalog",
        (true, "catalogItem") => "adminCatalogItem",
        (true, "media") => "adminMedia",
        (true, "vAppTemplate") => "adminVAppTemplate",
        (true, "vApp") => "adminVApp",
        (true, "vm") => "adminVM",
        (true, "disk") => "adminDisk",
        (true, "orgVdcStorageProfile") => "adminOrgVdcStorageProfile",
        (true, "user") => "adminUser",
        (true, "group") => "adminGroup",
        (true, "task") => "adminTask",
        _ => type,
    };

    /// <summary>
    /// A field of a query's <c>fields</c>. That a key is encoded once more is stated of filters, with <c>filterEncoded</c>; here it is encoded once, as any part of an address. A metadata key with a comma cannot be asked for, then.
    /// </summary>
    public static string QueryField(string field) => Uri.EscapeDataString(field);

    /// <summary>The packaged queries: a path each, from the operations' list. They are asked as the query service itself is; the list of types names none of them.</summary>
    public static readonly IReadOnlyList<string> PackagedQueries =
    [
        "catalogs", "disks", "mediaList", "vAppTemplates", "vApps", "vms",
        "admin/groups", "admin/orgs", "admin/rights", "admin/roles", "admin/strandedUsers", "admin/users", "admin/vdcs",
        "admin/extension/datastores", "admin/extension/externalNetworkReferences", "admin/extension/hostReferences", "admin/extension/networkPoolReferences", "admin/extension/orgNetworks",
        "admin/extension/orgVdcs", "admin/extension/providerVdcReferences", "admin/extension/service", "admin/extension/strandedItems", "admin/extension/vapps", "admin/extension/vimServerReferences",
    ];

    /// <summary>Networks of virtual data centers came with API 5.1.</summary>
    public static readonly VcdApiVersion FirstWithVdcNetworks = VcdApiVersion.Parse("5.1");

    /// <summary>
    /// Both headers of the tenant context are sent; which of them a server goes by is not stated. The name can only be sent where a header can hold it (nothing says how other characters would be written); the UUID says which
    /// organization is meant all the same.
    /// </summary>
    public static bool IsHeaderText(string name) => name.Length > 0 && name.All(c => c is >= ' ' and <= '~');

    /// <summary>
    /// A name is asked for with a trailing <c>*</c>, which makes the comparison regard no letter case (facts/vcd.md, "Query"), and compared exactly here:
    /// whatever the server takes for a match is a superset.
    /// </summary>
    public const bool NamesAreAskedWithWildcard = true;

    /// <summary>Records say in <c>entityType</c> what a catalog item is; the texts are not listed anywhere. Any text that holds the word is taken for it.</summary>
    public static string EntityTypeWord(VcdCatalogItemType type) => type is VcdCatalogItemType.Media ? "media" : "vapptemplate";

    /// <summary>What a record's entityType, or the media type of what an item stands for, means.</summary>
    public static string? EntityTypeOf(string? text)
        => text is null ? null : Enum.GetValues<VcdCatalogItemType>().Cast<VcdCatalogItemType?>().FirstOrDefault(t => text.Contains(EntityTypeWord(t!.Value), StringComparison.OrdinalIgnoreCase))?.ToString() ?? text;

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

    /// <summary>The name that a server gives the descriptor among an upload's files, whatever it is called in the package (recorded so).</summary>
    public static bool IsDescriptorFile(string name) => string.Equals(name, "descriptor.ovf", StringComparison.Ordinal);

    /// <summary>With manifestRequired a file for the manifest appears (facts/vcd.md, "OVF upload" 5); its name is not recorded. Whatever ends like a manifest is taken for it.</summary>
    public static bool IsManifestFile(string name) => name.EndsWith(".mf", StringComparison.OrdinalIgnoreCase);

    /// <summary>A file for the manifest's signature, should a server ask for one.</summary>
    public static bool IsCertificateFile(string name) => name.EndsWith(".cert", StringComparison.OrdinalIgnoreCase);

    /// <summary>The status of what was uploaded and is at hand: media 1, templates 8 (facts/vcd.md).</summary>
    public static bool IsImported(int? status) => status is 1 or 8;

    /// <summary>The status of an upload that has failed: could not be made, quarantine ran out, rejected, timed out. Only -1 is in facts/vcd.md, the others are known from clients.</summary>
    public static bool IsUploadDead(int? status) => status is < 0 or 15 or 16 or 17;

    /// <summary>The status of an upload that is not at its end: unresolved, descriptor or contents pending, being copied, in quarantine. Only 0 is in facts/vcd.md.</summary>
    public static bool IsUploadPending(int? status) => status is null or 0 or 11 or 12 or 13 or 14;

    /// <summary>No range means "nothing", so that nothing completes a file of 0 bytes but an empty PUT; a server that needs none refuses it, which is taken for an answer.</summary>
    public const bool EmptyFilesAreSent = true;

    /// <summary>The tasks of uploads: vdcUploadMedia and vdcUploadOvfContents are recorded; whatever begins so is taken for one.</summary>
    public static bool IsUploadTask(string operationName) => operationName.StartsWith("vdcUpload", StringComparison.OrdinalIgnoreCase);

    /// <summary>The tasks of removals: vdcDeleteMedia and vdcDeleteTemplate are recorded; whatever holds the word is taken for one.</summary>
    public static bool IsRemovalTask(string operationName) => operationName.Contains("Delete", StringComparison.OrdinalIgnoreCase);

    /// <summary>How long after the descriptor was read the files that it refers to may be missing in the server's list; a server that does not list one does not want it.</summary>
    public static readonly TimeSpan FilesAppearWithin = TimeSpan.FromSeconds(30);

    /// <summary>How long a server may take to read a descriptor.</summary>
    public static readonly TimeSpan DescriptorIsReadWithin = TimeSpan.FromMinutes(15);

    /// <summary>CPU sockets came with API 5.5 (the schemas' added-in mark).</summary>
    public static readonly VcdApiVersion FirstWithCoresPerSocket = VcdApiVersion.Parse("5.5");

    /// <summary>Hot adding came with API 5.1 (the schemas' added-in mark).</summary>
    public static readonly VcdApiVersion FirstWithVMCapabilities = VcdApiVersion.Parse("5.1");

    /// <summary>The type of a network adapter came with API 5.11 (the schemas' added-in mark).</summary>
    public static readonly VcdApiVersion FirstWithAdapterTypes = VcdApiVersion.Parse("5.11");

    /// <summary>Logging the administrator in came with API 5.5 (the schemas' added-in mark).</summary>
    public static readonly VcdApiVersion FirstWithAutoLogon = VcdApiVersion.Parse("5.5");

    /// <summary>The organizational unit of a computer account came with API 5.1 (the schemas' added-in mark).</summary>
    public static readonly VcdApiVersion FirstWithOrganizationalUnit = VcdApiVersion.Parse("5.1");

    /// <summary>A disk has a storage profile of its own from this version on: the guide for 5.6 has the attributes, that for 5.5 has not. Schemas do not know them (any attribute may stand there).</summary>
    public static readonly VcdApiVersion FirstWithDiskStorageProfiles = VcdApiVersion.Parse("5.6");

    /// <summary>SATA disks are in the guide for 5.5, not in that for 5.1.</summary>
    public static readonly VcdApiVersion FirstWithSata = VcdApiVersion.Parse("5.5");

    /// <summary>NVMe disks: a client's source has the subtype beside bus type 20; from which version on no source says. 10.2.2 is known to have brought them.</summary>
    public static readonly VcdApiVersion FirstWithNvme = VcdApiVersion.Parse("35.2");

    /// <summary>The lists of hardware items (disks, media, network cards, serial ports) have the same relation and media type, so that nothing but the end of the address says which is which; every recorded machine has it so.</summary>
    public static bool IsDisksList(VcdLink link) => link.Href.TrimEnd('/').EndsWith("/virtualHardwareSection/disks", StringComparison.OrdinalIgnoreCase);

    /// <summary>Disks have the ids 2000, 2001, … in every recorded machine; a new one is given the next, and the server makes of it what it likes.</summary>
    public const long FirstDiskId = 2000;

    /// <summary>
    /// What runs gains CPUs and memory only with the capability of that name (schema: "supports addition … while powered on"), and loses none: the schema speaks of addition alone. A suspended machine's memory is on disk and fits no
    /// other hardware; no source says what a server answers then.
    /// </summary>
    public static bool IsRunning(VcdVM vm) => vm.StatusCode is 4 or 5;

    /// <summary>What runs keeps its sockets: the capability is one of adding CPUs, and vSphere is known to need a machine that is off for it.</summary>
    public const bool SocketsChangeWhileRunning = false;

    /// <summary>A machine's disks do not grow while it has a snapshot: vSphere is known for it; no source of vCloud Director states it.</summary>
    public const bool DisksGrowBesideSnapshots = false;

    /// <summary>A suspended machine; see <see cref="IsRunning"/>.</summary>
    public static bool IsSuspended(VcdVM vm) => vm.StatusCode is 3;

    /// <summary>Storage profiles came with API 5.1.</summary>
    public static readonly VcdApiVersion FirstWithStorageProfiles = VcdApiVersion.Parse("5.1");

    /// <summary>Snapshots came with API 5.1 (the schemas' added-in marks).</summary>
    public static readonly VcdApiVersion FirstWithSnapshots = VcdApiVersion.Parse("5.1");

    // The numbers of a creation status and the words of the query service. The numbers 0, 1, 8 and -1 are in facts/vcd.md; the others are those that clients of many versions know.
    private static readonly Dictionary<int, string> ResourceStatuses = new()
    {
        [-1] = "FAILED_CREATION",
        [0] = "UNRESOLVED",
        [1] = "RESOLVED",
        [2] = "DEPLOYED",
        [3] = "SUSPENDED",
        [4] = "POWERED_ON",
        [5] = "WAITING_FOR_INPUT",
        [6] = "UNKNOWN",
        [7] = "UNRECOGNIZED",
        [8] = "POWERED_OFF",
        [9] = "INCONSISTENT_STATE",
        [10] = "MIXED",
        [11] = "DESCRIPTOR_PENDING",
        [12] = "COPYING_CONTENTS",
        [13] = "DISK_CONTENTS_PENDING",
        [14] = "QUARANTINED",
        [15] = "QUARANTINE_EXPIRED",
        [16] = "REJECTED",
        [17] = "TRANSFER_TIMEOUT",
        [18] = "VAPP_UNDEPLOYED",
        [19] = "VAPP_PARTIALLY_DEPLOYED",
    };

    /// <summary>The query service's word for an entity's status; a number that is not known stays one.</summary>
    public static string ResourceStatus(int code) => ResourceStatuses.TryGetValue(code, out var word) ? word : code.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The number for the query service's word; null where it is not known.</summary>
    public static int? ResourceStatusCode(string? word)
    {
        foreach (var (code, known) in ResourceStatuses)
        {
            if (string.Equals(known, word, StringComparison.OrdinalIgnoreCase))
            {
                return code;
            }
        }

        return null;
    }

    /// <summary>A template that can be used has the number 8 (facts/vcd.md, "OVF upload"), which is "powered off" of a vApp; lists call it resolved.</summary>
    public static string? TemplateStatus(int code) => code is 8 ? "RESOLVED" : null;

    /// <summary>The status of virtual data centers, networks and edge gateways: the schema has the numbers 0, 1 and -1, lists have words that it does not tell.</summary>
    public static (string? Word, int? Code) Readiness(string? text)
        => int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var code)
            ? (code switch { 0 => "NOT_READY", 1 => "READY", -1 => "FAILED_CREATION", _ => text }, code)
            : (text, text?.ToUpperInvariant() switch { "NOT_READY" => 0, "READY" => 1, "FAILED_CREATION" => -1, _ => null });

    /// <summary>What a network's linkType (a number in lists) or fence mode (a word in the entity, from the schema) means. The numbers' meaning is in no schema; clients read them so.</summary>
    public static string? NetworkType(string? text) => text switch
    {
        "0" or "bridged" => "Direct",
        "1" or "natRouted" => "Routed",
        "2" or "isolated" => "Isolated",
        _ => text,
    };

    /// <summary>
    /// The address that the HTML console is opened with: the newer guides name its parts (host, the proxy's port, which is 443 unless the provider changed it, the ticket's port, the ticket) and say that they go into one address; how they are put
    /// together is known from clients.
    /// </summary>
    public static string ConsoleAddress(string host, int port, string ticket)
        => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"wss://{(host.Contains(':', StringComparison.Ordinal) && host[0] is not '[' ? $"[{host}]" : host)}/{port};{ticket}");

    /// <summary>
    /// What is in the drive of a machine: recorded machines have an empty host resource in the item of an empty drive. What it holds with a medium in it is recorded nowhere; clients find the medium's address in an attribute and its name in the
    /// text, or nothing but the subtype of a drive that shows an image.
    /// </summary>
    public static (bool IsInserted, string? Name, string? Href) InsertedMedia(IEnumerable<System.Xml.Linq.XElement> items)
    {
        foreach (var item in items.Where(i => VcdXml.ChildText(i, "ResourceType")?.Trim() is "14" or "15" or "16"))
        {
            var resource = VcdXml.Child(item, "HostResource");
            var href = resource?.Attributes().FirstOrDefault(a => a.Name.LocalName is "media")?.Value;
            var name = resource?.Value.Trim();
            if (!string.IsNullOrEmpty(href) || !string.IsNullOrEmpty(name) || VcdXml.ChildText(item, "ResourceSubType")?.Trim().EndsWith(".iso", StringComparison.OrdinalIgnoreCase) is true)
            {
                return (true, string.IsNullOrEmpty(name) ? null : name, string.IsNullOrEmpty(href) ? null : href);
            }
        }

        return default;
    }

    /// <summary>Disks have their size in megabytes from this version on: the schemas of 30.0 have <c>size</c> alone, references of later ones <c>sizeMb</c> alone; between them clients change at this version.</summary>
    public static readonly VcdApiVersion FirstWithDisksInMegabytes = VcdApiVersion.Parse("33.0");

    /// <summary>True where several machines may have a disk: later references have these attributes, which say so of the few that are made for it.</summary>
    public static bool IsShared(System.Xml.Linq.XElement disk)
        => VcdXml.Flag(disk, "shareable") is true || VcdXml.Text(disk, "sharingType") is { Length: > 0 } type && !string.Equals(type, "None", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The paths of entities that are asked for by id alone: where there is no link, there is no other way that takes one request. From the operations' list; "vapp-", "vm-" and "vappTemplate-" before the UUID
    /// stand in every recorded address.
    /// </summary>
    public static string? PathOf(string kind, string uuid) => kind.ToUpperInvariant() switch
    {
        "ORG" => $"/api/org/{uuid}",
        "VDC" => $"/api/vdc/{uuid}",
        "CATALOG" => $"/api/catalog/{uuid}",
        "CATALOGITEM" => $"/api/catalogItem/{uuid}",
        "MEDIA" => $"/api/media/{uuid}",
        "VAPPTEMPLATE" => $"/api/vAppTemplate/vappTemplate-{uuid}",
        "VAPP" => $"/api/vApp/vapp-{uuid}",
        "VM" => $"/api/vApp/vm-{uuid}",
        "NETWORK" => $"/api/network/{uuid}",
        "DISK" => $"/api/disk/{uuid}",
        "VDCSTORAGEPROFILE" => $"/api/vdcStorageProfile/{uuid}",
        "USER" => $"/api/admin/user/{uuid}",
        "GROUP" => $"/api/admin/group/{uuid}",
        "ROLE" => $"/api/admin/role/{uuid}",
        "GATEWAY" => $"/api/admin/edgeGateway/{uuid}",
        "TASK" => $"/api/task/{uuid}",
        _ => null,
    };

    /// <summary>
    /// Too many operations at once (400, OPERATION_LIMITS_EXCEEDED; facts/vcd.md, "Error") is said to be retryable; that the server did not take what it answers so follows from the status, which no source doubts.
    /// </summary>
    public static bool IsOperationLimit(Http.OrchestratorApiException e)
        => e.StatusCode is System.Net.HttpStatusCode.BadRequest && string.Equals(e.ServerCode, "OPERATION_LIMITS_EXCEEDED", StringComparison.Ordinal);

    /// <summary>How long is waited before such a change is sent again; nothing says how long a limit lasts. A minute in all: a small operation ends within it, and a person still waits for it.</summary>
    public static readonly IReadOnlyList<TimeSpan> OperationLimitPauses = [TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(35)];

    /// <summary>A task is at work on what was to be changed: the change was not taken. The word is known from clients, no recorded answer has it.</summary>
    public static bool IsBusy(Http.OrchestratorApiException e) => string.Equals(e.ServerCode, "BUSY_ENTITY", StringComparison.Ordinal);

    /// <summary>
    /// How long the tasks of an upload that is to be removed may take to let go of it after they were cancelled; nothing says how long a server needs. What a cancelled upload made may stay or go with its task: another client
    /// counts on the latter.
    /// </summary>
    public static readonly TimeSpan CanceledWithin = TimeSpan.FromMinutes(2);

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

    /// <summary>The address of a publication as subscribers need it. Newer servers give a path only (a client's source completes it with the server that it came from).</summary>
    public static string PublishedUrl(string url, string catalogHref)
        => VcdXml.Address(url) is null && VcdXml.Address(catalogHref) is { } origin ? new Uri(origin, url).AbsoluteUri : url;

    /// <summary>
    /// disableDownload is an operation of templates and vApps, not of media (vcd-operations-by-version.txt). Recorded vApps have a link to it, the vendor's guide shows none: where the link is missing, the address is made
    /// from the entity's, as its operation is defined.
    /// </summary>
    public static bool CanCloseDownload(VcdReceiveKind kind) => kind is not VcdReceiveKind.Media;

    /// <summary>The manifest of a download, where the server makes one, lies beside the descriptor under its name with .mf: so the OVF standard names it; no source says whether vCloud Director makes one. What is not there is not missed.</summary>
    public static string ManifestOf(string descriptorName) => Path.ChangeExtension(descriptorName, ".mf");

    /// <summary>Sizing and placement policies of machines came with API 33.0 (the vendor's later reference: ComputePolicyType since 33.0); where ComputePolicy stands among a machine's parameters is read off its representation there.</summary>
    public static readonly VcdApiVersion FirstWithComputePolicies = VcdApiVersion.Parse("33.0");

    /// <summary>What single machines of a template are to be like can be said from API 5.6 on (the schemas' added-in mark of SourcedItem); before that by SourcedVmInstantiationParams, which knows of storage alone.</summary>
    public static readonly VcdApiVersion FirstWithSourcedItems = VcdApiVersion.Parse("5.6");

    /// <summary>
    /// Moving a vApp as it is came with API 34.0 (operations' list; the vendor's reference). No recorded answer has a link to it: some relation with the media type of its parameters, in whatever letter case, is taken for it; old
    /// servers have one of the relation "move", which newer ones call "add".
    /// </summary>
    public static VcdLink? MoveLink(System.Xml.Linq.XElement vdc)
        => VcdLink.Of(vdc).FirstOrDefault(l => VcdXml.IsMediaType(l.Type, VcdBodies.MoveVAppType));

    /// <summary>A computer name as a guest takes it: letters, digits and hyphens (RFC 1123). Windows takes 15 of them; which guest it is a template may not say rightly, so that only what no guest takes is refused.</summary>
    public static bool IsComputerName(string name) => name.Length is > 0 and <= 63 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-') && name[0] is not '-' && name[^1] is not '-' && !name.All(char.IsAsciiDigit);

    /// <summary>The guide for 5.1 and 5.5 copies and captures only vApps that are not deployed; whether later servers take running ones no source says, so that from 9.0 on the server decides.</summary>
    public static bool CopiesDeployed(VcdApiVersion version) => version >= VcdApiVersion.Parse("9.0");

    /// <summary>
    /// A lease of 0 seconds never runs out: the guide for tenants and clients' sources call it so, no schema does. An organization's lease settings are called defaults by the schema and the longest leases by the guide for
    /// tenants; they are taken for the longest, as the portal does, except for the provider's users.
    /// </summary>
    public const int EndlessLease = 0;

    /// <summary>
    /// Machines that are made of nothing: the schemas call the version RECOMPOSE_BLANK_VM and CREATE_BLANK_VM and give no number; createVm is among the operations of 32.0 and not among those before it.
    /// </summary>
    public static readonly VcdApiVersion FirstWithBlankMachines = VcdApiVersion.Parse("32.0");
}
