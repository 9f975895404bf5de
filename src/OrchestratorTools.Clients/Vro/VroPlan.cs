using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vro;

/// <summary>A recovery plan (RecoveryPlanInfo; facts/vro.md, "Enum values"). Texts that the server invents (states, modes, results) are kept as it writes them.</summary>
public sealed class VroPlan : ServerObject
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "name", "description", "planType", "state", "stateName", "planMode", "planVerificationState", "resultName", "currentRunResult", "currentTestResult", "currentCheckResult",
        "lastTestTime", "lastTestResult", "lastCheckTime", "lastCheckResult", "nearestTestScheduleTime", "lastStableState", "lastStableStateName", "previousExecutionState",
        "recoveryLocationId", "recoveryLocationName", "recoveryLocationType", "siteScopeId", "siteScopeName", "serverId", "containsAgentGroups", "groupsType",
    };

    /// <summary>The plan's id, a UUID.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>The name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>planType: Replica, CdpReplica, Storage, Restore and others.</summary>
    public string? Type { get; init; }

    /// <summary>The state as the API names it, for example Ready or RestoreComplete.</summary>
    public string? State { get; init; }

    /// <summary>The state as the user interface names it, for example Verified or Restored.</summary>
    public string? StateName { get; init; }

    /// <summary>planMode: Enabled, Disabled or InUse.</summary>
    public string? Mode { get; init; }

    /// <summary>planVerificationState: whether the last readiness check still stands for the plan as it is.</summary>
    public string? VerificationState { get; init; }

    /// <summary>The last run's result in words.</summary>
    public string? ResultName { get; init; }

    /// <summary>The last run's result; Undefined where there is none.</summary>
    public string? RunResult { get; init; }

    /// <summary>The last test's result. Newer servers tell it as currentTestResult, older ones as lastTestResult.</summary>
    public string? TestResult { get; init; }

    /// <summary>The last readiness check's result. Newer servers tell it as currentCheckResult, older ones as lastCheckResult.</summary>
    public string? CheckResult { get; init; }

    /// <summary>When the plan was last tested; zone unspecified, as the server writes it.</summary>
    public DateTime? LastTestTime { get; init; }

    /// <summary>When the plan's readiness was last checked; zone unspecified.</summary>
    public DateTime? LastCheckTime { get; init; }

    /// <summary>When the next test is scheduled; zone unspecified.</summary>
    public DateTime? NextTestTime { get; init; }

    /// <summary>The last state that was no running one.</summary>
    public string? LastStableState { get; init; }

    /// <summary>The same as the user interface names it.</summary>
    public string? LastStableStateName { get; init; }

    /// <summary>The state before the last run.</summary>
    public string? PreviousExecutionState { get; init; }

    /// <summary>The recovery location's id.</summary>
    public string? RecoveryLocationId { get; init; }

    /// <summary>The recovery location's name.</summary>
    public string? RecoveryLocationName { get; init; }

    /// <summary>The recovery location's type.</summary>
    public string? RecoveryLocationType { get; init; }

    /// <summary>The scope's id.</summary>
    public string? ScopeId { get; init; }

    /// <summary>The scope's name.</summary>
    public string? ScopeName { get; init; }

    /// <summary>The id of the Orchestrator server or agent that the plan belongs to.</summary>
    public string? ServerId { get; init; }

    /// <summary>True where groups of protected agents are in the plan.</summary>
    public bool? ContainsAgentGroups { get; init; }

    /// <summary>The platform of the plan's groups.</summary>
    public string? GroupsType { get; init; }

    /// <summary>When it runs by itself; null where it does not, or where the server does not say.</summary>
    public VroPlanSchedule? Schedule { get; init; }

    /// <summary>What the server told beyond these.</summary>
    public IReadOnlyDictionary<string, object?> AdditionalProperties { get; init; } = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>True where the server says whether there is a schedule.</summary>
    internal bool TellsSchedule { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal static VroPlan From(JsonElement plan)
    {
        var check = VroJson.Text(plan, "currentCheckResult");
        var test = VroJson.Text(plan, "currentTestResult");
        var schedule = VroAssumptions.FindSchedule(plan);
        return new VroPlan
        {
            Id = VroJson.Text(plan, "id") ?? string.Empty,
            Name = VroJson.Text(plan, "name") ?? string.Empty,
            Description = VroJson.Text(plan, "description"),
            Type = VroJson.Text(plan, "planType"),
            State = VroJson.Text(plan, "state"),
            StateName = VroJson.Text(plan, "stateName"),
            Mode = VroJson.Text(plan, "planMode"),
            VerificationState = VroJson.Text(plan, "planVerificationState"),
            ResultName = VroJson.Text(plan, "resultName"),
            RunResult = VroJson.Text(plan, "currentRunResult"),
            TestResult = VroAssumptions.IsDefinite(test) ? test : VroJson.Text(plan, "lastTestResult") ?? test,
            CheckResult = VroAssumptions.IsDefinite(check) ? check : VroJson.Text(plan, "lastCheckResult") ?? check,
            LastTestTime = VroJson.Time(plan, "lastTestTime"),
            LastCheckTime = VroJson.Time(plan, "lastCheckTime"),
            NextTestTime = VroJson.Time(plan, "nearestTestScheduleTime"),
            LastStableState = VroJson.Text(plan, "lastStableState"),
            LastStableStateName = VroJson.Text(plan, "lastStableStateName"),
            PreviousExecutionState = VroJson.Text(plan, "previousExecutionState"),
            RecoveryLocationId = VroJson.Text(plan, "recoveryLocationId"),
            RecoveryLocationName = VroJson.Text(plan, "recoveryLocationName"),
            RecoveryLocationType = VroJson.Text(plan, "recoveryLocationType"),
            ScopeId = VroJson.Text(plan, "siteScopeId"),
            ScopeName = VroJson.Text(plan, "siteScopeName"),
            ServerId = VroJson.Text(plan, "serverId"),
            ContainsAgentGroups = VroJson.Flag(plan, "containsAgentGroups"),
            GroupsType = VroJson.Text(plan, "groupsType"),
            Schedule = schedule is { ValueKind: JsonValueKind.Object } told ? VroPlanSchedule.From(told) : null,
            TellsSchedule = schedule is not null,
            AdditionalProperties = VroJson.Others(plan, Known),
        };
    }
}
