namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>What Continue does with the step that failed. The names are the wire's.</summary>
internal enum ContinueOption
{
    /// <summary>Leave the failed machine as it is, go on with the next.</summary>
    ProceedToNextVm,

    /// <summary>Leave the failed step as it is, go on with the next.</summary>
    ProceedToNextStep,

    /// <summary>Leave the group as it is, go on with the next.</summary>
    ProceedToNextGroup,

    /// <summary>The failed step once more.</summary>
    RetryFailedStep,

    /// <summary>The failed machine from its first step.</summary>
    RetryFailedVm,

    /// <summary>The group from its first step.</summary>
    RetryFailedGroup,
}

/// <summary>Where a run is.</summary>
internal enum RunStatus
{
    /// <summary>Under way.</summary>
    Active,

    /// <summary>Stopped by a critical failure, or by Halt.</summary>
    Halted,

    /// <summary>Through.</summary>
    Finished,
}

/// <summary>
/// One run of a plan: groups one after the other, in each its machines one after the other or side by side, in each its steps. Nothing happens by itself: <see
/// cref="Advance"/> brings it to a time, and gives every step the times that it would have had.
/// </summary>
internal sealed class Run
{
    private readonly bool _haltsOnFailure;
    private readonly Func<StepFault?> _fault;
    private readonly TimeSpan _stepTime;
    private int _group;
    private List<Lane> _lanes = [];

    public Run(Operation operation, IReadOnlyList<PlanGroup> groups, TimeSpan duration, DateTimeOffset start, Func<StepFault?> fault)
    {
        Operation = operation;
        Groups = [.. groups.Select(g => new RunGroup(g))];
        _haltsOnFailure = VroChoices.HaltsOnFailure(operation);
        _fault = fault;
        var inARow = groups.Sum(g => g.IsVirtual ? g.Steps.Count : g.IsParallel ? g.Vms.Max(v => v.Steps.Count) : g.Vms.Sum(v => v.Steps.Count));
        _stepTime = duration / Math.Max(1, inARow);
        Started = start;
        Enter(0, start);
    }

    /// <summary>What is being done.</summary>
    public Operation Operation { get; }

    /// <summary>The groups.</summary>
    public IReadOnlyList<RunGroup> Groups { get; }

