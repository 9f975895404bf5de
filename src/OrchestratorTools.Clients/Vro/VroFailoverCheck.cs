using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vro;

/// <summary>
/// Says before the question whether a plan can be failed over. Refuses only what is known to be wrong (facts/vro.md, "Transitions", "By type"): most values are undocumented, and an
/// unknown one must not stand in the way of somebody who has to fail over tonight.
/// </summary>
public static class VroFailoverCheck
{
    /// <summary>Looks at a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="runtime">What it does at the moment.</param>
    /// <returns>Why a failover is certainly refused (null where it is not), and what is doubtful.</returns>
    public static (string? Wrong, IReadOnlyList<string> Doubts) Examine(VroPlan plan, VroPlanRuntime runtime)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(runtime);
        var doubts = new List<string>();
        var wrong = WrongType(plan, doubts) ?? WrongMoment(plan, runtime) ?? WrongMode(plan, doubts) ?? WrongState(plan, doubts);
        if (plan.VerificationState is { Length: > 0 } verification && !VroAssumptions.VerifiedStates.Contains(verification))
        {
            doubts.Add($"its verification state is {verification}: the last readiness check does not stand for the plan as it is");
        }

        return (wrong, doubts);
    }

    /// <summary>The error of a plan that cannot be failed over.</summary>
    public static OrchestratorApiException Refusal(VroPlan plan, string wrong, string? action = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.WrongState, $"Plan '{plan.Name}' is not failed over: {wrong}. Nothing was sent.") { RecommendedAction = action };
    }

    private static string? WrongType(VroPlan plan, List<string> doubts)
    {
        if (plan.Type is { } type && VroAssumptions.NoFailoverTypes.Contains(type))
        {
            return $"it is a {type} plan, and a failover is for replica, CDP and storage plans";
        }

        if (plan.Type is null || !VroAssumptions.FailoverTypes.Contains(plan.Type))
        {
            doubts.Add($"its type {Show(plan.Type)} is unknown to this module");
        }

        return null;
    }

    private static string? WrongMoment(VroPlan plan, VroPlanRuntime runtime)
        => runtime is { HasDetails: true, IsRunning: true } ? $"something runs in it at the moment (state {runtime.StateName ?? runtime.State ?? plan.State})" : null;

    private static string? WrongMode(VroPlan plan, List<string> doubts)
    {
        if (plan.Mode is { } mode && VroAssumptions.NoFailoverModes.Contains(mode))
        {
            return $"its mode is {mode}, and a failover needs an enabled plan";
        }

        if (plan.Mode is null || !VroAssumptions.FailoverModes.Contains(plan.Mode))
        {
            doubts.Add($"its mode {Show(plan.Mode)} is unknown to this module");
        }

        return null;
    }

    private static string? WrongState(VroPlan plan, List<string> doubts)
    {
        if (plan.State is { } state && VroAssumptions.NoFailoverStates.Contains(state))
        {
            return $"its state is {state}{(plan.StateName is { Length: > 0 } name && !name.Equals(state, StringComparison.OrdinalIgnoreCase) ? $" ({name})" : string.Empty)}, and a failover starts from {string.Join(", ", VroAssumptions.FailoverStates)}";
        }

        if (plan.State is null || !VroAssumptions.FailoverStates.Contains(plan.State))
        {
            doubts.Add($"its state {Show(plan.State)} is unknown to this module");
        }

        return null;
    }

    private static string Show(string? value) => value is null ? "(none told)" : $"'{value}'";
}
