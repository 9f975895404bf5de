using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Makes an enterprise: an operator's, or a partner's.</summary>
[Cmdlet(VerbsCommon.New, "VeloCloudEnterprise", SupportsShouldProcess = true)]
[OutputType(typeof(VeloCloudEnterprise))]
public sealed class NewVeloCloudEnterpriseCommand : ChangingCmdlet<VeloCloudSession>
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>The software image (operator profile) that its edges run by: its name, its id, or what Get-VeloCloudSoftwareImage returned.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(VeloCloudSoftwareImageCompleter))]
    [ValidateNotNull]
    public VeloCloudSoftwareImageArgument? SoftwareImage { get; set; }

    /// <summary>The gateway pool: its name, its id, or what Get-VeloCloudGatewayPool returned. Default: the Orchestrator's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VeloCloudGatewayPoolCompleter))]
    [ValidateNotNull]
    public VeloCloudGatewayPoolArgument? GatewayPool { get; set; }

    /// <summary>The id of the partner that looks after it. A partner's own account needs to say none.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long PartnerId { get; set; }

    /// <summary>The first user, an administrator, with the password.</summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>The contact.</summary>
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

    /// <summary>The language, for example en-US.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Locale { get; set; }

    /// <summary>Whether the operator may act in the customer's name.</summary>
    [Parameter]
    public SwitchParameter DelegateToOperator { get; set; }

    /// <summary>Whether the partner may act in the customer's name.</summary>
    [Parameter]
    public SwitchParameter DelegateToPartner { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var session = Session(SoftwareImage!.Item);
        CurrentTarget = Name;
        var client = new VeloCloudClient(session, RequestObserver);
        var tier = Await(client.GetTierAsync);
        if (tier is VeloCloudTier.Customer)
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Permission, $"Connection '{session.ConnectionName}' is a customer's: enterprises are made by operators and partners.") { RecommendedAction = "Connect with an operator's or a partner's account." };
        }

        // An id needs no look-up: not every partner may list all images.
        var (imageId, imageName) = SoftwareImage.Id is { } known ? (known, SoftwareImage.Name) : Named(Await(token => SoftwareImage.FindAsync(client, null, token)));
        var pool = GatewayPool is null ? null : Await(token => GatewayPool.FindAsync(session, RequestObserver, token));
        if (!ShouldProcess($"enterprise '{Name}' (software image '{imageName}') at '{session.ConnectionName}'", "Make an enterprise"))
        {
            return;
        }

        var members = new Dictionary<string, object?>(VeloCloudSiteMembers.Of(MyInvocation.BoundParameters) ?? new Dictionary<string, object?>(StringComparer.Ordinal), StringComparer.Ordinal);
        if (pool is not null)
        {
            members["gatewayPoolId"] = pool.Id;
        }

        if (MyInvocation.BoundParameters.ContainsKey(nameof(DelegateToOperator)))
        {
            members["enableEnterpriseDelegationToOperator"] = DelegateToOperator.IsPresent;
        }

        if (MyInvocation.BoundParameters.ContainsKey(nameof(DelegateToPartner)))
        {
            members["enableEnterpriseDelegationToProxy"] = DelegateToPartner.IsPresent;
        }

        if (Credential is { } first)
        {
            members["user"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["username"] = first.UserName, ["password"] = SecretText.Reveal(first.Password) };
        }

        WriteObject(Await(token => client.InsertEnterpriseAsync(Name, imageId, PartnerId > 0 ? PartnerId : null, members, token)));
    }

    private static (long Id, string Name) Named(VeloCloudSoftwareImage image) => (image.Id, image.Name);
}