    /// <summary>Where it is, as of the last <see cref="Advance"/>.</summary>
    public RunStatus Status { get; private set; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>When it ended or was halted; null while under way.</summary>
    public DateTimeOffset? Ended { get; private set; }

    /// <summary>From when on no step begins; the ones under way are finished first.</summary>
    public DateTimeOffset? HaltAt { get; private set; }

    /// <summary>Required steps that failed.</summary>
    public int Errors => Groups.Sum(g => g.AllSteps.Count(s => s.Result == Outcome.Error));

    /// <summary>Other steps that failed.</summary>
    public int Warnings => Groups.Sum(g => g.AllSteps.Count(s => s.Result == Outcome.Warning));

    /// <summary>How it ended.</summary>
    public Outcome Result => Status == RunStatus.Active || Groups.Count == 0
        ? Outcome.Undefined
        : Status == RunStatus.Halted ? Worse(Outcome.Warning) : Worse(Outcome.Success);

    /// <summary>The part of it that is over, 0 to 100; below 100 while it is under way.</summary>
    public int Progress(DateTimeOffset now)
    {
        if (Status == RunStatus.Finished)
            return 100;
        var (done, all) = (0.0, 0);
        foreach (var step in Groups.SelectMany(g => g.AllSteps))
        {
            all++;
            done += step.State switch
            {
                PartState.Complete or PartState.Skipped => 1,
                PartState.Running => Math.Clamp((now - step.Started!.Value) / _stepTime, 0, 1),
                _ => 0,
            };
        }

        return Math.Min(99, (int)(100 * done / Math.Max(1, all)));
    }

    /// <summary>Whether the steps that halted it let it go on in a way.</summary>
    public bool Allows(ContinueOption option)
        => !_lanes.Any(l => l.FailedStep is { } step && step.Prohibited.Contains(option.ToString(), StringComparer.OrdinalIgnoreCase));

    /// <summary>Asks it to halt.</summary>
    public void Halt(DateTimeOffset at) => HaltAt ??= at;

    /// <summary>Ends it where it is: what was under way is left alone.</summary>
    public void Abandon(DateTimeOffset at) => (Status, Ended) = (RunStatus.Halted, at);

    /// <summary>Brings it to a time.</summary>
    public void Advance(DateTimeOffset now)
    {
        while (Status == RunStatus.Active)
        {
            foreach (var lane in _lanes)
            {
                if (lane.Current is { Step.State: PartState.Pending } next && !(HaltAt <= lane.At))
                    next.Step.Begin(lane.At);
            }

            var running = _lanes.Where(l => l.Current is { Step.State: PartState.Running }).ToList();
            if (running.Count > 0)
            {
                var first = running.Min(l => l.At);
                if (first + _stepTime > now)
                    return;

                // All that end at the same moment end before anything begins: a failure among them stops the others' next steps.
                foreach (var lane in running.Where(l => l.At == first))
                    Complete(lane);
            }
            else if (HaltAt is { } haltAt)
            {
                var last = _lanes.Select(l => l.At).Append(haltAt).Max();
                if (last > now)
                    return;
                (Status, Ended) = (RunStatus.Halted, last);
            }
            else
            {
                Enter(_group + 1, _lanes.Count == 0 ? Started : _lanes.Max(l => l.At));
            }
        }
    }

    /// <summary>Goes on after a halt.</summary>
    public void Resume(ContinueOption option, DateTimeOffset at)
    {
        var failed = _lanes.Where(l => l.Failed is not null).ToList();
        switch (option)
        {
            case ContinueOption.RetryFailedGroup when failed.Count > 0:
                foreach (var step in Groups[_group].AllSteps)
                    step.Clear();
                Enter(_group, at);
                break;
            case ContinueOption.ProceedToNextGroup:
                foreach (var step in Groups[_group].AllSteps)
                    step.Skip();
                Enter(_group + 1, at);
                break;
            case ContinueOption.ProceedToNextVm when failed.Count == 0:
                // Halted by hand: the machine that was next is the one to leave.
                _lanes.Find(l => l.Current is not null)?.SkipVm();
                break;
            default:
                foreach (var lane in failed)
                    lane.Settle(option);
                break;
        }

        foreach (var lane in _lanes)
            lane.Begin(at);
        (Status, Ended, HaltAt) = (Status == RunStatus.Finished ? RunStatus.Finished : RunStatus.Active, Status == RunStatus.Finished ? at : null, null);
    }

    private void Complete(Lane lane)
    {
        var (vm, step) = lane.Current!.Value;
        var end = lane.At + _stepTime;
        var group = Groups[_group].Definition;
        if (_fault() is not { } fault || !fault.Strikes(group, vm?.Definition, step.Definition))
        {
            step.End(end, Outcome.Success, error: null);
            lane.Next(end);
            return;
        }

        var required = fault.IsCritical ?? step.Definition.IsRequired;
        var where = vm is null ? string.Empty : $" on VM '{vm.Definition.Name}'";
        step.Prohibited = fault.Prohibited;
        step.End(end, required ? Outcome.Error : Outcome.Warning, $"Step '{step.Definition.Name}' failed{where}: the operation timed out.");
        lane.Next(end);
        if (!required)
            return;
        if (_haltsOnFailure && (fault.IsCritical ?? vm?.Definition.IsCritical ?? true))
        {
            lane.Fail();
            HaltAt ??= end;
        }
        else if (vm is not null)
        {
            lane.SkipRestOf(vm);
        }
    }

    private void Enter(int group, DateTimeOffset at)
    {
        _group = group;
        if (group >= Groups.Count)
        {
            (Status, Ended, _lanes) = (RunStatus.Finished, at, []);
            return;
        }

        var entered = Groups[group];
        _lanes = entered.Definition.IsParallel
            ? [.. entered.Vms.Select(v => new Lane([.. v.Steps.Select(s => ((RunVm?)v, s))], at))]
            : [new Lane([.. entered.Steps.Select(s => ((RunVm?)null, s)), .. entered.Vms.SelectMany(v => v.Steps.Select(s => ((RunVm?)v, s)))], at)];
    }

    private Outcome Worse(Outcome than) => (Outcome)Math.Max((int)than, (int)(Groups.Count == 0 ? Outcome.Success : Groups.Max(g => g.Result)));
}
