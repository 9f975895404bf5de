using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Someone who can log in: a customer's, a partner's or an operator's user.</summary>
public sealed class VeloCloudUser : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "id", "username", "domain", "firstName", "lastName", "email", "officePhone", "mobilePhone", "userType", "roleId", "roleName", "isSuper", "accessLevel", "isActive", "isLocked", "isNative",
        "disableSecondFactor", "sshUsername", "lastLogin", "passwordModified", "created", "modified", "enterpriseId", "enterpriseProxyId",

        // Nobody's to see.
        "password", "salt",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudUser(JsonElement e, VeloCloudAccountScope scope)
    {
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        Username = VeloCloudJson.Text(e, "username") ?? string.Empty;
        Tier = scope.Tier;
        FirstName = VeloCloudJson.Text(e, "firstName");
        LastName = VeloCloudJson.Text(e, "lastName");
        Email = VeloCloudJson.Text(e, "email");
        OfficePhone = VeloCloudJson.Text(e, "officePhone");
        MobilePhone = VeloCloudJson.Text(e, "mobilePhone");
        Domain = VeloCloudJson.Text(e, "domain");
        UserType = VeloCloudJson.Text(e, "userType");
        RoleId = VeloCloudJson.Whole(e, "roleId");
        RoleName = VeloCloudJson.Text(e, "roleName");
        IsSuper = VeloCloudJson.Flag(e, "isSuper");
        AccessLevel = VeloCloudJson.Text(e, "accessLevel");
        IsActive = VeloCloudJson.Flag(e, "isActive");
        IsLocked = VeloCloudJson.Flag(e, "isLocked");
        IsNative = VeloCloudJson.Flag(e, "isNative");
        DisableSecondFactor = VeloCloudJson.Flag(e, "disableSecondFactor");
        SshUsername = VeloCloudJson.Text(e, "sshUsername");
        LastLogin = VeloCloudJson.Time(e, "lastLogin");
        PasswordModified = VeloCloudJson.Time(e, "passwordModified");
        Created = VeloCloudJson.Time(e, "created");
        Modified = VeloCloudJson.Time(e, "modified");
        EnterpriseId = VeloCloudJson.Whole(e, "enterpriseId") ?? scope.EnterpriseId;
        PartnerId = VeloCloudJson.Whole(e, "enterpriseProxyId") ?? scope.PartnerId;
        OwnerName = scope.Name;
    }

    /// <summary>The id; one sequence for all three tiers is not promised.</summary>
    public long Id { get; }

    /// <summary>The name to log in with, mostly an e-mail address.</summary>
    public string Username { get; }

    /// <summary>Customer, Partner or Operator.</summary>
    public VeloCloudTier Tier { get; }

    /// <summary>The first name.</summary>
    public string? FirstName { get; }

    /// <summary>The last name.</summary>
    public string? LastName { get; }

    /// <summary>The e-mail address.</summary>
    public string? Email { get; }

    /// <summary>A telephone.</summary>
    public string? OfficePhone { get; }

    /// <summary>A telephone.</summary>
    public string? MobilePhone { get; }

    /// <summary>The domain, where the user is not the Orchestrator's own.</summary>
    public string? Domain { get; }

    /// <summary>ENTERPRISE, MSP, OPERATOR, as the server writes it.</summary>
    public string? UserType { get; }

    /// <summary>The role.</summary>
    public long? RoleId { get; }

    /// <summary>The role's name.</summary>
    public string? RoleName { get; }

    /// <summary>Whether the role may do everything in its tier.</summary>
    public bool? IsSuper { get; }

    /// <summary>BASIC or PRIVILEGED.</summary>
    public string? AccessLevel { get; }

    /// <summary>Whether the user may log in.</summary>
    public bool? IsActive { get; }

    /// <summary>Whether the user is locked out.</summary>
    public bool? IsLocked { get; }

    /// <summary>Whether the Orchestrator itself knows the password (no single sign-on).</summary>
    public bool? IsNative { get; }

    /// <summary>Whether the user is spared the second factor.</summary>
    public bool? DisableSecondFactor { get; }

    /// <summary>The user's name at edges.</summary>
    public string? SshUsername { get; }

    /// <summary>When the user logged in last (UTC); null of one who never did.</summary>
    public DateTimeOffset? LastLogin { get; }

    /// <summary>When the password was changed last (UTC).</summary>
    public DateTimeOffset? PasswordModified { get; }

    /// <summary>When the user was made (UTC).</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>When the user was changed last (UTC).</summary>
    public DateTimeOffset? Modified { get; }

    /// <summary>A customer's user: the enterprise.</summary>
    public long? EnterpriseId { get; }

    /// <summary>A partner's user: the partner.</summary>
    public long? PartnerId { get; }

    /// <summary>The enterprise's or partner's name, where it is known.</summary>
    public string? OwnerName { get; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The name.</summary>
    public override string ToString() => Username;

    /// <summary>Whose user this is.</summary>
    internal VeloCloudAccountScope Scope => new(Tier, Tier is VeloCloudTier.Customer ? EnterpriseId : null, Tier is VeloCloudTier.Partner ? PartnerId : null, OwnerName);
}
