using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A network of a virtual data center (or, on old servers, of an organization).</summary>
public sealed class VcdNetwork : VcdObject
{
    internal VcdNetwork(XElement element)
        : base(element, "network")
    {
        var configuration = VcdXml.Child(element, "Configuration");
        var scope = VcdXml.ChildOf(VcdXml.ChildOf(configuration, "IpScopes"), "IpScope") ?? VcdXml.ChildOf(configuration, "IpScope");
        string? Scope(string name) => scope is null ? null : VcdXml.ChildText(scope, name);
        Gateway = Take(element, "defaultGateway", "gateway") ?? Scope("Gateway");
        Netmask = Take(element, "netmask") ?? Scope("Netmask");
        Dns1 = Take(element, "dns1") ?? Scope("Dns1");
        Dns2 = Take(element, "dns2") ?? Scope("Dns2");
        DnsSuffix = Take(element, "dnsSuffix") ?? Scope("DnsSuffix");
        Type = VcdAssumptions.NetworkType(Take(element, "linkType")) ?? VcdAssumptions.NetworkType(configuration is null ? null : VcdXml.ChildText(configuration, "FenceMode"));
        ConnectedTo = Take(element, "connectedTo") ?? VcdReference.Of(VcdXml.ChildOf(configuration, "ParentNetwork"))?.Name ?? VcdReference.Of(VcdXml.Child(element, "EdgeGateway"))?.Name;
        Vdc = Take(element, "vdcName");
        VdcHref = Take(element, "vdc") ?? UpTo("vdc");
        OrganizationHref = Take(element, "org") ?? UpTo("org");
        NetworkPool = Take(element, "networkPoolName") ?? VcdReference.Of(VcdXml.Child(element, "NetworkPool"))?.Name;
        IsShared = TakeFlag(element, "isShared") ?? VcdXml.Flag(VcdXml.ChildText(element, "IsShared"));
        IsBusy = TakeFlag(element, "isBusy") ?? (IsRecord ? null : Tasks.Any(t => !t.IsFinished));
        UsedIPCount = TakeCount(element, "usedIpCount");
        TotalIPCount = TakeCount(element, "totalIpCount");
        (Status, StatusCode) = VcdAssumptions.Readiness(Take(element, "status"));
        IPRanges = VcdXml.Children(scope is null ? null : VcdXml.Child(scope, "IpRanges"), "IpRange").Select(r => $"{VcdXml.ChildText(r, "StartAddress")}-{VcdXml.ChildText(r, "EndAddress")}").ToArray();
    }

    /// <summary>Direct, Routed or Isolated; anything else as the server writes it.</summary>
    public string? Type { get; }

    /// <summary>The gateway's address.</summary>
    public string? Gateway { get; }

    /// <summary>The netmask.</summary>
    public string? Netmask { get; }

    /// <summary>The first DNS server.</summary>
    public string? Dns1 { get; }

    /// <summary>The second DNS server.</summary>
    public string? Dns2 { get; }

    /// <summary>The DNS suffix.</summary>
    public string? DnsSuffix { get; }

    /// <summary>The ranges of addresses that are given out, "first-last"; lists do not have them.</summary>
    public IReadOnlyList<string> IPRanges { get; }

    /// <summary>What it is connected to: an edge gateway or an external network.</summary>
    public string? ConnectedTo { get; }

    /// <summary>The virtual data center's name; the whole representation does not tell it.</summary>
    public string? Vdc { get; internal set; }

    /// <summary>The address of the virtual data center.</summary>
    public string? VdcHref { get; }

    /// <summary>The address of the organization, of an organization's network.</summary>
    public string? OrganizationHref { get; }

    /// <summary>The network pool, of an organization's network.</summary>
    public string? NetworkPool { get; }

    /// <summary>True where the organization's other virtual data centers may use it.</summary>
    public bool? IsShared { get; }

    /// <summary>True while a task is at work on it.</summary>
    public bool? IsBusy { get; }

    /// <summary>READY and others; lists do not tell it.</summary>
    public string? Status { get; }

    /// <summary>The server's number of the status: 0 being made, 1 ready.</summary>
    public int? StatusCode { get; }

    /// <summary>How many addresses are in use.</summary>
    public int? UsedIPCount { get; }

    /// <summary>How many addresses there are.</summary>
    public int? TotalIPCount { get; }
}
