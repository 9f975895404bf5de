using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Makes a user: of an enterprise, of a partner, of the operator.</summary>
[Cmdlet(VerbsCommon.New, "VeloCloudUser", SupportsShouldProcess = true)]
[OutputType(typeof(VeloCloudUser))]
public sealed class NewVeloCloudUserCommand : ChangingCmdlet<VeloCloudSession>
{
    private readonly VeloCloudAccountScopes _scopes = new();

    /// <summary>The name to log in with, and the password.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>The role, by name or id.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(VeloCloudRoleCompleter))]
    [ValidateNotNullOrEmpty]
    public string Role { get; set; } = string.Empty;

    /// <summary>The enterprise whose user it becomes, by name, id or object.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VeloCloudEnterpriseCompleter))]
    [ValidateNotNull]
    public VeloCloudEnterpriseArgument? Enterprise { get; set; }

    /// <summary>The partner whose user it becomes, by id or object.</summary>
    [Parameter]
    [ValidateNotNull]
    public VeloCloudPartnerArgument? Partner { get; set; }

    /// <summary>It becomes an operator.</summary>
    [Parameter]
    public SwitchParameter Operator { get; set; }

    /// <summary>The first name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FirstName { get; set; }

    /// <summary>The last name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LastName { get; set; }

    /// <summary>The e-mail address.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Email { get; set; }

    /// <summary>A telephone.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OfficePhone { get; set; }

    /// <summary>A telephone.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? MobilePhone { get; set; }

    /// <summary>BASIC or PRIVILEGED.</summary>
    [Parameter]
    [ValidateSet("BASIC", "PRIVILEGED")]
    public string? AccessLevel { get; set; }

    /// <summary>The user may not log in yet.</summary>
    [Parameter]
    public SwitchParameter Disabled { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (VeloCloudAccountScopes.Contradiction(Enterprise is not null, Partner is not null, Operator) is { } wrong)
        {
            ThrowBadParameter(Operator ? nameof(Operator) : nameof(Partner), Operator ? true : Partner, wrong);
        }

        var session = Session(Enterprise?.Piped);
        var client = new VeloCloudClient(session, RequestObserver);
        var name = Credential!.UserName;
        CurrentTarget = name;
        var scope = Await(token => _scopes.ResolveOneAsync(session, client, Enterprise, Partner, Operator, token));
        var role = Await(token => VeloCloudUserLookup.RoleAsync(client, scope, Role, token));
        if (!ShouldProcess($"user '{name}' of {scope}", $"Make, with the role '{role.Name}'"))
        {
            return;
        }

        var user = new VeloCloudUserChanges
        {
            Password = Credential.Password,
            RoleId = role.Id,
            FirstName = FirstName,
            LastName = LastName,
            Email = Email,
            OfficePhone = OfficePhone,
            MobilePhone = MobilePhone,
            AccessLevel = AccessLevel?.ToUpperInvariant(),
            IsActive = Disabled ? false : null,
        };
        var id = Await(token => client.AddUserAsync(scope, name, user, token));
        try
        {
            WriteObject(id is { } known
                ? Await(token => VeloCloudUserLookup.OfIdAsync(client, scope, nameof(Credential), known, token))
                : Await(token => VeloCloudUserLookup.NamedAsync(client, scope, nameof(Credential), name, token)));
        }
        catch (OrchestratorApiException e)
        {
            WriteQueued();
            WriteWarning(string.Create(CultureInfo.InvariantCulture, $"User '{name}' was made{(id is { } made ? $" (id {made})" : string.Empty)}, but cannot be read: {e.Message}"));
        }
    }
}
