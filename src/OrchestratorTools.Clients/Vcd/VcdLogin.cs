using System.Security;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>Who logs in, and how. Secrets stay SecureStrings; they are text only while a login is sent.</summary>
public sealed record VcdLogin
{
    /// <summary>The organization; "System" is the provider's.</summary>
    public required string Organization { get; init; }

    /// <summary>The user's name without the organization; null with a token.</summary>
    public string? User { get; init; }

    /// <summary>The user's password.</summary>
    public SecureString? Password { get; init; }

    /// <summary>An API token (API 36.1 and later), used in place of user and password.</summary>
    public SecureString? ApiToken { get; init; }

    /// <summary>The API version to use; null takes the highest one that both sides know.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>True of the provider's organization.</summary>
    internal bool IsProvider => string.Equals(Organization, VcdAssumptions.ProviderOrganization, StringComparison.OrdinalIgnoreCase);

    /// <summary>Never the secrets.</summary>
    public override string ToString() => $"{User ?? "API token"}@{Organization}";
}
