using System.Security;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <content>Users and roles of the three tiers: each has methods of its own.</content>
public sealed partial class VeloCloudClient
{
    private const string UserHint = "Get-VeloCloudUser shows the users. Look before you try again.";

    /// <summary>The users of an enterprise, a partner or the operator.</summary>
    public IAsyncEnumerable<VeloCloudUser> GetUsersAsync(VeloCloudAccountScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var method = scope.Tier switch
        {
            VeloCloudTier.Operator => "network/getNetworkOperatorUsers",
            VeloCloudTier.Partner => "enterpriseProxy/getEnterpriseProxyUsers",
            _ => "enterprise/getEnterpriseUsers",
        };
        return ReadListAsync(
            method,
            writer =>
            {
                if (scope.Tier is VeloCloudTier.Operator)
                {
                    writer.WriteNumber("networkId", VeloCloudAssumptions.NetworkId);
                }
                else
                {
                    WriteScope(writer, scope);
                }
            },
            e => new VeloCloudUser(e, scope),
            cancellationToken);
    }

    /// <summary>Makes a user, once, and returns its id; null where the answer does not tell it.</summary>
    /// <param name="scope">Whose user.</param>
    /// <param name="username">The name to log in with.</param>
    /// <param name="user">Password and role at the least.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<long?> AddUserAsync(VeloCloudAccountScope scope, string username, VeloCloudUserChanges user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(user);
        var password = SecretText.Reveal(user.Password!);
        var method = scope.Tier switch
        {
            VeloCloudTier.Operator => "operatorUser/insertOperatorUser",
            VeloCloudTier.Partner => "enterpriseProxy/insertEnterpriseProxyUser",
            _ => "enterprise/insertEnterpriseUser",
        };
        var result = await ChangeAsync(
            method,
            writer =>
            {
                writer.WriteString("username", username);
                WriteUser(writer, user, password, "password2");
                WriteScope(writer, scope);
            },
            UserHint,
            cancellationToken).ConfigureAwait(false);
        return result.Id;
    }

    /// <summary>Changes a user, once.</summary>
    public async Task ChangeUserAsync(VeloCloudAccountScope scope, long id, VeloCloudUserChanges changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(changes);
        var password = changes.Password is { } secret ? SecretText.Reveal(secret) : null;
        var method = scope.Tier switch
        {
            VeloCloudTier.Operator => "operatorUser/updateOperatorUser",
            VeloCloudTier.Partner => "enterpriseProxy/updateEnterpriseProxyUser",
            _ => "enterpriseUser/updateEnterpriseUser",
        };
        await ChangeAsync(
            method,
            writer =>
            {
                writer.WriteNumber("id", id);
                WriteScope(writer, scope);
                writer.WriteStartObject("_update");
                WriteUser(writer, changes, password, "password2");
                writer.WriteEndObject();
                if (changes.CurrentPassword is { } current)
                {
                    writer.WriteString("currentPassword", SecretText.Reveal(current));
                }
            },
            UserHint,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a user, once.</summary>
    public async Task RemoveUserAsync(VeloCloudAccountScope scope, long id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var method = scope.Tier switch
        {
            VeloCloudTier.Operator => "operatorUser/deleteOperatorUser",
            VeloCloudTier.Partner => "enterpriseProxy/deleteEnterpriseProxyUser",
            _ => "enterpriseUser/deleteEnterpriseUser",
        };
        await ChangeAsync(
            method,
            writer =>
            {
                writer.WriteNumber("id", id);
                WriteScope(writer, scope);
            },
            UserHint,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The roles that users of a type may have.</summary>
    /// <param name="userType">ENTERPRISE, MSP, OPERATOR, …</param>
    /// <param name="cancellationToken">Ends the list.</param>
    public IAsyncEnumerable<VeloCloudRole> GetRolesAsync(string userType, CancellationToken cancellationToken)
        => ReadListAsync("role/getUserTypeRoles", writer => writer.WriteString("userType", userType), e => new VeloCloudRole(e), cancellationToken);

    // The ids that a call of operators and partners must have; the operator's own calls have none.
    private static void WriteScope(Utf8JsonWriter writer, VeloCloudAccountScope scope)
    {
        switch (scope)
        {
            case { Tier: VeloCloudTier.Customer or VeloCloudTier.Unknown, EnterpriseId: { } enterprise }:
                writer.WriteNumber("enterpriseId", enterprise);
                break;
            case { Tier: VeloCloudTier.Partner, PartnerId: { } partner }:
                writer.WriteNumber("enterpriseProxyId", partner);
                break;
            default:
                break;
        }
    }

    private static void WriteUser(Utf8JsonWriter writer, VeloCloudUserChanges user, string? password, string again)
    {
        if (password is not null)
        {
            writer.WriteString("password", password);
            writer.WriteString(again, password);
        }

        if (user.RoleId is { } role)
        {
            writer.WriteNumber("roleId", role);
        }

        WriteText(writer, "firstName", user.FirstName);
        WriteText(writer, "lastName", user.LastName);
        WriteText(writer, "email", user.Email);
        WriteText(writer, "officePhone", user.OfficePhone);
        WriteText(writer, "mobilePhone", user.MobilePhone);
        WriteText(writer, "accessLevel", user.AccessLevel);
        WriteFlag(writer, "isActive", user.IsActive);
        WriteFlag(writer, "isLocked", user.IsLocked);
        WriteFlag(writer, "disableSecondFactor", user.DisableSecondFactor);
    }

    private static void WriteFlag(Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } flag)
        {
            writer.WriteBoolean(name, flag);
        }
    }
}
