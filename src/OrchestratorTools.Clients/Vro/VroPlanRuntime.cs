using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vro;

/// <summary>
/// What a plan does at the moment and how its last run ended (PlanRuntimeDetails; facts/vro.md, "RuntimeDetails plan"). Whether it runs is told by <see cref="IsRunning"/> and
/// <see cref="IsStable"/>, never by the name of a state: FAILOVER is both running and finished.
/// </summary>
public sealed class VroPlanRuntime : ServerObject
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "name", "planType", "state", "stateName", "isRunningState", "isStableState", "totalProgress", "currentRunResult", "currentTestResult", "currentCheckResult", "resultName",
        "lastStableState", "previousExecutionState", "planMode", "planVerificationState", "isUndoPossible", "isReversePossible", "startTime", "finishTime",
    };

    /// <summary>The plan's id.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>The plan's name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>planType.</summary>
    public string? Type { get; init; }

    /// <summary>The state as the API names it.</summary>
    public string? State { get; init; }

    /// <summary>The state as the user interface names it.</summary>
    public string? StateName { get; init; }

    /// <summary>True while something runs; null where neither the server says it nor the plan shows it.</summary>
    public bool? IsRunning { get; init; }

    /// <summary>True where the state is one that lasts.</summary>
    public bool? IsStable { get; init; }

    /// <summary>Percent done of the present or last run.</summary>
    public int? Progress { get; init; }

    /// <summary>The result of the present or last run: Success, Warning, Error; Undefined where there is none.</summary>
    public string? Result { get; init; }

    /// <summary>The same in words.</summary>
    public string? ResultName { get; init; }

    /// <summary>The last test's result.</summary>
    public string? TestResult { get; init; }

    /// <summary>The last readiness check's result.</summary>
    public string? CheckResult { get; init; }

    /// <summary>The last state that was no running one.</summary>
    public string? LastStableState { get; init; }

    /// <summary>The state before the last run.</summary>
    public string? PreviousExecutionState { get; init; }

    /// <summary>planMode.</summary>
    public string? Mode { get; init; }

    /// <summary>planVerificationState.</summary>
    public string? VerificationState { get; init; }

    /// <summary>True where the server would undo.</summary>
    public bool? IsUndoPossible { get; init; }

    /// <summary>True where the server would fail back.</summary>
    public bool? IsReversePossible { get; init; }

    /// <summary>When the run began; zone unspecified.</summary>
    public DateTime? StartTime { get; init; }

    /// <summary>When the run ended; zone unspecified.</summary>
    public DateTime? FinishTime { get; init; }

    /// <summary>False where the server had no runtime details (it forgets them when it restarts) and this is told from the plan itself.</summary>
    public bool HasDetails { get; init; } = true;

    /// <summary>The groups with their VMs and steps, where they were asked for.</summary>
    public IReadOnlyList<VroRuntimeGroup> Groups { get; internal set; } = [];

    /// <summary>How long the run took; null while it lasts, or where the server tells no times.</summary>
    public TimeSpan? Duration => FinishTime - StartTime;

    /// <summary>Plan, groups, VMs and steps as an indented text, a line each; of what was not asked for nothing.</summary>
    public string Tree => VroRuntimeTree.Write(this);

    /// <summary>What the server told beyond these.</summary>
    public IReadOnlyDictionary<string, object?> AdditionalProperties { get; init; } = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Name and state.</summary>
    public override string ToString() => $"{Name}: {StateName ?? State}";

    /// <summary>Null where the answer is empty: the server restarted and has forgotten (facts/vro.md, "Reboot").</summary>
    internal static VroPlanRuntime? From(JsonElement runtime, string planId)
    {
        var state = VroJson.Text(runtime, "state");
        var running = VroJson.Flag(runtime, "isRunningState");
        var stable = VroJson.Flag(runtime, "isStableState");
        if (running is null && stable is null)
        {
            return null;
        }

        return new VroPlanRuntime
        {
            Id = VroJson.Text(runtime, "id") ?? planId,
            Name = VroJson.Text(runtime, "name") ?? string.Empty,
            Type = VroJson.Text(runtime, "planType"),
            State = state,
            StateName = VroJson.Text(runtime, "stateName"),
            IsRunning = running,
            IsStable = stable,
            Progress = VroJson.Number(runtime, "totalProgress"),
            Result = VroJson.Text(runtime, "currentRunResult"),
            ResultName = VroJson.Text(runtime, "resultName"),
            TestResult = VroJson.Text(runtime, "currentTestResult"),
            CheckResult = VroJson.Text(runtime, "currentCheckResult"),
            LastStableState = VroJson.Text(runtime, "lastStableState"),
            PreviousExecutionState = VroJson.Text(runtime, "previousExecutionState"),
            Mode = VroJson.Text(runtime, "planMode"),
            VerificationState = VroJson.Text(runtime, "planVerificationState"),
            IsUndoPossible = VroJson.Flag(runtime, "isUndoPossible"),
            IsReversePossible = VroJson.Flag(runtime, "isReversePossible"),
            StartTime = VroJson.Time(runtime, "startTime"),
            FinishTime = VroJson.Time(runtime, "finishTime"),
            AdditionalProperties = VroJson.Others(runtime, Known),
        };
    }

    /// <summary>What the plan itself tells, where there are no details.</summary>
    internal static VroPlanRuntime From(VroPlan plan)
    {
        var stable = VroAssumptions.IsStable(plan.State, plan.LastStableState);
        return new VroPlanRuntime
        {
            HasDetails = false,
            Id = plan.Id,
            Name = plan.Name,
            Type = plan.Type,
            State = plan.State,
            StateName = plan.StateName,
            IsRunning = !stable,
            IsStable = stable,
            Result = plan.RunResult,
            ResultName = plan.ResultName,
            TestResult = plan.TestResult,
            CheckResult = plan.CheckResult,
            LastStableState = plan.LastStableState,
            PreviousExecutionState = plan.PreviousExecutionState,
            Mode = plan.Mode,
            VerificationState = plan.VerificationState,
        };
    }
}

