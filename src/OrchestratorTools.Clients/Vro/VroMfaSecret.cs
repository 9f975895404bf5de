using System.Security;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vro;

/// <summary>The key of an account's second factor, for an authenticator. The server tells it once.</summary>
public sealed class VroMfaSecret : ServerObject
{
    /// <summary>The account.</summary>
    public string Account { get; init; } = string.Empty;

    /// <summary>The key, base32: to be typed into an authenticator.</summary>
    public SecureString? Secret { get; init; }

    /// <summary>The address that a QR code for an authenticator holds (otpauth://…); the key is in it.</summary>
    public SecureString? OtpAuthUrl { get; init; }

    /// <summary>The account; never the secret.</summary>
    public override string ToString() => Account;
}
