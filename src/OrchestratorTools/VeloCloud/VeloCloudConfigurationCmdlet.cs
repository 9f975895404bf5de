using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>
/// The base of the cmdlets that read something of the configuration of profiles (-Profile) or of edges (-Edge): by object (pipeline), name with wildcards, or id; -ThrottleLimit requests at once,
/// results streamed in order, an error for each one that fails. A cmdlet overrides <see cref="ReadAsync"/>, and <see cref="Write"/> where it adds to what came.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
public abstract class VeloCloudConfigurationCmdlet<T> : ReadingCmdlet<VeloCloudSession>
{
    private VeloCloudProfileResolver _profiles = null!;
    private VeloCloudEdgeResolver _edges = null!;
    private OrderedReads<T>? _reads;

    /// <summary>The profiles: objects, names or ids.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = "Profile")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudProfileCompleter))]
    [ValidateNotNullOrEmpty]
    public VeloCloudProfileArgument[]? Profile { get; set; }

    /// <summary>The edges, whose own part of their configuration is meant: objects, names, ids or logical ids.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Edge")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudEdgeCompleter))]
    [ValidateNotNullOrEmpty]
    public VeloCloudEdgeArgument[]? Edge { get; set; }

    /// <summary>The enterprises in which profiles and edges are looked for that are no objects, by name, id or object. Operators and partners must say.</summary>
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

    /// <summary>True when a server did not answer: nobody knows what it has, and nothing is said to be missing.</summary>
    private protected bool HasFailed { get; private set; }

    /// <summary>What there is of one profile or edge. Runs on the pool: it writes nothing by itself.</summary>
    private protected abstract IAsyncEnumerable<T> ReadAsync(VeloCloudClient client, VeloCloudConfigurationOwner owner, CancellationToken cancellationToken);

    /// <summary>Writes one of them, or not. On the pipeline's thread.</summary>
    private protected virtual void Write(T item) => WriteObject(item);

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _profiles = new VeloCloudProfileResolver(Enterprise);
        _edges = new VeloCloudEdgeResolver(Enterprise);
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in ParameterSetName is "Profile" ? Profile ?? [] : [])
        {
            Each(argument.Target, argument.Piped, (session, client) =>
            {
                foreach (var profile in Await(token => _profiles.ResolveAsync(session, client, argument, token)))
                {
                    Begin(client, VeloCloudConfigurationOwner.Of(profile));
                }
            });
        }

        foreach (var argument in ParameterSetName is "Edge" ? Edge ?? [] : [])
        {
            Each(argument.Target, argument.Piped, (session, client) =>
                Stream(token => _edges.ResolveAsync(session, client, argument, token), edge => Begin(client, VeloCloudConfigurationOwner.Of(edge))));
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

    private void Each(object target, object? piped, Action<VeloCloudSession, VeloCloudClient> work)
    {
        CurrentTarget = target;
        try
        {
            foreach (var session in Sessions(piped))
            {
                // Finding out what is meant may ask the server, too.
                Reads.MakeRoom();
                work(session, new VeloCloudClient(session, RequestObserver) { MayAskAhead = Reads.MayAskAhead });
            }
        }
        catch (OrchestratorApiException e)
        {
            Fail(e, CurrentTarget);
        }
    }

    private void Begin(VeloCloudClient client, VeloCloudConfigurationOwner owner) => Reads.Add(owner.Target, token => ReadAsync(client, owner, token));

    private void Fail(OrchestratorApiException error, object? target)
    {
        HasFailed = true;
        WriteQueued();
        WriteApiError(error, target);
    }
}
