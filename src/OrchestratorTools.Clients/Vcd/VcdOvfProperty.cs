using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A property of a product section as it stands there (OVF 1.1, "ProductSection element").</summary>
/// <param name="Section">The section.</param>
/// <param name="Element">The property.</param>
internal sealed partial record VcdOvfProperty(XElement Section, XElement Element)
{
    /// <summary>The key.</summary>
    public string Key => Attribute(Element, "key") ?? string.Empty;

    /// <summary>The key as the guest sees it.</summary>
    public string Id => string.Join('.', new[] { Attribute(Section, "class"), Key, Attribute(Section, "instance") }.Where(p => !string.IsNullOrEmpty(p)));

    /// <summary>The type.</summary>
    public string? Type => Attribute(Element, "type");

    /// <summary>What binds the value.</summary>
    public string? Qualifiers => Attribute(Element, "qualifiers");

    /// <summary>True of a password: the attribute says so, or (recorded so) the type.</summary>
    public bool IsPassword => VcdXml.Flag(Attribute(Element, "password")) is true || Type is "password";

    /// <summary>True where its value may be set; without the attribute it may not.</summary>
    public bool IsUserConfigurable => VcdXml.Flag(Attribute(Element, "userConfigurable")) is true;

    /// <summary>The value: an element where one was set (recorded so), else the attribute, which is the default.</summary>
    public string? Value => VcdXml.Child(Element, "Value") is { } set && Attribute(set, "value") is { } value ? value : Attribute(Element, "value");

    /// <summary>OVF's attributes are qualified; recorded answers have them under any prefix.</summary>
    public static string? Attribute(XElement element, string name) => element.Attributes().FirstOrDefault(a => !a.IsNamespaceDeclaration && a.Name.LocalName == name && (a.Name.Namespace == VcdXml.Ovf || a.Name.Namespace == XNamespace.None))?.Value;

    /// <summary>Why a value is none for the property's type and qualifiers; null where it is one, or nothing is known.</summary>
    public string? Refuses(string value)
    {
        if (Type is "boolean" && !value.Equals("true", StringComparison.OrdinalIgnoreCase) && !value.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            return "it is a boolean: true or false";
        }

        if (WholeNumbers.TryGetValue(Type ?? string.Empty, out var range)
            && !(decimal.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= range.Least && number <= range.Most))
        {
            return string.Create(CultureInfo.InvariantCulture, $"it is a whole number ({Type}), {range.Least} to {range.Most}");
        }

        foreach (Match match in Qualifier().Matches(Qualifiers ?? string.Empty))
        {
            var limit = match.Groups["n"].Success ? int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture) : 0;
            switch (match.Groups["q"].Value)
            {
                case "MinLen" when value.Length < limit:
                    return string.Create(CultureInfo.InvariantCulture, $"it has at least {limit} characters");
                case "MaxLen" when value.Length > limit:
                    return string.Create(CultureInfo.InvariantCulture, $"it has at most {limit} characters");
                case "ValueMap" when Choice().Matches(match.Groups["v"].Value).Select(c => c.Groups[1].Value).ToArray() is { Length: > 0 } choices && !choices.Contains(value, StringComparer.Ordinal):
                    return $"it is one of {string.Join(", ", choices.Select(c => $"'{c}'"))}";
                default:
                    break;
            }
        }

        return null;
    }

    private static readonly Dictionary<string, (decimal Least, decimal Most)> WholeNumbers = new(StringComparer.Ordinal)
    {
        ["uint8"] = (byte.MinValue, byte.MaxValue),
        ["sint8"] = (sbyte.MinValue, sbyte.MaxValue),
        ["uint16"] = (ushort.MinValue, ushort.MaxValue),
        ["sint16"] = (short.MinValue, short.MaxValue),
        ["uint32"] = (uint.MinValue, uint.MaxValue),
        ["sint32"] = (int.MinValue, int.MaxValue),
        ["int"] = (int.MinValue, int.MaxValue),
        ["uint64"] = (ulong.MinValue, ulong.MaxValue),
        ["sint64"] = (long.MinValue, long.MaxValue),
    };

    [GeneratedRegex("(?<q>MinLen|MaxLen)\\((?<n>\\d{1,6})\\)|(?<q>ValueMap)\\s*\\{(?<v>[^}]*)\\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Qualifier();

    [GeneratedRegex("\"([^\"]*)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Choice();
}
