using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// What a field's text becomes. A server tells the fields' types nowhere; the schema's names follow rules, and those of later versions too: counts, sizes, quotas and rates are called so, and times begin with date or end in
/// Date, Time, Stamp or Sync. A value that does not look like what its name promises stays a text. "true" and "false" are flags, but in a field that holds what people write (a name can be "true"). Everything else is a text.
/// </summary>
internal static class VcdFieldTypes
{
    private static readonly HashSet<string> PeoplesTexts = new(StringComparer.Ordinal) { "name", "description", "details", "summary", "value", "key" };
    private static readonly string[] NumberEnds = ["MB", "Mb", "KB", "Mhz", "MHz", "Quota", "QuotaRank", "Count"];
    private static readonly string[] NumberStarts = ["numberOf", "iops"];
    private static readonly string[] TimeEnds = ["Date", "Time", "Stamp", "Sync"];

    // Numbers whose names say nothing of it.
    private static readonly HashSet<string> Numbers = new(StringComparer.Ordinal)
    {
        "sizeB", "storageB", "allocationModel", "eventStatus", "hardwareVersion", "interfaceType", "isActive", "isVMwareVc", "linkType", "networkPoolType", "priority", "progress", "scopeType", "state", "vmToolsVersion", "version",
    };

    /// <summary>A field's value.</summary>
    public static object Read(string field, string text)
    {
        if (IsNumber(field))
        {
            return Number(text) ?? text;
        }

        if (text is "true" or "false" && !PeoplesTexts.Contains(field) && !field.EndsWith("Name", StringComparison.Ordinal))
        {
            return text is "true";
        }

        return IsTime(field) && text.Length > 0 && char.IsAsciiDigit(text[0]) && VcdXml.Time(text) is { } time ? time : text;
    }

    /// <summary>The typed value of a metadata entry; a text where its type is not known.</summary>
    public static object? ReadMetadata(XElement entry)
    {
        var value = VcdXml.Child(entry, "TypedValue");
        var text = value is null ? VcdXml.ChildText(entry, "Value") : VcdXml.ChildText(value, "Value");
        var type = value?.Attributes().FirstOrDefault(a => a.Name.LocalName == "type" && a.Name.Namespace != XNamespace.None)?.Value;
        return text is null ? null : type?.Split(':')[^1] switch
        {
            "MetadataNumberValue" => Number(text) ?? text,
            "MetadataBooleanValue" => VcdXml.Flag(text) is { } flag ? flag : text,
            "MetadataDateTimeValue" => VcdXml.Time(text) is { } time ? time : text,
            _ => text,
        };
    }

    private static bool IsNumber(string field)
        => Numbers.Contains(field)
            || Array.Exists(NumberStarts, s => field.StartsWith(s, StringComparison.Ordinal))
            || Array.Exists(NumberEnds, e => field.EndsWith(e, StringComparison.Ordinal));

    private static bool IsTime(string field)
        => Array.Exists(TimeEnds, e => field.EndsWith(e, StringComparison.Ordinal)) || (field.Length > 4 && field.StartsWith("date", StringComparison.Ordinal) && char.IsAsciiLetterUpper(field[4]));

    private static object? Number(string text)
        => VcdXml.Number(text) is { } whole ? whole
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
            : null;
}
