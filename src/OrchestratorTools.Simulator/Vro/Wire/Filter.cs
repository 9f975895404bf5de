using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.Vro.Wire;

/// <summary>
/// The query parameter <c>filter</c>: a JSON array of conditions <c>{property, operator, value}</c> and groups <c>{operator: "&amp;&amp;" or "||", items}</c>,
/// all of which must hold (facts/vro.md, B, Filter).
/// </summary>
internal static class Filter
{
    /// <summary>The condition that a filter means; refused with 400 where it means none.</summary>
    public static Predicate<T> Parse<T>(string text, FieldSet<T> fields)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 64 });
            return All(Items(document.RootElement, fields));
        }
        catch (JsonException e)
        {
            throw Refusal.BadRequest($"The filter is not JSON: {e.Message}");
        }
    }

    private static List<Predicate<T>> Items<T>(JsonElement list, FieldSet<T> fields)
    {
        if (list.ValueKind != JsonValueKind.Array)
            throw Refusal.BadRequest("A filter is a JSON array.");
        return [.. list.EnumerateArray().Select(item => Condition(item, fields))];
    }

    private static Predicate<T> Condition<T>(JsonElement item, FieldSet<T> fields)
    {
        if (item.ValueKind != JsonValueKind.Object || Text(item, "operator") is not { } name)
            throw Refusal.BadRequest("Each item of a filter is an object with an operator.");
        if (name is "&&" or "||")
        {
            var inner = Items(Member(item, "items") ?? throw Refusal.BadRequest($"The operator '{name}' needs items."), fields);
            return string.Equals(name, "&&", StringComparison.Ordinal) ? All(inner) : candidate => inner.Exists(p => p(candidate));
        }

        var property = fields.Property(Text(item, "property") ?? throw Refusal.BadRequest($"The operator '{name}' needs a property."));
        var value = (Member(item, "value") ?? throw Refusal.BadRequest($"The operator '{name}' needs a value.")).Clone();
        Predicate<JsonNode?> test = name switch
        {
            "==" => node => Values.AreEqual(node, value),
            ">" => node => Values.Compare(node, value) > 0,
            "<" => node => Values.Compare(node, value) < 0,
            "in" when value.ValueKind == JsonValueKind.Array => node => value.EnumerateArray().Any(v => Values.AreEqual(node, v)),
            "in" => throw Refusal.BadRequest("The operator 'in' takes an array."),
            "like" when value.ValueKind == JsonValueKind.String => Like(value.GetString()!),
            "like" => throw Refusal.BadRequest("The operator 'like' takes a string."),
            "!=" => node => !Values.AreEqual(node, value),
            _ => throw Refusal.BadRequest($"The operator '{name}' is not known."),
        };

        // Of the members of a list one that fits is enough; for != all must differ.
        return string.Equals(name, "!=", StringComparison.Ordinal)
            ? candidate => property(candidate).All(n => test(n))
            : candidate => property(candidate).Any(n => test(n));
    }

    private static Predicate<JsonNode?> Like(string pattern)
    {
        if (pattern.IndexOfAny(VroChoices.LikeWildcards) < 0 && VroChoices.LikeWithoutWildcardMeansContains)
            return node => Values.Text(node) is { } text && text.Contains(pattern, StringComparison.OrdinalIgnoreCase);
        var parts = pattern.Split(VroChoices.LikeWildcards);
        return node => Values.Text(node) is { } text && Fits(text, parts);
    }

    private static bool Fits(string text, string[] parts)
    {
        if (parts.Length == 1)
            return text.Equals(parts[0], StringComparison.OrdinalIgnoreCase);
        if (!text.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase))
            return false;
        var at = parts[0].Length;
        foreach (var part in parts.AsSpan(1, parts.Length - 2))
        {
            var found = text.IndexOf(part, at, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
                return false;
            at = found + part.Length;
        }

        return text.Length - at >= parts[^1].Length && text.EndsWith(parts[^1], StringComparison.OrdinalIgnoreCase);
    }

    private static Predicate<T> All<T>(List<Predicate<T>> conditions) => candidate => conditions.TrueForAll(p => p(candidate));

    private static string? Text(JsonElement item, string name) => Member(item, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Member(JsonElement item, string name)
    {
        foreach (var member in item.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return member.Value;
        }

        return null;
    }
}
