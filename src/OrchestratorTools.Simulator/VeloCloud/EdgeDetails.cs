using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What an edge has only when <c>with</c> asks for it.</summary>
internal static class EdgeDetails
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Providers = ["Deutsche Telekom AG", "Orange S.A.", "Comcast Cable", "NTT \"OCN\"", "Telia Company AB"];

    private static readonly string[] Cities = ["Köln", "Tokyo", "Palo Alto", "Łódź", "O'Fallon"];

    /// <summary>The edge with what the call wants of it. Without wishes these are the edge's own bytes.</summary>
    public static ReadOnlyMemory<byte> Render(Edge edge, Call call)
    {
        if (IsPlain(call))
            return edge.Utf8;

        var with = call.Texts("with");
        var fields = call.Texts("fieldsNeeded");
        var json = JsonNode.Parse(edge.Utf8.Span)!.AsObject();
        foreach (var what in with)
        {
            Add(json, edge, what);
        }

        if (fields.Count > 0)
        {
            var wanted = fields.Concat(with).Append("id").Append("logicalId").ToHashSet(StringComparer.Ordinal);
            foreach (var name in json.Select(m => m.Key).Where(k => !wanted.Contains(k)).ToList())
            {
                json.Remove(name);
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(json, Plain);
    }

    /// <summary>Whether the call wants edges as they are.</summary>
    public static bool IsPlain(Call call) => !call.Has("with") && !call.Has("fieldsNeeded");

    /// <summary>The links that were active in the last day, or all that the edge ever had.</summary>
    public static IReadOnlyList<JsonObject> Links(Edge edge, bool onlyRecent)
    {
        if (edge.State is "NEVER_ACTIVATED")
            return [];

        var random = edge.Random;
        List<JsonObject> links = [Link(edge, 1, random, isOld: false), Link(edge, 2, random, isOld: false)];
        if (!onlyRecent && edge.Id % 3 == 0)
            links.Add(Link(edge, 3, random, isOld: true));

        return links;
    }

    private static void Add(JsonObject json, Edge edge, string what)
    {
        switch (what)
        {
            case "site":
                json["site"] ??= Site(edge);
                break;

            case "links" or "recentLinks":
                json[what] = new JsonArray([.. Links(edge, what is "recentLinks")]);
                break;

            case "configuration" or "configurationWithModules":
                json["configuration"] ??= Configuration(edge, what is "configurationWithModules");
                break;

            case "licenses":
                json["licenses"] = new JsonArray(License(edge));
                break;

            case "enterprise":
                json["enterprise"] = JsonNode.Parse(edge.Enterprise.Utf8.Span);
                break;

            case "selfHealing":
                json["selfHealing"] = new JsonObject { ["edgeEnabled"] = false };
                break;

            case "vnfs":
                json["vnfs"] = null;
                break;

            default:
                json[what] = new JsonArray();
                break;
        }
    }

    private static JsonObject Site(Edge edge)
    {
        // Half of the sites were never given a place: they have the portal's own.
        var isSet = edge.Id % 2 == 1;
        return new JsonObject
        {
            ["id"] = edge.Id + 500_000,
            ["created"] = VeloTime.Text(edge.Enterprise.Created),
            ["name"] = null,
            ["logicalId"] = Invented.LogicalId("site", edge.Id),
            ["contactName"] = isSet ? "Zoë \"Zed\" O'Brien" : null,
            ["contactPhone"] = "",
            ["contactMobile"] = null,
            ["contactEmail"] = isSet ? $"site{edge.Id}@{edge.Enterprise.Domain}.example" : "",
            ["streetAddress"] = isSet ? "Hauptstraße 1" : null,
            ["streetAddress2"] = "",
            ["city"] = isSet ? Cities[edge.Id % Cities.Length] : null,
            ["state"] = null,
            ["postalCode"] = isSet ? "01234" : null,
            ["country"] = isSet ? "DE" : null,
            ["lat"] = isSet ? 50.9375 : 37.402866,
            ["lon"] = isSet ? 6.9603 : -122.117332,
            ["timezone"] = "America/Los_Angeles",
            ["locale"] = "en-US",
            ["shippingSameAsLocation"] = 1,
            ["shippingContactName"] = null,
            ["shippingAddress"] = null,
            ["shippingAddress2"] = null,
            ["shippingCity"] = null,
            ["shippingState"] = null,
            ["shippingCountry"] = null,
            ["shippingPostalCode"] = null,
            ["modified"] = VeloTime.Never,
        };
    }

    private static JsonObject Link(Edge edge, int number, Random random, bool isOld)
    {
        var provider = Providers[random.Next(Providers.Length)];
        var isUp = edge.State is "CONNECTED" || (edge.State is "DEGRADED" && number == 1);
        return new JsonObject
        {
            ["id"] = (edge.Id * 10L) + number,
            ["created"] = "2023-11-30T14:41:00.000Z",
            ["edgeId"] = edge.Id,

            // The links of one device share it: the id is what tells them apart.
            ["logicalId"] = $"e8:65:5f:ed:e1:{edge.Id % 256:x2}0000",
            ["internalId"] = $"00000001-{Invented.LogicalId("link", (edge.Id * 10L) + number)}",
            ["interface"] = $"GE{number + 2}",
            ["macAddress"] = isOld ? null : Invented.Mac(random),
            ["ipAddress"] = isOld ? "" : $"198.51.{random.Next(256)}.{random.Next(1, 255)}",
            ["ipV6Address"] = null,
            ["netmask"] = null,
            ["networkSide"] = "WAN",
            ["networkType"] = "ETHERNET",
            ["displayName"] = provider,
            ["userOverride"] = 0,
            ["isp"] = provider,
            ["org"] = null,
            ["lat"] = 37.402866,
            ["lon"] = -122.117332,
            ["lastActive"] = isOld ? VeloTime.Never : VeloTime.Text(edge.Contact),

            // Older releases wrote the state as a number, and what has not changed since is still one.
            ["state"] = isOld ? 0 : isUp ? "STABLE" : "DISCONNECTED",
            ["backupState"] = number == 2 && edge.Id % 5 == 0 ? "STANDBY" : "UNCONFIGURED",
            ["linkMode"] = "ACTIVE",
            ["vpnState"] = isUp ? "STABLE" : "DEAD",
            ["lastEvent"] = VeloTime.Never,
            ["lastEventState"] = 0,
            ["alertsEnabled"] = 1,
            ["operatorAlertsEnabled"] = 1,
            ["serviceState"] = "IN_SERVICE",
            ["modified"] = VeloTime.Text(edge.Contact),
            ["serviceGroups"] = new JsonArray("ALL", "PUBLIC_WIRED"),
        };
    }

    private static JsonObject Configuration(Edge edge, bool withModules)
    {
        var profile = edge.Enterprise.Profiles[edge.ProfileNumber];
        var enterprise = JsonNode.Parse(profile.Utf8.Span)!.AsObject();
        if (withModules)
            enterprise["modules"] = new JsonArray();

        return new JsonObject
        {
            ["enterprise"] = enterprise,
            ["operator"] = new JsonObject { ["id"] = 12, ["name"] = "Operator Profile 5.2", ["logicalId"] = Invented.LogicalId("configuration", 12) },
        };
    }

    private static JsonObject License(Edge edge)
        => new()
        {
            ["id"] = 300 + (edge.Id % 3),
            ["sku"] = "NB-VC100M-SO-HO-HG-L34S312P-C",
            ["termMonths"] = 12,
            ["start"] = VeloTime.Text(edge.Enterprise.Created),
            ["end"] = VeloTime.Never,
            ["active"] = 1,
        };
}
