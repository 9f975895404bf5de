using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OrchestratorTools.Clients.Vro;

/// <summary>Reads members of the server's JSON, whatever they turn out to be: a text for a number, a missing one for null.</summary>
internal static class VroJson
{
    /// <summary>How documents of this system are read.</summary>
    public static readonly JsonDocumentOptions Options = new() { MaxDepth = 128, AllowTrailingCommas = true };

    /// <summary>A body as text. Always UTF-8, as JSON is; what a header says about it is not trusted.</summary>
    public static async Task<string> ReadTextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
        => Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)).TrimStart('\uFEFF');

    public static string? Text(JsonElement element, string name)
        => Find(element, name) is { } value
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                _ => null,
            }
            : null;

    public static bool? Flag(JsonElement element, string name)
        => Find(element, name) is { } value
            ? value.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.String when bool.TryParse(value.GetString(), out var flag) => flag,
                _ => null,
            }
            : null;

    public static int? Number(JsonElement element, string name)
        => Find(element, name) is { } value
            ? value.ValueKind switch
            {
                JsonValueKind.Number when value.TryGetDouble(out var number) && Math.Abs(number) < int.MaxValue => (int)number,
                JsonValueKind.String when int.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
                _ => null,
            }
            : null;

    /// <summary>A time as the server wrote it: unspecified where it names no zone (facts/vro.md, B: the zone is documented nowhere), UTC where it does.</summary>
    public static DateTime? Time(JsonElement element, string name)
        => Text(element, name) is { Length: > 0 } text
           && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            ? time.Kind is DateTimeKind.Local ? time.ToUniversalTime() : time
            : null;

    /// <summary>A member as it is: text, number, flag, list or dictionary.</summary>
    public static object? Value(JsonElement element, string name) => Find(element, name) is { } value ? Plain(value) : null;

    /// <summary>The texts of a list; empty where there is none.</summary>
    public static IReadOnlyList<string> Texts(JsonElement element, string name)
        => Find(element, name) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select(i => i.ValueKind is JsonValueKind.String ? i.GetString()! : i.GetRawText()).ToArray()
            : [];

    /// <summary>The members that have no property of their own.</summary>
    public static IReadOnlyDictionary<string, object?> Others(JsonElement element, IReadOnlySet<string> known)
    {
        var others = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in element.EnumerateObject().Where(m => !known.Contains(m.Name)))
        {
            others.TryAdd(member.Name, Plain(member.Value));
        }

        return new ReadOnlyDictionary<string, object?>(others);
    }

    /// <summary>The members of an object, the exact name before one in other letter case.</summary>
    public static JsonElement? Find(JsonElement element, string name)
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        if (element.TryGetProperty(name, out var exact))
        {
            return exact;
        }

        foreach (var member in element.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return null;
    }

    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => value.EnumerateArray().Select(Plain).ToArray(),
        JsonValueKind.Object => Others(value, new HashSet<string>(StringComparer.Ordinal)),
        _ => null,
    };
}
