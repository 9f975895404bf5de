namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The statuses of vApps and virtual machines: the numbers of the attribute <c>status</c> (guide, "Object Creation Status").</summary>
internal enum MachineStatus
{
    FailedCreation = -1,
    Unresolved = 0,
    Resolved = 1,
    Deployed = 2,
    Suspended = 3,
    PoweredOn = 4,
    WaitingForInput = 5,
    Unknown = 6,
    Unrecognized = 7,
    PoweredOff = 8,
    Inconsistent = 9,

    /// <summary>The machines of a vApp do not all have the same status.</summary>
    Mixed = 10,
}
