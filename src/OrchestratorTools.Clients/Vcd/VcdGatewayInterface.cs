using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>An interface of an edge gateway.</summary>
/// <param name="Name">The name.</param>
/// <param name="Network">The network that it is attached to.</param>
/// <param name="Type">uplink or internal, as the server writes it.</param>
/// <param name="IPAddress">Its address in the first of its subnets.</param>
/// <param name="Gateway">The gateway of the first of its subnets.</param>
/// <param name="Netmask">The netmask of the first of its subnets.</param>
/// <param name="IsDefaultRoute">True where it leads everywhere else.</param>
public sealed record VcdGatewayInterface(string? Name, string? Network, string? Type, string? IPAddress, string? Gateway, string? Netmask, bool IsDefaultRoute)
{
    internal bool IsUplink => string.Equals(Type, "uplink", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {IPAddress}".Trim();

    internal static VcdGatewayInterface Of(XElement element)
    {
        var subnet = VcdXml.Child(element, "SubnetParticipation");
        string? Said(string name) => subnet is null ? null : VcdXml.ChildText(subnet, name);
        return new VcdGatewayInterface(
            VcdXml.ChildText(element, "DisplayName") is { Length: > 0 } shown ? shown : VcdXml.ChildText(element, "Name"),
            VcdReference.Of(VcdXml.Child(element, "Network"))?.Name,
            VcdXml.ChildText(element, "InterfaceType"),
            Said("IpAddress"),
            Said("Gateway"),
            Said("Netmask"),
            VcdXml.Flag(VcdXml.ChildText(element, "UseForDefaultRoute")) ?? false);
    }
}
