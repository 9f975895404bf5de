namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What a user stands above: one customer's enterprise, a partner's enterprises, or all of them.</summary>
internal enum Tier
{
    Customer,
    Partner,
    Operator,
}

/// <summary>Someone who can log in.</summary>
/// <param name="Id">The user's id; one sequence for all tiers.</param>
/// <param name="Tier">Which of the three.</param>
/// <param name="Username">An e-mail address, as the portal has it.</param>
/// <param name="Password">Not kept anywhere but here and in the greeting.</param>
/// <param name="EnterpriseId">The customer's enterprise; null for the others.</param>
/// <param name="IsReadOnly">A role that may only look, and may not have API tokens.</param>
internal sealed record Account(int Id, Tier Tier, string Username, string Password, int? EnterpriseId, bool IsReadOnly);
