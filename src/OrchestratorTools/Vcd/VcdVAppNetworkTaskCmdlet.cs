using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets that change networks of vApps: the way to the vApps and to their networks that are meant.</summary>
public abstract class VcdVAppNetworkTaskCmdlet : VcdTaskCmdlet
{
    /// <summary>The parameter set of networks that are named with their vApps.</summary>
    private protected const string NameSet = "Name";

    /// <summary>The parameter set of networks that are piped.</summary>
    private protected const string NetworkSet = "Network";

    private readonly VcdVAppNetworkBatch _batch = new();

    /// <summary>More at once than catalogs.</summary>
    private protected VcdVAppNetworkTaskCmdlet() => ThrottleLimit = 8;

    /// <summary>The networks that were chosen and agreed to, by their vApps.</summary>
    private protected IReadOnlyList<VcdVAppNetworkBatch.Entry> Chosen => _batch.Entries;

    /// <summary>What has to come by the same connection as the vApps and networks, beside them; null where nothing else is given.</summary>
    private protected virtual object? Companion => null;

    /// <summary>Does it for each of the vApps that arguments mean; one that fails is an error, and the next goes on.</summary>
    private protected void ForEachVApp(VcdVAppArgument[] vapps, VcdVdcArgument? vdc, Action<VcdClient, VcdVApp> step)
    {
        foreach (var argument in vapps)
        {
            Attempt(
                () =>
                {
                    var source = argument.Source ?? vdc?.Source;
                    var client = ClientFor(SessionOf(source, Companion), source, Companion);
                    foreach (var vapp in Await(token => VcdLookup.ManyAsync<VcdVApp>(client, argument, "VApp", VcdLookup.In(vdc), token)))
                    {
                        Attempt(() => step(client, vapp), vapp);
                    }
                },
                argument.VApp ?? (object)argument.Name);
        }
    }

    /// <summary>Asks about each of the networks that are piped, and of those that are named with their vApps; <see cref="Chosen"/> has those that were agreed to.</summary>
    /// <param name="networks">What was piped.</param>
    /// <param name="vapps">The vApps.</param>
    /// <param name="names">Names of networks of the vApps.</param>
    /// <param name="vdc">Where the vApps are.</param>
    /// <param name="action">What is to be done with them, for the question.</param>
    private protected void Choose(VcdVAppNetwork[] networks, VcdVAppArgument[] vapps, string[] names, VcdVdcArgument? vdc, string action)
    {
        foreach (var network in networks)
        {
            Attempt(() => Note(ClientFor(SessionOf(network, Companion), network, Companion), network, action), network);
        }

        ForEachVApp(
            vapps,
            vdc,
            (client, vapp) =>
            {
                foreach (var network in Await(token => VcdVAppNetworkLookup.FindAsync(client, vapp, names, token)))
                {
                    Note(client, network, action);
                }
            });
    }

    private void Note(VcdClient client, VcdVAppNetwork network, string action)
    {
        if (ShouldProcess($"network '{network.Name}' of vApp '{network.VApp}' at {client.Session.Server.Authority}", action))
        {
            _batch.Add(client, network.Href, network.VApp, network.Name);
        }
    }
}
