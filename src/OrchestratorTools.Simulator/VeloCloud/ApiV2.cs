using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// APIv2, <c>/api/sdwan/v2/</c>: the credentials are those of the portal API, errors have HTTP statuses and a body of their own. No resource is there yet.
/// </summary>
internal sealed class ApiV2(Authenticator authenticator, RateLimiter limiter)
{
    public const string Prefix = "/api/sdwan/v2/";

    /// <summary>Where release 4.x had it; later ones redirect.</summary>
    public const string OldPrefix = "/sdwan/";

    public async Task HandleAsync(HttpContext context, VeloSettings settings)
    {
        try
        {
            var caller = authenticator.Authenticate(context.Request, settings.SessionSeconds);
            using var admission = limiter.Enter(caller.Account, settings);
            await WriteErrorAsync(context, StatusCodes.Status404NotFound, "NOT_FOUND", "There is no such resource");
        }
        catch (VeloError e)
        {
            var status = e.IsTokenError ? StatusCodes.Status401Unauthorized : e.Status;
            await WriteErrorAsync(context, status, e.IsTokenError ? "UNAUTHORIZED" : "ERROR", e.Message);
        }
    }

    private static async Task WriteErrorAsync(HttpContext context, int status, string code, string message)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["code"] = code, ["message"] = message, ["developerMessage"] = null, ["errors"] = new JsonArray() });
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
