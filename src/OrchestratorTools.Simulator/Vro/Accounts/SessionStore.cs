namespace OrchestratorTools.Simulator.Vro.Accounts;

/// <summary>One login and all that was renewed from it.</summary>
internal sealed record Session(Account Account)
{
    /// <summary>Whether it was logged out, or driven out by another login.</summary>
    public bool IsEnded { get; set; }
}

/// <summary>The tokens that the server has given out.</summary>
internal sealed class SessionStore(VroSettings settings)
{
    // Old entries are swept when so many have gathered, so that a long run of logins does not hold them for ever.
    private const int SweepAt = 1000;

    private readonly Dictionary<string, (Session Session, DateTimeOffset Expires)> _access = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Session Session, DateTimeOffset Expires)> _refresh = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Session Session, DateTimeOffset Expires)> _mfa = new(StringComparer.Ordinal);

    /// <summary>Begins a session. An exclusive account's earlier ones end.</summary>
    public Session Begin(Account account)
    {
        if (account.IsExclusive)
            End(account);
        return new Session(account);
    }

    /// <summary>A new pair of tokens for a session. The access token that it had stays good until it runs out.</summary>
    public (string Access, string Refresh) Issue(Session session, DateTimeOffset now)
    {
        Sweep(now);
        var (access, refresh) = (Secrets.Base64Url(240), Secrets.Base64(32));
        _access.Add(access, (session, now.AddSeconds(settings.AccessTokenSeconds)));
        _refresh.Add(refresh, (session, now.AddSeconds(settings.RefreshTokenSeconds)));
        return (access, refresh);
    }

    /// <summary>A token that a password alone earns where a one-time code is asked for as well.</summary>
    public string IssueMfa(Account account, DateTimeOffset now)
    {
        Sweep(now);
        var token = $"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.{Secrets.Base64Url(60)}.{Secrets.Base64Url(32)}";
        _mfa.Add(token, (new Session(account), now.AddSeconds(VroChoices.MfaTokenSeconds)));
        return token;
    }

    /// <summary>The session of an access token; null where it is unknown, ran out, or its session ended.</summary>
    public Session? FindAccess(string token, DateTimeOffset now) => Find(_access, token, now);

    /// <summary>The account of an MFA token, or null.</summary>
    public Account? FindMfa(string token, DateTimeOffset now) => Find(_mfa, token, now)?.Account;

    /// <summary>
    /// The session of a refresh token, which is used up by it (facts/vro.md, B, Rotation); null where it is unknown, ran out, was used, or its session ended.
    /// </summary>
    public Session? TakeRefresh(string token, DateTimeOffset now)
    {
        var session = Find(_refresh, token, now);
        _refresh.Remove(token);
        return session;
    }

    /// <summary>Forgets an MFA token that was used.</summary>
    public void ForgetMfa(string token) => _mfa.Remove(token);

    /// <summary>Ends every session of an account.</summary>
    public void End(Account account)
    {
        foreach (var (session, _) in _access.Values.Concat(_refresh.Values))
        {
            if (session.Account == account)
                session.IsEnded = true;
        }
    }

    /// <summary>Forgets all access tokens and MFA tokens, and if asked to the refresh tokens.</summary>
    public void Expire(bool alsoRefreshTokens)
    {
        _access.Clear();
        _mfa.Clear();
        if (alsoRefreshTokens)
            _refresh.Clear();
    }

    private static Session? Find(Dictionary<string, (Session Session, DateTimeOffset Expires)> tokens, string token, DateTimeOffset now)
        => tokens.TryGetValue(token, out var entry) && entry.Expires > now && !entry.Session.IsEnded ? entry.Session : null;

    private void Sweep(DateTimeOffset now)
    {
        foreach (var tokens in new[] { _access, _refresh, _mfa })
        {
            if (tokens.Count < SweepAt)
                continue;
            foreach (var (token, entry) in tokens.ToArray())
            {
                if (entry.Expires <= now || entry.Session.IsEnded)
                    tokens.Remove(token);
            }
        }
    }
}
