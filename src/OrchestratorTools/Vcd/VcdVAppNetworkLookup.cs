using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Finds networks of vApps by their names.</summary>
internal static class VcdVAppNetworkLookup
{
    /// <summary>The networks of a vApp that names mean; a name that is no pattern and means none is an error of kind NotFound that lists those that there are.</summary>
    public static async Task<IReadOnlyList<VcdVAppNetwork>> FindAsync(VcdClient client, VcdVApp vapp, string[]? names, CancellationToken cancellationToken)
    {
        var all = await client.GetVAppNetworksAsync(vapp.Href.Length > 0 ? vapp.Href : vapp.Id, cancellationToken).ConfigureAwait(false);
        var wanted = new VcdNames(names);
        var found = all.Where(n => wanted.Means(n.Name)).ToArray();
        return wanted.NotFound.FirstOrDefault() is { } missing
            ? throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.NotFound, $"-Name '{missing}': vApp '{vapp.Name}' has no such network; it has {(all.Count == 0 ? "none" : string.Join(", ", all.Select(n => $"'{n.Name}'")))}.")
            : found;
    }
}
