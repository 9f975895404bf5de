using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>The two Orchestrators as they were when they were looked at.</summary>
/// <param name="Here">The one that is asked.</param>
/// <param name="Peer">The other one; null where it was not looked at, or did not answer.</param>
/// <param name="PeerSilence">Why the other one did not answer; null where it did, or was not asked.</param>
/// <param name="At">When the first one was looked at.</param>
/// <param name="Doubts">What is doubtful.</param>
internal sealed record VeloCloudReplicationSeen(VeloCloudReplicationStatus Here, VeloCloudReplicationStatus? Peer, string? PeerSilence, DateTimeOffset At, IReadOnlyList<string> Doubts);
