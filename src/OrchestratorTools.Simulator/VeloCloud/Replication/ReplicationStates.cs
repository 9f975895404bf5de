namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The states of replication, as the definition names them, and the failure that each can end in.</summary>
internal static class ReplicationStates
{
    public const string Unconfigured = "UNCONFIGURED";
    public const string Candidate = "STANDBY_CANDIDATE";
    public const string Running = "STANDBY_RUNNING";
    public const string PendingPromotion = "PENDING_STANDBY_PROMOTION";
    public const string PendingDemotion = "PENDING_ACTIVE_DEMOTION";

    /// <summary>What an active says that hears nothing of its standby.</summary>
    public const string StandbyLost = "FAILURE_GET_STANDBY_STATUS";

    /// <summary>What a standby says that hears nothing of its active.</summary>
    public const string ActiveLost = "FAILURE_MYSQL_STANDBY_STATUS";

    public static readonly IReadOnlyList<string> Failures =
    [
        "FAILURE_ACTIVE_CONFIGURING", "FAILURE_LAUNCHING_STANDBY", "FAILURE_STANDBY_CONFIGURING", "FAILURE_GET_STANDBY_CONFIG", "FAILURE_COPYING_DB", "FAILURE_COPYING_FILES",
        "FAILURE_SYNC_CONFIGURING", "FAILURE_BACKGROUND_IMPORT", "FAILURE_DATA_MIGRATION", "FAILURE_SYNCING_FILES", StandbyLost, "FAILURE_GET_ACTIVE_STATUS",
        "FAILURE_MYSQL_ACTIVE_STATUS", ActiveLost, "FAILURE_STANDBY_CANDIDATE", "FAILURE_STANDBY_UNCONFIG", "FAILURE_STANDBY_PROMOTION", "FAILURE_ACTIVE_DEMOTION",
    ];

    /// <summary>The states in which something can fail, and what it is called then.</summary>
    private static readonly Dictionary<string, string> Ends = new(StringComparer.Ordinal)
    {
        ["ACTIVE_CONFIGURING"] = "FAILURE_ACTIVE_CONFIGURING",
        ["LAUNCHING_STANDBY"] = "FAILURE_LAUNCHING_STANDBY",
        ["ACTIVE_WAIT_STANDBY"] = "FAILURE_GET_STANDBY_CONFIG",
        ["STANDBY_CONFIG_RQST"] = "FAILURE_GET_STANDBY_CONFIG",
        ["STANDBY_CONFIGURING"] = "FAILURE_STANDBY_CONFIGURING",
        ["COPYING_DB"] = "FAILURE_COPYING_DB",
        ["COPYING_FILES"] = "FAILURE_COPYING_FILES",
        ["SYNC_CONFIGURING"] = "FAILURE_SYNC_CONFIGURING",
        ["STANDBY_BACKGROUND_IMPORT"] = "FAILURE_BACKGROUND_IMPORT",
        ["STANDBY_DATA_MIGRATION"] = "FAILURE_DATA_MIGRATION",
        ["STANDBY_SYNC"] = "FAILURE_SYNCING_FILES",
        ["PENDING_STANDBY_CANDIDATE"] = "FAILURE_STANDBY_CANDIDATE",
        ["PENDING_STANDBY_UNCONFIG"] = "FAILURE_STANDBY_UNCONFIG",
        [PendingPromotion] = "FAILURE_STANDBY_PROMOTION",
        [PendingDemotion] = "FAILURE_ACTIVE_DEMOTION",
    };

    public static IEnumerable<string> Breakable => Ends.Keys;

    public static string FailureOf(string state) => Ends[state];
}
