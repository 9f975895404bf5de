using OrchestratorTools.Simulator.Vro.Inventory;

namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>When a plan is to run by itself: at a time, or after another plan.</summary>
internal sealed record Schedule(DateTimeOffset? StartTime, Guid? PreviousPlanId, RestoreOptions Options);

/// <summary>What a restore was asked to scan for (facts/vro.md, Restore and RecoveryScheduleInfo).</summary>
internal sealed record RestoreOptions(
    bool VirusScan, bool YaraScan, string? YaraScanRule,
    bool ScanInfectedFlag, bool ScanSuspiciousFlag, int? RestorePointsCount, string? RansomwareAction)
{
    /// <summary>No scan.</summary>
    public static RestoreOptions None { get; } = new(false, false, null, false, false, null, null);
}

/// <summary>An operation that the server has accepted: it shows nothing until its start, then it is under way.</summary>
internal sealed class Job(Operation operation, DateTimeOffset startAt)
{
    /// <summary>What is to be done.</summary>
    public Operation Operation { get; } = operation;

    /// <summary>When it begins, or began, or goes on.</summary>
    public DateTimeOffset StartAt { get; set; } = startAt;

    /// <summary>Whether it has begun.</summary>
    public bool HasStarted { get; set; }

    /// <summary>The run; null before the start, and for a reset.</summary>
    public Run? Run { get; set; }

    /// <summary>What Continue said, where it goes on after a halt.</summary>
    public ContinueOption? Resume { get; set; }

    /// <summary>Whether plans that are scheduled after this one follow it.</summary>
    public bool ExecutesChainedPlans { get; set; }

    /// <summary>Whether a readiness check follows (a reset).</summary>
    public bool ChecksAfterwards { get; init; }

    /// <summary>Where a restore or failback goes, if not where the plan says.</summary>
    public RecoveryLocation? Location { get; init; }
}

/// <summary>A recovery plan, with all that happened to it.</summary>
internal sealed class Plan
{
    private IReadOnlyList<PlanGroup>? _groups;
    private int _vmCount;

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What the names of its groups and machines begin with.</summary>
    public required string Stem { get; init; }

    /// <summary>Its type.</summary>
    public required PlanType Type { get; init; }

    /// <summary>Its description.</summary>
    public required string Description { get; init; }

    /// <summary>Its scope.</summary>
    public required Scope Scope { get; init; }

    /// <summary>Where it recovers to; replica plans have none.</summary>
    public RecoveryLocation? Location { get; init; }

    /// <summary>Its mode.</summary>
    public PlanMode Mode { get; set; }

    /// <summary>Whether its checks were good.</summary>
    public Verification Verification { get; set; }

    /// <summary>The state that it rests in, or left for what is under way.</summary>
    public Phase Phase { get; set; }

    /// <summary>The state before the last run.</summary>
    public Phase? PreviousPhase { get; set; }

    /// <summary>What was accepted or is under way.</summary>
    public Job? Job { get; set; }

    /// <summary>What was halted, for Continue and Undo.</summary>
    public Job? HaltedJob { get; set; }

    /// <summary>Where the last run was told to go, if not where the plan says.</summary>
    public RecoveryLocation? LastLocation { get; set; }

    /// <summary>The run that RuntimeDetails tells of.</summary>
    public Run? Run { get; set; }

    /// <summary>Whether RuntimeDetails was emptied by a restart, and nothing has begun since.</summary>
    public bool IsRuntimeEmptied { get; set; }

    /// <summary>How the last run ended.</summary>
    public Outcome RunResult { get; set; }

    /// <summary>How the last DataLab test ended.</summary>
    public Outcome TestResult { get; set; }

    /// <summary>How the last readiness check ended.</summary>
    public Outcome CheckResult { get; set; }

    /// <summary><see cref="VroChoices.ResultName(string, int, int)"/> of the last run.</summary>
    public string ResultName { get; set; } = VroChoices.NoResultName;

    /// <summary>When the last DataLab test ended.</summary>
    public DateTimeOffset? LastTest { get; set; }

    /// <summary>When the last readiness check ended; null where the server no longer fills it.</summary>
    public DateTimeOffset? LastCheck { get; set; }

    /// <summary>When it is to run by itself.</summary>
    public Schedule? Schedule { get; set; }

    /// <summary>Simulated seconds of a whole run.</summary>
    public double RunSeconds { get; set; } = VroChoices.RunSeconds;

    /// <summary>Simulated seconds before an accepted action shows.</summary>
    public double StartDelaySeconds { get; set; } = VroChoices.StartDelaySeconds;

    /// <summary>What happened to it since it was prepared.</summary>
    public PlanHistory History { get; } = new();

    /// <summary>The step that is to fail.</summary>
    public StepFault? Fault { get; set; }

    /// <summary>How many machines it has; setting it invents them anew.</summary>
    public int VmCount
    {
        get => _vmCount;
        set => (_vmCount, _groups) = (value, null);
    }

    /// <summary>Its groups, invented when first asked for: of 20,000 plans most are never looked into.</summary>
    public IReadOnlyList<PlanGroup> Groups => _groups ??= PartsFactory.Create(Id, Type, Stem, VmCount);

    /// <summary>Whether something is under way, and seen.</summary>
    public bool IsRunning => Job is { HasStarted: true };

    /// <summary>The words of its state as of now.</summary>
    public StateWords State
    {
        get
        {
            if (Job is { HasStarted: true } job)
                return VroChoices.Words(job.Operation, job.Run?.HaltAt is not null);
            return Resting(Phase);
        }
    }

    /// <summary>Whether Undo would be accepted now.</summary>
    public bool CanUndo => Phase == Phase.Halted
        ? Job is null && HaltedJob is { } halted && VroChoices.UndoneWhenHalted.Contains(Type) && VroChoices.UndoOf(halted.Operation) is not null
        : Can("Undo");

    /// <summary>Whether an action of <see cref="VroChoices.Transitions"/> would be accepted now.</summary>
    public bool Can(string action) => Find(action) is not null;

    /// <summary>The transition of an action that may begin now, or null.</summary>
    public Transition? Find(string action)
        => Job is not null || (Phase == Phase.Ready && Mode != PlanMode.Enabled)
            ? null
            : VroChoices.Transitions.FirstOrDefault(t => t.Action.Equals(action, StringComparison.Ordinal) && t.Types.Contains(Type) && t.From.Contains(Phase));

    /// <summary>The words of a state that it rests in.</summary>
    public StateWords Resting(Phase phase)
    {
        var words = VroChoices.Words(phase);
        return phase == Phase.Ready
            ? words with { Name = VroChoices.DefaultStateName(Verification), NameAsLastStable = VroChoices.DefaultStateName(Verification) }
            : words;
    }
}
