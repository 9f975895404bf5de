namespace OrchestratorTools.Simulator.Vro;

/// <summary>
/// What the simulated Recovery Orchestrator does where nobody documents what a real one does. Everything here is a choice (marked V3, PEER or INF in
/// facts/vro.md), kept together so that one look at a real server changes one place: this file the numbers and rules, the files beside it the words of states,
/// member names and transitions.
/// </summary>
internal static partial class VroChoices
{
    /// <summary>The versions that a 7.2.1 server answers to (facts/vro.md, Versions).</summary>
    public static readonly string[] Versions = ["v7.1", "v7.2", "v7.21"];

    /// <summary>Seconds that an access token says it lives (V7.21 samples).</summary>
    public const int AccessTokenSeconds = 899;

    /// <summary>Seconds that a refresh token lives: the documented 120 minutes.</summary>
    public const int RefreshTokenSeconds = 120 * 60;

    /// <summary>Seconds that an MFA token lives (INF).</summary>
    public const int MfaTokenSeconds = 300;

    /// <summary>What an action that does not fit the plan's state is refused with (INF): 409 or 400.</summary>
    public const int WrongStateStatus = 409;

    /// <summary>What a plan outside of the account's scopes is answered with (INF): it does not exist for that account.</summary>
    public const int OutOfScopeStatus = 404;

    /// <summary>The page when <c>limit</c> is absent (INF: no default is documented).</summary>
    public const int DefaultPageSize = 50;

    /// <summary>The largest page (INF: no maximum is documented). A larger <c>limit</c> is cut to it without a word.</summary>
    public const int MaximumPageSize = 1000;

    /// <summary>Whether the actions that have a documented body refuse a request without one (facts/vro.md, Traps 3: peers send none).</summary>
    public static bool DocumentedBodiesAreRequired => true;

    /// <summary>Whether Enable of an enabled plan and Disable of a disabled one are refused; otherwise nothing happens (INF).</summary>
    public static bool RepeatedModeChangeIsRefused => false;

    /// <summary>Whether a plan that is running can be reset (facts/vro.md, State machine: "Reset: any").</summary>
    public static bool ResetStopsARun => true;

    /// <summary>Whether a storage plan can be undone only when HALTED (the V3 page; version 13 lists UNDO FAILOVER for storage plans too).</summary>
    public static bool StorageUndoNeedsHalted => true;

    /// <summary>Whether deleting a schedule that is not there is refused with 404 (INF).</summary>
    public static bool DeletingNoScheduleIsNotFound => true;

    /// <summary>Simulated seconds of a whole run, where the command <c>plan</c> says nothing else.</summary>
    public const double RunSeconds = 60;

    /// <summary>Simulated seconds for which an accepted action shows nothing yet (facts/vro.md, Traps 6).</summary>
    public const double StartDelaySeconds = 1;

    /// <summary>The part of a run's time that a readiness check takes.</summary>
    public const double CheckShare = 0.25;

    /// <summary>Simulated seconds of RESETTING.</summary>
    public const double ResetSeconds = 2;

    /// <summary>Whether RuntimeDetails of a plan, emptied by a restart of the server, is an empty object (true) or 404 (false) (INF).</summary>
    public static bool EmptiedRuntimeIsAnEmptyObject => true;

    /// <summary>What the zone-less dates are written in (undocumented): the distance from UTC.</summary>
    public static readonly TimeSpan UtcOffset = TimeSpan.Zero;

    /// <summary>What the client takes for an MFA token in the answer to a password grant (undocumented).</summary>
    public const string MfaTokenKey = "mfa_token";

    /// <summary>The member beside <see cref="MfaTokenKey"/> that gives its seconds (undocumented).</summary>
    public const string MfaTokenExpiresKey = "mfa_token_expires_in";

    /// <summary>What <c>like</c> takes for any run of characters (undocumented). Letter case does not count.</summary>
    public static readonly char[] LikeWildcards = ['%', '*'];

    /// <summary>Whether a <c>like</c> value without a wildcard matches anywhere in the text; otherwise it must be the whole text (undocumented).</summary>
    public static bool LikeWithoutWildcardMeansContains => true;

    /// <summary>Whether a filter or sort on a property that the schema does not have is refused with 400 (INF); otherwise it counts as null.</summary>
    public static bool UnknownPropertyIsRefused => true;

    /// <summary>The name of a clone where the request names none (INF).</summary>
    public static string CloneName(string original) => $"{original} (Clone)";
}
