using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A catalog, as the query service lists it.</summary>
public sealed class VcdCatalog : VcdObject
{
    internal VcdCatalog(XElement element)
        : base(element, "catalog", "orgName", "description", "ownerName", "isShared", "isPublished", "numberOfVAppTemplates", "numberOfTemplates", "numberOfMedia", "creationDate", "status", "version")
    {
        Organization = VcdXml.Text(element, "orgName");
        Description = VcdXml.Text(element, "description") ?? VcdXml.ChildText(element, "Description");
        Owner = VcdXml.Text(element, "ownerName");
        IsShared = VcdXml.Flag(element, "isShared");
        IsPublished = VcdXml.Flag(element, "isPublished");
        NumberOfVAppTemplates = VcdXml.Number(element, "numberOfVAppTemplates") ?? VcdXml.Number(element, "numberOfTemplates");
        NumberOfMedia = VcdXml.Number(element, "numberOfMedia");
        CreatedAt = VcdXml.Time(VcdXml.Text(element, "creationDate"));
        Status = VcdXml.Text(element, "status");
        Version = VcdXml.Number(element, "version");
    }

    /// <summary>The name of the organization that owns it.</summary>
    public string? Organization { get; }

    /// <summary>The description.</summary>
    public string? Description { get; }

    /// <summary>The owner's user name.</summary>
    public string? Owner { get; }

    /// <summary>True where others of the organization may use it.</summary>
    public bool? IsShared { get; }

    /// <summary>True where other organizations may use it.</summary>
    public bool? IsPublished { get; }

    /// <summary>How many vApp templates.</summary>
    public long? NumberOfVAppTemplates { get; }

    /// <summary>How many media.</summary>
    public long? NumberOfMedia { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>READY and others, as the server writes it.</summary>
    public string? Status { get; }

    /// <summary>The catalog's version number; goes up with each change.</summary>
    public long? Version { get; }
}
