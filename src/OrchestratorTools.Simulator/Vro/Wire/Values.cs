using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.Vro.Wire;

/// <summary>Compares members with a filter's values, and members with each other. Texts count without their letter case.</summary>
internal static class Values
{
    /// <summary>Whether they are the same; a number and its text are.</summary>
    public static bool AreEqual(JsonNode? node, JsonElement value)
        => value.ValueKind == JsonValueKind.Null ? node is null : node is not null && Compare(node, value) == 0;

    /// <summary>Below, equal or above zero; null where they cannot be compared.</summary>
    public static int? Compare(JsonNode? node, JsonElement value)
    {
        if (Text(node) is not { } left || value.ValueKind is JsonValueKind.Null or JsonValueKind.Array or JsonValueKind.Object)
            return null;
        var right = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return value.ValueKind == JsonValueKind.Number ? CompareNumbers(left, right) : string.Compare(left, right, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The order of two members: null first, numbers by value, everything else by text.</summary>
    public static int Order(JsonNode? left, JsonNode? right)
    {
        var (a, b) = (Text(left), Text(right));
        if (a is null || b is null)
            return (a is null ? 0 : 1) - (b is null ? 0 : 1);
        return left!.GetValueKind() == JsonValueKind.Number ? CompareNumbers(a, b) ?? 0 : string.Compare(a, b, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A value as text; null for null, lists and objects.</summary>
    public static string? Text(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => node.ToJsonString(),
        _ => null,
    };

    private static int? CompareNumbers(string left, string right)
        => decimal.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out var a)
            && decimal.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : null;
}
