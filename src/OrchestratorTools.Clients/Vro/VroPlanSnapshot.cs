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
    /// <summary>currentCheckResult.</summary>
    public string? CheckResult { get; init; }

    /// <summary>When the run of the details began.</summary>
    public DateTime? StartTime { get; init; }

    /// <summary>When it ended.</summary>
    public DateTime? FinishTime { get; init; }

    /// <summary>True where the server's runtime details told it: only they know of times.</summary>
    public bool HasDetails { get; init; }

    /// <summary>What the state means, where nothing runs.</summary>
    public VroPlanPhase Phase => VroAssumptions.PhaseOf(State, StateName);

    /// <summary>The snapshot of what the server just said.</summary>
    public static VroPlanSnapshot Of(VroPlanRuntime runtime)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        return new VroPlanSnapshot(runtime.State, runtime.StateName, runtime.IsRunning, runtime.IsStable, runtime.Result, runtime.ResultName, runtime.LastStableState, runtime.PreviousExecutionState)
        {
            CheckResult = runtime.CheckResult,
            StartTime = runtime.StartTime,
            FinishTime = runtime.FinishTime,
            HasDetails = runtime.HasDetails,
        };
    }

    /// <summary>What of a run shows in this snapshot against one from before it.</summary>
    internal VroRunSigns SignsSince(VroPlanSnapshot before, VroPlanAction? action = null)
    {
        // The server checks plans by itself every day: only of a check is its result a sign.
        var isCheck = ReferenceEquals(action, VroPlanActions.ReadinessCheck) || action is { ChecksAfterwards: true };

        if (action is { MayHaveBeenThere: true })
        {
            return SignsOfReset(before, action);
        }

        // What ran before is no sign that something began.
        if ((IsRunning is true && before.IsRunning is not true)
            || (IsRunning is false && before.IsRunning is true)
            || Differs(before.State, State)
            || (before.IsRunning is true && Differs(before.StateName, StateName))
            || (Differs(before.Result, Result) && VroAssumptions.IsDefinite(Result))
            || (isCheck && Differs(before.CheckResult, CheckResult) && VroAssumptions.IsDefinite(CheckResult))
            || Differs(before.LastStableState, LastStableState)
            || HasEndedSince(before))
        {
            return VroRunSigns.Clear;
        }

        // A result that is taken back, or a previous execution that is noted, comes with the beginning of a run as well as with its end.
        return Differs(before.PreviousExecutionState, PreviousExecutionState) || Differs(before.Result, Result) || Differs(before.ResultName, ResultName) || (isCheck && Differs(before.CheckResult, CheckResult))
            || (StartTime is not null && HasDetails && before.HasDetails && StartTime != before.StartTime)
            ? VroRunSigns.Weak
            : VroRunSigns.None;
    }

    /// <summary>True where the details speak of the end of another run than before.</summary>
    internal bool HasEndedSince(VroPlanSnapshot before) => FinishTime is not null && HasDetails && before.HasDetails && FinishTime != before.FinishTime;

    /// <summary>True where a readiness check has come to another result than before, or to one at all.</summary>
    internal bool HasBeenCheckedSince(VroPlanSnapshot before) => VroAssumptions.IsDefinite(CheckResult) && (Differs(before.CheckResult, CheckResult) || HasEndedSince(before));

    // A plan may be reset while it runs: what runs goes on until then, may halt or end by itself, and may be cut off at once, with a result and a time of its end. None of that is the reset.
    private VroRunSigns SignsOfReset(VroPlanSnapshot before, VroPlanAction action)
        => VroAssumptions.IsResetting(State, StateName)
            || (IsRunning is true && (before.IsRunning is not true || (action.ChecksAfterwards && VroAssumptions.IsChecking(State, StateName) && !VroAssumptions.IsChecking(before.State, before.StateName))))
            || (IsRunning is not true && Differs(before.State, State) && Phase is VroPlanPhase.Disabled or VroPlanPhase.Ready or VroPlanPhase.Unknown)
            ? VroRunSigns.Clear
            : VroRunSigns.None;

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
