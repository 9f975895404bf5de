using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Completion;

namespace OrchestratorTools.VeloCloud;

/// <summary>What is typed already of whose users are meant.</summary>
internal static class VeloCloudTypedScope
{
    /// <summary>A text that tells one scope from another.</summary>
    public static string KeyOf(IDictionary bound) => $"{bound["Enterprise"]}|{bound["Partner"]}|{bound["Operator"]}";

    /// <summary>The scope that is typed; the first one where several are meant.</summary>
    public static async Task<VeloCloudAccountScope> FindAsync(VeloCloudSession session, VeloCloudClient client, IDictionary bound, CancellationToken cancellationToken)
    {
        var enterprise = bound["Enterprise"] is { } given ? new VeloCloudEnterpriseArgument(PSObject.AsPSObject(given)) : null;
        var partner = bound["Partner"] is { } named ? new VeloCloudPartnerArgument(PSObject.AsPSObject(named)) : null;
        var isOperator = bound["Operator"] is { } flag && LanguagePrimitives.IsTrue(flag);
        return (await new VeloCloudAccountScopes().ResolveAsync(session, client, enterprise, partner, isOperator, cancellationToken).ConfigureAwait(false))[0];
    }
}

/// <summary>Completes the names of users.</summary>
internal sealed class VeloCloudUserCompleter : LiveCompleter<VeloCloudSession>
{
    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override string KeyOf(IDictionary bound) => VeloCloudTypedScope.KeyOf(bound);

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> AskAsync(VeloCloudSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        var client = new VeloCloudClient(session, SilentObserver.Instance);
        var scope = await VeloCloudTypedScope.FindAsync(session, client, bound, cancellationToken).ConfigureAwait(false);
        return (await VeloCloudUserLookup.ListAsync(client, scope, cancellationToken).ConfigureAwait(false)).Select(u => u.Username).ToArray();
    }
}

/// <summary>Completes the names of roles, of the users that are meant.</summary>
internal sealed class VeloCloudRoleCompleter : LiveCompleter<VeloCloudSession>
{
    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override string KeyOf(IDictionary bound) => VeloCloudTypedScope.KeyOf(bound) + bound["UserType"];

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> AskAsync(VeloCloudSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        var client = new VeloCloudClient(session, SilentObserver.Instance);
        var userType = bound["UserType"]?.ToString() ?? (await VeloCloudTypedScope.FindAsync(session, client, bound, cancellationToken).ConfigureAwait(false)).UserType;
        var names = new List<string>();
        await foreach (var role in client.GetRolesAsync(userType, cancellationToken).ConfigureAwait(false))
        {
            names.Add(role.Name);
        }

        return names;
    }
}

/// <summary>Completes the names of API tokens.</summary>
internal sealed class VeloCloudApiTokenCompleter : LiveCompleter<VeloCloudSession>
{
    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override string KeyOf(IDictionary bound) => VeloCloudTypedScope.KeyOf(bound);

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> AskAsync(VeloCloudSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        var client = new VeloCloudClient(session, SilentObserver.Instance);
        var scope = await VeloCloudTypedScope.FindAsync(session, client, bound, cancellationToken).ConfigureAwait(false);
        return (await client.GetApiTokensAsync(scope, cancellationToken).ConfigureAwait(false)).Select(t => t.Name).Where(n => n.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
    }
}

/// <summary>Completes the names of system properties.</summary>
internal sealed class VeloCloudSystemPropertyCompleter : LiveCompleter<VeloCloudSession>
{
    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> AskAsync(VeloCloudSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var property in new VeloCloudClient(session, SilentObserver.Instance).GetSystemPropertiesAsync(null, cancellationToken).ConfigureAwait(false))
        {
            names.Add(property.Name);
        }

        return names;
    }
}

/// <summary>Completes the types of users that the definition has.</summary>
internal sealed class VeloCloudUserTypeCompleter : IArgumentCompleter
{
    private static readonly string[] Types = ["CUSTOM", "END_USER", "ENTERPRISE", "MSP", "OPERATOR", "PARTNER", "SERVICE"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(wordToComplete);
        return Completions.From(Types, wordToComplete);
    }
}
