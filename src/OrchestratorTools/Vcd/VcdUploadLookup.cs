using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Finds where an upload is to be stored.</summary>
internal static class VcdUploadLookup
{
    /// <summary>The one virtual data center of a name, in the organization that has the catalog. Throws with kind NotFound or Ambiguous.</summary>
    public static async Task<VcdVdc> VdcAsync(VcdClient client, string name, VcdCatalog catalog, CancellationToken cancellationToken)
        => One(
            await ListAsync<VcdVdc>(client, name, v => v.OrganizationHref is null || catalog.OrganizationHref is null || VcdObject.IsSame(v.OrganizationHref, catalog.OrganizationHref), cancellationToken).ConfigureAwait(false),
            "Vdc",
            name,
            "virtual data center",
            v => v.Organization is { } organization ? $"'{v.Name}' of organization '{organization}'" : $"'{v.Name}'",
            "Get-VcdVdc");

    /// <summary>The one storage profile of a name, in a virtual data center where one is named. Throws with kind NotFound or Ambiguous.</summary>
    public static async Task<VcdStorageProfile> StorageProfileAsync(VcdClient client, string name, VcdVdc? vdc, VcdCatalog catalog, CancellationToken cancellationToken)
        => One(
            await ListAsync<VcdStorageProfile>(
                client,
                name,
                p => (vdc is null || VcdObject.IsSame(p.VdcHref, vdc.Href)) && (p.OrganizationHref is null || catalog.OrganizationHref is null || VcdObject.IsSame(p.OrganizationHref, catalog.OrganizationHref)),
                cancellationToken).ConfigureAwait(false),
            "StorageProfile",
            name,
            "storage profile",
            p => $"'{p.Name}' of virtual data center '{p.Vdc}'",
            "Get-VcdStorageProfile");

    private static async Task<List<T>> ListAsync<T>(VcdClient client, string name, Func<T, bool> fits, CancellationToken cancellationToken)
        where T : VcdObject
    {
        var names = new VcdNames([name]);
        var found = new List<T>();
        await foreach (var item in client.ListAsync<T>(new VcdListing { Names = names.Patterns }, cancellationToken).ConfigureAwait(false))
        {
            if (names.Means(item.Name) && fits(item))
            {
                found.Add(item);
            }
        }

        return found;
    }

    private static T One<T>(List<T> found, string parameter, string name, string title, Func<T, string> describe, string cmdlet)
        where T : VcdObject
    {
        if (found.Count > 1 && found.Where(i => string.Equals(i.Name, name, StringComparison.Ordinal)).ToArray() is [var exact])
        {
            return exact;
        }

        return found.Count switch
        {
            1 => found[0],
            0 => throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.NotFound, $"-{parameter} '{name}': there is no such {title} that could store it.") { RecommendedAction = $"{cmdlet} lists those that this connection's user may see." },
            _ => throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Ambiguous, $"-{parameter} '{name}' means {found.Count}: {string.Join(", ", found.Select(describe).Order(StringComparer.Ordinal))}.") { RecommendedAction = $"Pass the one that is meant, as {cmdlet} returns it." },
        };
    }
}
