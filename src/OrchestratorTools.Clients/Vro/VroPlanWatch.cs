namespace OrchestratorTools.Clients.Vro;

/// <summary>What a watched plan has come to.</summary>
public enum VroPlanVerdict
{
    /// <summary>It runs, or has not begun yet: look again.</summary>
    Waiting,

    /// <summary>Nothing runs any more.</summary>
    Ended,

    /// <summary>The run was halted, or failed before it changed anything.</summary>
    Failed,

    /// <summary>The start was asked for, and in all the time that one may take nothing was seen of it.</summary>
    NeverBegan,
}

/// <summary>
/// Decides from snapshots whether a plan has ended. Goes by isRunningState and isStableState, never by the name of a state: the same word names a run and its goal
/// (facts/vro.md, "State machine"). After a start of our own a plan that still shows its old state has not ended: it has not begun (trap 6).
/// </summary>
public sealed class VroPlanWatch
{
    private readonly TimeProvider _time;
    private readonly VroPlanSnapshot? _before;
    private readonly VroPlanAction? _action;
    private readonly DateTimeOffset _askedAt;
    private VroPlanSnapshot? _steady;
    private DateTimeOffset _steadySince;

    private VroPlanWatch(TimeProvider time, VroPlanSnapshot? before, VroPlanAction? action, DateTimeOffset askedAt)
    {
        _time = time;
        _before = before;
        _action = action;
        _askedAt = askedAt;
    }

    /// <summary>True when the run was seen, or what it left.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Watches a plan that somebody else may have started: where nothing runs, it has ended.</summary>
    public static VroPlanWatch OfAnyRun(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new VroPlanWatch(time, null, null, time.GetSteadyNow());
    }

    /// <summary>Watches a run that was asked for here.</summary>
    /// <param name="before">The plan before the request was sent.</param>
    /// <param name="askedAt">When it was sent, by the steady clock.</param>
    /// <param name="time">The clock.</param>
    /// <param name="action">What was asked for: it says where it ends; null: wherever it may.</param>
    public static VroPlanWatch OfOwnRun(VroPlanSnapshot before, DateTimeOffset askedAt, TimeProvider time, VroPlanAction? action = null)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(time);
        return new VroPlanWatch(time, before, action, askedAt);
    }

    /// <summary>Takes a snapshot into account.</summary>
    public VroPlanVerdict Observe(VroPlanSnapshot now)
    {
        ArgumentNullException.ThrowIfNull(now);
        if (now.IsRunning is true)
        {
            // What ran before a reset was sent is not the reset.
            HasBegun |= _action is not { MayHaveBeenThere: true } || now.SignsSince(_before!, _action) is VroRunSigns.Clear;
            _steady = null;
            return VroPlanVerdict.Waiting;
        }

        if (now.IsStable is not true && now.IsRunning is null)
        {
            _steady = null;
            return VroPlanVerdict.Waiting;
        }

        var isSteady = IsSteady(now);
        if (_before is not null && !HasBegun)
        {
            switch (now.SignsSince(_before, _action))
            {
                case VroRunSigns.Clear:
                    HasBegun = true;
                    break;
                case VroRunSigns.Weak when isSteady:
                    HasBegun = true;
                    break;
                case VroRunSigns.Weak:
                    return VroPlanVerdict.Waiting;
                default:
                    if (_action is { MayHaveBeenThere: true } && isSteady && IsGoal(now))
                    {
                        // Where the plan was at its goal before, nothing need be seen of the way.
                        return VroPlanVerdict.Ended;
                    }

                    return _time.GetSteadyNow() - _askedAt >= VroAssumptions.StartGrace ? VroPlanVerdict.NeverBegan : VroPlanVerdict.Waiting;
            }
        }

        // Neither running nor stable: between two states, or one of those that the user guide counts as neither. Time tells.
        if (now.IsStable is not true && !isSteady)
        {
            return VroPlanVerdict.Waiting;
        }

        if (_action is not null)
        {
            return Judge(_action, _before!, now, isSteady);
        }

        return HasFailed(now) ? VroPlanVerdict.Failed : VroPlanVerdict.Ended;
    }

    private VroPlanVerdict Judge(VroPlanAction action, VroPlanSnapshot before, VroPlanSnapshot now, bool isSteady)
    {
        if (action.ChecksAfterwards && !now.HasBeenCheckedSince(before) && !isSteady)
        {
            return VroPlanVerdict.Waiting;
        }

        if (HasFailed(now))
        {
            return VroPlanVerdict.Failed;
        }

        // A result that was taken back when the check began and is not given again: it did not come to its end.
        if (ReferenceEquals(action, VroPlanActions.ReadinessCheck) && now.CheckResult is not null && !VroAssumptions.IsDefinite(now.CheckResult) && VroAssumptions.IsDefinite(before.CheckResult))
        {
            return isSteady ? VroPlanVerdict.Failed : VroPlanVerdict.Waiting;
        }

        // A known state that is not the goal may be one on the way, but not one to call a success.
        return IsGoal(now) || now.Phase is VroPlanPhase.Unknown ? VroPlanVerdict.Ended : isSteady ? VroPlanVerdict.Failed : VroPlanVerdict.Waiting;
    }

    private bool IsGoal(VroPlanSnapshot now) => _action!.Goals(_before!.Phase) is var goals && (goals.Count == 0 || goals.Contains(now.Phase));

    private bool HasFailed(VroPlanSnapshot now)
        => (_action is not { EndsHalted: true } && VroAssumptions.IsHalted(now.State, now.StateName) && !(_action is { MayHaveBeenThere: true } && !IsSteady(now)))
           || (_before is not null && _action is not { LeavesResult: true } && VroAssumptions.IsError(now.Result) && string.Equals(now.State, _before.State, StringComparison.Ordinal));

    private bool IsSteady(VroPlanSnapshot now)
    {
        var time = _time.GetSteadyNow();
        if (now != _steady)
        {
            _steady = now;
            _steadySince = time;
        }

        return time - _steadySince >= VroAssumptions.SettleGrace;
    }
}
