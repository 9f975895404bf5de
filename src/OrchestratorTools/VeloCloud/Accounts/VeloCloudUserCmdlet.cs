using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>The base of the cmdlets that change users: by name or id of whose users are meant, or as objects.</summary>
public abstract class VeloCloudUserCmdlet : ChangingCmdlet<VeloCloudSession>
{
    private protected const string NameSet = "Name";
    private protected const string IdSet = "Id";
    private protected const string AccountSet = "Account";
    private readonly VeloCloudAccountScopes _scopes = new();

    /// <summary>The names to log in with, exactly.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VeloCloudUserCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Ids.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    [ValidateRange(1, long.MaxValue)]
    public long[]? Id { get; set; }

    /// <summary>A user.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = AccountSet)]
    [ValidateNotNull]
    public PSObject? Account { get; set; }

    /// <summary>The enterprise whose users are meant, by name, id or object.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(VeloCloudEnterpriseCompleter))]
    [ValidateNotNull]
    public VeloCloudEnterpriseArgument? Enterprise { get; set; }

    /// <summary>The partner whose users are meant, by id or object.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = IdSet)]
    [ValidateNotNull]
    public VeloCloudPartnerArgument? Partner { get; set; }

    /// <summary>The operator's users are meant.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = IdSet)]
    public SwitchParameter Operator { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <summary>Does it to one user.</summary>
    private protected abstract void Do(VeloCloudClient client, VeloCloudAccountScope scope, VeloCloudUser user);

    /// <summary>The user in words, for questions.</summary>
    private protected static string Describe(VeloCloudUser user, VeloCloudAccountScope scope)
        => string.Create(CultureInfo.InvariantCulture, $"user '{user.Username}' (id {user.Id}, {user.RoleName ?? "no role"}) of {scope}");

    /// <summary>True where the user is the one that the connection logs in as.</summary>
    private protected static bool IsOwn(VeloCloudSession session, VeloCloudUser user)
        => !session.IsToken && user.Username.Equals(session.User, StringComparison.OrdinalIgnoreCase) && (session.Tier is VeloCloudTier.Unknown || session.Tier == user.Tier);

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (VeloCloudAccountScopes.Contradiction(Enterprise is not null, Partner is not null, Operator) is { } wrong)
        {
            ThrowBadParameter(Operator ? nameof(Operator) : nameof(Partner), Operator ? true : Partner, wrong);
        }

        var session = Session(Account ?? Enterprise?.Piped);
        var client = new VeloCloudClient(session, RequestObserver);
        if (Account is not null)
        {
            CurrentTarget = Account;
            var id = VeloCloudAccountScopes.Number(Account, nameof(Id));
            if (id is null || VeloCloudAccountScopes.Of(Account) is not { } owner)
            {
                WriteError(ErrorRecords.BadParameter(ErrorPrefix, nameof(Account), Account, "a user as Get-VeloCloudUser returns it is needed. Names go with -Name."));
                return;
            }

            // As it is now: what was piped may be old, and the question names what it finds.
            var user = Await(token => VeloCloudUserLookup.OfIdAsync(client, owner, nameof(Account), id.Value, token));
            Do(client, owner, user);
            return;
        }

        var scope = Await(token => _scopes.ResolveOneAsync(session, client, Enterprise, Partner, Operator, token));
        foreach (var name in Name ?? [])
        {
            Attempt(() => Do(client, scope, Await(token => VeloCloudUserLookup.NamedAsync(client, scope, nameof(Name), name, token))), name);
        }

        foreach (var id in Id ?? [])
        {
            Attempt(() => Do(client, scope, Await(token => VeloCloudUserLookup.OfIdAsync(client, scope, nameof(Id), id, token))), id);
        }
    }
}
