using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>Which class an entity or a record becomes, and what the classes are called in ids and in sentences.</summary>
internal static class VcdEntities
{
    private static readonly Dictionary<Type, (string Kind, string Title)> Classes = new()
    {
        [typeof(VcdOrg)] = ("org", "organization"),
        [typeof(VcdVdc)] = ("vdc", "virtual data center"),
        [typeof(VcdCatalog)] = ("catalog", "catalog"),
        [typeof(VcdCatalogItem)] = ("catalogitem", "catalog item"),
        [typeof(VcdMedia)] = ("media", "media"),
        [typeof(VcdTemplate)] = ("vapptemplate", "vApp template"),
        [typeof(VcdVApp)] = ("vapp", "vApp"),
        [typeof(VcdVM)] = ("vm", "virtual machine"),
        [typeof(VcdNetwork)] = ("network", "network"),
        [typeof(VcdDisk)] = ("disk", "disk"),
        [typeof(VcdStorageProfile)] = ("vdcstorageProfile", "storage profile"),
        [typeof(VcdUser)] = ("user", "user"),
        [typeof(VcdGroup)] = ("group", "group"),
        [typeof(VcdRole)] = ("role", "role"),
        [typeof(VcdEdgeGateway)] = ("gateway", "edge gateway"),
        [typeof(VcdTask)] = ("task", "task"),
    };

    /// <summary>The kind in ids: <c>urn:vcloud:KIND:…</c>; null of a class that stands for many kinds.</summary>
    public static string? KindOf(Type type) => Classes.TryGetValue(type, out var known) ? known.Kind : null;

    /// <summary>The class in a sentence.</summary>
    public static string TitleOf(Type type) => Classes.TryGetValue(type, out var known) ? known.Title : "entity";

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
}
