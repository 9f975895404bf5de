using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Connections;

namespace OrchestratorTools.Completion;

/// <summary>Completes connection names, of the system that the command's noun belongs to.</summary>
internal sealed class ConnectionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(commandName);
        ArgumentNullException.ThrowIfNull(wordToComplete);
        OrchestratorSystem? system = null;
        foreach (var candidate in Enum.GetValues<OrchestratorSystem>())
        {
            if (commandName.Contains("-" + candidate, StringComparison.OrdinalIgnoreCase))
            {
                system = candidate;
            }
        }

        return Completions.From(ConnectionRegistry.All(system).Select(c => c.Name), wordToComplete);
    }
}
