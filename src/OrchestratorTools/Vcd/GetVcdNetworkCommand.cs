using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Lists the networks of virtual data centers.</summary>
[Cmdlet(VerbsCommon.Get, "VcdNetwork", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VcdNetwork))]
public sealed class GetVcdNetworkCommand : VcdChildCmdlet<VcdNetwork>
{
    /// <summary>The virtual data centers that they are in: names, wildcards, or objects.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVdcArgument[]? Vdc { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<VcdParent<VcdNetwork>> Parents =>
    [
        new VcdParent<VcdNetwork, VcdVdc>("Vdc", "vdcName", static i => i.Vdc, static i => i.VdcHref, Vdc),
    ];
}
