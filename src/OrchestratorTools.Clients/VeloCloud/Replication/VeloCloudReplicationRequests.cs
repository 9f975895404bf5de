namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What this process asked of an Orchestrator.</summary>
/// <param name="Action">What was asked for.</param>
/// <param name="Before">The Orchestrator before it.</param>
/// <param name="SentAt">When it was sent; null while it is on its way.</param>
/// <param name="AnswerLost">True where the answer was lost.</param>
internal sealed record VeloCloudReplicationRequest(VeloCloudReplicationAction Action, VeloCloudReplicationStatus Before, DateTimeOffset? SentAt, bool AnswerLost);

/// <summary>
/// What this process asked of Orchestrators about their replication. Another runspace, or the next command, that looked at one before it moved would take it for one that waits to be
/// asked, and ask a second time.
/// </summary>
internal static class VeloCloudReplicationRequests
{
    private static readonly object Gate = new();
    private static readonly Dictionary<string, VeloCloudReplicationRequest> Entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Claims an Orchestrator. Null: it is claimed, and the caller says <see cref="Sent"/> or <see cref="Release"/>. Else the sentence why not.</summary>
    /// <param name="server">The Orchestrator.</param>
    /// <param name="action">What is to be asked for.</param>
    /// <param name="seen">The Orchestrator as the caller saw it.</param>
    /// <param name="seenAt">When the caller looked.</param>
    /// <param name="time">The clock.</param>
    public static string? Claim(Uri server, VeloCloudReplicationAction action, VeloCloudReplicationStatus seen, DateTimeOffset seenAt, TimeProvider time)
    {
        lock (Gate)
        {
            if (Entries.TryGetValue(Key(server), out var entry))
            {
                if (entry.SentAt is not { } sentAt)
                {
                    return $"its {entry.Action.Noun} is being sent by this process at this moment";
                }

                if (sentAt >= seenAt)
                {
                    return $"its {entry.Action.Noun} was sent by this process after its state was read";
                }

                if (IsUnmoved(entry.Before, seen) && time.GetUtcNow() - sentAt < VeloCloudAssumptions.ReplicationStartGrace)
                {
                    return entry.AnswerLost
                        ? $"this process sent its {entry.Action.Noun} at {sentAt:HH:mm:ss} UTC, the answer was lost, and it may still begin"
                        : $"this process sent its {entry.Action.Noun} at {sentAt:HH:mm:ss} UTC, the server took it, and nothing was seen of it yet";
                }
            }

            Entries[Key(server)] = new VeloCloudReplicationRequest(action, seen, null, AnswerLost: false);
            return null;
        }
    }

    /// <summary>It was sent.</summary>
    public static void Sent(Uri server, bool answerLost, TimeProvider time)
    {
        lock (Gate)
        {
            if (Entries.TryGetValue(Key(server), out var entry))
            {
                Entries[Key(server)] = entry with { SentAt = time.GetUtcNow(), AnswerLost = answerLost };
            }
        }
    }

    /// <summary>The server certainly did not take it.</summary>
    public static void Release(Uri server)
    {
        lock (Gate)
        {
            Entries.Remove(Key(server));
        }
    }

    /// <summary>What was sent last to an Orchestrator for a goal; null where nothing was.</summary>
    public static VeloCloudReplicationRequest? Find(Uri server, VeloCloudReplicationGoal? goal = null)
    {
        lock (Gate)
        {
            return Entries.TryGetValue(Key(server), out var entry) && entry.SentAt is not null && (goal is null || entry.Action.Goal == goal) ? entry : null;
        }
    }

    private static bool IsUnmoved(VeloCloudReplicationStatus before, VeloCloudReplicationStatus now)
        => VeloCloudReplicationStates.Is(before.Role, now.Role) && VeloCloudReplicationStates.Is(before.State, now.State) && before.StateChanged == now.StateChanged;

    private static string Key(Uri server) => server.GetLeftPart(UriPartial.Authority);
}
