using System.Diagnostics.CodeAnalysis;

namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>The plans, in the order in which the server lists them.</summary>
internal sealed class PlanStore
{
    private readonly List<Plan> _plans = [];
    private readonly Dictionary<Guid, Plan> _byId = [];

    /// <summary>All of them.</summary>
    public IReadOnlyList<Plan> All => _plans;

    /// <summary>Adds one.</summary>
    public void Add(Plan plan)
    {
        _plans.Add(plan);
        _byId.Add(plan.Id, plan);
    }

    /// <summary>The plan of an id.</summary>
    public bool TryFind(Guid id, [NotNullWhen(true)] out Plan? plan) => _byId.TryGetValue(id, out plan);
}
