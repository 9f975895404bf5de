using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A parameter of a method of the portal API.</summary>
public sealed record VeloCloudParameter
{
    private readonly string _kind;
    private readonly string[] _words;
    private readonly bool _isList;

    /// <summary>Reads the table's way of writing types: <c>integer</c>, <c>string:A|B</c>, <c>string(date-time)</c>, <c>object[]</c>, …</summary>
    public VeloCloudParameter(string name, string type, bool isRequired)
    {
        ArgumentNullException.ThrowIfNull(type);
        Name = name;
        Type = type;
        IsRequired = isRequired;
        _isList = type.EndsWith("[]", StringComparison.Ordinal);
        var bare = _isList ? type[..^2] : type;
        var colon = bare.IndexOf(':', StringComparison.Ordinal);
        _kind = colon < 0 ? bare : bare[..colon];
        _words = colon < 0 ? [] : bare[(colon + 1)..].Split('|');
    }

    /// <summary>The name; letter case counts.</summary>
    public string Name { get; }

    /// <summary>The type, as the table writes it.</summary>
    public string Type { get; }

    /// <summary>True where the method refuses to go without.</summary>
    public bool IsRequired { get; }

    /// <summary>The values that it may have, where they are listed.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>What is wanted, in words.</summary>
    public string Wanted
    {
        get
        {
            var one = _kind switch
            {
                "integer" => "a whole number",
                "number" or "number(double)" => "a number",
                "boolean" => "$true or $false",
                "object" => "an object, such as a hashtable",
                "string(date-time)" => "a time, as a DateTime or in ISO 8601",
                _ => "a text",
            };
            var choice = _words.Length == 0 ? string.Empty : $": {string.Join(", ", _words)}";
            return _isList ? $"a list, each item {one}{choice}" : one + choice;
        }
    }

    /// <summary>Writes the value, and notes what is wrong with it.</summary>
    internal void Write(Utf8JsonWriter writer, JsonElement value, List<string> problems)
    {
        if (value.ValueKind is JsonValueKind.Null)
        {
            writer.WriteNullValue();
            return;
        }

        if (!_isList)
        {
            Check(value, problems);
            value.WriteTo(writer);
            return;
        }

        // PowerShell makes one value of a list that has one.
        writer.WriteStartArray();
        if (value.ValueKind is JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                Check(item, problems);
                item.WriteTo(writer);
            }
        }
        else
        {
            Check(value, problems);
            value.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    private void Check(JsonElement value, List<string> problems)
    {
        var fits = _kind switch
        {
            "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _),
            "number" or "number(double)" => value.ValueKind is JsonValueKind.Number,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "object" => value.ValueKind is JsonValueKind.Object,
            "string(date-time)" => value.ValueKind is JsonValueKind.String && value.TryGetDateTimeOffset(out _),
            "string" => value.ValueKind is JsonValueKind.String,
            _ => true,
        };
        if (fits && _words.Length > 0)
        {
            fits = _words.Contains(value.ValueKind is JsonValueKind.String ? JsonText.Of(value) : value.GetRawText(), StringComparer.Ordinal);
        }

        if (fits)
        {
            return;
        }

        // A value is repeated in the error only where it cannot be a secret.
        var shown = VeloCloudAssumptions.IsSecretName(Name) || value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? string.Empty : $" {VeloCloudErrors.Shorten(value.GetRawText())}";
        if (_words.Length > 0 && value.ValueKind is JsonValueKind.String)
        {
            var meant = Likeness.Of(JsonText.Of(value), _words) is [var like, ..] ? $" (did you mean '{like}'?)" : string.Empty;
            problems.Add($"'{Name}'{shown}: one of {string.Join(", ", _words)} is needed{meant}.");
            return;
        }

        problems.Add($"'{Name}'{shown}: {Wanted} is needed, this is {KindOf(value)}.");
    }

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "a whole number" : "a number",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        _ => "nothing ($null)",
    };
}
