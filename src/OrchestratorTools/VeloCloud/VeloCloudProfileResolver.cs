using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Finds out which profiles -Profile means at a connection. For one invocation of a cmdlet: an enterprise's profiles are listed once.</summary>
/// <param name="enterprises">What -Enterprise says, for profiles that are no objects.</param>
internal sealed class VeloCloudProfileResolver(VeloCloudEnterpriseArgument[]? enterprises)
{
    private readonly VeloCloudEnterpriseResolver _resolver = new();
    private readonly Dictionary<(VeloCloudSession Session, long? Enterprise), List<VeloCloudProfile>> _lists = [];

    /// <summary>The profiles that are meant; throws where there is none (a pattern that matches nothing is no error), or where two are meant by one name.</summary>
    public async Task<IReadOnlyList<VeloCloudProfileTarget>> ResolveAsync(VeloCloudSession session, VeloCloudClient client, VeloCloudProfileArgument argument, CancellationToken cancellationToken)
    {
        if (argument.Profile is { } known)
        {
            // An object of this connection says all that there is to say. A customer's requests name no enterprise.
            var tier = await client.GetTierAsync(cancellationToken).ConfigureAwait(false);
            return [new VeloCloudProfileTarget(session, known, new VeloCloudEnterpriseTarget(session, tier is VeloCloudTier.Customer ? null : known.EnterpriseId, known.EnterpriseName), known)];
        }

        var places = new List<VeloCloudEnterpriseTarget>();
        VeloCloudEnterpriseArgument?[] given = argument.EnterpriseId is { } own ? [new VeloCloudEnterpriseArgument(own)] : enterprises is null ? [null] : [.. enterprises];
        foreach (var enterprise in given)
        {
            places.AddRange(await _resolver.ResolveAsync(session, client, enterprise, cancellationToken).ConfigureAwait(false));
        }

        var found = new List<VeloCloudProfileTarget>();
        foreach (var place in places)
        {
            found.AddRange(FindIn(await ListAsync(session, client, place, cancellationToken).ConfigureAwait(false), place, argument, session));
        }

        if (found.Count == 0 && (argument.Id is not null || !WildcardPattern.ContainsWildcardCharacters(argument.Name)))
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"-Profile '{argument.Name}': there is no such profile{(places is [{ Name: { } name }] ? $" in enterprise '{name}'" : string.Empty)}, or the connection may not see it.")
            {
                RecommendedAction = "Get-VeloCloudProfile lists the profiles of an enterprise.",
            };
        }

        return found;
    }

    // An exact name goes before a pattern, and both before an id that came as a text.
    private static IEnumerable<VeloCloudProfileTarget> FindIn(List<VeloCloudProfile> all, VeloCloudEnterpriseTarget place, VeloCloudProfileArgument argument, VeloCloudSession session)
    {
        if (argument.Id is { } id)
        {
            return Targets(all.Where(p => p.Id == id));
        }

        var exact = all.Where(p => string.Equals(p.Name, argument.Name, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (exact.Length > 1)
        {
            throw VeloCloudMessages.Ambiguous("Profile", argument.Name, "profiles", exact.Select(p => string.Create(CultureInfo.InvariantCulture, $"'{p.Name}' (id {p.Id})")));
        }

        if (exact.Length == 1)
        {
            return Targets(exact);
        }

        var pattern = WildcardPattern.Get(argument.Name, WildcardOptions.IgnoreCase);
        var matching = all.Where(p => pattern.IsMatch(p.Name)).ToArray();
        return matching.Length > 0 ? Targets(matching)
            : long.TryParse(argument.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Targets(all.Where(p => p.Id == number))
            : Targets(all.Where(p => string.Equals(p.LogicalId, argument.Name, StringComparison.OrdinalIgnoreCase)));

        IEnumerable<VeloCloudProfileTarget> Targets(IEnumerable<VeloCloudProfile> profiles) => profiles.Select(p => new VeloCloudProfileTarget(session, p, place, p));
    }

    private async Task<List<VeloCloudProfile>> ListAsync(VeloCloudSession session, VeloCloudClient client, VeloCloudEnterpriseTarget place, CancellationToken cancellationToken)
    {
        if (!_lists.TryGetValue((session, place.Id), out var list))
        {
            list = [];
            await foreach (var profile in client.GetProfilesAsync(place.Id, place.Name, cancellationToken).ConfigureAwait(false))
            {
                list.Add(profile);
            }

            _lists[(session, place.Id)] = list;
        }

        return list;
    }
}
