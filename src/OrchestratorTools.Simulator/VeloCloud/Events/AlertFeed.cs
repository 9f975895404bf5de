using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>One alert that was triggered.</summary>
internal sealed record VeloAlert(long Id, DateTimeOffset Time, string Type, Edge? Edge, int Link, bool IsClosed);

/// <summary>The alerts of an enterprise, newest first: made of their time alone, like events; those that a command put there are among them.</summary>
internal static class AlertFeed
{
    private static readonly string[] Types = ["EDGE_DOWN", "LINK_DOWN", "EDGE_UP", "LINK_UP", "VPN_TUNNEL_DOWN", "EDGE_HA_FAILOVER"];

    public static IEnumerable<VeloAlert> Of(VeloNetwork network, Enterprise enterprise, TimeWindow window)
    {
        var rules = network.EventRules;
        var oldest = network.Start.AddDays(-rules.Days);
        var invented = window
            .Slots(oldest > enterprise.Created ? oldest : enterprise.Created, rules.Live ? network.Now : network.Start, rules.AlertIntervalSeconds, rules.AlertBurst)
            .Select(s => Invent(network, enterprise, s.Time, s.Slot, s.Part));
        var added = enterprise.State.Alerts.Where(a => window.Contains(a.Time)).ToList();
        return added.Count == 0 ? invented : invented.Concat(added).OrderByDescending(a => a.Time).ThenByDescending(a => a.Id);
    }

    /// <summary>An alert as the portal shows it.</summary>
    public static JsonObject Describe(VeloAlert alert, VeloNetwork network, Enterprise enterprise, bool withNotifications)
    {
        var now = network.Now;
        var isOfLink = alert.Type.StartsWith("LINK_", StringComparison.Ordinal);
        var name = StateName(alert, now);
        var links = isOfLink && alert.Edge is { } edge ? EdgeLinks.Of(edge, onlyRecent: true) : [];
        var link = links.Count == 0 ? null : links[alert.Link % links.Count];
        var json = new JsonObject
        {
            ["id"] = alert.Id,
            ["created"] = VeloTime.Text(alert.Time),
            ["triggerTime"] = VeloTime.Text(alert.Time),
            ["enterpriseAlertConfigurationId"] = alert.Id % 5 == 0 ? null : (enterprise.Id * 100L) + AlertCatalog.IdOf(alert.Type),
            ["enterpriseId"] = enterprise.Id,
            ["edgeId"] = alert.Edge?.Id,
            ["edgeName"] = alert.Edge?.Name,
            ["linkId"] = link?["id"]?.DeepClone(),
            ["linkName"] = link?["displayName"]?.DeepClone(),
            ["enterpriseObjectId"] = null,
            ["enterpriseObjectName"] = null,
            ["name"] = alert.Type,
            ["type"] = alert.Type,
            ["state"] = name,
            ["stateSetTime"] = VeloTime.Text(name is "PENDING" ? alert.Time : alert.Time.AddSeconds(180)),
            ["lastContact"] = alert.Edge is { } e ? VeloTime.Text(e.Contact) : VeloTime.Never,
            ["firstNotificationSeconds"] = 180,
            ["maxNotifications"] = 1,
            ["notificationIntervalSeconds"] = 300,
            ["resetIntervalSeconds"] = 3600,
            ["comment"] = name is "CLOSED" ? "Edge returned to CONNECTED state" : null,
            ["nextNotificationTime"] = VeloTime.Text(alert.Time.AddSeconds(300)),
            ["remainingNotifications"] = name is "CLOSED" ? 0 : 1,
            ["timezone"] = "America/Los_Angeles",
            ["locale"] = "en-US",
            ["modified"] = VeloTime.Text(alert.Time.AddSeconds(180)),
        };
        if (withNotifications)
            json["notifications"] = new JsonArray(Notification(alert, enterprise));

        return json;
    }

    public static string StateName(VeloAlert alert, DateTimeOffset now)
    {
        var age = now - alert.Time;
        return alert.IsClosed || age > TimeSpan.FromHours(1) ? "CLOSED" : age < TimeSpan.FromSeconds(180) ? "PENDING" : "ACTIVE";
    }

    private static JsonObject Notification(VeloAlert alert, Enterprise enterprise)
        => new()
        {
            ["enterpriseAlertTriggerId"] = alert.Id,
            ["smsList"] = new JsonArray(),
            ["emailList"] = new JsonArray($"noc@{enterprise.Domain}.example"),
            ["enterpriseUserList"] = new JsonArray(),
            ["mobileList"] = new JsonArray(),
            ["snmpList"] = new JsonArray(),
            ["webhookList"] = new JsonArray(),
            ["notificationTime"] = VeloTime.Text(alert.Time.AddSeconds(180)),
        };

    private static VeloAlert Invent(VeloNetwork network, Enterprise enterprise, DateTimeOffset time, long slot, int part)
    {
        var n = (slot * 5) + part;
        var edges = enterprise.Edges;
        return new VeloAlert(
            EventFeed.FirstLiveAt(time) - (enterprise.Id % 200 * EventRules.LongestBurst) - 1 - part,
            time,
            Types[n % Types.Length],
            edges.Count == 0 ? null : edges[(int)(n / 2 % edges.Count)],
            (int)(n % 2),
            IsClosed: false);
    }
}
