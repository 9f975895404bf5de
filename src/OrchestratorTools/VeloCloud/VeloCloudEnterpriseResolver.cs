using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>An enterprise as a request names it; no id where the credential says which one it is (a customer's own).</summary>
/// <param name="Session">The connection that it is at.</param>
/// <param name="Id">The id that the portal API takes; null for a customer's own one.</param>
/// <param name="Name">The name, where it is known.</param>
/// <param name="LogicalId">The id that APIv2 takes, where it is known; <see cref="VeloCloudClient.GetLogicalIdAsync"/> finds it out.</param>
internal sealed record VeloCloudEnterpriseTarget(VeloCloudSession Session, long? Id, string? Name, string? LogicalId = null)
{
    /// <summary>The id, also a customer's own one: for what must never mean another enterprise than the one that was named.</summary>
    public long CertainId => Id ?? Session.OwnEnterprise?.Id ?? throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Protocol, "The account's own enterprise has no id.");

    /// <summary>The enterprise in words, for questions and messages: "enterprise 'Acme' (id 100)".</summary>
    public override string ToString()
    {
        var id = (Id ?? Session.OwnEnterprise?.Id)?.ToString(CultureInfo.InvariantCulture);
        return Name is null ? $"enterprise {id}" : id is null ? $"enterprise '{Name}'" : $"enterprise '{Name}' (id {id})";
    }

    /// <summary>The logical id; asks where it is not known.</summary>
    public async Task<string> GetLogicalIdAsync(VeloCloudClient client, CancellationToken cancellationToken)
        => LogicalId ?? await client.GetLogicalIdAsync(Id, cancellationToken).ConfigureAwait(false);
}

/// <summary>Finds out which enterprises -Enterprise means at a connection. For one invocation of a cmdlet: lists are asked for once.</summary>
internal sealed class VeloCloudEnterpriseResolver
{
    private readonly Dictionary<VeloCloudSession, List<VeloCloudEnterprise>> _lists = [];

    /// <summary>The enterprises that are meant, at least one; throws where there is none, or where two have the name.</summary>
    public async Task<IReadOnlyList<VeloCloudEnterpriseTarget>> ResolveAsync(VeloCloudSession session, VeloCloudClient client, VeloCloudEnterpriseArgument? argument, CancellationToken cancellationToken)
    {
        // An object of this connection says all that there is to say; asking who we are would only cost a request.
        var tier = argument?.Piped is VeloCloudEnterprise && session.Tier is VeloCloudTier.Unknown ? VeloCloudTier.Unknown : await client.GetTierAsync(cancellationToken).ConfigureAwait(false);
        if (argument is null)
        {
            return tier is VeloCloudTier.Customer
                ? [new VeloCloudEnterpriseTarget(session, null, session.OwnEnterprise?.Name, session.OwnEnterprise?.LogicalId)]
                : throw VeloCloudMessages.NoEnterprise(tier, session.ConnectionName);
        }

        if (tier is VeloCloudTier.Customer && session.OwnEnterprise is { } own)
        {
            // The server infers the enterprise from the credential, whatever is asked: a foreign one must not come back as one's own.
            return argument.Id == own.Id || (argument.Id is null && (IsMeant(argument.Name, own.Name) || string.Equals(argument.Name, own.Id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)))
                ? [new VeloCloudEnterpriseTarget(session, null, own.Name, own.LogicalId)]
                : throw NotFound(argument);
        }

        if (argument.Id is { } id)
        {
            return [new VeloCloudEnterpriseTarget(session, id, argument.Piped is null ? null : argument.Name, (argument.Piped as VeloCloudEnterprise)?.LogicalId)];
        }

        if (!_lists.TryGetValue(session, out var all))
        {
            all = [];
            await foreach (var enterprise in client.GetEnterprisesAsync(cancellationToken).ConfigureAwait(false))
            {
                all.Add(enterprise);
            }

            _lists[session] = all;
        }

        var exact = all.Where(e => string.Equals(e.Name, argument.Name, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (exact.Length > 1)
        {
            throw VeloCloudMessages.Ambiguous("Enterprise", argument.Name, "enterprises", exact.Select(e => string.Create(CultureInfo.InvariantCulture, $"'{e.Name}' (id {e.Id})")));
        }

        var meant = exact.Length == 1 ? exact : all.Where(e => IsMeant(argument.Name, e.Name)).ToArray();
        if (meant.Length == 0 && long.TryParse(argument.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            // An id that came as a text, from a file for example. A name of digits goes before it.
            return [new VeloCloudEnterpriseTarget(session, number, null)];
        }

        return meant.Length > 0 ? meant.Select(e => new VeloCloudEnterpriseTarget(session, e.Id, e.Name, e.LogicalId)).ToArray() : throw NotFound(argument);
    }

    /// <summary>The one enterprise that is named, for what changes or deletes it: a pattern names none, and its id is known.</summary>
    public async Task<VeloCloudEnterpriseTarget> ResolveOneAsync(VeloCloudSession session, VeloCloudClient client, VeloCloudEnterpriseArgument argument, CancellationToken cancellationToken)
    {
        var found = await ResolveAsync(session, client, argument, cancellationToken).ConfigureAwait(false);
        if (found.Count > 1 || (argument.Id is null && found[0].Name is { } name && !string.Equals(name, argument.Name, StringComparison.OrdinalIgnoreCase) && !string.Equals(argument.Name, found[0].CertainId.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)))
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Ambiguous, $"-Enterprise '{argument.Name}' is a pattern, which matches {string.Join(", ", found.Take(5).Select(f => "'" + f.Name + "'"))}: an enterprise that is changed is named exactly. Nothing was sent.")
            {
                RecommendedAction = "Give the whole name or the id, or pipe what Get-VeloCloudEnterprise returns.",
            };
        }

        return found[0];
    }

    private static bool IsMeant(string wanted, string name)
        => string.Equals(wanted, name, StringComparison.OrdinalIgnoreCase) || WildcardPattern.Get(wanted, WildcardOptions.IgnoreCase).IsMatch(name);

    private static OrchestratorApiException NotFound(VeloCloudEnterpriseArgument argument)
        => new(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"-Enterprise '{argument.Name}': there is no such enterprise, or the connection may not see it.")
        {
            RecommendedAction = "Get-VeloCloudEnterprise lists those that the connection sees.",
        };
}
