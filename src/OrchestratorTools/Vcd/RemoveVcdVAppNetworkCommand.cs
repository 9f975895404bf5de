using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Takes networks out of vApps.</summary>
[Cmdlet(VerbsCommon.Remove, "VcdVAppNetwork", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VcdTask))]
public sealed class RemoveVcdVAppNetworkCommand : VcdVAppNetworkTaskCmdlet
{
    /// <summary>The vApps: names, wildcards, ids, or what Get-VcdVApp returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVAppArgument[] VApp { get; set; } = [];

    /// <summary>Names of networks of the vApps; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdVAppNetworkCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The networks, as Get-VcdVAppNetwork returned them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = NetworkSet)]
    [ValidateNotNullOrEmpty]
    public VcdVAppNetwork[] InputObject { get; set; } = [];

    /// <summary>The virtual data center that the vApps are in, where names are given.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [ValidateNotNull]
    public VcdVdcArgument? Vdc { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord() => Choose(InputObject, VApp, Name, Vdc, "Remove; it cannot be undone");

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        foreach (var (client, href, vapp, networks) in Chosen)
        {
            Start(client, $"Removing {networks.Count} network{(networks.Count > 1 ? "s" : string.Empty)} of vApp '{vapp}'", vapp, (c, token) => c.RemoveVAppNetworksAsync(href, networks, token));
        }

        base.OnEnd();
    }
}
