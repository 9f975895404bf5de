using System.Management.Automation;
using System.Runtime.CompilerServices;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the modules of profiles, or of edges' own configurations, with their data as objects.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudConfigurationModule", DefaultParameterSetName = "Profile")]
[OutputType(typeof(VeloCloudConfigurationModule))]
public sealed class GetVeloCloudConfigurationModuleCommand : VeloCloudConfigurationCmdlet<VeloCloudConfigurationModule>
{
    private VeloCloudNames _names = new(null);

    /// <summary>Names of modules, with wildcards: firewall, QOS, deviceSettings, WAN, …</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudModuleCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _names = new VeloCloudNames(Name);
    }

    /// <inheritdoc/>
    private protected override async IAsyncEnumerable<VeloCloudConfigurationModule> ReadAsync(VeloCloudClient client, VeloCloudConfigurationOwner owner, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Only names that are no patterns can be asked for; the server sends what has to be sent.
        var asked = Name is null || Array.Exists(Name, WildcardPattern.ContainsWildcardCharacters) ? [] : Name.Select(VeloCloudModuleCompleter.Spelled).ToArray();
        foreach (var module in await client.GetModulesAsync(owner.Configuration, asked, cancellationToken).ConfigureAwait(false))
        {
            yield return module;
        }
    }

    /// <inheritdoc/>
    private protected override void Write(VeloCloudConfigurationModule item)
    {
        if (_names.Takes(item.Name))
        {
            WriteObject(ConfigurationData.With(item, item.Data()));
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        base.OnEnd();
        if (!HasFailed)
        {
            foreach (var missing in _names.Missing())
            {
                WriteError(VeloCloudMessages.NotFound(nameof(Name), missing, "module", "Get-VeloCloudConfigurationModule without a name lists those that there are; an edge has only those that were inserted for it"));
            }
        }
    }
}
