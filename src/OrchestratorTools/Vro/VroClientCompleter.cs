using System.Collections;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Completion;

namespace OrchestratorTools.Vro;

/// <summary>Completes the ids of client accounts.</summary>
internal sealed class VroClientCompleter : LiveCompleter<VroSession>
{
    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> AskAsync(VroSession session, IDictionary bound, CancellationToken cancellationToken)
        => (await new VroClient(session, SilentObserver.Instance).ListClientsAsync(cancellationToken).ConfigureAwait(false)).Select(c => c.Id).ToArray();
}
