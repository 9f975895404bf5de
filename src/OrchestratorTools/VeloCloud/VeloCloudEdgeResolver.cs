using System.Globalization;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Finds out which edges -Edge means at a connection. For one invocation of a cmdlet: what is listed for several names is listed once.</summary>
/// <param name="enterprises">What -Enterprise says, for edges that are no objects.</param>
internal sealed class VeloCloudEdgeResolver(VeloCloudEnterpriseArgument[]? enterprises)
{
    private readonly VeloCloudEnterpriseResolver _resolver = new();
    private readonly Dictionary<VeloCloudSession, IReadOnlyList<VeloCloudEnterpriseTarget>> _places = [];
    private readonly Dictionary<(VeloCloudSession Session, long? Enterprise), List<VeloCloudEdge>> _lists = [];

    /// <summary>The edges that are meant, as they are found; throws where there is none (a pattern that matches nothing is no error), or where two are meant by one name.</summary>
    public async IAsyncEnumerable<VeloCloudEdgeTarget> ResolveAsync(VeloCloudSession session, VeloCloudClient client, VeloCloudEdgeArgument argument, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (argument.Edge is { Id: not 0 } known)
        {
            // An object of this connection says all that there is to say.
            yield return TargetOf(session, known, new VeloCloudEnterpriseTarget(session, known.EnterpriseId == 0 ? null : known.EnterpriseId, known.EnterpriseName, known.EnterpriseLogicalId), known);
            yield break;
        }

        var places = await PlacesAsync(session, client, argument, cancellationToken).ConfigureAwait(false);
        if (argument.Enterprise is not null)
        {
            foreach (var place in places)
            {
                await foreach (var edge in client.GetEdgesAsync(place.Id, place.Name, [], cancellationToken).ConfigureAwait(false))
                {
                    yield return TargetOf(session, edge, place, edge);
                }
            }

            yield break;
        }

        var found = new List<VeloCloudEdgeTarget>();
        if (argument.Id is null)
        {
            found = await FindByNameAsync(session, client, argument.Name, places, cancellationToken).ConfigureAwait(false);
        }

        if (found.Count == 0)
        {
            var id = argument.Id ?? (long.TryParse(argument.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null);
            var logicalId = id is null && Guid.TryParseExact(argument.Name, "D", out var guid) ? guid.ToString("D") : null;
            if (id is not null || logicalId is not null)
            {
                foreach (var place in places)
                {
                    if (await client.GetEdgeAsync(id, logicalId, place.Id, place.Name, [], cancellationToken).ConfigureAwait(false) is { } edge)
                    {
                        found.Add(TargetOf(session, edge, place, argument.Target));
                        break;
                    }
                }
            }
        }

        if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(argument.Name))
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"-Edge '{argument.Name}': there is no such edge{Where(places)}, or the connection may not see it.")
            {
                RecommendedAction = "Get-VeloCloudEdge lists the edges of an enterprise.",
            };
        }

        foreach (var edge in found)
        {
            yield return edge;
        }
    }

    private static VeloCloudEdgeTarget TargetOf(VeloCloudSession session, VeloCloudEdge edge, VeloCloudEnterpriseTarget enterprise, object target)
        => new(session, edge.Id, edge.Name, edge.LogicalId, enterprise with { LogicalId = enterprise.LogicalId ?? edge.EnterpriseLogicalId }, edge, target);

    private static string Where(IReadOnlyList<VeloCloudEnterpriseTarget> places)
        => places is [{ Name: { } name }] ? $" in enterprise '{name}'" : places is [{ Id: { } id }] ? string.Create(CultureInfo.InvariantCulture, $" in enterprise {id}") : string.Empty;

    private async Task<IReadOnlyList<VeloCloudEnterpriseTarget>> PlacesAsync(VeloCloudSession session, VeloCloudClient client, VeloCloudEdgeArgument argument, CancellationToken cancellationToken)
    {
        if (argument.Enterprise is { } all)
        {
            return await _resolver.ResolveAsync(session, client, all, cancellationToken).ConfigureAwait(false);
        }

        if (argument.EnterpriseId is { } own)
        {
            return await _resolver.ResolveAsync(session, client, new VeloCloudEnterpriseArgument(own), cancellationToken).ConfigureAwait(false);
        }

        if (_places.TryGetValue(session, out var known))
        {
            return known;
        }

        var places = new List<VeloCloudEnterpriseTarget>();
        VeloCloudEnterpriseArgument?[] named = enterprises is null ? [null] : [.. enterprises];
        foreach (var given in named)
        {
            places.AddRange(await _resolver.ResolveAsync(session, client, given, cancellationToken).ConfigureAwait(false));
        }

        return _places[session] = places;
    }

    // A name means itself before it means a pattern; one that is exact is asked for by name first, which costs no list.
    private async Task<List<VeloCloudEdgeTarget>> FindByNameAsync(VeloCloudSession session, VeloCloudClient client, string name, IReadOnlyList<VeloCloudEnterpriseTarget> places, CancellationToken cancellationToken)
    {
        if (places is [var only] && !_lists.ContainsKey((session, only.Id)) && !WildcardPattern.ContainsWildcardCharacters(name)
            && await client.GetEdgeByNameAsync(name, only.Id, only.Name, cancellationToken).ConfigureAwait(false) is { } asked)
        {
            return [TargetOf(session, asked, only, name)];
        }

        var all = new List<(VeloCloudEdge Edge, VeloCloudEnterpriseTarget Place)>();
        foreach (var place in places)
        {
            if (!_lists.TryGetValue((session, place.Id), out var list))
            {
                list = [];
                await foreach (var edge in client.GetEdgesAsync(place.Id, place.Name, [], cancellationToken).ConfigureAwait(false))
                {
                    list.Add(edge);
                }

                _lists[(session, place.Id)] = list;
            }

            all.AddRange(list.Select(e => (e, place)));
        }

        var exact = all.Where(e => string.Equals(e.Edge.Name, name, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (exact.Length > 1)
        {
            throw VeloCloudMessages.Ambiguous("Edge", name, "edges", exact.Select(e => string.Create(CultureInfo.InvariantCulture, $"id {e.Edge.Id} of '{e.Place.Name ?? e.Edge.EnterpriseId.ToString(CultureInfo.InvariantCulture)}'")));
        }

        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        return (exact.Length > 0 ? exact : all.Where(e => pattern.IsMatch(e.Edge.Name))).Select(e => TargetOf(session, e.Edge, e.Place, e.Edge)).ToList();
    }
}
