using System.Globalization;
using System.Xml;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The types of metadata values; the names on the wire are <c>Metadata…Value</c>.</summary>
internal enum MetadataType
{
    String,
    Number,
    Boolean,
    DateTime,
}

/// <summary>One entry: a key and its value in a domain (facts/vcd.md, "Metadata").</summary>
/// <param name="IsSystem">In the domain SYSTEM, which the provider alone writes; else in GENERAL.</param>
/// <param name="Key">The key: unique in its domain.</param>
/// <param name="Type">The type of the value.</param>
/// <param name="Value">The value, as it was sent.</param>
/// <param name="Visibility">PRIVATE, READONLY or READWRITE.</param>
internal sealed record MetadataEntry(bool IsSystem, string Key, MetadataType Type, string Value, string Visibility)
{
    public const string Private = "PRIVATE";
    public const string ReadOnly = "READONLY";
    public const string ReadWrite = "READWRITE";

    /// <summary>The domain's name.</summary>
    public string Domain => IsSystem ? "SYSTEM" : "GENERAL";

    /// <summary>Tenants do not see what the provider keeps to itself.</summary>
    public bool IsVisibleTo(Scope scope) => !IsSystem || scope.IsProvider || Visibility is not Private;

    /// <summary>The value as what it is: a text, a <see cref="long"/>, a <see cref="bool"/> or a time. Null where the text is none of the type.</summary>
    public object? Read() => Parse(Type, Value);

    public static object? Parse(MetadataType type, string text)
    {
        switch (type)
        {
            case MetadataType.Number:
                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
            case MetadataType.Boolean:
                return text.Trim().ToUpperInvariant() switch { "TRUE" or "1" => true, "FALSE" or "0" => false, _ => null };
            case MetadataType.DateTime:
                try
                {
                    return XmlConvert.ToDateTimeOffset(text);
                }
                catch (FormatException)
                {
                    return null;
                }

            default:
                return text;
        }
    }
}

/// <summary>The metadata of one thing, in the order in which the keys came.</summary>
internal sealed class MetadataSet
{
    /// <summary>"Up to 1024 MetadataEntry elements" (guide, "Working With Object Metadata").</summary>
    public const int MostEntries = 1024;

    private readonly List<MetadataEntry> _entries = [];

    public IReadOnlyList<MetadataEntry> Entries => _entries;

    public MetadataEntry? Find(bool isSystem, string key) => _entries.Find(e => e.IsSystem == isSystem && string.Equals(e.Key, key, StringComparison.Ordinal));

    /// <summary>Adds an entry, or takes the place of the one with the same key in the same domain.</summary>
    public void Set(MetadataEntry entry)
    {
        var index = _entries.FindIndex(e => e.IsSystem == entry.IsSystem && string.Equals(e.Key, entry.Key, StringComparison.Ordinal));
        if (index < 0) _entries.Add(entry);
        else _entries[index] = entry;
    }

    public void Remove(MetadataEntry entry) => _entries.RemoveAll(e => e.IsSystem == entry.IsSystem && string.Equals(e.Key, entry.Key, StringComparison.Ordinal));

    /// <summary>"Object metadata is preserved when objects are copied" (the same chapter).</summary>
    public void CopyTo(MetadataSet other)
    {
        foreach (var entry in _entries) other.Set(entry);
    }
}
