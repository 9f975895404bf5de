using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// The events of an enterprise, a partner or the operator, newest first: those that have really happened, among an invented stream (three events every ten minutes, until rules
/// say otherwise). The three have the same time, so that a page can end between them. Nothing of the stream is kept: an event is made of its time alone.
/// </summary>
internal static class EventFeed
{
    /// <summary>Ids of events that have really happened: so many in each second.</summary>
    public const int LivePerSecond = 10_000;

    private const int PerSecond = 1_000_000;
    private const int Streams = (PerSecond - LivePerSecond) / EventRules.LongestBurst;
    private const long Epoch = 1_577_836_800;
    private const int PartnerStream = Streams - 4;
    private const int OperatorStream = Streams - 1;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly (string Name, string Category, string Severity, string Message)[] Kinds =
    [
        ("EDGE_DOWN", "EDGE", "ALERT", "Edge is down"),
        ("LINK_DEAD", "NETWORK", "ALERT", "Link GE3 is now DEAD"),
        ("EDGE_UP", "EDGE", "INFO", "Edge is up"),
        ("LINK_ALIVE", "NETWORK", "INFO", "Link GE3 is no longer DEAD"),
        ("MGD_CONF_APPLIED", "CONFIGURATION", "INFO", "New or updated configuration applied on Edge"),
        ("VRRP_HA_UPDATED_TO_PRIMARY", "EDGE", "NOTICE", "HA changed to primary"),
    ];

    private static readonly (string Name, string Category, string Severity, string Message)[] PartnerKinds =
    [
        ("USER_LOGIN", "USER", "INFO", "User logged in"),
        ("ENTERPRISE_UPDATED", "ENTERPRISE", "NOTICE", "Customer settings were changed"),
        ("GATEWAY_STATE_CHANGED", "GATEWAY", "WARNING", "Gateway is out of service"),
    ];

    private static readonly (string Name, string Category, string Severity, string Message)[] OperatorKinds =
    [
        ("GATEWAY_UP", "GATEWAY", "INFO", "Gateway is up"),
        ("VPN_DATACENTER_STATUS", "SYSTEM", "NOTICE", "Negotiated parent SA IKEv2_I with 203.0.113.10"),
        ("USER_LOGIN", "USER", "INFO", "User logged in"),
        ("GATEWAY_DOWN", "GATEWAY", "ALERT", "Gateway is down"),
    ];

    /// <summary>The first id of the events that really happen in a second.</summary>
    public static long FirstLiveAt(DateTimeOffset time) => ((time.ToUnixTimeSeconds() - Epoch) * PerSecond) + (PerSecond - LivePerSecond);

    /// <summary>An enterprise's events inside a window, newest first.</summary>
    public static IEnumerable<VeloEvent> Of(VeloNetwork network, Enterprise enterprise, TimeWindow window)
        => Merge(enterprise.Events, Stream(network, window, enterprise.Created).Select(s => Invent(enterprise, s.Time, s.Slot, s.Part)), window);

    /// <summary>A partner's own events, newest first.</summary>
    public static IEnumerable<VeloEvent> Of(VeloNetwork network, Partner partner, TimeWindow window)
        => Merge(partner.Events, Stream(network, window, DateTimeOffset.MinValue).Select(s => Invent(network, partner, s.Time, s.Slot, s.Part)), window);

    /// <summary>The operator's events, newest first.</summary>
    public static IEnumerable<VeloEvent> OfOperator(VeloNetwork network, TimeWindow window)
        => Merge(network.Events, Stream(network, window, DateTimeOffset.MinValue).Select(s => Invent(network, s.Time, s.Slot, s.Part)), window);

    /// <summary>Several streams as one, newest first.</summary>
    public static IEnumerable<VeloEvent> Merge(IReadOnlyList<IEnumerable<VeloEvent>> streams)
    {
        var heads = new PriorityQueue<IEnumerator<VeloEvent>, VeloEvent>(Comparer<VeloEvent>.Create((a, b) => EventLog.ByTime.Compare(b, a)));
        foreach (var stream in streams)
        {
            var enumerator = stream.GetEnumerator();
            if (enumerator.MoveNext())
                heads.Enqueue(enumerator, enumerator.Current);
            else
                enumerator.Dispose();
        }

        while (heads.TryDequeue(out var next, out var happened))
        {
            yield return happened;
            if (next.MoveNext())
                heads.Enqueue(next, next.Current);
            else
                next.Dispose();
        }
    }

