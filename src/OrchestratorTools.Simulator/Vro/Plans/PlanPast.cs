namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>
/// Gives a plan a past that ends in the state that is wished for: what would have led there is played, so that RuntimeDetails and the next action fit.
/// </summary>
internal sealed class PlanPast(PlanEngine engine)
{
    /// <summary>The resting state of a word, its wire name or its display name; null where there is none.</summary>
    public static Phase? PhaseOf(string word)
    {
        foreach (var phase in Enum.GetValues<Phase>())
        {
            var words = VroChoices.Words(phase);
            if (word.Equals(words.Wire, StringComparison.OrdinalIgnoreCase) || word.Equals(words.Name, StringComparison.OrdinalIgnoreCase))
                return phase;
        }

        return null;
    }

    /// <summary>Puts the plan into a resting state. Throws <see cref="ArgumentException"/> where its type never comes there.</summary>
    public void Play(Plan plan, Phase phase, DateTimeOffset now)
    {
        var operations = WayTo(phase, plan.Type);
        (plan.Job, plan.HaltedJob, plan.Run, plan.LastLocation, plan.IsRuntimeEmptied) = (null, null, null, null, false);
        (plan.PreviousPhase, plan.RunResult, plan.ResultName) = (null, Outcome.Undefined, VroChoices.NoResultName);
        (plan.Phase, plan.Mode) = phase == Phase.Disabled ? (Phase.Disabled, PlanMode.Disabled) : (Phase.Ready, PlanMode.Enabled);

        // A failure that was asked for is for what comes, unless it is what halts the plan now.
        var fault = plan.Fault;
        plan.Fault = phase == Phase.Halted ? (fault is { IsSpent: false } ? fault : FirstCritical(plan)) : null;
        for (var i = 0; i < operations.Length; i++)
        {
            var start = now.AddSeconds(-2 * plan.RunSeconds * (operations.Length - i));
            engine.Accept(plan, new Job(operations[i], start));
            engine.Advance(now);
        }

        plan.Fault = fault;
        if (plan.Phase != phase)
            throw new ArgumentException($"The plan ended in '{plan.State.Wire}': its failStep does not lead to the state that was asked for.");
    }

    private static Operation[] WayTo(Phase phase, PlanType type)
    {
        var isReplica = type is PlanType.Replica or PlanType.CdpReplica;
        return (phase, type) switch
        {
            (Phase.Disabled or Phase.Ready, _) => [],
            (Phase.Halted, _) => [PlanEngine.RunOf(type)],
            (Phase.Restored, PlanType.Restore) => [Operation.Restore],
            (Phase.Failover, not PlanType.Restore) => [Operation.Failover],
            (Phase.UndoFailover, not PlanType.Restore) => [Operation.Failover, Operation.UndoFailover],
            (Phase.PermanentFailover, _) when isReplica => [Operation.Failover, Operation.PermanentFailover],
            (Phase.PrepareForFailback, _) when isReplica => [Operation.Failover, Operation.PrepareToFailback],
            (Phase.Failback, _) when isReplica => [Operation.Failover, Operation.PrepareToFailback, Operation.SwitchoverToProduction],
            (Phase.CommitFailback, _) when isReplica =>
                [Operation.Failover, Operation.PrepareToFailback, Operation.SwitchoverToProduction, Operation.CommitFailback],
            _ => throw new ArgumentException($"A plan of the type {type} never comes into the state {VroChoices.Words(phase).Wire}."),
        };
    }

    private static StepFault? FirstCritical(Plan plan)
    {
        var vm = plan.Groups.SelectMany(g => g.Vms).FirstOrDefault(v => v.IsCritical);
        return vm is null ? null : new StepFault($"*/{vm.Name}/{vm.Steps.First(s => s.IsRequired).Name}", count: 1, critical: null);
    }
}
