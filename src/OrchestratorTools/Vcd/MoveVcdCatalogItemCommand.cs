using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Moves catalog items into another catalog.</summary>
[Cmdlet(VerbsCommon.Move, "VcdCatalogItem", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdCatalogItem))]
public sealed class MoveVcdCatalogItemCommand : VcdTransferItemCmdlet
{
    /// <inheritdoc/>
    private protected override bool Moves => true;
}
