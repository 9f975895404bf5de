using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Reads rows and series of statistics: whatever of a row is a number and no id is a metric, so that those of a newer release come too.</summary>
internal static class MetricReader
{
    private static readonly string[] NoMetrics = ["id", "linkId", "edgeId", "enterpriseId", "application", "category", "os", "segment", "name", "state", "tickInterval"];

    /// <summary>The numbers of a row. One that comes as least, greatest and average becomes three: Name is the average.</summary>
    public static Dictionary<string, object> Values(JsonElement row, IReadOnlyCollection<string> wanted)
    {
        var values = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in row.EnumerateObject())
        {
            if (Array.IndexOf(NoMetrics, member.Name) >= 0 || (wanted.Count > 0 && !wanted.Contains(member.Name, StringComparer.OrdinalIgnoreCase) && member.Name is not ("flowCount" or "total")))
            {
                continue;
            }

            var name = NameOf(member.Name);
            if (NumberOf(member.Value) is { } number)
            {
                values.TryAdd(name, number);
            }
            else if (member.Value.ValueKind is JsonValueKind.Object && member.Value.TryGetProperty("average", out var average) && NumberOf(average) is { } mean)
            {
                values.TryAdd(name, mean);
                foreach (var (part, suffix) in new[] { ("min", "Min"), ("max", "Max") })
                {
                    if (member.Value.TryGetProperty(part, out var end) && NumberOf(end) is { } extreme)
                    {
                        values.TryAdd(name + suffix, extreme);
                    }
                }
            }
        }

        return values;
    }

    /// <summary>
    /// The samples of a series: columns ({metric, startTime, tickInterval, data}) or rows ({startTime, metric, …}), in the order of time. A null in a column is a sample that was not measured: it
    /// has no such value.
    /// </summary>
    public static IEnumerable<(DateTimeOffset Start, DateTimeOffset End, Dictionary<string, object> Values)> Samples(JsonElement series, VeloCloudInterval interval)
    {
        var samples = new SortedDictionary<long, (long Length, Dictionary<string, object> Values)>();
        if (series.ValueKind is not JsonValueKind.Array)
        {
            yield break;
        }

        long? before = null;
        foreach (var part in series.EnumerateArray().Where(p => p.ValueKind is JsonValueKind.Object))
        {
            var start = (VeloCloudJson.Time(part, "startTime") ?? VeloCloudJson.Time(part, "timestamp") ?? interval.Start).ToUnixTimeMilliseconds();
            if (part.TryGetProperty("data", out var data) && data.ValueKind is JsonValueKind.Array && VeloCloudJson.Text(part, "metric") is { } metric)
            {
                var tick = VeloCloudJson.Whole(part, "tickInterval") is > 0 and var told ? told : VeloCloudAssumptions.SampleMilliseconds;
                foreach (var value in data.EnumerateArray())
                {
                    if (NumberOf(value) is { } number)
                    {
                        Of(samples, start, tick)[NameOf(metric)] = number;
                    }

                    start += tick;
                }
            }
            else
            {
                if (before is { } last && samples.TryGetValue(last, out var former) && start > last)
                {
                    samples[last] = (start - last, former.Values);
                }

                before = start;
                foreach (var (name, number) in Values(part, []))
                {
                    Of(samples, start, VeloCloudAssumptions.SampleMilliseconds)[name] = number;
                }
            }
        }

        foreach (var (start, (length, values)) in samples)
        {
            if (start >= interval.StartMilliseconds - length && start <= interval.EndMilliseconds)
            {
                yield return (DateTimeOffset.FromUnixTimeMilliseconds(start), DateTimeOffset.FromUnixTimeMilliseconds(start + length), values);
            }
        }
    }

    /// <summary>A metric's name: the server's with a capital.</summary>
    public static string NameOf(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>A number as it came: whole, or not; also where it stands in a text.</summary>
    public static object? NumberOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String when double.TryParse(JsonText.Of(value), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            => number == Math.Floor(number) && Math.Abs(number) < 9e15 ? (object)(long)number : number,
        _ => null,
    };

    private static Dictionary<string, object> Of(SortedDictionary<long, (long Length, Dictionary<string, object> Values)> samples, long start, long length)
    {
        if (!samples.TryGetValue(start, out var sample))
        {
            samples[start] = sample = (length, new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase));
        }

        return sample.Values;
    }
}
