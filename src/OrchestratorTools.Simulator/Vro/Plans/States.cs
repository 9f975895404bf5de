namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>What a plan does on failover or restore.</summary>
internal enum PlanType
{
    /// <summary>Fails over to replicas.</summary>
    Replica,

    /// <summary>Fails over to replicas of continuous protection.</summary>
    CdpReplica,

    /// <summary>Restores from backups.</summary>
    Restore,

    /// <summary>Fails over storage volumes.</summary>
    Storage,
}

/// <summary>The mode beside the state.</summary>
internal enum PlanMode
{
    /// <summary>May be run.</summary>
    Enabled,

    /// <summary>May not be run.</summary>
    Disabled,

    /// <summary>Was run and not reset yet.</summary>
    InUse,
}

/// <summary>Whether checks have found the plan good.</summary>
internal enum Verification
{
    /// <summary>They have.</summary>
    Verified,

    /// <summary>They have not, or never ran.</summary>
    NotVerified,

    /// <summary>They have to run again.</summary>
    NeedsVerified,
}

/// <summary>The states that a plan rests in (facts/vro.md, State machine: default and stable).</summary>
internal enum Phase
{
    /// <summary>Disabled.</summary>
    Disabled,

    /// <summary>Enabled, never run since.</summary>
    Ready,

    /// <summary>FAILOVER.</summary>
    Failover,

    /// <summary>RESTORED.</summary>
    Restored,

    /// <summary>UNDO FAILOVER.</summary>
    UndoFailover,

    /// <summary>PERMANENT FAILOVER.</summary>
    PermanentFailover,

    /// <summary>PREPARE FOR FAILBACK.</summary>
    PrepareForFailback,

    /// <summary>FAILBACK.</summary>
    Failback,

    /// <summary>COMMIT FAILBACK.</summary>
    CommitFailback,

    /// <summary>HALTED.</summary>
    Halted,
}

/// <summary>What can be under way (facts/vro.md, State machine: active).</summary>
internal enum Operation
{
    /// <summary>FAILOVER, running.</summary>
    Failover,

    /// <summary>RESTORE, running.</summary>
    Restore,

    /// <summary>Permanent failover.</summary>
    PermanentFailover,

    /// <summary>Failback in one go.</summary>
    FailbackToProduction,

    /// <summary>The first half of a failback.</summary>
    PrepareToFailback,

    /// <summary>The second half of a failback.</summary>
    SwitchoverToProduction,

    /// <summary>Commit of a failback.</summary>
    CommitFailback,

    /// <summary>Undo of a failover.</summary>
    UndoFailover,

    /// <summary>Undo of a failback, or of its preparation.</summary>
    UndoFailback,

    /// <summary>CHECKING.</summary>
    ReadinessCheck,

    /// <summary>RESETTING.</summary>
    Reset,

    /// <summary>SCAN (v13).</summary>
    MalwareScan,
}

/// <summary>How something ended. The names are the wire's.</summary>
internal enum Outcome
{
    /// <summary>Not ended, or never begun.</summary>
    Undefined,

    /// <summary>Well.</summary>
    Success,

    /// <summary>With warnings.</summary>
    Warning,

    /// <summary>With errors.</summary>
    Error,
}

/// <summary>The words of a state on the wire.</summary>
internal sealed record StateWords(string Wire, string Name, string NameAsLastStable, string Order, bool IsStable, bool IsRunning);

/// <summary>An action that leads from some states, for some types of plan, into an operation.</summary>
internal sealed record Transition(string Action, IReadOnlyList<PlanType> Types, IReadOnlyList<Phase> From, Operation Operation);
