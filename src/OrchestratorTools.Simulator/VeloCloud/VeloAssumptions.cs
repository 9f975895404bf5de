namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// Every choice about the SD-WAN Orchestrator that no source states. A recording that says otherwise is followed by a change here, or at the place that a remark names.
/// <list type="bullet">
/// <item>How a success of a login looks: both 200 and 302 have been seen. <see cref="LoginStatus"/>.</item>
/// <item>The filters of a listing: <see cref="RuleFilter"/>.</item>
/// <item>Which methods operators and partners must send an enterprise with, and which tier may call what: <see cref="AccessRules"/>.</item>
/// <item>What a custom or built-in role holds, and which privileges of a method are alternatives: <see cref="Role"/>, <see cref="Privileges"/>.</item>
/// <item>What the methods of no definition take and answer: <see cref="LicenseMethods"/>, <see cref="OperationTable"/>.</item>
/// <item>What is kept because something refers to it, and how that is refused: <c>rows</c> 0 and <c>error</c>, in each method.</item>
/// <item>That partners see their own events, and those of enterprises that they name: <see cref="EventMethods"/>.</item>
/// </list>
/// </summary>
internal static class VeloAssumptions
{
    /// <summary>The code of a bad request [live].</summary>
    public const int BadRequestCode = -32600;

    /// <summary>The code of an expired session [live].</summary>
    public const int TokenErrorCode = -32000;

    /// <summary>The other code that tokenError has been seen with [live]; which of its three cases carries it is not recorded.</summary>
    public const int OtherTokenErrorCode = -32600;

    /// <summary>Missing privilege: only the message is recorded.</summary>
    public const int DeniedStatus = 400;

    public const int DeniedCode = -32603;

    public const string DeniedMessage = "Permission denied for this request";

    /// <summary>An object that is not there: nothing is recorded.</summary>
    public const int NotFoundStatus = 400;

    public const int NotFoundCode = -32603;

    /// <summary>What a standby says to all but replication status and logins: that it refuses is documented, how is not.</summary>
    public const int StandbyStatus = 400;

    public const int StandbyCode = -32000;

    public const string StandbyMessage = "This Orchestrator is a standby and does not answer API requests";

    /// <summary>A right that is missing in APIv2: no status is listed for it.</summary>
    public const int DeniedStatusV2 = 403;

    /// <summary>The states of an asynchronous operation of APIv2: that there are such operations is documented, what they look like is not.</summary>
    public const string AsyncRunning = "INPROGRESS";

    public const string AsyncDone = "SUCCESS";

    public const string AsyncFailed = "ERROR";

    /// <summary>The penalty of the rate limit [spec]; the body of a 429 is not recorded.</summary>
    public static readonly TimeSpan Penalty = TimeSpan.FromSeconds(5);

    public const int RateLimitCode = -32000;

    public const string RateLimitMessage = "Too many requests";

    /// <summary>The most that a page of <c>event/*</c> holds [spec].</summary>
    public const int EventLimit = 2048;

    /// <summary>The longest life of an API token [doc].</summary>
    public static readonly TimeSpan TokenLife = TimeSpan.FromDays(366);

    /// <summary>Of the two statuses that a successful login has been seen with, each login has one, so that both occur.</summary>
    public static int LoginStatus(bool isOperatorLogin) => isOperatorLogin ? 200 : 302;
}
