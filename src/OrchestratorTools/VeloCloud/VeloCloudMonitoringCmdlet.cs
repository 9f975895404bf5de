using System.Collections.Concurrent;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>
/// The base of the cmdlets that watch: of whole enterprises (<see cref="VeloCloudEnterpriseCmdlet{T}"/>), or of edges, which come by the pipeline or by -Edge. An enterprise in the pipeline means
/// the enterprise, an edge the edge; a text means an edge's name.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
public abstract class VeloCloudMonitoringCmdlet<T> : VeloCloudEnterpriseCmdlet<T>
{
    private readonly ConcurrentDictionary<(VeloCloudSession Session, long? Enterprise), Lazy<Task<IReadOnlyList<T>>>> _lists = new();
    private VeloCloudEdgeResolver _edges = null!;

    /// <summary>The edges: objects, names, ids or logical ids.</summary>
    [Parameter(ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudEdgeCompleter))]
    [ValidateNotNullOrEmpty]
    public VeloCloudEdgeArgument[]? Edge { get; set; }

    /// <summary>True where this record is about edges.</summary>
    private protected bool IsOfEdges => Edge is { Length: > 0 } && !Array.TrueForAll(Edge, e => e.Enterprise is not null);

    /// <summary>What there is of one edge. Runs on the pool: it writes nothing by itself.</summary>
    private protected abstract IAsyncEnumerable<T> ReadEdgeAsync(VeloCloudClient client, VeloCloudEdgeTarget edge, CancellationToken cancellationToken);

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _edges = new VeloCloudEdgeResolver(Enterprise);
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (!IsOfEdges)
        {
            if (Edge is { Length: > 0 })
            {
                // What came is an enterprise: it is meant itself, and not its edges one by one.
                Enterprise = [.. Edge.Select(e => e.Enterprise!)];
            }
            else if (MyInvocation.ExpectingInput && Enterprise is null)
            {
                // It has a connection, maybe, and nothing else that is known here: the whole enterprise is not what was meant.
                throw new OrchestratorApiException(System, OrchestratorErrorKind.Validation, "What came by the pipeline is no enterprise and no edge, and belongs to no edge. Nothing was sent.")
                {
                    RecommendedAction = "Pipe what Get-VeloCloudEnterprise or Get-VeloCloudEdge returns, or name it with -Enterprise or -Edge.",
                };
            }

            base.OnRecord();
            return;
        }

        foreach (var argument in Edge!)
        {
            CurrentTarget = argument.Target;
            try
            {
                foreach (var session in Sessions(argument.Piped))
                {
                    // Finding out what is meant may ask the server, too.
                    Reads.MakeRoom();
                    var client = new VeloCloudClient(session, RequestObserver) { MayAskAhead = Reads.MayAskAhead };
                    Stream(token => _edges.ResolveAsync(session, client, argument, token), edge => Reads.Add(edge.Target, token => ReadEdgeAsync(client, edge, token)));
                }
            }
            catch (OrchestratorApiException e)
            {
                Fail(e, CurrentTarget);
            }
        }
    }

    /// <summary>
    /// Of an enterprise's list what belongs to one edge, for calls that know no edges: the list is read once, however many of the enterprise's edges are asked for.
    /// </summary>
    private protected async IAsyncEnumerable<T> OfEdgeAsync(VeloCloudClient client, VeloCloudEdgeTarget edge, Func<T, bool> isMeant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var list = _lists.GetOrAdd((edge.Session, edge.Enterprise.Id), _ => new Lazy<Task<IReadOnlyList<T>>>(() => AllAsync(client, edge.Enterprise)));
        foreach (var item in await list.Value.WaitAsync(cancellationToken).ConfigureAwait(false))
        {
            if (isMeant(item))
            {
                yield return item;
            }
        }
    }

    private async Task<IReadOnlyList<T>> AllAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise)
    {
        var all = new List<T>();
        await foreach (var item in ReadAsync(client, enterprise, StopToken).ConfigureAwait(false))
        {
            all.Add(item);
        }

        return all;
    }
}
