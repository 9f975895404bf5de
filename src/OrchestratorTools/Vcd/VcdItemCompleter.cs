using System.Collections;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Completes names of one kind of object, for parameters that stand for one; of those in the catalog that is typed already, where there is one.</summary>
/// <typeparam name="T">The class of the objects.</typeparam>
internal sealed class VcdItemCompleter<T> : VcdCompleter
    where T : VcdObject
{
    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<string>> AskAsync(VcdSession session, IDictionary bound, CancellationToken cancellationToken)
        => NamesAsync(new VcdClient(session, SilentObserver.Instance).ListAsync<T>(new VcdListing { Conditions = CatalogOf(bound) is { } name ? [new VcdCondition("catalogName") { Patterns = new VcdNames([name]).Patterns }] : [] }, cancellationToken), cancellationToken);

    // The cache goes by the name of the class, which is the same for all kinds.
    /// <inheritdoc/>
    private protected override string KeyOf(IDictionary bound) => $"{typeof(T).Name}|{CatalogOf(bound)}";

    private static string? CatalogOf(IDictionary bound) => typeof(T) == typeof(VcdMedia) || typeof(T) == typeof(VcdTemplate) || typeof(T) == typeof(VcdCatalogItem) ? NameOf(bound["Catalog"]) : null;
}
