namespace OrchestratorTools.Clients.Vro;

/// <summary>What the words of states and modes mean. The words of the user interface are documented, the API's only in part: both are compared by their letters alone.</summary>
internal static partial class VroAssumptions
{
    // "Complete" at the end of a name says no more than that nothing runs: the vendor's one sample is RestoreComplete for RESTORED.
    private const string Suffix = "COMPLETE";

    private static readonly Dictionary<string, VroPlanPhase> Phases = new(StringComparer.Ordinal)
    {
        ["DISABLED"] = VroPlanPhase.Disabled,
        ["READY"] = VroPlanPhase.Ready,
        ["VERIFIED"] = VroPlanPhase.Ready,
        ["NOTVERIFIED"] = VroPlanPhase.Ready,
        ["NEEDSVERIFIED"] = VroPlanPhase.Ready,
        ["DRYRUN"] = VroPlanPhase.Test,
        ["TESTPENDING"] = VroPlanPhase.Test,
        ["TESTING"] = VroPlanPhase.Test,
        ["TESTHALTING"] = VroPlanPhase.Test,
        ["TESTINGHALTED"] = VroPlanPhase.Test,
        ["POWERINGOFF"] = VroPlanPhase.Test,
        ["RUNNING"] = VroPlanPhase.Active,
        ["CREATING"] = VroPlanPhase.Active,
        ["EDITING"] = VroPlanPhase.Active,
        ["SAVING"] = VroPlanPhase.Active,
        ["RESETTING"] = VroPlanPhase.Active,
        ["DELETING"] = VroPlanPhase.Active,
        ["CHECKING"] = VroPlanPhase.Active,
        ["CHECKHALTING"] = VroPlanPhase.Active,
        ["HALTING"] = VroPlanPhase.Active,
        ["SCAN"] = VroPlanPhase.Active,
        ["FAILOVER"] = VroPlanPhase.Failover,
        ["RESTORE"] = VroPlanPhase.Restored,
        ["RESTORED"] = VroPlanPhase.Restored,
        ["UNDOFAILOVER"] = VroPlanPhase.UndoFailover,
        ["PERMANENTFAILOVER"] = VroPlanPhase.PermanentFailover,
        ["PREPAREFORFAILBACK"] = VroPlanPhase.PrepareForFailback,
        ["PREPARETOFAILBACK"] = VroPlanPhase.PrepareForFailback,
        ["FAILBACK"] = VroPlanPhase.Failback,
        ["UNDOFAILBACK"] = VroPlanPhase.UndoFailback,
        ["COMMITFAILBACK"] = VroPlanPhase.CommitFailback,
        ["HALTED"] = VroPlanPhase.Halted,
    };

    /// <summary>What a state means: by the API's name of it, then by the user interface's.</summary>
    public static VroPlanPhase PhaseOf(string? state, string? stateName)
        => PhaseOf(state) is var phase and not VroPlanPhase.Unknown ? phase : PhaseOf(stateName);

    /// <summary>True where a halt was asked for and has not come to its end (user guide: HALTING, CHECK HALTING, TEST HALTING).</summary>
    public static bool IsHalting(string? state, string? stateName)
        => Letters(state).EndsWith("HALTING", StringComparison.Ordinal) || Letters(stateName).EndsWith("HALTING", StringComparison.Ordinal);

    /// <summary>True while a plan is being reset (user guide: RESETTING).</summary>
    public static bool IsResetting(string? state, string? stateName)
        => Letters(state).StartsWith("RESETTING", StringComparison.Ordinal) || Letters(stateName).StartsWith("RESETTING", StringComparison.Ordinal);

    /// <summary>True while a plan is being checked (user guide: CHECKING).</summary>
    public static bool IsChecking(string? state, string? stateName)
        => Letters(state).StartsWith("CHECKING", StringComparison.Ordinal) || Letters(stateName).StartsWith("CHECKING", StringComparison.Ordinal);

    /// <summary>True for an enabled plan; null where the word is unknown.</summary>
    public static bool? IsEnabled(string? mode) => Letters(mode) switch { "ENABLED" => true, "DISABLED" or "INUSE" => false, _ => null };

    /// <summary>True for a disabled plan; null where the word is unknown.</summary>
    public static bool? IsDisabled(string? mode) => Letters(mode) switch { "DISABLED" => true, "ENABLED" or "INUSE" => false, _ => null };

    /// <summary>True for a plan that was run and not reset since; null where the word is unknown.</summary>
    public static bool? IsInUse(string? mode) => Letters(mode) switch { "INUSE" => true, "ENABLED" or "DISABLED" => false, _ => null };

    private static VroPlanPhase PhaseOf(string? word)
    {
        var letters = Letters(word);
        if (Phases.TryGetValue(letters, out var phase))
        {
            return phase;
        }

        return letters.EndsWith(Suffix, StringComparison.Ordinal) && Phases.TryGetValue(letters[..^Suffix.Length], out phase) ? phase : VroPlanPhase.Unknown;
    }

    private static string Letters(string? word) => word is null ? string.Empty : string.Concat(word.Where(char.IsAsciiLetter)).ToUpperInvariant();
}
