using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>How an edge or a gateway feels: processor, memory, flows, tunnels.</summary>
internal static class HealthStatistics
{
    public static readonly IReadOnlyList<string> EdgeMetrics = ["tunnelCount", "tunnelCountV6", "memoryPct", "flowCount", "cpuPct", "cpuCoreTemp", "handoffQueueDrops"];

    public static readonly IReadOnlyList<string> GatewayMetrics = ["tunnelCount", "memoryPct", "flowCount", "cpuPct", "handoffQueueDrops", "connectedEdges", "tunnelCountV6"];

    /// <param name="id">The id of the edge or gateway.</param>
    /// <param name="metric">One of the metrics.</param>
    /// <param name="edges">For a gateway: how many edges it has.</param>
    public static Quantity Of(long id, string metric, int? edges = null)
    {
        var scale = edges is null ? 1 : 40;
        var (low, high) = metric switch
        {
            "tunnelCount" => (2.0, 12.0 * scale),
            "tunnelCountV6" => (0.0, 0.0),
            "memoryPct" => (21.0, 74.0),
            "flowCount" => (20.0, 1800.0 * scale),
            "cpuPct" => (2.0, 63.0),
            "cpuCoreTemp" => (31.0, 62.0),
            "connectedEdges" => (edges ?? 0, edges ?? 0),
            _ => (0.0, 3.0),
        };
        var key = Meter.Key(id, 2000 + metric.Length, metric[0], metric[^1]);
        var isWhole = metric is not ("memoryPct" or "cpuPct");
        return Quantity.Gauge(s => Meter.Shown(key, low, high, s), isWhole);
    }

    /// <summary>Least, greatest and average of each metric.</summary>
    public static JsonObject Summary(long id, SampleWindow window, IReadOnlyCollection<string> metrics, IReadOnlyList<string> all, int? edges = null)
    {
        var json = new JsonObject { ["total"] = window.Samples };
        foreach (var metric in metrics.Count > 0 ? metrics : all)
        {
            json[metric] = Of(id, metric, edges).Summary(window);
        }

        return json;
    }

    /// <summary>One object for each point in time.</summary>
    public static JsonArray Series(long id, SampleWindow window, IReadOnlyCollection<string> metrics, IReadOnlyList<string> all, int? edges = null)
    {
        var quantities = (metrics.Count > 0 ? metrics : all).Select(m => (Name: m, Quantity: Of(id, m, edges))).ToList();
        var points = new JsonArray();
        for (var i = 0; i < window.Points; i++)
        {
            var (from, to) = window.Point(i);
            var point = new JsonObject { ["startTime"] = VeloTime.Text(DateTimeOffset.FromUnixTimeSeconds(from * Meter.StepSeconds)) };
            foreach (var (name, quantity) in quantities)
            {
                point[name] = quantity.Value(from, to);
            }

            points.Add(point);
        }

        return points;
    }
}
