namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>
/// Brings every plan to the present. Nothing runs in the background: each request first asks for <see cref="Advance"/>, which gives everything the time that it
/// would have had.
/// </summary>
internal sealed class PlanEngine
{
    // Only these can change by themselves; the other plans, up to 20,000, are not looked at.
    private readonly HashSet<Plan> _active = [];
    private readonly HashSet<Plan> _chained = [];
    private readonly List<Plan> _accepted = [];

    /// <summary>The time that everything was brought to.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Accepts an operation: it begins after the plan's start delay.</summary>
    public void Accept(Plan plan, Job job)
    {
        plan.Job = job;
        _active.Add(plan);
        _accepted.Add(plan);
        plan.History.Add(Now, "accepted", job.Operation.ToString(), plan);
    }

    /// <summary>Sets or removes a schedule.</summary>
    public void SetSchedule(Plan plan, Schedule? schedule)
    {
        plan.Schedule = schedule;
        _chained.Remove(plan);
        if (schedule?.PreviousPlanId is not null)
            _chained.Add(plan);
        if (schedule?.StartTime is not null)
            _active.Add(plan);
    }

    /// <summary>Brings everything to a time.</summary>
    public void Advance(DateTimeOffset now)
    {
        Now = now;
        _accepted.Clear();
        for (var waiting = _active.ToList(); waiting.Count > 0; waiting = [.. _accepted])
        {
            // A finished run may start another plan, at a time that is already past: that one is looked at next.
            _accepted.Clear();
            foreach (var plan in waiting)
                Advance(plan, now);
        }

        _active.RemoveWhere(p => p.Job is null && p.Schedule?.StartTime is null);
    }

    /// <summary>The operation that runs a plan of a type.</summary>
    public static Operation RunOf(PlanType type) => type == PlanType.Restore ? Operation.Restore : Operation.Failover;

    private void Advance(Plan plan, DateTimeOffset now)
    {
        if (plan.Schedule?.StartTime is { } due && due <= now)
        {
            // What cannot run when its time comes does not run later (INF).
            SetSchedule(plan, schedule: null);
            if (plan is { Mode: PlanMode.Enabled, Job: null })
                Accept(plan, new Job(RunOf(plan.Type), due) { ExecutesChainedPlans = true });
        }

        while (plan.Job is { } job)
        {
            if (!job.HasStarted)
            {
                if (job.StartAt > now)
                    return;
                Begin(plan, job);
            }

            if (job.Run is { } run)
            {
                run.Advance(now);
                if (run.Status == RunStatus.Active)
                    return;
                Settle(plan, job, run);
            }
            else
            {
                var end = job.StartAt.AddSeconds(VroChoices.ResetSeconds);
                if (end > now)
                    return;
                EndReset(plan, job, end);
            }
        }
    }

    private static void Begin(Plan plan, Job job)
    {
        job.HasStarted = true;
        if (job.Resume is { } option)
        {
            job.Resume = null;
            job.Run!.Resume(option, job.StartAt);
            plan.RunResult = Outcome.Undefined;
            plan.History.Add(job.StartAt, "resumed", job.Operation.ToString(), plan);
            return;
        }

        if (job.Operation == Operation.Reset)
        {
            plan.History.Add(job.StartAt, "begun", nameof(Operation.Reset), plan);
            return;
        }

        plan.IsRuntimeEmptied = false;
        var isCheck = VroChoices.EndOf(job.Operation) is null;
        if (isCheck)
        {
            plan.CheckResult = Outcome.Undefined;
        }
        else
        {
            plan.PreviousPhase = plan.Phase;
            plan.Mode = PlanMode.InUse;
            plan.RunResult = Outcome.Undefined;
            plan.HaltedJob = null;
            plan.LastLocation = job.Location;
        }

        plan.ResultName = VroChoices.NoResultName;
        var groups = job.Operation == RunOf(plan.Type) ? plan.Groups : PartsFactory.ForOperation(plan.Groups, job.Operation);
        var duration = TimeSpan.FromSeconds(plan.RunSeconds * (isCheck ? VroChoices.CheckShare : 1));
        job.Run = plan.Run = new Run(job.Operation, groups, duration, job.StartAt, () => plan.Fault);
        plan.History.Add(job.StartAt, "begun", job.Operation.ToString(), plan);
    }

    private static void EndReset(Plan plan, Job job, DateTimeOffset end)
    {
        (plan.Phase, plan.Mode, plan.Job, plan.HaltedJob) = (Phase.Disabled, PlanMode.Disabled, null, null);
        plan.History.Add(end, "ended", nameof(Operation.Reset), plan);
        if (job.ChecksAfterwards)
        {
            plan.Job = new Job(Operation.ReadinessCheck, end);
            plan.History.Add(end, "follows", nameof(Operation.ReadinessCheck), plan);
        }
    }

    private void Settle(Plan plan, Job job, Run run)
    {
        plan.Job = null;
        job.HasStarted = false;
        var halted = run.Status == RunStatus.Halted;
        plan.ResultName = VroChoices.ResultName(halted ? "Halted" : "Complete", run.Errors, run.Warnings);
        if (VroChoices.EndOf(job.Operation) is not { } phase)
        {
            plan.CheckResult = run.Result;
            plan.LastCheck = run.Ended;
            plan.Verification = run.Result == Outcome.Success ? Verification.Verified : Verification.NotVerified;
            plan.History.Add(run.Ended!.Value, "ended", job.Operation.ToString(), plan);
            return;
        }

        plan.RunResult = run.Result;
        plan.Phase = halted ? Phase.Halted : phase;
        plan.HaltedJob = halted ? job : null;
        plan.History.Add(run.Ended!.Value, halted ? "halted" : "ended", job.Operation.ToString(), plan);
        if (!halted && job.ExecutesChainedPlans)
            StartChained(plan, run.Ended!.Value);
    }

    private void StartChained(Plan finished, DateTimeOffset at)
    {
        foreach (var plan in _chained.Where(p => p.Schedule?.PreviousPlanId == finished.Id))
        {
            if (plan is { Mode: PlanMode.Enabled, Job: null })
                Accept(plan, new Job(RunOf(plan.Type), at.AddSeconds(plan.StartDelaySeconds)) { ExecutesChainedPlans = true });
        }
    }
}
