using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Logins and logouts, with the oddities of the real ones: a failure is a redirect whose reason stands in a cookie, and so may a success be.</summary>
internal sealed class Logins(AccountBook accounts, SessionStore sessions, TimeProvider clock)
{
    /// <summary>The cookie that a failure's reason stands in, URL-encoded.</summary>
    public const string MessageCookie = "velocloud.message";

    private const string Attributes = "Path=/; HttpOnly; Secure; SameSite=Strict";
    private const int LongestBody = 64 * 1024;

    public async Task LoginAsync(HttpContext context, bool isOperatorLogin)
    {
        var (username, password) = await ReadAsync(context);
        var response = context.Response;
        response.ContentLength = 0;
        var account = accounts.Find(username, password, isOperatorLogin);
        if (account is { IsUsable: true })
        {
            account.LoggedIn(clock.GetUtcNow());
            response.StatusCode = VeloAssumptions.LoginStatus(isOperatorLogin);
            response.Headers.Append("Set-Cookie", $"{Authenticator.SessionCookie}={sessions.Open(account)}; {Attributes}");
            if (response.StatusCode == StatusCodes.Status302Found)
                response.Headers.Location = "/";

            return;
        }

        var reason = account is not null ? $"The account \"{username}\" is {(account.IsLocked ? "locked" : "not active")}" : string.IsNullOrEmpty(username) || string.IsNullOrEmpty(password) ? "Username and password are required" : $"Invalid username/password for \"{username}\"";
        response.StatusCode = StatusCodes.Status302Found;
        response.Headers.Location = isOperatorLogin ? "/operator" : "/";
        response.Headers.Append("Set-Cookie", $"{Authenticator.SessionCookie}=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
        response.Headers.Append("Set-Cookie", $"{MessageCookie}={Uri.EscapeDataString(reason)}; Path=/");
    }

    /// <summary>Answers 302 whether or not there was a session to end.</summary>
    public void Logout(HttpContext context)
    {
        if (context.Request.Cookies[Authenticator.SessionCookie] is { } cookie)
            sessions.Close(cookie);

        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = "/";
        context.Response.ContentLength = 0;
        context.Response.Headers.Append("Set-Cookie", $"{Authenticator.SessionCookie}=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
    }

    /// <summary>JSON, or the form that a browser sends.</summary>
    private static async Task<(string? Username, string? Password)> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > LongestBody)
            return (null, null);

        if (context.Request.HasFormContentType)
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return (form["username"], form["password"]);
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            return document.RootElement.ValueKind == JsonValueKind.Object ? (Text(document.RootElement, "username"), Text(document.RootElement, "password")) : (null, null);
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }

    private static string? Text(JsonElement json, string name)
        => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
