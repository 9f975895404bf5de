using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Lists virtual machines: those of vApps, or those of the templates that are piped.</summary>
[Cmdlet(VerbsCommon.Get, "VcdVM", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VcdVM))]
public sealed class GetVcdVMCommand : VcdChildCmdlet<VcdVM>
{
    /// <summary>The vApps that they are in: names, wildcards, or objects.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVAppArgument[]? VApp { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<VcdParent<VcdVM>> Parents =>
    [
        new VcdParent<VcdVM, VcdVApp>("VApp", "containerName", static v => v.VApp, static v => v.VAppHref, VApp),
        new VcdParent<VcdVM, VcdTemplate>("InputObject", "containerName", static v => v.VApp, static v => v.VAppHref),
    ];

    /// <inheritdoc/>
    private protected override IReadOnlyList<VcdCondition> Conditions => [new VcdCondition("isVAppTemplate") { Values = [OfTemplates ? "true" : "false"] }];

    private bool OfTemplates => InputObject is VcdTemplate || (InputObject as VcdRecord)?.ToObject() is VcdTemplate;

    /// <inheritdoc/>
    private protected override bool Means(VcdVM item) => (item.IsInTemplate ?? false) == OfTemplates;
}
