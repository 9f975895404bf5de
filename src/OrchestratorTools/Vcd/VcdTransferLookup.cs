using System.Collections;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Finds unfinished uploads.</summary>
internal static class VcdTransferLookup
{
    /// <summary>Every kind.</summary>
    public static readonly IReadOnlyCollection<VcdTransferKind> Kinds = Enum.GetValues<VcdTransferKind>();

    /// <summary>The one unfinished upload of a name. Throws with kind NotFound or Ambiguous.</summary>
    public static async Task<VcdTransfer> OneAsync(VcdClient client, string name, VcdCatalogArgument? catalog, CancellationToken cancellationToken)
    {
        var names = new VcdNames([name]);
        var catalogs = CatalogNames(catalog is null ? null : [catalog]);
        var found = new List<VcdTransfer>();
        await foreach (var transfer in client.GetTransfersAsync(names.Patterns, catalogs.Patterns, Kinds, null, cancellationToken).ConfigureAwait(false))
        {
            if (names.Means(transfer.Name) && catalogs.Means(transfer.Catalog))
            {
                found.Add(transfer);
            }
        }

        if (found.Count > 1 && found.Where(t => string.Equals(t.Name, name, StringComparison.Ordinal)).ToArray() is [var exact])
        {
            return exact;
        }

        return found.Count switch
        {
            1 => found[0],
            0 => throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.NotFound, $"-Transfer '{name}': there is no such unfinished upload.") { RecommendedAction = "Get-VcdTransfer lists those that this connection's user may see." },
            _ => throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Ambiguous, $"-Transfer '{name}' means {found.Count} unfinished uploads: {string.Join(", ", found.Select(t => $"'{t.Name}' in {(t.Catalog is { } place ? $"catalog '{place}'" : "no catalog")}").Order(StringComparer.Ordinal))}.") { RecommendedAction = "Pass the one that is meant, as Get-VcdTransfer returns it." },
        };
    }

    /// <summary>The names of catalogs, objects exactly.</summary>
    public static VcdNames CatalogNames(VcdCatalogArgument[]? catalogs) => new(catalogs?.Select(c => c.Catalog is { } item ? WildcardPattern.Escape(item.Name) : c.Name));
}

/// <summary>Completes names of unfinished uploads.</summary>
internal sealed class VcdTransferCompleter : VcdCompleter
{
    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> AskAsync(VcdSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var transfer in new VcdClient(session, SilentObserver.Instance).GetTransfersAsync([], [], VcdTransferLookup.Kinds, null, cancellationToken).ConfigureAwait(false))
        {
            names.Add(transfer.Name);
        }

        return names;
    }
}
