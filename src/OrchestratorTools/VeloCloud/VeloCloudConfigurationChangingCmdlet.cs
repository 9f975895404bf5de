using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>
/// The base of the cmdlets that change the configuration of profiles (-Profile) or of edges (-Edge), at one connection. A cmdlet overrides <see cref="OnOwner"/>: it reads, asks (ShouldProcess), and
/// writes. One after the other: two changes of one module at once would each undo the other.
/// </summary>
public abstract class VeloCloudConfigurationChangingCmdlet : ChangingCmdlet<VeloCloudSession>
{
    private VeloCloudProfileResolver _profiles = null!;
    private VeloCloudEdgeResolver _edges = null!;

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

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <summary>One profile or edge, on the pipeline's thread.</summary>
    private protected abstract void OnOwner(VeloCloudClient client, VeloCloudConfigurationOwner owner);

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
            Attempt(
                () =>
                {
                    var session = Session(argument.Piped);
                    var client = new VeloCloudClient(session, RequestObserver);
                    foreach (var profile in Await(token => _profiles.ResolveAsync(session, client, argument, token)))
                    {
                        Do(client, VeloCloudConfigurationOwner.Of(profile));
                    }
                },
                argument.Target);
        }

        foreach (var argument in ParameterSetName is "Edge" ? Edge ?? [] : [])
        {
            Attempt(
                () =>
                {
                    var session = Session(argument.Piped);
                    var client = new VeloCloudClient(session, RequestObserver);
                    var found = new List<VeloCloudEdgeTarget>();
                    Stream(token => _edges.ResolveAsync(session, client, argument, token), found.Add);
                    found.ForEach(edge => Do(client, VeloCloudConfigurationOwner.Of(edge)));
                },
                argument.Target);
        }
    }

    private void Do(VeloCloudClient client, VeloCloudConfigurationOwner owner)
    {
        CurrentTarget = owner.Target;
        Attempt(() => OnOwner(client, owner), owner.Target);
    }
}
