using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>An edge gateway of a virtual data center.</summary>
public sealed class VcdEdgeGateway : VcdObject
{
    internal VcdEdgeGateway(XElement element)
        : base(element, "gateway")
    {
        var configuration = VcdXml.Child(element, "Configuration");
        string? Said(string name) => configuration is null ? null : VcdXml.ChildText(configuration, name);
        (Status, StatusCode) = VcdAssumptions.Readiness(Take(element, "gatewayStatus") ?? Take(element, "status"));
        Vdc = Take(element, "orgVdcName");
        VdcHref = Take(element, "vdc") ?? UpTo("vdc");
        OrganizationHref = Take(element, "org");
        HaStatus = Take(element, "haStatus");
        IsHaEnabled = VcdXml.Flag(Said("HaEnabled"));
        IsBusy = TakeFlag(element, "isBusy") ?? (IsRecord ? null : Tasks.Any(t => !t.IsFinished));
        IsAdvanced = TakeFlag(element, "advancedNetworkingEnabled") ?? VcdXml.Flag(Said("AdvancedNetworkingEnabled"));
        IsDistributedRoutingEnabled = TakeFlag(element, "distributedRoutingEnabled") ?? VcdXml.Flag(Said("DistributedRoutingEnabled"));
        Size = Said("GatewayBackingConfig");
        Interfaces = VcdXml.Children(VcdXml.ChildOf(configuration, "GatewayInterfaces"), "GatewayInterface").Select(VcdGatewayInterface.Of).ToArray();
        NumberOfExternalNetworks = TakeCount(element, "numberOfExtNetworks") ?? (IsRecord ? null : Interfaces.Count(i => i.IsUplink));
        NumberOfNetworks = TakeCount(element, "numberOfOrgNetworks") ?? (IsRecord ? null : Interfaces.Count(i => !i.IsUplink));
        AvailableNetworkCount = TakeCount(element, "availableNetCount");
    }

    /// <summary>READY and others, in the query service's words.</summary>
    public string? Status { get; }

    /// <summary>The server's number of the status: 0 being made, 1 ready, -1 failed.</summary>
    public int? StatusCode { get; }

    /// <summary>The virtual data center's name; the whole representation does not tell it.</summary>
    public string? Vdc { get; internal set; }

    /// <summary>The address of the virtual data center.</summary>
    public string? VdcHref { get; }

    /// <summary>The address of the organization, where the server tells it.</summary>
    public string? OrganizationHref { get; }

    /// <summary>The state of high availability, as the server writes it; the whole representation does not tell it.</summary>
    public string? HaStatus { get; }

    /// <summary>True where it is highly available; lists do not tell it.</summary>
    public bool? IsHaEnabled { get; }

    /// <summary>True while a task is at work on it.</summary>
    public bool? IsBusy { get; }

    /// <summary>True where it has the advanced services.</summary>
    public bool? IsAdvanced { get; }

    /// <summary>True where it routes in a distributed way.</summary>
    public bool? IsDistributedRoutingEnabled { get; }

    /// <summary>compact, full and others; lists do not tell it.</summary>
    public string? Size { get; }

    /// <summary>How many external networks it is attached to.</summary>
    public int? NumberOfExternalNetworks { get; }

    /// <summary>How many networks of the organization it is attached to.</summary>
    public int? NumberOfNetworks { get; }

    /// <summary>How many more networks it can be attached to.</summary>
    public int? AvailableNetworkCount { get; }

    /// <summary>Its interfaces; lists do not have them.</summary>
    public IReadOnlyList<VcdGatewayInterface> Interfaces { get; }
}
