using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Finds the one thing that a name means.</summary>
internal static class VcdLookup
{
    /// <summary>The one catalog of a name; the letter case decides where several differ in nothing else. Throws with kind NotFound or Ambiguous.</summary>
    public static async Task<VcdCatalog> CatalogAsync(VcdClient client, string name, string parameter, CancellationToken cancellationToken)
    {
        var names = new VcdNames([name]);
        var found = new List<VcdCatalog>();
        await foreach (var catalog in client.GetCatalogsAsync(names.Patterns, [], cancellationToken).ConfigureAwait(false))
        {
            if (names.Means(catalog.Name))
            {
                found.Add(catalog);
            }
        }

        if (found.Count > 1 && found.Where(c => string.Equals(c.Name, name, StringComparison.Ordinal)).ToArray() is [var exact])
        {
            return exact;
        }

        return found.Count switch
        {
            1 => found[0],
            0 => throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.NotFound, $"-{parameter} '{name}': there is no such catalog.") { RecommendedAction = "Get-VcdCatalog lists those that this connection's user may see." },
            _ => throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Ambiguous, $"-{parameter} '{name}' means {found.Count} catalogs: {string.Join(", ", found.Select(c => $"'{c.Name}' of organization '{c.Organization}'").Order(StringComparer.Ordinal))}.") { RecommendedAction = "Pass the one that is meant: Get-VcdCatalog NAME -Organization ORGANIZATION." },
        };
    }
}
