namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>A partner (the portal says enterprise proxy), who looks after some of the enterprises.</summary>
internal sealed class Partner(int id, string name, TimeProvider clock)
{
    public int Id => id;

    public string Name => name;

    /// <summary>Properties, capabilities and rate limits, kept as the portal keeps them.</summary>
    public PropertyTable Properties { get; } = new("enterpriseProxyId", id, clock);

    /// <summary>Whether the operator may act in the partner's name.</summary>
    public bool IsDelegatedToOperator { get; set; } = true;

    /// <summary>Events of the partner itself, oldest first.</summary>
    public EventLog Events { get; } = new();
}
