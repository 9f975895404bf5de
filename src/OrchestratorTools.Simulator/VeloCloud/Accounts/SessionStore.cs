using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The sessions of password logins. Safe for many threads.</summary>
internal sealed class SessionStore(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, (Account Account, DateTimeOffset Since)> _sessions = new(StringComparer.Ordinal);

    /// <summary>Opens a session and returns the value of its cookie.</summary>
    public string Open(Account account)
    {
        var cookie = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)).ToLowerInvariant();
        _sessions[cookie] = (account, clock.GetUtcNow());
        return cookie;
    }

    /// <summary>Who a cookie belongs to; null where the server does not know it, or no longer.</summary>
    public Account? Find(string cookie, long lifeSeconds)
    {
        if (!_sessions.TryGetValue(cookie, out var session))
            return null;

        if (session.Account.IsUsable && clock.GetUtcNow() - session.Since < TimeSpan.FromSeconds(lifeSeconds))
            return session.Account;

        _sessions.TryRemove(cookie, out _);
        return null;
    }

    public void Close(string cookie) => _sessions.TryRemove(cookie, out _);

    public void CloseAll() => _sessions.Clear();
}
