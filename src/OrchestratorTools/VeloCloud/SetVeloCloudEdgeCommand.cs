using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Changes an edge's name, texts and site.</summary>
[Cmdlet(VerbsCommon.Set, "VeloCloudEdge", SupportsShouldProcess = true)]
[OutputType(typeof(VeloCloudEdge))]
public sealed class SetVeloCloudEdgeCommand : VeloCloudEdgeChangingCmdlet
{
    private readonly Dictionary<string, object?> _members = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, object?>? _site;

    /// <summary>The edge's new name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NewName { get; set; }

    /// <summary>The description; an empty text empties it.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>The custom information; an empty text empties it.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? CustomInfo { get; set; }

    /// <summary>The device that alone may be activated as this edge; of an edge that is activated the Orchestrator knows better.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SerialNumber { get; set; }

    /// <summary>The site's name.</summary>
    [Parameter]
    [AllowEmptyString]
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

    /// <summary>Returns the edge as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        foreach (var (parameter, member) in new[] { (nameof(NewName), "name"), (nameof(Description), "description"), (nameof(CustomInfo), "customInfo"), (nameof(SerialNumber), "serialNumber") })
        {
            if (MyInvocation.BoundParameters.TryGetValue(parameter, out var value))
            {
                _members[member] = value;
            }
        }

        var site = VeloCloudSiteMembers.Of(MyInvocation.BoundParameters);
        if (MyInvocation.BoundParameters.TryGetValue(nameof(SiteName), out var name))
        {
            site = new Dictionary<string, object?>(site ?? new Dictionary<string, object?>(StringComparer.Ordinal), StringComparer.Ordinal) { ["name"] = name };
        }

        _site = site;
        if (_members.Count == 0 && _site is null)
        {
            ThrowTerminatingError(VeloCloudMessages.NothingToChange("Set-VeloCloudEdge", "-NewName, -Description, -CustomInfo, -SerialNumber or a parameter of the site"));
        }
    }

    /// <inheritdoc/>
    private protected override void OnEdge(VeloCloudClient client, VeloCloudEdgeTarget edge)
    {
        if (!ShouldProcess(edge.ToString(), $"Set {string.Join(", ", _members.Keys.Concat(_site?.Keys.Select(k => "site." + k) ?? []))}"))
        {
            return;
        }

        Start(edge, async token =>
        {
            await client.UpdateEdgeAsync(edge.Id, edge.Enterprise.Id, _members, _site, token).ConfigureAwait(false);
            return PassThru ? await client.AfterwardsAsync(edge.Id, $"The {edge} was changed", edge.Enterprise.Id, edge.Enterprise.Name, token).ConfigureAwait(false) : null;
        });
    }
}
