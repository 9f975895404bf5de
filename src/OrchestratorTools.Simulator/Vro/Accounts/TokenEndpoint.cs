using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using OrchestratorTools.Simulator.Vro.Wire;

namespace OrchestratorTools.Simulator.Vro.Accounts;

/// <summary>
/// <c>/api/token</c>, and <c>/token</c> beside it: logins, renewals, logout (facts/vro.md, B). What is wrong about a request is answered as OWIN's OAuth server
/// does it (INF).
/// </summary>
internal sealed class TokenEndpoint(AccountStore accounts, SessionStore sessions, VroSettings settings)
{
    /// <summary>The operations.</summary>
    public IEnumerable<Route> Routes =>
    [
        Route.Root("POST", "api/token", rights: null, Post),
        Route.Root("POST", "token", rights: null, Post),
        Route.Root("DELETE", "api/token", Rights.None, Delete),
        Route.Root("DELETE", "token", Rights.None, Delete),
    ];

    private Answer Post(Call call)
    {
        if (!call.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            return Error("invalid_request", "The request must be a form.");
        Dictionary<string, StringValues> form;
        try
        {
            form = new FormReader(call.Body).ReadForm();
        }
        catch (InvalidDataException)
        {
            return Error("invalid_request", "The form cannot be read.");
        }

        return Field("grant_type") switch
        {
            "password" => Password(Field("username"), Field("password"), call.Now),
            "refresh_token" => sessions.TakeRefresh(Field("refresh_token"), call.Now) is { } session
                ? Pair(session, call.Now)
                : Error("invalid_grant", "The refresh token is invalid or has expired."),
            "client_credentials" => accounts.FindClient(Field("client_id"), Field("client_secret")) is { } client
                ? Pair(sessions.Begin(client), call.Now)
                : Error("invalid_client", "The client ID or the client secret is incorrect."),
            "mfa" => Mfa(Field("mfa_token"), Field("mfa_passcode"), call.Now),
            "" => Error("invalid_request", "The grant_type is missing."),
            _ => Error("unsupported_grant_type", "The grant_type is not supported."),
        };

        string Field(string name) => form.TryGetValue(name, out var value) ? value.ToString() : string.Empty;
    }

    private static Answer Error(string error, string description)
        => NoCache(Answer.Json(
            new JsonObject { ["error"] = error, ["error_description"] = description },
            StatusCodes.Status400BadRequest,
            contentType: "application/json;charset=UTF-8"));

    private static Answer NoCache(Answer answer) => answer.With("Cache-Control", "no-cache").With("Pragma", "no-cache").With("Expires", "-1");

    private Answer Password(string user, string password, DateTimeOffset now)
    {
        if (accounts.FindUser(user, password) is not { } account)
            return Error("invalid_grant", "The user name or password is incorrect.");
        if (!account.NeedsMfa)
            return Pair(sessions.Begin(account), now);
        return NoCache(Answer.Json(new JsonObject
        {
            [VroChoices.MfaTokenKey] = sessions.IssueMfa(account, now),
            [VroChoices.MfaTokenExpiresKey] = VroChoices.MfaTokenSeconds,
        }));
    }

    private Answer Mfa(string token, string code, DateTimeOffset now)
    {
        if (sessions.FindMfa(token, now) is not { } account)
            return Error("invalid_grant", "The MFA token is invalid or has expired.");

        // The code comes from a device that knows nothing of the simulated clock, or from a test that does.
        if (account.MfaKey is not { } key || !(Totp.IsValid(key, code, now) || Totp.IsValid(key, code, DateTimeOffset.UtcNow)))
            return Error("invalid_grant", "The MFA passcode is incorrect.");
        sessions.ForgetMfa(token);
        return Pair(sessions.Begin(account), now);
    }

    private Answer Pair(Session session, DateTimeOffset now)
    {
        var (access, refresh) = sessions.Issue(session, now);
        return NoCache(Answer.Json(
            new JsonObject { ["access_token"] = access, ["token_type"] = "bearer", ["expires_in"] = settings.AccessTokenSeconds, ["refresh_token"] = refresh },
            contentType: "application/json;charset=UTF-8"));
    }

    private Answer Delete(Call call)
    {
        var session = sessions.FindAccess(call.Bearer!, call.Now);
        session!.IsEnded = true;
        return Answer.Empty(StatusCodes.Status204NoContent);
    }
}
