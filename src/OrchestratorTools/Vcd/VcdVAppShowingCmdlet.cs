using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets that show something of vApps.</summary>
public abstract class VcdVAppShowingCmdlet : VcdShowingCmdlet
{
    /// <summary>The vApps: names, wildcards, ids, or what Get-VcdVApp returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public virtual VcdVAppArgument[] VApp { get; set; } = [];

    /// <summary>The virtual data center that the vApps are in, where names are given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [ValidateNotNull]
    public virtual VcdVdcArgument? Vdc { get; set; }

    /// <summary>One of the vApps that are meant.</summary>
    private protected abstract void OnVApp(VcdClient client, VcdVApp vapp);

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in VApp)
        {
            Attempt(
                () =>
                {
                    foreach (var session in Sessions(argument.Source ?? Vdc?.Source ?? Organization?.Organization))
                    {
                        var client = ClientFor(session, argument.Source ?? Vdc?.Source);
                        foreach (var vapp in Await(token => VcdLookup.ManyAsync<VcdVApp>(client, argument, nameof(VApp), VcdLookup.In(Vdc), token)))
                        {
                            Attempt(() => OnVApp(client, vapp), vapp);
                        }
                    }
                },
                argument.VApp ?? (object)argument.Name);
        }
    }
}
