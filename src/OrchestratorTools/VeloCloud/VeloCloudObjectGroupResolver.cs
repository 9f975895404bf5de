using System.Globalization;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Finds out which object groups are meant in an enterprise. For one invocation of a cmdlet: they are listed once.</summary>
internal sealed class VeloCloudObjectGroupResolver
{
    private readonly Dictionary<(VeloCloudSession Session, long? Enterprise), List<VeloCloudObjectGroup>> _lists = [];

    /// <summary>The one group that is meant; throws where there is none, or where two have the name.</summary>
    /// <param name="client">The portal API.</param>
    /// <param name="enterprise">The enterprise.</param>
    /// <param name="argument">Which group.</param>
    /// <param name="parameter">The parameter that names it.</param>
    /// <param name="type">What the group must be; null for either.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<VeloCloudObjectGroup> ResolveAsync(
        VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, VeloCloudObjectGroupArgument argument, string parameter, string? type, CancellationToken cancellationToken)
    {
        // A group of another enterprise means nothing in this one, even where it was given as an object.
        if (argument.Item is { } known && (known.EnterpriseId is null || known.EnterpriseId == enterprise.CertainId))
        {
            return Checked(known, parameter, type);
        }

        var all = await ListAsync(client, enterprise, cancellationToken).ConfigureAwait(false);
        var found = argument.Id is { } id
            ? all.Where(g => g.Id == id).ToArray()
            : [.. all.Where(g => string.Equals(g.Name, argument.Name, StringComparison.OrdinalIgnoreCase))];
        if (found.Length > 1 && type is not null)
        {
            // A group of addresses and a group of ports may have one name; only one of them can be meant.
            found = [.. found.Where(g => g.Type == type)];
        }

        if (found.Length == 0 && argument.Id is null)
        {
            found = [.. all.Where(g => string.Equals(g.LogicalId, argument.Name, StringComparison.OrdinalIgnoreCase) || string.Equals(g.Id.ToString(CultureInfo.InvariantCulture), argument.Name, StringComparison.Ordinal))];
        }

        return found.Length switch
        {
            1 => Checked(found[0], parameter, type),
            0 => throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"-{parameter} '{argument.Name}': there is no such object group in {enterprise}, or the connection may not see it.")
            {
                RecommendedAction = "Get-VeloCloudObjectGroup lists the groups of an enterprise.",
            },
            _ => throw VeloCloudMessages.Ambiguous(parameter, argument.Name, "object groups", found.Select(g => string.Create(CultureInfo.InvariantCulture, $"'{g.Name}' ({g.Type}, id {g.Id})"))),
        };
    }

    private static VeloCloudObjectGroup Checked(VeloCloudObjectGroup group, string parameter, string? type)
        => type is null || group.Type == type
            ? group
            : throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Validation, $"-{parameter} '{group.Name}': it is a {group.Type}; a {type} is needed.")
            {
                RecommendedAction = $"Get-VeloCloudObjectGroup -Type {type} lists those.",
            };

    private async Task<List<VeloCloudObjectGroup>> ListAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken)
    {
        if (!_lists.TryGetValue((enterprise.Session, enterprise.Id), out var list))
        {
            list = [];
            await foreach (var group in client.GetObjectGroupsAsync(null, null, enterprise.Id, enterprise.Name, cancellationToken).ConfigureAwait(false))
            {
                list.Add(group);
            }

            _lists[(enterprise.Session, enterprise.Id)] = list;
        }

        return list;
    }
}
