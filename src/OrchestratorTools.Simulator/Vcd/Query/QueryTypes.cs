namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The query types of this server, with the attributes of the schema (queryRecordView.xsd).</summary>
internal static class QueryTypes
{
    private static readonly Dictionary<string, QueryType> ByName = Build().ToDictionary(t => t.Name, StringComparer.Ordinal);

    /// <summary>Packaged queries: an address of their own for what a typed query does too.</summary>
    private static readonly Dictionary<string, string> Packaged = new(StringComparer.Ordinal)
    {
        ["catalogs"] = "catalog",
        ["mediaList"] = "media",
        ["vAppTemplates"] = "vAppTemplate",
        ["admin/orgs"] = "organization",
        ["admin/vdcs"] = "adminOrgVdc",
    };

    public static IEnumerable<QueryType> All => ByName.Values;

    public static QueryType? Find(string name) => ByName.GetValueOrDefault(name);

    public static QueryType? FindPackaged(string path) => Packaged.TryGetValue(path, out var name) ? Find(name) : null;

    private static IEnumerable<QueryType> Build() =>
    [
        Organizations(),
        Catalogs(),
        AdminCatalogs(),
        Items("catalogItem", "CatalogItem"),
        Items("adminCatalogItem", "AdminCatalogItem"),
        MediaFiles("media", "Media"),
        MediaFiles("adminMedia", "AdminMedia"),
        Templates("vAppTemplate", "VAppTemplate"),
        Templates("adminVAppTemplate", "AdminVAppTemplate"),
        Tasks("task", "Task"),
        Tasks("adminTask", "AdminTask"),
        Vdcs("orgVdc", "OrgVdc"),
        Vdcs("adminOrgVdc", "AdminVdc"),
        StorageProfiles("orgVdcStorageProfile", "OrgVdcStorageProfile"),
        StorageProfiles("adminOrgVdcStorageProfile", "AdminOrgVdcStorageProfile"),
    ];

    private static QueryType Organizations() => new(
        "organization",
        "Org",
        "Org",
        call => call.World.Inventory.Orgs.Values.Where(call.Sees.Sees),
        new FieldList<Organization>()
            .Text("name", o => o.Name)
            .Flag("isReadOnly", o => o.IsSystem)
            .Flag("isEnabled", _ => true)
            .Number("deployedVMQuota", _ => 0)
            .Number("storedVMQuota", _ => 0)
            .Text("displayName", o => o.FullName)
            .Flag("canPublishCatalogs", o => !o.IsSystem)
            .Fields);

    private static QueryType Catalogs() => new(
        "catalog",
        "Catalog",
        "Catalog",
        call => call.World.Inventory.Catalogs.Values.Where(c => Lists(call, "catalog", c)),
        new FieldList<Catalog>()
            .Text("name", c => c.Name)
            .Text("description", c => c.Description)
            .Flag("isPublished", c => c.IsPublished)
            .Flag("isShared", c => c.SharedWith.Count > 0)
            .Time("creationDate", c => c.Created)
            .Text("orgName", c => c.Org.Name)
            .Text("ownerName", c => c.Owner.Name)
            .Number("numberOfVAppTemplates", c => c.Items.Values.LongCount(i => i.Entity is Template))
            .Number("numberOfMedia", c => c.Items.Values.LongCount(i => i.Entity is Media))
            .Ref("owner", c => c.Owner.Reference)
            .Text("publishSubscriptionType", _ => "UNPUBLISHED")
            .Number("version", c => c.Version)
            .Text("status", _ => "READY")
            .Fields)
    {
        Links = (call, entity) => CatalogAnswers.Links(call, (Catalog)entity),
    };

