using System.Text.Json.Nodes;
using OrchestratorTools.Simulator.Vro.Accounts;
using OrchestratorTools.Simulator.Vro.Wire;

namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>What can be read of plans: the list, one plan (not wrapped), and the groups, machines and steps that it defines (V3).</summary>
internal sealed class PlanEndpoint(VisiblePlans plans, FieldSet<Plan> fields, VroSettings settings)
{
    /// <summary>The operations.</summary>
    public IEnumerable<Route> Routes =>
    [
        Route.Api("GET", "Plans", Rights.None, List),
        Route.Api("GET", "Plans/{planId}", Rights.None, call => Answer.Json(fields.Write(plans.Find(call)))),
        Route.Api("GET", "Plans/{planId}/Groups", Rights.None, call => Listing.Whole(plans.Find(call).Groups.Select(Group))),
        Route.Api("GET", "Plans/{planId}/Groups/{groupId}/Vms", Rights.None, call => Listing.Whole(FindGroup(call).Vms.Select(Vm))),
        Route.Api("GET", "Plans/{planId}/Groups/{groupId}/Steps", Rights.None, call => Listing.Whole(FindGroup(call).Steps.Select(Step))),
        Route.Api("GET", "Plans/{planId}/Vms/{vmId}/Steps", Rights.None, call => Listing.Whole(FindVm(call).Steps.Select(Step))),
        Route.Api("GET", "Plans/{planId}/Steps/{stepId}/Parameters", Rights.None, call => Listing.Whole(Parameters(FindStep(call)))),
    ];

    private Answer List(Call call)
    {
        var visible = plans.Of(call.Account);
        if (call.Flag("onlyEnabled"))
            visible = visible.Where(p => p.Mode == PlanMode.Enabled);
        return Listing.Page(call, visible, fields, settings);
    }

    private PlanGroup FindGroup(Call call)
    {
        var id = call.Id("groupId");
        return plans.Find(call).Groups.FirstOrDefault(g => g.Id == id) ?? throw Refusal.NotFound("Group", id.ToString());
    }

    private PlanVm FindVm(Call call)
    {
        var id = call.Id("vmId");
        return plans.Find(call).Groups.SelectMany(g => g.Vms).FirstOrDefault(v => v.Id == id) ?? throw Refusal.NotFound("VM", id.ToString());
    }

    private PlanStep FindStep(Call call)
    {
        var id = call.Id("stepId");
        return plans.Find(call).Groups.SelectMany(g => g.Steps.Concat(g.Vms.SelectMany(v => v.Steps)))
            .FirstOrDefault(s => s.Id == id)
            ?? throw Refusal.NotFound("Step", id.ToString());
    }

    private static JsonObject Group(PlanGroup group) => new()
    {
        ["id"] = group.Id.ToString(),
        ["order"] = group.Order,
        ["name"] = group.Name,
        ["type"] = group.Type,
        ["isParallel"] = group.IsParallel,
    };

    private static JsonObject Vm(PlanVm vm) => new()
    {
        ["id"] = vm.Id.ToString(),
        ["number"] = vm.Number,
        ["name"] = vm.Name,
        ["isCritical"] = vm.IsCritical,
    };

    private static JsonObject Step(PlanStep step) => new()
    {
        ["id"] = step.Id.ToString(),
        ["order"] = step.Order,
        ["name"] = step.Name,
        ["type"] = step.Type,
        ["state"] = "Enabled",
        ["requiredForSuccess"] = step.IsRequired,
        ["description"] = step.Description,
        ["prohibitedOperations"] = new JsonArray(),
    };

    // No page shows a parameter: these are the built-in steps' common ones (INF).
    private static IEnumerable<JsonNode> Parameters(PlanStep step) =>
    [
        new JsonObject { ["name"] = "Timeout", ["value"] = "600", ["type"] = "Integer", ["description"] = "Seconds until the step fails." },
        new JsonObject { ["name"] = "Retries", ["value"] = step.IsRequired ? "1" : "0", ["type"] = "Integer", ["description"] = "How often it is tried again." },
    ];
}
