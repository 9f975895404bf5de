namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>A step as the plan defines it.</summary>
internal sealed record PlanStep(Guid Id, int Order, string Name, string Type, string ActionType, bool IsRequired, string Description);

/// <summary>A machine as the plan defines it. A critical one that fails halts the plan.</summary>
internal sealed record PlanVm(Guid Id, Guid VoId, int Number, string Name, bool IsCritical, IReadOnlyList<PlanStep> Steps);

/// <summary>A group: an inventory group has machines, a virtual one (before and after the plan) has steps of its own.</summary>
internal sealed record PlanGroup(Guid Id, int Order, string Name, string Type, bool IsParallel, IReadOnlyList<PlanVm> Vms, IReadOnlyList<PlanStep> Steps)
{
    /// <summary>Whether it is one of the virtual groups.</summary>
    public bool IsVirtual => Vms.Count == 0;
}
