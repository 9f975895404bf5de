using System.Text.Encodings.Web;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Changes one place of a JSON value; whatever stands elsewhere stays as the server wrote it, to the byte.</summary>
internal static class JsonEdit
{
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = JsonElementStream<int>.MaximumDepth + 8, SkipValidation = true };

    /// <summary>Gives a place another value. The last part of the path is added where an object lacks it.</summary>
    /// <param name="root">The value.</param>
    /// <param name="path">Names of members (texts) and places in lists (whole numbers).</param>
    /// <param name="json">The new value, as JSON.</param>
    public static JsonElement Replace(JsonElement root, ReadOnlySpan<object> path, string json)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Layout))
        {
            Write(writer, root, path, json);
        }

        return Parse(stream.ToArray());
    }

    /// <summary>A list with an item put in.</summary>
    public static string Insert(JsonElement list, int index, string json)
    {
        var items = Items(list);
        items.Insert(index, json);
        return "[" + string.Join(',', items) + "]";
    }

    /// <summary>A list without one of its items.</summary>
    public static string RemoveAt(JsonElement list, int index)
    {
        var items = Items(list);
        items.RemoveAt(index);
        return "[" + string.Join(',', items) + "]";
    }

    /// <summary>JSON as an element.</summary>
    public static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, VeloCloudJson.Options);
        return document.RootElement.Clone();
    }

    /// <summary>JSON as an element.</summary>
    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json, VeloCloudJson.Options);
        return document.RootElement.Clone();
    }

    /// <summary>An object written member by member, as text.</summary>
    public static string Object(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Layout))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static List<string> Items(JsonElement list) => list.ValueKind is JsonValueKind.Array ? [.. list.EnumerateArray().Select(i => i.GetRawText())] : [];

    private static void Write(Utf8JsonWriter writer, JsonElement element, ReadOnlySpan<object> path, string json)
    {
        if (path.IsEmpty)
        {
            writer.WriteRawValue(json, skipInputValidation: true);
            return;
        }

        if (path[0] is int index)
        {
            writer.WriteStartArray();
            var i = 0;
            foreach (var item in element.EnumerateArray())
            {
                if (i++ == index)
                {
                    Write(writer, item, path[1..], json);
                }
                else
                {
                    writer.WriteRawValue(item.GetRawText(), skipInputValidation: true);
                }
            }

            writer.WriteEndArray();
            return;
        }

        var name = (string)path[0];
        var found = false;
        writer.WriteStartObject();
        foreach (var member in element.EnumerateObject())
        {
            writer.WritePropertyName(member.Name);
            if (!found && string.Equals(member.Name, name, StringComparison.Ordinal))
            {
                found = true;
                Write(writer, member.Value, path[1..], json);
            }
            else
            {
                writer.WriteRawValue(member.Value.GetRawText(), skipInputValidation: true);
            }
        }

        if (!found)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(json, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }
}
