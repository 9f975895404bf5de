namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Who makes a request, and by what.</summary>
/// <param name="Account">The user.</param>
/// <param name="IsByToken">True for an API token, false for a session.</param>
internal sealed record Caller(Account Account, bool IsByToken)
{
    public Tier Tier => Account.Tier;

    public bool IsOperator => Account.Tier == Tier.Operator;
}
