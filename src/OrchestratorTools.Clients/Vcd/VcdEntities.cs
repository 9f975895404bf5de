using System.Collections.Concurrent;
using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>Which class an entity or a record becomes, and what the classes are called in ids and in sentences.</summary>
internal static class VcdEntities
{
    private static readonly Dictionary<Type, VcdKind> Classes = new()
    {
        [typeof(VcdOrg)] = new("org", "organization", "organization"),
        [typeof(VcdVdc)] = new("vdc", "virtual data center", "orgVdc", HasOrganizationName: true),
        [typeof(VcdCatalog)] = new("catalog", "catalog", "catalog", HasOrganizationName: true),
        [typeof(VcdCatalogItem)] = new("catalogitem", "catalog item", "catalogItem"),
        [typeof(VcdMedia)] = new("media", "media", "media"),
        [typeof(VcdTemplate)] = new("vapptemplate", "vApp template", "vAppTemplate"),
        [typeof(VcdVApp)] = new("vapp", "vApp", "vApp"),
        [typeof(VcdVM)] = new("vm", "virtual machine", "vm"),
        [typeof(VcdNetwork)] = new("network", "network", "orgVdcNetwork"),
        [typeof(VcdDisk)] = new("disk", "disk", "disk"),
        [typeof(VcdStorageProfile)] = new("vdcstorageProfile", "storage profile", "orgVdcStorageProfile"),
        [typeof(VcdUser)] = new("user", "user", "user"),
        [typeof(VcdGroup)] = new("group", "group", "group"),
        [typeof(VcdRole)] = new("role", "role", "role"),
        [typeof(VcdEdgeGateway)] = new("gateway", "edge gateway", "edgeGateway"),
        [typeof(VcdTask)] = new("task", "task", "task", HasOrganizationName: true),
    };

    private static readonly ConcurrentDictionary<string, string?> RecordUrns = new(StringComparer.Ordinal);

    /// <summary>What is known of a class; throws where it is none of an entity that can be listed.</summary>
    public static VcdKind Of(Type type) => Classes.TryGetValue(type, out var known) ? known : throw new ArgumentException($"{type.Name} cannot be listed.", nameof(type));

    /// <summary>The kind in ids: <c>urn:vcloud:KIND:…</c>; null of a class that stands for many kinds.</summary>
    public static string? KindOf(Type type) => Classes.TryGetValue(type, out var known) ? known.Urn : null;

    /// <summary>The class in a sentence.</summary>
    public static string TitleOf(Type type) => Classes.TryGetValue(type, out var known) ? known.Title : "entity";

    /// <summary>One of the class in a sentence: "a catalog", "an organization".</summary>
    public static string OneOf(Type type) => TitleOf(type) is var title && title[0] is 'a' or 'e' or 'i' or 'o' ? "an " + title : "a " + title;

    /// <summary>An entity as an object of its class; <see cref="VcdEntity"/> where it has none of its own.</summary>
    public static VcdObject Read(XElement entity) => entity.Name.LocalName switch
    {
        "Org" or "AdminOrg" => new VcdOrg(entity),
        "Vdc" or "AdminVdc" => new VcdVdc(entity),
        "Catalog" or "AdminCatalog" => new VcdCatalog(entity),
        "CatalogItem" => new VcdCatalogItem(entity),
        "Media" => new VcdMedia(entity),
        "VAppTemplate" => new VcdTemplate(entity),
        "VApp" => new VcdVApp(entity),
        "Vm" => new VcdVM(entity),
        "OrgVdcNetwork" or "OrgNetwork" or "Network" => new VcdNetwork(entity),
        "Disk" => new VcdDisk(entity),
        "VdcStorageProfile" or "AdminVdcStorageProfile" => new VcdStorageProfile(entity),
        "User" => new VcdUser(entity),
        "Group" => new VcdGroup(entity),
        "Role" => new VcdRole(entity),
        "EdgeGateway" => new VcdEdgeGateway(entity),
        "Task" => new VcdTask(entity),
        _ => new VcdEntity(entity),
    };

