using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.Pipeline;

/// <summary>
/// JSON to objects for the pipeline, and back without a loss: no number is rounded, and members that PowerShell's objects cannot have (no name, a name that differs from another in letter case
/// only) come back with the object that they were in. For what is read, changed in part and written as a whole.
/// </summary>
internal static class ExactJson
{
    private const int Deepest = 128;

    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = Deepest + 8, SkipValidation = true };
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = Deepest };

    // What stands beside an object's properties, by the object itself.
    private static readonly ConditionalWeakTable<PSObject, List<(string Name, string Json)>> Hidden = [];

    // Numbers that no type of .NET holds exactly, and texts that are none, by the wrapper that stands for them.
    private static readonly ConditionalWeakTable<PSObject, string> Exact = [];

    /// <summary>An element as PowerShell's users expect it.</summary>
    public static object? ToObject(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var result = new PSObject();
                List<(string Name, string Json)>? hidden = null;
                foreach (var member in element.EnumerateObject())
                {
                    if (member.Name.Length > 0 && result.Properties[member.Name] is null)
                    {
                        result.Properties.Add(new PSNoteProperty(member.Name, ToObject(member.Value)));
                    }
                    else
                    {
                        (hidden ??= []).Add((member.Name, member.Value.GetRawText()));
                    }
                }

                if (hidden is not null)
                {
                    Hidden.Add(result, hidden);
                }

                return result;
            case JsonValueKind.Array:
                return element.EnumerateArray().Select(ToObject).ToArray();
            case JsonValueKind.String:
                return Text(element);
            case JsonValueKind.Number:
                return Number(element);
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                return null;
        }
    }

    /// <summary>
    /// What a user gave, as an element: an object or hashtable, or JSON as a text. Throws <see cref="ArgumentException"/> where it is neither.
    /// </summary>
    public static JsonElement ToElement(object? value)
    {
        var bare = value is PSObject { BaseObject: string wrapped } ? wrapped : value;
        if (bare is string json)
        {
            try
            {
                using var given = JsonDocument.Parse(json, Reading);
                return given.RootElement.Clone();
            }
            catch (JsonException e)
            {
                throw new ArgumentException("the text is no JSON: " + e.Message, e);
            }
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Layout))
        {
            Write(writer, value, 0);
        }

        using var document = JsonDocument.Parse(stream.GetBuffer().AsMemory(0, (int)stream.Length), Reading);
        return document.RootElement.Clone();
    }

    private static object Text(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            var wrapper = new PSObject(JsonText.Of(element));
            Exact.Add(wrapper, element.GetRawText());
            return wrapper;
        }
    }

    // The first type that holds the number as it is written: nothing is rounded.
    private static object Number(JsonElement element)
    {
        var raw = element.GetRawText();
        if (element.TryGetInt64(out var whole))
        {
            return whole;
        }

        if (element.TryGetDecimal(out var exact) && JsonNumberText.AreEqual(exact.ToString(CultureInfo.InvariantCulture), raw))
        {
            return exact;
        }

        if (raw.AsSpan().TrimStart('-').IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return BigInteger.Parse(raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        var approximate = element.TryGetDouble(out var number) ? number : double.NaN;
        if (double.IsFinite(approximate) && JsonNumberText.AreEqual(approximate.ToString("R", CultureInfo.InvariantCulture), raw))
        {
            return approximate;
        }

        var wrapper = new PSObject(approximate);
        Exact.Add(wrapper, raw);
        return wrapper;
    }

    private static void Write(Utf8JsonWriter writer, object? value, int depth)
    {
        if (depth > Deepest)
        {
            throw new ArgumentException($"it is nested deeper than {Deepest} levels.");
        }

        if (value is PSObject wrapper)
        {
            if (Exact.TryGetValue(wrapper, out var raw))
            {
                writer.WriteRawValue(raw, skipInputValidation: true);
                return;
            }

            if (wrapper.BaseObject is PSCustomObject)
            {
                WriteObject(writer, wrapper, depth);
                return;
            }

            value = wrapper.BaseObject;
        }

        switch (value)
        {
            case BigInteger large:
                writer.WriteRawValue(large.ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            case double or float when !double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)):
                throw new ArgumentException("JSON has no number for infinity, or for what is no number.");
            case string or JsonElement:
                JsonObjects.Write(writer, value);
                break;
            case IDictionary map:
                writer.WriteStartObject();
                foreach (DictionaryEntry entry in map)
                {
                    writer.WritePropertyName(entry.Key.ToString() ?? string.Empty);
                    Write(writer, entry.Value, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    Write(writer, item, depth + 1);
                }

                writer.WriteEndArray();
                break;
            default:
                JsonObjects.Write(writer, value);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, PSObject value, int depth)
    {
        writer.WriteStartObject();
        foreach (var property in value.Properties.Where(p => p.IsGettable))
        {
            writer.WritePropertyName(property.Name);
            Write(writer, property.Value, depth + 1);
        }

        if (Hidden.TryGetValue(value, out var hidden))
        {
            foreach (var (name, json) in hidden)
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(json, skipInputValidation: true);
            }
        }

        writer.WriteEndObject();
    }
}
