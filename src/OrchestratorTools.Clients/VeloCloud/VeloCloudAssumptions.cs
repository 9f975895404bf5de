namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>
/// What no source states, in one place: each of these is a reading of the facts that a real Orchestrator may correct (facts/velocloud.md marks them [inferred], or is silent).
/// </summary>
internal static partial class VeloCloudAssumptions
{
    /// <summary>Edges asked for at a time. The portal API names no maximum; APIv2's is 2,048. A server that sends fewer says so in metaData.</summary>
    public const int PageSize = 500;

    /// <summary>Events and lines of firewall logs asked for at a time: the most that the server gives.</summary>
    public const int LogPageSize = 2048;

    /// <summary>Alerts asked for at a time: the definition's example; no maximum is named.</summary>
    public const int AlertPageSize = 512;

    /// <summary>The longest interval of one request for sums: flow statistics are kept for two weeks before they are rolled up. No maximum is named.</summary>
    public static readonly TimeSpan LongestSum = TimeSpan.FromDays(14);

    /// <summary>The longest interval of one request for a series: 576 samples of five minutes. No maximum is named; a server that has one makes samples longer.</summary>
    public static readonly TimeSpan LongestSeries = TimeSpan.FromDays(2);

    /// <summary>The length of a sample of statistics, where an answer does not tell: they land every five minutes.</summary>
    public const long SampleMilliseconds = 5 * 60 * 1000;

    /// <summary>The network of an operator ("networkId is practically always 1").</summary>
    public const int NetworkId = 1;

    /// <summary>The part of a page that was taken when the next one may be asked for.</summary>
    public const int PageShareBeforeNext = 4;

    /// <summary>How far an answer is looked at before it is handed on: an error envelope is shorter, a page of data is longer.</summary>
    public const int EnvelopeLimit = 16 * 1024;

    /// <summary>The text that says that the credential is refused. Its code is -32000 or -32600; the vendor counts texts as free to change, so this is the one place.</summary>
    public const string SessionLostText = "tokenError";

    /// <summary>The beginning of the text of a missing privilege (recorded with no status).</summary>
    public const string PermissionText = "Permission denied";

    /// <summary>The text that says that an id means nothing; it comes with the code of any failure.</summary>
    public const string NotFoundText = "not found";

    /// <summary>Claims of an API token that tell one token from another, where it does not tell whose it is.</summary>
    public static readonly string[] TokenIdClaims = ["tokenUuid", "jti"];

    /// <summary>Claims of an API token that may tell whose it is, the best one first.</summary>
    public static readonly string[] TokenUserClaims = ["username", "userName", "user_name", "email", "name", "sub"];

    /// <summary>Where an Orchestrator puts a place that nobody set (facts/velocloud.md, "Quirks").</summary>
    public const double UnsetLatitude = 37.402866;

    /// <summary>Where an Orchestrator puts a place that nobody set (facts/velocloud.md, "Quirks").</summary>
    public const double UnsetLongitude = -122.117332;

    /// <summary>The parameter of license/setEnterpriseEdgeLicenseEdition that lists edges: the method is in no definition.</summary>
    public const string LicenseEdgesParameter = "edgeIds";

    /// <summary>The parameter of license/setEnterpriseEdgeLicenseEdition that names the licence: the method is in no definition.</summary>
    public const string LicenseParameter = "edgeLicenseId";

    /// <summary>Where APIv2 is since release 5.0 [spec].</summary>
    public const string V2Prefix = "/api/sdwan/v2/";

    /// <summary>Where it was in releases 4.x; a newer Orchestrator redirects from there (308) [doc].</summary>
    public const string OldV2Prefix = "/sdwan/";

    /// <summary>Words that say that an asynchronous operation of APIv2 succeeded. That there are such operations is documented, what they look like is not.</summary>
    public static readonly string[] AsyncDone = ["SUCCESS", "SUCCEEDED", "SUCCESSFUL", "COMPLETE", "COMPLETED", "DONE", "FINISHED", "OK"];

    /// <summary>Words that say that an asynchronous operation failed. Every other word is one of an operation that still runs.</summary>
    public static readonly string[] AsyncFailed = ["ERROR", "FAILED", "FAILURE", "CANCELED", "CANCELLED", "ABORTED", "REJECTED", "TIMEOUT", "TIMED_OUT", "TIMEDOUT", "EXPIRED"];

    /// <summary>Members of an asynchronous operation that may tell its state, the best one first.</summary>
    public static readonly string[] AsyncStateMembers = ["status", "state", "operationStatus"];

    /// <summary>How long a wait for an asynchronous operation pauses between two looks: from the first to the last.</summary>
    public static readonly TimeSpan AsyncFirstPause = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between two looks at an asynchronous operation.</summary>
    public static readonly TimeSpan AsyncLongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Parameters of the portal API whose values are never shown.</summary>
    public static bool IsSecretName(string name)
        => (name.Contains("pass", StringComparison.OrdinalIgnoreCase) && !name.EndsWith("Modified", StringComparison.OrdinalIgnoreCase))
           || name.Contains("token", StringComparison.OrdinalIgnoreCase)
           || name.Contains("secret", StringComparison.OrdinalIgnoreCase)
           || name.EndsWith("key", StringComparison.OrdinalIgnoreCase)
           || name.Equals("activeAccessFromStandby", StringComparison.OrdinalIgnoreCase);
}
