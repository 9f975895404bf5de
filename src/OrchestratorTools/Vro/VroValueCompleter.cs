using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Completion;

namespace OrchestratorTools.Vro;

/// <summary>Completes values that are known beforehand. Others are taken too: the server may know more.</summary>
internal sealed class VroValueCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(commandName);
        ArgumentNullException.ThrowIfNull(wordToComplete);
        return Completions.From(
            parameterName switch
            {
                "ApiVersion" => VroAssumptions.Versions,
                "Type" when commandName.EndsWith("Location", StringComparison.OrdinalIgnoreCase) => VroAssumptions.LocationTypes,
                "Type" => VroAssumptions.PlanTypes,
                "SortBy" => VroAssumptions.PlanFields,
                "Mode" => VroAssumptions.PlanModes,
                "State" => VroAssumptions.PlanStates,
                _ => [],
            },
            wordToComplete);
    }
}
