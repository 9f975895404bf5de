using System.Collections;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Completion;

namespace OrchestratorTools.Vcd;

/// <summary>What this system's completers have in common: nobody reads through thousands of names, so the first ones are enough.</summary>
public abstract class VcdCompleter : LiveCompleter<VcdSession>
{
    private const int Most = 1000;

    /// <inheritdoc/>
    private protected sealed override OrchestratorSystem System => OrchestratorSystem.Vcd;

    /// <summary>The catalog that is typed already; null where there is none.</summary>
    private protected static string? CatalogIn(IDictionary bound) => bound["Catalog"] switch
    {
        string name => name,
        VcdCatalog catalog => WildcardPattern.Escape(catalog.Name),
        PSObject { BaseObject: VcdCatalog catalog } => WildcardPattern.Escape(catalog.Name),
        _ => null,
    };

    private protected static async Task<IReadOnlyList<string>> NamesAsync<T>(IAsyncEnumerable<T> items, CancellationToken cancellationToken)
        where T : VcdObject
    {
        var names = new List<string>();
        await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            names.Add(item.Name);
            if (names.Count == Most)
            {
                break;
            }
        }

        return names;
    }
}

/// <summary>Completes names of organizations.</summary>
public sealed class VcdOrgCompleter : VcdCompleter
{
    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<string>> AskAsync(VcdSession session, IDictionary bound, CancellationToken cancellationToken)
        => NamesAsync(new VcdClient(session, SilentObserver.Instance).GetOrgsAsync([], cancellationToken), cancellationToken);
}

/// <summary>Completes names of catalogs.</summary>
public sealed class VcdCatalogCompleter : VcdCompleter
{
    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<string>> AskAsync(VcdSession session, IDictionary bound, CancellationToken cancellationToken)
        => NamesAsync(new VcdClient(session, SilentObserver.Instance).GetCatalogsAsync([], [], cancellationToken), cancellationToken);
}

/// <summary>Completes names of catalog items, of the catalog that is typed already, where there is one.</summary>
public sealed class VcdCatalogItemCompleter : VcdCompleter
{
    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<string>> AskAsync(VcdSession session, IDictionary bound, CancellationToken cancellationToken)
        => NamesAsync(new VcdClient(session, SilentObserver.Instance).GetCatalogItemsAsync([], new VcdNames(CatalogIn(bound) is { } name ? [name] : null).Patterns, null, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    private protected override string KeyOf(IDictionary bound) => CatalogIn(bound) ?? string.Empty;
}
