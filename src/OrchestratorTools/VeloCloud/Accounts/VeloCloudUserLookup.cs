using System.Globalization;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Finds users and roles by what the user of a cmdlet says.</summary>
internal static class VeloCloudUserLookup
{
    /// <summary>The users of a scope.</summary>
    public static async Task<IReadOnlyList<VeloCloudUser>> ListAsync(VeloCloudClient client, VeloCloudAccountScope scope, CancellationToken cancellationToken)
    {
        var all = new List<VeloCloudUser>();
        await foreach (var user in client.GetUsersAsync(scope, cancellationToken).ConfigureAwait(false))
        {
            all.Add(user);
        }

        return all;
    }

    /// <summary>The one user of a name; throws where there is none. Names are unique among those who log in at the same place.</summary>
    public static async Task<VeloCloudUser> NamedAsync(VeloCloudClient client, VeloCloudAccountScope scope, string parameter, string name, CancellationToken cancellationToken)
    {
        var found = (await ListAsync(client, scope, cancellationToken).ConfigureAwait(false)).Where(u => u.Username.Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray();
        return found.Length switch
        {
            1 => found[0],
            0 => throw Missing(parameter, name, scope),
            _ => throw VeloCloudMessages.Ambiguous(parameter, name, "users", found.Select(u => string.Create(CultureInfo.InvariantCulture, $"'{u.Username}' (id {u.Id})"))),
        };
    }

    /// <summary>The user of an id; throws where there is none in the scope.</summary>
    public static async Task<VeloCloudUser> OfIdAsync(VeloCloudClient client, VeloCloudAccountScope scope, string parameter, long id, CancellationToken cancellationToken)
        => (await ListAsync(client, scope, cancellationToken).ConfigureAwait(false)).FirstOrDefault(u => u.Id == id) ?? throw Missing(parameter, id.ToString(CultureInfo.InvariantCulture), scope);

    /// <summary>The id of the role that a name or an id means, for users of a scope.</summary>
    public static async Task<VeloCloudRole> RoleAsync(VeloCloudClient client, VeloCloudAccountScope scope, string role, CancellationToken cancellationToken)
    {
        var all = new List<VeloCloudRole>();
        await foreach (var one in client.GetRolesAsync(scope.UserType, cancellationToken).ConfigureAwait(false))
        {
            all.Add(one);
        }

        var named = all.Where(r => r.Name.Equals(role, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (named.Length == 0 && long.TryParse(role, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            named = all.Where(r => r.Id == id).ToArray();
        }

        return named.Length switch
        {
            1 => named[0],
            0 => throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"-Role '{role}': users of type {scope.UserType} have no such role; there are: {string.Join(", ", all.Select(r => $"'{r.Name}'"))}. Nothing was sent.") { RecommendedAction = $"Get-VeloCloudRole -UserType {scope.UserType} lists them." },
            _ => throw VeloCloudMessages.Ambiguous("Role", role, "roles", named.Select(r => string.Create(CultureInfo.InvariantCulture, $"'{r.Name}' (id {r.Id})"))),
        };
    }

    private static OrchestratorApiException Missing(string parameter, string value, VeloCloudAccountScope scope)
        => new(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"-{parameter} '{value}': {scope} has no such user, or the connection may not see it.")
        {
            RecommendedAction = "Get-VeloCloudUser lists them; users of enterprises, partners and the operator are listed apart (-Enterprise, -Partner, -Operator).",
        };
}
