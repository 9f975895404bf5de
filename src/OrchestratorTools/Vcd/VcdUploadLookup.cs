using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Finds the virtual data center of an upload.</summary>
internal static class VcdUploadLookup
{
    /// <summary>The one virtual data center of a name, in the organization that has the catalog. Throws with kind NotFound or Ambiguous.</summary>
    public static async Task<VcdVdc> VdcAsync(VcdClient client, string name, VcdCatalog catalog, CancellationToken cancellationToken)
    {
        var names = new VcdNames([name]);
        var found = new List<VcdVdc>();
        await foreach (var vdc in client.ListAsync<VcdVdc>(new VcdListing { Names = names.Patterns, Organization = client.Tenant }, cancellationToken).ConfigureAwait(false))
        {
            if (names.Means(vdc.Name) && (vdc.OrganizationHref is null || catalog.OrganizationHref is null || VcdObject.IsSame(vdc.OrganizationHref, catalog.OrganizationHref)))
            {
                found.Add(vdc);
            }
        }

        if (found.Count > 1 && found.Where(v => string.Equals(v.Name, name, StringComparison.Ordinal)).ToArray() is [var exact])
        {
            return exact;
        }

        return found.Count switch
        {
            1 => found[0],
            0 => throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.NotFound, $"-Vdc '{name}': there is no such virtual data center for catalog '{catalog.Name}'.") { RecommendedAction = "Get-VcdVdc lists those that this connection's user may see." },
            _ => throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Ambiguous, $"-Vdc '{name}' means {found.Count} virtual data centers: {string.Join(", ", found.Select(v => v.Organization is { } organization ? $"'{v.Name}' of organization '{organization}'" : $"'{v.Name}'").Order(StringComparer.Ordinal))}.") { RecommendedAction = "Pass the one that is meant, as Get-VcdVdc returns it." },
        };
    }
}
