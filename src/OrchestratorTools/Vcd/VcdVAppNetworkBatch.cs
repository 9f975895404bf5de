using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Networks that are changed, by their vApps: all that are meant of one vApp go in one request, since the server takes one change of a vApp at a time.</summary>
internal sealed class VcdVAppNetworkBatch
{
    private readonly List<Entry> _entries = [];

    /// <summary>The vApps with their networks, in the order in which they came.</summary>
    public IReadOnlyList<Entry> Entries => _entries;

    /// <summary>Notes a network; twice is once.</summary>
    public void Add(VcdClient client, string vapp, string vappName, string network)
    {
        var entry = _entries.Find(e => ReferenceEquals(e.Client.Session, client.Session) && e.Client.Tenant?.Uuid == client.Tenant?.Uuid && VcdObject.IsSame(e.VApp, vapp));
        if (entry is null)
        {
            _entries.Add(entry = new Entry(client, vapp, vappName, []));
        }

        if (!entry.Networks.Contains(network, StringComparer.Ordinal))
        {
            entry.Networks.Add(network);
        }
    }

    /// <summary>The networks of one vApp.</summary>
    /// <param name="Client">Acts for the organization that is meant.</param>
    /// <param name="VApp">The address of the vApp.</param>
    /// <param name="VAppName">Its name.</param>
    /// <param name="Networks">The names of the networks.</param>
    internal sealed record Entry(VcdClient Client, string VApp, string VAppName, List<string> Networks);
}
