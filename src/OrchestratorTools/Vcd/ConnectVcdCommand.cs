using System.Management.Automation;
using System.Security;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Connections;

namespace OrchestratorTools.Vcd;

/// <summary>Connects to a vCloud Director.</summary>
[Cmdlet(VerbsCommunications.Connect, "Vcd", DefaultParameterSetName = CredentialSet)]
[OutputType(typeof(OrchestratorConnection))]
public sealed class ConnectVcdCommand : ConnectCommand
{
    private const string CredentialSet = "Credential";
    private const string TokenSet = "Token";

    /// <summary>The organization to log in to, by name; System is the provider's.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("Org")]
    [ValidateNotNullOrEmpty]
    public string Organization { get; set; } = string.Empty;

    /// <summary>The user, without the organization, and the password.</summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = CredentialSet)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>An API token (Cloud Director 10.3.1 and later).</summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenSet)]
    public SecureString? Token { get; set; }

    /// <summary>The API version to use; default: the highest one that server and module know and that is not deprecated.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ApiVersion { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vcd;

    /// <inheritdoc/>
    private protected override async Task<OrchestratorSession> LogInAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        var login = new VcdLogin
        {
            Organization = Organization.Trim(),
            User = Credential?.UserName,
            Password = Credential?.Password,
            ApiToken = Token,
            ApiVersion = ApiVersion,
        };
        return await VcdSession.ConnectAsync(settings, login, RequestObserver, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    private protected override string DefaultNameOf(OrchestratorSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return $"{session.User}@{session.Scope}@{(session.Server.Port == DefaultPort ? session.Server.Host : session.Server.Authority)}";
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (Token is { Length: 0 })
        {
            ThrowBadParameter(nameof(Token), "(empty)", "an API token is needed, as a SecureString.");
        }

        if (Credential is { } credential && (credential.UserName.Contains(':', StringComparison.Ordinal) || credential.Password.Length == 0))
        {
            ThrowBadParameter(nameof(Credential), credential.UserName, credential.Password.Length == 0 ? "the password is empty." : "a user name cannot hold a colon.");
        }

        base.OnRecord();
    }
}
