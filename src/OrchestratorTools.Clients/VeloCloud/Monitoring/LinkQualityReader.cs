using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Reads how good a link is (facts/velocloud.md, "Quirks": an object keyed by the links' internal ids plus overallLinkQuality). Kinds of traffic are 0 voice, 1 video, 2 transactional.</summary>
internal static class LinkQualityReader
{
    /// <summary>The member that is about the edge's links together.</summary>
    public const string Overall = "overallLinkQuality";

    private static readonly string[] Traffic = ["Voice", "Video", "Transactional"];

    /// <summary>The scores of the interval, or those of each sample with what was measured then.</summary>
    public static IEnumerable<(DateTimeOffset Start, DateTimeOffset End, Dictionary<string, object> Values)> Read(JsonElement quality, VeloCloudInterval interval, bool series)
    {
        if (!series)
        {
            var values = Scores(quality);
            if (quality.TryGetProperty("totalScore", out var total) && MetricReader.NumberOf(total) is { } number)
            {
                values["TotalScore"] = number;
            }

            if (values.Count > 0 && (VeloCloudJson.Whole(quality, "sampleCount") ?? 1) > 0)
            {
                yield return (interval.Start, interval.End, values);
            }

            yield break;
        }

        if (!quality.TryGetProperty("timeseries", out var samples) || samples.ValueKind is not JsonValueKind.Array)
        {
            yield break;
        }

        var length = VeloCloudJson.Whole(quality, "sampleLength") is > 0 and var told ? told : VeloCloudAssumptions.SampleMilliseconds;
        foreach (var sample in samples.EnumerateArray().Where(s => s.ValueKind is JsonValueKind.Object))
        {
            if (VeloCloudJson.Time(sample, "timestamp") is not { } start)
            {
                continue;
            }

            var values = Scores(sample);
            foreach (var (name, number) in MetricReader.Values(VeloCloudMonitoring.Member(VeloCloudMonitoring.Member(sample, "metadata"), "detail"), []))
            {
                values[name] = number;
            }

            yield return (start, start.AddMilliseconds(length), values);
        }
    }

    private static Dictionary<string, object> Scores(JsonElement quality)
    {
        var values = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        var scores = VeloCloudMonitoring.Member(quality, "score");
        for (var i = 0; i < Traffic.Length; i++)
        {
            if (scores.TryGetProperty(((char)('0' + i)).ToString(), out var score) && MetricReader.NumberOf(score) is { } number)
            {
                values[Traffic[i] + "Score"] = number;
            }
        }

        return values;
    }
}
