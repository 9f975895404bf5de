using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Completion;

namespace OrchestratorTools.VeloCloud;

/// <summary>Completes the names of enterprises.</summary>
public sealed class VeloCloudEnterpriseCompleter : LiveCompleter<VeloCloudSession>
{
    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> AskAsync(VeloCloudSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var enterprise in new VeloCloudClient(session, SilentObserver.Instance).GetEnterprisesAsync(cancellationToken).ConfigureAwait(false))
        {
            names.Add(enterprise.Name);
        }

        return names;
    }
}

/// <summary>Completes the names of edges, of the enterprise that is typed already.</summary>
public sealed class VeloCloudEdgeCompleter : LiveCompleter<VeloCloudSession>
{
    // More than these nobody looks through.
    private const int Most = 1000;

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
        var client = new VeloCloudClient(session, SilentObserver.Instance);
        var argument = bound["Enterprise"] is { } given ? new VeloCloudEnterpriseArgument(PSObject.AsPSObject(given)) : null;
        var names = new List<string>();
        foreach (var enterprise in await new VeloCloudEnterpriseResolver().ResolveAsync(session, client, argument, cancellationToken).ConfigureAwait(false))
        {
            await foreach (var edge in client.GetEdgesAsync(enterprise.Id, enterprise.Name, [], cancellationToken).ConfigureAwait(false))
            {
                names.Add(edge.Name);
                if (names.Count == Most)
                {
                    return names;
                }
            }
        }

        return names;
    }
}

/// <summary>Completes the names of the portal API's methods: from the beginning, or from the beginning of the part after the slash.</summary>
public sealed class VeloCloudMethodCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(wordToComplete);
        var word = wordToComplete.Trim('\'', '"');
        return VeloCloudOperations.Names
            .Where(n => n.StartsWith(word, StringComparison.OrdinalIgnoreCase) || n.Contains("/" + word, StringComparison.OrdinalIgnoreCase))
            .Select(n => new CompletionResult(n, n, CompletionResultType.ParameterValue, Describe(n)));
    }

    private static string Describe(string name)
        => VeloCloudOperations.All.TryGetValue(name, out var operation) && operation.Parameters.Count > 0
            ? string.Join(", ", operation.Parameters.Select(p => p.Name + (p.IsRequired ? "*" : string.Empty)))
            : name;
}

/// <summary>Completes the states of edges that are known (facts: APIv2's definition). Others may be typed: releases add new ones.</summary>
public sealed class VeloCloudEdgeStateCompleter : IArgumentCompleter
{
    private static readonly string[] States = ["CONNECTED", "DEGRADED", "DISABLED", "EXPIRED", "NEVER_ACTIVATED", "OFFLINE"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(wordToComplete);
        return Completions.From(States, wordToComplete);
    }
}

/// <summary>Completes the states of activation that are known (facts: APIv2's definition).</summary>
public sealed class VeloCloudActivationCompleter : IArgumentCompleter
{
    private static readonly string[] States = ["ACTIVATED", "PENDING", "REACTIVATION_PENDING", "UNASSIGNED"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(wordToComplete);
        return Completions.From(States, wordToComplete);
    }
}
