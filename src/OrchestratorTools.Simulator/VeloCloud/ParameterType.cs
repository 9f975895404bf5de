using System.Globalization;
using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The type of a parameter as the operation table writes it: <c>integer</c>, <c>string:A|B[]</c>, <c>string(date-time)</c> and so on.</summary>
internal sealed class ParameterType
{
    private readonly string _base;
    private readonly string[]? _allowed;

    private ParameterType(string text)
    {
        Text = text;
        IsArray = text.EndsWith("[]", StringComparison.Ordinal);
        var element = IsArray ? text[..^2] : text;
        var colon = element.IndexOf(':', StringComparison.Ordinal);
        _base = colon < 0 ? element : element[..colon];
        _allowed = colon < 0 ? null : element[(colon + 1)..].Split('|');
    }

    /// <summary>The type in the table's own words.</summary>
    public string Text { get; }

    public bool IsArray { get; }

    /// <summary>Whether a word is one of those that are allowed.</summary>
    public bool Allows(string word) => _allowed is null || _allowed.Contains(word, StringComparer.Ordinal);

    /// <summary>True where the value is one number, as an id is.</summary>
    public bool IsNumber => !IsArray && _base is "integer" or "number";

    public static ParameterType Parse(string text) => new(text);

    /// <summary>What is wrong with a value for a parameter of this type; null where nothing is.</summary>
    public Complaint? Check(string path, JsonElement value)
    {
        if (!IsArray)
            return CheckElement(path, value);

        if (value.ValueKind != JsonValueKind.Array)
            return WrongType(path, value);

        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            if (CheckElement(string.Create(CultureInfo.InvariantCulture, $"{path}/{index}"), element) is { } complaint)
                return complaint;

            index++;
        }

        return null;
    }

    private Complaint? CheckElement(string path, JsonElement value)
    {
        var fits = _base switch
        {
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "number" or "number(double)" => value.ValueKind == JsonValueKind.Number,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "object" => value.ValueKind == JsonValueKind.Object,
            "string(date-time)" => value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out _),
            _ => value.ValueKind == JsonValueKind.String,
        };
        if (!fits)
            return WrongType(path, value);

        return _allowed is null || _allowed.Contains(value.ToString(), StringComparer.Ordinal)
            ? null
            : new Complaint("ENUM_MISMATCH", $"No enum match for: {value} (expected {string.Join(", ", _allowed)})", path);
    }

    private Complaint WrongType(string path, JsonElement value)
        => new("INVALID_TYPE", $"Expected type {Text} but found {value.ValueKind.ToString().ToLowerInvariant()}", path);
}