    /// <summary>The kind in the ids of what a record stands for; null where the record's type has no class.</summary>
    public static string? UrnOfRecord(string element) => RecordUrns.GetOrAdd(element, static name => ReadRecord(new XElement(name)) is { } known ? KindOf(known.GetType()) : null);

    /// <summary>A record of the query service as an object of its class; null where it has none.</summary>
    public static VcdObject? ReadRecord(XElement record) => record.Name.LocalName switch
    {
        "OrgRecord" => new VcdOrg(record),
        "OrgVdcRecord" or "AdminVdcRecord" => new VcdVdc(record),
        "CatalogRecord" or "AdminCatalogRecord" => new VcdCatalog(record),
        "CatalogItemRecord" or "AdminCatalogItemRecord" => new VcdCatalogItem(record),
        "MediaRecord" or "AdminMediaRecord" => new VcdMedia(record),
        "VAppTemplateRecord" or "AdminVAppTemplateRecord" => new VcdTemplate(record),
        "VAppRecord" or "AdminVAppRecord" => new VcdVApp(record),
        "VMRecord" or "AdminVMRecord" => new VcdVM(record),
        "OrgVdcNetworkRecord" or "OrgNetworkRecord" => new VcdNetwork(record),
        "DiskRecord" or "AdminDiskRecord" => new VcdDisk(record),
        "OrgVdcStorageProfileRecord" or "AdminOrgVdcStorageProfileRecord" => new VcdStorageProfile(record),
        "UserRecord" or "AdminUserRecord" => new VcdUser(record),
        "GroupRecord" or "AdminGroupRecord" => new VcdGroup(record),
        "RoleRecord" or "AdminRoleRecord" => new VcdRole(record),
        "EdgeGatewayRecord" => new VcdEdgeGateway(record),
        "TaskRecord" or "AdminTaskRecord" => new VcdTask(record),
        _ => null,
    };

    /// <summary>False where the object says that it belongs to another organization. Many kinds of record do not say it; then the server's choice counts.</summary>
    public static bool MayBelongTo(VcdObject item, VcdTenant organization)
    {
        if (OrganizationOf(item) is { } href && VcdAssumptions.UuidOf(href) is not null)
        {
            return VcdObject.IsSame(href, organization.Uuid);
        }

        var name = item switch
        {
            VcdVdc vdc => vdc.Organization,
            VcdCatalog catalog => catalog.Organization,
            VcdTask task => task.Organization,
            _ => null,
        };
        return name is null || string.Equals(name, organization.Name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The address of the organization that an object belongs to, where the object tells it.</summary>
    public static string? OrganizationOf(VcdObject item) => item switch
    {
        VcdVdc vdc => vdc.OrganizationHref,
        VcdCatalog catalog => catalog.OrganizationHref,
        VcdCatalogItem catalogItem => catalogItem.OrganizationHref,
        VcdMedia media => media.OrganizationHref,
        VcdTemplate template => template.OrganizationHref,
        VcdVApp vapp => vapp.OrganizationHref,
        VcdVM vm => vm.OrganizationHref,
        VcdNetwork network => network.OrganizationHref,
        VcdDisk disk => disk.OrganizationHref,
        VcdStorageProfile profile => profile.OrganizationHref,
        VcdUser user => user.OrganizationHref,
        VcdGroup group => group.OrganizationHref,
        VcdRole role => role.OrganizationHref,
        VcdEdgeGateway gateway => gateway.OrganizationHref,
        VcdTask task => task.OrganizationHref,
        _ => null,
    };
}

/// <summary>What is known of a class of objects.</summary>
/// <param name="Urn">The kind in ids.</param>
/// <param name="Title">What it is called in a sentence.</param>
/// <param name="QueryType">The query type that lists it for a tenant.</param>
/// <param name="HasOrganizationName">True where its records have the organization's name, and can be asked for by it.</param>
internal sealed record VcdKind(string Urn, string Title, string QueryType, bool HasOrganizationName = false);
