using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Lists the storage profiles of virtual data centers.</summary>
[Cmdlet(VerbsCommon.Get, "VcdStorageProfile", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VcdStorageProfile))]
public sealed class GetVcdStorageProfileCommand : VcdChildCmdlet<VcdStorageProfile>
{
    /// <summary>The virtual data centers that they are in: names, wildcards, or objects.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVdcArgument[]? Vdc { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<VcdParent<VcdStorageProfile>> Parents =>
    [
        new VcdParent<VcdStorageProfile, VcdVdc>("Vdc", "vdcName", static i => i.Vdc, static i => i.VdcHref, Vdc),
    ];
}
