using static OrchestratorTools.Clients.VeloCloud.VeloCloudReplicationStates;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What an examination found.</summary>
/// <param name="Wrong">Why it cannot be done; null where it can.</param>
/// <param name="WayOn">What would be right.</param>
/// <param name="Doubts">What is doubtful.</param>
public sealed record VeloCloudReplicationFinding(string? Wrong, string? WayOn, IReadOnlyList<string> Doubts);

/// <summary>
/// Whether roles and states allow what is asked for (facts/velocloud.md, "Disaster recovery": where each method is called, which state it expects, what force is for). What the facts
/// are silent about is a doubt, not a refusal: the server decides. A role or state that no definition has is one, too.
/// </summary>
public static class VeloCloudReplicationCheck
{
    private const string Look = "Get-VeloCloudReplication shows roles and states.";

    /// <summary>Examines.</summary>
    /// <param name="action">What is asked for.</param>
    /// <param name="here">The Orchestrator that is asked: the future active of a pairing, the standby of a promotion, the active of a demotion.</param>
    /// <param name="peer">The other one, where it was looked at.</param>
    /// <param name="force">Whether it is to be forced.</param>
    public static VeloCloudReplicationFinding Examine(VeloCloudReplicationAction action, VeloCloudReplicationStatus here, VeloCloudReplicationStatus? peer, bool force)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(here);
        if (peer is not null && here.Uuid is not null && Is(here.Uuid, peer.Uuid ?? string.Empty))
        {
            return No($"{Name(here)} and {Name(peer)} are the same Orchestrator (id {here.Uuid})", "Name two different ones.");
        }

        var doubts = new List<string>();
        NoteUnknown(here, doubts);
        if (peer is not null)
        {
            NoteUnknown(peer, doubts);
        }

