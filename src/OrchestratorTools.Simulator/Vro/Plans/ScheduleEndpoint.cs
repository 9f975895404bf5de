using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OrchestratorTools.Simulator.Vro.Accounts;
using OrchestratorTools.Simulator.Vro.Wire;

namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>
/// <c>/Plans/{planId}/Schedule</c>. The parameters moved from the query to the body at v6 (facts/vro.md, Traps 4); this server reads the body only, and does
/// not mind what the query says.
/// </summary>
internal sealed class ScheduleEndpoint(VisiblePlans plans, PlanEngine engine, VroSettings settings)
{
    private int _accepted;

    /// <summary>The operations.</summary>
    public IEnumerable<Route> Routes =>
    [
        Route.Api("PUT", "Plans/{planId}/Schedule/SaveTime", Rights.Run, SaveTime),
        Route.Api("PUT", "Plans/{planId}/Schedule/SaveRunAfter", Rights.Run, SaveRunAfter),
        Route.Api("DELETE", "Plans/{planId}/Schedule", Rights.Run, Delete),
    ];

    /// <summary>The scan's options of a restore or of a schedule.</summary>
    public static RestoreOptions ReadOptions(JsonBody body) => new(
        body.Flag("virusScan"),
        body.Flag("yaraScan"),
        body.Text("yaraScanRule"),
        body.Flag("scanInfectedFlag"),
        body.Flag("scanSuspiciousFlag"),
        body.Number("restorePointsCountForRansomwareScan"),
        body.Text("ransomwareAction"));

    private Answer SaveTime(Call call)
    {
        var plan = plans.Find(call);
        var body = call.Json(required: true);
        var time = body.Time("startTime", settings.UtcOffset) ?? throw Refusal.BadRequest("The member 'startTime' is required.");
        if (time <= call.Now)
            throw Refusal.BadRequest("The start time is in the past.");
        return Save(plan, new Schedule(time, null, ReadOptions(body)));
    }

    private Answer SaveRunAfter(Call call)
    {
        var plan = plans.Find(call);
        var body = call.Json(required: true);
        var previous = plans.Find(call, body.Id("previousPlanId") ?? throw Refusal.BadRequest("The member 'previousPlanId' is required."));
        return previous == plan ? throw Refusal.BadRequest("A plan cannot run after itself.") : Save(plan, new Schedule(null, previous.Id, ReadOptions(body)));
    }

    private Answer Save(Plan plan, Schedule schedule)
    {
        // "Operator runs and schedules enabled plans": the others cannot be scheduled (INF for the other roles).
        if (plan.Mode != PlanMode.Enabled)
            throw new Refusal(settings.WrongStateStatus, $"Cannot schedule plan '{plan.Name}': the plan is {plan.Mode}.");
        engine.SetSchedule(plan, schedule);
        plan.History.Add(engine.Now, "done", "SaveSchedule", plan);
        return Done();
    }

    private Answer Delete(Call call)
    {
        var plan = plans.Find(call);
        if (plan.Schedule is null && VroChoices.DeletingNoScheduleIsNotFound)
            throw Refusal.NotFound("Schedule of plan", plan.Id.ToString());
        engine.SetSchedule(plan, schedule: null);
        plan.History.Add(engine.Now, "done", "DeleteSchedule", plan);
        return Answer.Empty(StatusCodes.Status204NoContent);
    }

    private Answer Done() => _accepted++ % 2 == 0 ? Answer.Json(new JsonObject()) : Answer.Empty(StatusCodes.Status200OK);
}
