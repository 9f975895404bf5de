using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Shows the networks of vApps: how they are connected, their addresses, DHCP, firewall and translation of addresses.</summary>
[Cmdlet(VerbsCommon.Get, "VcdVAppNetwork")]
[OutputType(typeof(VcdVAppNetwork))]
public sealed class GetVcdVAppNetworkCommand : VcdVAppShowingCmdlet
{
    /// <summary>The vApps: names, wildcards, ids, or what Get-VcdVApp returned.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override VcdVAppArgument[] VApp { get; set; } = [];

    /// <summary>Names of networks; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(VcdVAppNetworkCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    private protected override void OnVApp(VcdClient client, VcdVApp vapp) => WriteObject(Await(token => VcdVAppNetworkLookup.FindAsync(client, vapp, Name, token)), enumerateCollection: true);
}
