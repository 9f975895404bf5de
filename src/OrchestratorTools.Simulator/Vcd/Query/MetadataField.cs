using System.Globalization;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>A metadata key as queries name it: <c>metadata:key</c>, or <c>metadata@SYSTEM:key</c> for the provider's domain (facts/vcd.md, "Query").</summary>
internal sealed record MetadataField(bool IsSystem, string Key)
{
    private const string Prefix = "metadata";
    private static readonly ApiVersion Always = new("1.5");

    /// <summary>The field of a name; null: it is the name of an attribute.</summary>
    /// <exception cref="VcdException">400: it begins as one of metadata and is none.</exception>
    public static MetadataField? Parse(string field)
    {
        if (!field.StartsWith(Prefix, StringComparison.Ordinal) || field.Length == Prefix.Length || field[Prefix.Length] is not (':' or '@')) return null;
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        var domain = colon < 0 ? "?" : field[Prefix.Length..colon];
        var isSystem = domain switch
        {
            "" or "@GENERAL" => false,
            "@SYSTEM" => true,
            _ => throw VcdException.BadRequest($"The metadata field '{field}' is none: it must be metadata:KEY or metadata@SYSTEM:KEY."),
        };
        return new MetadataField(isSystem, field[(colon + 1)..]);
    }

    public MetadataEntry? Of(Entity entity, VcdCall call) => entity.Metadata.Find(IsSystem, Key) is { } entry && entry.IsVisibleTo(call.Sees) ? entry : null;

    /// <summary>A field for the comparison of values of one type: values of another type are equal to none.</summary>
    /// <param name="name">The field's name, for messages.</param>
    /// <param name="value">The value as it stands in the filter: <c>TYPE:value</c>.</param>
    /// <param name="call">The request.</param>
    /// <exception cref="VcdException">400: the value has no type.</exception>
    public (QueryField Field, string Value) Compare(string name, string value, VcdCall call)
    {
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        var kind = (colon < 0 ? "" : value[..colon].ToUpper(CultureInfo.InvariantCulture)) switch
        {
            "STRING" => FieldKind.Text,
            "NUMBER" => FieldKind.Number,
            "BOOLEAN" => FieldKind.Flag,
            "DATETIME" => FieldKind.Time,
            _ => throw VcdException.BadRequest($"The value of the property '{name}' must begin with its type: STRING:, NUMBER:, BOOLEAN: or DATETIME:."),
        };
        return (new QueryField(new RecordAttribute(name, kind, Always, Gone: null), kind, e => Of(e, call)?.Read()), value[(colon + 1)..]);
    }
}
