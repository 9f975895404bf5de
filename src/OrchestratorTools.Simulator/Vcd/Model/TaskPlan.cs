using System.IO.Enumeration;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>How the next tasks of an operation end: what a test asks for beforehand.</summary>
/// <param name="operation">The operation's short name; * and ? are wildcards.</param>
/// <param name="count">How many tasks; 0: all.</param>
internal sealed class TaskPlan(string operation, int count)
{
    public int Count { get; } = count;

    public int Left { get; set; } = count;

    public TaskState State { get; init; } = TaskState.Error;

    /// <summary>The error's words; null: the task does not say why (a recorded oddity).</summary>
    public TaskFailure? Failure { get; init; }

    /// <summary>How long after its beginning the task ends.</summary>
    public TimeSpan After { get; init; }

    public bool Takes(string operationName) => FileSystemName.MatchesSimpleExpression(operation, operationName, ignoreCase: true);
}
