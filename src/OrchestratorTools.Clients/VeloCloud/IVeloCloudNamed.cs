namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What an Orchestrator knows by an id and calls by a name.</summary>
public interface IVeloCloudNamed
{
    /// <summary>The id.</summary>
    long Id { get; }

    /// <summary>The name.</summary>
    string Name { get; }
}
