using System.Buffers.Text;
using System.Collections.Frozen;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Reads the portal API's values as they come, oddities included (facts/velocloud.md, "Quirks").</summary>
internal static class VeloCloudJson
{
    /// <summary>The bounds of what is parsed.</summary>
    public static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonElementStream<int>.MaximumDepth };

    /// <summary>
    /// A time: <c>2024-08-05T07:58:52.633Z</c>, <c>2024-11-21 14:42:19</c> (no zone: UTC), an offset. Null of an empty text, of <c>0000-00-00 00:00:00</c> and of what is no time.
    /// </summary>
    public static DateTimeOffset? Time(ReadOnlySpan<byte> text)
    {
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !Digits(text[..4], out var year) || !Digits(text.Slice(5, 2), out var month) || !Digits(text.Slice(8, 2), out var day)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }

        var time = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified);
        var rest = text[10..];
        if (rest.IsEmpty)
        {
            return new DateTimeOffset(time, TimeSpan.Zero);
        }

        if (rest.Length < 9 || rest[0] is not ((byte)'T' or (byte)' ') || rest[3] != ':' || rest[6] != ':'
            || !Digits(rest.Slice(1, 2), out var hour) || !Digits(rest.Slice(4, 2), out var minute) || !Digits(rest.Slice(7, 2), out var second)
            || hour > 23 || minute > 59 || second > 59)
        {
            return null;
        }

        var ticks = time.Ticks + (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute) + (second * TimeSpan.TicksPerSecond);
        rest = rest[9..];
        if (!rest.IsEmpty && rest[0] == '.')
        {
            rest = rest[1..];
            var unit = TimeSpan.TicksPerSecond / 10;
            while (!rest.IsEmpty && rest[0] is >= (byte)'0' and <= (byte)'9')
            {
                ticks += (rest[0] - '0') * unit;
                unit /= 10;
                rest = rest[1..];
            }
        }

        return Offset(rest) is { } offset && ticks - offset.Ticks >= 0 && ticks - offset.Ticks <= DateTime.MaxValue.Ticks
            ? new DateTimeOffset(ticks - offset.Ticks, TimeSpan.Zero)
            : null;
    }

    /// <summary>A member as a text; numbers and truth values as the server wrote them; null where it is absent, null or nested.</summary>
    public static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => JsonText.Of(value),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        }
        : null;

    /// <summary>A member as a whole number, which may stand in a text.</summary>
    public static long? Whole(JsonElement parent, string name) => parent.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out var number) => number,
            JsonValueKind.String when long.TryParse(JsonText.Of(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        }
        : null;

    /// <summary>A member as a number.</summary>
    public static double? Number(JsonElement parent, string name)
        => parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;

    /// <summary>A member as a truth value: true and false, 0 and 1, or either as a text.</summary>
    public static bool? Flag(JsonElement parent, string name) => parent.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number when value.TryGetDouble(out var number) => number != 0,
            JsonValueKind.String => Flag(Encoding.UTF8.GetBytes(JsonText.Of(value))),
            _ => null,
        }
        : null;

    /// <summary>A text as a truth value.</summary>
    public static bool? Flag(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("1"u8) || Ascii.EqualsIgnoreCase(text, "true"u8))
        {
            return true;
        }

        return text.SequenceEqual("0"u8) || Ascii.EqualsIgnoreCase(text, "false"u8) ? false : null;
    }

    /// <summary>A member as a time.</summary>
    public static DateTimeOffset? Time(JsonElement parent, string name) => parent.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => Time(Encoding.UTF8.GetBytes(JsonText.Of(value))),
            JsonValueKind.Number when value.TryGetInt64(out var number) => Milliseconds(number),
            _ => null,
        }
        : null;

    /// <summary>Milliseconds since 1970; null of 0 and of what no calendar has.</summary>
    public static DateTimeOffset? Milliseconds(long number)
        => number is > 0 and <= 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(number) : null;

    /// <summary>The members of an object that have no property of their own, as plain values.</summary>
    public static ReadOnlyDictionary<string, object?> Rest(JsonElement root, FrozenSet<string> known)
    {
        // Letter case is no difference for PowerShell's users; of two members that differ in nothing else the first one stays.
        var rest = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in root.EnumerateObject().Where(m => !known.Contains(m.Name)))
        {
            rest.TryAdd(member.Name, Plain(member.Value));
        }

        return new ReadOnlyDictionary<string, object?>(rest);
    }

    /// <summary>A value as a plain one: objects as read-only dictionaries.</summary>
    public static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Rest(value, FrozenSet<string>.Empty),
        JsonValueKind.Array => value.EnumerateArray().Select(Plain).ToArray(),
        JsonValueKind.String => JsonText.Of(value),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.TryGetDecimal(out var exact) ? exact : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static TimeSpan? Offset(ReadOnlySpan<byte> zone)
    {
        if (zone.IsEmpty || zone.SequenceEqual("Z"u8) || zone.SequenceEqual("z"u8))
        {
            return TimeSpan.Zero;
        }

        if (zone.Length is not (5 or 6) || zone[0] is not ((byte)'+' or (byte)'-') || (zone.Length == 6 && zone[3] != ':')
            || !Digits(zone.Slice(1, 2), out var hours) || !Digits(zone[^2..], out var minutes) || minutes > 59)
        {
            return null;
        }

        var offset = new TimeSpan(hours, minutes, 0);
        return zone[0] == '-' ? -offset : offset;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int number)
        => Utf8Parser.TryParse(text, out number, out var read) && read == text.Length && text[0] is >= (byte)'0' and <= (byte)'9';
}
