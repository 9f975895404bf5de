namespace OrchestratorTools.Clients.Vro;

/// <summary>What a plan shows at one moment: all that the decision whether it runs, has begun or has ended is taken from.</summary>
/// <param name="State">The state as the API names it; compared, never understood.</param>
/// <param name="StateName">The state as the user interface names it.</param>
/// <param name="IsRunning">isRunningState.</param>
/// <param name="IsStable">isStableState.</param>
/// <param name="Result">currentRunResult.</param>
/// <param name="ResultName">resultName.</param>
/// <param name="LastStableState">lastStableState.</param>
/// <param name="PreviousExecutionState">previousExecutionState.</param>
public sealed record VroPlanSnapshot(string? State, string? StateName, bool? IsRunning, bool? IsStable, string? Result, string? ResultName, string? LastStableState, string? PreviousExecutionState)
{
    /// <summary>The snapshot of what the server just said.</summary>
    public static VroPlanSnapshot Of(VroPlanRuntime runtime)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        return new VroPlanSnapshot(runtime.State, runtime.StateName, runtime.IsRunning, runtime.IsStable, runtime.Result, runtime.ResultName, runtime.LastStableState, runtime.PreviousExecutionState);
    }

    /// <summary>What of a run shows in this snapshot against one from before it.</summary>
    internal VroRunSigns SignsSince(VroPlanSnapshot before)
    {
        if (IsRunning is true || Differs(before.State, State) || (Differs(before.Result, Result) && VroAssumptions.IsDefinite(Result)) || Differs(before.LastStableState, LastStableState))
        {
            return VroRunSigns.Clear;
        }

        // A result that is taken back, or a previous execution that is noted, comes with the beginning of a run as well as with its end.
        return Differs(before.PreviousExecutionState, PreviousExecutionState) || Differs(before.Result, Result) || Differs(before.ResultName, ResultName) ? VroRunSigns.Weak : VroRunSigns.None;
    }

    // Two sources tell different parts; what one of them does not tell has not changed. A previous execution that appears where there was none has.
    private static bool Differs(string? before, string? now)
        => now is not null && !string.Equals(before ?? string.Empty, now, StringComparison.Ordinal) && (before is not null || now.Length > 0);
}

/// <summary>How surely a run has begun.</summary>
internal enum VroRunSigns
{
    /// <summary>Nothing differs.</summary>
    None,

    /// <summary>Something differs that may differ before the run begins.</summary>
    Weak,

    /// <summary>The plan runs, or has another state or result than before.</summary>
    Clear,
}
