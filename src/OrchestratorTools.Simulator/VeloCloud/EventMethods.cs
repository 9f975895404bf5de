using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The events of an enterprise: newest first, <c>metaData.more</c> and no link [spec].</summary>
internal sealed class EventMethods(VeloNetwork network)
{
    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["event/getEnterpriseEvents"] = Read,
    };

    private Answer Read(Call call)
    {
        var (from, to) = Interval(call.Object("interval"));
        var limit = Limit(call.Object("filter"));
        var filter = RuleFilter.Parse(call.Object("filter"));
        var edges = call.Integers("edgeId");
        var found = EventFeed.Read(network, call.Enterprise, from, to)
            .Where(e => edges.Count == 0 || (e.Edge is not null && edges.Contains(e.Edge.Id)))
            .Select(EventFeed.Describe)
            .Where(json => filter.IsEmpty || filter.Passes(JsonSerializer.SerializeToUtf8Bytes(json)))
            .Take(limit + 1)
            .ToList();
        var more = found.Count > limit;
        return Answer.List(found.Take(limit), new JsonObject { ["limit"] = limit, ["more"] = more });
    }

    private static int Limit(JsonElement? filter)
    {
        if (filter is not { } json || !json.TryGetProperty("limit", out var limit))
            return VeloAssumptions.EventLimit;

        return limit.ValueKind == JsonValueKind.Number && limit.TryGetInt32(out var n) && n is >= 1 and <= VeloAssumptions.EventLimit
            ? n
            : throw VeloError.Invalid([new Complaint("MAXIMUM", $"Expected a number from 1 to {VeloAssumptions.EventLimit}", "#/filter/limit")]);
    }

    /// <summary>The times of an interval: <c>start</c> must be there, <c>end</c> is now; without an interval the last 12 hours [spec].</summary>
    private (DateTimeOffset From, DateTimeOffset To) Interval(JsonElement? interval)
    {
        var now = network.Clock.GetUtcNow();
        if (interval is not { } json)
            return (now.AddHours(-12), now);

        if (!json.TryGetProperty("start", out var start))
            throw VeloError.Invalid([Operation.Missing("interval/start")]);

        return (Time(start, "start"), json.TryGetProperty("end", out var end) ? Time(end, "end") : now);
    }

    /// <summary>Milliseconds since 1970 or ISO 8601.</summary>
    private static DateTimeOffset Time(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var ms) && ms is >= 0 and < 253_402_300_800_000)
            return DateTimeOffset.FromUnixTimeMilliseconds(ms);

        return value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw VeloError.Invalid([new Complaint("INVALID_TYPE", "Expected milliseconds or ISO 8601", "#/interval/" + name)]);
    }
}
