namespace OrchestratorTools.Clients.Vro;

/// <summary>What a plan's state means (user guide, facts/vro.md, "State machine"), where that is known. Only asked of a plan in which nothing runs: the same name may stand for a run.</summary>
public enum VroPlanPhase
{
    /// <summary>A state that this module has no name for.</summary>
    Unknown,

    /// <summary>Disabled.</summary>
    Disabled,

    /// <summary>Enabled and not run since: VERIFIED, NOT VERIFIED, NEEDS VERIFIED.</summary>
    Ready,

    /// <summary>Something runs.</summary>
    Active,

    /// <summary>A DataLab test, running or stopped.</summary>
    Test,

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

    /// <summary>UNDO FAILBACK.</summary>
    UndoFailback,

    /// <summary>COMMIT FAILBACK.</summary>
    CommitFailback,

    /// <summary>HALTED.</summary>
    Halted,
}
