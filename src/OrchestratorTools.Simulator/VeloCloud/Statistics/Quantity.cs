using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>A quantity over time: a counter, whose samples add up, or a gauge, whose samples have an average.</summary>
internal abstract class Quantity
{
    /// <summary>What it is over samples: the sum, or the average.</summary>
    public abstract double Over(long from, long to);

    public static Quantity Counter(Func<long, long> countedBefore) => new CounterQuantity(countedBefore);

    /// <summary>A gauge, or one that only shows whole numbers.</summary>
    public static Quantity Gauge(Func<long, double> shownAt, bool isWhole = false) => new GaugeQuantity(shownAt, isWhole);

    /// <summary>The quantity where it was measured, and nothing elsewhere.</summary>
    public Quantity Within(SampleWindow active) => new PartialQuantity(this, active);

    /// <summary>What it is over a window, as JSON: whole numbers are written as such.</summary>
    public JsonNode Value(SampleWindow window) => Value(window.First, window.End);

    public JsonNode Value(long from, long to) => Round(Over(from, to));

    /// <summary>The quantity as a member of an array <c>series</c>.</summary>
    public JsonObject Series(string metric, SampleWindow window)
    {
        var points = Enumerable.Range(0, window.Points).Select(i => window.Point(i)).Select(p => Over(p.From, p.To)).ToList();
        return new JsonObject
        {
            ["metric"] = metric,
            ["startTime"] = VeloTime.Text(window.Start),
            ["tickInterval"] = window.TickMilliseconds,
            ["data"] = new JsonArray([.. points.Select(Round)]),
            ["total"] = Round(points.Sum()),
            ["min"] = Round(points.Count == 0 ? 0 : points.Min()),
            ["max"] = Round(points.Count == 0 ? 0 : points.Max()),
        };
    }

    /// <summary>Least, greatest and average over a window.</summary>
    public JsonObject Summary(SampleWindow window)
    {
        var shown = window.Spread(288).Select(s => Over(s, s + 1)).DefaultIfEmpty().ToList();
        return new JsonObject { ["min"] = Round(shown.Min()), ["max"] = Round(shown.Max()), ["average"] = Round(shown.Average()) };
    }

    public static JsonNode Round(double value)
        => Math.Abs(value - Math.Round(value)) < 1e-9 ? JsonValue.Create((long)Math.Round(value)) : JsonValue.Create(Math.Round(value, 4));

    private sealed class CounterQuantity(Func<long, long> countedBefore) : Quantity
    {
        public override double Over(long from, long to) => to <= from ? 0 : countedBefore(to) - countedBefore(from);
    }

    private sealed class GaugeQuantity(Func<long, double> shownAt, bool isWhole) : Quantity
    {
        private const int Most = 48;

        public override double Over(long from, long to)
        {
            if (to <= from)
                return 0;

            var average = new SampleWindow(from, to, 1).Spread(Most).Average(shownAt);
            return isWhole ? Math.Round(average) : average;
        }
    }

    private sealed class PartialQuantity(Quantity whole, SampleWindow active) : Quantity
    {
        public override double Over(long from, long to) => whole.Over(Math.Max(from, active.First), Math.Min(to, active.End));
    }
}
