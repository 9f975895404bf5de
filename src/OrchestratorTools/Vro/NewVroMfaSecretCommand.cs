using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vro;

/// <summary>Makes the key of an account's second factor, for an authenticator. The server tells it once; nothing of it is logged.</summary>
[Cmdlet(VerbsCommon.New, "VroMfaSecret", SupportsShouldProcess = true)]
[OutputType(typeof(VroMfaSecret))]
public sealed class NewVroMfaSecretCommand : ChangingCmdlet<VroSession>
{
    /// <summary>The account whose password alone is not enough; default: the account of the connection.</summary>
    [Parameter(Position = 0)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (Credential is not null && (Credential == PSCredential.Empty || Credential.Password.Length == 0))
        {
            ThrowBadParameter(nameof(Credential), Credential.UserName, "a user name and a password are needed.");
        }

        var session = Session();
        var user = Credential?.UserName.TrimStart('\\');
        if (session.IsClientAccount is true && user is null)
        {
            throw session.Error(OrchestratorErrorKind.WrongState, $"'{session.User}' is a client account: it has no second factor. Nothing was sent.", "Name the account with -Credential.");
        }

        CurrentTarget = user ?? session.User;
        if (ShouldProcess($"{user ?? session.User} at {session.Server.Authority}", "Make the key of the second factor"))
        {
            WriteObject(Await(token => new VroClient(session, RequestObserver).CreateMfaSecretAsync(user, Credential?.Password, token)));
        }
    }
}
