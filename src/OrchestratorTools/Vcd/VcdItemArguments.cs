using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>A catalog item: by name, id, address, as Get-VcdCatalogItem returns it, or as the media or template that it stands for.</summary>
public sealed class VcdCatalogItemArgument : VcdItemArgument<VcdCatalogItem>
{
    private const string Wanted = "A catalog item is given by its name or id, or as Get-VcdCatalogItem returns it.";

    /// <summary>By name, id or address.</summary>
    public VcdCatalogItemArgument(string text)
        : base(text, Wanted)
    {
    }

    /// <summary>By object.</summary>
    public VcdCatalogItemArgument(VcdCatalogItem item)
        : base(item)
    {
    }

    /// <summary>By another object that stands for it: a media or template.</summary>
    public VcdCatalogItemArgument(VcdObject item)
        : base(PSObject.AsPSObject(item), Wanted, HrefIn)
    {
    }

    /// <summary>By an object that PowerShell wrapped.</summary>
    public VcdCatalogItemArgument(PSObject value)
        : base(value, Wanted, HrefIn)
    {
    }

    private static string? HrefIn(ServerObject other) => other switch
    {
        VcdMedia media => media.CatalogItemHref,
        VcdTemplate template => template.CatalogItemHref,
        _ => null,
    };
}

/// <summary>A media: by name, id, address, as Get-VcdMedia returns it, or as its catalog item.</summary>
public sealed class VcdMediaArgument : VcdItemArgument<VcdMedia>
{
    private const string Wanted = "A media is given by its name or id, or as Get-VcdMedia returns it.";

    /// <summary>By name, id or address.</summary>
    public VcdMediaArgument(string text)
        : base(text, Wanted)
    {
    }

    /// <summary>By object.</summary>
    public VcdMediaArgument(VcdMedia item)
        : base(item)
    {
    }

    /// <summary>By another object that stands for it: its catalog item, or a record.</summary>
    public VcdMediaArgument(VcdObject item)
        : base(PSObject.AsPSObject(item), Wanted, HrefIn)
    {
    }

    /// <summary>By an object that PowerShell wrapped.</summary>
    public VcdMediaArgument(PSObject value)
        : base(value, Wanted, HrefIn)
    {
    }

    private static string? HrefIn(ServerObject other) => other is VcdCatalogItem { Type: nameof(VcdCatalogItemType.Media) } item ? item.EntityHref : null;
}

/// <summary>A vApp template: by name, id, address, as Get-VcdTemplate returns it, or as its catalog item.</summary>
public sealed class VcdTemplateArgument : VcdItemArgument<VcdTemplate>
{
    private const string Wanted = "A vApp template is given by its name or id, or as Get-VcdTemplate returns it.";

    /// <summary>By name, id or address.</summary>
    public VcdTemplateArgument(string text)
        : base(text, Wanted)
    {
    }

    /// <summary>By object.</summary>
    public VcdTemplateArgument(VcdTemplate item)
        : base(item)
    {
    }

    /// <summary>By another object that stands for it: its catalog item, or a record.</summary>
    public VcdTemplateArgument(VcdObject item)
        : base(PSObject.AsPSObject(item), Wanted, HrefIn)
    {
    }

    /// <summary>By an object that PowerShell wrapped.</summary>
    public VcdTemplateArgument(PSObject value)
        : base(value, Wanted, HrefIn)
    {
    }

    private static string? HrefIn(ServerObject other) => other is VcdCatalogItem { Type: nameof(VcdCatalogItemType.VAppTemplate) } item ? item.EntityHref : null;
}

/// <summary>A user: by name, id, address or as Get-VcdUser returns it.</summary>
public sealed class VcdUserArgument : VcdItemArgument<VcdUser>
{
    private const string Wanted = "A user is given by its name or id, or as Get-VcdUser returns it.";

    /// <summary>By name, id or address.</summary>
    public VcdUserArgument(string text)
        : base(text, Wanted)
    {
    }

    /// <summary>By object.</summary>
    public VcdUserArgument(VcdUser item)
        : base(item)
    {
    }

    /// <summary>By an object that PowerShell wrapped.</summary>
    public VcdUserArgument(PSObject value)
        : base(value, Wanted)
    {
    }
}

/// <summary>A group: by name, id, address or as Get-VcdGroup returns it.</summary>
public sealed class VcdGroupArgument : VcdItemArgument<VcdGroup>
{
    private const string Wanted = "A group is given by its name or id, or as Get-VcdGroup returns it.";

    /// <summary>By name, id or address.</summary>
    public VcdGroupArgument(string text)
        : base(text, Wanted)
    {
    }

    /// <summary>By object.</summary>
    public VcdGroupArgument(VcdGroup item)
        : base(item)
    {
    }

    /// <summary>By an object that PowerShell wrapped.</summary>
    public VcdGroupArgument(PSObject value)
        : base(value, Wanted)
    {
    }
}

/// <summary>A storage profile: by name, id, address or as Get-VcdStorageProfile returns it.</summary>
public sealed class VcdStorageProfileArgument : VcdItemArgument<VcdStorageProfile>
{
    private const string Wanted = "A storage profile is given by its name or id, or as Get-VcdStorageProfile returns it.";

    /// <summary>By name, id or address.</summary>
    public VcdStorageProfileArgument(string text)
        : base(text, Wanted)
    {
    }

    /// <summary>By object.</summary>
    public VcdStorageProfileArgument(VcdStorageProfile item)
        : base(item)
    {
    }

    /// <summary>By an object that PowerShell wrapped.</summary>
    public VcdStorageProfileArgument(PSObject value)
        : base(value, Wanted)
    {
    }
}

/// <summary>Anything that a cmdlet of this system returned, by itself, or by its id or address.</summary>
public sealed class VcdEntityArgument : VcdItemArgument<VcdObject>
{
    private const string Wanted = "What a Get-Vcd cmdlet returned is needed, or an id (urn:vcloud:KIND:UUID) or address; a name alone does not say what kind of object is meant.";

    /// <summary>By id or address.</summary>
    public VcdEntityArgument(string text)
        : base(text is not null && VcdText.IsAddress(text) && !Guid.TryParse(text, out _) ? text : string.Empty, Wanted)
    {
    }

    /// <summary>By object.</summary>
    public VcdEntityArgument(VcdObject item)
        : base(item)
    {
    }

    /// <summary>By an object that PowerShell wrapped.</summary>
    public VcdEntityArgument(PSObject value)
        : base(Checked(value), Wanted, HrefIn)
    {
    }

    /// <summary>The address, or the id where the object has none.</summary>
    internal string Href => Item is null ? Text : Item.Href.Length > 0 ? Item.Href : Item.Id;

    private static string? HrefIn(ServerObject other) => other switch
    {
        VcdMetadataEntry entry => entry.Href,
        VcdAccess access => access.Href,
        VcdOwner owner => owner.Href,
        _ => null,
    };

    private static PSObject Checked(PSObject value)
        => value?.BaseObject is string text && (!VcdText.IsAddress(text) || Guid.TryParse(text, out _)) ? throw new PSInvalidCastException(Wanted) : value!;
}
