namespace OrchestratorTools.Clients.Vro;

/// <summary>
/// The actions of the API and their rules, from the user guide's state machine (facts/vro.md, "State machine", "Transitions", "By type"). Which call makes which arrow of a failback is
/// inferred: PrepareToFailback, then SwitchoverToProduction; FailbackToProduction straight from FAILOVER.
/// </summary>
public static class VroPlanActions
{
    private const string ReplicaPlans = "replica and CDP plans";

    /// <summary>Run Failover.</summary>
    public static VroPlanAction Failover { get; } = new("Failover", "failover", "Fail over", "failed over")
    {
        Request = "start",
        Types = VroAssumptions.FailoverTypes,
        TypesInWords = "replica, CDP and storage plans",
        From = Phases(VroPlanPhase.Ready),
        Doubtful = Phases(VroPlanPhase.UndoFailover, VroPlanPhase.PermanentFailover, VroPlanPhase.PrepareForFailback, VroPlanPhase.Failback, VroPlanPhase.UndoFailback, VroPlanPhase.CommitFailback),
        Rule = NeedsEnabledAndVerified,
        Goals = To(VroPlanPhase.Failover),
    };

    /// <summary>Run Restore Plan.</summary>
    public static VroPlanAction Restore { get; } = new("Restore", "restore", "Restore", "restored")
    {
        Request = "start",
        Types = VroAssumptions.RestoreTypes,
        TypesInWords = "restore plans",
        From = Phases(VroPlanPhase.Ready),
        Rule = NeedsEnabledAndVerified,
        Goals = To(VroPlanPhase.Restored),
    };

    /// <summary>Permanent Failover: there is no way back.</summary>
    public static VroPlanAction PermanentFailover { get; } = new("PermanentFailover", "permanent failover", "Make permanent the failover of", "failed over permanently")
    {
        Types = VroAssumptions.ReplicaTypes,
        TypesInWords = ReplicaPlans,
        From = Phases(VroPlanPhase.Failover),
        Goals = To(VroPlanPhase.PermanentFailover),
    };

    /// <summary>Prepare for Failback.</summary>
    public static VroPlanAction PrepareToFailback { get; } = new("PrepareToFailback", "preparation for failback", "Prepare for failback", "prepared for failback")
    {
        Types = VroAssumptions.ReplicaTypes,
        TypesInWords = ReplicaPlans,
        From = Phases(VroPlanPhase.Failover),
        Goals = To(VroPlanPhase.PrepareForFailback),
    };

    /// <summary>Fail Back to Source VMs.</summary>
    public static VroPlanAction FailbackToProduction { get; } = new("FailbackToProduction", "failback", "Fail back", "failed back")
    {
        Types = VroAssumptions.ReplicaTypes,
        TypesInWords = ReplicaPlans,
        From = Phases(VroPlanPhase.Failover),
        Rule = static (_, runtime, _) => runtime is { HasDetails: true, IsReversePossible: false } ? "the server says that it cannot be failed back (isReversePossible)" : null,
        Goals = To(VroPlanPhase.Failback),
    };

    /// <summary>Switchover to Production.</summary>
    public static VroPlanAction SwitchoverToProduction { get; } = new("SwitchoverToProduction", "switchover to production", "Switch to production", "switched to production")
    {
        Types = VroAssumptions.ReplicaTypes,
        TypesInWords = ReplicaPlans,
        From = Phases(VroPlanPhase.PrepareForFailback),
        Goals = To(VroPlanPhase.Failback),
    };

    /// <summary>Commit Failback.</summary>
    public static VroPlanAction CommitFailback { get; } = new("CommitFailback", "commit of the failback", "Commit the failback of", "committed")
    {
        Types = VroAssumptions.ReplicaTypes,
        TypesInWords = ReplicaPlans,
        From = Phases(VroPlanPhase.Failback),
        Goals = To(VroPlanPhase.CommitFailback),
    };

