using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Synchronizes subscribed catalogs, or single items of them, with what they are subscribed to.</summary>
[Cmdlet(VerbsData.Sync, "VcdCatalog", DefaultParameterSetName = CatalogSet, SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdCatalog), typeof(VcdCatalogItem))]
public sealed class SyncVcdCatalogCommand : VcdTaskCmdlet
{
    private const string CatalogSet = "Catalog";
    private const string ItemSet = "Item";

    /// <summary>The catalogs: names, ids, or what Get-VcdCatalog returned. With -Item: the catalog that the items are in.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CatalogSet, ValueFromPipeline = true)]
    [Parameter(Position = 0, ParameterSetName = ItemSet)]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNullOrEmpty]
    public VcdCatalogArgument[]? Catalog { get; set; }

    /// <summary>Only these items: names, ids, or what Get-VcdCatalogItem returned.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ItemSet, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdCatalogItem>))]
    [ValidateNotNullOrEmpty]
    public VcdCatalogItemArgument[] Item { get; set; } = [];

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (ParameterSetName == CatalogSet)
        {
            foreach (var argument in Catalog!)
            {
                Attempt(() => SyncCatalog(argument), argument.Catalog ?? (object)argument.Name);
            }

            return;
        }

        if (Catalog is { Length: > 1 })
        {
            ThrowBadParameter(nameof(Catalog), string.Join(", ", Catalog.Select(c => c.Name)), "items are of one catalog.");
        }

        foreach (var argument in Item)
        {
            Attempt(() => SyncItem(argument), argument.Item ?? (object)argument.Text);
        }
    }

    private void SyncCatalog(VcdCatalogArgument argument)
    {
        var session = SessionOf(argument.Catalog);
        var client = ClientFor(session, argument.Catalog);
        var catalog = argument.Catalog ?? Await(token => VcdLookup.CatalogAsync(client, argument.Name, nameof(Catalog), token));
        if (ShouldProcess($"catalog '{catalog.Name}' at {session.Server.Authority}", "Synchronize with what it is subscribed to"))
        {
            Start(client, $"Synchronizing catalog '{catalog.Name}'", catalog, (c, token) => c.SyncAsync(catalog.Href, token), async (c, change, token) => await c.CatalogOfAsync(change, catalog.Href, catalog.Organization, token).ConfigureAwait(false));
        }
    }

    private void SyncItem(VcdCatalogItemArgument argument)
    {
        var catalog = Catalog is [var only] ? only : null;
        var session = SessionOf(argument.Source ?? catalog?.Catalog);
        var client = ClientFor(session, argument.Source ?? catalog?.Catalog);
        var item = Await(token => VcdLookup.CatalogItemAsync(client, argument, nameof(Item), catalog, token));
        if (ShouldProcess($"item '{item.Name}'{(item.Catalog is { } name ? $" of catalog '{name}'" : string.Empty)} at {session.Server.Authority}", "Synchronize with what its catalog is subscribed to"))
        {
            Start(client, $"Synchronizing item '{item.Name}'", item, (c, token) => c.SyncAsync(item.Href, token), async (c, _, token) => await c.GetEntityAsync<VcdCatalogItem>(item.Href, token).ConfigureAwait(false));
        }
    }
}
