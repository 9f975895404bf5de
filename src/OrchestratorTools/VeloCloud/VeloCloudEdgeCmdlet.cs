using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>
/// The base of the cmdlets that read something of edges: -Edge by object (pipeline), name with wildcards, id or logical id, or all edges of an enterprise that comes by the pipeline; -Enterprise
/// where an operator or a partner names edges; -ThrottleLimit requests at once, results streamed in the order of the edges, an error for each edge that fails.
/// A cmdlet overrides <see cref="ReadAsync"/>, and <see cref="Write"/> where it chooses among what came.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
public abstract class VeloCloudEdgeCmdlet<T> : ReadingCmdlet<VeloCloudSession>
{
    private VeloCloudEdgeResolver _edges = null!;
    private OrderedReads<T>? _reads;

    /// <summary>The edges: objects, names, ids or logical ids; or the enterprises whose edges are all meant, as objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudEdgeCompleter))]
    [ValidateNotNullOrEmpty]
    public VeloCloudEdgeArgument[] Edge { get; set; } = [];

    /// <summary>The enterprises in which edges are looked for that are no objects, by name, id or object. Operators and partners must say.</summary>
    [Parameter]
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

    /// <summary>What there is of one edge. Runs on the pool: it writes nothing by itself.</summary>
    /// <param name="client">The portal API, at the edge's connection. APIv2: <see cref="V2"/>.</param>
    /// <param name="edge">The edge.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    private protected abstract IAsyncEnumerable<T> ReadAsync(VeloCloudClient client, VeloCloudEdgeTarget edge, CancellationToken cancellationToken);

    /// <summary>Writes one of them, or not. On the pipeline's thread.</summary>
    private protected virtual void Write(T item) => WriteObject(item);

    /// <summary>APIv2 at an edge's connection.</summary>
    private protected VeloCloudV2Client V2(VeloCloudEdgeTarget edge) => new(edge.Session, RequestObserver) { MayAskAhead = Reads.MayAskAhead };

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _edges = new VeloCloudEdgeResolver(Enterprise);
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in Edge)
        {
            CurrentTarget = argument.Target;
            try
            {
                foreach (var session in Sessions(argument.Piped))
                {
                    // Finding out what is meant may ask the server, too.
                    Reads.MakeRoom();
                    var client = new VeloCloudClient(session, RequestObserver) { MayAskAhead = Reads.MayAskAhead };
                    Stream(token => _edges.ResolveAsync(session, client, argument, token), edge => Reads.Add(edge.Target, token => ReadAsync(client, edge, token)));
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

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _reads?.Dispose();
        }

        base.Dispose(disposing);
    }

    private OrderedReads<T> Reads => _reads ??= new OrderedReads<T>(this, ThrottleLimit, Write, Fail);

    private void Fail(OrchestratorApiException error, object? target)
    {
        WriteQueued();
        WriteApiError(error, target);
    }
}