    /// <summary>Undo: of a failover, of a failback, of what was halted in between.</summary>
    public static VroPlanAction Undo { get; } = new("Undo", "undo", "Undo the last run of", "undone")
    {
        Types = VroAssumptions.FailoverTypes,
        TypesInWords = "replica, CDP and storage plans",
        From = Phases(VroPlanPhase.Failover, VroPlanPhase.PrepareForFailback, VroPlanPhase.Failback, VroPlanPhase.Halted),
        Rule = CanBeUndone,
        Goals = static before => before switch
        {
            VroPlanPhase.Failover => Phases(VroPlanPhase.UndoFailover),
            VroPlanPhase.PrepareForFailback or VroPlanPhase.Failback => Phases(VroPlanPhase.Failover, VroPlanPhase.UndoFailback),
            _ => Phases(VroPlanPhase.UndoFailover, VroPlanPhase.UndoFailback, VroPlanPhase.Failover),
        },
    };

    /// <summary>Continue: what was halted goes on.</summary>
    public static VroPlanAction Continue { get; } = new("Continue", "continuation", "Continue the halted run of", "continued")
    {
        From = Phases(VroPlanPhase.Halted),

        // Which run was halted is not told: it goes on to wherever that leads. Not to where a reset leads, which somebody else sent.
        Goals = To(VroPlanPhase.Failover, VroPlanPhase.Restored, VroPlanPhase.UndoFailover, VroPlanPhase.PermanentFailover, VroPlanPhase.PrepareForFailback, VroPlanPhase.Failback, VroPlanPhase.UndoFailback, VroPlanPhase.CommitFailback),
    };

    /// <summary>Halt.</summary>
    public static VroPlanAction Halt { get; } = new("Halt", "halt", "Halt", "halted")
    {
        Question = "Halt it?",
        NeedsRun = true,
        Rule = static (plan, runtime, _) => VroAssumptions.IsHalting(runtime.State ?? plan.State, runtime.StateName ?? plan.StateName) ? "it is being halted already" : null,
        EndsHalted = true,
        LeavesResult = true,
    };

    /// <summary>Reset Plan State: the plan is disabled, and forgets where it was; what it failed over stays as it is.</summary>
    public static VroPlanAction Reset { get; } = new("ResetState", "reset", "Reset the state of", "reset")
    {
        Question = "Reset it?",
        NeedsRun = null,
        Rule = static (plan, runtime, _) => VroAssumptions.IsResetting(runtime.State ?? plan.State, runtime.StateName ?? plan.StateName) ? "it is being reset already" : null,
        Goals = To(VroPlanPhase.Disabled),
        LeavesResult = true,
        MayHaveBeenThere = true,
    };

    /// <summary>Reset Plan State with a readiness check after it.</summary>
    public static VroPlanAction ResetAndCheck { get; } = new("ResetState", "reset", "Reset the state of", "reset")
    {
        Question = Reset.Question,
        NeedsRun = null,
        Rule = Reset.Rule,
        Goals = To(VroPlanPhase.Disabled),
        LeavesResult = true,
        MayHaveBeenThere = true,
        ChecksAfterwards = true,
    };

    /// <summary>Readiness Check: changes nothing but the plan's verification.</summary>
    public static VroPlanAction ReadinessCheck { get; } = new("ReadinessCheck", "readiness check", "Check the readiness of", "checked")
    {
        Rule = static (plan, _, doubts) =>
        {
            if (VroAssumptions.IsInUse(plan.Mode) is true)
            {
                doubts.Add($"its mode is {plan.Mode}: whether a plan that was run and not reset can be checked is not documented");
            }

            return null;
        },

        // A check leaves the plan where it was. A plan that is elsewhere afterwards was taken away from it, by a reset for example.
        Goals = static before => Phases(before),
        EndsHalted = true,
        LeavesResult = true,
    };

    /// <summary>Enable.</summary>
    public static VroPlanAction Enable { get; } = new("Enable", "enabling", "Enable", "enabled")
    {
        Question = "Enable it?",
        StartsRun = false,
        ShownBy = "Get-VroPlan",
        Rule = NotInUse,
    };

