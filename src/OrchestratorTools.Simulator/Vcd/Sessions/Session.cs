using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>A login that is open.</summary>
internal sealed class Session(Account account, DateTimeOffset opened)
{
    private long _lastUsed = opened.UtcTicks;

    public Guid Id { get; } = Guid.NewGuid();

    public Account Account { get; } = account;

    public DateTimeOffset Opened { get; } = opened;

    /// <summary>The token of <c>x-vcloud-authorization</c>; null where the login's version has none.</summary>
    public string? LegacyToken { get; init; }

    /// <summary>The bearer token; null where the login's version has none.</summary>
    public string? AccessToken { get; init; }

    /// <summary>How long it may last even if it is used.</summary>
    public TimeSpan AbsoluteTimeout { get; init; } = Assumptions.AbsoluteSessionTimeout;

    public string Urn => $"urn:vcloud:session:{Id}";

    public DateTimeOffset LastUsed
    {
        get => new(Interlocked.Read(ref _lastUsed), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _lastUsed, value.UtcTicks);
    }
}

/// <summary>The open sessions, by their tokens.</summary>
internal sealed class SessionStore(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Session> _byToken = new(StringComparer.Ordinal);

    public Session Open(Account account, bool legacyToken, bool accessToken, TimeSpan? absoluteTimeout = null)
    {
        var now = clock.GetUtcNow();
        var session = new Session(account, now)
        {
            LegacyToken = legacyToken ? RandomNumberGenerator.GetHexString(32, lowercase: true) : null,
            AccessToken = accessToken ? MakeAccessToken(account, now) : null,
            AbsoluteTimeout = absoluteTimeout ?? Assumptions.AbsoluteSessionTimeout,
        };
        if (session.LegacyToken is not null) _byToken[session.LegacyToken] = session;
        if (session.AccessToken is not null) _byToken[session.AccessToken] = session;
        return session;
    }

    /// <summary>The session of a token, used just now; null where the token is unknown or its session ran out.</summary>
    public Session? Use(string token, TimeSpan idleTimeout)
    {
        if (!_byToken.TryGetValue(token, out var session)) return null;
        var now = clock.GetUtcNow();
        if (now - session.LastUsed > idleTimeout || now - session.Opened > session.AbsoluteTimeout)
        {
            Close(session);
            return null;
        }

        session.LastUsed = now;
        return session;
    }

    public void Close(Session session)
    {
        if (session.LegacyToken is not null) _byToken.TryRemove(session.LegacyToken, out _);
        if (session.AccessToken is not null) _byToken.TryRemove(session.AccessToken, out _);
    }

    public void CloseAll() => _byToken.Clear();

    /// <summary>A bearer token has the shape of a JSON web token; nothing but the server's memory makes it valid.</summary>
    private static string MakeAccessToken(Account account, DateTimeOffset now)
    {
        var header = new JsonObject { ["alg"] = "RS256" };
        var claims = new JsonObject
        {
            ["sub"] = account.Name,
            ["iss"] = $"{account.Org.Id}@{account.Org.Name}",
            ["exp"] = (now + Assumptions.AbsoluteSessionTimeout).ToUnixTimeSeconds(),
            ["jti"] = RandomNumberGenerator.GetHexString(32, lowercase: true),
        };
        return $"{Encode(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}.{Encode(RandomNumberGenerator.GetBytes(256))}";

        static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }
}
