using System.Globalization;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What traffic is counted by.</summary>
internal enum FlowBy
{
    Application,
    Category,
    Destination,
    Device,
    OperatingSystem,
    Segment,
    Link,
}

/// <summary>One item of such a list, on one edge or several: its number, its name, and what it counts with.</summary>
internal sealed record FlowItem(long Number, string Name, IReadOnlyList<(ulong Key, double Weight, SampleWindow Window)> Counters)
{
    /// <summary>A metric of it: bytes, packets, flows.</summary>
    public Quantity Of(string metric)
        => Quantity.Counter(slot => Counters.Sum(c => Count(c, metric, Math.Clamp(slot, c.Window.First, Math.Max(c.Window.First, c.Window.End)))));

    private static long Count((ulong Key, double Weight, SampleWindow Window) counter, string metric, long slot)
        => metric switch
        {
            "bytesRx" => Rx(counter, slot),
            "bytesTx" => Tx(counter, slot),
            "totalBytes" => Rx(counter, slot) + Tx(counter, slot),
            "packetsRx" => Rx(counter, slot) / 740,
            "packetsTx" => Tx(counter, slot) / 740,
            "totalPackets" => (Rx(counter, slot) / 740) + (Tx(counter, slot) / 740),
            _ => Meter.Counted(counter.Key ^ 3, 7 * counter.Weight, slot),
        };

    private static long Rx((ulong Key, double Weight, SampleWindow Window) counter, long slot) => Meter.Counted(counter.Key ^ 1, 9_000_000 * counter.Weight, slot);

    private static long Tx((ulong Key, double Weight, SampleWindow Window) counter, long slot) => Meter.Counted(counter.Key ^ 2, 2_500_000 * counter.Weight, slot);
}

/// <summary>Traffic by application, class, destination, device, operating system, segment or link.</summary>
internal static class FlowStatistics
{
    /// <summary>The metrics of the definition.</summary>
    public static readonly IReadOnlyList<string> Metrics = ["bytesRx", "bytesTx", "totalBytes", "packetsRx", "packetsTx", "totalPackets"];

    private static readonly string[] Domains = ["office.com", "zoom.us", "google.com", "amazonaws.com", "youtube.com", "münchen.example", "intranet.example", "dropbox.com"];

    /// <summary>What was counted on edges inside a window; an edge without samples there adds nothing, an item without any is not there.</summary>
    public static IReadOnlyList<FlowItem> Of(IEnumerable<Edge> edges, FlowBy by, SampleWindow window, string attribute = "destDomain")
    {
        var items = new Dictionary<long, (string Name, List<(ulong, double, SampleWindow)> Counters)>();
        foreach (var edge in edges)
        {
            var active = window.Of(edge);
            if (active.IsEmpty)
                continue;

            foreach (var (number, name) in Items(edge, by, attribute))
            {
                if (!items.TryGetValue(number, out var item))
                    items[number] = item = (name, []);

                var key = Meter.Key(edge.Id, (long)by + 100, number);
                item.Counters.Add((key, 0.05 + Meter.Share(key), active));
            }
        }

        return [.. items.OrderBy(i => i.Key).Select(i => new FlowItem(i.Key, i.Value.Name, i.Value.Counters))];
    }

    /// <summary>The metrics of an item, and how many flows there were.</summary>
    public static void Write(JsonObject row, FlowItem item, SampleWindow window, IReadOnlyCollection<string> metrics)
    {
        foreach (var metric in metrics.Count > 0 ? metrics : Metrics)
        {
            row[metric] = item.Of(metric).Value(window);
        }

        row["flowCount"] = item.Of("flowCount").Value(window);
    }

    /// <summary>The items of an order, as many as are wanted: most first.</summary>
    public static IEnumerable<FlowItem> Order(IEnumerable<FlowItem> items, string? sort, long? limit, SampleWindow window)
    {
        var ordered = items.OrderByDescending(i => i.Of(sort ?? "totalBytes").Over(window.First, window.End)).ThenBy(i => i.Number);
        return limit is { } most ? ordered.Take((int)Math.Clamp(most, 0, int.MaxValue)) : ordered;
    }

    private static IEnumerable<(long Number, string Name)> Items(Edge edge, FlowBy by, string attribute)
        => by switch
        {
            FlowBy.Application => ApplicationCatalog.Of(edge).Select(a => ((long)a.Id, a.DisplayName)),
            FlowBy.Category => ApplicationCatalog.Of(edge).Select(a => a.Class).Distinct().Select(c => ((long)c, ApplicationCatalog.Classes[c])),
            FlowBy.Destination => Domains.Where((_, i) => (edge.Id + i) % 3 != 0).Select(d => ((long)Array.IndexOf(Domains, d), Destination(d, attribute))),
            FlowBy.Device => Enumerable.Range(0, ClientDevices.PerEdge).Select(i => (ClientDevices.IdOf(edge, i), ClientDevices.Mac(edge, i))),
            FlowBy.OperatingSystem => Enumerable.Range(0, ClientDevices.PerEdge).Select(i => (edge.Id + i) % ClientDevices.OperatingSystems.Count).Distinct()
                .Select(o => ((long)o, ClientDevices.OperatingSystems[o])),
            FlowBy.Segment => [(0, EnterpriseObjects.GlobalSegment), (1, "Guest [WLAN]")],
            _ => Enumerable.Range(1, EdgeLinks.Count(edge)).Select(n => (EdgeLinks.IdOf(edge, n), string.Create(CultureInfo.InvariantCulture, $"GE{n + 2}"))),
        };

    private static string Destination(string domain, string attribute)
        => attribute switch
        {
            "destIp" => string.Create(CultureInfo.InvariantCulture, $"192.0.2.{10 + Array.IndexOf(Domains, domain)}"),
            "destFQDN" => "www." + domain,
            "destPort" => "443",
            _ => domain,
        };
}
