using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The WAN links of an edge: invented from its own source, with what has been changed since.</summary>
internal static class EdgeLinks
{
    private static readonly string[] Providers = ["Deutsche Telekom AG", "Orange S.A.", "Comcast Cable", "NTT \"OCN\"", "Telia Company AB"];

    /// <summary>The links that were active in the last day, or all that the edge ever had.</summary>
    public static IReadOnlyList<JsonObject> Of(Edge edge, bool onlyRecent)
    {
        if (edge.State is "NEVER_ACTIVATED")
            return [];

        var random = edge.Random;
        List<JsonObject> links = [Link(edge, 1, random, isOld: false), Link(edge, 2, random, isOld: false)];
        if (!onlyRecent && edge.Id % 3 == 0)
            links.Add(Link(edge, 3, random, isOld: true));

        foreach (var link in links)
        {
            foreach (var (name, value) in edge.LinkChanges(link["id"]!.GetValue<long>()))
            {
                link[name] = JsonNode.Parse(value.GetRawText());
            }
        }

        return links;
    }

    /// <summary>How many links there are, without making them.</summary>
    public static int Count(Edge edge) => edge.State is "NEVER_ACTIVATED" ? 0 : 2;

    /// <summary>The id of an edge's link, by its number from 1.</summary>
    public static long IdOf(Edge edge, int number) => (edge.Id * 10L) + number;

    private static JsonObject Link(Edge edge, int number, Random random, bool isOld)
    {
        var provider = Providers[random.Next(Providers.Length)];
        var isUp = edge.State is "CONNECTED" || (edge.State is "DEGRADED" && number == 1);
        return new JsonObject
        {
            ["id"] = IdOf(edge, number),
            ["created"] = "2023-11-30T14:41:00.000Z",
            ["edgeId"] = edge.Id,

            // The links of one device share it: the id is what tells them apart.
            ["logicalId"] = $"e8:65:5f:ed:e1:{edge.Id % 256:x2}0000",
            ["internalId"] = $"00000001-{Invented.LogicalId("link", IdOf(edge, number))}",
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
}
