using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>The base of the cmdlets that do something with whole profiles.</summary>
public abstract class VeloCloudProfileChangingCmdlet : ChangingCmdlet<VeloCloudSession>
{
    private VeloCloudProfileResolver _profiles = null!;

    /// <summary>The profiles: objects, names or ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudProfileCompleter))]
    [ValidateNotNullOrEmpty]
    public VeloCloudProfileArgument[] Profile { get; set; } = [];

    /// <summary>The enterprises in which profiles are looked for that are no objects, by name, id or object. Operators and partners must say.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudEnterpriseCompleter))]
    [ValidateNotNullOrEmpty]
    public VeloCloudEnterpriseArgument[]? Enterprise { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <summary>One profile, on the pipeline's thread.</summary>
    private protected abstract void OnProfile(VeloCloudClient client, VeloCloudProfileTarget profile);

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _profiles = new VeloCloudProfileResolver(Enterprise);
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in Profile)
        {
            Attempt(
                () =>
                {
                    var session = Session(argument.Piped);
                    var client = new VeloCloudClient(session, RequestObserver);
                    foreach (var profile in Await(token => _profiles.ResolveAsync(session, client, argument, token)))
                    {
                        CurrentTarget = profile.Target;
                        Attempt(() => OnProfile(client, profile), profile.Target);
                    }
                },
                argument.Target);
        }
    }
}
