using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>A profile or an edge whose configuration is meant.</summary>
/// <param name="Session">The connection that it is at.</param>
/// <param name="Enterprise">Its enterprise; the id is null for a customer's own one.</param>
/// <param name="Configuration">Its configuration as the clients name it.</param>
/// <param name="Target">The target of errors.</param>
internal sealed record VeloCloudConfigurationOwner(VeloCloudSession Session, VeloCloudEnterpriseTarget Enterprise, ConfigurationTarget Configuration, object Target)
{
    /// <summary>A profile.</summary>
    public static VeloCloudConfigurationOwner Of(VeloCloudProfileTarget profile) => new(profile.Session, profile.Enterprise, profile.Configuration, profile.Target);

    /// <summary>An edge's own part.</summary>
    public static VeloCloudConfigurationOwner Of(VeloCloudEdgeTarget edge)
        => new(edge.Session, edge.Enterprise, new ConfigurationTarget(edge.Enterprise.Id, edge.Enterprise.Name, null, edge.Id, edge.LogicalId, edge.Name), edge.Target);

    /// <summary>What it is, in words.</summary>
    public override string ToString() => Configuration.ToString();
}
