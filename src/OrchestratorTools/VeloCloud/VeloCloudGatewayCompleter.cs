using System.Collections;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Completion;

namespace OrchestratorTools.VeloCloud;

/// <summary>Completes the names of gateways.</summary>
internal sealed class VeloCloudGatewayCompleter : LiveCompleter<VeloCloudSession>
{
    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> AskAsync(VeloCloudSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        var client = new VeloCloudClient(session, SilentObserver.Instance);
        var names = new List<string>();
        await foreach (var gateway in client.GetGatewaysAsync(await client.GetTierAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false))
        {
            names.Add(gateway.Name);
        }

        return names;
    }
}
