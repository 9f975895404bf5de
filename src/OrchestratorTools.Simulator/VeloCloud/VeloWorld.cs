namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>All that an Orchestrator's database holds: what a standby copies from its active.</summary>
internal sealed class VeloWorld
{
    public VeloWorld(int edges, int seed, TimeProvider clock)
    {
        Network = new VeloNetwork(edges, seed, clock);
        Roles = new RoleBook(Network.Start.AddDays(-800));
        Accounts = new AccountBook(Roles, Network.Enterprises, Network.Start.AddDays(-500));
        Tokens = new TokenStore(clock);
    }

    public VeloNetwork Network { get; }

    public RoleBook Roles { get; }

    public AccountBook Accounts { get; }

    public TokenStore Tokens { get; }
}
