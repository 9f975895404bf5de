using System.Management.Automation;
using System.Xml;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>What -Organization takes: a name (wildcards) or an organization.</summary>
public sealed class VcdOrgArgument
{
    /// <summary>By name.</summary>
    public VcdOrgArgument(string name) => Name = name;

    /// <summary>By object.</summary>
    public VcdOrgArgument(VcdOrg organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        Name = organization.Name;
        Organization = organization;
    }

    /// <summary>By an object that PowerShell wrapped.</summary>
    public VcdOrgArgument(PSObject value)
    {
        Organization = value?.BaseObject as VcdOrg;
        Name = Organization?.Name ?? ArgumentText.Of(value, "Name", "An organization is given by its name or as Get-VcdOrg returns it.");
    }

    /// <summary>The name or pattern.</summary>
    public string Name { get; }

    internal VcdOrg? Organization { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What -Catalog takes: a name (wildcards) or a catalog.</summary>
public sealed class VcdCatalogArgument
{
    /// <summary>By name.</summary>
    public VcdCatalogArgument(string name) => Name = name;

    /// <summary>By object.</summary>
    public VcdCatalogArgument(VcdCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        Name = catalog.Name;
        Catalog = catalog;
    }

    /// <summary>By an object that PowerShell wrapped.</summary>
    public VcdCatalogArgument(PSObject value)
    {
        // Another object of the server's has a name too, which is not a catalog's.
        Catalog = value?.BaseObject is ServerObject and not VcdCatalog ? throw new PSInvalidCastException("A catalog is given by its name or id, or as Get-VcdCatalog returns it.") : value?.BaseObject as VcdCatalog;
        Name = Catalog?.Name ?? ArgumentText.Of(value, "Name", "A catalog is given by its name or as Get-VcdCatalog returns it.");
    }

    /// <summary>The name or pattern.</summary>
    public string Name { get; }

    internal VcdCatalog? Catalog { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What the task cmdlets take: a task, a media that is being imported, the XML of either, an id or an address.</summary>
public sealed class VcdTaskArgument
{
    /// <summary>By id (urn:vcloud:task:UUID or the UUID alone) or address.</summary>
    public VcdTaskArgument(string id) => Id = id;

    /// <summary>By object.</summary>
    public VcdTaskArgument(VcdTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        Id = task.Href.Length > 0 ? task.Href : task.Id;
        Source = task;
    }

    /// <summary>The task of a media.</summary>
    public VcdTaskArgument(VcdMedia media)
    {
        ArgumentNullException.ThrowIfNull(media);
        Id = media.Task?.Href;
        Source = media;
    }

    /// <summary>By an object that PowerShell wrapped, or the XML that Invoke-VcdRequest returned.</summary>
    public VcdTaskArgument(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Source = value;
        switch (value.BaseObject)
        {
            case VcdTask task:
                Id = task.Href.Length > 0 ? task.Href : task.Id;
                break;
            case VcdMedia media:
                Id = media.Task?.Href;
                break;
            case XmlNode node:
                var root = node is XmlDocument document ? document.DocumentElement : node as XmlElement;
                var found = root?.LocalName == "Task" ? root : root?.SelectSingleNode("*[local-name()='Tasks']/*[local-name()='Task']") as XmlElement;
                Id = found?.GetAttribute("href") is { Length: > 0 } href ? href : throw new PSInvalidCastException("The XML is no Task, and holds none.");
                break;
            case string text:
                Id = text;
                break;
            default:
                Id = value.Properties["Href"]?.Value as string ?? ArgumentText.Of(value, "Id", "A task is given by its id or address, or as Get-VcdTask returns it.");
                break;
        }
    }

    /// <summary>The id or address; null of a media that has no task any more.</summary>
    public string? Id { get; }

    internal object? Source { get; }

    /// <inheritdoc/>
    public override string ToString() => Id ?? string.Empty;
}

internal static class ArgumentText
{
    /// <summary>The text of an object that stands for something by one of its properties.</summary>
    public static string Of(PSObject? value, string property, string wanted)
        => value?.BaseObject as string ?? value?.Properties[property]?.Value as string ?? throw new PSInvalidCastException(wanted);
}
