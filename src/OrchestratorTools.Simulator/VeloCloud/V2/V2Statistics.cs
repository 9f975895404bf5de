using System.Globalization;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The statistics of links, flows, health, quality and paths: the same numbers as the portal API's.</summary>
internal sealed class V2Statistics(VeloNetwork network)
{
    private static readonly string[] Scores = ["scoreAfterVoice", "scoreAfterVideo", "scoreAfterTrans", "scoreBeforeVoice", "scoreBeforeVideo", "scoreBeforeTrans"];

    public Dictionary<string, Func<V2Call, V2Answer>> All => new(StringComparer.Ordinal)
    {
        ["getEnterpriseLinkMetrics"] = call => LinkMetrics(call, call.Enterprise.Edges),
        ["getEdgeLinkMetrics"] = call => LinkMetrics(call, [call.Edge]),
        ["getEdgeLinkSeries"] = LinkSeries,
        ["getEnterpriseFlowMetrics"] = call => FlowMetrics(call, call.Enterprise.Edges),
        ["getEdgeFlowMetrics"] = call => FlowMetrics(call, [call.Edge]),
        ["getEdgeFlowSeries"] = FlowSeries,
        ["getEnterpriseAggregateHealthStats"] = EnterpriseHealth,
        ["getEdgeHealthMetrics"] = Health,
        ["getEdgeHealthSeries"] = HealthSeries,
        ["getEdgeLinkQualityEvents"] = Quality,
        ["getEdgeLinkQualitySeries"] = QualitySeries,
        ["getEdgePathMetrics"] = Paths,
        ["getEdgePathSeries"] = PathSeries,
    };

    private SampleWindow Window(V2Call call, long? maxSamples = null) => SampleWindow.Of(call.Window, network.Now, maxSamples);

    /// <summary>The metrics that a request wants: any is refused that there is not.</summary>
    private static IReadOnlyList<string> Metrics(V2Call call, IReadOnlyList<string> all)
    {
        var wanted = call.List("metrics");
        return wanted.FirstOrDefault(m => !all.Contains(m, StringComparer.Ordinal)) is { } wrong
            ? throw V2Error.Validation($"{wrong} is none of {string.Join(", ", all)}", "metrics")
            : wanted.Count > 0 ? wanted : all;
    }

    /// <summary>The metric to order by: <c>-bytesRx</c> or <c>bytesRx</c>.</summary>
    private static IEnumerable<JsonObject> Sorted(V2Call call, IEnumerable<JsonObject> rows, IReadOnlyList<string> metrics)
    {
        if (call.Query("sortBy") is not { Length: > 0 } sort)
            return rows;

        var name = sort.TrimStart('-', '+');
        if (!metrics.Contains(name, StringComparer.Ordinal))
            throw V2Error.Validation($"{name} is none of {string.Join(", ", metrics)}", "sortBy");

        return rows.OrderByDescending(r => r[name] is { } value ? double.Parse(value.ToString(), CultureInfo.InvariantCulture) : 0);
    }

    private static JsonObject LinkTo(Edge edge, JsonObject link, V2Call call) => V2Resources.Linked(V2Resources.HrefOfLink(edge, link), () => V2Resources.Link(edge, link), call.Include("link"));

    private V2Answer LinkMetrics(V2Call call, IEnumerable<Edge> edges)
    {
        var window = Window(call);
        var metrics = Metrics(call, LinkStatistics.Metrics);
        var rows = edges.Where(e => !window.Of(e).IsEmpty).SelectMany(edge => EdgeLinks.Of(edge, onlyRecent: true).Select((link, i) =>
        {
            var row = new JsonObject { ["link"] = LinkTo(edge, link, call), ["name"] = link["displayName"]!.DeepClone() };
            foreach (var metric in metrics)
            {
                row[metric] = LinkStatistics.Of(edge, i + 1, metric).Value(window.Of(edge));
            }

            return row;
        }));
        return V2Answer.List(Sorted(call, rows, metrics));
    }

    /// <summary>Here the time of a series is a number [spec].</summary>
    private static JsonObject InMilliseconds(JsonObject series, SampleWindow window)
    {
        series["startTime"] = window.Start.ToUnixTimeMilliseconds();
        return series;
    }

    private V2Answer LinkSeries(V2Call call)
    {
        var edge = call.Edge;
        var window = Window(call);
        var metrics = call.List("metrics").Count > 0 ? Metrics(call, LinkStatistics.Metrics) : ["bytesRx", "bytesTx"];
        return V2Answer.List((window.Of(edge).IsEmpty ? [] : EdgeLinks.Of(edge, onlyRecent: true)).Select((link, i) => new JsonObject
        {
            ["link"] = LinkTo(edge, link, call),
            ["series"] = new JsonArray([.. metrics.Select(m => InMilliseconds(LinkStatistics.Of(edge, i + 1, m).Within(window.Of(edge)).Series(m, window), window))]),
        }));
    }

