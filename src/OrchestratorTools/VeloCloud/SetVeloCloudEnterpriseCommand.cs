using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Changes an enterprise: its name, its texts, its contact and address. The enterprise is always named, and its id is always sent.</summary>
[Cmdlet(VerbsCommon.Set, "VeloCloudEnterprise", SupportsShouldProcess = true)]
[OutputType(typeof(VeloCloudEnterprise))]
public sealed class SetVeloCloudEnterpriseCommand : ChangingCmdlet<VeloCloudSession>
{
    private readonly VeloCloudEnterpriseResolver _resolver = new();
    private Dictionary<string, object?> _members = new(StringComparer.Ordinal);

    /// <summary>The enterprises, by name, id or object. Also a customer's own one is named.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VeloCloudEnterpriseCompleter))]
    [ValidateNotNullOrEmpty]
    public VeloCloudEnterpriseArgument[] Enterprise { get; set; } = [];

    /// <summary>The enterprise's new name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NewName { get; set; }

    /// <summary>The domain: the name of the customer's login.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Domain { get; set; }

    /// <summary>The account number.</summary>
    [Parameter]
    public string? AccountNumber { get; set; }

    /// <summary>Free text.</summary>
    [Parameter]
    public string? Description { get; set; }

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

    /// <summary>Returns the enterprise as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _members = new Dictionary<string, object?>(VeloCloudSiteMembers.Of(MyInvocation.BoundParameters) ?? new Dictionary<string, object?>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var (parameter, member) in new[] { (nameof(NewName), "name"), (nameof(Domain), "domain"), (nameof(AccountNumber), "accountNumber"), (nameof(Description), "description") })
        {
            if (MyInvocation.BoundParameters.TryGetValue(parameter, out var value))
            {
                _members[member] = value;
            }
        }

        if (_members.Count == 0)
        {
            ThrowTerminatingError(VeloCloudMessages.NothingToChange("Set-VeloCloudEnterprise", "-NewName, -Domain, -AccountNumber, -Description or a parameter of the contact or the address"));
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in Enterprise)
        {
            CurrentTarget = argument.Target;
            Attempt(() => Set(argument), argument.Target);
        }
    }

    private void Set(VeloCloudEnterpriseArgument argument)
    {
        var session = Session(argument.Piped);
        var client = new VeloCloudClient(session, RequestObserver);
        var enterprise = Await(token => _resolver.ResolveOneAsync(session, client, argument, token));
        if (!ShouldProcess(enterprise.ToString(), $"Set {string.Join(", ", _members.Keys)}"))
        {
            return;
        }

        Await(token => client.UpdateEnterpriseAsync(enterprise.CertainId, _members, token));
        if (PassThru)
        {
            WriteObject(Await(token => client.GetEnterpriseAsync(enterprise.CertainId, token)));
        }
    }
}
