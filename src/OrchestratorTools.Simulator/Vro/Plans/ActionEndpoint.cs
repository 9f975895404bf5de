using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OrchestratorTools.Simulator.Vro.Accounts;
using OrchestratorTools.Simulator.Vro.Inventory;
using OrchestratorTools.Simulator.Vro.Wire;

namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>
/// What can be done to a plan (facts/vro.md, Operations and State machine). Accepted actions answer 200, now with nothing and now with an empty object.
/// </summary>
internal sealed class ActionEndpoint(VisiblePlans plans, PlanStore store, PlanEngine engine, Site site, VroSettings settings)
{
    private int _accepted;

    /// <summary>The operations.</summary>
    public IEnumerable<Route> Routes =>
    [
        Action("Enable", Rights.Enable, (_, plan) => SetMode(plan, PlanMode.Enabled)),
        Action("Disable", Rights.Enable, (_, plan) => SetMode(plan, PlanMode.Disabled)),
        Action("Failover", Rights.Run, Failover),
        Action("Restore", Rights.Run, Restore),
        Action("PermanentFailover", Rights.Run, (_, plan) => Start(plan, "PermanentFailover")),
        Action("FailbackToProduction", Rights.Run, FailbackToProduction),
        Action("PrepareToFailback", Rights.Run, PrepareToFailback),
        Action("SwitchoverToProduction", Rights.Run, (_, plan) => Start(plan, "SwitchoverToProduction")),
        Action("CommitFailback", Rights.Run, (_, plan) => Start(plan, "CommitFailback")),
        Action("Undo", Rights.Run, Undo),
        Action("Continue", Rights.Run, Continue),
        Action("Halt", Rights.Run, Halt),
        Action("ResetState", Rights.Reset, ResetState),
        Action("ReadinessCheck", Rights.Check, ReadinessCheck),
        Route.Api("POST", "Plans/{planId}/ResetChangeLog", Rights.Edit, call => Do(call, ResetChangeLog), absentIn: ["v13"]),
        Route.Api("POST", "Plans/{planId}/MalwareScan", Rights.Check, call => Do(call, (_, plan) => StartBeside(plan, Operation.MalwareScan)), onlyIn: ["v13"]),
        Route.Api("POST", "Plans/{planId}/Clone", Rights.Edit, Clone),
    ];

    private Route Action(string name, Rights rights, Action<Call, Plan> act) => Route.Api("POST", $"Plans/{{planId}}/{name}", rights, call => Do(call, act));

    private Answer Do(Call call, Action<Call, Plan> act)
    {
        act(call, plans.Find(call));
        return _accepted++ % 2 == 0 ? Answer.Empty(StatusCodes.Status200OK) : Answer.Json(new JsonObject());
    }

    private Refusal WrongState(Plan plan, string action)
    {
        var busy = plan.Job is null ? string.Empty : " and an operation is in progress";
        return new(settings.WrongStateStatus, $"Cannot perform {action} on plan '{plan.Name}': the plan is {plan.Mode}, its state is {plan.State.Name}{busy}.");
    }

    private void SetMode(Plan plan, PlanMode mode)
    {
        var name = mode == PlanMode.Enabled ? "Enable" : "Disable";
        if (plan.Job is not null || plan.Mode == PlanMode.InUse || (plan.Mode == mode && VroChoices.RepeatedModeChangeIsRefused))
            throw WrongState(plan, name);
        (plan.Mode, plan.Phase) = (mode, mode == PlanMode.Enabled ? Phase.Ready : Phase.Disabled);
        plan.History.Add(engine.Now, "done", name, plan);
    }

    private void Failover(Call call, Plan plan)
    {
        var body = call.Json(VroChoices.DocumentedBodiesAreRequired);
        body.Time("restorePointDate", settings.UtcOffset);
        body.Flag("protectStorageVolumes");
        Start(plan, "Failover", body.Flag("executeChainedPlans"));
    }

    private void Restore(Call call, Plan plan)
    {
        // A script that runs against a real server sends restoreLocationId with the scan's two switches and nothing else: the location is taken for required,
        // the rest not.
        var body = call.Json(VroChoices.DocumentedBodiesAreRequired);
        body.Time("restorePointDate", settings.UtcOffset);
        body.Flag("protectStorageVolumes");
        ScheduleEndpoint.ReadOptions(body);
        var location = Location(body.Id("restoreLocationId") ?? throw Refusal.BadRequest("The member 'restoreLocationId' is required."));
        Start(plan, "Restore", body.Flag("executeChainedPlans"), location);
    }

    private void FailbackToProduction(Call call, Plan plan)
    {
        var body = call.Json(VroChoices.DocumentedBodiesAreRequired);
        body.Flag("failbackRestoreVMTags");

        // Without a location the machines go back to where they came from (INF).
        Start(plan, "FailbackToProduction", executeChained: false, body.Id("restoreLocationId") is { } id ? Location(id) : null);
    }

    private void PrepareToFailback(Call call, Plan plan)
    {
        // The body is unknown: a location is read where there is one (INF).
        var body = call.Json(required: false);
        Start(plan, "PrepareToFailback", executeChained: false, body.Id("restoreLocationId") is { } id ? Location(id) : null);
    }

