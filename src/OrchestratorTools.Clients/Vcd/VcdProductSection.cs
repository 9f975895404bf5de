using System.Security;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>What a virtual machine or vApp says of its software, with the properties that the guest reads from its OVF environment.</summary>
public sealed class VcdProductSection : ServerObject, IOfTenant
{
    internal VcdProductSection(XElement section, VcdResource of, bool withPasswords)
    {
        Name = of.Name;
        Href = of.Href;
        Kind = VcdEntities.TitleOf(of.GetType());
        Info = VcdXml.ChildText(section, "Info");
        Product = VcdXml.ChildText(section, "Product");
        Vendor = VcdXml.ChildText(section, "Vendor");
        Version = VcdXml.ChildText(section, "Version");
        FullVersion = VcdXml.ChildText(section, "FullVersion");
        ProductUrl = VcdXml.ChildText(section, "ProductUrl");
        VendorUrl = VcdXml.ChildText(section, "VendorUrl");
        AppUrl = VcdXml.ChildText(section, "AppUrl");
        Class = VcdOvfProperty.Attribute(section, "class");
        Instance = VcdOvfProperty.Attribute(section, "instance");
        string? category = null;
        var properties = new List<VcdProductProperty>();
        foreach (var element in section.Elements())
        {
            // A category is the heading of the properties after it.
            category = element.Name.LocalName is "Category" ? element.Value : category;
            if (element.Name.LocalName is "Property")
            {
                properties.Add(new VcdProductProperty(new VcdOvfProperty(section, element), category, withPasswords));
            }
        }

        Properties = properties;
    }

    /// <summary>The name of the virtual machine or vApp.</summary>
    public string Name { get; }

    /// <summary>Virtual machine, vApp or vApp template.</summary>
    public string Kind { get; }

    /// <summary>The product.</summary>
    public string? Product { get; }

    /// <summary>Its version.</summary>
    public string? Version { get; }

    /// <summary>Its version with the build.</summary>
    public string? FullVersion { get; }

    /// <summary>Who makes it.</summary>
    public string? Vendor { get; }

    /// <summary>What tells this section from others of the machine.</summary>
    public string? Class { get; }

    /// <summary>What tells it from others of its class.</summary>
    public string? Instance { get; }

    /// <summary>What the section says of itself.</summary>
    public string? Info { get; }

    /// <summary>Where more about the product is.</summary>
    public string? ProductUrl { get; }

    /// <summary>Where more about the vendor is.</summary>
    public string? VendorUrl { get; }

    /// <summary>Where the application can be reached.</summary>
    public string? AppUrl { get; }

    /// <summary>The properties.</summary>
    public IReadOnlyList<VcdProductProperty> Properties { get; }

    /// <summary>The address of the virtual machine or vApp.</summary>
    public string Href { get; }

    /// <inheritdoc/>
    VcdTenant? IOfTenant.Tenant { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Product ?? Info ?? Class ?? string.Empty;
}

/// <summary>One property of a product section.</summary>
public sealed class VcdProductProperty
{
    internal VcdProductProperty(VcdOvfProperty property, string? category, bool withPasswords)
    {
        Key = property.Key;
        Id = property.Id;
        Type = property.Type;
        Qualifiers = property.Qualifiers;
        IsPassword = property.IsPassword;
        IsUserConfigurable = property.IsUserConfigurable;
        Category = category;
        Label = VcdXml.ChildText(property.Element, "Label");
        Description = VcdXml.ChildText(property.Element, "Description");
        HasValue = property.Value is { Length: > 0 };
        Value = IsPassword ? null : property.Value;
        SecureValue = IsPassword && withPasswords ? SecretText.From(property.Value) : null;
    }

    /// <summary>The key.</summary>
    public string Key { get; }

    /// <summary>The key with the section's class and instance around it, as the guest sees it: CLASS.KEY.INSTANCE.</summary>
    public string Id { get; }

    /// <summary>The value; of a password null.</summary>
    public string? Value { get; }

    /// <summary>A password, where it was asked for.</summary>
    public SecureString? SecureValue { get; }

    /// <summary>True where it has a value: what a password shows of itself.</summary>
    public bool HasValue { get; }

    /// <summary>The type: string, boolean, int, ip, …</summary>
    public string? Type { get; }

    /// <summary>What the value is bound to: MinLen(1), ValueMap{"a","b"}, …</summary>
    public string? Qualifiers { get; }

    /// <summary>The heading that it stands under.</summary>
    public string? Category { get; }

    /// <summary>What it is called.</summary>
    public string? Label { get; }

    /// <summary>What it is for.</summary>
    public string? Description { get; }

    /// <summary>True where its value may be set.</summary>
    public bool IsUserConfigurable { get; }

    /// <summary>True of a password, whose value is not shown.</summary>
    public bool IsPassword { get; }

    /// <inheritdoc/>
    public override string ToString() => IsPassword ? $"{Key}={(HasValue ? SecretRedactor.Mask : string.Empty)}" : $"{Key}={Value}";
}
