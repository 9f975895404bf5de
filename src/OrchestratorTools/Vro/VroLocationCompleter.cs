using System.Collections;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Completion;

namespace OrchestratorTools.Vro;

/// <summary>Completes the names of recovery locations.</summary>
internal sealed class VroLocationCompleter : LiveCompleter<VroSession>
{
    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> AskAsync(VroSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var location in new VroClient(session, SilentObserver.Instance).ListLocationsAsync(null, cancellationToken).ConfigureAwait(false))
        {
            names.Add(location.Name);
        }

        return names;
    }
}
