namespace OrchestratorTools.Simulator.Vcd;

/// <summary>What becomes of an upload whose task somebody cancels. No recording shows it: clients are to bear all of these.</summary>
internal enum CanceledUploads
{
    /// <summary>What was uploaded stays, with the status of what failed.</summary>
    Failed,

    /// <summary>It goes with its task, and its catalog entry too.</summary>
    Removed,

    /// <summary>Its task cannot be cancelled.</summary>
    Refused,
}
