using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Copies catalog items into another catalog.</summary>
[Cmdlet(VerbsCommon.Copy, "VcdCatalogItem", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdCatalogItem))]
public sealed class CopyVcdCatalogItemCommand : VcdTransferItemCmdlet
{
    /// <inheritdoc/>
    private protected override bool Moves => false;
}
