using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OrchestratorTools.Clients.Vro;

/// <summary>
/// Everything about the server that no document of its vendor says: inferred, seen in other people's tools, or carried over from an older version (facts/vro.md, marks INF, PEER, V3).
/// Where a real server turns out to be otherwise, this is the file to change.
/// </summary>
internal static partial class VroAssumptions
{
    /// <summary>The API versions that a v7.21 server supports, the newest first (V7.21). Which path tells them apart is inferred: the list of plans.</summary>
    public static readonly IReadOnlyList<string> Versions = ["v7.21", "v7.2", "v7.1"];

    /// <summary>The version that has no Clients and no ResetChangeLog any more (facts/vro.md, "Versions").</summary>
    public static readonly Version Version13 = new(13, 0);

    /// <summary>The version that has the set-up of a second factor for the first time.</summary>
    public static readonly Version MfaVersion = new(7, 21);

    /// <summary>The fields of a plan that documents and scripts name, for completion, and for an error where the server cannot be asked.</summary>
    public static readonly IReadOnlyList<string> PlanFields =
    [
        "id", "name", "description", "planType", "state", "stateName", "resultName", "planMode", "planVerificationState", "currentRunResult", "currentTestResult", "currentCheckResult",
        "lastTestTime", "lastTestResult", "lastCheckTime", "lastCheckResult", "lastStableState", "lastStableStateName", "previousExecutionState", "nearestTestScheduleTime",
        "recoveryLocationId", "recoveryLocationName", "recoveryLocationType", "serverId", "siteScopeId", "siteScopeName", "containsAgentGroups", "groupsType",
    ];

    /// <summary>planType values (V7.21: Replica, Restore, Storage; PEER: CdpReplica).</summary>
    public static readonly IReadOnlyList<string> PlanTypes = ["CdpReplica", "Replica", "Restore", "Storage"];

    /// <summary>Types of recovery locations (V3: Restore, Storage; 7.2: HyperV; that of the cloud is not known).</summary>
    public static readonly IReadOnlyList<string> LocationTypes = ["HyperV", "Restore", "Storage"];

    /// <summary>planMode values (USE7: Enabled; the others are inferred from the user interface).</summary>
    public static readonly IReadOnlyList<string> PlanModes = ["Disabled", "Enabled", "InUse"];

    /// <summary>state values (V7.21: RestoreComplete; the others PEER).</summary>
    public static readonly IReadOnlyList<string> PlanStates = ["Disabled", "DryRun", "FailbackComplete", "FailoverComplete", "Halted", "Ready", "RestoreComplete", "Running"];

    /// <summary>Plans that fail over and fail back (facts, "By type": PermanentFailover, Failback and Commit are for replica plans, and CDP).</summary>
    public static readonly IReadOnlySet<string> ReplicaTypes = Words("CdpReplica", "Replica");

    /// <summary>Plans that fail over: replica, CDP and storage plans.</summary>
    public static readonly IReadOnlySet<string> FailoverTypes = Words("CdpReplica", "Replica", "Storage");

    /// <summary>Plans that restore (cloud plans are said to do so too; their type's name is not known, so they are no more than doubted).</summary>
    public static readonly IReadOnlySet<string> RestoreTypes = Words("Restore");

    /// <summary>The verification state of a plan whose readiness was proved.</summary>
    public static readonly IReadOnlySet<string> VerifiedStates = new HashSet<string>(["Verified"], StringComparer.OrdinalIgnoreCase);

    /// <summary>How long an accepted start may take to show: until then a plan that still shows its old state is not taken for one that has ended.</summary>
    public static readonly TimeSpan StartGrace = TimeSpan.FromMinutes(5);

    /// <summary>How long a plan that is neither running nor stable, or that shows weak signs of a run, must stay as it is before it counts as ended.</summary>
    public static readonly TimeSpan SettleGrace = TimeSpan.FromSeconds(20);

    /// <summary>How long a wait bears that the server does not answer: the time of a reboot.</summary>
    public static readonly TimeSpan OutageLimit = TimeSpan.FromMinutes(15);

