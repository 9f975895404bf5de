using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>An organization. Counts are given by the query service only.</summary>
public sealed class VcdOrg : VcdObject
{
    internal VcdOrg(XElement element)
        : base(element, "org", "displayName", "isEnabled", "numberOfCatalogs", "numberOfVdcs", "numberOfVApps", "numberOfDisks", "numberOfGroups")
    {
        FullName = VcdXml.Text(element, "displayName") ?? VcdXml.ChildText(element, "FullName");
        Description = VcdXml.ChildText(element, "Description");
        IsEnabled = VcdXml.Flag(element, "isEnabled") ?? VcdXml.Flag(VcdXml.ChildText(element, "IsEnabled"));
        NumberOfCatalogs = VcdXml.Number(element, "numberOfCatalogs");
        NumberOfVdcs = VcdXml.Number(element, "numberOfVdcs");
        NumberOfVApps = VcdXml.Number(element, "numberOfVApps");
        NumberOfDisks = VcdXml.Number(element, "numberOfDisks");
        NumberOfGroups = VcdXml.Number(element, "numberOfGroups");
    }

    /// <summary>The full name.</summary>
    public string? FullName { get; }

    /// <summary>The description, where the organization was asked for by id.</summary>
    public string? Description { get; }

    /// <summary>False where the organization is disabled; null where the server does not say.</summary>
    public bool? IsEnabled { get; }

    /// <summary>How many catalogs.</summary>
    public long? NumberOfCatalogs { get; }

    /// <summary>How many virtual data centers.</summary>
    public long? NumberOfVdcs { get; }

    /// <summary>How many vApps.</summary>
    public long? NumberOfVApps { get; }

    /// <summary>How many independent disks.</summary>
    public long? NumberOfDisks { get; }

    /// <summary>How many groups.</summary>
    public long? NumberOfGroups { get; }
}
