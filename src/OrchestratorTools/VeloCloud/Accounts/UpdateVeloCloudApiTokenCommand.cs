using System.Management.Automation;
using System.Security;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Replaces an API token by a new one before it ends. The new one is given out once.</summary>
[Cmdlet(VerbsData.Update, "VeloCloudApiToken", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VeloCloudApiToken))]
public sealed class UpdateVeloCloudApiTokenCommand : VeloCloudTokenOutputCmdlet
{
    /// <summary>The token, as it is used now.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var session = Session();
        var client = new VeloCloudClient(session, RequestObserver);
        var tier = Await(client.GetTierAsync);
        if (!VeloCloudClient.CanRefreshTokens(tier))
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Validation, "The portal API refreshes customers' and operators' tokens, not those of partners' users. Nothing was sent.")
            {
                RecommendedAction = "Make another one (New-VeloCloudApiToken), and revoke the old one (Revoke-VeloCloudApiToken).",
            };
        }

        if (!ShouldProcess(session.Server.Authority, "Replace the API token by a new one; the old one may end"))
        {
            return;
        }

        using var file = OpenFile();
        var secret = Await(token => client.RefreshApiTokenAsync(tier, Token!, token));
        if (session.IsToken && session.Uses(Token!))
        {
            WriteWarning($"Connection '{session.ConnectionName}' uses the old token: run Connect-VeloCloud with the new one.");
        }

        Keep(client.DescribeApiToken(new VeloCloudAccountScope(tier, null, null, null), 0, string.Empty, null, null), secret, file, session.Server);
    }
}