        var refusal = action.Goal switch
        {
            VeloCloudReplicationGoal.Candidate => Prepare(here, doubts),
            VeloCloudReplicationGoal.Paired => Pair(here, doubts) ?? (peer is null ? null : PairWith(peer)),
            VeloCloudReplicationGoal.Unpaired => Unpair(here, doubts),
            VeloCloudReplicationGoal.Promoted => Promote(here, force, doubts) ?? (peer is null ? null : PromoteOver(here, peer, doubts)),
            _ => Demote(here, force, doubts) ?? DemoteFor(here, peer, doubts),
        };
        return refusal is null ? new VeloCloudReplicationFinding(null, null, doubts) : refusal with { Doubts = doubts };
    }

    /// <summary>An Orchestrator, its role and its state in words.</summary>
    public static string Describe(VeloCloudReplicationStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        var role = status.Role.Length == 0 ? "of no role" : status.Role;
        return $"{Name(status)} is {role}, {(status.State.Length == 0 ? "in no state" : status.State)}";
    }

    private static VeloCloudReplicationFinding? Prepare(VeloCloudReplicationStatus here, List<string> doubts)
    {
        if (Is(here.State, Candidate))
        {
            return No($"{Describe(here)}: it is prepared already", "Enable-VeloCloudReplication at the future active's connection makes the pair.");
        }

        if (Is(here.State, PendingCandidate))
        {
            return No($"{Describe(here)}: it is being prepared", "Wait-VeloCloudReplication -Goal Candidate waits for it.");
        }

        if (Is(here.Role, Active))
        {
            return No($"{Describe(here)}: edges depend on it. Only an Orchestrator that stands alone is prepared for standby", "Is this the right connection? An active leaves its pair by Disable-VeloCloudReplication, or by Invoke-VeloCloudDemotion after its standby was promoted.");
        }

        if (Is(here.Role, Standby))
        {
            if (Is(here.State, CandidateFailed))
            {
                doubts.Add($"{Describe(here)}: an earlier preparation failed{Said(here)}.");
                return null;
            }

            return IsKnown(here.State) ? No($"{Describe(here)}: it is a standby already", "Disable-VeloCloudReplication makes it stand alone first.") : null;
        }

        return InBetween(here, doubts, "Only an Orchestrator that stands alone is prepared for standby");
    }

    private static VeloCloudReplicationFinding? Pair(VeloCloudReplicationStatus here, List<string> doubts)
    {
        if (Is(here.Role, Active))
        {
            return No($"{Describe(here)}: it has a standby already ({Standbys(here)})", "Disable-VeloCloudReplication ends that pair first; Wait-VeloCloudReplication -Goal Paired waits for one that is being made.");
        }

        if (Is(here.Role, Standby) || Is(here.State, Candidate) || Is(here.State, PendingCandidate))
        {
            return No($"{Describe(here)}: a standby does not become active this way", "-Connection is the future active, -StandbyConnection the prepared standby: are they the wrong way round?");
        }

        return Is(here.Role, Zombie)
            ? No($"{Describe(here)}: it was replaced by another Orchestrator, and serves nobody", "Initialize-VeloCloudStandby makes a standby of it.")
            : InBetween(here, doubts, "Only an Orchestrator that stands alone becomes active");
    }

    private static VeloCloudReplicationFinding? PairWith(VeloCloudReplicationStatus standby)
    {
        if (Is(standby.State, PendingCandidate))
        {
            return No($"{Describe(standby)}: it is still being prepared", "Wait-VeloCloudReplication -Goal Candidate waits for it.");
        }

        if (Is(standby.Role, Active) || Is(standby.Role, Zombie) || (IsKnown(standby.State) && !Is(standby.State, Candidate)))
        {
            return No($"{Describe(standby)}: only a {Candidate} becomes standby", Is(standby.Role, Standalone) || Is(standby.Role, Zombie) ? "Initialize-VeloCloudStandby -Wait makes one of it." : Look);
        }

        return null;
    }

    private static VeloCloudReplicationFinding? Unpair(VeloCloudReplicationStatus here, List<string> doubts)
    {
        if (Is(here.State, PendingPromotion) || Is(here.State, PendingDemotion))
        {
            return No($"{Describe(here)}: this must come to its end first", $"Wait-VeloCloudReplication -Goal {(Is(here.State, PendingPromotion) ? "Promoted" : "Demoted")} waits for it.");
        }

        if (Is(here.State, ActiveUnconfig) || Is(here.State, PendingUnconfig) || Is(here.State, Unconfig))
        {
            return No($"{Describe(here)}: it is leaving its pair already", "Wait-VeloCloudReplication -Goal Unpaired waits for it.");
        }

        if (Is(here.Role, Standalone))
        {
            if (Is(here.State, Unconfigured))
            {
                return No($"{Describe(here)}: it belongs to no pair", Look);
            }

            doubts.Add($"{Describe(here)}: one that stands alone has no standby to remove; the server decides.");
        }
        else if (Is(here.Role, Zombie))
        {
            doubts.Add($"{Describe(here)}: what this does to a zombie is not documented; the server decides. Initialize-VeloCloudStandby makes a standby of one.");
        }

        return null;
    }

    private static VeloCloudReplicationFinding? Promote(VeloCloudReplicationStatus here, bool force, List<string> doubts)
    {
        if (Is(here.Role, Active))
        {
            return No($"{Describe(here)}: it is the active", "A failover is asked of the standby: name its connection with -Connection.");
        }

        if (Is(here.Role, Standalone))
        {
            return No($"{Describe(here)}: it belongs to no pair. Only a standby is promoted", "If it was promoted a moment ago, that is done. " + Look);
        }

        if (Is(here.Role, Zombie))
        {
            return No($"{Describe(here)}: it was replaced. Only a standby is promoted", Look);
        }

        if (Is(here.State, PendingPromotion) || Is(here.State, Promoted))
        {
            return No($"{Describe(here)}: it is being promoted", "Wait-VeloCloudReplication -Goal Promoted waits for it.");
        }

        if (Is(here.State, Candidate) || Is(here.State, PendingCandidate) || Is(here.State, CandidateFailed))
        {
            return No($"{Describe(here)}: it belongs to no pair and holds nobody's data", "Enable-VeloCloudReplication makes the pair; Disable-VeloCloudReplication makes it stand alone again.");
        }

        if (Is(here.State, PendingUnconfig) || Is(here.State, Unconfig) || Is(here.State, Upgrading) || Is(here.State, Unconfigured))
        {
            return No($"{Describe(here)}: a standby is not promoted in this state", Look);
        }

        if (Is(here.State, Running))
        {
            return force ? null : No($"{Describe(here)}: it replicates without problems. A planned failover, which demotes the active as well, must be forced", $"If that is meant: -Force. Without it a standby is promoted from {ActiveLost}.");
        }

        if (IsIncomplete(here.State))
        {
            if (!force)
            {
                return No($"{Describe(here)}: it does not hold its active's whole database{Said(here)}", $"A standby is promoted from {ActiveLost}, or from {Running} with -Force. If half a database is better than none: -Force; the server decides.");
            }

            doubts.Add($"{Describe(here)}: it does not hold its active's whole database{Said(here)}.");
        }
        else if (IsFailure(here.State) && !Is(here.State, ActiveLost))
        {
            doubts.Add($"{Describe(here)}{Said(here)}: a promotion is expected from {ActiveLost}; the server decides.");
        }

        return null;
    }

    private static VeloCloudReplicationFinding? PromoteOver(VeloCloudReplicationStatus here, VeloCloudReplicationStatus peer, List<string> doubts)
    {
        if (Is(peer.Role, Standby) || Is(peer.Role, Standalone))
        {
            return No($"{Describe(peer)}: it is not the active of {Name(here)}", "-ActiveConnection names the present active; leave it out where that cannot be reached.");
        }

        if (Is(peer.Role, Active))
        {
            if (peer.Standby.Count > 0 && here.Uuid is not null && !peer.Standby.Any(s => Is(s.Uuid, here.Uuid)))
            {
                return No($"{Describe(peer)}, but its standby is {Standbys(peer)}, not {Name(here)} (id {here.Uuid})", "-ActiveConnection names the present active of this very pair.");
            }

            if (!Is(here.State, Running))
            {
                doubts.Add($"{Describe(peer)}: it still answers. After the promotion two Orchestrators serve edges until Invoke-VeloCloudDemotion has demoted it.");
            }
        }

        return null;
    }

    private static VeloCloudReplicationFinding? Demote(VeloCloudReplicationStatus here, bool force, List<string> doubts)
    {
        if (Is(here.Role, Zombie))
        {
            return No($"{Describe(here)}: it is demoted already", "Initialize-VeloCloudStandby makes a standby of it.");
        }

        if (Is(here.Role, Standby) || Is(here.Role, Standalone))
        {
            return No($"{Describe(here)}: only the active of a pair is demoted", Is(here.Role, Standalone) ? "One that stands alone serves edges: is this the right connection? " + Look : "A demotion is asked of the former active: name its connection with -Connection.");
        }

        if (Is(here.State, PendingDemotion))
        {
            return No($"{Describe(here)}: it is being demoted", "Wait-VeloCloudReplication -Goal Demoted waits for it.");
        }

        if (Is(here.State, Running))
        {
            return force ? null : No($"{Describe(here)}: it sees no problem with its standby. Demoting it must be forced, and only after its standby was promoted", $"Invoke-VeloCloudFailover at the standby comes first. Without -Force an active is demoted from {StandbyLost} or {ActiveBroken}.");
        }

        if (Is(here.State, StandbyLost) || Is(here.State, ActiveBroken))
        {
            return null;
        }

        if (IsFailure(here.State))
        {
            doubts.Add($"{Describe(here)}{Said(here)}: a demotion is expected from {StandbyLost} or {ActiveBroken}; the server decides.");
        }
        else if (IsKnown(here.State))
        {
            if (!force)
            {
                return No($"{Describe(here)}: an active is not demoted in this state", $"It is demoted from {StandbyLost} or {ActiveBroken}, or from {Running} with -Force. Disable-VeloCloudReplication ends a pairing that is under way.");
            }

            doubts.Add($"{Describe(here)}: a demotion is not expected in this state; the server decides.");
        }

        return null;
    }

    private static VeloCloudReplicationFinding? DemoteFor(VeloCloudReplicationStatus here, VeloCloudReplicationStatus? peer, List<string> doubts)
    {
        if (peer is null)
        {
            doubts.Add($"Whether the standby of {Name(here)} ({Standbys(here)}) was promoted is not known here (-StandbyConnection looks). Where it was not, nobody serves the edges after the demotion.");
            return null;
        }

        return Is(peer.Role, Standby)
            ? No($"{Describe(peer)}: it has not been promoted, and nobody would serve the edges", "Invoke-VeloCloudFailover at the standby's connection comes first.")
            : Is(peer.Role, Zombie) ? No($"{Describe(peer)}: it serves nobody", "-StandbyConnection names the Orchestrator that was promoted.") : null;
    }

    // One that stands alone, or a zombie, is free only in the state UNCONFIGURED.
    private static VeloCloudReplicationFinding? InBetween(VeloCloudReplicationStatus here, List<string> doubts, string rule)
    {
        if (Is(here.State, Unconfigured) || !IsKnown(here.State))
        {
            return null;
        }

        if (IsFailure(here.State))
        {
            doubts.Add($"{Describe(here)}{Said(here)}: {Unconfigured} is expected; the server decides.");
            return null;
        }

        return No($"{Describe(here)}: something is under way there. {rule}, in the state {Unconfigured}", Look);
    }

    private static void NoteUnknown(VeloCloudReplicationStatus status, List<string> doubts)
    {
        if (!IsKnownRole(status.Role) || (!IsKnown(status.State) && !IsFailure(status.State)))
        {
            doubts.Add($"{Describe(status)}: this module does not know what that allows; the server decides.");
        }
    }

    private static string Name(VeloCloudReplicationStatus status)
    {
        var name = status.Server.Length > 0 ? status.Server : status.Address ?? status.Uuid ?? "the Orchestrator";
        return status.Server.Length > 0 && status.Address is { } own && !Is(status.Server, own) && !status.Server.StartsWith(own + ":", StringComparison.OrdinalIgnoreCase) ? $"{name} ({own})" : name;
    }

    private static string Standbys(VeloCloudReplicationStatus status) => status.Standby.Count == 0 ? "not named" : string.Join(", ", status.Standby.Select(s => s.ToString()));

    private static string Said(VeloCloudReplicationStatus status) => status.FailureDescription is { } text ? $" ('{text.TrimEnd('.')}')" : string.Empty;

    private static VeloCloudReplicationFinding No(string wrong, string wayOn) => new(wrong, wayOn, []);
}
