using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vro;

/// <summary>
/// What -Filter takes: the server's own JSON, which is passed through, or a hashtable that becomes it. <c>@{ planType = 'Replica' }</c> is a comparison, a list of values an "in",
/// <c>@{ name = @{ like = 'dc1%' } }</c> another operator, <c>@{ or = @{…}, @{…} }</c> a group; what stands side by side must all be so.
/// </summary>
internal static class FilterArgument
{
    private const int Deepest = 32;

    private static readonly Dictionary<string, string> Operators = new(StringComparer.OrdinalIgnoreCase)
    {
        ["=="] = "==", ["="] = "==", ["eq"] = "==",
        ["!="] = "!=", ["ne"] = "!=",
        [">"] = ">", ["gt"] = ">",
        ["<"] = "<", ["lt"] = "<",
        ["in"] = "in",
        ["like"] = "like",
    };

    private static readonly Dictionary<string, string> Groups = new(StringComparer.OrdinalIgnoreCase) { ["&&"] = "&&", ["and"] = "&&", ["||"] = "||", ["or"] = "||" };

    /// <summary>The filter as the server takes it. Throws <see cref="ArgumentException"/> with a sentence where it is none.</summary>
    public static JsonElement Read(object filter)
    {
        filter = Bare(filter)!;
        switch (filter)
        {
            case string text:
                return ReadText(text);
            case IDictionary { Count: > 0 } map:
                return JsonObjects.ToElement(Conditions(map, 0));
            case IList { Count: > 0 } list when list.Cast<object?>().All(item => Bare(item) is IDictionary { Count: > 0 }):
                return JsonObjects.ToElement(list.Cast<object?>().SelectMany(item => Conditions((IDictionary)Bare(item)!, 0)).ToArray());
            default:
                throw Wrong("a hashtable is needed, for example @{ planType = 'Replica'; name = @{ like = 'dc1%' } }, or the server's JSON as a text.");
        }
    }

    private static JsonElement ReadText(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 64 });
            if (document.RootElement.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
            {
                return document.RootElement.Clone();
            }
        }
        catch (JsonException e)
        {
            throw Wrong($"it is no JSON ({e.Message}).");
        }

        throw Wrong("""a list of conditions is needed, for example '[{"property":"planType","operator":"==","value":"Replica"}]'.""");
    }

    private static List<object> Conditions(IDictionary map, int depth)
    {
        if (depth > Deepest)
        {
            throw Wrong("it is nested too deeply.");
        }

        // The order of a hashtable is nobody's; that of an [ordered] one is the user's.
        var entries = map.Cast<DictionaryEntry>();
        var conditions = new List<object>();
        foreach (var entry in map is OrderedDictionary ? entries : entries.OrderBy(e => e.Key.ToString(), StringComparer.Ordinal))
        {
            var name = entry.Key.ToString() ?? string.Empty;
            var value = Bare(entry.Value);
            if (Groups.TryGetValue(name, out var group))
            {
                conditions.Add(Group(name, group, value, depth));
            }
            else if (value is IDictionary comparisons)
            {
                conditions.AddRange(Comparisons(name, comparisons));
            }
            else
            {
                conditions.Add(Condition(name, value is IList ? "in" : "==", value));
            }
        }

        return conditions;
    }

    private static OrderedDictionary Group(string name, string symbol, object? value, int depth)
    {
        var items = new List<object>();
        switch (value)
        {
            // Each entry of one hashtable is an item.
            case IDictionary { Count: > 0 } map:
                items.AddRange(Conditions(map, depth + 1));
                break;
            case IList { Count: > 0 } list when list.Cast<object?>().All(item => Bare(item) is IDictionary { Count: > 0 }):
                foreach (var item in list)
                {
                    var inner = Conditions((IDictionary)Bare(item)!, depth + 1);
                    items.Add(inner is [var single] ? single : Group("&&", inner));
                }

                break;
            default:
                throw Wrong($"'{name}' needs conditions: @{{ {name} = @{{ ... }}, @{{ ... }} }}.");
        }

        return Group(symbol, items);
    }

    private static OrderedDictionary Group(string symbol, List<object> items) => new(StringComparer.Ordinal) { ["operator"] = symbol, ["items"] = items };

    private static IEnumerable<object> Comparisons(string property, IDictionary comparisons)
    {
        if (comparisons.Count == 0)
        {
            throw Wrong($"'{property}' is compared with nothing.");
        }

        foreach (DictionaryEntry comparison in comparisons)
        {
            var word = (comparison.Key.ToString() ?? string.Empty).TrimStart('-');
            if (!Operators.TryGetValue(word, out var symbol))
            {
                throw Wrong($"'{comparison.Key}' of '{property}' is no operator; there are {string.Join(", ", VroFilter.Operators)} (or eq, ne, gt, lt), and for groups && and || (or and, or).");
            }

            yield return Condition(property, symbol, Bare(comparison.Value));
        }
    }

    private static OrderedDictionary Condition(string property, string symbol, object? value)
    {
        if (property.Length == 0)
        {
            throw Wrong("a condition names no field.");
        }

        var isList = value is IList;
        if (isList && symbol != "in")
        {
            throw Wrong($"'{property}' is compared by {symbol} with a list; a list goes with 'in'.");
        }

        if (symbol == "like" && value is not string)
        {
            throw Wrong($"'{property}' is compared by like, which takes a text.");
        }

        var sent = symbol == "in" && !isList ? new[] { Sent(value) } : isList ? ((IList)value!).Cast<object?>().Select(v => Sent(Bare(v))).ToArray() : Sent(value);
        return new(StringComparer.Ordinal) { ["property"] = property, ["operator"] = symbol, ["value"] = sent };
    }

    // The server's times have no zone (facts/vro.md, B): the digits are sent as they are.
    private static object? Sent(object? value) => value switch
    {
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        _ => value,
    };

    private static object? Bare(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    private static ArgumentException Wrong(string wanted) => new(wanted);
}
