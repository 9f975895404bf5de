using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Finds the session of a request (facts/vcd.md, "Login matrix" and "401/403").</summary>
internal static class Authentication
{
    public const string LegacyHeader = "x-vcloud-authorization";
    public const string Cookie = "vcloud-token";
    private const string Bearer = "Bearer ";

    /// <exception cref="VcdException">403 without a credential, 401 with one that is not valid.</exception>
    public static Session Authenticate(VcdCall call)
    {
        var request = call.Request;
        string? authorization = request.Headers.Authorization;
        string? legacy = request.Headers[LegacyHeader];
        if (legacy is not { Length: > 0 }) legacy = request.Cookies[Cookie];

        // A credential of the wrong kind for its token (a legacy token as bearer, Basic outside of the login) is one that is not valid.
        if (authorization is { Length: > 0 })
        {
            var bearer = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? Use(authorization[Bearer.Length..].Trim()) : null;
            if (bearer?.AccessToken is not null && authorization.EndsWith(bearer.AccessToken, StringComparison.Ordinal)) return bearer;
            if (legacy is not { Length: > 0 }) throw VcdException.Unauthorized();
        }

        if (legacy is not { Length: > 0 }) throw VcdException.Forbidden();
        return Use(legacy) is { } session && string.Equals(session.LegacyToken, legacy, StringComparison.Ordinal) ? session : throw VcdException.Unauthorized();

        Session? Use(string token) => call.World.Sessions.Use(token, call.Settings.SessionTimeout);
    }
}
