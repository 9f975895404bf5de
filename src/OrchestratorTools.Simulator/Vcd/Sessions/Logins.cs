using System.Text;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The logins with user and password, and the logouts (facts/vcd.md, "Login matrix").</summary>
internal static class Logins
{
    private static readonly ApiVersion FirstWithBearer = new("30.0");
    private static readonly ApiVersion FirstBearerOnly = new("33.0");
    private static readonly ApiVersion LastWithLegacyLogin = new("37.2");
    private static readonly ApiVersion FirstCloudLogin = new("33.0");
    private static readonly ApiVersion FirstCurrentSession = new("34.0");

    /// <summary>POST /api/sessions.</summary>
    public static VcdAnswer Legacy(VcdCall call)
    {
        if (call.Version! > LastWithLegacyLogin) throw VcdException.AbsentOperation();
        if (!call.Settings.LegacyLogin) throw new VcdException(Assumptions.ClosedLoginStatus, minorCode: null, "");
        var account = FindAccount(call);
        var session = call.World.Sessions.Open(account, legacyToken: call.Version! < FirstBearerOnly, accessToken: call.Version! >= FirstWithBearer);
        SendTokens(call, session);
        call.Session = session;
        return VcdAnswer.Ok(SessionAnswers.Xml(call), MediaTypes.Session);
    }

    /// <summary>POST /cloudapi/1.0.0/sessions, or …/sessions/provider for System. Each refuses the other's users.</summary>
    public static VcdAnswer Cloud(VcdCall call, bool provider)
    {
        if (call.Version! < FirstCloudLogin) throw VcdException.AbsentOperation();
        var account = FindAccount(call);
        if (account.Org.IsSystem != provider) throw VcdException.Unauthorized();
        var session = call.World.Sessions.Open(account, legacyToken: false, accessToken: true);
        SendTokens(call, session);
        call.Session = session;
        return VcdAnswer.Ok(SessionAnswers.Json(call));
    }

    /// <summary>DELETE /api/session.</summary>
    public static VcdAnswer LegacyLogout(VcdCall call)
    {
        if (call.Version! > LastWithLegacyLogin) throw VcdException.AbsentOperation();
        call.World.Sessions.Close(call.Session);
        return VcdAnswer.NoContent;
    }

    /// <summary>DELETE /cloudapi/1.0.0/sessions/{id}: one's own session, by its URN, its id or the word current.</summary>
    public static VcdAnswer CloudLogout(VcdCall call, string id)
    {
        RequireOwn(call, id);
        call.World.Sessions.Close(call.Session);
        return VcdAnswer.NoContent;
    }

    /// <summary>GET /cloudapi/1.0.0/sessions/{id} and …/current.</summary>
    public static VcdAnswer CloudSession(VcdCall call, string id)
    {
        RequireOwn(call, id);
        return VcdAnswer.Ok(SessionAnswers.Json(call));
    }

    /// <summary>Whether the session's XML has the link to leave by: DELETE /session went with 37.2, GET /session stayed.</summary>
    public static bool HasLegacyLogout(ApiVersion version) => version <= LastWithLegacyLogin;

    private static void RequireOwn(VcdCall call, string id)
    {
        var session = call.Session;
        if (call.Version! < (id is "current" ? FirstCurrentSession : FirstCloudLogin)) throw VcdException.AbsentOperation();
        if (id is not "current" && !id.Equals(session.Urn, StringComparison.OrdinalIgnoreCase) && !id.Equals($"{session.Id}", StringComparison.OrdinalIgnoreCase))
        {
            throw VcdException.Forbidden($"No access to entity \"{id}\".");
        }
    }

    private static void SendTokens(VcdCall call, Session session)
    {
        var headers = call.Http.Response.Headers;
        if (session.LegacyToken is not null)
        {
            headers[Authentication.LegacyHeader] = session.LegacyToken;
            if (call.Version! < Assumptions.FirstWithoutCookie) headers.SetCookie = $"{Authentication.Cookie}={session.LegacyToken}; Secure; Path=/";
        }

        if (session.AccessToken is null) return;
        headers["X-VMWARE-VCLOUD-ACCESS-TOKEN"] = session.AccessToken;
        headers["X-VMWARE-VCLOUD-TOKEN-TYPE"] = "Bearer";
    }

    /// <summary>The account of <c>Basic user@org:password</c>. The user's name may have an at sign in it, the password a colon.</summary>
    private static Account FindAccount(VcdCall call)
    {
        const string Basic = "Basic ";
        string? header = call.Request.Headers.Authorization;
        if (header is null || !header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase)) throw VcdException.Unauthorized();
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[Basic.Length..].Trim(), bytes, out var length)) throw VcdException.Unauthorized();
        var credential = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = credential.IndexOf(':', StringComparison.Ordinal);
        var at = colon < 0 ? -1 : credential.LastIndexOf('@', colon);
        if (at < 0) throw VcdException.Unauthorized();
        return call.World.Inventory.Accounts.Find(a => a.CanLogIn && string.Equals(a.Name, credential[..at], StringComparison.OrdinalIgnoreCase)
                && string.Equals(a.Org.Name, credential[(at + 1)..colon], StringComparison.OrdinalIgnoreCase)
                && string.Equals(a.Password, credential[(colon + 1)..], StringComparison.Ordinal))
            ?? throw VcdException.Unauthorized();
    }
}
