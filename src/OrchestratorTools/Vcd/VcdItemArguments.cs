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
    public VcdCatalogItemArgument(ServerObject item)
        : base(item, Wanted, HrefIn)
    {
    }

    /// <summary>By an object that PowerShell wrapped, or one that came from another process.</summary>
    public VcdCatalogItemArgument(PSObject value)
        : base(value, Wanted, HrefIn)
    {
    }

    private static string? HrefIn(ServerObject other) => other switch
    {
        // A list may not tell the item; the media or template itself does, and is asked then.
        VcdMedia media => media.CatalogItemHref ?? media.Href,
        VcdTemplate template => template.CatalogItemHref ?? template.Href,
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
    public VcdMediaArgument(ServerObject item)
        : base(item, Wanted, HrefIn)
    {
    }

    /// <summary>By an object that PowerShell wrapped, or one that came from another process.</summary>
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
    public VcdTemplateArgument(ServerObject item)
        : base(item, Wanted, HrefIn)
    {
    }

    /// <summary>By an object that PowerShell wrapped, or one that came from another process.</summary>
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
    public VcdUserArgument(ServerObject item)
        : base(item, Wanted)
    {
    }

    /// <summary>By an object that PowerShell wrapped, or one that came from another process.</summary>
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
    public VcdGroupArgument(ServerObject item)
        : base(item, Wanted)
    {
    }

    /// <summary>By an object that PowerShell wrapped, or one that came from another process.</summary>
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
    public VcdStorageProfileArgument(ServerObject item)
        : base(item, Wanted)
    {
    }

    /// <summary>By an object that PowerShell wrapped, or one that came from another process.</summary>
    public VcdStorageProfileArgument(PSObject value)
        : base(value, Wanted)
    {
    }
}

/// <summary>A virtual machine: by name, id, address or as Get-VcdVM returns it.</summary>
public sealed class VcdVMArgument : VcdItemArgument<VcdVM>
{
    private const string Wanted = "A virtual machine is given by its name or id, or as Get-VcdVM returns it.";

    /// <summary>By name, id or address.</summary>
    public VcdVMArgument(string text)
        : base(text, Wanted)
    {
    }

    /// <summary>By object.</summary>
    public VcdVMArgument(ServerObject item)
        : base(item, Wanted)
    {
    }

    /// <summary>By an object that PowerShell wrapped, or one that came from another process.</summary>
    public VcdVMArgument(PSObject value)
        : base(value, Wanted)
    {
    }
}

/// <summary>An independent disk: by name, id, address or as Get-VcdDisk returns it.</summary>
public sealed class VcdDiskArgument : VcdItemArgument<VcdDisk>
{
    private const string Wanted = "A disk is given by its name or id, or as Get-VcdDisk returns it.";

    /// <summary>By name, id or address.</summary>
    public VcdDiskArgument(string text)
        : base(text, Wanted)
    {
    }

    /// <summary>By object.</summary>
    public VcdDiskArgument(ServerObject item)
        : base(item, Wanted)
    {
    }

    /// <summary>By an object that PowerShell wrapped, or one that came from another process.</summary>
    public VcdDiskArgument(PSObject value)
        : base(value, Wanted)
    {
    }
}

/// <summary>A network of a virtual data center: by name, id, address or as Get-VcdNetwork returns it.</summary>
public sealed class VcdNetworkArgument : VcdItemArgument<VcdNetwork>
{
    private const string Wanted = "A network is given by its name or id, or as Get-VcdNetwork returns it.";

    /// <summary>By name, id or address.</summary>
    public VcdNetworkArgument(string text)
        : base(text, Wanted)
    {
    }

    /// <summary>By object.</summary>
    public VcdNetworkArgument(ServerObject item)
        : base(item, Wanted)
    {
    }

    /// <summary>By an object that PowerShell wrapped, or one that came from another process.</summary>
    public VcdNetworkArgument(PSObject value)
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
        : base(Checked(text), Wanted)
    {
    }

    /// <summary>By object.</summary>
    public VcdEntityArgument(ServerObject item)
        : base(item, Wanted, HrefIn)
    {
    }

    /// <summary>By an object that PowerShell wrapped, or one that came from another process.</summary>
    public VcdEntityArgument(PSObject value)
        : base(value?.BaseObject is string text ? PSObject.AsPSObject(Checked(text)) : value!, Wanted, HrefIn)
    {
    }

    /// <summary>The address, or the id where the object has none.</summary>
    internal string Href => Item is null ? Text : Item.Href.Length > 0 ? Item.Href : Item.Id;

    private static string? HrefIn(ServerObject other) => other switch
    {
        VcdMetadataEntry entry => entry.Href,
        VcdAccess access => access.Href,
        VcdOwner owner => owner.Href,
        VcdSnapshot snapshot => snapshot.Href,
        _ => null,
    };

    private static string Checked(string text) => text is not null && VcdText.IsAddress(text) && !Guid.TryParse(text, out _) ? text : throw new PSInvalidCastException(Wanted);
}
