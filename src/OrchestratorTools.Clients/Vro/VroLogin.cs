using System.Security;

namespace OrchestratorTools.Clients.Vro;

/// <summary>Who logs in, and with what. Secrets stay SecureStrings until a request is built.</summary>
public sealed class VroLogin
{
    private VroLogin(string user, SecureString secret, bool isClient, SecureString? passcode)
    {
        User = user;
        Secret = secret;
        IsClient = isClient;
        MfaPasscode = passcode;
    }

    /// <summary>The user name (<c>DOMAIN\USER</c> or <c>USER</c>) or the client id.</summary>
    public string User { get; }

    /// <summary>True for a client account (grant client_credentials).</summary>
    public bool IsClient { get; }

    internal SecureString Secret { get; }

    internal SecureString? MfaPasscode { get; }

    /// <summary>A user account; the passcode where it has a second factor.</summary>
    public static VroLogin Password(string user, SecureString password, SecureString? mfaPasscode = null) => new(user, password, isClient: false, mfaPasscode);

    /// <summary>A client account.</summary>
    public static VroLogin Client(string clientId, SecureString clientSecret) => new(clientId, clientSecret, isClient: true, null);

    /// <summary>Never the secret.</summary>
    public override string ToString() => User;
}
