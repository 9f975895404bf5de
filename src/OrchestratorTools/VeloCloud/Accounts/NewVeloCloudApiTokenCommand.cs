using System.Globalization;
using System.Management.Automation;
using System.Security;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;
using OrchestratorTools.Vro;

namespace OrchestratorTools.VeloCloud;

/// <summary>Makes an API token for a user, and downloads it: that can be done once.</summary>
[Cmdlet(VerbsCommon.New, "VeloCloudApiToken", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VeloCloudApiToken))]
public sealed class NewVeloCloudApiTokenCommand : VeloCloudTokenOutputCmdlet
{
    private const string NameSet = "Username";
    private const string AccountSet = "Account";
    private const int DefaultDays = 90;
    private readonly VeloCloudAccountScopes _scopes = new();

    /// <summary>The token's name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>The user whom the token stands for; default: the one that the connection logs in as.</summary>
    [Parameter(Position = 1, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VeloCloudUserCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Username { get; set; }

    /// <summary>The enterprise whose user it is, by name, id or object.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VeloCloudEnterpriseCompleter))]
    [ValidateNotNull]
    public VeloCloudEnterpriseArgument? Enterprise { get; set; }

    /// <summary>The partner whose user it is, by id or object.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNull]
    public VeloCloudPartnerArgument? Partner { get; set; }

    /// <summary>The user is an operator.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public SwitchParameter Operator { get; set; }

    /// <summary>The user whom the token stands for.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = AccountSet)]
    [ValidateNotNull]
    public PSObject? Account { get; set; }

    /// <summary>How long the token lives; default 90 days, at the most 366.</summary>
    [Parameter]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(DefaultDays);

    /// <summary>Free text.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Description { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (Lifetime < TimeSpan.FromMilliseconds(1) || Lifetime > VeloCloudClient.LongestTokenLife)
        {
            ThrowBadParameter(nameof(Lifetime), Lifetime, string.Create(CultureInfo.InvariantCulture, $"a token lives at most {VeloCloudClient.LongestTokenLife.TotalDays:0} days, and not less than a moment."));
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (VeloCloudAccountScopes.Contradiction(Enterprise is not null, Partner is not null, Operator) is { } wrong)
        {
            ThrowBadParameter(Operator ? nameof(Operator) : nameof(Partner), Operator ? true : Partner, wrong);
        }

        var session = Session(Account ?? Enterprise?.Piped);
        var client = new VeloCloudClient(session, RequestObserver);
        CurrentTarget = Name;
        if (Find(session, client) is not { } found)
        {
            return;
        }

        var (scope, user) = found;
        if (!ShouldProcess(string.Create(CultureInfo.InvariantCulture, $"user '{user.Username}' (id {user.Id}) of {scope}"), string.Create(CultureInfo.InvariantCulture, $"Make the API token '{Name}' for {Lifetime.TotalDays:0.##} days")))
        {
            return;
        }

        using var file = OpenFile();
        var id = Await(token => client.CreateApiTokenAsync(scope, user.Id, Name, Description, Lifetime, token));
        SecureString secret;
        try
        {
            secret = Await(token => client.DownloadApiTokenAsync(scope, id, token));
        }
        catch (OrchestratorApiException e)
        {
            WriteQueued();
            throw new OrchestratorApiException(e.System, e.Kind, string.Create(CultureInfo.InvariantCulture, $"Token '{Name}' was made (id {id}), but its download failed: {e.Message}"), e)
            {
                StatusCode = e.StatusCode,
                ServerCode = e.ServerCode,
                ServerMessage = e.ServerMessage,
                Method = e.Method,
                Uri = e.Uri,
                RecommendedAction = string.Create(CultureInfo.InvariantCulture, $"A token is given out once. Revoke this one (Revoke-VeloCloudApiToken -Id {id}), and make another."),
            };
        }

        Keep(Describe(client, scope, id, user), secret, file, session.Server);
    }

    private (VeloCloudAccountScope Scope, VeloCloudUser User)? Find(VeloCloudSession session, VeloCloudClient client)
    {
        if (Account is not null)
        {
            if (VeloCloudAccountScopes.Number(Account, "Id") is { } id && VeloCloudAccountScopes.Of(Account) is { } owner)
            {
                return (owner, Await(token => VeloCloudUserLookup.OfIdAsync(client, owner, nameof(Account), id, token)));
            }

            WriteError(ErrorRecords.BadParameter(ErrorPrefix, nameof(Account), Account, "a user as Get-VeloCloudUser returns it is needed. Names go with -Username."));
            return null;
        }

        if (Username is null && session.IsToken)
        {
            ThrowBadParameter(nameof(Username), string.Empty, "a connection by token does not say whose it is: name the user.");
        }

        var scope = Await(token => _scopes.ResolveOneAsync(session, client, Enterprise, Partner, Operator, token));
        return (scope, Await(token => VeloCloudUserLookup.NamedAsync(client, scope, nameof(Username), Username ?? session.User, token)));
    }

    // The token as the list has it; what is known without it, where it cannot be read.
    private VeloCloudApiToken Describe(VeloCloudClient client, VeloCloudAccountScope scope, long id, VeloCloudUser user)
    {
        try
        {
            if (Await(token => client.GetApiTokensAsync(scope, user.Id, token)).FirstOrDefault(t => t.Id == id) is { } listed)
            {
                return listed;
            }
        }
        catch (OrchestratorApiException e)
        {
            WriteQueued();
            WriteVerbose($"The token was made and downloaded, but cannot be read: {e.Message}");
        }

        return client.DescribeApiToken(scope, id, Name, Description, user.Id);
    }
}
