using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>The base of the cmdlets that list users and tokens: of enterprises (-Enterprise, by the pipeline too), of a partner, of the operator, or of the account's own tier.</summary>
public abstract class VeloCloudAccountsCmdlet : ReadingCmdlet<VeloCloudSession>
{
    private readonly VeloCloudAccountScopes _scopes = new();

    /// <summary>The enterprises, by name, id or object.</summary>
    [Parameter(ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudEnterpriseCompleter))]
    [ValidateNotNullOrEmpty]
    public VeloCloudEnterpriseArgument[]? Enterprise { get; set; }

    /// <summary>The partner, by id or object.</summary>
    [Parameter]
    [ValidateNotNull]
    public VeloCloudPartnerArgument? Partner { get; set; }

    /// <summary>The operator's own.</summary>
    [Parameter]
    public SwitchParameter Operator { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <summary>True when a server did not answer: nobody knows what it has, and nothing is said to be missing.</summary>
    private protected bool HasFailed { get; set; }

    /// <summary>Writes what there is of one scope.</summary>
    private protected abstract void Read(VeloCloudClient client, VeloCloudAccountScope scope);

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (VeloCloudAccountScopes.Contradiction(Enterprise is not null, Partner is not null, Operator) is { } wrong)
        {
            ThrowBadParameter(Operator ? nameof(Operator) : nameof(Partner), Operator ? true : Partner, wrong);
        }

        VeloCloudEnterpriseArgument?[] given = Enterprise is null ? [null] : [.. Enterprise];
        foreach (var argument in given)
        {
            CurrentTarget = argument?.Target;
            try
            {
                foreach (var session in Sessions(argument?.Piped))
                {
                    CurrentTarget = argument?.Target ?? session.ConnectionName;
                    Read(session, argument);
                }
            }
            catch (OrchestratorApiException e)
            {
                Fail(e);
            }
        }
    }

    /// <summary>Writes an error, and remembers that there was one.</summary>
    private protected void Fail(OrchestratorApiException error, object? target = null)
    {
        HasFailed = true;
        WriteQueued();
        WriteApiError(error, target);
    }

    private void Read(VeloCloudSession session, VeloCloudEnterpriseArgument? argument)
    {
        var client = new VeloCloudClient(session, RequestObserver);
        foreach (var scope in Await(token => _scopes.ResolveAsync(session, client, argument, Partner, Operator, token)))
        {
            try
            {
                Read(client, scope);
            }
            catch (OrchestratorApiException e)
            {
                // The other enterprises and connections may answer.
                Fail(e);
            }
        }
    }
}
