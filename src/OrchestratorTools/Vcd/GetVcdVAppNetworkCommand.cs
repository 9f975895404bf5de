using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Shows the networks of vApps: how they are connected, their addresses, DHCP, firewall and translation of addresses.</summary>
[Cmdlet(VerbsCommon.Get, "VcdVAppNetwork")]
[OutputType(typeof(VcdVAppNetwork))]
public sealed class GetVcdVAppNetworkCommand : VcdShowingCmdlet
{
    /// <summary>The vApps: names, wildcards, ids, or what Get-VcdVApp returned.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVAppArgument[] VApp { get; set; } = [];

    /// <summary>Names of networks; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(VcdVAppNetworkCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The virtual data center that the vApps are in, where names are given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [ValidateNotNull]
    public VcdVdcArgument? Vdc { get; set; }

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
                            Attempt(() => WriteObject(Await(token => VcdVAppNetworkLookup.FindAsync(client, vapp, Name, token)), enumerateCollection: true), vapp);
                        }
                    }
                },
                argument.VApp ?? (object)argument.Name);
        }
    }
}
