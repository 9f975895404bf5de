using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Query types of catalogs and what is in them.</summary>
internal static class CatalogQueries
{
    public static IEnumerable<QueryType> Types =>
    [
        Catalogs(),
        AdminCatalogs(),
        Items("catalogItem"),
        Items("adminCatalogItem"),
        MediaFiles("media"),
        MediaFiles("adminMedia"),
        Templates("vAppTemplate"),
        Templates("adminVAppTemplate"),
    ];

    private static QueryType Catalogs() => CatalogFields()
        .Text("description", c => c.Description)
        .Number("numberOfVAppTemplates", c => c.Items.Values.LongCount(i => i.Entity is Template))
        .Text("publishSubscriptionType", c => c.Subscription is not null ? "SUBSCRIBED" : c.Publication is not null ? "PUBLISHED" : "UNPUBLISHED")
        .Number("version", c => c.Version)
        .Text("status", _ => "READY")
        .Build("catalog", call => call.World.Inventory.Catalogs.Values.Where(c => QueryScope.Lists(call, "catalog", c)), CatalogAnswers.Links);

    private static QueryType AdminCatalogs() => CatalogFields()
        .Ref("org", c => c.Org.Reference)
        .Number("numberOfTemplates", c => c.Items.Values.LongCount(i => i.Entity is Template))
        .Build("adminCatalog", call => call.World.Inventory.Catalogs.Values.Where(c => QueryScope.Lists(call, "adminCatalog", c)), CatalogAnswers.Links);

    private static FieldList<Catalog> CatalogFields() => new FieldList<Catalog>()
        .Text("name", c => c.Name)
        .Flag("isPublished", c => c.IsPublished)
        .Flag("isShared", c => c.Access.IsShared)
        .Time("creationDate", c => c.Created)
        .Text("orgName", c => c.Org.Name)
        .Text("ownerName", c => c.Owner.Name)
        .Number("numberOfMedia", c => c.Items.Values.LongCount(i => i.Entity is Media))
        .Ref("owner", c => c.Owner.Reference)
        .Flag("isLocal", _ => true);

    private static QueryType Items(string name)
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
        return fields.Build(name, Rows);

        IEnumerable<Entity> Rows(VcdCall call)
        {
            var catalogs = call.World.Inventory.Catalogs.Values.Where(c => QueryScope.Lists(call, name, c)).ToHashSet();
            return call.World.Inventory.Items.Values.Where(i => catalogs.Contains(i.Catalog));
        }
    }

    private static QueryType MediaFiles(string name)
    {
        var fields = Stored<Media>(name).Number("storageB", m => m.Size).Ref("owner", m => m.Owner.Reference).Ref("catalog", m => m.Item?.Catalog.Reference).Ref("catalogItem", m => m.Item?.Reference);
        if (!Assumptions.IsProviderQuery(name)) fields.Number("version", _ => 1).Text("description", m => m.Description);
        return fields.Build(name, call => Visible(call, name, call.World.Inventory.Media.Values), Links);
    }

    private static QueryType Templates(string name)
    {
        // The schema of 30.0 gives the owner, the catalog and its entry to administrators only; the catalog came to others later.
        var fields = Stored<Template>(name)
            .Flag("isGoldMaster", _ => false)
            .Flag("isEnabled", _ => true)
            .Flag("isDeployed", _ => false)
            .Flag("isExpired", _ => false)
            .Ref("catalog", t => t.Item?.Catalog.Reference);
        if (Assumptions.IsProviderQuery(name)) fields.Ref("owner", t => t.Owner.Reference).Ref("catalogItem", t => t.Item?.Reference);
        else fields.Text("description", t => t.Description).Number("version", _ => 1);
        return fields.Build(name, call => Visible(call, name, call.World.Inventory.Templates.Values), Links);
    }

    private static FieldList<T> Stored<T>(string type)
        where T : StoredEntity
    {
        var fields = new FieldList<T>()
            .Text("name", e => e.Name)
            .Text("ownerName", e => e.Owner.Name)
            .Flag("isPublished", e => e.Item is { Catalog.IsPublished: true })
            .Text("catalogName", e => e.Item?.Catalog.Name)
            .Ref("vdc", e => e.Vdc.Reference)
            .Text("vdcName", e => e.Vdc.Name)
            .Ref("org", e => e.Vdc.Org.Reference)
            .Time("creationDate", e => e.Created)
            .Flag("isBusy", e => e.IsBusy)
            .Text("status", e => Assumptions.RecordStatus(e.Status))
            .Text("storageProfileName", e => e.Storage.Name);
        if (Assumptions.IsProviderQuery(type)) fields.Flag("isVdcEnabled", _ => true);
        return fields;
    }

    private static IEnumerable<XElement> Links(VcdCall call, StoredEntity entity) => StoredEntityAnswers.Links(call, entity);

    private static IEnumerable<Entity> Visible(VcdCall call, string type, IEnumerable<StoredEntity> entities)
    {
        var catalogs = call.World.Inventory.Catalogs.Values.Where(c => QueryScope.Lists(call, type, c)).ToHashSet();
        return entities.Where(e => e.Item is { } item ? catalogs.Contains(item.Catalog) : QueryScope.Lists(call, type, e.Vdc.Org) && call.Sees.Sees(e));
    }
}
