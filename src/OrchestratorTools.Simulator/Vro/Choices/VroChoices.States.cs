using OrchestratorTools.Simulator.Vro.Plans;

namespace OrchestratorTools.Simulator.Vro;

internal static partial class VroChoices
{
    /// <summary>
    /// The words of each resting state. <c>RestoreComplete</c> with its names and its order is the vendor's own sample; Disabled, Ready, FailoverComplete,
    /// FailbackComplete and Halted are wire names that only a third party uses (PEER); the other wire names follow their pattern (INF). The names are the user
    /// guide's, written as the sample writes its one. A default state counts as stable (INF).
    /// </summary>
    public static StateWords Words(Phase phase) => phase switch
    {
        Phase.Disabled => Resting("Disabled", "Disabled", "Disabled", "100. Disabled"),
        Phase.Ready => Resting("Ready", "Ready", "Ready", "110. Ready"),
        Phase.Failover => Resting("FailoverComplete", "Failover", "Failover", "310. Failover"),
        Phase.Restored => Resting("RestoreComplete", "Restored", "Restore", "300. Restored"),
        Phase.UndoFailover => Resting("UndoFailoverComplete", "Undo Failover", "Undo Failover", "320. Undo Failover"),
        Phase.PermanentFailover => Resting("PermanentFailoverComplete", "Permanent Failover", "Permanent Failover", "330. Permanent Failover"),
        Phase.PrepareForFailback => Resting("PrepareForFailbackComplete", "Prepare for Failback", "Prepare for Failback", "340. Prepare for Failback"),
        Phase.Failback => Resting("FailbackComplete", "Failback", "Failback", "350. Failback"),
        Phase.CommitFailback => Resting("CommitFailbackComplete", "Commit Failback", "Commit Failback", "360. Commit Failback"),
        Phase.Halted => Resting("Halted", "Halted", "Halted", "400. Halted"),
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "No words for this state."),
    };

    /// <summary>
    /// The words while something happens. <c>Running</c> is PEER; that a running failover and a finished one bear the same name is documented (facts/vro.md,
    /// State machine), and so are the names of the active states; the other wire names are INF.
    /// </summary>
    public static StateWords Words(Operation operation, bool halting) => (operation, halting) switch
    {
        (Operation.ReadinessCheck, true) => Active("CheckHalting", "Check Halting", "220. Check Halting"),
        (Operation.ReadinessCheck, false) => Active("Checking", "Checking", "210. Checking"),
        (Operation.Reset, _) => Active("Resetting", "Resetting", "230. Resetting"),
        (_, true) => Active("Halting", "Halting", "250. Halting"),
        (Operation.MalwareScan, _) => Active("Scan", "Scan", "240. Scan"),
        (Operation.Failover, _) => Active("Running", "Failover", "200. Failover"),
        (Operation.Restore, _) => Active("Running", "Restore", "200. Restore"),
        (Operation.UndoFailover, _) => Active("Running", "Undo Failover", "200. Undo Failover"),
        (Operation.UndoFailback, _) => Active("Running", "Undo Failback", "200. Undo Failback"),
        (Operation.PermanentFailover, _) => Active("Running", "Permanent Failover", "200. Permanent Failover"),
        (Operation.PrepareToFailback, _) => Active("Running", "Prepare for Failback", "200. Prepare for Failback"),
        (Operation.SwitchoverToProduction or Operation.FailbackToProduction, _) => Active("Running", "Failback", "200. Failback"),
        (Operation.CommitFailback, _) => Active("Running", "Commit Failback", "200. Commit Failback"),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "No words for this operation."),
    };

    /// <summary>How a plan that may run is called: by its verification (the user guide's default states).</summary>
    public static string DefaultStateName(Verification verification) => verification switch
    {
        Verification.Verified => "Verified",
        Verification.NeedsVerified => "Needs Verified",
        _ => "Not Verified",
    };

    /// <summary><c>resultName</c>: the sample reads "Complete, no errors, 1 warning".</summary>
    public static string ResultName(string word, int errors, int warnings) => $"{word}, {Count(errors, "error")}, {Count(warnings, "warning")}";

    /// <summary><c>resultName</c> of a plan that has never run (INF).</summary>
    public const string NoResultName = "";

    private static StateWords Resting(string wire, string name, string nameAsLastStable, string order)
        => new(wire, name, nameAsLastStable, order, IsStable: true, IsRunning: false);

    private static StateWords Active(string wire, string name, string order) => new(wire, name, name, order, IsStable: false, IsRunning: true);

    private static string Count(int n, string word) => n switch { 0 => $"no {word}s", 1 => $"1 {word}", _ => $"{n} {word}s" };
}
