using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Lists vApps.</summary>
[Cmdlet(VerbsCommon.Get, "VcdVApp", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VcdVApp))]
public sealed class GetVcdVAppCommand : VcdChildCmdlet<VcdVApp>
{
    /// <summary>The virtual data centers that they are in: names, wildcards, or objects.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVdcArgument[]? Vdc { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<VcdParent<VcdVApp>> Parents =>
    [
        new VcdParent<VcdVApp, VcdVdc>("Vdc", "vdcName", static i => i.Vdc, static i => i.VdcHref, Vdc),
    ];
}
