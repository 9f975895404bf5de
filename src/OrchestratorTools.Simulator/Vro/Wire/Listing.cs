using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.Vro.Wire;

/// <summary>
/// Answers a list: filter and sort, then <c>start</c>, then <c>limit</c> (facts/vro.md, B, Order of application). <c>total</c> counts what the filter lets
/// through.
/// </summary>
internal static class Listing
{
    /// <summary>The page that a request asks for, as <c>{total, data}</c>.</summary>
    public static Answer Page<T>(Call call, IEnumerable<T> items, FieldSet<T> fields, VroSettings settings)
    {
        var start = call.Count("start") ?? 0;
        var limit = Math.Min(call.Count("limit") ?? settings.PageSize, settings.MaximumPageSize);
        if ((string?)call.Query["filter"] is { Length: > 0 } filter)
        {
            var condition = Filter.Parse(filter, fields);
            items = items.Where(i => condition(i));
        }

        if ((string?)call.Query["sort"] is { Length: > 0 } sort)
            items = Sort(items, sort, fields);
        var found = items.ToList();
        return Answer.Json(new JsonObject
        {
            ["total"] = found.Count,
            ["data"] = new JsonArray([.. found.Skip(start).Take(limit).Select(fields.Write)]),
        });
    }

    /// <summary>A short list without paging: <c>{data}</c>.</summary>
    public static Answer Whole(IEnumerable<JsonNode> items)
    {
        var data = new JsonArray([.. items]);
        return Answer.Json(VroChoices.Keys.ListsCarryTotal ? new JsonObject { ["total"] = data.Count, ["data"] = data } : new JsonObject { ["data"] = data });
    }

    // The list of {property, direction} is INF; ASC and DESC are documented.
    private static IOrderedEnumerable<T> Sort<T>(IEnumerable<T> items, string text, FieldSet<T> fields)
    {
        List<(Func<T, IEnumerable<JsonNode?>> Property, bool Descending)> keys;
        try
        {
            using var document = JsonDocument.Parse(text);
            keys = document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Select(item => Key(item, fields))]
                : throw Refusal.BadRequest("A sort is a JSON array.");
        }
        catch (JsonException e)
        {
            throw Refusal.BadRequest($"The sort is not JSON: {e.Message}");
        }

        var comparer = Comparer<JsonNode?>.Create(Values.Order);
        return keys.Aggregate(items.OrderBy(_ => 0), (sorted, key) => key.Descending
            ? sorted.ThenByDescending(i => key.Property(i).FirstOrDefault(), comparer)
            : sorted.ThenBy(i => key.Property(i).FirstOrDefault(), comparer));
    }

    private static (Func<T, IEnumerable<JsonNode?>> Property, bool Descending) Key<T>(JsonElement item, FieldSet<T> fields)
    {
        string? property = null;
        string? direction = null;
        foreach (var member in item.ValueKind == JsonValueKind.Object ? item.EnumerateObject() : throw Refusal.BadRequest("Each item of a sort is an object."))
        {
            if (member.Name.Equals("property", StringComparison.OrdinalIgnoreCase))
                property = member.Value.ToString();
            else if (member.Name.Equals("direction", StringComparison.OrdinalIgnoreCase))
                direction = member.Value.ToString();
        }

        if (property is null)
            throw Refusal.BadRequest("Each item of a sort needs a property.");
        return direction?.ToUpperInvariant() switch
        {
            null or "ASC" => (fields.Property(property), false),
            "DESC" => (fields.Property(property), true),
            _ => throw Refusal.BadRequest($"The direction '{direction}' is neither ASC nor DESC."),
        };
    }
}
