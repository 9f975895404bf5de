using System.Globalization;
using static OrchestratorTools.Clients.VeloCloud.VeloCloudReplicationStates;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What a watched Orchestrator has come to.</summary>
public enum VeloCloudReplicationVerdict
{
    /// <summary>Under way, or not begun yet: look again.</summary>
    Waiting,

    /// <summary>At its goal.</summary>
    Reached,

    /// <summary>Failed since the watch began, or gone another way.</summary>
    Failed,

    /// <summary>It was asked for, and in all the time that it may take to begin nothing was seen of it.</summary>
    NeverBegan,
}

/// <summary>
/// Decides from one look after the other whether an Orchestrator has reached its goal. A promotion and a demotion may start from a state FAILURE_, and the pair that is ended may be a
/// broken one: only a failure that is new is one (facts/velocloud.md, "Disaster recovery").
/// </summary>
public sealed class VeloCloudReplicationWatch
{
    private readonly VeloCloudReplicationGoal _goal;
    private readonly TimeProvider _time;
    private readonly bool _isAsked;
    private VeloCloudReplicationStatus? _before;
    private DateTimeOffset _unchangedSince;
    private bool _wasPaired;

    private VeloCloudReplicationWatch(VeloCloudReplicationGoal goal, VeloCloudReplicationStatus? before, DateTimeOffset askedAt, TimeProvider time, bool isAsked)
    {
        _goal = goal;
        _before = before;
        _isAsked = isAsked;
        _unchangedSince = askedAt;
        _time = time;
    }

    /// <summary>True when something was seen of what was asked for.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Why it has failed, in words.</summary>
    public string? Reason { get; private set; }

    /// <summary>Watches what somebody else may have asked for.</summary>
    public static VeloCloudReplicationWatch OfAny(VeloCloudReplicationGoal goal, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new VeloCloudReplicationWatch(goal, null, time.GetUtcNow(), time, isAsked: false);
    }

    /// <summary>Watches what was asked for here.</summary>
    /// <param name="goal">Where it ends.</param>
    /// <param name="before">The Orchestrator as it was before.</param>
    /// <param name="askedAt">When it was asked for.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isPeer">The other one of the two: it moves when the one that was asked comes to it.</param>
    public static VeloCloudReplicationWatch OfOwn(VeloCloudReplicationGoal goal, VeloCloudReplicationStatus before, DateTimeOffset askedAt, TimeProvider time, bool isPeer = false)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(time);
        return new VeloCloudReplicationWatch(goal, before, askedAt, time, isAsked: !isPeer);
    }

    /// <summary>It did not answer: what it does meanwhile nobody sees.</summary>
    public void ObserveAbsence() => _unchangedSince = _time.GetUtcNow();

    /// <summary>Takes a look into account.</summary>
    public VeloCloudReplicationVerdict Observe(VeloCloudReplicationStatus now)
    {
        ArgumentNullException.ThrowIfNull(now);
        var isFirst = _before is null;
        _before ??= now;
        if (IsReached(now))
        {
            return VeloCloudReplicationVerdict.Reached;
        }

        if (!isFirst && IsMoved(now))
        {
            HasBegun |= !IsFailure(now.State) || IsOwnFailure(now.State);
        }

        if (IsFailure(now.State) && IsNews(now, isFirst))
        {
            Reason = now.FailureDescription is { } said ? $"it failed: {said.TrimEnd('.')}" : "it failed, and does not say why";
            return VeloCloudReplicationVerdict.Failed;
        }

        if (Diversion(now) is { } reason)
        {
            Reason = reason;
            return VeloCloudReplicationVerdict.Failed;
        }

        _wasPaired |= Is(now.Role, Active) || (Is(now.Role, Standby) && !Is(now.State, Candidate) && !Is(now.State, PendingCandidate));
        return _isAsked && !HasBegun && _time.GetUtcNow() - _unchangedSince >= VeloCloudAssumptions.ReplicationStartGrace
            ? VeloCloudReplicationVerdict.NeverBegan
            : VeloCloudReplicationVerdict.Waiting;
    }

    /// <summary>What a goal looks like, in words.</summary>
    public static string Describe(VeloCloudReplicationGoal goal) => goal switch
    {
        VeloCloudReplicationGoal.Candidate => "the state " + Candidate,
        VeloCloudReplicationGoal.Paired => "the state " + Running,
        VeloCloudReplicationGoal.Demoted => "the role " + Zombie,
        _ => "the role " + Standalone,
    };

    private bool IsReached(VeloCloudReplicationStatus now) => _goal switch
    {
        VeloCloudReplicationGoal.Candidate => Is(now.State, Candidate),
        VeloCloudReplicationGoal.Paired => Is(now.State, Running),
        VeloCloudReplicationGoal.Demoted => Is(now.Role, Zombie),
        _ => Is(now.Role, Standalone),
    };

    private bool IsMoved(VeloCloudReplicationStatus now)
        => !Is(now.Role, _before!.Role) || !Is(now.State, _before.State) || now.StateChanged != _before.StateChanged;

    // The failure of the very thing that is waited for.
    private bool IsOwnFailure(string state) => _goal switch
    {
        VeloCloudReplicationGoal.Promoted => Is(state, PromotionFailed),
        VeloCloudReplicationGoal.Demoted => Is(state, DemotionFailed),
        VeloCloudReplicationGoal.Unpaired => Is(state, UnconfigFailed),
        VeloCloudReplicationGoal.Candidate => Is(state, CandidateFailed),
        _ => false,
    };

    private bool IsNews(VeloCloudReplicationStatus now, bool isFirst)
    {
        // Nobody knows what was before the first look: a failure of the way to a pair has ended it, one that a failover starts from has not.
        if (isFirst)
        {
            return _goal is VeloCloudReplicationGoal.Candidate or VeloCloudReplicationGoal.Paired || IsOwnFailure(now.State);
        }

        if (Is(now.State, _before!.State) && now.StateChanged == _before.StateChanged && !HasBegun)
        {
            return false;
        }

        // Whoever leaves a pair hears nothing of the other one; and the standby of an active that is gone may lose it in more than one way before the promotion begins.
        return !IsPeerLost(now.State) || (_goal is not VeloCloudReplicationGoal.Unpaired && (HasBegun || _goal is VeloCloudReplicationGoal.Candidate or VeloCloudReplicationGoal.Paired));
    }

    // A role from which the goal is not reached any more.
    private string? Diversion(VeloCloudReplicationStatus now)
    {
        var isAway = _goal switch
        {
            VeloCloudReplicationGoal.Candidate => Is(now.Role, Active),
            VeloCloudReplicationGoal.Paired => Is(now.Role, Zombie) || (_wasPaired && Is(now.Role, Standalone)),
            VeloCloudReplicationGoal.Promoted => Is(now.Role, Active) || Is(now.Role, Zombie),
            VeloCloudReplicationGoal.Demoted => Is(now.Role, Standalone) || Is(now.Role, Standby),
            _ => false,
        };
        return isAway ? string.Create(CultureInfo.InvariantCulture, $"from the role {now.Role} it does not come to {Describe(_goal)}") : null;
    }
}
