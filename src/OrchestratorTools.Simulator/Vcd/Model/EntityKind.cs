namespace OrchestratorTools.Simulator.Vcd;

/// <summary>A kind of thing that has an href and a URN.</summary>
/// <param name="Path">The segment after <c>/api/</c>.</param>
/// <param name="Urn">The kind's word in a URN.</param>
/// <param name="MediaType">The type of its representation, without the version.</param>
/// <param name="IdPrefix">What stands before the id in its href.</param>
internal sealed record EntityKind(string Path, string Urn, string MediaType, string IdPrefix = "")
{
    public static readonly EntityKind Org = new("org", "org", MediaTypes.Org);
    public static readonly EntityKind AdminOrg = new("admin/org", "org", MediaTypes.AdminOrg);
    public static readonly EntityKind Vdc = new("vdc", "vdc", MediaTypes.Vdc);
    public static readonly EntityKind StorageProfile = new("vdcStorageProfile", "vdcstorageProfile", MediaTypes.StorageProfile);
    public static readonly EntityKind Catalog = new("catalog", "catalog", MediaTypes.Catalog);
    public static readonly EntityKind AdminCatalog = new("admin/catalog", "catalog", MediaTypes.AdminCatalog);
    public static readonly EntityKind CatalogItem = new("catalogItem", "catalogitem", MediaTypes.CatalogItem);
    public static readonly EntityKind Media = new("media", "media", MediaTypes.Media);
    public static readonly EntityKind Template = new("vAppTemplate", "vapptemplate", MediaTypes.Template, "vappTemplate-");
    public static readonly EntityKind Task = new("task", "task", MediaTypes.Task);
    public static readonly EntityKind TasksList = new("tasksList", "taskslist", MediaTypes.TasksList);
    public static readonly EntityKind User = new("admin/user", "user", MediaTypes.User);
    public static readonly EntityKind Group = new("admin/group", "group", MediaTypes.Group);
    public static readonly EntityKind Role = new("admin/role", "role", MediaTypes.Role);
    public static readonly EntityKind Right = new("admin/right", "right", MediaTypes.Right);
    public static readonly EntityKind AdminVdc = new("admin/vdc", "vdc", MediaTypes.AdminVdc);
    public static readonly EntityKind AdminStorageProfile = new("admin/vdcStorageProfile", "vdcstorageProfile", MediaTypes.AdminStorageProfile);
    public static readonly EntityKind VApp = new("vApp", "vapp", MediaTypes.VApp, "vapp-");
    public static readonly EntityKind Vm = new("vApp", "vm", MediaTypes.Vm, "vm-");
    public static readonly EntityKind TemplateVm = new("vAppTemplate", "vm", MediaTypes.Vm, "vm-");
    public static readonly EntityKind Disk = new("disk", "disk", MediaTypes.Disk);
    public static readonly EntityKind Network = new("network", "network", MediaTypes.OrgVdcNetwork);
    public static readonly EntityKind AdminNetwork = new("admin/network", "network", MediaTypes.OrgVdcNetwork);
    public static readonly EntityKind VAppNetwork = new("network", "network", MediaTypes.VAppNetwork);
    public static readonly EntityKind ExternalNetwork = new("admin/network", "network", MediaTypes.ExternalNetwork);
    public static readonly EntityKind EdgeGateway = new("admin/edgeGateway", "gateway", MediaTypes.EdgeGateway);

    /// <summary>The kinds that <c>/api/entity/URN</c> resolves.</summary>
    public static readonly IReadOnlyList<EntityKind> Resolvable =
    [
        Org, Vdc, StorageProfile, Catalog, CatalogItem, Media, Template, Task,
        VApp, Vm, TemplateVm, Disk, Network, AdminNetwork, EdgeGateway, User, Group, Role, Right, AdminOrg, AdminCatalog, AdminVdc, AdminStorageProfile,
    ];

    public string UrnOf(Guid id) => $"urn:vcloud:{Urn}:{id}";
}

/// <summary>A reference to something, as it stands in elements and query attributes.</summary>
internal sealed record Reference(EntityKind Kind, Guid Id, string Name);
