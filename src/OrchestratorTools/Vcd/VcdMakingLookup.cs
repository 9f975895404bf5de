using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Finds where a vApp is made.</summary>
internal static class VcdMakingLookup
{
    /// <summary>The virtual data center that is meant: the one that is given, else the only one that this user may see, else the one that the source is in. Throws with kind NotFound, Ambiguous or Validation.</summary>
    /// <param name="client">Asks.</param>
    /// <param name="given">What was given.</param>
    /// <param name="preferred">The address of the source's virtual data center, where it is known.</param>
    /// <param name="organization">The address of the source's organization, where the provider asks.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    public static async Task<VcdVdc> VdcAsync(VcdClient client, VcdVdcArgument? given, string? preferred, string? organization, CancellationToken cancellationToken)
    {
        if (given is not null)
        {
            return await VcdLookup.OneAsync<VcdVdc>(client, given, "Vdc", [], cancellationToken).ConfigureAwait(false);
        }

        var all = new List<VcdVdc>();
        await foreach (var vdc in client.ListAsync<VcdVdc>(new VcdListing { Organization = client.Tenant }, cancellationToken).ConfigureAwait(false))
        {
            all.Add(vdc);
        }

        var own = organization is null ? all : all.FindAll(v => v.OrganizationHref is null || VcdObject.IsSame(v.OrganizationHref, organization));
        return own.Count == 1 ? own[0]
            : own.Find(v => VcdObject.IsSame(v.Href, preferred)) ?? throw new OrchestratorApiException(
                OrchestratorSystem.Vcd,
                own.Count == 0 ? OrchestratorErrorKind.NotFound : OrchestratorErrorKind.Validation,
                own.Count == 0 ? "-Vdc: this user sees no virtual data center to make a vApp in." : $"-Vdc is needed: there are {own.Count} virtual data centers ({string.Join(", ", own.Select(v => $"'{v.Name}'").Order(StringComparer.OrdinalIgnoreCase).Take(20))}){(preferred is null ? string.Empty : ", and the source is in none of them")}.")
            {
                RecommendedAction = "Name one with -Vdc; Get-VcdVdc lists them.",
            };
    }
}
