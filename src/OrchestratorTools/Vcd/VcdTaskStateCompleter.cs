using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Completion;

namespace OrchestratorTools.Vcd;

/// <summary>Completes the states of tasks.</summary>
internal sealed class VcdTaskStateCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
        => Completions.From(VcdClient.TaskStates, wordToComplete ?? string.Empty);
}
