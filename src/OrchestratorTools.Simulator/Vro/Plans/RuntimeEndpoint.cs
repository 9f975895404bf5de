using System.Text.Json.Nodes;
using OrchestratorTools.Simulator.Vro.Accounts;
using OrchestratorTools.Simulator.Vro.Wire;

namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>
/// <c>/RuntimeDetails</c>. The plan's members are the vendor's v7.21 sample, and what v5's changelog adds; of groups, machines and steps the pages show few
/// (<see cref="VroChoices.Keys"/> holds the invented names). A restart of the server empties all of it until the plan's next run.
/// </summary>
internal sealed class RuntimeEndpoint(VisiblePlans plans, PlanEngine engine, VroSettings settings)
{
    private const string Root = "RuntimeDetails/Plans/{planId}";

    /// <summary>The operations.</summary>
    public IEnumerable<Route> Routes =>
    [
        Route.Api("GET", Root, Rights.None, Details),
        Route.Api("GET", Root + "/Groups", Rights.None, call => Listing.Whole(Groups(call).Select(g => Group(g.Group, g.Run)))),
        Route.Api("GET", Root + "/Groups/{groupId}", Rights.None, call => OfGroup(call, (group, run) => group.Vms.Select(v => Vm(v, run)))),
        Route.Api("GET", Root + "/Groups/{groupId}/Steps", Rights.None, call => OfGroup(call, (group, run) => group.Steps.Select(s => Step(s, run)))),
        Route.Api("GET", Root + "/Vms/{vmId}/Steps", Rights.None, VmSteps),
        Route.Api("GET", Root + "/Step/{stepId}", Rights.None, OneStep),
    ];

    private Answer Details(Call call)
    {
        var plan = plans.Find(call);
        if (plan.IsRuntimeEmptied)
            return settings.EmptiedRuntimeIsAnEmptyObject
                ? Answer.Json(new JsonObject())
                : throw Refusal.NotFound("Runtime details of plan", plan.Id.ToString());
        var state = plan.State;
        var lastStable = plan.Resting(plan.Phase);
        return Answer.Json(new JsonObject
        {
            ["state"] = state.Wire,
            ["stateName"] = state.Name,
            ["stateOrder"] = state.Order,
            ["resultName"] = plan.ResultName,
            ["isEditingByCurrentUser"] = false,
            ["currentEditingUser"] = string.Empty,
            ["lastStableState"] = lastStable.Wire,
            ["lastStableStateName"] = lastStable.NameAsLastStable,
            ["previousExecutionState"] = plan.PreviousPhase is { } phase ? plan.Resting(phase).Wire : null,
            ["totalProgress"] = plan.Run?.Progress(engine.Now) ?? 0,
            ["isRunningState"] = state.IsRunning,
            ["isStableState"] = state.IsStable,
            ["currentRunResult"] = plan.RunResult.ToString(),
            ["currentTestResult"] = plan.TestResult.ToString(),
            ["currentCheckResult"] = plan.CheckResult.ToString(),
            ["planType"] = plan.Type.ToString(),
            ["recoveryLocationId"] = (plan.LastLocation ?? plan.Location)?.Id.ToString(),
            ["siteScopeId"] = plan.Scope.Id.ToString(),
            ["siteScopeName"] = plan.Scope.Name,
            ["recoveryToNewLocation"] = plan.Type == PlanType.Restore && (plan.LastLocation ?? plan.Location) is { IsOriginal: false },
            ["roles"] = new JsonArray(call.Account.Role.Name),
            ["isUndoPossible"] = plan.CanUndo,
            ["isReversePossible"] = plan.Can("FailbackToProduction"),
            ["vendor"] = "Unknown",
            ["id"] = plan.Id.ToString(),
            ["name"] = plan.Name,
            ["planMode"] = plan.Mode.ToString(),
            ["planVerificationState"] = plan.Verification.ToString(),
            [VroChoices.Keys.StartTime] = Time(plan.Run?.Started),
            [VroChoices.Keys.FinishTime] = Time(plan.Run?.Ended),
        });
    }

    // A plan that has not run yet tells its parts too, as not begun (INF).
    private IEnumerable<(RunGroup Group, Run? Run)> Groups(Call call)
    {
        var plan = plans.Find(call);
        if (plan.IsRuntimeEmptied)
            return [];
        var groups = plan.Run is { } run ? run.Groups : plan.Groups.Select(g => new RunGroup(g));
        return groups.Select(g => (g, plan.Run));
    }

