using System.Globalization;
using System.Text.Json;

namespace OrchestratorTools.Simulator.Faults;

/// <summary>Typed reading of a JSON object's members: null counts as absent, a wrong type is an <see cref="ArgumentException"/> with a sentence for the caller.</summary>
internal static class JsonMembers
{
    public static string? Text(this JsonElement json, string name)
        => Member(json, name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } value => value.GetString(),
            _ => throw new ArgumentException($"'{name}' must be a text."),
        };

    public static long Number(this JsonElement json, string name, long otherwise, long least, long most)
        => Member(json, name) switch
        {
            null => otherwise,
            { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out var n) && n >= least && n <= most => n,
            _ => throw new ArgumentException($"'{name}' must be a whole number from {least.ToString(CultureInfo.InvariantCulture)} to {most.ToString(CultureInfo.InvariantCulture)}."),
        };

    public static double Double(this JsonElement json, string name)
        => Member(json, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var x) && double.IsFinite(x)
            ? x
            : throw new ArgumentException($"'{name}' must be a number.");

    public static bool Flag(this JsonElement json, string name)
        => Member(json, name) switch
        {
            null => false,
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            _ => throw new ArgumentException($"'{name}' must be true or false."),
        };

    public static string? TextOrNumber(this JsonElement json, string name)
        => Member(json, name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Number } value => value.GetRawText(),
            { ValueKind: JsonValueKind.String } value => value.GetString(),
            _ => throw new ArgumentException($"'{name}' must be a number or a text."),
        };

    public static IReadOnlyDictionary<string, string> Texts(this JsonElement json, string name)
    {
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (Member(json, name) is not { } value)
            return texts;

        if (value.ValueKind != JsonValueKind.Object)
            throw new ArgumentException($"'{name}' must be an object of texts.");

        foreach (var member in value.EnumerateObject())
        {
            texts[member.Name] = member.Value.TextOrNumber(member.Name, name);
        }

        return texts;
    }

    private static string TextOrNumber(this JsonElement value, string name, string owner)
        => value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString()!,
            _ => throw new ArgumentException($"'{owner}.{name}' must be a text."),
        };

    private static JsonElement? Member(JsonElement json, string name)
        => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
