using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Events and alerts, newest first, in pages with links. A link says at which item of which instant the next page begins, and keeps the interval of the first: what happens meanwhile comes on no later page.</summary>
internal sealed class V2Logs(VeloNetwork network)
{
    public Dictionary<string, Func<V2Call, V2Answer>> All => new(StringComparer.Ordinal)
    {
        ["getEnterpriseEvents"] = Events,
        ["getEnterpriseAlerts"] = Alerts,
    };

    private V2Answer Events(V2Call call)
    {
        var enterprise = call.Enterprise;
        return Page(
            call,
            "events",
            window => EventFeed.Of(network, enterprise, window),
            e => e.Id,
            e => e.Time,
            (e, filters) => filters.All(f => f.Passes(name => EventFeed.Member(e, name))),
            e => Describe(e, enterprise, call));
    }

    private V2Answer Alerts(V2Call call)
    {
        var enterprise = call.Enterprise;
        return Page(
            call,
            "alerts",
            window => AlertFeed.Of(network, enterprise, window),
            a => a.Id,
            a => a.Time,
            (a, filters) => filters.All(f => f.Passes(name => Member(a, name, enterprise))),
            a => Describe(a, enterprise, call));
    }

    private static V2Answer Page<T>(
        V2Call call, string what, Func<TimeWindow, IEnumerable<T>> read, Func<T, long> id, Func<T, DateTimeOffset> time, Func<T, IReadOnlyList<RuleFilter>, bool> passes, Func<T, JsonNode> describe)
    {
        var link = (call.Query("nextPageLink") ?? call.Query("prevPageLink")) is { Length: > 0 } text ? V2Page.Parse(text, "nextPageLink") : null;
        var window = link is null ? call.Window : new TimeWindow(DateTimeOffset.FromUnixTimeMilliseconds(link.From), DateTimeOffset.FromUnixTimeMilliseconds(link.To));
        var filters = link?.Unpack() ?? call.Filters;
        var limit = (int)(link?.Limit ?? call.Number("limit") ?? VeloAssumptions.EventLimit);
        var packed = link?.Filters ?? V2Page.Pack(call, V2Enterprises.FilterNames(call));
        List<T> page;
        bool before, more;
        if (link is { IsBack: true })
        {
            // The page that ends just before an item: all that is newer, and of that the last.
            var newer = read(window).Where(i => passes(i, filters)).TakeWhile(i => time(i) > Time(link) || (time(i) == Time(link) && id(i) > link.At)).ToList();
            page = [.. newer.TakeLast(limit)];
            (before, more) = (newer.Count > page.Count, true);
        }
        else
        {
            var rest = link is null ? window : window with { To = Time(link) };
            page = [.. read(rest).Where(i => passes(i, filters) && (link is null || time(i) < Time(link) || id(i) < link.At)).Take(limit + 1)];
            (before, more) = (link is not null, page.Count > limit);
            if (more)
                page.RemoveAt(limit);
        }

        return V2Answer.Page(
            $"{V2Resources.HrefOf(call.Enterprise)}/{what}",
            page.Select(describe),
            new JsonObject
            {
                ["limit"] = limit,
                ["more"] = more,
                ["nextPageLink"] = more && page.Count > 0 ? Link(page[^1], isBack: false) : null,
                ["prevPageLink"] = before && page.Count > 0 ? Link(page[0], isBack: true) : null,
            });

        string Link(T item, bool isBack)
            => new V2Page(limit, id(item), time(item).ToUnixTimeMilliseconds(), isBack, window.From.ToUnixTimeMilliseconds(), window.To.ToUnixTimeMilliseconds(), packed).Text;
    }

    private static DateTimeOffset Time(V2Page link) => DateTimeOffset.FromUnixTimeMilliseconds(link.Time);

    private static JsonObject Describe(VeloEvent happened, Enterprise enterprise, V2Call call)
    {
        var json = new JsonObject
        {
            ["_href"] = $"{V2Resources.HrefOf(enterprise)}/events/{Invented.LogicalId("event", happened.Id)}",
            ["eventTime"] = VeloTime.Text(happened.Time),
            ["event"] = happened.Name,
            ["category"] = happened.Category,
            ["severity"] = happened.Severity,
            ["message"] = happened.Message,
            ["detail"] = EventFeed.Detail(happened),
        };
        if (happened.Edge is { } edge)
            json["edge"] = V2Resources.LinkTo(edge, call);

        return json;
    }

    private string? Member(VeloAlert alert, string name, Enterprise enterprise)
        => name switch
        {
            "type" or "name" => alert.Type,
            "edgeName" => alert.Edge?.Name,
            "state" => AlertFeed.StateName(alert, network.Now),
            _ => AlertFeed.Describe(alert, network, enterprise, withNotifications: false)[name]?.ToString(),
        };

    private JsonObject Describe(VeloAlert alert, Enterprise enterprise, V2Call call)
    {
        var json = AlertFeed.Describe(alert, network, enterprise, withNotifications: true);
        foreach (var name in new[] { "id", "enterpriseAlertConfigurationId", "enterpriseId", "edgeId", "edgeName", "linkId", "linkName", "enterpriseObjectId", "enterpriseObjectName" })
        {
            json.Remove(name);
        }

        json["_href"] = $"{V2Resources.HrefOf(enterprise)}/alerts/{Invented.LogicalId("alert", alert.Id)}";
        if (alert.Edge is { } edge)
        {
            json["edge"] = V2Resources.LinkTo(edge, call);
            if (alert.Type.StartsWith("LINK_", StringComparison.Ordinal) && EdgeLinks.Of(edge, onlyRecent: true) is { Count: > 0 } links)
                json["link"] = V2Resources.Linked(V2Resources.HrefOfLink(edge, links[alert.Link % links.Count]), () => V2Resources.Link(edge, links[alert.Link % links.Count]), call.Include("link"));
        }

        return json;
    }
}
