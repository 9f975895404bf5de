using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Lists the items of catalogs: media and vApp templates.</summary>
[Cmdlet(VerbsCommon.Get, "VcdCatalogItem")]
[OutputType(typeof(VcdCatalogItem))]
public sealed class GetVcdCatalogItemCommand : VcdReadingCmdlet
{
    /// <summary>Names; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(VcdCatalogItemCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The catalogs that hold them: names, wildcards, or catalogs from the pipeline.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdCatalogArgument[]? Catalog { get; set; }

    /// <summary>Only items of this kind.</summary>
    [Parameter]
    public VcdCatalogItemType? Type { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var names = new VcdNames(Name);
        foreach (var piped in Catalog?.Where(c => c.Catalog is not null) ?? [])
        {
            List(names, new VcdNames([WildcardPattern.Escape(piped.Name)]), piped.Catalog);
        }

        var typed = Catalog?.Where(c => c.Catalog is null).Select(c => c.Name).ToArray();
        if (typed is not { Length: 0 })
        {
            List(names, new VcdNames(typed), null);
        }

        WriteNotFound(names, Type is null ? "item" : $"item of type {Type}", nameof(Name), Catalog is null ? string.Empty : $" in catalog '{string.Join(", ", Catalog.Select(c => c.Name))}'");
    }

    private void List(VcdNames names, VcdNames catalogs, VcdCatalog? piped)
    {
        foreach (var session in Sessions(piped))
        {
            Stream(token => Client(session).GetCatalogItemsAsync(names.Patterns, catalogs.Patterns, Type, token), item =>
            {
                // Two organizations may each have a catalog of the name: a piped one is meant by its id.
                var here = piped is not null && item.CatalogHref is not null ? VcdObject.IsSame(item.CatalogHref, piped.Id) : catalogs.Means(item.Catalog);
                if (here && (Type is null || string.Equals(item.Type, Type.ToString(), StringComparison.Ordinal)) && names.Means(item.Name))
                {
                    WriteObject(item);
                }
            });
        }
    }
}
