using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>
/// Keeps secrets out of files and texts, and puts them back: a secret that a file holds no more is the one that the server has at that place, where it is certain that it is that place.
/// </summary>
internal static class JsonSecrets
{
    /// <summary>What stands in a file in a secret's place: an object with this member.</summary>
    public const string Marker = "$withheld";

    // Members that say which thing an item of a list is, whatever its place in the list.
    private static readonly string[] Identities = ["logicalId", "ruleLogicalId", "segmentLogicalId", "id", "internalId", "vlanId", "segmentId", "name", "ssid", "username", "neighborIp", "host"];

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = JsonElementStream<int>.MaximumDepth + 8 };

    /// <summary>True where an object says of itself that its value is a secret.</summary>
    public static bool IsMarked(JsonElement json) => VeloCloudAssumptions.SecretMarks.Any(m => VeloCloudJson.Flag(json, m) is true);

    /// <summary>True where a value has something to hide: an empty one has not.</summary>
    public static bool HoldsSecret(JsonElement value)
        => value.ValueKind is JsonValueKind.Number || (value.ValueKind is JsonValueKind.String && JsonText.Of(value).Length > 0);

    /// <summary>The same JSON with its secrets withheld.</summary>
    public static JsonElement Withhold(JsonElement element)
        => JsonEdit.Parse(Write(element, null, static writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean(Marker, true);
            writer.WriteEndObject();
        }));

    /// <summary>The same JSON with something else in the place of its secrets. Empty ones stay: there is nothing to hide.</summary>
    public static byte[] Write(JsonElement element, string? parent, Action<Utf8JsonWriter> writeSecret)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Compact))
        {
            Write(writer, element, parent, isSecret: false, writeSecret);
        }

        return stream.ToArray();
    }

    /// <summary>
    /// Puts the secrets back that a file does not hold. Null where each was found; else the place of the first one that was not.
    /// </summary>
    /// <param name="file">What the file holds.</param>
    /// <param name="server">What the server has now.</param>
    /// <param name="whole">The file's content with the server's secrets.</param>
    public static string? PutBack(JsonElement file, JsonElement server, out JsonElement whole)
    {
        string? missing = null;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Compact))
        {
            Fill(writer, file, server, string.Empty, ref missing);
        }

        whole = JsonEdit.Parse(stream.ToArray());
        return missing;
    }

    /// <summary>True when the element stands for a secret that was withheld.</summary>
    public static bool IsWithheld(JsonElement element) => element.ValueKind is JsonValueKind.Object && element.TryGetProperty(Marker, out _);

    private static void Write(Utf8JsonWriter writer, JsonElement element, string? parent, bool isSecret, Action<Utf8JsonWriter> writeSecret)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var isMarked = IsMarked(element);
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, member.Name, VeloCloudAssumptions.IsSecretSetting(member.Name, parent, isMarked), writeSecret);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item, parent, isSecret, writeSecret);
                }

                writer.WriteEndArray();
                break;
            default:
                if (isSecret && HoldsSecret(element))
                {
                    writeSecret(writer);
                }
                else
                {
                    StableJson.Write(writer, element);
                }

                break;
        }
    }

    private static void Fill(Utf8JsonWriter writer, JsonElement file, JsonElement? server, string path, ref string? missing)
    {
        switch (file.ValueKind)
        {
            case JsonValueKind.Object when IsWithheld(file):
                if (server is { ValueKind: JsonValueKind.String or JsonValueKind.Number } secret)
                {
                    writer.WriteRawValue(secret.GetRawText(), skipInputValidation: true);
                    return;
                }

                missing ??= path;
                writer.WriteNullValue();
                return;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in file.EnumerateObject())
                {
                    JsonElement? counterpart = server is { ValueKind: JsonValueKind.Object } other && other.TryGetProperty(member.Name, out var value) ? value : null;
                    writer.WritePropertyName(member.Name);
                    Fill(writer, member.Value, counterpart, path + "/" + JsonDifferences.Escape(member.Name), ref missing);
                }

                writer.WriteEndObject();
                return;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                var index = 0;
                foreach (var item in file.EnumerateArray())
                {
                    Fill(writer, item, Counterpart(item, server, index), string.Create(CultureInfo.InvariantCulture, $"{path}/{index}"), ref missing);
                    index++;
                }

                writer.WriteEndArray();
                return;
            default:
                writer.WriteRawValue(file.GetRawText(), skipInputValidation: true);
                return;
        }
    }

    // The server's item that is the same thing: of the same identity, first at the same place, else at the only other one.
    private static JsonElement? Counterpart(JsonElement item, JsonElement? server, int index)
    {
        if (server is not { ValueKind: JsonValueKind.Array } list)
        {
            return null;
        }

        if (IsWithheld(item))
        {
            return index < list.GetArrayLength() ? list[index] : null;
        }

        if (index < list.GetArrayLength() && IsSame(item, list[index]))
        {
            return list[index];
        }

        JsonElement[] others = [.. list.EnumerateArray().Where(other => IsSame(item, other))];
        return others.Length == 1 ? others[0] : null;
    }

    private static bool IsSame(JsonElement item, JsonElement other)
    {
        if (item.ValueKind is not JsonValueKind.Object || other.ValueKind is not JsonValueKind.Object)
        {
            return false;
        }

        var known = false;
        foreach (var name in Identities)
        {
            if (item.TryGetProperty(name, out var mine) && mine.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                known = true;
                if (!other.TryGetProperty(name, out var theirs) || !JsonDifferences.AreEqual(mine, theirs))
                {
                    return false;
                }
            }
        }

        // What has no identity is the same thing when all but its secrets is the same.
        return known || JsonDifferences.AreEqual(item, Withhold(other));
    }
}
