namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What becomes of a value.</summary>
public enum VeloCloudDifferenceKind
{
    /// <summary>It is not there yet.</summary>
    Added,

    /// <summary>It gets another value.</summary>
    Changed,

    /// <summary>It is there no more.</summary>
    Removed,
}