/// <summary>What groups, VMs and steps of a run have in common. The members of these answers are named after the vendor's v3 reference; the names of states and results are not documented.</summary>
public abstract class VroRuntimePart : ServerObject
{
    /// <summary>The id.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>The name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Its place among the others.</summary>
    public int? Order { get; init; }

    /// <summary>The state as the API names it.</summary>
    public string? State { get; init; }

    /// <summary>The result.</summary>
    public string? Result { get; init; }

    /// <summary>Percent done.</summary>
    public int? Progress { get; init; }

    /// <summary>When it began; zone unspecified.</summary>
    public DateTime? StartTime { get; init; }

    /// <summary>When it ended; zone unspecified.</summary>
    public DateTime? FinishTime { get; init; }

    /// <summary>What the server says about it.</summary>
    public string? Details { get; init; }

    /// <summary>The id of the plan.</summary>
    public string PlanId { get; internal set; } = string.Empty;

    /// <summary>The name of the group; empty for a group itself.</summary>
    public string GroupName { get; internal set; } = string.Empty;

    /// <summary>How long it took; null while it lasts, or where the server tells no times.</summary>
    public TimeSpan? Duration => FinishTime - StartTime;

    /// <summary>What the server told beyond these.</summary>
    public IReadOnlyDictionary<string, object?> AdditionalProperties { get; init; } = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);

    internal bool HasFailed => VroAssumptions.IsFailedPart(State, Result);

    internal bool Runs => VroAssumptions.IsRunningPart(State);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>A group in a plan's run (GroupRuntimeDetails).</summary>
