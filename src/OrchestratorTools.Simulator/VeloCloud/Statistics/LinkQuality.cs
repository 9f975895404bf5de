using System.Globalization;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// The quality of an edge's links: an object keyed by the links' internal ids, and <c>overallLinkQuality</c> beside them [live]. Kinds of traffic are 0 voice, 1 video, 2
/// transactional; states 4 green, 3 yellow, 2 red, 1 down, 0 unknown; before and after the edge's own remedies.
/// </summary>
internal static class LinkQuality
{
    private static readonly int[] Traffic = [0, 1, 2];

    public static JsonObject Describe(Edge edge, IEnumerable<(JsonObject Link, int Number)> links, SampleWindow window, bool individualScores)
    {
        var json = new JsonObject();
        var all = links.ToList();
        foreach (var (link, number) in all)
        {
            json[link["internalId"]!.GetValue<string>()] = Quality(edge, number, window, isOverall: false, individualScores);
        }

        if (all.Count > 0)
            json["overallLinkQuality"] = Quality(edge, link: 0, window, isOverall: true, individualScores);

        return json;
    }

    private static JsonObject Quality(Edge edge, int link, SampleWindow window, bool isOverall, bool individualScores)
    {
        var samples = new JsonArray();
        var counts = new int[3, 5];
        for (var i = 0; i < window.Points; i++)
        {
            var slot = window.Point(i).From;
            var after = Traffic.Select(t => State(edge, link, t, slot, isAfter: true)).ToArray();
            foreach (var t in Traffic)
            {
                counts[t, after[t]]++;
            }

            samples.Add(Sample(edge, link, slot, after, isOverall, individualScores));
        }

        var points = Math.Max(1, window.Points);
        var score = Traffic.Select(t => Math.Round(Enumerable.Range(0, 5).Sum(s => counts[t, s] * s) * 2.5 / points, 2)).ToArray();
        return new JsonObject
        {
            ["timeseries"] = samples,
            ["distribution"] = new JsonObject([.. Traffic.Select(t => KeyValuePair.Create<string, JsonNode?>(Text(t), new JsonObject(
                [.. Enumerable.Range(0, 5).Select(s => KeyValuePair.Create<string, JsonNode?>(Text(s), Math.Round(counts[t, s] / (double)points, 4)))])))]),
            ["score"] = new JsonObject([.. Traffic.Select(t => KeyValuePair.Create<string, JsonNode?>(Text(t), score[t]))]),
            ["totalScore"] = Math.Round(score.Average(), 2),
            ["sampleLength"] = window.TickMilliseconds,
            ["sampleCount"] = window.Points,
        };
    }

    private static JsonObject Sample(Edge edge, int link, long slot, int[] after, bool isOverall, bool individualScores)
    {
        var sample = new JsonObject { ["timestamp"] = slot * Meter.StepSeconds * 1000L };
        if (!isOverall)
            sample["before"] = States(Traffic.Select(t => State(edge, link, t, slot, isAfter: false)));

        sample["after"] = States(after);
        sample["metadata"] = new JsonObject
        {
            ["detail"] = new JsonObject
            {
                ["latencyMsRx"] = Whole(edge, link, 11, 6, 95, slot),
                ["latencyMsTx"] = Whole(edge, link, 12, 6, 95, slot),
                ["jitterMsRx"] = Whole(edge, link, 13, 0, 9, slot),
                ["jitterMsTx"] = Whole(edge, link, 14, 0, 9, slot),
                ["lossPctRx"] = 0,
                ["lossPctTx"] = 0,
            },
            ["metrics"] = new JsonArray(),
        };
        if (individualScores)
            sample["score"] = new JsonObject([.. Traffic.Select(t => KeyValuePair.Create<string, JsonNode?>(Text(t), after[t] * 2.5))]);

        return sample;
    }

    private static JsonObject States(IEnumerable<int> states) => new([.. states.Select((s, t) => KeyValuePair.Create<string, JsonNode?>(Text(t), s))]);

    private static int Whole(Edge edge, int link, int what, double low, double high, long slot) => (int)Math.Round(Meter.Shown(Meter.Key(edge.Id, link, what), low, high, slot));

    /// <summary>Mostly green; sometimes yellow or red before the remedies, seldom after them.</summary>
    private static int State(Edge edge, int link, int traffic, long slot, bool isAfter)
    {
        var luck = Meter.Share(Meter.Key(edge.Id, link, traffic, slot));
        return luck > (isAfter ? 0.04 : 0.12) ? 4 : luck > (isAfter ? 0.01 : 0.03) ? 3 : 2;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
