using System.Security;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What an Orchestrator is told that takes another one for its standby.</summary>
/// <param name="Address">The standby's address, as the active reaches it.</param>
/// <param name="Uuid">The standby's id.</param>
/// <param name="User">An operator's account that the standby knows.</param>
/// <param name="Password">Its password: used for the pairing, and not kept.</param>
public sealed record VeloCloudPairing(string Address, string Uuid, string User, SecureString Password)
{
    /// <summary>The standby's IPv6 address.</summary>
    public string? AddressV6 { get; init; }

    /// <summary>The standby's address for replication, where it has one of its own.</summary>
    public string? ReplicationAddress { get; init; }
}