    private static FlowBy By(V2Call call)
        => call.Query("groupBy") switch
        {
            "application" => FlowBy.Application,
            "applicationClass" => FlowBy.Category,
            "clientDevice" or "sourceMac" or "sourceIp" => FlowBy.Device,
            "link" => FlowBy.Link,
            _ => FlowBy.Destination,
        };

    /// <summary>What a row is about: a linked resource, or a text.</summary>
    private static void Head(JsonObject row, FlowItem item, FlowBy by, V2Call call)
    {
        var enterprise = call.Enterprise;
        switch (by)
        {
            case FlowBy.Application:
                var href = V2Resources.HrefOfApplication(enterprise, (int)item.Number);
                row["application"] = V2Resources.Linked(href, () => V2Resources.Describe(ApplicationCatalog.Find(item.Number)!, href), call.Include("application"));
                break;
            case FlowBy.Category:
                row["applicationClass"] = new JsonObject { ["_href"] = string.Create(CultureInfo.InvariantCulture, $"{ApiV2.Prefix}applicationMaps/{ApplicationCatalog.MapLogicalId}/applicationClasses/{item.Number}") };
                break;
            case FlowBy.Device:
                var device = ClientDevices.Find(enterprise, item.Number)!;
                row["clientDevice"] = V2Resources.Linked(V2Resources.HrefOfDevice(enterprise, device), () => V2Resources.ClientDevice(enterprise, device, call), call.Include("clientDevice"));
                break;
            case FlowBy.Link:
                var edge = enterprise.Edges.First(e => e.Id == item.Number / 10);
                row["link"] = LinkTo(edge, EdgeLinks.Of(edge, onlyRecent: true)[(int)(item.Number % 10) - 1], call);
                break;
            default:
                row[call.Query("groupBy")!] = call.Query("groupBy") is "destPort" ? 443 : item.Name;
                break;
        }
    }

    private V2Answer FlowMetrics(V2Call call, IEnumerable<Edge> edges)
    {
        var window = Window(call);
        var by = By(call);
        IReadOnlyList<string> all = [.. FlowStatistics.Metrics, "flowCount"];
        var metrics = Metrics(call, all);
        var rows = FlowStatistics.Of(edges, by, window, call.Query("groupBy")!).Select(item =>
        {
            var row = new JsonObject();
            Head(row, item, by, call);
            foreach (var metric in metrics)
            {
                row[metric] = item.Of(metric).Value(window);
            }

            return row;
        });
        return V2Answer.List(Sorted(call, rows, metrics));
    }

    private V2Answer FlowSeries(V2Call call)
    {
        var window = Window(call);
        var by = By(call);
        var metrics = Metrics(call, [.. FlowStatistics.Metrics, "flowCount"]);
        return V2Answer.List(FlowStatistics.Of([call.Edge], by, window, call.Query("groupBy")!).Select(item =>
        {
            var row = new JsonObject();
            Head(row, item, by, call);
            row["series"] = new JsonArray([.. metrics.Select(m => item.Of(m).Series(m, window))]);
            return row;
        }));
    }

    private V2Answer EnterpriseHealth(V2Call call)
    {
        var enterprise = call.Enterprise;
        var metrics = Metrics(call, HealthStatistics.EdgeMetrics);
        var slot = (network.Now.ToUnixTimeSeconds() / Meter.StepSeconds) - 2;
        var edges = enterprise.Edges.Where(e => e.State is "CONNECTED" or "DEGRADED");
        var link = (call.Query("nextPageLink") ?? call.Query("prevPageLink")) is { Length: > 0 } text ? V2Page.Parse(text, "nextPageLink") : null;
        var limit = (int)Math.Min(link?.Limit ?? call.Number("limit") ?? VeloAssumptions.EventLimit, call.Settings.PageLimit);
        var page = V2Edges.PageOf(edges, e => e.Id, link, limit, out var before, out var more);
        return V2Answer.Page(
            $"{V2Resources.HrefOf(enterprise)}/healthStats",
            page.Select(e =>
            {
                var row = new JsonObject { ["edge"] = V2Resources.LinkTo(e, call) };
                foreach (var metric in metrics)
                {
                    row[metric] = HealthStatistics.Of(e.Id, metric).Value(slot, slot + 1);
                }

                return row;
            }),
            V2Edges.MetaData(limit, page.Count == 0 ? 0 : page[0].Id, page.Count == 0 ? 0 : page[^1].Id, before, more, "{}"));
    }

