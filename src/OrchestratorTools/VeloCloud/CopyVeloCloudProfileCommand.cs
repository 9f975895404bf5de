using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Copies a profile with all its modules, within its enterprise.</summary>
[Cmdlet(VerbsCommon.Copy, "VeloCloudProfile", SupportsShouldProcess = true)]
[OutputType(typeof(VeloCloudProfile))]
public sealed class CopyVeloCloudProfileCommand : VeloCloudProfileChangingCmdlet
{
    /// <summary>The copy's name.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string NewName { get; set; } = string.Empty;

    /// <summary>The copy's description; without it, the server's choice.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <inheritdoc/>
    private protected override void OnProfile(VeloCloudClient client, VeloCloudProfileTarget profile)
    {
        if (!ShouldProcess($"{profile} at {profile.Session.Server.Authority}", $"Copy to '{NewName}'"))
        {
            return;
        }

        var id = Await(token => client.CopyProfileAsync(profile.Profile.Id, profile.Enterprise.Id, NewName, Description, token));
        WriteObject(Await(token => client.GetProfileAsync(id, profile.Enterprise.Id, profile.Enterprise.Name, token))
            ?? throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"The server says that '{NewName}' was made (id {id}), and does not show it."));
    }
}