    /// <summary>Events as the portal shows them in a log of a tier: <c>detail</c> is JSON inside a text. Each is good until the next one is taken.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Render(IEnumerable<VeloEvent> events, Tier log)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Writing);
        foreach (var happened in events)
        {
            buffer.ResetWrittenCount();
            json.Reset();
            Write(json, happened, log);
            json.Flush();
            yield return buffer.WrittenMemory;
        }
    }

    /// <summary>A member of an event as a text, for filters; null where it has none.</summary>
    public static string? Member(VeloEvent happened, string name)
        => name switch
        {
            "event" => happened.Name,
            "category" => happened.Category,
            "severity" => happened.Severity,
            "message" => happened.Message,
            "user" or "enterpriseUsername" or "operatorUsername" or "proxyUsername" => happened.User,
            "edgeName" => happened.Edge?.Name,
            "segmentName" => happened.Edge is null ? null : EnterpriseObjects.GlobalSegment,
            "gatewayName" => happened.GatewayName,
            "enterpriseName" => happened.Enterprise?.Name,
            "detail" => Detail(happened),
            "id" => happened.Id.ToString(CultureInfo.InvariantCulture),
            "eventTime" => VeloTime.Text(happened.Time),
            _ => null,
        };

    public static string Detail(VeloEvent happened)
        => happened.Detail ?? (happened.GatewayId is { } gateway
            ? $$"""{"gatewayId":{{gateway}},"logicalId":"{{Invented.LogicalId("gateway", gateway)}}"}"""
            : happened.Edge is { } edge ? $$"""{"edgeId":{{edge.Id}},"logicalId":"{{edge.LogicalId}}","interface":"GE3"}""" : """{"edgeId":null,"logicalId":null}""");

    private static void Write(Utf8JsonWriter json, VeloEvent happened, Tier log)
    {
        json.WriteStartObject();
        json.WriteNumber("id", happened.Id);
        json.WriteString("eventTime", VeloTime.Text(happened.Time));
        json.WriteString("event", happened.Name);
        json.WriteString("category", happened.Category);
        json.WriteString("severity", happened.Severity);
        json.WriteString("message", happened.Message);
        json.WriteString("detail", Detail(happened));
        switch (log)
        {
            case Tier.Customer:
                json.WriteString("enterpriseUsername", happened.User);
                json.WriteString("edgeName", happened.Edge?.Name);
                json.WriteString("segmentName", Member(happened, "segmentName"));
                break;

            case Tier.Partner:
                json.WriteString("proxyUsername", happened.User);
                json.WriteString("networkName", (string?)null);
                json.WriteString("enterpriseName", happened.Enterprise?.Name);
                json.WriteString("gatewayName", happened.GatewayName);
                break;

            default:
                json.WriteString("operatorUsername", happened.User);
                json.WriteString("networkName", (string?)null);
                json.WriteString("gatewayName", happened.GatewayName);
                break;
        }

        json.WriteEndObject();
    }

    private static IEnumerable<(DateTimeOffset Time, long Slot, int Part)> Stream(VeloNetwork network, TimeWindow window, DateTimeOffset since)
    {
        var rules = network.EventRules;
        var oldest = network.Start.AddDays(-rules.Days);
        return window.Slots(oldest > since ? oldest : since, rules.Live ? network.Now : network.Start, rules.IntervalSeconds, rules.Burst);
    }

    private static IEnumerable<VeloEvent> Merge(EventLog log, IEnumerable<VeloEvent> invented, TimeWindow window)
    {
        var happened = log.NewestFirst();
        return happened.Count == 0 ? invented : Merge([happened.Where(e => window.Contains(e.Time)), invented]);
    }

    private static long InventedId(DateTimeOffset time, int stream, int part) => ((time.ToUnixTimeSeconds() - Epoch) * PerSecond) + ((long)stream * EventRules.LongestBurst) + part;

    private static VeloEvent Invent(Enterprise enterprise, DateTimeOffset time, long slot, int part)
    {
        var n = (slot * 7) + part;
        var (name, category, severity, message) = Kinds[n % Kinds.Length];
        var edges = enterprise.Edges;
        var edge = edges.Count == 0 ? null : edges[(int)(n / 2 % edges.Count)];
        return new VeloEvent(InventedId(time, enterprise.Id % (PartnerStream - 1), part), time, name, category, severity, message, edge, User: null);
    }

    private static VeloEvent Invent(VeloNetwork network, Partner partner, DateTimeOffset time, long slot, int part)
    {
        var n = (slot * 7) + part;
        var (name, category, severity, message) = PartnerKinds[n % PartnerKinds.Length];
        var own = network.Enterprises.Where(e => e.Partner == partner).ToList();
        var happened = new VeloEvent(InventedId(time, PartnerStream + (partner.Id % 3), part), time, name, category, severity, message, Edge: null, category is "USER" ? "admin@northwind.example" : null)
        {
            Enterprise = category is "ENTERPRISE" && own.Count > 0 ? own[(int)(n % own.Count)] : null,
        };
        return category is "GATEWAY" ? GatewayBook.About(happened, (int)n) : happened;
    }

    private static VeloEvent Invent(VeloNetwork network, DateTimeOffset time, long slot, int part)
    {
        var n = (slot * 7) + part;
        var (name, category, severity, message) = OperatorKinds[n % OperatorKinds.Length];
        var happened = new VeloEvent(InventedId(time, OperatorStream, part), time, name, category, severity, message, Edge: null, category is "USER" ? "super@vco.example" : null);
        return category is "GATEWAY" or "SYSTEM" ? GatewayBook.About(happened, (int)n) : happened;
    }
}
