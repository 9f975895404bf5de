using System.Text;
using System.Text.Json;

namespace OrchestratorTools.Clients.Http;

/// <summary>The texts of JSON. Half a surrogate pair (<c>\ud800</c> alone), which is no text, comes out as the server wrote it: one bad name does not end a list.</summary>
internal static class JsonText
{
    /// <summary>The text that the reader stands on.</summary>
    public static string Of(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    /// <summary>The text of an element.</summary>
    public static string Of(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return text.GetRawText()[1..^1];
        }
    }
}
