using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>
/// The base of the cmdlets that change something at edges: -Edge and -Enterprise as in <see cref="VeloCloudEdgeCmdlet{T}"/>, at one connection. A cmdlet overrides <see cref="OnEdge"/>: it asks
/// (ShouldProcess) and hands the change to <see cref="Start"/>, which runs up to -ThrottleLimit of them at once and writes what they return in the order of the edges.
/// </summary>
public abstract class VeloCloudEdgeChangingCmdlet : ChangingCmdlet<VeloCloudSession>
{
    private VeloCloudEdgeResolver _edges = null!;
    private OrderedChanges? _changes;

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

    /// <summary>One edge, on the pipeline's thread: asks, and starts the change.</summary>
    private protected abstract void OnEdge(VeloCloudClient client, VeloCloudEdgeTarget edge);

    /// <summary>Begins a change, after waiting for a place. What it returns is written; null is not.</summary>
    private protected void Start(VeloCloudEdgeTarget edge, Func<CancellationToken, Task<object?>> change) => Changes.Start(edge.Target, change);

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
                var session = Session(argument.Piped);
                Changes.MakeRoom();
                var client = new VeloCloudClient(session, RequestObserver);
                Stream(token => _edges.ResolveAsync(session, client, argument, token), edge =>
                {
                    CurrentTarget = edge.Target;
                    Attempt(() => OnEdge(client, edge), edge.Target);
                });
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

    private OrderedChanges Changes => _changes ??= new OrderedChanges(this, ThrottleLimit, WriteObject, Fail);

    private void Fail(OrchestratorApiException error, object? target)
    {
        WriteQueued();
        WriteApiError(error, target);
    }
}
