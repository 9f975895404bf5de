using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>
/// The base of the cmdlets that read something of enterprises: -Enterprise by name, id, object or pipeline (a customer's account needs none), -ThrottleLimit requests at once, results streamed
/// in the order of the enterprises, an error for each enterprise that fails. A cmdlet overrides <see cref="ReadAsync"/>, and <see cref="Write"/> where it chooses among what came.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
public abstract class VeloCloudEnterpriseCmdlet<T> : ReadingCmdlet<VeloCloudSession>
{
    private OrderedReads<T>? _reads;

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

    /// <summary>Knows the enterprises of this invocation.</summary>
    private protected VeloCloudEnterpriseResolver Enterprises { get; } = new();

    /// <summary>True when a server did not answer: nobody knows what it has, and nothing is said to be missing.</summary>
    private protected bool HasFailed { get; set; }

    /// <summary>What there is of one enterprise. Runs on the pool: it writes nothing by itself.</summary>
    /// <param name="client">The portal API, at the enterprise's connection. APIv2: <see cref="V2"/>.</param>
    /// <param name="enterprise">The enterprise.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    private protected abstract IAsyncEnumerable<T> ReadAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken);

    /// <summary>What is read of one enterprise, each part a work of its own with its own errors; by default one part, <see cref="ReadAsync"/>.</summary>
    private protected virtual IEnumerable<(object? Target, Func<CancellationToken, IAsyncEnumerable<T>> Read)> PartsOf(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise)
        => [(null, token => ReadAsync(client, enterprise, token))];

    /// <summary>Writes one of them, or not. On the pipeline's thread.</summary>
    private protected virtual void Write(T item) => WriteObject(item);

    /// <summary>APIv2 at an enterprise's connection.</summary>
    private protected VeloCloudV2Client V2(VeloCloudEnterpriseTarget enterprise) => new(enterprise.Session, RequestObserver) { MayAskAhead = Reads.MayAskAhead };

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        VeloCloudEnterpriseArgument?[] given = Enterprise is null ? [null] : [.. Enterprise];
        foreach (var argument in given)
        {
            CurrentTarget = argument?.Target;
            try
            {
                foreach (var session in Sessions(argument?.Piped))
                {
                    CurrentTarget = argument?.Target ?? session.ConnectionName;
                    Begin(session, argument);
                }
            }
            catch (OrchestratorApiException e)
            {
                Fail(e, CurrentTarget);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd() => _reads?.Finish();

    /// <summary>Writes an error, and remembers that there was one.</summary>
    private protected virtual void Fail(OrchestratorApiException error, object? target)
    {
        HasFailed = true;
        WriteQueued();
        WriteApiError(error, target);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _reads?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The reads that are under way.</summary>
    private protected OrderedReads<T> Reads => _reads ??= new OrderedReads<T>(this, ThrottleLimit, Write, Fail);

    private void Begin(VeloCloudSession session, VeloCloudEnterpriseArgument? argument)
    {
        // Finding out what is meant may ask the server, too.
        Reads.MakeRoom();
        var client = new VeloCloudClient(session, RequestObserver) { MayAskAhead = Reads.MayAskAhead };
        foreach (var enterprise in Await(token => Enterprises.ResolveAsync(session, client, argument, token)))
        {
            foreach (var (target, read) in PartsOf(client, enterprise))
            {
                Reads.Add(target ?? argument?.Target ?? enterprise.Name ?? (object)session.ConnectionName, read);
            }
        }
    }
}
