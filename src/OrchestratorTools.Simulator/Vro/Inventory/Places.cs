namespace OrchestratorTools.Simulator.Vro.Inventory;

/// <summary>A recovery location.</summary>
internal sealed record RecoveryLocation(Guid Id, string Type, string Name, string Description, bool IsOriginal, bool UsesNetworkMapping, string Availability);

/// <summary>A scope: which plans an account sees.</summary>
internal sealed record Scope(Guid Id, string Name, string Description, bool IsDefault);