public sealed class VroRuntimeGroup : VroRuntimePart
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase) { "id", "name", "order", "type", "groupCategory", "executionType", "state", "result", "totalProgress", "startTime", "finishTime", "details" };

    /// <summary>The kind of group.</summary>
    public string? Type { get; init; }

    /// <summary>groupCategory.</summary>
    public string? Category { get; init; }

    /// <summary>Whether its VMs are taken one after the other or together.</summary>
    public string? ExecutionType { get; init; }

    /// <summary>The VMs.</summary>
    public IReadOnlyList<VroRuntimeVm> Vms { get; internal set; } = [];

    /// <summary>The steps, where the group has no VMs.</summary>
    public IReadOnlyList<VroRuntimeStep> Steps { get; internal set; } = [];

    internal static VroRuntimeGroup From(JsonElement group) => new()
    {
        Id = VroJson.Text(group, "id") ?? string.Empty,
        Name = VroJson.Text(group, "name") ?? string.Empty,
        Order = VroJson.Number(group, "order"),
        Type = VroJson.Text(group, "type"),
        Category = VroJson.Text(group, "groupCategory"),
        ExecutionType = VroJson.Text(group, "executionType"),
        State = VroJson.Text(group, "state"),
        Result = VroJson.Text(group, "result"),
        Progress = VroJson.Number(group, "totalProgress"),
        StartTime = VroJson.Time(group, "startTime"),
        FinishTime = VroJson.Time(group, "finishTime"),
        Details = VroJson.Text(group, "details"),
        AdditionalProperties = VroJson.Others(group, Known),
    };
}

/// <summary>A VM in a plan's run (VmRuntimeDetails).</summary>
public sealed class VroRuntimeVm : VroRuntimePart
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase) { "id", "name", "number", "isCritical", "state", "result", "totalProgress", "startTime", "finishTime", "details" };

    /// <summary>True where the plan halts when this VM fails.</summary>
    public bool? IsCritical { get; init; }

    /// <summary>The steps.</summary>
    public IReadOnlyList<VroRuntimeStep> Steps { get; internal set; } = [];

    internal static VroRuntimeVm From(JsonElement vm) => new()
    {
        Id = VroJson.Text(vm, "id") ?? string.Empty,
        Name = VroJson.Text(vm, "name") ?? string.Empty,
        Order = VroJson.Number(vm, "number"),
        IsCritical = VroJson.Flag(vm, "isCritical"),
        State = VroJson.Text(vm, "state"),
        Result = VroJson.Text(vm, "result"),
        Progress = VroJson.Number(vm, "totalProgress"),
        StartTime = VroJson.Time(vm, "startTime"),
        FinishTime = VroJson.Time(vm, "finishTime"),
        Details = VroJson.Text(vm, "details"),
        AdditionalProperties = VroJson.Others(vm, Known),
    };
}

/// <summary>A step in a plan's run (StepRuntimeDetails).</summary>
public sealed class VroRuntimeStep : VroRuntimePart
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase) { "id", "name", "order", "actionType", "requiredForSuccess", "state", "result", "totalProgress", "startTime", "finishTime", "details", "prohibitedOperations" };

    /// <summary>What the step does.</summary>
    public string? ActionType { get; init; }

    /// <summary>True where the VM fails when this step fails.</summary>
    public bool? RequiredForSuccess { get; init; }

    /// <summary>The name of the VM; empty for a step of a virtual group.</summary>
    public string VmName { get; internal set; } = string.Empty;

    /// <summary>What cannot be done with it: ways to go on after it failed.</summary>
    public IReadOnlyList<string> ProhibitedOperations { get; init; } = [];

    internal static VroRuntimeStep From(JsonElement step) => new()
    {
        ProhibitedOperations = VroJson.Texts(step, "prohibitedOperations"),
        Id = VroJson.Text(step, "id") ?? string.Empty,
        Name = VroJson.Text(step, "name") ?? string.Empty,
        Order = VroJson.Number(step, "order"),
        ActionType = VroJson.Text(step, "actionType"),
        RequiredForSuccess = VroJson.Flag(step, "requiredForSuccess"),
        State = VroJson.Text(step, "state"),
        Result = VroJson.Text(step, "result"),
        Progress = VroJson.Number(step, "totalProgress"),
        StartTime = VroJson.Time(step, "startTime"),
        FinishTime = VroJson.Time(step, "finishTime"),
        Details = VroJson.Text(step, "details"),
        AdditionalProperties = VroJson.Others(step, Known),
    };
}
