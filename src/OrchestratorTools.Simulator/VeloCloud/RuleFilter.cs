using System.Globalization;
using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// The filter of a listing: <c>{"rules": [{"field": "edgeState", "op": "is", "values": ["CONNECTED"]}]}</c>; all rules must hold, one value of each is enough. For events the
/// definition has this form; for edges it only says that a filter is an object: the same form is inferred. Another form is refused, so that a filter is never silently without effect.
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

    /// <summary>A filter of one rule, as APIv2 writes it in a query: <c>name[contains]=x</c>. Null where there is no such operator.</summary>
    public static RuleFilter? Of(string field, string op, IReadOnlyList<string> values)
    {
        var filter = new RuleFilter();
        filter._rules.Add(new Rule(field, op, values));
        return Rule.Ops.Contains(op, StringComparer.Ordinal) ? filter : null;
    }

    /// <summary>Whether an object, given as UTF-8 JSON, passes.</summary>
    public bool Passes(ReadOnlyMemory<byte> utf8)
    {
        if (IsEmpty)
            return true;

        using var document = JsonDocument.Parse(utf8);
        var item = document.RootElement;
        return Passes(name => item.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null);
    }

    /// <summary>Whether an object passes whose members are given as texts; null is a member without a value.</summary>
    public bool Passes(Func<string, string?> member) => _rules.TrueForAll(r => r.Passes(member(r.Field)));

    private sealed record Rule(string Field, string Op, IReadOnlyList<string> Values)
    {
        /// <summary>The operators of the definition.</summary>
        public static readonly string[] Ops =
        [
            "is", "is not", "isNot", "isNull", "isNotNull", "startsWith", "notStartsWith", "endsWith", "notEndsWith", "contains", "notContains", "greaterOrEquals", "lesserOrEquals",
            "in", "notIn",
        ];

        public static Rule Parse(JsonElement json)
        {
            if (json.ValueKind != JsonValueKind.Object
                || !json.TryGetProperty("field", out var field) || field.ValueKind != JsonValueKind.String
                || !json.TryGetProperty("op", out var op) || !Ops.Contains(op.ToString(), StringComparer.Ordinal))
            {
                throw VeloError.BadRequest($"A filter's rule has field, op ({string.Join(", ", Ops)}) and values");
            }

            if (json.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Array)
                return new Rule(field.GetString()!, op.GetString()!, [.. values.EnumerateArray().Select(v => v.ToString())]);

            return op.GetString() is "isNull" or "isNotNull" ? new Rule(field.GetString()!, op.GetString()!, []) : throw VeloError.BadRequest("A filter's rule has values");
        }

        public bool Passes(string? value)
        {
            var actual = value ?? "";
            return Op switch
            {
                "is" or "in" => Any(v => string.Equals(actual, v, StringComparison.OrdinalIgnoreCase)),
                "is not" or "isNot" or "notIn" => !Any(v => string.Equals(actual, v, StringComparison.OrdinalIgnoreCase)),
                "isNull" => value is null,
                "isNotNull" => value is not null,
                "contains" => Any(v => actual.Contains(v, StringComparison.OrdinalIgnoreCase)),
                "notContains" => !Any(v => actual.Contains(v, StringComparison.OrdinalIgnoreCase)),
                "startsWith" => Any(v => actual.StartsWith(v, StringComparison.OrdinalIgnoreCase)),
                "notStartsWith" => !Any(v => actual.StartsWith(v, StringComparison.OrdinalIgnoreCase)),
                "endsWith" => Any(v => actual.EndsWith(v, StringComparison.OrdinalIgnoreCase)),
                "notEndsWith" => !Any(v => actual.EndsWith(v, StringComparison.OrdinalIgnoreCase)),
                "greaterOrEquals" => Any(v => Compare(actual, v) >= 0),
                _ => Any(v => Compare(actual, v) <= 0),
            };

            bool Any(Func<string, bool> isSo) => Values.Any(isSo);
        }

        /// <summary>Numbers as numbers, times as times (milliseconds or ISO 8601), everything else as texts.</summary>
        private static int Compare(string a, string b)
        {
            if (Number(a) is { } x && Number(b) is { } y)
                return x.CompareTo(y);

            return string.CompareOrdinal(a, b);
        }

        private static double? Number(string text)
        {
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                return number;

            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeMilliseconds() : null;
        }
    }
}
