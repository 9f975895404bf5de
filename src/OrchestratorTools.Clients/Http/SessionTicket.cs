namespace OrchestratorTools.Clients.Http;

/// <summary>What a session is at the moment: the value that goes into the header, and when it runs out.</summary>
/// <param name="Value">A token or a cookie value. Secret.</param>
/// <param name="ObtainedAt">When the server gave it.</param>
/// <param name="ExpiresAt">When it runs out, where the server says so.</param>
public sealed record SessionTicket(string Value, DateTimeOffset ObtainedAt, DateTimeOffset? ExpiresAt)
{
    /// <summary>Never the value.</summary>
    public override string ToString() => $"SessionTicket (expires {ExpiresAt?.ToString("O") ?? "when the server says"})";

    /// <summary>True when a fifth of its life or a minute is left, whichever is less: time to renew.</summary>
    internal bool IsAboutToExpire(DateTimeOffset now)
    {
        if (ExpiresAt is not { } end)
        {
            return false;
        }

        var margin = TimeSpan.FromTicks(Math.Min((end - ObtainedAt).Ticks / 5, TimeSpan.TicksPerMinute));
        return now >= end - margin;
    }
}
