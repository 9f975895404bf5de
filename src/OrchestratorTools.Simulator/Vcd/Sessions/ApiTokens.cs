using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The exchange of API tokens for access tokens (facts/vcd.md, "Login matrix": from 36.1 on).</summary>
internal static class ApiTokens
{
    private static readonly ApiVersion First = new("36.1");

    /// <summary>POST /oauth/tenant/{org}/token, or /oauth/provider/token where <paramref name="orgName"/> is null.</summary>
    public static async Task HandleAsync(VcdCall call, string? orgName)
    {
        if (call.Settings.Newest < First) throw VcdException.NotFound();
        if (!HttpMethods.IsPost(call.Request.Method)) throw VcdException.MethodNotAllowed(HttpMethods.Post);
        if (!call.Request.HasFormContentType)
        {
            await RefuseAsync(call, "invalid_request", "The request must be a form.");
            return;
        }

        var form = await call.Request.ReadFormAsync(call.Http.RequestAborted);
        if (!string.Equals(form["grant_type"], "refresh_token", StringComparison.Ordinal))
        {
            await RefuseAsync(call, "unsupported_grant_type", "The grant type must be refresh_token.");
            return;
        }

        string? token = form["refresh_token"];
        Account? account;
        lock (call.World.Gate) account = call.World.Inventory.Accounts.Find(a => a.ApiToken is not null && string.Equals(a.ApiToken, token, StringComparison.Ordinal));
        if (account is null || !(orgName is null ? account.Org.IsSystem : !account.Org.IsSystem && string.Equals(account.Org.Name, orgName, StringComparison.OrdinalIgnoreCase)))
        {
            await RefuseAsync(call, "invalid_grant", "Invalid refresh token");
            return;
        }

        var session = call.World.Sessions.Open(account, legacyToken: false, accessToken: true, TimeSpan.FromSeconds(Assumptions.ApiTokenExpiresInSeconds));
        await WriteAsync(call, StatusCodes.Status200OK, new JsonObject
        {
            ["access_token"] = session.AccessToken,
            ["token_type"] = "Bearer",
            ["expires_in"] = Assumptions.ApiTokenExpiresInSeconds,
            ["refresh_token"] = null,
        });
    }

    private static Task RefuseAsync(VcdCall call, string error, string description)
        => WriteAsync(call, StatusCodes.Status400BadRequest, new JsonObject { ["error"] = error, ["error_description"] = description });

    private static Task WriteAsync(VcdCall call, int status, JsonObject json)
    {
        call.Http.Response.StatusCode = status;
        call.Http.Response.ContentType = "application/json";
        call.Http.Response.Headers.CacheControl = "no-store";
        return call.Http.Response.WriteAsync(json.ToJsonString(), call.Http.RequestAborted);
    }
}
