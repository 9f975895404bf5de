using System.Collections;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Completes names of the networks of the vApp that is typed already.</summary>
internal sealed class VcdVAppNetworkCompleter : VcdCompleter
{
    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> AskAsync(VcdSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        if (NameOf(bound["VApp"]) is not { } typed)
        {
            return [];
        }

        var client = new VcdClient(session, SilentObserver.Instance);
        var vapp = await VcdLookup.OneAsync<VcdVApp>(client, new VcdVAppArgument(typed), "VApp", [], cancellationToken).ConfigureAwait(false);
        return (await client.GetVAppNetworksAsync(vapp.Href, cancellationToken).ConfigureAwait(false)).Select(n => n.Name).ToArray();
    }

    /// <inheritdoc/>
    private protected override string KeyOf(IDictionary bound) => $"VAppNetwork|{NameOf(bound["VApp"])}";
}
