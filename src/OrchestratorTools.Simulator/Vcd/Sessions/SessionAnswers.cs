using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The session as XML (with the links to begin at) and as JSON.</summary>
internal static class SessionAnswers
{
    private static readonly ApiVersion FirstWithUserId = new("5.5");
    private static readonly ApiVersion FirstWithRoles = new("5.7");
    private static readonly ApiVersion FirstWithRoleReferences = new("35.0");

    public static XElement Xml(VcdCall call)
    {
        var hrefs = call.Hrefs;
        var version = call.Version!;
        var account = call.Session.Account;
        return Vcd.Xml.Root(
            hrefs,
            "Session",
            version >= FirstWithRoles ? new XAttribute("roles", account.RoleName) : null,
            version >= FirstWithUserId ? new XAttribute("userId", EntityKind.User.UrnOf(account.Id)) : null,
            new XAttribute("user", account.Name),
            new XAttribute("org", account.Org.Name),
            new XAttribute("type", MediaTypes.Session),
            new XAttribute("href", hrefs.Api("session/")),
            Vcd.Xml.Link("down", MediaTypes.OrgList, hrefs.Api("org/")),
            Logins.HasLegacyLogout(version) ? Vcd.Xml.Link("remove", type: null, hrefs.Api("session/")) : null,
            account.Role == VcdRole.VAppUser ? null : Vcd.Xml.Link("down", MediaTypes.VCloud, hrefs.Api("admin/")),
            Vcd.Xml.Link("down", MediaTypes.Org, hrefs.Of(account.Org), account.Org.Name),
            Vcd.Xml.Link("down", MediaTypes.QueryList, hrefs.Api("query")),
            Vcd.Xml.Link("entityResolver", MediaTypes.Entity, hrefs.Api("entity/")));
    }

    public static JsonObject Json(VcdCall call)
    {
        var session = call.Session;
        var account = session.Account;
        var json = new JsonObject
        {
            ["id"] = session.Urn,
            ["site"] = new JsonObject { ["name"] = "Simulated site", ["id"] = $"urn:vcloud:site:{call.World.Inventory.FindOrg(Organization.SystemName)!.Id}" },
            ["user"] = new JsonObject { ["name"] = account.Name, ["id"] = EntityKind.User.UrnOf(account.Id) },
            ["org"] = new JsonObject { ["name"] = account.Org.Name, ["id"] = EntityKind.Org.UrnOf(account.Org.Id) },
            ["operatingOrg"] = new JsonObject { ["name"] = account.Org.Name, ["id"] = EntityKind.Org.UrnOf(account.Org.Id) },
            ["location"] = $"{account.Org.Id}@{call.Request.Host}",
            ["roles"] = new JsonArray(account.RoleName),
        };
        if (call.Version! >= FirstWithRoleReferences)
        {
            json["roleRefs"] = new JsonArray(new JsonObject { ["name"] = account.RoleName, ["id"] = $"urn:vcloud:role:{account.Id}" });
            json["sessionIdleTimeoutMinutes"] = (int)Math.Ceiling(call.Settings.SessionTimeout.TotalMinutes);
        }

        return json;
    }
}
