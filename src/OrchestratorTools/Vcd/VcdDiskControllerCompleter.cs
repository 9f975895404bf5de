using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Completion;

namespace OrchestratorTools.Vcd;

/// <summary>Completes the controllers of disks.</summary>
internal sealed class VcdDiskControllerCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
        => Completions.From(VcdNewDisk.Controllers.Keys.ToArray(), wordToComplete ?? string.Empty);
}
