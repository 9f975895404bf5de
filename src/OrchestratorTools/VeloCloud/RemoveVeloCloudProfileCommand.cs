using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Removes profiles that no edge has. It cannot be undone.</summary>
[Cmdlet(VerbsCommon.Remove, "VeloCloudProfile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveVeloCloudProfileCommand : VeloCloudProfileChangingCmdlet
{
    /// <inheritdoc/>
    private protected override void OnProfile(VeloCloudClient client, VeloCloudProfileTarget profile)
    {
        // An object may be old: the count is asked for now, and said before the question.
        var now = Await(token => client.GetProfileAsync(profile.Profile.Id, profile.Enterprise.Id, profile.Enterprise.Name, token))
            ?? throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"There is no {profile} any more.");
        if (now.EdgeCount is > 0 and var count)
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.WrongState, string.Create(CultureInfo.InvariantCulture, $"The {profile} is in use: {(count == 1 ? "1 edge has" : $"{count} edges have")} it. Nothing was sent."))
            {
                RecommendedAction = "Give those edges another profile with Set-VeloCloudEdgeProfile first.",
            };
        }

        if (ShouldProcess($"{profile} at {profile.Session.Server.Authority}", now.EdgeCount == 0 ? "Remove (no edge has it; it cannot be undone)" : "Remove (it cannot be undone)"))
        {
            Await(token => client.RemoveProfileAsync(now, profile.Enterprise.Id, token));
        }
    }
}
