using System.Text.Json.Nodes;
using OrchestratorTools.Simulator.Vro.Inventory;
using OrchestratorTools.Simulator.Vro.Wire;

namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>
/// RecoveryPlanInfo: the members that the pages and scripts show (facts/vro.md, RecoveryPlanInfo fields seen), and the schedule, whose member name is INF.
/// </summary>
internal static class PlanFields
{
    /// <summary>How a plan is written, filtered and sorted.</summary>
    public static FieldSet<Plan> Create(Site site, VroSettings settings) => new FieldSet<Plan>()
        .Add("id", p => p.Id.ToString())
        .Add("planType", p => p.Type.ToString())
        .Add("name", p => p.Name)
        .Add("description", p => p.Description)
        .Add("state", p => p.State.Wire)
        .Add("stateName", p => p.State.Name)
        .Add("resultName", p => p.ResultName)
        .Add("lastStableState", p => p.Resting(p.Phase).Wire)
        .Add("lastStableStateName", p => p.Resting(p.Phase).NameAsLastStable)
        .Add("previousExecutionState", p => p.PreviousPhase is { } phase ? p.Resting(phase).Wire : null)
        .Add("planMode", p => p.Mode.ToString())
        .Add("planVerificationState", p => p.Verification.ToString())
        .Add("currentTestResult", p => p.TestResult.ToString())
        .Add("currentCheckResult", p => p.CheckResult.ToString())
        .Add("currentRunResult", p => p.RunResult.ToString())
        .Add("lastTestTime", p => ServerTime.Write(p.LastTest, settings.UtcOffset))
        .Add("lastTestResult", p => p.LastTest is null ? null : p.TestResult.ToString())
        .Add("lastCheckTime", p => ServerTime.Write(p.LastCheck, settings.UtcOffset))
        .Add("lastCheckResult", p => p.LastCheck is null ? null : p.CheckResult.ToString())
        .Add("nearestTestScheduleTime", _ => null)
        .Add("recoveryLocationId", p => p.Location?.Id.ToString())
        .Add("recoveryLocationName", p => p.Location?.Name)
        .Add("recoveryLocationType", p => p.Location?.Type)
        .Add("serverId", _ => site.ServerId.ToString())
        .Add("siteScopeId", p => p.Scope.Id.ToString())
        .Add("siteScopeName", p => p.Scope.Name)
        .Add("reportTemplateId", _ => Ids.Of(site.ServerId, "report template").ToString())
        .Add("containsAgentGroups", _ => false)
        .Add("storageRecoveryLocations", StorageLocations)
        .Add("groupsType", p => p.Type == PlanType.Storage ? "Storage" : "VMware")
        .Add("schedule", p => Schedule(p.Schedule, settings));

    private static JsonArray StorageLocations(Plan plan)
        => plan is { Type: PlanType.Storage, Location: { } location } ? [new JsonObject { ["id"] = location.Id.ToString(), ["name"] = location.Name }] : [];

    // RecoveryScheduleInfo; OnTime and AfterPlan are v1's and v2's words.
    private static JsonObject? Schedule(Schedule? schedule, VroSettings settings) => schedule is null ? null : new JsonObject
    {
        ["scheduleType"] = schedule.StartTime is null ? "AfterPlan" : "OnTime",
        ["startTime"] = ServerTime.Write(schedule.StartTime, settings.UtcOffset),
        ["previousPlanId"] = schedule.PreviousPlanId?.ToString(),
        ["virusScan"] = schedule.Options.VirusScan,
        ["yaraScan"] = schedule.Options.YaraScan,
        ["yaraScanRule"] = schedule.Options.YaraScanRule,
        ["scanInfectedFlag"] = schedule.Options.ScanInfectedFlag,
        ["scanSuspiciousFlag"] = schedule.Options.ScanSuspiciousFlag,
        ["restorePointsCountForRansomwareScan"] = schedule.Options.RestorePointsCount,
        ["ransomwareAction"] = schedule.Options.RansomwareAction,
    };
}
