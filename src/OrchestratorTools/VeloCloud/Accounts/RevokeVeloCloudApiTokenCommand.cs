using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Revokes API tokens: they are worth nothing from then on.</summary>
[Cmdlet(VerbsSecurity.Revoke, "VeloCloudApiToken", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = IdSet)]
[OutputType(typeof(void))]
public sealed class RevokeVeloCloudApiTokenCommand : ChangingCmdlet<VeloCloudSession>
{
    private const string IdSet = "Id";
    private const string ApiTokenSet = "ApiToken";
    private readonly VeloCloudAccountScopes _scopes = new();

    /// <summary>Ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    [ValidateRange(1, long.MaxValue)]
    public long[]? Id { get; set; }

    /// <summary>What Get-VeloCloudApiToken returned.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ApiTokenSet)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The enterprise whose token it is, by name, id or object.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(VeloCloudEnterpriseCompleter))]
    [ValidateNotNull]
    public VeloCloudEnterpriseArgument? Enterprise { get; set; }

    /// <summary>The partner whose token it is, by id or object.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [ValidateNotNull]
    public VeloCloudPartnerArgument? Partner { get; set; }

    /// <summary>The token is an operator's.</summary>
    [Parameter(ParameterSetName = IdSet)]
    public SwitchParameter Operator { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (VeloCloudAccountScopes.Contradiction(Enterprise is not null, Partner is not null, Operator) is { } wrong)
        {
            ThrowBadParameter(Operator ? nameof(Operator) : nameof(Partner), Operator ? true : Partner, wrong);
        }

        var session = Session(InputObject ?? Enterprise?.Piped);
        var client = new VeloCloudClient(session, RequestObserver);
        if (InputObject is not null)
        {
            CurrentTarget = InputObject;
            if (VeloCloudAccountScopes.Number(InputObject, "Id") is { } id && VeloCloudAccountScopes.Of(InputObject) is { } owner)
            {
                Revoke(client, owner, [id]);
                return;
            }

            WriteError(ErrorRecords.BadParameter(ErrorPrefix, nameof(InputObject), InputObject, "an API token as Get-VeloCloudApiToken returns it is needed. Ids go with -Id."));
            return;
        }

        Revoke(client, Await(token => _scopes.ResolveOneAsync(session, client, Enterprise, Partner, Operator, token)), Id!);
    }

    private void Revoke(VeloCloudClient client, VeloCloudAccountScope scope, long[] ids)
    {
        // The question names the token, and an id that means nothing is said before anything is sent.
        var all = Await(token => client.GetApiTokensAsync(scope, token));
        foreach (var id in ids)
        {
            if (all.FirstOrDefault(t => t.Id == id) is not { } found)
            {
                WriteError(VeloCloudMessages.NotFound("Id", id.ToString(CultureInfo.InvariantCulture), $"API token of {scope}", "Get-VeloCloudApiToken lists them"));
                continue;
            }

            if (found.IsRevoked is true)
            {
                WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"Token '{found.Name}' (id {id}) is revoked already."));
                continue;
            }

            if (ShouldProcess(string.Create(CultureInfo.InvariantCulture, $"API token '{found.Name}' (id {id}, of user {found.UserId}, {found.State}) of {scope}"), "Revoke"))
            {
                Attempt(() => Await(token => client.RevokeApiTokenAsync(scope, id, token)), id);
            }
        }
    }
}
