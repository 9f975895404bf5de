namespace OrchestratorTools.Simulator.Vcd;

/// <summary>What tasks work on: it shows them in its own representation.</summary>
internal interface ITaskOwner
{
    Reference Reference { get; }

    Organization Org { get; }

    /// <summary>The tasks that its representation carries.</summary>
    List<VcdTask> Tasks { get; }
}
