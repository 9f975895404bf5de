namespace OrchestratorTools.Clients.VeloCloud;

/// <content>What no source states of the Orchestrator's disaster recovery.</content>
internal static partial class VeloCloudAssumptions
{
    private static readonly string[] OrchestratorWords = ["orchestrator", "vco"];

    /// <summary>How the time of a change of state may be called in stateHistory.</summary>
    public static readonly string[] HistoryTimeNames = ["timestamp", "stateTimestamp", "time", "created"];

    /// <summary>How long after a request was taken nothing need be seen of it.</summary>
    public static readonly TimeSpan ReplicationStartGrace = TimeSpan.FromMinutes(10);

    /// <summary>How long a box may be away: restarts are a part of it, and how long they take is said nowhere.</summary>
    public static readonly TimeSpan ReplicationOutageLimit = TimeSpan.FromMinutes(45);

    /// <summary>How long a box is away before a warning says so.</summary>
    public static readonly TimeSpan ReplicationOutageWarning = TimeSpan.FromMinutes(5);

    /// <summary>How long a forced promotion may take to demote the former active, once the standby serves.</summary>
    public static readonly TimeSpan DemotionGrace = TimeSpan.FromMinutes(10);

    /// <summary>Whether a refusal is a standby's: that it refuses is documented, its words are not. An edge of a pair of its own may be a standby, too.</summary>
    public static bool IsStandbyRefusal(string? message)
        => message?.Contains("standby", StringComparison.OrdinalIgnoreCase) is true && Array.Exists(OrchestratorWords, w => message.Contains(w, StringComparison.OrdinalIgnoreCase));
}
