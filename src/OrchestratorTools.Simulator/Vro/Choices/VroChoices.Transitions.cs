using OrchestratorTools.Simulator.Vro.Plans;

namespace OrchestratorTools.Simulator.Vro;

internal static partial class VroChoices
{
    private static readonly PlanType[] Replicas = [PlanType.Replica, PlanType.CdpReplica];

    /// <summary>
    /// Which action leads where (facts/vro.md, State machine and By type). Which call makes the arrows of the failback is INF: PrepareToFailback, then
    /// SwitchoverToProduction; FailbackToProduction goes straight from FAILOVER.
    /// </summary>
    public static readonly IReadOnlyList<Transition> Transitions =
    [
        new("Failover", [PlanType.Replica, PlanType.CdpReplica, PlanType.Storage], [Phase.Ready], Operation.Failover),
        new("Restore", [PlanType.Restore], [Phase.Ready], Operation.Restore),
        new("PermanentFailover", Replicas, [Phase.Failover], Operation.PermanentFailover),
        new("FailbackToProduction", Replicas, [Phase.Failover], Operation.FailbackToProduction),
        new("PrepareToFailback", Replicas, [Phase.Failover], Operation.PrepareToFailback),
        new("SwitchoverToProduction", Replicas, [Phase.PrepareForFailback], Operation.SwitchoverToProduction),
        new("CommitFailback", Replicas, [Phase.Failback], Operation.CommitFailback),
        new("Undo", StorageUndoNeedsHalted ? Replicas : [.. Replicas, PlanType.Storage], [Phase.Failover], Operation.UndoFailover),
        new("Undo", Replicas, [Phase.PrepareForFailback, Phase.Failback], Operation.UndoFailback),
    ];

    /// <summary>The plans that can be undone while HALTED (facts/vro.md: not restore, not cloud).</summary>
    public static readonly IReadOnlyList<PlanType> UndoneWhenHalted = [PlanType.Replica, PlanType.CdpReplica, PlanType.Storage];

    /// <summary>Where an operation ends; null where the plan returns to the state that it had.</summary>
    public static Phase? EndOf(Operation operation) => operation switch
    {
        Operation.Failover => Phase.Failover,
        Operation.Restore => Phase.Restored,
        Operation.PermanentFailover => Phase.PermanentFailover,
        Operation.FailbackToProduction or Operation.SwitchoverToProduction => Phase.Failback,
        Operation.PrepareToFailback => Phase.PrepareForFailback,
        Operation.CommitFailback => Phase.CommitFailback,
        Operation.UndoFailover => Phase.UndoFailover,

        // The guide lists a stable UNDO FAILBACK, and says that the plan returns to FAILOVER: the latter is taken, so that it can be acted on again.
        Operation.UndoFailback => Phase.Failover,
        Operation.Reset => Phase.Disabled,
        _ => null,
    };

    /// <summary>What undoes an operation that was halted; null where nothing does (INF).</summary>
    public static Operation? UndoOf(Operation operation) => operation switch
    {
        Operation.Failover or Operation.UndoFailover => Operation.UndoFailover,
        Operation.PrepareToFailback or Operation.SwitchoverToProduction or Operation.FailbackToProduction or Operation.UndoFailback => Operation.UndoFailback,
        _ => null,
    };

    /// <summary>Whether a critical step's failure halts: "an undo that meets errors does not halt by itself", and a check only reports.</summary>
    public static bool HaltsOnFailure(Operation operation)
        => operation is not (Operation.UndoFailover or Operation.UndoFailback or Operation.ReadinessCheck or Operation.MalwareScan);

    /// <summary>Whether an operation of this name has a result of its own beside that of the plan's runs.</summary>
    public static bool IsCheck(string operation) => operation is nameof(Operation.ReadinessCheck);

    /// <summary>Where a halted operation leaves the plan: a check or a scan has no HALTED of its own (INF).</summary>
    public static bool HaltLeavesHalted(Operation operation) => operation is not (Operation.ReadinessCheck or Operation.MalwareScan);
}
