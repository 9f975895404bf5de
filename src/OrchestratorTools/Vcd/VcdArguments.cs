using System.Management.Automation;
using System.Xml;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>What a parameter takes that names what something belongs to: a name (wildcards) or the object.</summary>
public abstract class VcdParentArgument
{
    private protected VcdParentArgument(string name) => Name = name;

    private protected VcdParentArgument(VcdObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Name = item.Name;
        Object = item;
        Source = item;
    }

    private protected VcdParentArgument(PSObject value, Type type, string wanted)
    {
        var item = value?.BaseObject is VcdRecord record ? record.ToObject() : value?.BaseObject as VcdObject;
        Object = item is null || type.IsInstanceOfType(item) ? item : throw new PSInvalidCastException(wanted);
        Name = item?.Name ?? ArgumentText.Of(value, "Name", wanted);
        if (value?.BaseObject is not string)
        {
            // A copy that came from another process still says which one it is.
            Source = value;
            Address = (value?.Properties["Href"]?.Value ?? value?.Properties["Id"]?.Value) as string;
        }
    }

    /// <summary>The name or pattern.</summary>
    public string Name { get; }

    internal VcdObject? Object { get; }

    /// <summary>What says by which connection it came; null of a name.</summary>
    internal object? Source { get; }

    /// <summary>The address or id of a copy that came from another process.</summary>
    internal string? Address { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What -Organization takes: a name (wildcards) or an organization.</summary>
public sealed class VcdOrgArgument : VcdParentArgument
{
    /// <summary>By name.</summary>
    public VcdOrgArgument(string name)
        : base(name)
    {
    }

    /// <summary>By object.</summary>
    public VcdOrgArgument(VcdOrg organization)
        : base(organization)
    {
    }

    /// <summary>By an object that PowerShell wrapped, or one that came from another process.</summary>
    public VcdOrgArgument(PSObject value)
        : base(value, typeof(VcdOrg), "An organization is given by its name or as Get-VcdOrg returns it.")
    {
    }

    internal VcdOrg? Organization => Object as VcdOrg;
}

/// <summary>What -Vdc takes: a name (wildcards) or a virtual data center.</summary>
public sealed class VcdVdcArgument : VcdParentArgument
{
    /// <summary>By name.</summary>
    public VcdVdcArgument(string name)
        : base(name)
    {
    }

    /// <summary>By object.</summary>
    public VcdVdcArgument(VcdVdc vdc)
        : base(vdc)
    {
    }

    /// <summary>By an object that PowerShell wrapped, or one that came from another process.</summary>
    public VcdVdcArgument(PSObject value)
        : base(value, typeof(VcdVdc), "A virtual data center is given by its name or as Get-VcdVdc returns it.")
    {
    }

    internal VcdVdc? Vdc => Object as VcdVdc;
}

/// <summary>What -Catalog takes: a name (wildcards) or a catalog.</summary>
public sealed class VcdCatalogArgument : VcdParentArgument
{
    /// <summary>By name.</summary>
    public VcdCatalogArgument(string name)
        : base(name)
    {
    }

    /// <summary>By object.</summary>
    public VcdCatalogArgument(VcdCatalog catalog)
        : base(catalog)
    {
    }

    /// <summary>By an object that PowerShell wrapped, or one that came from another process.</summary>
    public VcdCatalogArgument(PSObject value)
        : base(value, typeof(VcdCatalog), "A catalog is given by its name or as Get-VcdCatalog returns it.")
    {
    }

    internal VcdCatalog? Catalog => Object as VcdCatalog;
}

/// <summary>What -VApp takes: a name (wildcards) or a vApp.</summary>
public sealed class VcdVAppArgument : VcdParentArgument
{
    /// <summary>By name.</summary>
    public VcdVAppArgument(string name)
        : base(name)
    {
    }

    /// <summary>By object.</summary>
    public VcdVAppArgument(VcdVApp vapp)
        : base(vapp)
    {
    }

    /// <summary>By an object that PowerShell wrapped, or one that came from another process.</summary>
    public VcdVAppArgument(PSObject value)
        : base(value, typeof(VcdVApp), "A vApp is given by its name or as Get-VcdVApp returns it.")
    {
    }

    internal VcdVApp? VApp => Object as VcdVApp;
}

/// <summary>What the task cmdlets take: a task, an object with tasks at work on it, the XML of either, an id or an address.</summary>
public sealed class VcdTaskArgument
{
    private const string Wanted = "A task is given by its id or address, or as Get-VcdTask returns it.";

    /// <summary>By id (urn:vcloud:task:UUID or the UUID alone) or address.</summary>
    public VcdTaskArgument(string id) => Ids = [id];

    /// <summary>By object: a task, or the tasks of anything else.</summary>
    public VcdTaskArgument(VcdObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Source = item;
        Ids = IdsOf(item);
    }

    /// <summary>By the XML that Invoke-VcdRequest returned. PowerShell makes nothing of XML by way of <see cref="PSObject"/>; by which connection it came says its property Connection.</summary>
    public VcdTaskArgument(XmlNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        Source = PSObject.AsPSObject(node);
        Ids = IdsIn(node);
    }

    /// <summary>By an object that PowerShell wrapped.</summary>
    public VcdTaskArgument(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Source = value;
        Ids = value.BaseObject switch
        {
            VcdRecord record => record.ToObject() is { } item ? IdsOf(item) : throw new PSInvalidCastException(Wanted),
            VcdObject item => IdsOf(item),
            XmlNode node => IdsIn(node),
            string text => [text],
            _ => [value.Properties["Href"]?.Value as string ?? ArgumentText.Of(value, "Id", Wanted)],
        };
    }

    /// <summary>The id or address of the first task; null of an object that has none (any more).</summary>
    public string? Id => Ids.Count > 0 ? Ids[0] : null;

    /// <summary>The ids or addresses of all its tasks.</summary>
    internal IReadOnlyList<string> Ids { get; }

    /// <summary>What was given, where it came from a server.</summary>
    internal object? Source { get; }

    /// <summary>What the tasks work on, where that was given in their place.</summary>
    internal VcdObject? Owner => (Source is PSObject wrapped ? wrapped.BaseObject : Source) switch
    {
        VcdTask => null,
        VcdRecord record => record.ToObject() is { } item and not VcdTask ? item : null,
        VcdObject item => item,
        _ => null,
    };

    /// <inheritdoc/>
    public override string ToString() => Id ?? Owner?.Name ?? string.Empty;

    private static string[] IdsOf(VcdObject item)
        => item is VcdTask task ? [AddressOf(task)] : item.Tasks.Select(AddressOf).ToArray();

    private static string AddressOf(VcdTask task) => task.Href.Length > 0 ? task.Href : task.Id;

    private static string[] IdsIn(XmlNode node)
    {
        var root = node is XmlDocument document ? document.DocumentElement : node as XmlElement;
        var tasks = root?.LocalName == "Task" ? [root] : root?.SelectNodes("*[local-name()='Tasks']/*[local-name()='Task']")?.OfType<XmlElement>().ToArray() ?? [];
        var ids = tasks.Select(t => t.GetAttribute("href")).Where(h => h.Length > 0).ToArray();
        return ids.Length > 0 ? ids : throw new PSInvalidCastException("The XML is no Task, and holds none.");
    }
}

internal static class ArgumentText
{
    /// <summary>The text of an object that stands for something by one of its properties.</summary>
    public static string Of(PSObject? value, string property, string wanted)
        => value?.BaseObject as string ?? value?.Properties[property]?.Value as string ?? throw new PSInvalidCastException(wanted);
}
