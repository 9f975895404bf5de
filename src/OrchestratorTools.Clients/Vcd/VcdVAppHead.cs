namespace OrchestratorTools.Clients.Vcd;

/// <summary>What every request that makes a vApp begins with (schema type VAppCreationParamsType).</summary>
/// <param name="Name">The vApp's name.</param>
/// <param name="Description">Its description; null: the source's.</param>
/// <param name="PowerOn">True: it is deployed and powered on when it is there.</param>
internal sealed record VcdVAppHead(string Name, string? Description, bool PowerOn);
