using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Finds out which organizations -Organization means at a server. Remembers what it was told, for one invocation of a cmdlet.</summary>
internal sealed class VcdOrganizations
{
    private readonly Dictionary<(VcdSession Session, string Name), VcdTenant[]> _known = [];

    /// <summary>The organizations; one null where none was named. Throws with kind Permission where the session cannot act for one, with kind NotFound where there is none of the name.</summary>
    /// <param name="session">The session.</param>
    /// <param name="wanted">What was typed, or piped.</param>
    /// <param name="read">Asks the server for organizations.</param>
    public IEnumerable<VcdTenant?> Find(VcdSession session, VcdOrgArgument[]? wanted, Func<VcdNames, IReadOnlyList<VcdOrg>> read)
    {
        if (wanted is null)
        {
            return [null];
        }

        var found = new List<VcdTenant?>();
        foreach (var argument in wanted)
        {
            foreach (var tenant in Find(session, argument, read))
            {
                if (!found.Exists(t => t!.Uuid == tenant.Uuid))
                {
                    found.Add(tenant);
                }
            }
        }

        return found;
    }

    /// <summary>
    /// The one organization that a session of the provider's acts for: the one that is named, else the one that the objects came from; null for whatever the session sees. Objects from two organizations are for the provider
    /// itself. Throws with kind Validation where an object came from another organization than the named one.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="wanted">What was typed.</param>
    /// <param name="sources">The objects at hand, wrapped or not; null where there is none.</param>
    /// <param name="read">Asks the server for organizations.</param>
    public VcdTenant? ActedFor(VcdSession session, VcdOrgArgument? wanted, IEnumerable<object?> sources, Func<VcdNames, IReadOnlyList<VcdOrg>> read)
    {
        var origins = sources.Select(Unwrapped).OfType<IOfTenant>().Select(s => (Item: s, s.Tenant)).Where(o => o.Tenant is not null).ToArray();
        if (wanted is null)
        {
            return session.IsProvider && origins.Select(o => o.Tenant!.Uuid).Distinct(StringComparer.Ordinal).Count() == 1 ? origins[0].Tenant : null;
        }

        var found = Find(session, [wanted], read).ToArray();
        if (found is not [{ } tenant])
        {
            throw found.Length == 0
                ? new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.NotFound, $"-Organization '{wanted.Name}': no organization has such a name.") { RecommendedAction = "Get-VcdOrg lists those that this connection's user may see." }
                : new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Ambiguous, $"-Organization '{wanted.Name}' means {found.Length} organizations ({string.Join(", ", found.Select(t => $"'{t!.Name}'").Order(StringComparer.Ordinal))}); one is needed.") { RecommendedAction = "Name one organization." };
        }

        if (Array.Find(origins, o => o.Tenant!.Uuid != tenant.Uuid) is { Item: { } other })
        {
            throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Validation, $"-Organization '{tenant.Name}': '{other}' was read for organization '{other.Tenant!.Name}'. Nothing was sent.") { RecommendedAction = "Leave -Organization out: what was read for an organization is acted on for the same." };
        }

        return session.IsProvider ? tenant : null;
    }

    /// <summary>The organization that an object came from; null where there is none.</summary>
    public static VcdTenant? TenantOf(object? source) => (Unwrapped(source) as IOfTenant)?.Tenant;

    /// <summary>Asks the server for organizations.</summary>
    public static async Task<IReadOnlyList<VcdOrg>> ReadAsync(VcdClient client, VcdNames names, CancellationToken cancellationToken)
    {
        var found = new List<VcdOrg>();
        await foreach (var org in client.GetOrgsAsync(names.Patterns, cancellationToken).ConfigureAwait(false))
        {
            if (names.Means(org.Name))
            {
                found.Add(org);
            }
        }

        return found;
    }

    /// <summary>The error of a session that names another organization than its own.</summary>
    public static OrchestratorApiException NotAllowed(VcdSession session, string name)
        => new(OrchestratorSystem.Vcd, OrchestratorErrorKind.Permission, $"-Organization '{name}': connection '{session.ConnectionName}' belongs to organization '{session.Scope}' and acts for no other.")
        {
            RecommendedAction = $"Leave -Organization out, or connect with an account of '{name}' or of the provider (-Organization System).",
        };

    private static object? Unwrapped(object? source) => source is System.Management.Automation.PSObject wrapped ? wrapped.BaseObject : source;

    private VcdTenant[] Find(VcdSession session, VcdOrgArgument argument, Func<VcdNames, IReadOnlyList<VcdOrg>> read)
    {
        if (!session.IsProvider && !new VcdNames([argument.Name]).Means(session.Scope))
        {
            throw NotAllowed(session, argument.Name);
        }

        if (argument.Organization is { } organization)
        {
            return [VcdTenant.Of(organization)];
        }

        if (!_known.TryGetValue((session, argument.Name), out var tenants))
        {
            tenants = read(new VcdNames([argument.Name])).Where(o => o.Id.Length > 0 && (session.IsProvider || string.Equals(o.Name, session.Scope, StringComparison.OrdinalIgnoreCase))).Select(VcdTenant.Of).ToArray();
            _known[(session, argument.Name)] = tenants;
        }

        return tenants.Length > 0 || System.Management.Automation.WildcardPattern.ContainsWildcardCharacters(argument.Name)
            ? tenants
            : throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.NotFound, $"-Organization '{argument.Name}': there is no such organization.") { RecommendedAction = "Get-VcdOrg lists those that this connection's user may see; the name is needed, not the full name." };
    }
}
