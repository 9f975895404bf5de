using System.Security;

namespace OrchestratorTools.Clients.Vro;

/// <summary>Who logs in, and with what. Secrets stay SecureStrings until a request is built.</summary>
public sealed class VroLogin
{
    // What a connection is called whose user only the server knows.
    private const string UnknownUser = "token";

    private VroLogin(string user, SecureString secret, SecureString? passcode)
    {
        User = user;
        Secret = secret;
        MfaPasscode = passcode;
    }

    /// <summary>The user name (<c>DOMAIN\USER</c> or <c>USER</c>) or the client id.</summary>
    public string User { get; }

    /// <summary>True for a client account (grant client_credentials).</summary>
    public bool IsClient { get; private init; }

    /// <summary>True for a refresh token that somebody else's login gave (grant refresh_token): good for renewals, and no login can take its place.</summary>
    public bool IsRefreshToken { get; private init; }

    internal SecureString Secret { get; }

    internal SecureString? MfaPasscode { get; }

    /// <summary>A user account; the passcode where it has a second factor.</summary>
    public static VroLogin Password(string user, SecureString password, SecureString? mfaPasscode = null) => new(user, password, mfaPasscode);

    /// <summary>A client account.</summary>
    public static VroLogin Client(string clientId, SecureString clientSecret) => new(clientId, clientSecret, null) { IsClient = true };

    /// <summary>A refresh token.</summary>
    public static VroLogin RefreshToken(SecureString refreshToken) => new(UnknownUser, refreshToken, null) { IsRefreshToken = true };

    /// <summary>Never the secret.</summary>
    public override string ToString() => User;
}
