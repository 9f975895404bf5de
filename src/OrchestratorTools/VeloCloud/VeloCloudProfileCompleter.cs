using System.Collections;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Completion;

namespace OrchestratorTools.VeloCloud;

/// <summary>Completes the names of profiles, of the enterprise that is typed already.</summary>
internal sealed class VeloCloudProfileCompleter : LiveCompleter<VeloCloudSession>
{
    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override string KeyOf(IDictionary bound)
    {
        ArgumentNullException.ThrowIfNull(bound);
        return bound["Enterprise"]?.ToString() ?? string.Empty;
    }

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> AskAsync(VeloCloudSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bound);
        var client = new VeloCloudClient(session, SilentObserver.Instance);
        var argument = bound["Enterprise"] is { } given ? new VeloCloudEnterpriseArgument(PSObject.AsPSObject(given)) : null;
        var names = new List<string>();
        foreach (var enterprise in await new VeloCloudEnterpriseResolver().ResolveAsync(session, client, argument, cancellationToken).ConfigureAwait(false))
        {
            await foreach (var profile in client.GetProfilesAsync(enterprise.Id, enterprise.Name, cancellationToken).ConfigureAwait(false))
            {
                names.Add(profile.Name);
            }
        }

        return names;
    }
}

/// <summary>Completes the names of object groups, of the enterprise that is typed already.</summary>
internal sealed class VeloCloudObjectGroupCompleter : LiveCompleter<VeloCloudSession>
{
    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override string KeyOf(IDictionary bound)
    {
        ArgumentNullException.ThrowIfNull(bound);
        return bound["Enterprise"]?.ToString() ?? string.Empty;
    }

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> AskAsync(VeloCloudSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bound);
        var client = new VeloCloudClient(session, SilentObserver.Instance);
        var argument = bound["Enterprise"] is { } given ? new VeloCloudEnterpriseArgument(PSObject.AsPSObject(given)) : null;
        var names = new List<string>();
        foreach (var enterprise in await new VeloCloudEnterpriseResolver().ResolveAsync(session, client, argument, cancellationToken).ConfigureAwait(false))
        {
            await foreach (var group in client.GetObjectGroupsAsync(null, null, enterprise.Id, enterprise.Name, cancellationToken).ConfigureAwait(false))
            {
                names.Add(group.Name);
            }
        }

        return names;
    }
}

/// <summary>Completes the names of modules (the definition's). Others may be typed: releases add new ones.</summary>
internal sealed class VeloCloudModuleCompleter : IArgumentCompleter
{
    private static readonly string[] Names = ["imageUpdate", "controlPlane", "managementPlane", "firewall", "QOS", "deviceSettings", "WAN", "metaData", "properties", "analyticsSettings"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, System.Management.Automation.Language.CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(wordToComplete);
        return Completions.From(Names, wordToComplete);
    }

    /// <summary>The name as the server writes it: letter case makes a difference there, and none here.</summary>
    internal static string Spelled(string name) => Array.Find(Names, n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase)) ?? name;
}

/// <summary>Completes the protocols that firewall rules name; their numbers may be typed.</summary>
internal sealed class VeloCloudProtocolCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, System.Management.Automation.Language.CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(wordToComplete);
        return Completions.From([FirewallMatch.Any, .. FirewallMatch.ProtocolNames], wordToComplete);
    }
}
