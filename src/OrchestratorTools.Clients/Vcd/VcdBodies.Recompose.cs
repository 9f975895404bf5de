using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Machines that come to a vApp or leave it.</content>
internal static partial class VcdBodies
{
    /// <summary>The content type of <see cref="RecomposeVApp"/>.</summary>
    public const string RecomposeType = "application/vnd.vmware.vcloud.recomposeVAppParams+xml";

    /// <summary>
    /// Machines that come to a vApp and machines that leave it, in one request (schema type RecomposeVAppParamsType). It can change name and description too, and what is optional and left out may be lost, so that both are sent
    /// as they are; whether it is deployed and powered on is always said, since the schemas' default is to do both.
    /// </summary>
    /// <param name="present">The vApp as it was read.</param>
    /// <param name="items">Sources of new machines (<see cref="SourcedItem"/>).</param>
    /// <param name="created">New machines that are made of nothing.</param>
    /// <param name="acceptEula">True: the licences of the sources are accepted.</param>
    /// <param name="removed">The addresses of machines that leave.</param>
    public static XElement RecomposeVApp(XElement present, IEnumerable<XElement> items, IEnumerable<XElement> created, bool acceptEula, IEnumerable<string> removed)
        => new(
            VcdXml.Namespace + "RecomposeVAppParams",
            OvfPrefix(),
            Head(new VcdVAppHead(VcdXml.Text(present, "name") ?? string.Empty, VcdXml.ChildText(present, "Description"), PowerOn: false)),
            items,
            created,
            acceptEula ? new XElement(VcdXml.Namespace + "AllEULAsAccepted", true) : null,
            removed.Select(href => Reference("DeleteItem", href, null, null)));

    /// <summary>
    /// A machine that is made of nothing (schema type VmType, in a CreateItem; its hardware in VmSpecSectionType, whose HardwareVersion the schema asks for). It has no disk: a disk is added when it is there.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">Its description.</param>
    /// <param name="blank">Its hardware.</param>
    /// <param name="computerName">What its guest is called.</param>
    /// <param name="cards">Its network cards, by their numbers.</param>
    /// <param name="storageProfile">The address of its storage profile; null: the virtual data center's.</param>
    public static XElement BlankMachine(string name, string? description, VcdBlankMachine blank, string computerName, IReadOnlyDictionary<int, VcdCardPlan> cards, string? storageProfile)
        => new(
            VcdXml.Namespace + "CreateItem",
            new XAttribute("name", name),
            Description(description),
            new XElement(VcdXml.Namespace + "GuestCustomizationSection", Info("Specifies Guest OS Customization Settings"), new XElement(VcdXml.Namespace + "ComputerName", computerName)),
            cards.Count == 0 ? null : new XElement(
                VcdXml.Namespace + "NetworkConnectionSection",
                Info("Specifies the available VM network connections"),
                new XElement(VcdXml.Namespace + "PrimaryNetworkConnectionIndex", cards.Keys.Min()),
                cards.OrderBy(c => c.Key).Select(c => new XElement(
                    VcdXml.Namespace + "NetworkConnection",
                    new XAttribute("network", c.Value.Network),
                    new XElement(VcdXml.Namespace + "NetworkConnectionIndex", c.Key),
                    Optional("IpAddress", c.Value.IPAddress),
                    new XElement(VcdXml.Namespace + "IsConnected", c.Value.IsConnected),
                    new XElement(VcdXml.Namespace + "IpAddressAllocationMode", c.Value.Mode)))),
            new XElement(
                VcdXml.Namespace + "VmSpecSection",
                new XAttribute("Modified", true),
                Info("Virtual machine specification"),
                new XElement(VcdXml.Namespace + "OsType", blank.GuestOs),
                new XElement(VcdXml.Namespace + "NumCpus", blank.NumberOfCpus),
                Optional("NumCoresPerSocket", blank.CoresPerSocket),
                new XElement(VcdXml.Namespace + "MemoryResourceMb", new XElement(VcdXml.Namespace + "Configured", blank.Memory / (1024 * 1024))),
                new XElement(VcdXml.Namespace + "HardwareVersion", string.Create(CultureInfo.InvariantCulture, $"vmx-{blank.HardwareVersion:00}"))),
            storageProfile is null ? null : Reference("StorageProfile", storageProfile, StorageProfileType, null));
}
