using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Deletes users.</summary>
[Cmdlet(VerbsCommon.Remove, "VeloCloudUser", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(void))]
public sealed class RemoveVeloCloudUserCommand : VeloCloudUserCmdlet
{
    /// <inheritdoc/>
    private protected override void Do(VeloCloudClient client, VeloCloudAccountScope scope, VeloCloudUser user)
    {
        if (IsOwn(client.Session, user))
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.WrongState, $"'{user.Username}' is the user that connection '{client.Session.ConnectionName}' logs in as. Nothing was sent.")
            {
                RecommendedAction = "Delete it by another user's connection.",
            };
        }

        if (ShouldProcess(Describe(user, scope), "Delete the user"))
        {
            Await(token => client.RemoveUserAsync(scope, user.Id, token));
        }
    }
}