    private static QueryType AdminCatalogs() => new(
        "adminCatalog",
        "AdminCatalog",
        "Catalog",
        call => call.World.Inventory.Catalogs.Values.Where(c => Lists(call, "adminCatalog", c)),
        new FieldList<Catalog>()
            .Ref("org", c => c.Org.Reference)
            .Text("name", c => c.Name)
            .Flag("isPublished", c => c.IsPublished)
            .Flag("isShared", c => c.SharedWith.Count > 0)
            .Time("creationDate", c => c.Created)
            .Text("orgName", c => c.Org.Name)
            .Text("ownerName", c => c.Owner.Name)
            .Number("numberOfTemplates", c => c.Items.Values.LongCount(i => i.Entity is Template))
            .Number("numberOfMedia", c => c.Items.Values.LongCount(i => i.Entity is Media))
            .Ref("owner", c => c.Owner.Reference)
            .Fields)
    {
        Links = (call, entity) => CatalogAnswers.Links(call, (Catalog)entity),
    };

    private static QueryType Items(string name, string element)
    {
        var fields = new FieldList<CatalogItem>()
            .Ref("entity", i => i.Entity.Reference)
            .Text("entityName", i => i.Entity.Name)
            .Text("entityType", i => i.Entity.Kind.Urn)
            .Ref("catalog", i => i.Catalog.Reference)
            .Text("catalogName", i => i.Catalog.Name)
            .Text("ownerName", i => i.Entity.Owner.Name)
            .Ref("owner", i => i.Entity.Owner.Reference)
            .Flag("isPublished", i => i.Catalog.IsPublished)
            .Ref("vdc", i => i.Entity.Vdc.Reference)
            .Text("vdcName", i => i.Entity.Vdc.Name)
            .Flag("isVdcEnabled", _ => true)
            .Time("creationDate", i => i.Created)
            .Flag("isExpired", _ => false)
            .Text("status", i => Assumptions.RecordStatus(i.Entity.Status))
            .Text("name", i => i.Name);
        if (Assumptions.IsProviderQuery(name)) fields.Ref("org", i => i.Catalog.Org.Reference);
        return new QueryType(name, element, "CatalogItem", Rows, fields.Fields);

        IEnumerable<Entity> Rows(VcdCall call)
        {
            var catalogs = call.World.Inventory.Catalogs.Values.Where(c => Lists(call, name, c)).ToHashSet();
            return call.World.Inventory.Items.Values.Where(i => catalogs.Contains(i.Catalog));
        }
    }

    private static QueryType MediaFiles(string name, string element)
    {
        var fields = new FieldList<Media>();
        AddStored(fields, name);
        fields.Number("storageB", m => m.Size);
        return new QueryType(name, element, "Media", call => Stored(call, name, call.World.Inventory.Media.Values), fields.Fields);
    }

    private static QueryType Templates(string name, string element)
    {
        var fields = new FieldList<Template>();
        AddStored(fields, name);
        fields.Flag("isGoldMaster", _ => false).Flag("isEnabled", _ => true).Flag("isDeployed", _ => false).Flag("isExpired", _ => false);
        if (!Assumptions.IsProviderQuery(name)) fields.Text("description", t => t.Description);
        return new QueryType(name, element, "VAppTemplate", call => Stored(call, name, call.World.Inventory.Templates.Values), fields.Fields);
    }

    private static void AddStored<T>(FieldList<T> fields, string type)
        where T : StoredEntity
    {
        fields
            .Text("name", e => e.Name)
            .Text("ownerName", e => e.Owner.Name)
            .Text("catalogName", e => e.Item?.Catalog.Name)
            .Flag("isPublished", e => e.Item is { Catalog.IsPublished: true })
            .Ref("vdc", e => e.Vdc.Reference)
            .Text("vdcName", e => e.Vdc.Name)
            .Ref("org", e => e.Vdc.Org.Reference)
            .Time("creationDate", e => e.Created)
            .Flag("isBusy", e => e.IsBusy)
            .Text("status", e => Assumptions.RecordStatus(e.Status))
            .Text("storageProfileName", e => e.Storage.Name);
        if (Assumptions.IsProviderQuery(type)) fields.Flag("isVdcEnabled", _ => true);
        if (!string.Equals(type, "vAppTemplate", StringComparison.Ordinal))
        {
            // The schema has these for media and both administrators' types, not for vAppTemplate.
            fields.Ref("owner", e => e.Owner.Reference).Ref("catalog", e => e.Item?.Catalog.Reference).Ref("catalogItem", e => e.Item?.Reference);
        }
    }

