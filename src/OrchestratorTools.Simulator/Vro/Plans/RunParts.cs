namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>How far a part of a run is.</summary>
internal enum PartState
{
    /// <summary>Not begun.</summary>
    Pending,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Ended; the result says how.</summary>
    Complete,

    /// <summary>Passed over.</summary>
    Skipped,
}

/// <summary>A step of a run.</summary>
internal sealed class RunStep(PlanStep definition)
{
    /// <summary>What the plan says of it.</summary>
    public PlanStep Definition { get; } = definition;

    /// <summary>How far it is.</summary>
    public PartState State { get; private set; }

    /// <summary>How it ended.</summary>
    public Outcome Result { get; private set; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? Started { get; private set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Finished { get; private set; }

    /// <summary>What went wrong.</summary>
    public string? Error { get; private set; }

    /// <summary>The ways to go on that it does not allow.</summary>
    public IReadOnlyList<string> Prohibited { get; set; } = [];

    /// <summary>Begins it.</summary>
    public void Begin(DateTimeOffset at) => (State, Started) = (PartState.Running, at);

    /// <summary>Ends it.</summary>
    public void End(DateTimeOffset at, Outcome result, string? error) => (State, Finished, Result, Error) = (PartState.Complete, at, result, error);

    /// <summary>Passes over it, where it has not ended.</summary>
    public void Skip()
    {
        if (State == PartState.Pending)
            State = PartState.Skipped;
    }

    /// <summary>Takes it back to its beginning.</summary>
    public void Clear() => (State, Result, Started, Finished, Error, Prohibited) = (PartState.Pending, Outcome.Undefined, null, null, null, []);
}

/// <summary>What a group and a machine have in common: all that is told of them follows from their steps.</summary>
internal abstract class RunContainer
{
    /// <summary>Every step in it, in its order.</summary>
    public abstract IReadOnlyList<RunStep> AllSteps { get; }

    /// <summary>How far it is.</summary>
    public PartState State
    {
        get
        {
            var (pending, skipped) = (0, 0);
            foreach (var step in AllSteps)
            {
                if (step.State == PartState.Running)
                    return PartState.Running;
                pending += step.State == PartState.Pending ? 1 : 0;
                skipped += step.State == PartState.Skipped ? 1 : 0;
            }

            if (pending > 0)
                return pending == AllSteps.Count ? PartState.Pending : PartState.Running;
            return skipped > 0 && skipped == AllSteps.Count ? PartState.Skipped : PartState.Complete;
        }
    }

    /// <summary>The worst of its steps' results: of a step that is not required, a failure is a warning already.</summary>
    public Outcome Result => AllSteps.Count == 0 ? Outcome.Success : AllSteps.Max(s => s.Result);

    /// <summary>When its first step began.</summary>
    public DateTimeOffset? Started => AllSteps.Min(s => s.Started);

    /// <summary>When its last step ended; null while some are to come.</summary>
    public DateTimeOffset? Finished => State is PartState.Complete ? AllSteps.Max(s => s.Finished) : null;

    /// <summary>The part of its steps that are over, 0 to 100.</summary>
    public int Progress => AllSteps.Count == 0 ? 100 : 100 * AllSteps.Count(s => s.State is PartState.Complete or PartState.Skipped) / AllSteps.Count;

    /// <summary>The errors of its steps.</summary>
    public string? Error => string.Join(' ', AllSteps.Select(s => s.Error).OfType<string>()) is { Length: > 0 } text ? text : null;
}

/// <summary>A machine of a run.</summary>
internal sealed class RunVm(PlanVm definition) : RunContainer
{
    /// <summary>What the plan says of it.</summary>
    public PlanVm Definition { get; } = definition;

    /// <summary>Its steps.</summary>
    public IReadOnlyList<RunStep> Steps { get; } = [.. definition.Steps.Select(s => new RunStep(s))];

    /// <inheritdoc/>
    public override IReadOnlyList<RunStep> AllSteps => Steps;
}

/// <summary>A group of a run.</summary>
internal sealed class RunGroup : RunContainer
{
    private readonly List<RunStep> _all;

    public RunGroup(PlanGroup definition)
    {
        Definition = definition;
        Vms = [.. definition.Vms.Select(v => new RunVm(v))];
        Steps = [.. definition.Steps.Select(s => new RunStep(s))];
        _all = [.. Steps, .. Vms.SelectMany(v => v.Steps)];
    }

    /// <summary>What the plan says of it.</summary>
    public PlanGroup Definition { get; }

    /// <summary>Its machines.</summary>
    public IReadOnlyList<RunVm> Vms { get; }

    /// <summary>The steps of a virtual group.</summary>
    public IReadOnlyList<RunStep> Steps { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<RunStep> AllSteps => _all;
}
