namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Everything that the server has, by id: the order in which it lists things that are not sorted.</summary>
internal sealed partial class Inventory
{
    public List<Account> Accounts { get; } = [];

    public IdTable<Organization> Orgs { get; } = new();

    public IdTable<Vdc> Vdcs { get; } = new();

    public IdTable<StorageProfile> StorageProfiles { get; } = new();

    public IdTable<Catalog> Catalogs { get; } = new();

    public IdTable<CatalogItem> Items { get; } = new();

    public IdTable<Media> Media { get; } = new();

    public IdTable<Template> Templates { get; } = new();

    /// <summary>Everything that can be downloaded.</summary>
    public IEnumerable<IDownloadable> Downloadable => Media.Values.Cast<IDownloadable>().Concat(Templates.Values).Concat(VApps.Values);

    public Organization? FindOrg(string name) => Orgs.Values.FirstOrDefault(o => string.Equals(o.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds an entity; its bytes count against its storage profile.</summary>
    public void Add(StoredEntity entity)
    {
        entity.Storage.UsedBytes += Math.Max(0, entity.Size);
        if (entity is Media media) Media.Add(media.Id, media);
        if (entity is Template template) Templates.Add(template.Id, template);
    }

    /// <summary>Puts an entity into a catalog.</summary>
    public CatalogItem AddItem(CatalogItem item)
    {
        Items.Add(item.Id, item);
        item.Catalog.Items.Add(item.Id, item);
        item.Catalog.Version++;
        item.Entity.Item = item;
        return item;
    }

    /// <summary>Puts an entry into another catalog.</summary>
    public static void Move(CatalogItem item, Catalog target)
    {
        item.Catalog.Items.Remove(item.Id);
        item.Catalog.Version++;
        item.Catalog = target;
        target.Items.Add(item.Id, item);
        target.Version++;
    }

    /// <summary>Takes an entity, and the entry that names it, away.</summary>
    public void Remove(StoredEntity entity)
    {
        entity.Storage.UsedBytes -= Math.Max(0, entity.Size);
        Media.Remove(entity.Id);
        foreach (var machine in Machines.Values.Where(m => m.InsertedMedia == entity)) machine.InsertedMedia = null;
        Templates.Remove(entity.Id);
        entity.Download?.End("removed");
        if (entity.Item is { } item) Remove(item);
    }

    /// <summary>Takes an entry away; what it names stays.</summary>
    public void Remove(CatalogItem item)
    {
        Items.Remove(item.Id);
        item.Catalog.Items.Remove(item.Id);
        item.Catalog.Version++;
        item.Entity.Item = null;
    }
}
