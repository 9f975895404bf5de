using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Makes an edge. Its activation key is on the object that comes out (GetActivationKey), and in no view, message or log.</summary>
[Cmdlet(VerbsCommon.New, "VeloCloudEdge", SupportsShouldProcess = true)]
[OutputType(typeof(VeloCloudEdge))]
public sealed class NewVeloCloudEdgeCommand : VeloCloudEnterpriseChangingCmdlet
{
    private VeloCloudProfileResolver _profiles = null!;

    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>The profile: its name, its id, or what Get-VeloCloudProfile returned.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(VeloCloudProfileCompleter))]
    [ValidateNotNull]
    public VeloCloudProfileArgument? Profile { get; set; }

    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(VeloCloudModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string Model { get; set; } = string.Empty;

    /// <summary>The device that alone may be activated as this edge.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? SerialNumber { get; set; }

    /// <summary>Free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Description { get; set; }

    /// <summary>Free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? CustomInfo { get; set; }

    /// <summary>The licence: its id, or what Get-VeloCloudLicense returned.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VeloCloudLicenseCompleter))]
    [ValidateNotNull]
    public VeloCloudLicenseArgument? License { get; set; }

    /// <summary>Two devices, of which one stands in for the other.</summary>
    [Parameter]
    public SwitchParameter HighAvailability { get; set; }

    /// <summary>The site's name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SiteName { get; set; }

    /// <summary>The contact at the site.</summary>
    [Parameter]
    public string? ContactName { get; set; }

    /// <summary>The contact's e-mail address.</summary>
    [Parameter]
    public string? ContactEmail { get; set; }

    /// <summary>The contact's telephone.</summary>
    [Parameter]
    public string? ContactPhone { get; set; }

    /// <summary>The contact's mobile.</summary>
    [Parameter]
    public string? ContactMobile { get; set; }

    /// <summary>The street.</summary>
    [Parameter]
    public string? Street { get; set; }

    /// <summary>The street's second line.</summary>
    [Parameter]
    public string? Street2 { get; set; }

    /// <summary>The city.</summary>
    [Parameter]
    public string? City { get; set; }

    /// <summary>The state or province.</summary>
    [Parameter]
    public string? State { get; set; }

    /// <summary>The postal code.</summary>
    [Parameter]
    public string? PostalCode { get; set; }

    /// <summary>The country, by its two letters.</summary>
    [Parameter]
    public string? Country { get; set; }

    /// <summary>Degrees north.</summary>
    [Parameter]
    [ValidateRange(-90d, 90d)]
    public double Latitude { get; set; }

    /// <summary>Degrees east.</summary>
    [Parameter]
    [ValidateRange(-180d, 180d)]
    public double Longitude { get; set; }

    /// <summary>The time zone, by its name in the IANA list.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TimeZone { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _profiles = new VeloCloudProfileResolver(null);
    }

    /// <inheritdoc/>
    private protected override void OnEnterprise(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise)
    {
        var models = VeloCloudOperations.All["edge/edgeProvision"].Parameters.First(p => p.Name == "modelNumber").Words;
        if (!models.Contains(Model, StringComparer.Ordinal))
        {
            WriteVerbose($"The model '{Model}' is none that the definition lists ({string.Join(", ", models)}); it is sent as it is.");
        }

        var profile = FindProfile(client, enterprise);
        var license = License is null ? null : Await(token => License.FindAsync(client, enterprise, token));
        if (!ShouldProcess($"edge '{Name}' ({Model}, profile '{profile.Name}') in {enterprise}", "Make an edge"))
        {
            return;
        }

        var site = VeloCloudSiteMembers.Of(MyInvocation.BoundParameters);
        if (SiteName is not null)
        {
            site = new Dictionary<string, object?>(site ?? new Dictionary<string, object?>(StringComparer.Ordinal), StringComparer.Ordinal) { ["name"] = SiteName };
        }

        var draft = new VeloCloudEdgeDraft(Name, profile.Id, Model, SerialNumber, Description, CustomInfo, license?.Id, HighAvailability, site);
        Start(Name, async token => await client.ProvisionEdgeAsync(draft, enterprise.Id, enterprise.Name, token).ConfigureAwait(false));
    }

    private VeloCloudProfile FindProfile(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise)
    {
        // The profile is looked for where the edge is made; an object of another enterprise would be refused by the server in words that nobody understands.
        var resolver = enterprise.Id is { } id ? new VeloCloudProfileResolver([new VeloCloudEnterpriseArgument(id)]) : _profiles;
        var found = Await(token => resolver.ResolveAsync(enterprise.Session, client, Profile!, token));
        if (found.Count != 1)
        {
            throw found.Count == 0
                ? new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"-Profile '{Profile}': there is no such profile in {enterprise}.") { RecommendedAction = "Get-VeloCloudProfile lists the profiles of an enterprise." }
                : VeloCloudMessages.Ambiguous("Profile", Profile!.Name, "profiles", found.Select(p => $"'{p.Profile.Name}' (id {p.Profile.Id})"));
        }

        if (enterprise.Id is { } own && found[0].Profile.EnterpriseId is { } its && its != own)
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Validation, $"-Profile '{Profile}' is a profile of enterprise {its}, not of {enterprise}. Nothing was sent.") { RecommendedAction = "Name the profile, or get it with Get-VeloCloudProfile -Enterprise." };
        }

        return found[0].Profile;
    }
}
