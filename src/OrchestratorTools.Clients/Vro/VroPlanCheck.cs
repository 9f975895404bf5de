namespace OrchestratorTools.Clients.Vro;

/// <summary>
/// Says before the question whether an action can start. Refuses only what is known to be wrong (facts/vro.md, "Transitions", "By type"): most values are undocumented, and an
/// unknown one must not stand in the way of somebody who has to fail over tonight.
/// </summary>
public static class VroPlanCheck
{
    /// <summary>Looks at a plan.</summary>
    /// <param name="action">What is to be done to it.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="runtime">What it does at the moment.</param>
    /// <returns>Why the action is certainly refused (null where it is not), and what is doubtful.</returns>
    public static (string? Wrong, IReadOnlyList<string> Doubts) Examine(VroPlanAction action, VroPlan plan, VroPlanRuntime runtime)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(runtime);
        var doubts = new List<string>();
        var wrong = WrongType(action, plan, doubts) ?? WrongMoment(action, plan, runtime) ?? action.Rule?.Invoke(plan, runtime, doubts) ?? WrongState(action, plan, runtime, doubts);
        return (wrong, doubts);
    }

    /// <summary>What could be done with a plan that is not as it must be, in a sentence; empty where nothing is known.</summary>
    public static string WayOn(VroPlan plan, VroPlanRuntime runtime)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(runtime);
        return VroAssumptions.PhaseOf(runtime.State ?? plan.State, runtime.StateName ?? plan.StateName) switch
        {
            VroPlanPhase.Halted => "A halted plan goes on with Resume-VroPlan, back with Undo-VroPlan, or is given up with Reset-VroPlan. ",
            VroPlanPhase.Active => $"Wait-VroPlan -Id {plan.Id} waits for what runs, Stop-VroPlan halts it. ",
            VroPlanPhase.Disabled => "Enable-VroPlan enables it. ",
            VroPlanPhase.Ready when VroAssumptions.IsDisabled(plan.Mode) is true => "Enable-VroPlan enables it. ",
            _ when VroAssumptions.IsInUse(plan.Mode) is true => "A plan that was run is ready again after Reset-VroPlan and Enable-VroPlan. ",
            _ => string.Empty,
        };
    }

    internal static string Show(string? value) => value is null ? "(none told)" : $"'{value}'";

    private static string? WrongType(VroPlanAction action, VroPlan plan, List<string> doubts)
    {
        if (action.Types is not { } types || (plan.Type is { } type && types.Contains(type)))
        {
            return null;
        }

        if (plan.Type is { } other && VroAssumptions.PlanTypes.Contains(other, StringComparer.OrdinalIgnoreCase))
        {
            return $"it is a {other} plan, and {action.NounWithArticle} is for {action.TypesInWords}";
        }

        doubts.Add($"its type {Show(plan.Type)} is unknown to this module");
        return null;
    }

    private static string? WrongMoment(VroPlanAction action, VroPlan plan, VroPlanRuntime runtime)
    {
        if (action.NeedsRun is false && runtime is { HasDetails: true, IsRunning: true })
        {
            return $"something runs in it at the moment (state {runtime.StateName ?? runtime.State ?? plan.State})";
        }

        return action.NeedsRun is true && runtime.IsRunning is false ? $"nothing runs in it (state {StateOf(runtime.State ?? plan.State, runtime.StateName ?? plan.StateName)}), so there is nothing to halt" : null;
    }

    private static string? WrongState(VroPlanAction action, VroPlan plan, VroPlanRuntime runtime, List<string> doubts)
    {
        if (action.NeedsRun is false && VroAssumptions.PhaseOf(plan.State, plan.StateName) is VroPlanPhase.Active && runtime.IsRunning is not false)
        {
            return $"something runs in it at the moment (state {StateOf(plan)})";
        }

        if (action.From is not { } from)
        {
            return null;
        }

        var phase = VroAssumptions.PhaseOf(plan.State, plan.StateName);
        if (from.Contains(phase))
        {
            return null;
        }

        if (phase is VroPlanPhase.Unknown || action.Doubtful.Contains(phase))
        {
            doubts.Add(phase is VroPlanPhase.Unknown ? $"its state {Show(plan.State)} is unknown to this module" : $"whether {action.NounWithArticle} starts from its state {StateOf(plan)} is not documented");
            return null;
        }

        return $"its state is {StateOf(plan)}, and {action.NounWithArticle} starts from {string.Join(", ", from.Select(p => p.ToString()))}";
    }

    private static string StateOf(VroPlan plan) => StateOf(plan.State, plan.StateName);

    private static string StateOf(string? state, string? name)
        => state + (name is { Length: > 0 } && !name.Equals(state, StringComparison.OrdinalIgnoreCase) ? $" ({name})" : string.Empty);
}
