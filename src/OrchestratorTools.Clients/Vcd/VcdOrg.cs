using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>An organization. Counts are given by the query service only.</summary>
public sealed class VcdOrg : VcdObject
{
    internal VcdOrg(XElement element)
        : base(element, "org")
    {
        FullName = Take(element, "displayName") ?? VcdXml.ChildText(element, "FullName");
        IsEnabled = TakeFlag(element, "isEnabled") ?? VcdXml.Flag(VcdXml.ChildText(element, "IsEnabled"));
        CanPublishCatalogs = TakeFlag(element, "canPublishCatalogs");
        DeployedVMQuota = TakeCount(element, "deployedVMQuota");
        StoredVMQuota = TakeCount(element, "storedVMQuota");
        NumberOfCatalogs = TakeNumber(element, "numberOfCatalogs");
        NumberOfVdcs = TakeNumber(element, "numberOfVdcs");
        NumberOfVApps = TakeNumber(element, "numberOfVApps");
        NumberOfDisks = TakeNumber(element, "numberOfDisks");
        NumberOfGroups = TakeNumber(element, "numberOfGroups");
    }

    /// <summary>The full name.</summary>
    public string? FullName { get; }

    /// <summary>False where the organization is disabled; null where the server does not say.</summary>
    public bool? IsEnabled { get; }

    /// <summary>True where it may publish catalogs to other organizations.</summary>
    public bool? CanPublishCatalogs { get; }

    /// <summary>The most deployed virtual machines of a new user; 0: no limit.</summary>
    public int? DeployedVMQuota { get; }

    /// <summary>The most virtual machines of a new user; 0: no limit.</summary>
    public int? StoredVMQuota { get; }

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
