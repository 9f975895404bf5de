using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// The filter of a listing: <c>{"rules": [{"field": "edgeState", "op": "is", "values": ["CONNECTED"]}]}</c>; all rules must hold, one value of each is enough. The definition
/// only says that a filter is an object: the form is inferred. Another form is refused, so that a filter is never silently without effect.
/// </summary>
internal sealed class RuleFilter
{
    private readonly List<Rule> _rules = [];

    private RuleFilter()
    {
    }

    /// <summary>True where everything passes.</summary>
    public bool IsEmpty => _rules.Count == 0;

    /// <summary>Reads a filter; null is the empty one. Throws a 400 for what it does not understand.</summary>
    public static RuleFilter Parse(JsonElement? json)
    {
        var filter = new RuleFilter();
        if (json is not { } value)
            return filter;

        foreach (var member in value.EnumerateObject())
        {
            if (member.Name is "limit")
                continue;

            if (member.Name is not "rules" || member.Value.ValueKind != JsonValueKind.Array)
                throw VeloError.BadRequest($"Unknown filter: {member.Name}");

            filter._rules.AddRange(member.Value.EnumerateArray().Select(Rule.Parse));
        }

        return filter;
    }

    /// <summary>Whether an object, given as UTF-8 JSON, passes.</summary>
    public bool Passes(ReadOnlyMemory<byte> utf8)
    {
        if (IsEmpty)
            return true;

        using var document = JsonDocument.Parse(utf8);
        return _rules.TrueForAll(r => r.Passes(document.RootElement));
    }

    private sealed record Rule(string Field, string Op, IReadOnlyList<string> Values)
    {
        private static readonly string[] Ops = ["is", "isNot", "contains", "notContains", "startsWith", "endsWith"];

        public static Rule Parse(JsonElement json)
        {
            if (json.ValueKind != JsonValueKind.Object
                || !json.TryGetProperty("field", out var field) || field.ValueKind != JsonValueKind.String
                || !json.TryGetProperty("op", out var op) || !Ops.Contains(op.ToString(), StringComparer.Ordinal)
                || !json.TryGetProperty("values", out var values) || values.ValueKind != JsonValueKind.Array)
            {
                throw VeloError.BadRequest($"A filter's rule has field, op ({string.Join(", ", Ops)}) and values");
            }

            return new Rule(field.GetString()!, op.GetString()!, [.. values.EnumerateArray().Select(v => v.ToString())]);
        }

        public bool Passes(JsonElement item)
        {
            var actual = item.TryGetProperty(Field, out var value) ? value.ToString() : "";
            return Op switch
            {
                "is" => Values.Any(v => string.Equals(actual, v, StringComparison.OrdinalIgnoreCase)),
                "isNot" => !Values.Any(v => string.Equals(actual, v, StringComparison.OrdinalIgnoreCase)),
                "contains" => Values.Any(v => actual.Contains(v, StringComparison.OrdinalIgnoreCase)),
                "notContains" => !Values.Any(v => actual.Contains(v, StringComparison.OrdinalIgnoreCase)),
                "startsWith" => Values.Any(v => actual.StartsWith(v, StringComparison.OrdinalIgnoreCase)),
                _ => Values.Any(v => actual.EndsWith(v, StringComparison.OrdinalIgnoreCase)),
            };
        }
    }
}
