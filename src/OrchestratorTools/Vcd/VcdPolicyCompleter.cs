using System.Collections;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Completes names of the sizing and placement policies that virtual data centers have: of the one that is typed already, where there is one.</summary>
internal sealed class VcdPolicyCompleter : VcdCompleter
{
    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> AskAsync(VcdSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        var client = new VcdClient(session, SilentObserver.Instance);
        var names = new VcdNames(NameOf(bound["Vdc"]) is { } name ? [name] : null);
        var policies = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var vdc in client.ListAsync<VcdVdc>(new VcdListing { Names = names.Patterns }, cancellationToken).ConfigureAwait(false))
        {
            if (names.Means(vdc.Name))
            {
                policies.UnionWith(await client.GetPolicyNamesAsync(vdc.Href, cancellationToken).ConfigureAwait(false));
            }
        }

        return [.. policies];
    }

    /// <inheritdoc/>
    private protected override string KeyOf(IDictionary bound) => NameOf(bound["Vdc"]) ?? string.Empty;
}
