using System.Collections;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Completion;

namespace OrchestratorTools.Vro;

/// <summary>Completes the names of scopes.</summary>
internal sealed class VroScopeCompleter : LiveCompleter<VroSession>
{
    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> AskAsync(VroSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var scope in new VroClient(session, SilentObserver.Instance).ListScopesAsync(null, cancellationToken).ConfigureAwait(false))
        {
            names.Add(scope.Name);
        }

        return names;
    }
}
