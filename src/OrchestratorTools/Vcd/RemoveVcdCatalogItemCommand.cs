using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Removes items from catalogs, with the media or vApp template that each stands for.</summary>
[Cmdlet(VerbsCommon.Remove, "VcdCatalogItem", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VcdTask))]
public sealed class RemoveVcdCatalogItemCommand : VcdTaskCmdlet
{
    /// <summary>The items: names, ids, or what Get-VcdCatalogItem returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdCatalogItem>))]
    [ValidateNotNullOrEmpty]
    public VcdCatalogItemArgument[] Item { get; set; } = [];

    /// <summary>The catalog that they are in, where names are given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNull]
    public VcdCatalogArgument? Catalog { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in Item)
        {
            Attempt(() => Remove(argument), argument.Item ?? (object)argument.Text);
        }
    }

    private void Remove(VcdCatalogItemArgument argument)
    {
        var session = SessionOf(argument.Source ?? Catalog?.Catalog);
        var client = ClientFor(session, argument.Source ?? Catalog?.Catalog);
        var item = Await(token => VcdLookup.CatalogItemAsync(client, argument, nameof(Item), Catalog, token));
        var with = !client.RemovesWhatItemsStandFor ? "Remove from its catalog"
            : item.Type is nameof(VcdCatalogItemType.Media) ? "Remove, with the media that it stands for; it cannot be undone"
            : "Remove, with the vApp template that it stands for; it cannot be undone";
        if (ShouldProcess($"item '{item.Name}'{(item.Catalog is { } catalog ? $" of catalog '{catalog}'" : string.Empty)} at {session.Server.Authority}", with))
        {
            Start(client, $"Removing item '{item.Name}'", item, (c, token) => c.RemoveCatalogItemAsync(item.Href, token));
        }
    }
}