    private V2Answer Health(V2Call call)
    {
        var edge = call.Edge;
        var json = HealthStatistics.Summary(edge.Id, Window(call).Of(edge), Metrics(call, HealthStatistics.EdgeMetrics), HealthStatistics.EdgeMetrics);
        json["_href"] = $"{V2Resources.HrefOf(edge)}/healthStats";
        return V2Answer.Ok(json);
    }

    private V2Answer HealthSeries(V2Call call)
    {
        var edge = call.Edge;
        var window = Window(call);
        return V2Answer.Ok(new JsonObject
        {
            ["_href"] = $"{V2Resources.HrefOf(edge)}/healthStats/timeSeries",
            ["series"] = new JsonArray([.. Metrics(call, HealthStatistics.EdgeMetrics).Select(m => HealthStatistics.Of(edge.Id, m).Within(window.Of(edge)).Series(m, window))]),
        });
    }

    private static Quantity Score(Edge edge, int link, string name)
    {
        var key = Meter.Key(edge.Id, link, name.Length, name[^1]);
        var (low, high) = name.StartsWith("scoreAfter", StringComparison.Ordinal) ? (4.0, 4.42) : (3.1, 4.4);
        return Quantity.Gauge(s => Math.Round(Meter.Shown(key, low, high, s), 2));
    }

    private V2Answer Quality(V2Call call)
    {
        var edge = call.Edge;
        var active = Window(call).Of(edge);
        return V2Answer.List((active.IsEmpty ? [] : EdgeLinks.Of(edge, onlyRecent: true)).Select((link, i) =>
        {
            var row = new JsonObject { ["link"] = LinkTo(edge, link, call) };
            foreach (var score in Scores)
            {
                row[score] = Score(edge, i + 1, score).Value(active);
            }

            return row;
        }));
    }

    private V2Answer QualitySeries(V2Call call)
    {
        var edge = call.Edge;
        var window = Window(call);
        if (call.Number("minutesPerSample") is { } minutes)
            window = window with { PerPoint = (int)Math.Clamp(((minutes * 60) + Meter.StepSeconds - 1) / Meter.StepSeconds, 1, 288) };

        return V2Answer.List((window.Of(edge).IsEmpty ? [] : EdgeLinks.Of(edge, onlyRecent: true)).Select((link, i) => new JsonObject
        {
            ["link"] = LinkTo(edge, link, call),
            ["series"] = new JsonArray([.. Scores.Select(s => Score(edge, i + 1, s).Within(window.Of(edge)).Series(s, window))]),
        }));
    }

    /// <summary>The ends of a path as links to resources.</summary>
    private static JsonObject End(V2Call call, JsonNode end)
    {
        var logicalId = end["deviceLogicalId"]!.GetValue<string>();
        if (call.Enterprise.Edges.FirstOrDefault(e => e.LogicalId == logicalId) is { } edge)
        {
            var links = EdgeLinks.Of(edge, onlyRecent: true);
            return new JsonObject { ["edge"] = V2Resources.LinkTo(edge, call), ["link"] = new JsonObject { ["_href"] = links.Count > 0 ? V2Resources.HrefOfLink(edge, links[0]) : null } };
        }

        return new JsonObject { ["gateway"] = new JsonObject { ["_href"] = $"{ApiV2.Prefix}gateways/{logicalId}" } };
    }

    private V2Answer Paths(V2Call call)
    {
        var edge = call.Edge;
        var json = InPortal(() => PathStatistics.Metrics(edge, network, call.Query("peerLogicalId")!, Window(call).Of(edge), Metrics(call, PathStatistics.Names), call.Number("limit")));
        return V2Answer.List(json["paths"]!.AsArray().Select(p => new JsonObject
        {
            ["status"] = p!["status"]!.DeepClone(),
            ["source"] = End(call, p["source"]!),
            ["destination"] = End(call, p["destination"]!),
            ["metrics"] = p["metrics"]!.DeepClone(),
        }));
    }

    private V2Answer PathSeries(V2Call call)
    {
        var edge = call.Edge;
        var window = Window(call, call.Number("maxSamples")).Of(edge);
        var series = InPortal(() => PathStatistics.Series(edge, network, call.Query("peerLogicalId")!, window, Metrics(call, PathStatistics.Names), call.Query("groupBy") is "peer", call.Number("limit")).ToList());
        return V2Answer.List(series.Select(p => new JsonObject
        {
            ["source"] = End(call, p["source"]!),
            ["destination"] = End(call, p["destination"]!),
            ["timeSeries"] = new JsonArray([.. p["timeSeries"]!.AsArray().Select(t => InMilliseconds(t!.DeepClone().AsObject(), window))]),
        }));
    }

    /// <summary>What is not there is a 404 here.</summary>
    private static T InPortal<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (VeloError e)
        {
            throw V2Error.NotFound(e.Message.Replace(" not found", "", StringComparison.Ordinal));
        }
    }
}
