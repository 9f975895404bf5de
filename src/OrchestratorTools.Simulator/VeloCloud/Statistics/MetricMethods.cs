using System.Globalization;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The methods <c>metrics/*</c>: sums over an interval, and series. A series adds up to the sum.</summary>
internal sealed class MetricMethods(VeloNetwork network)
{
    public Dictionary<string, Func<Call, Answer>> All
    {
        get
        {
            var all = new Dictionary<string, Func<Call, Answer>>(StringComparer.Ordinal)
            {
                ["metrics/getEdgeLinkMetrics"] = LinkMetrics,
                ["metrics/getEdgeLinkSeries"] = LinkSeries,
                ["metrics/getEdgeAppLinkMetrics"] = AppLinkMetrics,
                ["metrics/getEdgeAppLinkSeries"] = AppLinkSeries,
                ["metrics/getEdgeStatusMetrics"] = EdgeStatus,
                ["metrics/getEdgeStatusSeries"] = EdgeStatusSeries,
                ["metrics/getGatewayStatusMetrics"] = GatewayStatus,
                ["metrics/getGatewayStatusSeries"] = GatewayStatusSeries,
                ["metrics/getEdgeSDWANPeerPathMetrics"] = PathMetrics,
                ["metrics/getEdgeSDWANPeerPathSeries"] = PathSeries,
                ["metrics/getEnterpriseFlowMetrics"] = EnterpriseFlows,
                ["monitoring/getAggregateEdgeLinkMetrics"] = AggregateLinks,
                ["linkQualityEvent/getLinkQualityEvents"] = LinkQualityEvents,
            };
            foreach (var (name, by) in new[]
            {
                ("App", FlowBy.Application), ("Category", FlowBy.Category), ("Dest", FlowBy.Destination), ("Device", FlowBy.Device), ("Os", FlowBy.OperatingSystem), ("Segment", FlowBy.Segment),
            })
            {
                all[$"metrics/getEdge{name}Metrics"] = call => FlowMetrics(call, by);
                all[$"metrics/getEdge{name}Series"] = call => FlowSeries(call, by);
            }

            return all;
        }
    }

    private Edge EdgeOf(Call call) => call.Edge(network, call.Id("edgeId", "id"));

    private SampleWindow Window(Call call) => SampleWindow.Of(TimeWindow.Of(call, network.Now), network.Now, call.Integer("maxSamples"));

    private static IEnumerable<(JsonObject Link, int Number)> Links(Edge edge, Call call)
    {
        var meant = call.Integers("links");
        return EdgeLinks.Of(edge, onlyRecent: true).Select((l, i) => (Link: l, Number: i + 1)).Where(l => meant.Count == 0 || meant.Contains(l.Link["id"]!.GetValue<long>()));
    }

    private Answer LinkMetrics(Call call)
    {
        var edge = EdgeOf(call);
        var window = Window(call);
        var metrics = call.Texts("metrics");
        var rows = Links(edge, call).Select(l => LinkStatistics.Row(edge, l.Link, l.Number, window, metrics)).OfType<JsonObject>();
        if (call.Text("sort") is { } sort)
            rows = rows.OrderByDescending(r => r[sort]?.ToString() is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : 0);

        return Answer.List(call.Integer("limit") is { } limit ? rows.Take((int)limit) : rows);
    }

    private Answer LinkSeries(Call call)
    {
        var edge = EdgeOf(call);
        var window = Window(call);
        var active = window.Of(edge);
        IReadOnlyList<string> metrics = call.Texts("metrics") is { Count: > 0 } meant ? meant : ["bytesRx", "bytesTx"];
        return Answer.List(Links(edge, call).Where(_ => !active.IsEmpty).Select(l => new JsonObject
        {
            ["edgeId"] = edge.Id,
            ["linkId"] = l.Link["id"]!.DeepClone(),
            ["link"] = l.Link.DeepClone(),
            ["series"] = new JsonArray([.. metrics.Select(m => LinkStatistics.Of(edge, l.Number, m).Within(active).Series(m, window))]),
        }));
    }

    private static FlowItem OnLink(FlowItem item, long link)
        => item with { Counters = [.. item.Counters.Select(c => (Meter.Key((long)c.Key, link), c.Weight / 2, c.Window))] };

    private Answer AppLinkMetrics(Call call)
    {
        var edge = EdgeOf(call);
        var window = Window(call);
        return Answer.List(FlowStatistics.Of([edge], FlowBy.Application, window).SelectMany(item => Links(edge, call).Select(l =>
        {
            var row = new JsonObject { ["name"] = item.Number, ["linkId"] = l.Link["id"]!.DeepClone(), ["serviceGroups"] = new JsonArray("ALL", "PUBLIC_WIRED") };
            FlowStatistics.Write(row, OnLink(item, l.Number), window, call.Texts("metrics"));
            return row;
        })));
    }

    private Answer AppLinkSeries(Call call)
    {
        var edge = EdgeOf(call);
        var window = Window(call);
        IReadOnlyList<string> metrics = call.Texts("metrics") is { Count: > 0 } meant ? meant : ["bytesRx", "bytesTx"];
        return Answer.List(FlowStatistics.Of([edge], FlowBy.Application, window).Select(item => new JsonObject
        {
            ["name"] = item.Number,
            ["serviceGroups"] = new JsonArray("ALL", "PUBLIC_WIRED"),
            ["series"] = new JsonArray([.. Links(edge, call).SelectMany(l => metrics.Select(m => OnLink(item, l.Number).Of(m).Series(m, window)))]),
        }));
    }

    /// <summary>The items that a call means: those that it names, in its order, no more than it wants.</summary>
    private static IEnumerable<FlowItem> Items(Call call, Edge edge, FlowBy by, SampleWindow window)
    {
        var found = FlowStatistics.Of([edge], by, window, call.Text("attribute") ?? "destDomain");
        var meant = Meant(call, by);
        return FlowStatistics.Order(found.Where(i => meant.Count == 0 || meant.Contains(Label(i)) || meant.Contains(i.Name)), call.Text("sort"), call.Integer("limit"), window);
    }

    private static string Label(FlowItem item) => item.Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The parameter that names items: numbers in some methods, texts in others.</summary>
    private static HashSet<string> Meant(Call call, FlowBy by)
    {
        var name = by switch
        {
            FlowBy.Application => "applications",
            FlowBy.Category => "categories",
            FlowBy.Destination => "destinations",
            FlowBy.Device => "devices",
            FlowBy.OperatingSystem => "os",
            _ => "segments",
        };
        return call.Object(name) is { } array ? [.. array.EnumerateArray().Select(e => e.ToString())] : [];
    }

    private Answer FlowMetrics(Call call, FlowBy by)
    {
        var edge = EdgeOf(call);
        var window = Window(call);
        return Answer.List(Items(call, edge, by, window).Select(item =>
        {
            var row = Head(call, edge, by, item);
            FlowStatistics.Write(row, item, window, call.Texts("metrics"));
            return row;
        }));
    }

    /// <summary>What an item is called in a row: by number, or by name where the call wants names.</summary>
    private static JsonObject Head(Call call, Edge edge, FlowBy by, FlowItem item)
        => by switch
        {
            FlowBy.Application => Application(call, edge, item),
            FlowBy.Category => new JsonObject { ["name"] = call.Flag("resolveCategoryNames") ? item.Name : item.Number, ["category"] = item.Number },
            FlowBy.Destination => new JsonObject { ["name"] = item.Name, [call.Text("attribute") ?? "destDomain"] = item.Name },
            FlowBy.Device => Device(edge, item),
            FlowBy.OperatingSystem => new JsonObject { ["name"] = call.Flag("resolveOsNames") ? item.Name : item.Number, ["os"] = item.Number },
            _ => new JsonObject { ["name"] = item.Number, ["segment"] = item.Number },
        };

    private static JsonObject Application(Call call, Edge edge, FlowItem item)
    {
        var json = new JsonObject { ["name"] = call.Flag("resolveApplicationNames") ? item.Name : item.Number, ["application"] = item.Number };
        if (call.With("category"))
            json["category"] = ApplicationCatalog.Find(item.Number)!.Class;

        if (call.With("linkId"))
            json["linkId"] = EdgeLinks.IdOf(edge, 1);

        return json;
    }

    private static JsonObject Device(Edge edge, FlowItem item)
    {
        var info = ClientDevices.Find(edge.Enterprise, item.Number)!;
        return new JsonObject
        {
            ["name"] = info["macAddress"]!.DeepClone(),
            ["sourceMac"] = info["macAddress"]!.DeepClone(),
            ["info"] = info,
            ["edgeInfo"] = new JsonObject { ["edgeId"] = edge.Id, ["enterpriseId"] = edge.Enterprise.Id, ["id"] = item.Number, ["hostName"] = info["hostName"]!.DeepClone() },
        };
    }

    private Answer FlowSeries(Call call, FlowBy by)
    {
        var edge = EdgeOf(call);
        var window = Window(call);
        IReadOnlyList<string> metrics = call.Has("metrics") && call.Texts("metrics") is { Count: > 0 } meant ? meant : ["bytesRx", "bytesTx"];
        return Answer.List(Items(call, edge, by, window).Select(item => new JsonObject
        {
            ["name"] = Head(call, edge, by, item)["name"]!.DeepClone(),
            ["series"] = new JsonArray([.. metrics.Select(m => item.Of(m).Series(m, window))]),
        }));
    }

    private Answer EdgeStatus(Call call)
    {
        var edge = EdgeOf(call);
        return Answer.Of(HealthStatistics.Summary(edge.Id, Window(call).Of(edge), call.Texts("metrics"), HealthStatistics.EdgeMetrics));
    }

    private Answer EdgeStatusSeries(Call call)
    {
        var edge = EdgeOf(call);
        return Answer.Of(new JsonObject { ["series"] = HealthStatistics.Series(edge.Id, Window(call).Of(edge), call.Texts("metrics"), HealthStatistics.EdgeMetrics) });
    }

    private (long Id, int Edges) GatewayOf(Call call)
    {
        var id = call.Id("gatewayId");
        return network.Gateways.Gateways.Find(id) is not null ? (id, network.Gateways.EdgesOf(id).Count()) : throw VeloError.NotFound("gateway");
    }

    private Answer GatewayStatus(Call call)
    {
        var (id, edges) = GatewayOf(call);
        return Answer.Of(HealthStatistics.Summary(id, Window(call), call.Texts("metrics"), HealthStatistics.GatewayMetrics, edges));
    }

    private Answer GatewayStatusSeries(Call call)
    {
        var (id, edges) = GatewayOf(call);
        return Answer.Of(new JsonObject { ["series"] = HealthStatistics.Series(id, Window(call), call.Texts("metrics"), HealthStatistics.GatewayMetrics, edges) });
    }

    private Answer PathMetrics(Call call)
    {
        var edge = EdgeOf(call);
        return Answer.Of(PathStatistics.Metrics(edge, network, call.Text("peerLogicalId")!, Window(call).Of(edge), call.Texts("metrics"), call.Integer("limit")));
    }

    private Answer PathSeries(Call call)
    {
        var edge = EdgeOf(call);
        return Answer.List(PathStatistics.Series(edge, network, call.Text("peerLogicalId")!, Window(call).Of(edge), call.Texts("metrics"), call.Text("viewBy") is "peer", call.Integer("limit")));
    }

    private Answer EnterpriseFlows(Call call)
    {
        var window = Window(call);
        var by = call.Text("viewBy") switch
        {
            "application" or "applications" => FlowBy.Application,
            "category" or "applicationClass" => FlowBy.Category,
            "destDomain" or "destFQDN" or "destIp" => FlowBy.Destination,
            "sourceMac" or "clientDevice" => FlowBy.Device,
            "os" => FlowBy.OperatingSystem,
            "segment" => FlowBy.Segment,
            "link" or "linkId" => FlowBy.Link,
            var other => throw VeloError.Invalid([new Complaint("ENUM_MISMATCH", $"No enum match for: {other}", "#/viewBy")]),
        };
        var items = FlowStatistics.Order(FlowStatistics.Of(call.Enterprise.Edges, by, window, call.Text("viewBy")!), call.Text("sort"), call.Integer("limit"), window);
        return Answer.List(items.Select(item =>
        {
            var row = new JsonObject { ["name"] = by is FlowBy.Application or FlowBy.Category ? item.Number : item.Name };
            if (by is FlowBy.Application)
                (row["application"], row["category"]) = (item.Number, ApplicationCatalog.Find(item.Number)!.Class);
            else if (by is FlowBy.Link)
                row["linkId"] = item.Number;

            FlowStatistics.Write(row, item, window, call.Texts("metrics"));
            return row;
        }));
    }

    private Answer AggregateLinks(Call call)
    {
        var window = Window(call);
        var ids = call.Integers("enterprises");
        var enterprises = ids.Count > 0
            ? [.. ids.Distinct().Select(id => AccessRules.Own(call.Caller, network, id))]
            : network.Enterprises.Where(e => AccessRules.IsOwn(call.Caller, e) && (call.Integer("enterpriseProxyId") is not { } proxy || e.ProxyId == proxy));
        var metrics = call.Texts("metrics");
        return Answer.List(enterprises.SelectMany(e => e.Edges).SelectMany(edge => EdgeLinks.Of(edge, onlyRecent: true).Select((link, i) => Aggregate(edge, link, i + 1, window, metrics))).OfType<JsonNode>());
    }

    private static JsonObject? Aggregate(Edge edge, JsonObject link, int number, SampleWindow window, IReadOnlyCollection<string> metrics)
    {
        var row = LinkStatistics.Row(edge, link, number, window, metrics);
        if (row is null)
            return null;

        var shown = row["link"]!.AsObject();
        shown["enterpriseId"] = edge.Enterprise.Id;
        shown["enterpriseName"] = edge.Enterprise.Name;
        shown["edgeName"] = edge.Name;
        shown["edgeSerialNumber"] = edge.SerialNumber;
        shown["edgeState"] = edge.State;
        shown["edgeModelNumber"] = edge.Model;
        shown["edgeLastContact"] = VeloTime.Text(edge.Contact);
        shown["linkId"] = link["id"]!.DeepClone();
        shown["linkState"] = link["state"]!.DeepClone();
        return row;
    }

    private Answer LinkQualityEvents(Call call)
    {
        var edge = EdgeOf(call);
        var now = network.Now;
        var minutes = call.Integer("minutesPerSample") is { } m and > 0 ? m : 5;
        var window = SampleWindow.Of(TimeWindow.Of(call, now), now, call.Integer("maxSamples"));
        if (!call.Has("maxSamples"))
            window = window with { PerPoint = (int)Math.Clamp((minutes * 60 + Meter.StepSeconds - 1) / Meter.StepSeconds, 1, 288) };

        return Answer.Of(LinkQuality.Describe(edge, Links(edge, call), window.Of(edge), call.Flag("individualScores")));
    }
}
