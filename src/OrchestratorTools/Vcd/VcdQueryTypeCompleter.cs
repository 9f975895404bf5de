using System.Collections;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Completes query types, from the server's own list, and the packaged queries.</summary>
internal sealed class VcdQueryTypeCompleter : VcdCompleter
{
    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<string>> AskAsync(VcdSession session, IDictionary bound, CancellationToken cancellationToken)
        => new VcdClient(session, SilentObserver.Instance).GetQueryTypesAsync(cancellationToken);
}
