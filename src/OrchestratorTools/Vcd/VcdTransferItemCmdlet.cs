using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets that bring items from one catalog into another.</summary>
public abstract class VcdTransferItemCmdlet : VcdTaskCmdlet
{
    private int _items;

    /// <summary>The items: names, ids, or what Get-VcdCatalogItem, Get-VcdMedia or Get-VcdTemplate returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdCatalogItem>))]
    [ValidateNotNullOrEmpty]
    public VcdCatalogItemArgument[] Item { get; set; } = [];

    /// <summary>The catalog that they come into: a name, an id, or what Get-VcdCatalog returned.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNull]
    public VcdCatalogArgument? ToCatalog { get; set; }

    /// <summary>The catalog that they are in, where names are given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNull]
    public VcdCatalogArgument? Catalog { get; set; }

    /// <summary>The name in the new catalog; default: the same. For one item only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The description in the new catalog; default: the same.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>True where the items leave the catalog that they are in.</summary>
    private protected abstract bool Moves { get; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in Item)
        {
            if (++_items > 1 && Name is not null)
            {
                ThrowBadParameter(nameof(Name), Name, "one name is for one item; leave -Name out to keep the names.");
            }

            Attempt(() => Transfer(argument), argument.Item ?? (object)argument.Text);
        }
    }

    private void Transfer(VcdCatalogItemArgument argument)
    {
        var session = SessionOf(argument.Source ?? Catalog?.Catalog, ToCatalog!.Catalog);
        var client = ClientFor(session, argument.Source ?? Catalog?.Catalog, ToCatalog.Catalog);
        var target = ToCatalog.Catalog ?? Await(token => VcdLookup.CatalogAsync(client, ToCatalog.Name, nameof(ToCatalog), token));
        var item = Await(token => VcdLookup.CatalogItemAsync(client, argument, nameof(Item), Catalog, token));
        var name = Name ?? item.Name;
        var from = item.Catalog is { } catalog ? $" of catalog '{catalog}'" : string.Empty;
        if (ShouldProcess($"item '{item.Name}'{from} at {session.Server.Authority}", $"{(Moves ? "Move" : "Copy")} into catalog '{target.Name}' as '{name}'"))
        {
            var (description, moves) = (Description, Moves);
            Start(
                client,
                $"{(moves ? "Moving" : "Copying")} '{item.Name}' into catalog '{target.Name}'",
                item,
                (c, token) => c.CopyCatalogItemAsync(item.Href, target.Href, name, description, moves, token),
                async (c, change, token) => await c.CatalogItemOfAsync(change, target.Href, name, token).ConfigureAwait(false));
        }
    }
}
