using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Finds out who makes a request: by the session's cookie, or by the header <c>Authorization: Token</c>, which wins where both are there.</summary>
internal sealed class Authenticator(SessionStore sessions, TokenStore tokens)
{
    /// <summary>The cookie that a login gives.</summary>
    public const string SessionCookie = "velocloud.session";

    private const string Scheme = "Token ";

    /// <summary>The caller, or one of the three tokenErrors.</summary>
    public Caller Authenticate(HttpRequest request, long sessionSeconds)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return new Caller(tokens.Find(authorization[Scheme.Length..].Trim()) ?? throw VeloError.InvalidToken(), IsByToken: true);

        if (request.Cookies[SessionCookie] is { Length: > 0 } cookie)
            return new Caller(sessions.Find(cookie, sessionSeconds) ?? throw VeloError.ExpiredSession(), IsByToken: false);

        throw VeloError.NoCredential();
    }
}
