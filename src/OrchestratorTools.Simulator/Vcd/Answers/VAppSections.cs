using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The sections of a vApp: they stand in its representation and have addresses of their own.</summary>
internal static class VAppSections
{

    public static IEnumerable<XElement> All(VcdCall call, VApp vApp)
    {
        if (vApp.Status is MachineStatus.FailedCreation or MachineStatus.Unresolved) return [];
        XElement[] sections = [Lease(call, vApp), Startup(call, vApp), Network(call, vApp), NetworkConfig(call, vApp)];
        return call.Version! < new ApiVersion("5.1") ? [.. sections, .. ProductsOf(vApp)] : [.. sections, Snapshot(call, vApp), .. ProductsOf(vApp)];
    }

    /// <summary>GET of one section by the last segment of its address; null: a vApp has no such section.</summary>
    public static VcdAnswer? Get(VcdCall call, VApp vApp, string name) => name switch
    {
        "leaseSettingsSection" => Answer(call, Lease(call, vApp), MediaTypes.LeaseSettings),
        "startupSection" => Answer(call, Startup(call, vApp), MediaTypes.StartupSection),
        "networkSection" => Answer(call, Network(call, vApp), MediaTypes.NetworkSection),
        "networkConfigSection" => Answer(call, NetworkConfig(call, vApp), MediaTypes.NetworkConfigSection),
        "snapshotSection" => Answer(call, Snapshot(call, vApp), MediaTypes.SnapshotSection),
        "productSections" => VcdAnswer.Ok(ProductSections(call, vApp), MediaTypes.ProductSections),
        _ => null,
    };

    /// <summary>A section as an answer of its own.</summary>
    public static VcdAnswer Answer(VcdCall call, XElement section, string type)
    {
        var root = new XElement(section);
        root.Add(Xml.Root(call.Hrefs, "x", OvfXml.Prefixes).Attributes());
        return VcdAnswer.Ok(root, type);
    }

    public static XElement ProductSections(VcdCall call, Entity entity) => Xml.Root(
        call.Hrefs,
        "ProductSectionList",
        OvfXml.Prefixes,
        new XAttribute("type", MediaTypes.ProductSections),
        new XAttribute("href", $"{call.Hrefs.Of(entity)}/productSections/"),
        Xml.Link("edit", MediaTypes.ProductSections, $"{call.Hrefs.Of(entity)}/productSections/"),
        ProductsOf(entity));

    /// <summary>The product sections of a vApp or machine.</summary>
    public static IEnumerable<XElement> ProductsOf(Entity entity) => (entity switch
    {
        VApp vApp => vApp.ProductSections,
        VirtualMachine machine => machine.ProductSections,
        _ => [],
    }).Select(s => new XElement(s));

    private static XElement Lease(VcdCall call, VApp vApp)
    {
        var href = $"{call.Hrefs.Of(vApp)}/leaseSettingsSection/";
        return OvfXml.Section(
            "LeaseSettingsSection",
            MediaTypes.LeaseSettings,
            href,
            "Lease settings section",
            Xml.Link("edit", MediaTypes.LeaseSettings, href),
            Xml.Element("DeploymentLeaseInSeconds", Xml.Number((long)vApp.RuntimeLease.TotalSeconds)),
            Xml.Element("StorageLeaseInSeconds", Xml.Number((long)vApp.StorageLease.TotalSeconds)),
            vApp.RuntimeLeaseEnds is { } runtime ? Xml.Element("DeploymentLeaseExpiration", Xml.Time(runtime)) : null,
            vApp.StorageLeaseEnds is { } storage ? Xml.Element("StorageLeaseExpiration", Xml.Time(storage)) : null);
    }

    private static XElement Startup(VcdCall call, VApp vApp)
    {
        var href = $"{call.Hrefs.Of(vApp)}/startupSection/";
        return OvfXml.OvfSection(
            "StartupSection",
            MediaTypes.StartupSection,
            href,
            "VApp startup section",
            vApp.Machines.Select(m => new XElement(
                Xml.Ovf + "Item",
                new XAttribute(Xml.Ovf + "id", m.Name),
                new XAttribute(Xml.Ovf + "order", Xml.Number(m.Startup.Order)),
                new XAttribute(Xml.Ovf + "startAction", m.Startup.StartAction),
                new XAttribute(Xml.Ovf + "startDelay", Xml.Number((long)m.Startup.StartDelay.TotalSeconds)),
                new XAttribute(Xml.Ovf + "stopAction", m.Startup.StopAction),
                new XAttribute(Xml.Ovf + "stopDelay", Xml.Number((long)m.Startup.StopDelay.TotalSeconds)))),
            Xml.Link("edit", MediaTypes.StartupSection, href));
    }

    private static XElement Network(VcdCall call, VApp vApp) => OvfXml.OvfSection(
        "NetworkSection",
        MediaTypes.NetworkSection,
        $"{call.Hrefs.Of(vApp)}/networkSection/",
        "The list of logical networks",
        vApp.Networks.Select(n => new XElement(Xml.Ovf + "Network", new XAttribute(Xml.Ovf + "name", n.Name), new XElement(Xml.Ovf + "Description", n.Description))));

    private static XElement NetworkConfig(VcdCall call, VApp vApp)
    {
        var href = $"{call.Hrefs.Of(vApp)}/networkConfigSection/";
        return OvfXml.Section(
            "NetworkConfigSection",
            MediaTypes.NetworkConfigSection,
            href,
            "The configuration parameters for logical networks",
            Xml.Link("edit", MediaTypes.NetworkConfigSection, href),
            vApp.Networks.Select(n => Xml.Element(
                "NetworkConfig",
                new XAttribute("networkName", n.Name),
                Xml.Link("repair", type: null, $"{call.Hrefs.Api($"admin/network/{n.Id}")}/action/reset"),
                Xml.Element("Description", n.Description),
                NetworkAnswers.Configuration(call, n),
                Xml.Element("IsDeployed", Xml.Bool(vApp.IsDeployed)))));
    }

    private static XElement Snapshot(VcdCall call, VApp vApp)
    {
        var snapshots = vApp.Machines.Select(m => m.Snapshot).OfType<MachineSnapshot>().ToArray();
        return OvfXml.Section(
            "SnapshotSection",
            MediaTypes.SnapshotSection,
            $"{call.Hrefs.Of(vApp)}/snapshotSection",
            "Snapshot information section",
            snapshots.Length == 0
                ? null
                : SnapshotElement(new MachineSnapshot(snapshots.Max(s => s.Created), snapshots.Sum(s => s.Bytes), Array.Exists(snapshots, s => s.IsPoweredOn))));
    }

    public static XElement SnapshotElement(MachineSnapshot snapshot) => Xml.Element(
        "Snapshot",
        new XAttribute("size", snapshot.Bytes.ToString(CultureInfo.InvariantCulture)),
        new XAttribute("poweredOn", Xml.Bool(snapshot.IsPoweredOn)),
        new XAttribute("created", Xml.Time(snapshot.Created)));
}
