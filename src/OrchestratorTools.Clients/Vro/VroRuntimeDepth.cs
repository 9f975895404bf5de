namespace OrchestratorTools.Clients.Vro;

/// <summary>How much of a plan's run is asked for. Every level costs a request for each part of the one above.</summary>
public enum VroRuntimeDepth
{
    /// <summary>The plan.</summary>
    Plan,

    /// <summary>Its groups too.</summary>
    Groups,

    /// <summary>Their VMs too.</summary>
    Vms,

    /// <summary>All steps too.</summary>
    Steps,
}