    private void Undo(Call call, Plan plan)
    {
        if (plan is { Phase: Phase.Halted, Job: null, HaltedJob: { } halted })
        {
            if (!VroChoices.UndoneWhenHalted.Contains(plan.Type) || VroChoices.UndoOf(halted.Operation) is not { } operation)
                throw WrongState(plan, "Undo");
            engine.Accept(plan, NewJob(plan, operation, call.Now));
            return;
        }

        Start(plan, "Undo");
    }

    private void Continue(Call call, Plan plan)
    {
        var text = call.Json(VroChoices.DocumentedBodiesAreRequired).Text("executionContinueOptions");
        if (text is null || !Enum.TryParse<ContinueOption>(text, ignoreCase: true, out var option) || !Enum.IsDefined(option) || char.IsDigit(text[0]))
            throw Refusal.BadRequest($"The value '{text}' is not valid for executionContinueOptions.");
        if (plan is not { Phase: Phase.Halted, Job: null, HaltedJob: { } halted })
            throw WrongState(plan, "Continue");
        if (!halted.Run!.Allows(option))
            throw new Refusal(settings.WrongStateStatus, $"The operation {option} is prohibited by the failed step of plan '{plan.Name}'.");
        halted.StartAt = call.Now.AddSeconds(plan.StartDelaySeconds);
        halted.Resume = option;
        engine.Accept(plan, halted);
    }

    private void Halt(Call call, Plan plan)
    {
        var fullStop = call.Json(VroChoices.DocumentedBodiesAreRequired).Flag("fullStop");
        if (plan is not { IsRunning: true, Job.Run: { } run })
            throw WrongState(plan, "Halt");
        run.Halt(call.Now);
        plan.History.Add(call.Now, "haltAsked", plan.Job.Operation.ToString(), plan);
        if (fullStop)
            plan.Job.ExecutesChainedPlans = false;
    }

    private void ResetState(Call call, Plan plan)
    {
        var check = call.Json(VroChoices.DocumentedBodiesAreRequired).Flag("executeReadinessCheck");
        if (plan.Job is { Operation: Operation.Reset } || (plan.Job is not null && !VroChoices.ResetStopsARun))
            throw WrongState(plan, "ResetState");

        // A run that is cut off has no resting state to show meanwhile: there the reset begins at once.
        var start = plan.IsRunning ? call.Now : call.Now.AddSeconds(plan.StartDelaySeconds);
        if (plan.Job is { } cut)
        {
            cut.Run?.Abandon(call.Now);
            plan.History.Add(call.Now, "abandoned", cut.Operation.ToString(), plan);
        }

        engine.Accept(plan, new Job(Operation.Reset, start) { ChecksAfterwards = check });
    }

    private void ReadinessCheck(Call call, Plan plan)
    {
        call.Json(VroChoices.DocumentedBodiesAreRequired).Flag("generateReport");
        StartBeside(plan, Operation.ReadinessCheck);
    }

    private void ResetChangeLog(Call call, Plan plan)
    {
        call.Json(VroChoices.DocumentedBodiesAreRequired).Flag("generateDrReport");
        if (plan.Job is not null)
            throw WrongState(plan, "ResetChangeLog");
        plan.History.Add(engine.Now, "done", "ResetChangeLog", plan);
    }

    private Answer Clone(Call call)
    {
        var plan = plans.Find(call);
        var body = call.Json(required: false);
        var name = VroChoices.Keys.CloneName.Select(body.Text).FirstOrDefault(n => !string.IsNullOrWhiteSpace(n)) ?? VroChoices.CloneName(plan.Name);
        var clone = new Plan
        {
            Id = Guid.NewGuid(),
            Name = name,
            Stem = plan.Stem,
            Type = plan.Type,
            Description = plan.Description,
            Scope = plan.Scope,
            Location = plan.Location,
            Mode = PlanMode.Disabled,
            Phase = Phase.Disabled,
            Verification = Verification.NotVerified,
            VmCount = plan.VmCount,
        };
        store.Add(clone);
        plan.History.Add(engine.Now, "done", "Clone", plan);

        // ResponseWrapper[Object] of v5's changelog; what data holds is unknown (INF).
        return Answer.Json(new JsonObject { ["success"] = true, ["data"] = new JsonObject { ["id"] = clone.Id.ToString(), ["name"] = clone.Name } });
    }

    private void Start(Plan plan, string action, bool executeChained = false, RecoveryLocation? location = null)
    {
        var transition = plan.Find(action) ?? throw WrongState(plan, action);
        engine.Accept(plan, NewJob(plan, transition.Operation, engine.Now, executeChained, location));
    }

    // Checks and scans run beside the plan's own state, but not while the plan is in use (INF).
    private void StartBeside(Plan plan, Operation operation)
    {
        if (plan.Job is not null || plan.Mode == PlanMode.InUse)
            throw WrongState(plan, operation.ToString());
        engine.Accept(plan, NewJob(plan, operation, engine.Now));
    }

    private RecoveryLocation Location(Guid id) => site.FindLocation(id) ?? throw Refusal.NotFound("Recovery location", id.ToString());

    private static Job NewJob(Plan plan, Operation operation, DateTimeOffset now, bool executeChained = false, RecoveryLocation? location = null)
        => new(operation, now.AddSeconds(plan.StartDelaySeconds)) { ExecutesChainedPlans = executeChained, Location = location };
}
