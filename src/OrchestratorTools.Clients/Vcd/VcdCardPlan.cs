namespace OrchestratorTools.Clients.Vcd;

/// <summary>Where a network card of a machine is to be.</summary>
/// <param name="Network">The vApp's network; "none": nowhere.</param>
/// <param name="Mode">POOL, DHCP, MANUAL or NONE.</param>
/// <param name="IPAddress">The address; of MANUAL only.</param>
/// <param name="IsConnected">True where it is plugged in.</param>
internal sealed record VcdCardPlan(string Network, string Mode, string? IPAddress, bool IsConnected);
