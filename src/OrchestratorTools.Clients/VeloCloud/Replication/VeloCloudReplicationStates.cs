using System.Collections.Frozen;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>The roles and states of an Orchestrator's replication, as the vendor's definition names them (facts/velocloud.md, "Disaster recovery"). A release may have others.</summary>
internal static class VeloCloudReplicationStates
{
    public const string Standalone = "STANDALONE";
    public const string Active = "ACTIVE";
    public const string Standby = "STANDBY";
    public const string Zombie = "ZOMBIE";

    public const string Unconfigured = "UNCONFIGURED";
    public const string PendingCandidate = "PENDING_STANDBY_CANDIDATE";
    public const string Candidate = "STANDBY_CANDIDATE";
    public const string Running = "STANDBY_RUNNING";
    public const string PendingPromotion = "PENDING_STANDBY_PROMOTION";
    public const string Promoted = "STANDBY_PROMOTED";
    public const string PendingDemotion = "PENDING_ACTIVE_DEMOTION";
    public const string ActiveUnconfig = "ACTIVE_UNCONFIG";
    public const string PendingUnconfig = "PENDING_STANDBY_UNCONFIG";
    public const string Unconfig = "STANDBY_UNCONFIG";
    public const string Upgrading = "UPGRADING";

    /// <summary>A standby that hears nothing of its active's database: the state that a promotion is expected from.</summary>
    public const string ActiveLost = "FAILURE_MYSQL_STANDBY_STATUS";

    /// <summary>An active that hears nothing of its standby: one of the two states that a demotion is expected from.</summary>
    public const string StandbyLost = "FAILURE_GET_STANDBY_STATUS";

    /// <summary>The other one.</summary>
    public const string ActiveBroken = "FAILURE_MYSQL_ACTIVE_STATUS";

    public const string CandidateFailed = "FAILURE_STANDBY_CANDIDATE";
    public const string PromotionFailed = "FAILURE_STANDBY_PROMOTION";
    public const string DemotionFailed = "FAILURE_ACTIVE_DEMOTION";
    public const string UnconfigFailed = "FAILURE_STANDBY_UNCONFIG";

    private const string FailurePrefix = "FAILURE_";

    private static readonly FrozenSet<string> Roles = Set(Standalone, Active, Standby, Zombie);

    // On the way to a pair: the standby does not hold the active's whole database yet.
    private static readonly FrozenSet<string> OnTheWay = Set(
        "ACTIVE_CONFIGURING", "ACTIVE_CONFIGURED", "LAUNCHING_STANDBY", "LAUNCHED_STANDBY", "ACTIVE_WAIT_STANDBY", "STANDBY_CONFIG_RQST", "STANDBY_CONFIGURING", "STANDBY_CONFIGURED",
        "COPYING_DB", "COPY_DB_DONE", "COPYING_FILES", "COPY_FILES_DONE", "SYNC_CONFIGURING", "STANDBY_SYNC",
        "STANDBY_BACKGROUND_IMPORT", "STANDBY_BACKGROUND_IMPORT_DONE", "STANDBY_DATA_MIGRATION", "STANDBY_DATA_MIGRATION_DONE", "STANDBY_DATA_MIGRATION_IN_PROGRESS");

    // The failures of that way.
    private static readonly FrozenSet<string> FailedOnTheWay = Set(
        "FAILURE_ACTIVE_CONFIGURING", "FAILURE_LAUNCHING_STANDBY", "FAILURE_STANDBY_CONFIGURING", "FAILURE_GET_STANDBY_CONFIG", "FAILURE_COPYING_DB", "FAILURE_COPYING_FILES",
        "FAILURE_SYNC_CONFIGURING", "FAILURE_BACKGROUND_IMPORT", "FAILURE_DATA_MIGRATION");

    // What is said by one that hears nothing of the other.
    private static readonly FrozenSet<string> PeerLost = Set(StandbyLost, ActiveLost, ActiveBroken, "FAILURE_GET_ACTIVE_STATUS");

    private static readonly FrozenSet<string> States = OnTheWay.Concat(FailedOnTheWay).Concat(PeerLost).Concat(
    [
        Unconfigured, PendingCandidate, Candidate, Running, PendingPromotion, Promoted, PendingDemotion, ActiveUnconfig, PendingUnconfig, Unconfig, Upgrading,
        CandidateFailed, PromotionFailed, DemotionFailed, UnconfigFailed, "FAILURE_SYNCING_FILES",
    ]).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every state of the definition.</summary>
    public static IReadOnlyCollection<string> Known => States;

    /// <summary>True for a role of the definition.</summary>
    public static bool IsKnownRole(string role) => Roles.Contains(role);

    /// <summary>True for a state of the definition.</summary>
    public static bool IsKnown(string state) => States.Contains(state);

    /// <summary>True where something has failed; also of a failure that the definition lacks.</summary>
    public static bool IsFailure(string state) => state.StartsWith(FailurePrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>True where a standby does not hold its active's whole database: on the way to a pair, or failed on it.</summary>
    public static bool IsIncomplete(string state) => OnTheWay.Contains(state) || FailedOnTheWay.Contains(state);

    /// <summary>True where one of a pair hears nothing of the other.</summary>
    public static bool IsPeerLost(string state) => PeerLost.Contains(state);

    /// <summary>The same word, whatever its letter case.</summary>
    public static bool Is(string? text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);

    private static FrozenSet<string> Set(params string[] words) => words.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
