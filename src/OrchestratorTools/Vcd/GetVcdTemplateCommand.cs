using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Lists vApp templates.</summary>
[Cmdlet(VerbsCommon.Get, "VcdTemplate", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VcdTemplate))]
public sealed class GetVcdTemplateCommand : VcdChildCmdlet<VcdTemplate>
{
    /// <summary>The catalogs that hold them: names, wildcards, or objects.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdCatalogArgument[]? Catalog { get; set; }

    /// <summary>The virtual data centers that they are in: names, wildcards, or objects.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVdcArgument[]? Vdc { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<VcdParent<VcdTemplate>> Parents =>
    [
        new VcdParent<VcdTemplate, VcdCatalog>("Catalog", "catalogName", static i => i.Catalog, static i => i.CatalogHref, Catalog),
        new VcdParent<VcdTemplate, VcdVdc>("Vdc", "vdcName", static i => i.Vdc, static i => i.VdcHref, Vdc),
    ];
}
