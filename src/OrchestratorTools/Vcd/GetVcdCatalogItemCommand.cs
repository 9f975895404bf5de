using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Lists the items of catalogs: media and vApp templates.</summary>
[Cmdlet(VerbsCommon.Get, "VcdCatalogItem", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VcdCatalogItem))]
public sealed class GetVcdCatalogItemCommand : VcdChildCmdlet<VcdCatalogItem>
{
    /// <summary>The catalogs that hold them: names, wildcards, or objects.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdCatalogArgument[]? Catalog { get; set; }

    /// <summary>Only items of this kind.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public VcdCatalogItemType? Type { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<VcdParent<VcdCatalogItem>> Parents =>
    [
        new VcdParent<VcdCatalogItem, VcdCatalog>("Catalog", "catalogName", static i => i.Catalog, static i => i.CatalogHref, Catalog),
    ];

    /// <inheritdoc/>
    private protected override IReadOnlyList<VcdCondition> Conditions => Type is { } type ? [VcdClient.OfEntityType(type)] : [];

    /// <inheritdoc/>
    private protected override string Title => Type is null ? "item" : $"item of type {Type}";

    /// <inheritdoc/>
    private protected override bool Means(VcdCatalogItem item) => Type is null || string.Equals(item.Type, Type.ToString(), StringComparison.Ordinal);
}
