using System.Globalization;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The log of the edges' firewalls, newest first: made of its time alone, as events are.</summary>
internal sealed class FirewallMethods(VeloNetwork network)
{
    private static readonly string[] Protocols = ["TCP", "TCP", "UDP", "ICMP"];

    private static readonly string[] Types = ["DENY", "OPEN", "CLOSE", "ALLOW"];

    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["firewall/getEnterpriseFirewallLogs"] = Read,
    };

    private Answer Read(Call call)
    {
        var window = TimeWindow.Of(call, network.Now);
        var limit = EventMethods.Limit(call.Object("filter"), VeloAssumptions.EventLimit);
        var (edges, sources, destinations, rules) = (call.Integers("edges"), call.Texts("sourceIps"), call.Texts("destIps"), call.Texts("rules"));
        var found = Lines(call.Enterprise, window)
            .Where(l => (edges.Count == 0 || edges.Contains(l["edgeId"]!.GetValue<int>()))
                && (sources.Count == 0 || sources.Contains(l["sourceIp"]!.GetValue<string>(), StringComparer.Ordinal))
                && (destinations.Count == 0 || destinations.Contains(l["destIp"]!.GetValue<string>(), StringComparer.Ordinal))
                && (rules.Count == 0 || rules.Contains(l["ruleLogicalId"]!.GetValue<string>(), StringComparer.Ordinal)))
            .Take(limit + 1)
            .ToList();
        var more = found.Count > limit;
        var json = new JsonObject { ["metaData"] = new JsonObject { ["limit"] = limit, ["more"] = more }, ["data"] = new JsonArray([.. found.Take(limit)]) };
        if (call.With("rules"))
            json["rules"] = Rules(call.Enterprise);

        return Answer.Of(json);
    }

    private static string RuleId(Enterprise enterprise, int number) => Invented.LogicalId("firewallRule", (enterprise.Id * 10L) + number);

    private static JsonObject Rules(Enterprise enterprise)
        => new([.. Enumerable.Range(0, 2).Select(i => KeyValuePair.Create<string, JsonNode?>(RuleId(enterprise, i), new JsonObject
        {
            ["id"] = (enterprise.Id * 10L) + i,
            ["created"] = VeloTime.Text(enterprise.Created),
            ["data"] = "{}",
            ["deactivated"] = VeloTime.Never,
            ["edgeLogicalId"] = null,
            ["enterpriseId"] = enterprise.Id,
            ["logicalId"] = RuleId(enterprise, i),
            ["name"] = i == 0 ? "AllowAny" : "No telnet",
            ["type"] = "OUTBOUND",
        }))]);

    private IEnumerable<JsonObject> Lines(Enterprise enterprise, TimeWindow window)
    {
        var edges = enterprise.Edges.Where(e => e.State is not "NEVER_ACTIVATED").ToList();
        if (edges.Count == 0)
            return [];

        var rules = network.EventRules;
        var oldest = network.Start.AddDays(-rules.Days);
        return window
            .Slots(oldest > enterprise.Created ? oldest : enterprise.Created, rules.Live ? network.Now : network.Start, rules.LogIntervalSeconds, rules.LogBurst)
            .Select(s => Line(enterprise, edges[(int)(((s.Slot * 3) + s.Part) % edges.Count)], s.Time, s.Slot, s.Part));
    }

    private static JsonObject Line(Enterprise enterprise, Edge edge, DateTimeOffset time, long slot, int part)
    {
        var luck = Meter.Key(edge.Id, slot, part);
        var n = (int)(luck % 1000);
        var type = Types[n % Types.Length];
        var protocol = type is "DENY" ? "TCP" : Protocols[n / 4 % Protocols.Length];
        var isOpen = type is "OPEN" or "DENY";
        return new JsonObject
        {
            ["id"] = EventFeed.FirstLiveAt(time) - (enterprise.Id % 200 * EventRules.LongestBurst) - 1 - (EventRules.LongestBurst - 1 - part),
            ["edgeId"] = edge.Id,
            ["timestamp"] = VeloTime.Text(time),
            ["allow"] = type is "DENY" ? 0 : 1,
            ["ruleLogicalId"] = RuleId(enterprise, type is "DENY" ? 1 : 0),
            ["interface"] = "GE3",
            ["protocol"] = protocol,
            ["sourceIp"] = string.Create(CultureInfo.InvariantCulture, $"10.{edge.Id / 250 % 250}.{edge.Id % 250}.{20 + (n % 5)}"),
            ["sourcePort"] = protocol is "ICMP" ? 0 : 49_152 + n,
            ["destIp"] = string.Create(CultureInfo.InvariantCulture, $"192.0.2.{10 + (n % 8)}"),
            ["destPort"] = protocol is "ICMP" ? 0 : type is "DENY" ? 23 : 443,
            ["icmpType"] = protocol is "ICMP" ? "8" : null,
            ["length"] = 60 + n,
            ["reason"] = type is "DENY" ? "Policy" : null,
            ["bytesSent"] = isOpen ? 0 : n * 1_700L,
            ["bytesReceived"] = isOpen ? 0 : n * 9_100L,
            ["durationSecs"] = isOpen ? 0 : n % 600,
            ["application"] = protocol is "ICMP" ? "APP_ICMP" : "APP_HTTPS",
            ["messageType"] = type,
        };
    }
}
