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
