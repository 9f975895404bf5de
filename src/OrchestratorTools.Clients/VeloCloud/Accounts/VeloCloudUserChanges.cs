using System.Security;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What a new user has, or what is changed of one; null: nothing is said of it.</summary>
public sealed record VeloCloudUserChanges
{
    /// <summary>The password.</summary>
    public SecureString? Password { get; init; }

    /// <summary>The present password, where users change their own.</summary>
    public SecureString? CurrentPassword { get; init; }

    /// <summary>The role's id.</summary>
    public long? RoleId { get; init; }

    /// <summary>The first name.</summary>
    public string? FirstName { get; init; }

    /// <summary>The last name.</summary>
    public string? LastName { get; init; }

    /// <summary>The e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>A telephone.</summary>
    public string? OfficePhone { get; init; }

    /// <summary>A telephone.</summary>
    public string? MobilePhone { get; init; }

    /// <summary>BASIC or PRIVILEGED.</summary>
    public string? AccessLevel { get; init; }

    /// <summary>Whether the user may log in.</summary>
    public bool? IsActive { get; init; }

    /// <summary>Whether the user is locked out.</summary>
    public bool? IsLocked { get; init; }

    /// <summary>Whether the user is spared the second factor.</summary>
    public bool? DisableSecondFactor { get; init; }
}
