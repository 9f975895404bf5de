using System.Management.Automation;
using System.Security;
using System.Text.RegularExpressions;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Completion;
using OrchestratorTools.Connections;

namespace OrchestratorTools.Vro;

/// <summary>Connects to a Veeam Recovery Orchestrator.</summary>
[Cmdlet(VerbsCommunications.Connect, "Vro", DefaultParameterSetName = UserSet)]
[OutputType(typeof(OrchestratorConnection))]
public sealed partial class ConnectVroCommand : ConnectCommand
{
    private const string UserSet = "User";
    private const string ClientSet = "Client";
    private const string TokenSet = "Token";
    private const int ApiPort = 9898;

    /// <summary>The port, where the address names none.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int Port { get; set; } = ApiPort;

    /// <summary>User name (DOMAIN\USER or USER) and password.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = UserSet)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The six digits of the second factor, where the account has one.</summary>
    [Parameter(ParameterSetName = UserSet)]
    [ValidateNotNullOrEmpty]
    public string? MfaPasscode { get; set; }

    /// <summary>The id of a client account.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ClientSet)]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>The client account's secret.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ClientSet)]
    [ValidateNotNull]
    public SecureString? ClientSecret { get; set; }

    /// <summary>A refresh token of a login that was made elsewhere. It is used up by this.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenSet)]
    [ValidateNotNull]
    public SecureString? RefreshToken { get; set; }

    /// <summary>The API version; without it v7.21, v7.2 and v7.1 are tried.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VroValueCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ApiVersion { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <inheritdoc/>
    private protected override int DefaultPort => Port;

    /// <inheritdoc/>
    private protected override string DefaultNameOf(OrchestratorSession session)
        => $"{session.User}@{(session.Server.Port == ApiPort ? session.Server.Host : session.Server.Authority)}";

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (MfaPasscode is not null && !Passcode().IsMatch(MfaPasscode))
        {
            ThrowBadParameter(nameof(MfaPasscode), SecretRedactor.Mask, "the six digits that the authenticator shows are needed; write them in quotes where the first is a zero and a variable holds them.");
        }

        if (ParameterSetName == UserSet && (Credential is null || Credential == PSCredential.Empty || Credential.Password.Length == 0))
        {
            ThrowBadParameter(nameof(Credential), Credential?.UserName, "a user name and a password are needed.");
        }

        if (ParameterSetName == ClientSet && ClientSecret!.Length == 0)
        {
            ThrowBadParameter(nameof(ClientSecret), string.Empty, "the secret is empty.");
        }

        if (ParameterSetName == TokenSet && RefreshToken!.Length == 0)
        {
            ThrowBadParameter(nameof(RefreshToken), string.Empty, "the token is empty.");
        }

        if (ApiVersion is not null)
        {
            if (!Version().IsMatch(ApiVersion))
            {
                ThrowBadParameter(nameof(ApiVersion), ApiVersion, $"a version such as {string.Join(", ", VroAssumptions.Versions)} is needed.");
            }

            ApiVersion = "v" + ApiVersion.TrimStart('v', 'V');
            if (!VroAssumptions.Versions.Contains(ApiVersion, StringComparer.Ordinal))
            {
                WriteWarning($"API version {ApiVersion} is not one that this module was written for ({string.Join(", ", VroAssumptions.Versions)}).");
            }
        }

        base.OnRecord();
    }

    /// <inheritdoc/>
    private protected override async Task<OrchestratorSession> LogInAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        var login = ParameterSetName switch
        {
            ClientSet => VroLogin.Client(ClientId!, ClientSecret!),
            TokenSet => VroLogin.RefreshToken(RefreshToken!),
            _ => VroLogin.Password(Credential!.UserName.TrimStart('\\'), Credential.Password, SecretText.From(MfaPasscode)),
        };
        return await VroSession.ConnectAsync(settings, login, ApiVersion, RequestObserver, cancellationToken).ConfigureAwait(false);
    }

    [GeneratedRegex(@"^\d{6}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Passcode();

    [GeneratedRegex(@"^[vV]?\d{1,3}(\.\d{1,3})?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Version();
}
