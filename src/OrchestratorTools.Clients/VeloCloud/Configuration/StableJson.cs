using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>
/// Writes JSON so that the same content is the same bytes: members in the order of their names (ordinal), two blanks a level, LF, UTF-8 without a mark, one line end at the end.
/// Numbers stay as the server wrote them, lists keep their order, letters beyond ASCII stay readable.
/// </summary>
internal static class StableJson
{
    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = JsonElementStream<int>.MaximumDepth + 8 };

    /// <summary>The element's bytes.</summary>
    public static byte[] Write(JsonElement element)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Layout))
        {
            Write(writer, element);
        }

        // The framework's writer ends lines as its system does; a backup that is compared on another system must not differ.
        var text = Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
        return Encoding.UTF8.GetBytes((Environment.NewLine is "\n" ? text : text.Replace(Environment.NewLine, "\n", StringComparison.Ordinal)) + "\n");
    }

    /// <summary>Writes the element's content in order.</summary>
    public static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();

                // Stable: of members of one name the first stays the first.
                foreach (var member in element.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                WriteText(writer, element);
                break;
            default:
                // A number is written with the digits that it came with.
                element.WriteTo(writer);
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter writer, JsonElement text)
    {
        string value;
        try
        {
            value = text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is no text; as the server wrote it, it is still JSON.
            writer.WriteRawValue(text.GetRawText(), skipInputValidation: true);
            return;
        }

        writer.WriteStringValue(value);
    }
}
