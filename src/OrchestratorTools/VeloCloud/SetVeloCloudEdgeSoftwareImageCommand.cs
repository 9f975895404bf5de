using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gives edges a software image of their own, or takes it away. The device installs it and restarts.</summary>
[Cmdlet(VerbsCommon.Set, "VeloCloudEdgeSoftwareImage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = "Image")]
[OutputType(typeof(VeloCloudEdge))]
public sealed class SetVeloCloudEdgeSoftwareImageCommand : VeloCloudEdgeChangingCmdlet
{
    private readonly Dictionary<long, VeloCloudSoftwareImage> _images = [];

    /// <summary>The software image (operator profile): its name, its id, or what Get-VeloCloudSoftwareImage returned.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Image")]
    [ArgumentCompleter(typeof(VeloCloudSoftwareImageCompleter))]
    [ValidateNotNull]
    public VeloCloudSoftwareImageArgument? SoftwareImage { get; set; }

    /// <summary>Takes the edges' own image away: the enterprise's holds again.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Inherit")]
    public SwitchParameter Inherit { get; set; }

    /// <summary>Returns the edge as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnEdge(VeloCloudClient client, VeloCloudEdgeTarget edge)
    {
        if (Inherit)
        {
            OnInherit(client, edge);
            return;
        }

        if (!_images.TryGetValue(edge.Enterprise.Id ?? 0, out var image))
        {
            _images[edge.Enterprise.Id ?? 0] = image = Await(token => SoftwareImage!.FindAsync(client, edge.Enterprise, token));
        }

        if (!ShouldProcess(edge.ToString(), $"Give it the software image '{image.Name}'{(image.Version is null ? string.Empty : $" (version {image.Version})")}: the device installs it and restarts"))
        {
            return;
        }

        Start(edge, async token =>
        {
            await client.SetEdgeImageAsync(edge.Id, edge.Enterprise.Id, image.Id, token).ConfigureAwait(false);
            return PassThru ? await client.AfterwardsAsync(edge.Id, $"The {edge} was given the software image '{image.Name}'", edge.Enterprise.Id, edge.Enterprise.Name, ["configuration"], token).ConfigureAwait(false) : null;
        });
    }

    private void OnInherit(VeloCloudClient client, VeloCloudEdgeTarget edge)
    {
        // The server wants to be told which image it takes away.
        var now = Await(token => client.GetEdgeAsync(edge.Id, null, edge.Enterprise.Id, edge.Enterprise.Name, ["configuration"], token)) ?? throw VeloCloudMessages.Gone(edge.ToString());
        if (now.SoftwareImageId is not { } id)
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.WrongState, $"The server names no software image of {edge}.");
        }

        if (!ShouldProcess(edge.ToString(), $"Take its own software image '{now.SoftwareImageName}' away: the device installs the enterprise's and restarts"))
        {
            return;
        }

        Start(edge, async token =>
        {
            await client.UnsetEdgeImageAsync(edge.Id, edge.Enterprise.Id, id, token).ConfigureAwait(false);
            return PassThru ? await client.AfterwardsAsync(edge.Id, $"The own software image of {edge} was taken away", edge.Enterprise.Id, edge.Enterprise.Name, ["configuration"], token).ConfigureAwait(false) : null;
        });
    }
}
