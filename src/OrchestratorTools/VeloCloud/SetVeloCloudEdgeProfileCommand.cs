using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gives edges another profile.</summary>
[Cmdlet(VerbsCommon.Set, "VeloCloudEdgeProfile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VeloCloudEdge))]
public sealed class SetVeloCloudEdgeProfileCommand : VeloCloudEdgeChangingCmdlet
{
    private readonly Dictionary<(VeloCloudSession Session, long? Enterprise), VeloCloudProfile> _profiles = [];

    /// <summary>The profile: its name, its id, or what Get-VeloCloudProfile returned.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(VeloCloudProfileCompleter))]
    [ValidateNotNull]
    public VeloCloudProfileArgument? Profile { get; set; }

    /// <summary>Returns the edge as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnEdge(VeloCloudClient client, VeloCloudEdgeTarget edge)
    {
        var profile = Find(client, edge);
        if (!ShouldProcess(edge.ToString(), $"Give it the profile '{profile.Name}' (id {profile.Id}), with its firewall, QoS and device settings"))
        {
            return;
        }

        Start(edge, async token =>
        {
            await client.SetEdgeProfileAsync(edge.Id, edge.Enterprise.Id, profile.Id, token).ConfigureAwait(false);
            return PassThru ? await client.AfterwardsAsync(edge.Id, $"The {edge} was given the profile '{profile.Name}'", edge.Enterprise.Id, edge.Enterprise.Name, ["configuration"], token).ConfigureAwait(false) : null;
        });
    }

    private VeloCloudProfile Find(VeloCloudClient client, VeloCloudEdgeTarget edge)
    {
        if (_profiles.TryGetValue((edge.Session, edge.Enterprise.Id), out var known))
        {
            return known;
        }

        if (Profile!.Profile is { } given && !string.Equals(given.Connection, edge.Session.ConnectionName, StringComparison.OrdinalIgnoreCase))
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.ConnectionMismatch, $"The profile '{given.Name}' came by connection '{given.Connection}', the {edge} by '{edge.Session.ConnectionName}'. Ids of one server mean something else at another; nothing was sent.");
        }

        var resolver = new VeloCloudProfileResolver(edge.Enterprise.Id is { } id ? [new VeloCloudEnterpriseArgument(id)] : null);
        var found = Await(token => resolver.ResolveAsync(edge.Session, client, Profile, token));
        if (found.Count != 1)
        {
            throw found.Count == 0
                ? new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"-Profile '{Profile}': there is no such profile in the enterprise of {edge}.") { RecommendedAction = "Get-VeloCloudProfile lists the profiles of an enterprise." }
                : VeloCloudMessages.Ambiguous("Profile", Profile.Name, "profiles", found.Select(p => $"'{p.Profile.Name}' (id {p.Profile.Id})"));
        }

        if (edge.Enterprise.Id is { } own && found[0].Profile.EnterpriseId is { } its && its != own)
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Validation, $"-Profile '{Profile}' is a profile of enterprise {its}, which is not that of {edge}. Nothing was sent.") { RecommendedAction = "Name the profile: it is looked for in each edge's own enterprise." };
        }

        return _profiles[(edge.Session, edge.Enterprise.Id)] = found[0].Profile;
    }
}
