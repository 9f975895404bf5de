namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Whose events are meant.</summary>
public enum VeloCloudLog
{
    /// <summary>An enterprise's: its edges, its users.</summary>
    Enterprise,

    /// <summary>A partner's own: its users, its gateways.</summary>
    Partner,

    /// <summary>The operator's own: the network, its gateways, its users.</summary>
    Operator,
}
