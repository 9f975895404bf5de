using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Completion;

namespace OrchestratorTools.VeloCloud;

/// <summary>Completes the names of enterprises.</summary>
internal sealed class VeloCloudEnterpriseCompleter : LiveCompleter<VeloCloudSession>
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
internal sealed class VeloCloudEdgeCompleter : LiveCompleter<VeloCloudSession>
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
internal sealed class VeloCloudMethodCompleter : IArgumentCompleter
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
internal sealed class VeloCloudEdgeStateCompleter : IArgumentCompleter
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
internal sealed class VeloCloudActivationCompleter : IArgumentCompleter
{
    private static readonly string[] States = ["ACTIVATED", "PENDING", "REACTIVATION_PENDING", "UNASSIGNED"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(wordToComplete);
        return Completions.From(States, wordToComplete);
    }
}

/// <summary>Completes the paths of APIv2: a part at a time, ids as they are typed.</summary>
internal sealed class VeloCloudPathCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(wordToComplete);
        var typed = wordToComplete.Trim('\'', '"');
        var done = typed.Split('/')[..^1];
        foreach (var operations in VeloCloudV2Operations.All.GroupBy(o => Filled(o.Path.Trim('/'), done), StringComparer.Ordinal).Where(g => g.Key is not null && g.Key.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var text = operations.Key!;
            yield return new CompletionResult(text.Contains('{', StringComparison.Ordinal) ? $"'{text}'" : text, text, CompletionResultType.ParameterValue, string.Join(", ", operations.Select(o => $"{o.Method} ({o.Name})")));
        }
    }

    // The path with the ids that were typed; null where it begins in another way.
    private static string? Filled(string path, string[] done)
    {
        var parts = path.Split('/');
        if (parts.Length <= done.Length)
        {
            return null;
        }

        for (var i = 0; i < done.Length; i++)
        {
            if (parts[i][0] == '{')
            {
                parts[i] = done[i];
            }
            else if (!string.Equals(parts[i], done[i], StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }

        return string.Join('/', parts);
    }
}

/// <summary>Completes the names of the operations of both APIs.</summary>
internal sealed class VeloCloudOperationCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(wordToComplete);
        var word = wordToComplete.Trim('\'', '"');
        return FindVeloCloudMethodCommand.All
            .Where(m => m.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase) || m.Name.Contains("/" + word, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(m => m.Name, StringComparer.Ordinal)
            .Select(m => new CompletionResult(m.Name, m.Name, CompletionResultType.ParameterValue, m.Signature.Length > 0 ? m.Signature : m.Name));
    }
}

/// <summary>Completes what the operations of both APIs are about.</summary>
internal sealed class VeloCloudObjectCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(wordToComplete);
        return Completions.From(FindVeloCloudMethodCommand.All.Select(m => m.Object), wordToComplete);
    }
}

/// <summary>Completes the names of partners.</summary>
internal sealed class VeloCloudPartnerCompleter : LiveCompleter<VeloCloudSession>
{
    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> AskAsync(VeloCloudSession session, IDictionary bound, CancellationToken cancellationToken)
        => [.. (await new VeloCloudClient(session, SilentObserver.Instance).GetPartnersAsync(cancellationToken).ConfigureAwait(false)).Select(p => p.Name)];
}

/// <summary>Completes the names of gateway pools.</summary>
internal sealed class VeloCloudGatewayPoolCompleter : LiveCompleter<VeloCloudSession>
{
    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> AskAsync(VeloCloudSession session, IDictionary bound, CancellationToken cancellationToken)
        => [.. (await VeloCloudGatewayPoolArgument.ListAsync(session, SilentObserver.Instance, cancellationToken).ConfigureAwait(false)).Select(p => p.Name)];
}

/// <summary>Completes the names of licences, of the enterprise that is typed already.</summary>
internal sealed class VeloCloudLicenseCompleter : LiveCompleter<VeloCloudSession>
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
        var client = new VeloCloudClient(session, SilentObserver.Instance);
        var argument = bound["Enterprise"] is { } given ? new VeloCloudEnterpriseArgument(PSObject.AsPSObject(given)) : null;
        var names = new List<string>();
        foreach (var enterprise in await new VeloCloudEnterpriseResolver().ResolveAsync(session, client, argument, cancellationToken).ConfigureAwait(false))
        {
            await foreach (var license in client.GetLicensesAsync(enterprise.Id, enterprise.Name, cancellationToken).ConfigureAwait(false))
            {
                names.Add(license.Name);
            }
        }

        return names;
    }
}

/// <summary>Completes the names of software images: of the enterprise that is typed already, or all that the account sees.</summary>
internal sealed class VeloCloudSoftwareImageCompleter : LiveCompleter<VeloCloudSession>
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
        var client = new VeloCloudClient(session, SilentObserver.Instance);
        var argument = bound["Enterprise"] is { } given ? new VeloCloudEnterpriseArgument(PSObject.AsPSObject(given)) : null;
        var names = new List<string>();
        if (argument is null && await client.GetTierAsync(cancellationToken).ConfigureAwait(false) is not VeloCloudTier.Customer)
        {
            await foreach (var image in client.GetAllSoftwareImagesAsync(cancellationToken).ConfigureAwait(false))
            {
                names.Add(image.Name);
            }

            return names;
        }

        foreach (var enterprise in await new VeloCloudEnterpriseResolver().ResolveAsync(session, client, argument, cancellationToken).ConfigureAwait(false))
        {
            await foreach (var image in client.GetSoftwareImagesAsync(enterprise.Id, enterprise.Name, cancellationToken).ConfigureAwait(false))
            {
                names.Add(image.Name);
            }
        }

        return names;
    }
}

/// <summary>Completes the models of edges that the definition lists. Others may be typed: releases add new ones.</summary>
internal sealed class VeloCloudModelCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(wordToComplete);
        return Completions.From(VeloCloudOperations.All["edge/edgeProvision"].Parameters.First(p => p.Name is "modelNumber").Words, wordToComplete);
    }
}
