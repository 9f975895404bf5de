using System.Globalization;
using System.Text;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// A name or a pattern as the query service can be asked for it: its literal pieces, between which anything may stand. <c>[a, b]</c> is <c>a*b</c>; an empty first or last piece leaves that end open.
/// The server's answer is a superset; the exact comparison is the caller's.
/// </summary>
/// <param name="Pieces">The literal pieces, in order.</param>
public readonly record struct VcdNamePattern(IReadOnlyList<string> Pieces)
{
    /// <summary>A name, in any letter case.</summary>
    public static VcdNamePattern Of(string name) => new([name]);
}

/// <summary>
/// Builds filters of the query service (facts/vcd.md, "Query"). Values are percent-encoded inside the filter; what becomes of that on the way to the server goes by its version (<see cref="VcdQuery.ToAddress"/>).
/// </summary>
internal static class VcdFilter
{
    // A request line much longer than this is refused by servers and proxies on the way; then the server sends more and the exact comparison does the rest.
    private const int LongestFilter = 3000;

    /// <summary>One of the names; null where everything is asked for or the filter would be too long.</summary>
    public static string? AnyOf(string attribute, IEnumerable<VcdNamePattern> patterns)
    {
        var terms = new List<string>();
        foreach (var pattern in patterns)
        {
            var value = Value(pattern);
            if (value == "*")
            {
                return null;
            }

            terms.Add($"{attribute}=={value}");
        }

        if (terms.Count == 0)
        {
            return null;
        }

        var joined = string.Join(',', terms.Distinct(StringComparer.Ordinal));
        return joined.Length > LongestFilter ? null : joined;
    }

    /// <summary>A filter as servers from 35.0 on read it: nothing in it is percent-encoded, and a backslash takes the meaning from ( ) , ; \ in a value.</summary>
    public static string Escaped(string filter)
    {
        var result = new StringBuilder(filter.Length);
        for (var i = 0; i < filter.Length;)
        {
            var end = i;
            while (end + 2 < filter.Length && filter[end] == '%' && char.IsAsciiHexDigit(filter[end + 1]) && char.IsAsciiHexDigit(filter[end + 2]))
            {
                end += 3;
            }

            if (end == i)
            {
                result.Append(filter[i++]);
                continue;
            }

            foreach (var c in Uri.UnescapeDataString(filter[i..end]))
            {
                if (c is '(' or ')' or ',' or ';' or '\\')
                {
                    result.Append('\\');
                }

                result.Append(c);
            }

            i = end;
        }

        return result.ToString();
    }

    /// <summary>One of the values, exactly; null where there is none.</summary>
    public static string? IsOneOf(string field, IEnumerable<string> values)
    {
        var joined = string.Join(',', values.Distinct(StringComparer.Ordinal).Select(v => $"{field}=={Uri.EscapeDataString(v)}"));
        return joined.Length == 0 ? null : joined;
    }

    /// <summary>Not a value, exactly.</summary>
    public static string IsNot(string field, string value) => $"{field}!={Uri.EscapeDataString(value)}";

    /// <summary>A condition of a search. Values are compared as the service does: letter case counts, unless the text has a wildcard.</summary>
    public static string? Of(VcdFieldCondition condition)
    {
        var metadata = VcdMetadataField.TryParse(condition.Field, out var known) ? known : null;
        var field = EncodeField(condition.Field);
        var comparison = condition.Comparison switch
        {
            VcdComparison.Equal => "==",
            VcdComparison.NotEqual => "!=",
            VcdComparison.Greater => "=gt=",
            VcdComparison.GreaterOrEqual => "=ge=",
            VcdComparison.Less => "=lt=",
            _ => "=le=",
        };

        // Equal to one of them; unequal, larger or smaller than each of them.
        var joined = string.Join(comparison == "==" ? ',' : ';', condition.Values.Select(v => $"{field}{comparison}{(metadata is null ? string.Empty : MetadataType(v) + ":")}{ValueText(v)}").Distinct(StringComparer.Ordinal));
        return joined.Length == 0 ? null : joined;
    }

    /// <summary>A value as it stands in a filter: percent-encoded, but for the wildcards of a text.</summary>
    public static string ValueText(object value) => value switch
    {
        string text => Wildcards(text),
        bool flag => flag ? "true" : "false",
        DateTimeOffset time => Uri.EscapeDataString(time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
        DateTime time => ValueText(new DateTimeOffset(time)),
        IFormattable number => Uri.EscapeDataString(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => Uri.EscapeDataString(value.ToString() ?? string.Empty),
    };

    // facts/vcd.md, "Query" and "Metadata": the four types of metadata.
    private static string MetadataType(object value) => value switch
    {
        bool => "BOOLEAN",
        DateTime or DateTimeOffset => "DATETIME",
        sbyte or byte or short or ushort or int or uint or long or ulong or decimal or double or float => "NUMBER",
        _ => "STRING",
    };

    private static string Wildcards(string text)
    {
        var result = new StringBuilder();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '`' && i + 1 < text.Length && text[i + 1] is '*' or '`')
            {
                literal.Append(text[++i]);
            }
            else if (text[i] is '*')
            {
                result.Append(Uri.EscapeDataString(literal.ToString())).Append('*');
                literal.Clear();
            }
            else
            {
                literal.Append(text[i]);
            }
        }

        return result.Append(Uri.EscapeDataString(literal.ToString())).ToString();
    }

    /// <summary>A field as a search names it. A metadata key (<c>metadata:KEY</c>, <c>metadata@SYSTEM:KEY</c>) may hold any character and is percent-encoded.</summary>
    public static string EncodeField(string field)
        => VcdMetadataField.TryParse(field, out var metadata) ? metadata.Prefix + Uri.EscapeDataString(metadata.Key) : field;

    /// <summary>All of the conditions; each stands in parentheses where there are several.</summary>
    public static string? AllOf(params string?[] conditions)
    {
        var present = conditions.Where(c => c is not null).ToArray();
        return present.Length switch
        {
            0 => null,
            1 => present[0],
            _ => string.Join(';', present.Select(c => $"({c})")),
        };
    }

    // The wildcard makes the comparison regard no letter case, as PowerShell's does; without it a name in another case would not be found.
    private static string Value(VcdNamePattern pattern)
    {
        var value = string.Join('*', pattern.Pieces.Select(Uri.EscapeDataString));
        if (VcdAssumptions.NamesAreAskedWithWildcard && pattern.Pieces.Count == 1)
        {
            value += "*";
        }

        while (value.Contains("**", StringComparison.Ordinal))
        {
            value = value.Replace("**", "*", StringComparison.Ordinal);
        }

        return value.Length == 0 ? "*" : value;
    }
}