    /// <summary>How long "not found" or "not authorized" about a plan that was there must last before it is believed: a web server that is coming up says the first of everything.</summary>
    public static readonly TimeSpan GoneLimit = TimeSpan.FromMinutes(2);

    /// <summary>Unexpected logouts within this time are warned about from the second on.</summary>
    public static readonly TimeSpan LogoutWindow = TimeSpan.FromMinutes(10);

    /// <summary>A result that says something: not "Undefined", which stands for none.</summary>
    public static bool IsDefinite(string? result) => !string.IsNullOrEmpty(result) && !string.Equals(result, "Undefined", StringComparison.OrdinalIgnoreCase);

    /// <summary>True for results that mean an error (PEER: Error; Failed is a guess of the same kind).</summary>
    public static bool IsError(string? result) => result is not null && (result.Equals("Error", StringComparison.OrdinalIgnoreCase) || result.Equals("Failed", StringComparison.OrdinalIgnoreCase));

    /// <summary>True for a state that ended a run before its goal (user guide: HALTED, TESTING HALTED, CHECK HALTED). Only asked of a plan that has settled.</summary>
    public static bool IsHalted(string? state, string? stateName)
        => state?.Contains("Halted", StringComparison.OrdinalIgnoreCase) == true || stateName?.Contains("Halted", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>True for a group, VM or step that failed.</summary>
    public static bool IsFailedPart(string? state, string? result) => IsError(result) || IsError(state) || IsHalted(state, null);

    /// <summary>True for a group, VM or step that is at work. Only for the text of a progress bar.</summary>
    public static bool IsRunningPart(string? state) => state is not null && (state.Contains("Running", StringComparison.OrdinalIgnoreCase) || state.Equals("InProgress", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Whether a plan is stable, told from the plan itself, which lacks the two flags: it is where its last stable state is the present one. In the vendor's sample of a
    /// stable plan both are the same (V7.21); that they differ while it runs is inferred. No name of a state is needed.
    /// </summary>
    public static bool? IsStable(string? state, string? lastStableState)
        => string.IsNullOrEmpty(state) || string.IsNullOrEmpty(lastStableState) ? null : string.Equals(state, lastStableState, StringComparison.OrdinalIgnoreCase);

    /// <summary>The MFA token in an answer of the login. Its key is documented nowhere: any text whose name holds "mfa" and "token" and nothing of an expiry.</summary>
    public static string? FindMfaToken(JsonElement answer)
    {
        foreach (var member in answer.EnumerateObject())
        {
            var name = member.Name.Replace("_", string.Empty, StringComparison.Ordinal).ToUpperInvariant();
            if (name.Contains("MFA", StringComparison.Ordinal) && name.Contains("TOKEN", StringComparison.Ordinal) && !name.Contains("EXPIR", StringComparison.Ordinal)
                && member.Value.ValueKind is JsonValueKind.String && member.Value.GetString() is { Length: > 0 } token)
            {
                return token;
            }
        }

        return null;
    }

    /// <summary>Who started a run. No document shows such a member; these are the names that one would have in this API's manner.</summary>
    public static string? FindStarter(IReadOnlyDictionary<string, object?> told) => FirstText(told, "startedBy", "executedBy", "initiatedBy", "runBy", "executionUser", "userName");

    /// <summary>From where a run was started; as <see cref="FindStarter"/>.</summary>
    public static string? FindStarterAddress(IReadOnlyDictionary<string, object?> told) => FirstText(told, "startedFrom", "executedFrom", "initiatedFrom", "clientAddress", "clientHost");

    /// <summary>The product that a version of the API belongs to (facts/vro.md, "Versions"): the API does not tell the server's own version.</summary>
    public static string ProductOf(string apiVersion) => apiVersion.TrimStart('v', 'V') switch
    {
        "7.1" => "Recovery Orchestrator 7.1 or later; the API does not tell the server's own version",
        "7.2" => "Recovery Orchestrator 7.2 or later; the API does not tell the server's own version",
        "7.21" => "Recovery Orchestrator 7.2.1 or later; the API does not tell the server's own version",
        "13" or "13.0" => "Recovery Orchestrator 13 or later; the API does not tell the server's own version",
        "13.1" => "Recovery Orchestrator 13.1 or later; the API does not tell the server's own version",
        _ => "the API does not tell the server's own version",
    };

    /// <summary>The member of a plan that tells its schedule (the schema RecoveryScheduleInfo is documented, the member's name is not): an object or null. Null where there is no such member.</summary>
    public static JsonElement? FindSchedule(JsonElement plan)
    {
        foreach (var name in (ReadOnlySpan<string>)["schedule", "scheduleInfo", "recoverySchedule", "recoveryScheduleInfo"])
        {
            if (VroJson.Find(plan, name) is { ValueKind: JsonValueKind.Object or JsonValueKind.Null } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The id of what was made, in the answer of Clone (version 5: <c>{success, data}</c>; what data holds is not documented): an object with an id, or the id itself.</summary>
    public static string? FindNewId(JsonElement answer)
    {
        var data = VroJson.Find(answer, "data") ?? answer;
        var id = data.ValueKind is JsonValueKind.String ? data.GetString() : VroJson.Text(data, "id") ?? VroJson.Text(data, "planId");
        return Guid.TryParse(id, out _) ? id : null;
    }

    /// <summary>The ways to go on that a step forbids (prohibitedOperations, since version 5; that the names are those of executionContinueOptions is inferred).</summary>
    public static IEnumerable<VroContinueOption> ForbiddenWays(IEnumerable<string> prohibitedOperations)
        => Enum.GetValues<VroContinueOption>().Where(option => prohibitedOperations.Contains(option.ToString(), StringComparer.OrdinalIgnoreCase));

    /// <summary>Plan Data comes bare or, as version 5 had it, in <c>{success, data}</c>.</summary>
    public static JsonElement Unwrap(JsonElement answer)
        => answer.ValueKind is JsonValueKind.Object && !answer.TryGetProperty("id", out _) && answer.TryGetProperty("data", out var data) && data.ValueKind is JsonValueKind.Object ? data : answer;

    /// <summary>True where the words of a refusal say that the plan's state or mode is the reason. Neither statuses nor bodies are documented.</summary>
    public static bool SaysWrongState(string? message) => message is not null && WrongState().IsMatch(message);

    /// <summary>
    /// The value of a <c>like</c> for names that hold a text. The operator's syntax is undocumented: with percent signs it is right where <c>like</c> is SQL's, and finds nothing at all
    /// where it is anything else; nothing is then looked for again without it. A bare text could find a part of the names, which nobody would notice.
    /// </summary>
    public static string LikeValue(string fragment) => "%" + fragment + "%";

    /// <summary>The part of a literal text that means the same in every dialect of <c>like</c>: the longest run of letters, digits, blanks, hyphens and dots.</summary>
    public static string PlainPart(string literal)
    {
        var best = string.Empty;
        var present = new StringBuilder();
        foreach (var c in literal.Append('\0'))
        {
            if (char.IsLetterOrDigit(c) || c is ' ' or '-' or '.')
            {
                present.Append(c);
                continue;
            }

            if (present.Length > best.Length)
            {
                best = present.ToString();
            }

            present.Clear();
        }

        return best.Trim();
    }

    private static string? FirstText(IReadOnlyDictionary<string, object?> told, params string[] names)
        => names.Select(n => told.TryGetValue(n, out var value) ? value as string : null).FirstOrDefault(t => !string.IsNullOrWhiteSpace(t));

    private static HashSet<string> Words(params string[] words) => new(words, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"\b(?:state|mode|status)\b.{0,200}\b(?:not allow|does not allow|invalid|wrong|cannot|must be|is)\b|\b(?:cannot|can't|not allowed|not possible|unable)\b.{0,200}\b(?:state|mode|running|in use|inuse|disabled|halted)\b|\balready (?:running|in use|failed over)\b|\bnot enabled\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline, 1000)]
    private static partial Regex WrongState();
}
