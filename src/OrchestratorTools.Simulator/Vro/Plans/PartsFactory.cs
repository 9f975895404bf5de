using System.Globalization;

namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>
/// Invents a plan's groups, machines and steps. In each group machines 1 and 2 of three are critical, and of a machine's steps all but the last are required,
/// so that every way a failed step can end is at hand in every plan.
/// </summary>
internal static class PartsFactory
{
    private const int VmsInAGroup = 4;

    /// <summary>The groups as the plan defines them: steps before, the machines, steps after.</summary>
    public static IReadOnlyList<PlanGroup> Create(Guid planId, PlanType type, string stem, int vmCount)
    {
        var groups = new List<PlanGroup>
        {
            Virtual(planId, 1, "Pre-Plan Steps", "PrePlanGroup", [("Generate Event", "GenerateEvent", false), ("Notify by Email", "SendEmail", false)]),
        };
        var tiers = Math.Max(1, (vmCount + VmsInAGroup - 1) / VmsInAGroup);
        var number = 0;
        for (var tier = 1; tier <= tiers; tier++)
        {
            var id = Ids.Of(planId, $"tier {tier}");
            var size = ((vmCount * tier) / tiers) - ((vmCount * (tier - 1)) / tiers);
            var vms = new List<PlanVm>();
            for (var i = 1; i <= size; i++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{++number:00}");
                var vmId = Ids.Of(id, name);
                vms.Add(new(vmId, Ids.Of(vmId, "vo"), i, name, IsCritical: i % 3 != 0, Steps(vmId, StepsOf(type))));
            }

            groups.Add(new(id, tier + 1, $"{stem} tier {tier}", "InventoryGroup", IsParallel: tier % 2 == 0, vms, []));
        }

        groups.Add(Virtual(planId, tiers + 2, "Post-Plan Steps", "PostPlanGroup", [("Notify by Email", "SendEmail", false)]));
        return groups;
    }

    /// <summary>The groups of an operation that is not the plan's own run: one step a machine, or a few for a check.</summary>
    public static IReadOnlyList<PlanGroup> ForOperation(IReadOnlyList<PlanGroup> plan, Operation operation)
    {
        var steps = StepsOf(operation);
        return [.. plan.Where(g => !g.IsVirtual).Select(g => g with { Vms = [.. g.Vms.Select(v => v with { Steps = Steps(v.Id, steps) })] })];
    }

    private static PlanGroup Virtual(Guid planId, int order, string name, string type, (string Name, string Action, bool Required)[] steps)
    {
        var id = Ids.Of(planId, name);
        return new(id, order, name, type, IsParallel: false, [], Steps(id, steps));
    }

    private static List<PlanStep> Steps(Guid owner, (string Name, string Action, bool Required)[] steps)
        => [.. steps.Select((s, i) => new PlanStep(Ids.Of(owner, s.Name), i + 1, s.Name, "Script", s.Action, s.Required, $"Built-in step: {s.Name}."))];

    private static (string Name, string Action, bool Required)[] StepsOf(PlanType type) => type switch
    {
        PlanType.Restore =>
        [
            ("Check Restore Point", "CheckRestorePoint", true),
            ("Restore VM", "RestoreVm", true),
            ("Check VM Heartbeat", "CheckVmHeartbeat", true),
            ("Ping VM Network", "PingVmNetwork", false),
        ],
        PlanType.Storage =>
        [
            ("Check Storage Snapshot", "CheckStorageSnapshot", true),
            ("Register VM", "RegisterVm", true),
            ("Check VM Heartbeat", "CheckVmHeartbeat", true),
            ("Ping VM Network", "PingVmNetwork", false),
        ],
        _ =>
        [
            ("Shut Down Source VM", "ShutDownSourceVm", true),
            ("Process Replica VM", "ProcessReplicaVm", true),
            ("Check VM Heartbeat", "CheckVmHeartbeat", true),
            ("Ping VM Network", "PingVmNetwork", false),
        ],
    };

    private static (string Name, string Action, bool Required)[] StepsOf(Operation operation) => operation switch
    {
        Operation.ReadinessCheck => [("Check VM Name", "CheckVmName", true), ("Check Target Location", "CheckTargetLocation", true)],
        Operation.MalwareScan => [("Scan Restore Points", "ScanRestorePoints", true)],
        Operation.PermanentFailover => [("Commit Failover", "CommitFailover", true)],
        Operation.FailbackToProduction => [("Fail Back VM", "FailBackVm", true)],
        Operation.PrepareToFailback => [("Prepare VM for Failback", "PrepareForFailback", true)],
        Operation.SwitchoverToProduction => [("Switch VM to Production", "SwitchoverToProduction", true)],
        Operation.CommitFailback => [("Commit Failback", "CommitFailback", true)],
        Operation.UndoFailback => [("Undo Failback", "UndoFailback", true)],
        _ => [("Undo Failover", "UndoFailover", true)],
    };
}
