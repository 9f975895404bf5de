namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What holds for an edge: its own configuration and its profile, each with its modules (edge/getEdgeConfigurationStack).</summary>
/// <param name="Own">The edge's own part, whose modules go before the profile's.</param>
/// <param name="OwnModules">The modules of the edge's own part.</param>
/// <param name="Profile">The profile; null where the answer has none.</param>
/// <param name="ProfileModules">The profile's modules.</param>
internal sealed record ConfigurationStack(VeloCloudProfile Own, IReadOnlyList<VeloCloudConfigurationModule> OwnModules, VeloCloudProfile? Profile, IReadOnlyList<VeloCloudConfigurationModule> ProfileModules);
