using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Lists the edge gateways of virtual data centers.</summary>
[Cmdlet(VerbsCommon.Get, "VcdEdgeGateway", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VcdEdgeGateway))]
public sealed class GetVcdEdgeGatewayCommand : VcdChildCmdlet<VcdEdgeGateway>
{
    /// <summary>The virtual data centers that they are in: names, wildcards, or objects.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVdcArgument[]? Vdc { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<VcdParent<VcdEdgeGateway>> Parents =>
    [
        new VcdParent<VcdEdgeGateway, VcdVdc>("Vdc", "orgVdcName", static i => i.Vdc, static i => i.VdcHref, Vdc),
    ];
}
