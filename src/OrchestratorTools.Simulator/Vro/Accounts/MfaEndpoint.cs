using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OrchestratorTools.Simulator.Vro.Wire;

namespace OrchestratorTools.Simulator.Vro.Accounts;

/// <summary><c>POST /Mfa/GenerateMfaCode</c>, new in v7.21: the key of an account's one-time codes, given out once.</summary>
internal sealed class MfaEndpoint(SessionStore sessions)
{
    /// <summary>The operations.</summary>
    public IEnumerable<Route> Routes => [Route.Api("POST", "Mfa/GenerateMfaCode", rights: null, Generate, absentIn: ["v7.1", "v7.2"])];

    private Answer Generate(Call call)
    {
        // mfaToken may be null (the reference says so): then the bearer token tells the account (INF).
        var account = call.Json(required: true).Text("mfaToken") is { } token
            ? sessions.FindMfa(token, call.Now)
            : call.Bearer is { } bearer ? sessions.FindAccess(bearer, call.Now)?.Account : null;
        if (account is null)
            throw Refusal.Unauthorized();
        if (account is { IsClient: true } or { MfaKey: not null })
            throw new Refusal(StatusCodes.Status401Unauthorized, "The MFA code was already generated.");
        account.MfaKey = Totp.NewKey();
        return Answer.Json(new JsonObject
        {
            ["mfaKey"] = account.MfaKey,
            ["mfaQrCodeUrl"] = $"otpauth://totp/{Uri.EscapeDataString(account.Name)}?secret={account.MfaKey}&issuer=Machine Name",
        });
    }
}
