namespace OrchestratorTools.Clients.Vro;

/// <summary>
/// What this process asked servers to start and has not seen begin yet. A server may show a plan's old state for a while after it took a start (facts/vro.md, trap 6); whoever looks
/// at the plan then, in another runspace or in the next command, would take it for one that waits to be started, or for one that has ended.
/// </summary>
internal static class VroStartedRuns
{
    private static readonly object Gate = new();
    private static readonly Dictionary<(string Server, string PlanId), Entry> Entries = new(new KeyComparer());

    /// <summary>Claims a plan for a start. Null: it is claimed, and the caller says <see cref="Sent"/> or <see cref="Release"/>. Else the sentence why not.</summary>
    /// <param name="server">The server.</param>
    /// <param name="planId">The plan.</param>
    /// <param name="seen">The plan as the caller saw it.</param>
    /// <param name="seenAt">When the caller asked for it, by the steady clock.</param>
    /// <param name="insist">True where an earlier start that nothing was seen of does not count.</param>
    /// <param name="time">The clock.</param>
    /// <param name="order">What is to be sent; null: a failover.</param>
    public static string? Claim(Uri server, string planId, VroPlanSnapshot seen, DateTimeOffset seenAt, bool insist, TimeProvider time, VroPlanOrder? order = null)
    {
        var action = order?.Action ?? VroPlanActions.Failover;
        planId = KeyOf(planId, order);
        lock (Gate)
        {
            var key = Key(server, planId);
            if (Entries.TryGetValue(key, out var entry))
            {
                var what = entry.Action.Request is "start" ? "start" : entry.Action.Noun;
                if (entry.SentAt is not { } sentAt)
                {
                    return $"its {what} is being sent by this process at this moment";
                }

                if (sentAt >= seenAt)
                {
                    return $"its {what} was sent by this process after its state was read";
                }

                // What the server does at once stands in nobody's way, except in that of doing it again while nobody knows whether it was done.
                var isOpen = entry.Action.StartsRun || (entry.AnswerLost && ReferenceEquals(entry.Action, action));
                if (isOpen && seen.SignsSince(entry.Before, entry.Action) is not VroRunSigns.Clear && time.GetSteadyNow() - sentAt < VroAssumptions.StartGrace && !insist)
                {
                    return entry.AnswerLost
                        ? $"this process sent its {what} at {entry.SentAtUtc:HH:mm:ss} UTC, the answer was lost, and it may still begin"
                        : $"this process started it at {entry.SentAtUtc:HH:mm:ss} UTC (the {entry.Action.Noun}), and it has not left its state yet";
                }
            }

            Entries[key] = new Entry(seen, action, null, AnswerLost: false);
            return null;
        }
    }

    /// <summary>It was sent. Returns what a wait for it needs to know, which is this one's whatever is sent to the plan after it.</summary>
    public static VroPendingStart? Sent(Uri server, string planId, bool answerLost, TimeProvider time, VroPlanOrder? order = null)
    {
        planId = KeyOf(planId, order);
        lock (Gate)
        {
            var key = Key(server, planId);
            if (!Entries.TryGetValue(key, out var entry))
            {
                return null;
            }

            Entries[key] = entry = entry with { SentAt = time.GetSteadyNow(), SentAtUtc = time.GetUtcNow(), AnswerLost = answerLost };
            return Pending(entry);
        }
    }

    /// <summary>The server certainly did not take it, or the run was seen.</summary>
    /// <param name="server">The server.</param>
    /// <param name="planId">The plan.</param>
    /// <param name="order">What was to be sent.</param>
    /// <param name="sentAt">Which one is meant, where another may have been sent since; null: whichever there is.</param>
    public static void Release(Uri server, string planId, VroPlanOrder? order = null, DateTimeOffset? sentAt = null)
    {
        lock (Gate)
        {
            var key = Key(server, KeyOf(planId, order));
            if (Entries.TryGetValue(key, out var entry) && (sentAt is null || entry.SentAt == sentAt))
            {
                Entries.Remove(key);
            }
        }
    }

    /// <summary>The start that was sent and not seen to begin; null where there is none that could still begin.</summary>
    public static VroPendingStart? Find(Uri server, string planId, TimeProvider time)
    {
        lock (Gate)
        {
            return Entries.TryGetValue(Key(server, planId), out var entry) && entry.SentAt is { } sentAt && time.GetSteadyNow() - sentAt < VroAssumptions.StartGrace
                ? Pending(entry)
                : null;
        }
    }

    private static VroPendingStart? Pending(Entry entry)
        => entry is { SentAt: { } sentAt, Action.StartsRun: true } ? new VroPendingStart(entry.Before, entry.Action, sentAt, entry.SentAtUtc, entry.AnswerLost) : null;

    private static (string Server, string PlanId) Key(Uri server, string planId) => (server.GetLeftPart(UriPartial.Authority), planId);

    private static string KeyOf(string planId, VroPlanOrder? order) => order is { Subject.Length: > 0 } ? planId + "\n" + order.Subject : planId;

    // SentAt is a time of the steady clock, which nobody sets; SentAtUtc is for people.
    private sealed record Entry(VroPlanSnapshot Before, VroPlanAction Action, DateTimeOffset? SentAt, bool AnswerLost)
    {
        public DateTimeOffset SentAtUtc { get; init; }
    }

    private sealed class KeyComparer : IEqualityComparer<(string Server, string PlanId)>
    {
        public bool Equals((string Server, string PlanId) x, (string Server, string PlanId) y)
            => string.Equals(x.Server, y.Server, StringComparison.OrdinalIgnoreCase) && string.Equals(x.PlanId, y.PlanId, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode((string Server, string PlanId) obj)
            => HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(obj.Server), StringComparer.OrdinalIgnoreCase.GetHashCode(obj.PlanId));
    }
}

/// <summary>A start that was sent and not seen to begin.</summary>
/// <param name="Before">The plan before it.</param>
/// <param name="Action">What was asked for.</param>
/// <param name="SentAt">When it was sent, by the steady clock.</param>
/// <param name="SentAtUtc">The same by the clock on the wall.</param>
/// <param name="AnswerLost">True where the server's answer to it was lost.</param>
internal sealed record VroPendingStart(VroPlanSnapshot Before, VroPlanAction Action, DateTimeOffset SentAt, DateTimeOffset SentAtUtc, bool AnswerLost);
