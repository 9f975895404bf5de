using System.Management.Automation;
using System.Reflection;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Changes networks of vApps.</summary>
[Cmdlet(VerbsCommon.Set, "VcdVAppNetwork", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VcdTask), typeof(VcdVAppNetwork))]
public sealed class SetVcdVAppNetworkCommand : VcdVAppNetworkPlanCmdlet
{
    private const string NameSet = "Name";
    private const string NetworkSet = "Network";

    // What a question names: the parameters that say what the network is to be like.
    private static readonly HashSet<string> Settings = typeof(VcdVAppNetworkPlanCmdlet).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);

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

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (PlanOf() == new VcdVAppNetworkPlan())
        {
            ThrowBadParameter(nameof(Description), null, "there is nothing to change; say what the network is to be like.");
        }
    }


    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var network in InputObject)
        {
            Attempt(() => Note(ClientFor(SessionOf(network, ParentNetwork?.Source), network, ParentNetwork?.Source), network), network);
        }

        foreach (var argument in VApp)
        {
            Attempt(
                () =>
                {
                    var source = argument.Source ?? Vdc?.Source;
                    var client = ClientFor(SessionOf(source, ParentNetwork?.Source), source, ParentNetwork?.Source);
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
        var plan = PlanOf();
        foreach (var (client, href, vapp, networks) in _batch.Entries)
        {
            Start(
                client,
                $"Changing {networks.Count} network{(networks.Count > 1 ? "s" : string.Empty)} of vApp '{vapp}'",
                vapp,
                (c, token) => c.SetVAppNetworksAsync(href, networks, plan, token),
                async (c, _, token) => (await c.GetVAppNetworksAsync(href, token).ConfigureAwait(false)).Where(n => networks.Contains(n.Name, StringComparer.Ordinal)).ToArray());
        }

        base.OnEnd();
    }

    private void Note(VcdClient client, VcdVAppNetwork network)
    {
        if (ShouldProcess($"network '{network.Name}' of vApp '{network.VApp}' at {client.Session.Server.Authority}", "Set " + string.Join(", ", MyInvocation.BoundParameters.Keys.Where(Settings.Contains).Order(StringComparer.Ordinal))))
        {
            _batch.Add(client, network.Href, network.VApp, network.Name);
        }
    }
}
