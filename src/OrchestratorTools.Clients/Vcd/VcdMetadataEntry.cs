using System.Globalization;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>Where an entry of metadata is: keys of the two do not meet.</summary>
public enum VcdMetadataDomain
{
    /// <summary>Whoever may change the object may change it.</summary>
    General,

    /// <summary>The provider's administrators only may change it.</summary>
    System,
}

/// <summary>Who may do what with an entry of metadata.</summary>
public enum VcdMetadataVisibility
{
    /// <summary>The rights are those to the object: what the GENERAL domain is like.</summary>
    ReadWrite,

    /// <summary>SYSTEM domain: users see it.</summary>
    ReadOnly,

    /// <summary>SYSTEM domain: users do not see it.</summary>
    Private,
}

/// <summary>A key with its value, attached to an object (facts/vcd.md, "Metadata").</summary>
public sealed class VcdMetadataEntry : ServerObject, IOfTenant
{
    internal VcdMetadataEntry(XElement entry, string name, string href)
    {
        Name = name;
        Href = href;
        Key = VcdXml.ChildText(entry, "Key") ?? string.Empty;
        var domain = VcdXml.Child(entry, "Domain");
        Domain = domain is not null && string.Equals(domain.Value.Trim(), "SYSTEM", StringComparison.OrdinalIgnoreCase) ? VcdMetadataDomain.System : VcdMetadataDomain.General;
        Visibility = (domain is null ? null : VcdXml.Text(domain, "visibility"))?.ToUpperInvariant() switch
        {
            "PRIVATE" => VcdMetadataVisibility.Private,
            "READONLY" => VcdMetadataVisibility.ReadOnly,
            _ => VcdMetadataVisibility.ReadWrite,
        };
        var typed = VcdXml.Child(entry, "TypedValue");
        var text = typed is null ? VcdXml.ChildText(entry, "Value") : VcdXml.ChildText(typed, "Value");
        Value = Read(TypeOf(typed), text ?? string.Empty);
        Type = Value switch
        {
            bool => "Boolean",
            DateTimeOffset => "DateTime",
            long => "Number",
            _ => "String",
        };
        Links = VcdLink.Of(entry);
    }

    /// <summary>The name of what it is attached to.</summary>
    public string Name { get; }

    /// <summary>The address of what it is attached to.</summary>
    public string Href { get; }

    /// <summary>The key.</summary>
    public string Key { get; }

    /// <summary>The value: a text, a whole number (long), true or false, or a time (UTC).</summary>
    public object Value { get; }

    /// <summary>String, Number, Boolean or DateTime.</summary>
    public string Type { get; }

    /// <summary>General or System.</summary>
    public VcdMetadataDomain Domain { get; }

    /// <summary>ReadWrite, ReadOnly or Private.</summary>
    public VcdMetadataVisibility Visibility { get; }

    /// <summary>What can be done with it, where the server says so.</summary>
    internal IReadOnlyList<VcdLink> Links { get; }

    /// <inheritdoc/>
    VcdTenant? IOfTenant.Tenant { get; set; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Key}={Value}");

    // xsi:type may carry any prefix; a server before 5.1 has no types.
    private static string? TypeOf(XElement? typed)
    {
        var name = (string?)typed?.Attribute(VcdXml.SchemaInstance + "type");
        return name?[(name.LastIndexOf(':') + 1)..];
    }

    // What is not what its type says stays a text: a value is shown, whatever it is.
    private static object Read(string? type, string text) => type switch
    {
        "MetadataNumberValue" when VcdXml.Number(text) is { } number => number,
        "MetadataBooleanValue" when VcdXml.Flag(text) is { } flag => flag,
        "MetadataDateTimeValue" when VcdXml.Time(text) is { } time => time,
        _ => text,
    };
}
