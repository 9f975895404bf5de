using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Makes media and vApp templates that there are items of a catalog.</summary>
[Cmdlet(VerbsCommon.Add, "VcdCatalogItem", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdCatalogItem))]
public sealed class AddVcdCatalogItemCommand : VcdTaskCmdlet
{
    private int _items;

    /// <summary>The media or vApp templates: what Get-VcdMedia or Get-VcdTemplate returned, ids or addresses.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public VcdEntityArgument[] InputObject { get; set; } = [];

    /// <summary>The catalog: a name, an id, or what Get-VcdCatalog returned.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNull]
    public VcdCatalogArgument? Catalog { get; set; }

    /// <summary>The name of the new item; default: the name of the media or template. For one only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The description of the new item.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in InputObject)
        {
            if (++_items > 1 && Name is not null)
            {
                ThrowBadParameter(nameof(Name), Name, "one name is for one item; leave -Name out to give each its own.");
            }

            Attempt(() => Add(argument), argument.Item ?? (object)argument.Text);
        }
    }

    private void Add(VcdEntityArgument argument)
    {
        if (argument.Item is not null and not VcdMedia and not VcdTemplate)
        {
            throw NotOfUse(argument.Item, "only media and vApp templates become items of a catalog");
        }

        var session = SessionOf(argument.Source, Catalog!.Catalog);
        var client = ClientFor(session, argument.Source, Catalog.Catalog);
        var catalog = Catalog.Catalog ?? Await(token => VcdLookup.CatalogAsync(client, Catalog.Name, nameof(Catalog), token));
        var name = Name ?? (argument.Item ?? Await(token => client.GetEntityAsync(argument.Text, null, token))).Name;
        if (ShouldProcess($"catalog '{catalog.Name}' at {session.Server.Authority}", $"Add '{argument.Text}' as item '{name}'"))
        {
            var description = Description;
            Start(
                client,
                $"Adding '{name}' to catalog '{catalog.Name}'",
                argument.Item ?? (object)argument.Text,
                (c, token) => c.AddCatalogItemAsync(catalog.Href, argument.Href, name, description, token),
                async (c, change, token) => await c.CatalogItemOfAsync(change, catalog.Href, name, token).ConfigureAwait(false));
        }
    }
}