    private Answer OfGroup(Call call, Func<RunGroup, Run?, IEnumerable<JsonNode>> items)
    {
        var id = call.Id("groupId");
        foreach (var (group, run) in Groups(call))
        {
            if (group.Definition.Id == id)
                return Listing.Whole(items(group, run));
        }

        throw Missing(call, "Group", "groupId");
    }

    private Answer VmSteps(Call call)
    {
        var id = call.Id("vmId");
        foreach (var (group, run) in Groups(call))
        {
            if (group.Vms.FirstOrDefault(v => v.Definition.Id == id) is { } vm)
                return Listing.Whole(vm.Steps.Select(s => Step(s, run)));
        }

        throw Missing(call, "VM", "vmId");
    }

    private Answer OneStep(Call call)
    {
        var id = call.Id("stepId");
        foreach (var (group, run) in Groups(call))
        {
            if (group.AllSteps.FirstOrDefault(s => s.Definition.Id == id) is { } step)
                return Answer.Json(Step(step, run));
        }

        throw Missing(call, "Step", "stepId");
    }

    private static Refusal Missing(Call call, string kind, string name) => Refusal.NotFound(kind, call.Values[name]);

    private JsonObject Group(RunGroup group, Run? run)
    {
        var written = new JsonObject
        {
            ["id"] = group.Definition.Id.ToString(),
            ["order"] = group.Definition.Order,
            ["name"] = group.Definition.Name,
            ["type"] = group.Definition.Type,
            ["groupCategory"] = group.Definition.IsVirtual ? "Virtual" : "VmGroup",
            ["virtualGroupType"] = group.Definition.IsVirtual ? group.Definition.Type : null,
            ["executionType"] = group.Definition.IsParallel ? "Parallel" : "Sequential",
        };
        Add(written, group, run);
        return written;
    }

    private JsonObject Vm(RunVm vm, Run? run)
    {
        var written = new JsonObject
        {
            ["id"] = vm.Definition.Id.ToString(),
            ["voId"] = vm.Definition.VoId.ToString(),
            ["number"] = vm.Definition.Number,
            ["name"] = vm.Definition.Name,
            ["isCritical"] = vm.Definition.IsCritical,
        };
        Add(written, vm, run);
        return written;
    }

    private JsonObject Step(RunStep step, Run? run) => new()
    {
        ["id"] = step.Definition.Id.ToString(),
        ["order"] = step.Definition.Order,
        ["name"] = step.Definition.Name,
        ["type"] = step.Definition.Type,
        ["actionType"] = step.Definition.ActionType,
        ["requiredForSuccess"] = step.Definition.IsRequired,
        ["state"] = Word(step.State, step.Result, run),
        [VroChoices.Keys.Result] = step.Result.ToString(),
        [VroChoices.Keys.StartTime] = Time(step.Started),
        [VroChoices.Keys.FinishTime] = Time(step.Finished),
        [VroChoices.Keys.Details] = step.Error ?? string.Empty,
        ["prohibitedOperations"] = new JsonArray([.. step.Prohibited.Select(p => (JsonNode)p)]),
    };

    private void Add(JsonObject written, RunContainer part, Run? run)
    {
        written["state"] = Word(part.State, part.Result, run);
        written[VroChoices.Keys.Result] = part.Result.ToString();
        written[VroChoices.Keys.Progress] = part.Progress;
        written[VroChoices.Keys.StartTime] = Time(part.Started);
        written[VroChoices.Keys.FinishTime] = Time(part.Finished);
        written[VroChoices.Keys.Details] = part.Error ?? string.Empty;
    }

    private static string Word(PartState state, Outcome result, Run? run) => state switch
    {
        PartState.Pending => VroChoices.PartStates.Pending,
        PartState.Skipped => VroChoices.PartStates.Skipped,
        PartState.Running => run is { Status: RunStatus.Halted } ? VroChoices.PartStates.Halted : VroChoices.PartStates.Running,
        _ => result == Outcome.Error ? VroChoices.PartStates.Failed : VroChoices.PartStates.Complete,
    };

    private string? Time(DateTimeOffset? time) => ServerTime.Write(time, settings.UtcOffset);
}
