using OrchestratorTools.Simulator.Vro.Accounts;
using OrchestratorTools.Simulator.Vro.Wire;

namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>The plans as an account sees them: "data visible depends on the account's role and scopes" (facts/vro.md, B).</summary>
internal sealed class VisiblePlans(PlanStore plans)
{
    /// <summary>All that the caller sees.</summary>
    public IEnumerable<Plan> Of(Account account) => account.Scopes is null ? plans.All : plans.All.Where(p => Sees(account, p));

    /// <summary>The plan in the path.</summary>
    public Plan Find(Call call) => Find(call, call.Id("planId"));

    /// <summary>The plan of an id.</summary>
    public Plan Find(Call call, Guid id)
    {
        if (!plans.TryFind(id, out var plan))
            throw Refusal.NotFound("Plan", id.ToString());
        return Sees(call.Account, plan) ? plan : throw new Refusal(VroChoices.OutOfScopeStatus, $"Plan with ID '{id}' was not found.");
    }

    private static bool Sees(Account account, Plan plan) => account.Scopes?.Contains(plan.Scope.Name, StringComparer.Ordinal) ?? true;
}