    /// <summary>Disable.</summary>
    public static VroPlanAction Disable { get; } = new("Disable", "disabling", "Disable", "disabled")
    {
        Question = "Disable it?",
        StartsRun = false,
        ShownBy = "Get-VroPlan",
        Rule = NotInUse,
    };

    /// <summary>Clone.</summary>
    public static VroPlanAction Clone { get; } = new("Clone", "copy", "Copy", "copied")
    {
        Question = "Copy it?",
        StartsRun = false,
        ShownBy = "Get-VroPlan",
        NeedsRun = null,
    };

    /// <summary>Clear Change Log.</summary>
    public static VroPlanAction ClearChangeLog { get; } = new("ResetChangeLog", "clearing of the change log", "Clear the change log of", "cleared of its change log")
    {
        Question = "Clear it?",
        StartsRun = false,
        ShownBy = "Get-VroPlan",
        GoneInVersion = VroAssumptions.Version13,
    };

    /// <summary>Schedule at a time, or after another plan.</summary>
    public static VroPlanAction Schedule { get; } = new("Schedule", "schedule", "Schedule", "scheduled")
    {
        Question = "Schedule it?",
        StartsRun = false,
        ShownBy = "Get-VroPlan",
        NeedsRun = null,
        Rule = static (plan, _, doubts) => WrongMode(plan, "only an enabled plan can be scheduled", doubts),
    };

    /// <summary>Delete Schedule.</summary>
    public static VroPlanAction DeleteSchedule { get; } = new("Schedule", "removal of the schedule", "Remove the schedule of", "freed of its schedule")
    {
        Question = "Remove it?",
        StartsRun = false,
        ShownBy = "Get-VroPlan",
        NeedsRun = null,
    };

    private static string? NeedsEnabledAndVerified(VroPlan plan, VroPlanRuntime runtime, List<string> doubts)
    {
        if (plan.VerificationState is { Length: > 0 } verification && !VroAssumptions.VerifiedStates.Contains(verification))
        {
            doubts.Add($"its verification state is {verification}: the last readiness check does not stand for the plan as it is");
        }

        return WrongMode(plan, "an enabled plan is needed", doubts);
    }

    private static string? WrongMode(VroPlan plan, string wanted, List<string> doubts)
    {
        switch (VroAssumptions.IsEnabled(plan.Mode))
        {
            case false:
                return $"its mode is {plan.Mode}, and {wanted}";
            case null:
                doubts.Add($"its mode {VroPlanCheck.Show(plan.Mode)} is unknown to this module");
                return null;
            default:
                return null;
        }
    }

    private static string? NotInUse(VroPlan plan, VroPlanRuntime runtime, List<string> doubts)
        => VroAssumptions.IsInUse(plan.Mode) is true ? $"its mode is {plan.Mode}: it was run and not reset since" : null;

    private static string? CanBeUndone(VroPlan plan, VroPlanRuntime runtime, List<string> doubts)
    {
        if (runtime is { HasDetails: true, IsUndoPossible: false })
        {
            return "the server says that there is nothing that it could undo (isUndoPossible)";
        }

        if (runtime is not { HasDetails: true, IsUndoPossible: true } && plan.Type is { } type && type.Equals("Storage", StringComparison.OrdinalIgnoreCase) && VroAssumptions.PhaseOf(plan.State, plan.StateName) is not VroPlanPhase.Halted)
        {
            doubts.Add("it is a storage plan: the versions differ in whether one is undone that was not halted");
        }

        return null;
    }

    private static Func<VroPlanPhase, IReadOnlySet<VroPlanPhase>> To(params VroPlanPhase[] all)
    {
        var goals = Phases(all);
        return _ => goals;
    }

    private static HashSet<VroPlanPhase> Phases(params VroPlanPhase[] phases) => [.. phases];
}
