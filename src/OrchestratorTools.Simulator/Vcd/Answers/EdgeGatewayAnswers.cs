using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Edge gateways.</summary>
internal static class EdgeGatewayAnswers
{
    private static readonly ApiVersion FirstAdvanced = new("7.0");

    /// <summary>GET /api/admin/edgeGateway/{id}.</summary>
    public static VcdAnswer Get(VcdCall call, EdgeGateway edge)
    {
        OrgAnswers.RequireAdministrator(call);
        var hrefs = call.Hrefs;
        var href = hrefs.Of(edge);
        var mayChange = call.Sees.MayChange(edge.Org);
        var xml = Xml.Root(
            hrefs,
            "EdgeGateway",
            new XAttribute("status", "1"),
            hrefs.Identity(edge.Reference),
            Xml.Link("up", MediaTypes.Vdc, hrefs.Of(edge.Vdc)),
            mayChange ? Actions(href) : null,
            Xml.Element("Description", edge.Description),
            TaskAnswers.InProgress(call, edge),
            Xml.Element(
                "Configuration",
                Xml.Element("GatewayBackingConfig", edge.Size),
                Xml.Element(
                    "GatewayInterfaces",
                    edge.Networks.Select(n => Interface(hrefs, n.AdminReference with { Kind = new("admin/network", "network", MediaTypes.AdminNetwork) }, "internal", n.Scope, n.Scope.Gateway, isDefault: false)),
                    edge.Uplinks.Select((u, i) => Interface(hrefs, u.Network.Reference with { Kind = new("admin/network", "network", MediaTypes.AdminNetwork) }, "uplink", u.Network.Scope, u.Address, isDefault: i == 0))),
                Xml.Element("EdgeGatewayServiceConfiguration"),
                Xml.Element("HaEnabled", Xml.Bool(edge.HasHighAvailability)),
                Xml.Element("UseDefaultRouteForDnsRelay", "true"),
                call.Version! >= FirstAdvanced ? Xml.Element("AdvancedNetworkingEnabled", "true") : null));
        return VcdAnswer.Ok(xml, MediaTypes.EdgeGateway);
    }

    private static IEnumerable<XElement> Actions(string href) =>
    [
        Xml.Link("edgeGateway:redeploy", type: null, $"{href}/action/redeploy"),
        Xml.Link("edgeGateway:configureServices", "application/vnd.vmware.admin.edgeGatewayServiceConfiguration+xml", $"{href}/action/configureServices"),
        Xml.Link("edgeGateway:reapplyServices", type: null, $"{href}/action/reapplyServices"),
        Xml.Link("edgeGateway:syncSyslogSettings", type: null, $"{href}/action/syncSyslogServerSettings"),
    ];

    private static XElement Interface(Hrefs hrefs, Reference network, string type, IpScope scope, string address, bool isDefault) => Xml.Element(
        "GatewayInterface",
        Xml.Element("Name", network.Name),
        Xml.Element("DisplayName", network.Name),
        hrefs.Reference("Network", network),
        Xml.Element("InterfaceType", type),
        Xml.Element(
            "SubnetParticipation",
            Xml.Element("Gateway", scope.Gateway),
            Xml.Element("Netmask", scope.Netmask),
            Xml.Element("IpAddress", address)),
        Xml.Element("ApplyRateLimit", "false"),
        Xml.Element("UseForDefaultRoute", Xml.Bool(isDefault)));
}
