using System.Management.Automation;
using System.Runtime.CompilerServices;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets what holds for an edge: the modules of its own configuration, and those of its profile.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudEdgeStack")]
[OutputType(typeof(VeloCloudConfigurationModule))]
public sealed class GetVeloCloudEdgeStackCommand : VeloCloudEdgeCmdlet<VeloCloudConfigurationModule>
{
    private WildcardPattern[] _modules = [];

    /// <summary>The modules: firewall, QOS, deviceSettings, WAN, … with wildcards. Default: all.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudModuleCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Module { get; set; }

    /// <summary>Of each module only the one that holds: the edge's own before the profile's.</summary>
    [Parameter]
    public SwitchParameter Effective { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _modules = Module?.Select(m => WildcardPattern.Get(m, WildcardOptions.IgnoreCase)).ToArray() ?? [];
    }

    /// <inheritdoc/>
    private protected override async IAsyncEnumerable<VeloCloudConfigurationModule> ReadAsync(VeloCloudClient client, VeloCloudEdgeTarget edge, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stack = await client.GetConfigurationStackAsync(edge.Id, edge.Name, edge.Enterprise.Id, edge.Enterprise.Name, cancellationToken).ConfigureAwait(false);
        var own = stack.OwnModules.Select(m => m.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var module in stack.OwnModules.Concat(stack.ProfileModules.Where(m => !Effective || !own.Contains(m.Name))))
        {
            if (_modules.Length == 0 || Array.Exists(_modules, m => m.IsMatch(module.Name)))
            {
                yield return module;
            }
        }
    }
}
