using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Shows the product sections of virtual machines or vApps: what they say of their software, and the properties that guests read from their OVF environment.</summary>
[Cmdlet(VerbsCommon.Get, "VcdProductSection", DefaultParameterSetName = VMSet)]
[OutputType(typeof(VcdProductSection))]
public sealed class GetVcdProductSectionCommand : VcdShowingCmdlet
{
    private const string VMSet = "VM";
    private const string VAppSet = "VApp";

    /// <summary>The virtual machines: names, wildcards, ids, or what Get-VcdVM returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = VMSet)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdVM>))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVMArgument[] VM { get; set; } = [];

    /// <summary>The vApps whose own product sections are meant: names, wildcards, ids, or what Get-VcdVApp returned.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = VAppSet)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVAppArgument[] VApp { get; set; } = [];

    /// <summary>Returns the values of properties that are passwords too, as SecureStrings.</summary>
    [Parameter]
    public SwitchParameter IncludePassword { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var target in ParameterSetName is VAppSet ? VcdProductTargets.Of(VApp) : VcdProductTargets.Of(VM))
        {
            Attempt(
                () =>
                {
                    foreach (var session in Sessions(target.Source ?? Organization?.Organization))
                    {
                        var client = ClientFor(session, target.Source);
                        foreach (var of in Await(token => target.FindAsync(client, token)))
                        {
                            Attempt(() => WriteObject(Await(token => client.GetProductSectionsAsync(of, IncludePassword, token)), enumerateCollection: true), of);
                        }
                    }
                },
                target.Target);
        }
    }
}
