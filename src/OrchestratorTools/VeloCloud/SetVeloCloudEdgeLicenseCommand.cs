using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gives edges a licence of their enterprise.</summary>
[Cmdlet(VerbsCommon.Set, "VeloCloudEdgeLicense", SupportsShouldProcess = true)]
[OutputType(typeof(VeloCloudEdge))]
public sealed class SetVeloCloudEdgeLicenseCommand : VeloCloudEdgeChangingCmdlet
{
    private readonly Dictionary<long, VeloCloudLicense> _licenses = [];

    /// <summary>The licence: its name, its id, or what Get-VeloCloudLicense returned.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(VeloCloudLicenseCompleter))]
    [ValidateNotNull]
    public VeloCloudLicenseArgument? License { get; set; }

    /// <summary>Returns the edge as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnEdge(VeloCloudClient client, VeloCloudEdgeTarget edge)
    {
        if (!_licenses.TryGetValue(edge.Enterprise.Id ?? 0, out var license))
        {
            _licenses[edge.Enterprise.Id ?? 0] = license = Await(token => License!.FindAsync(client, edge.Enterprise, token));
        }

        if (!ShouldProcess(edge.ToString(), $"Give it the licence '{license.Name}' (id {license.Id})"))
        {
            return;
        }

        Start(edge, async token =>
        {
            await client.SetEdgeLicenseAsync(edge.Id, edge.Name, edge.Enterprise.Id, license, token).ConfigureAwait(false);
            return PassThru ? await client.AfterwardsAsync(edge.Id, $"The {edge} was given the licence '{license.Name}'", edge.Enterprise.Id, edge.Enterprise.Name, token).ConfigureAwait(false) : null;
        });
    }
}
