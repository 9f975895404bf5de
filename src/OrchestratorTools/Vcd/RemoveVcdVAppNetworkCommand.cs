using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Takes networks out of vApps.</summary>
[Cmdlet(VerbsCommon.Remove, "VcdVAppNetwork", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VcdTask))]
public sealed class RemoveVcdVAppNetworkCommand : VcdTaskCmdlet
{
    private const string NameSet = "Name";
    private const string NetworkSet = "Network";

    private readonly VcdVAppNetworkBatch _batch = new();

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

    /// <summary>More at once than catalogs.</summary>
    public RemoveVcdVAppNetworkCommand() => ThrottleLimit = 8;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var network in InputObject)
        {
            Attempt(() => Note(ClientFor(SessionOf(network), network), network), network);
        }

        foreach (var argument in VApp)
        {
            Attempt(
                () =>
                {
                    var source = argument.Source ?? Vdc?.Source;
                    var client = ClientFor(SessionOf(source), source);
                    foreach (var vapp in Await(token => VcdLookup.ManyAsync<VcdVApp>(client, argument, nameof(VApp), VcdLookup.In(Vdc), token)))
                    {
                        Attempt(
                            () =>
                            {
                                foreach (var network in Await(token => VcdVAppNetworkLookup.FindAsync(client, vapp, Name, token)))
                                {
                                    Note(client, network);
                                }
                            },
                            vapp);
                    }
                },
                argument.VApp ?? (object)argument.Name);
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        foreach (var (client, href, vapp, networks) in _batch.Entries)
        {
            Start(client, $"Removing {networks.Count} network{(networks.Count > 1 ? "s" : string.Empty)} of vApp '{vapp}'", vapp, (c, token) => c.RemoveVAppNetworksAsync(href, networks, token));
        }

        base.OnEnd();
    }

    private void Note(VcdClient client, VcdVAppNetwork network)
    {
        if (ShouldProcess($"network '{network.Name}' of vApp '{network.VApp}' at {client.Session.Server.Authority}", "Remove; it cannot be undone"))
        {
            _batch.Add(client, network.Href, network.VApp, network.Name);
        }
    }
}
