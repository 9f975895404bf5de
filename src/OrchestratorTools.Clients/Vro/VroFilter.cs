using System.Text.Json;

namespace OrchestratorTools.Clients.Vro;

/// <summary>What a filter of the server speaks of (facts/vro.md, B, "Filter"): conditions <c>{property, operator, value}</c> and groups <c>{operator, items}</c>.</summary>
public static class VroFilter
{
    private const int Deepest = 64;

    /// <summary>The operators of a condition.</summary>
    public static IReadOnlyList<string> Operators { get; } = ["==", "!=", ">", "<", "in", "like"];

    /// <summary>The properties that a filter names.</summary>
    public static IReadOnlyList<string> PropertiesOf(JsonElement? filter)
    {
        var found = new List<string>();
        if (filter is { } given)
        {
            Collect(given, found, 0);
        }

        return found.Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
    }

    /// <summary>Those of the properties that are none of the fields; <c>a.b</c> goes by its first part.</summary>
    public static IReadOnlyList<string> Unknown(IEnumerable<string> properties, IReadOnlyCollection<string> fields)
        => properties.Where(p => !fields.Contains(p.Split('.')[0], StringComparer.OrdinalIgnoreCase)).ToArray();

    private static void Collect(JsonElement element, List<string> found, int depth)
    {
        if (depth > Deepest)
        {
            return;
        }

        if (element.ValueKind is JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Collect(item, found, depth + 1);
            }
        }
        else if (element.ValueKind is JsonValueKind.Object)
        {
            if (VroJson.Text(element, "property") is { Length: > 0 } property)
            {
                found.Add(property);
            }

            if (VroJson.Find(element, "items") is { } items)
            {
                Collect(items, found, depth + 1);
            }
        }
    }
}
