using System.Collections;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Completion;

namespace OrchestratorTools.Vro;

/// <summary>Completes the names of plans.</summary>
internal sealed class VroPlanCompleter : LiveCompleter<VroSession>
{
    private const int Most = 1000;

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> AskAsync(VroSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var plan in new VroClient(session, SilentObserver.Instance).ListPlansAsync(new VroPlanQuery { First = Most }, cancellationToken).ConfigureAwait(false))
        {
            names.Add(plan.Name);
        }

        return names;
    }
}
