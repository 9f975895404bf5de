using System.Management.Automation;
using System.Security;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Connections;

namespace OrchestratorTools.VeloCloud;

/// <summary>Connects to a VeloCloud Orchestrator with a user name and a password, or with an API token.</summary>
[Cmdlet(VerbsCommunications.Connect, "VeloCloud", DefaultParameterSetName = "Credential")]
[OutputType(typeof(OrchestratorConnection))]
public sealed class ConnectVeloCloudCommand : ConnectCommand
{
    /// <summary>User name and password, of a customer's or partner's account; with -Operator of an operator's.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Credential")]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>The account is an operator's.</summary>
    [Parameter(ParameterSetName = "Credential")]
    public SwitchParameter Operator { get; set; }

    /// <summary>An API token.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Token")]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override async Task<OrchestratorSession> LogInAsync(ConnectionSettings settings, CancellationToken cancellationToken)
        => Token is { } token
            ? await VeloCloudSession.UseTokenAsync(settings, token, RequestObserver, cancellationToken).ConfigureAwait(false)
            : await VeloCloudSession.LogInAsync(settings, Credential!.UserName, Credential.Password, Operator, RequestObserver, cancellationToken).ConfigureAwait(false);
}
