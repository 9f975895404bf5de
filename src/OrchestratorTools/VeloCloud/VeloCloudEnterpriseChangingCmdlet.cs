using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>
/// The base of the cmdlets that change something in an enterprise: -Enterprise by name, id, object or pipeline (a customer's account needs none), at one connection. A cmdlet overrides
/// <see cref="OnEnterprise"/>: it asks (ShouldProcess) and hands the change to <see cref="Start"/>, which runs up to -ThrottleLimit of them at once and writes what they return in order.
/// </summary>
public abstract class VeloCloudEnterpriseChangingCmdlet : ChangingCmdlet<VeloCloudSession>
{
    private readonly VeloCloudEnterpriseResolver _resolver = new();
    private OrderedChanges? _changes;

    /// <summary>The enterprises, by name, id or object. Operators and partners must say.</summary>
    [Parameter(ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudEnterpriseCompleter))]
    [ValidateNotNullOrEmpty]
    public VeloCloudEnterpriseArgument[]? Enterprise { get; set; }

    /// <summary>How many requests are sent at once; default 4.</summary>
    [Parameter]
    [ValidateRange(1, 32)]
    public int ThrottleLimit { get; set; } = 4;

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <summary>One enterprise, on the pipeline's thread: asks, and starts the change.</summary>
    private protected abstract void OnEnterprise(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise);

    /// <summary>Begins a change, after waiting for a place. What it returns is written; null is not.</summary>
    private protected void Start(object target, Func<CancellationToken, Task<object?>> change) => Changes.Start(target, change);

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        VeloCloudEnterpriseArgument?[] given = Enterprise is null ? [null] : [.. Enterprise];
        foreach (var argument in given)
        {
            CurrentTarget = argument?.Target;
            try
            {
                var session = Session(argument?.Piped);
                Changes.MakeRoom();
                var client = new VeloCloudClient(session, RequestObserver);
                foreach (var enterprise in Await(token => _resolver.ResolveAsync(session, client, argument, token)))
                {
                    Attempt(() => OnEnterprise(client, enterprise), argument?.Target ?? enterprise.Name);
                }
            }
            catch (OrchestratorApiException e)
            {
                Fail(e, CurrentTarget);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd() => _changes?.Finish();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _changes?.Dispose();
        }

        base.Dispose(disposing);
    }

    private OrderedChanges Changes => _changes ??= new OrderedChanges(this, ThrottleLimit, item => WriteObject(item, enumerateCollection: true), Fail);

    private void Fail(OrchestratorApiException error, object? target)
    {
        WriteQueued();
        WriteApiError(error, target);
    }
}