    private static QueryType Tasks(string name, string element)
    {
        var fields = new FieldList<VcdTask>()
            .Ref("org", t => t.Org.Reference)
            .Text("orgName", t => t.Org.Name)
            .Text("name", t => t.OperationName)
            .Time("startDate", t => t.Start)
            .Time("endDate", t => t.LooksUnfinished ? null : t.End)
            .Text("status", t => TaskAnswers.StateWord(t.State, Assumptions.CanceledIsCalledAbortedFrom))
            .Number("progress", t => t.Progress)
            .Text("ownerName", t => t.User.Name)
            .Ref("object", t => t.Owner)
            .Text("objectType", t => t.Owner.Kind.Urn)
            .Text("objectName", t => t.Owner.Name)
            .Text("serviceNamespace", _ => "com.vmware.vcloud");
        if (Assumptions.IsProviderQuery(name)) fields.Ref("owner", t => t.User.Reference).Text("cellName", _ => "cell-1").Flag("hasOwner", _ => true);
        return new QueryType(name, element, "Task", call => call.World.Tasks.All.Where(t => ByOrg(call, name, t.Org)), fields.Fields);
    }

    private static QueryType Vdcs(string name, string element)
    {
        var fields = new FieldList<Vdc>()
            .Text("name", v => v.Name)
            .Flag("isEnabled", _ => true)
            .Number("storageUsedMB", v => v.StorageProfiles.Sum(p => p.UsedBytes) >> 20)
            .Number("storageLimitMB", v => v.StorageProfiles.Sum(p => p.LimitMegabytes))
            .Text("providerVdcName", _ => "provider-vdc")
            .Text("orgName", v => v.Org.Name)
            .Number("numberOfStorageProfiles", v => v.StorageProfiles.Count)
            .Flag("isSystemVdc", _ => false)
            .Flag("isBusy", _ => false)
            .Text("status", _ => "READY");
        if (Assumptions.IsProviderQuery(name)) fields.Ref("org", v => v.Org.Reference);
        return new QueryType(name, element, element, call => call.World.Inventory.Vdcs.Values.Where(v => ByOrg(call, name, v.Org)), fields.Fields);
    }

    private static QueryType StorageProfiles(string name, string element)
    {
        var fields = new FieldList<StorageProfile>()
            .Text("name", p => p.Name)
            .Flag("isEnabled", _ => true)
            .Flag("isDefaultStorageProfile", p => p.IsDefault)
            .Number("storageUsedMB", p => p.UsedBytes >> 20)
            .Number("storageLimitMB", p => p.LimitMegabytes)
            .Number("numberOfConditions", _ => 0)
            .Ref("vdc", p => p.Vdc.Reference)
            .Text("vdcName", p => p.Vdc.Name);
        if (Assumptions.IsProviderQuery(name)) fields.Ref("org", p => p.Vdc.Org.Reference);
        else fields.Flag("isVdcBusy", _ => false);
        return new QueryType(name, element, element, call => call.World.Inventory.StorageProfiles.Values.Where(p => ByOrg(call, name, p.Vdc.Org)), fields.Fields);
    }

    private static IEnumerable<Entity> Stored(VcdCall call, string type, IEnumerable<StoredEntity> entities)
    {
        var catalogs = call.World.Inventory.Catalogs.Values.Where(c => Lists(call, type, c)).ToHashSet();
        return entities.Where(e => e.Item is { } item ? catalogs.Contains(item.Catalog) : ByOrg(call, type, e.Vdc.Org));
    }

    /// <summary>
    /// Plain types list what the scope's organization may see (the provider without a context is a user of System); the provider's own types list by owner,
    /// over all tenants or the one that a context header names.
    /// </summary>
    private static bool Lists(VcdCall call, string type, Catalog catalog)
        => Assumptions.IsProviderQuery(type) ? call.Sees.Sees(catalog.Org) : catalog.Org == call.Sees.Org || catalog.IsPublished || catalog.SharedWith.Contains(call.Sees.Org);

    private static bool ByOrg(VcdCall call, string type, Organization org) => Assumptions.IsProviderQuery(type) ? call.Sees.Sees(org) : org == call.Sees.Org;
}
