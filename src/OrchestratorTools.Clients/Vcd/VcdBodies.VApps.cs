using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <content>vApps that are made: of templates, of machines, of other vApps; and templates that are made of vApps.</content>
internal static partial class VcdBodies
{
    /// <summary>The content type of <see cref="InstantiateTemplate"/>.</summary>
    public const string InstantiateTemplateType = "application/vnd.vmware.vcloud.instantiateVAppTemplateParams+xml";

    /// <summary>The content type of <see cref="ComposeVApp"/>.</summary>
    public const string ComposeVAppType = "application/vnd.vmware.vcloud.composeVAppParams+xml";

    /// <summary>The content type of <see cref="CloneVApp"/>.</summary>
    public const string CloneVAppType = "application/vnd.vmware.vcloud.cloneVAppParams+xml";

    /// <summary>The content type of <see cref="MoveVApp"/>.</summary>
    public const string MoveVAppType = "application/vnd.vmware.vcloud.moveVAppParams+xml";

    /// <summary>The content type of <see cref="CaptureVApp"/>.</summary>
    public const string CaptureVAppType = "application/vnd.vmware.vcloud.captureVAppParams+xml";

    private const string NetworkReferenceType = "application/vnd.vmware.vcloud.network+xml";

    // What the server alone says of a section: links and addresses, and of a machine's customization its id (schema: modifiable "none").
    private static readonly HashSet<string> ServersOwn = new(StringComparer.Ordinal) { "Link", "VirtualMachineId", "IsDeployed", "ExternalIpAddress", "RouterInfo", "SyslogServerSettings", "AllocatedIpAddresses", "SubAllocations" };

    // The order of the schema type NetworkConnectionType.
    private static readonly string[] NetworkConnectionOrder = ["NetworkConnectionIndex", "IpAddress", "ExternalIpAddress", "IsConnected", "MACAddress", "IpAddressAllocationMode"];

    // The order of the schema type GuestCustomizationSectionType.
    private static readonly string[] GuestCustomizationOrder =
    [
        "Info", "Enabled", "ChangeSid", "VirtualMachineId", "JoinDomainEnabled", "UseOrgSettings", "DomainName", "DomainUserName", "DomainUserPassword", "MachineObjectOU", "AdminPasswordEnabled", "AdminPasswordAuto",
        "AdminPassword", "AdminAutoLogonEnabled", "AdminAutoLogonCount", "ResetPasswordRequired", "CustomizationScript", "ComputerName",
    ];

    /// <summary>A vApp of a template (schema type InstantiateVAppTemplateParamsType). Whether it is deployed and powered on is always said: the schemas' default is not the guide's.</summary>
    /// <param name="head">Name, description and whether it is powered on.</param>
    /// <param name="sections">What the vApp itself is to be like: networks, leases.</param>
    /// <param name="source">The template.</param>
    /// <param name="items">What its machines are to be like; from API 5.6 on.</param>
    /// <param name="profiles">Storage profiles of its machines; from API 5.1 on, for versions before 5.6.</param>
    /// <param name="acceptEula">True: the template's licences are accepted.</param>
    public static XElement InstantiateTemplate(VcdVAppHead head, IReadOnlyCollection<XElement> sections, XElement source, IEnumerable<XElement> items, IEnumerable<XElement> profiles, bool acceptEula)
        => new(VcdXml.Namespace + "InstantiateVAppTemplateParams", OvfPrefix(), Head(head), Parameters(sections), source, profiles, items, acceptEula ? new XElement(VcdXml.Namespace + "AllEULAsAccepted", true) : null);

    /// <summary>A vApp of machines, vApps and templates, or an empty one (schema type ComposeVAppParamsType).</summary>
    public static XElement ComposeVApp(VcdVAppHead head, IReadOnlyCollection<XElement> sections, IEnumerable<XElement> items, bool acceptEula)
        => new(VcdXml.Namespace + "ComposeVAppParams", OvfPrefix(), Head(head), Parameters(sections), items, acceptEula ? new XElement(VcdXml.Namespace + "AllEULAsAccepted", true) : null);

    /// <summary>A copy of a vApp (schema type CloneVAppParamsType); with <paramref name="removesSource"/> the source goes when the copy is there.</summary>
    public static XElement CloneVApp(VcdVAppHead head, IReadOnlyCollection<XElement> sections, XElement source, bool removesSource, IEnumerable<XElement> items, IEnumerable<XElement> profiles)
        => new(VcdXml.Namespace + "CloneVAppParams", OvfPrefix(), Head(head), Parameters(sections), source, new XElement(VcdXml.Namespace + "IsSourceDelete", removesSource), profiles, items);

    /// <summary>
    /// A vApp that goes to another virtual data center as it is (type MoveVAppParamsType, since API 34.0; the vendor's reference). Its networks stand in it by themselves, not in InstantiationParams, and every machine has to be
    /// among the items.
    /// </summary>
    public static XElement MoveVApp(XElement source, IEnumerable<XElement> sections, IEnumerable<XElement> items)
        => new(VcdXml.Namespace + "MoveVAppParams", OvfPrefix(), source, sections, items);

    /// <summary>A template of a vApp (schema type CaptureVAppParamsType).</summary>
    /// <param name="name">The template's name.</param>
    /// <param name="description">Its description.</param>
    /// <param name="source">The vApp.</param>
    /// <param name="customizeOnInstantiate">Whether machines that are made of it are customized; null: the server's choice.</param>
    /// <param name="storageProfile">The storage profile that stores it; from API 5.1 on.</param>
    /// <param name="replaced">The catalog item that it takes the place of; from API 5.5 on.</param>
    public static XElement CaptureVApp(string name, string? description, XElement source, bool? customizeOnInstantiate, string? storageProfile, XElement? replaced)
        => new(
            VcdXml.Namespace + "CaptureVAppParams",
            OvfPrefix(),
            new XAttribute("name", name),
            Description(description),
            source,
            customizeOnInstantiate is { } customize ? new XElement(VcdXml.Namespace + "CustomizationSection", Info("Customization of the vApp template"), new XElement(VcdXml.Namespace + "CustomizeOnInstantiate", customize)) : null,
            Profile(storageProfile),
            replaced);

    /// <summary>The thing that something is made of. A composed machine is called by the name of this reference where the version has no VmGeneralParams.</summary>
    public static XElement Source(string href, string? type, string? name) => Reference("Source", href, type, name);

    /// <summary>The item of a catalog that a captured template takes the place of.</summary>
    public static XElement TargetCatalogItem(string href, string? name) => Reference("TargetCatalogItem", href, CatalogItemType, name);

    /// <summary>
    /// One source of machines of a vApp, and what its machine is to be like (schema type SourcedCompositionItemParamType): of ComposeVAppParams and RecomposeVAppParams in all versions, of InstantiateVAppTemplateParams and
    /// CloneVAppParams from API 5.6 on.
    /// </summary>
    public static XElement SourcedItem(VcdSourcedItem item)
        => new(
            VcdXml.Namespace + "SourcedItem",
            item.SourceDelete ? new XAttribute("sourceDelete", true) : null,
            Source(item.Href, item.Type, item.Name),
            item.NewName is null && item.Description is null ? null : new XElement(VcdXml.Namespace + "VmGeneralParams", Optional("Name", item.NewName), Optional("Description", item.Description)),
            Parameters(item.Sections),
            item.NetworkAssignments.Select(a => new XElement(VcdXml.Namespace + "NetworkAssignment", new XAttribute("innerNetwork", a.Key), new XAttribute("containerNetwork", a.Value))),
            item.StorageProfile is null ? null : Reference("StorageProfile", item.StorageProfile, StorageProfileType, null),
            item.SizingPolicy is null && item.PlacementPolicy is null
                ? null
                : new XElement(
                    VcdXml.Namespace + "ComputePolicy",
                    item.PlacementPolicy is { } placement ? Reference("VmPlacementPolicy", placement.Href, null, placement.Name) : null,
                    item.SizingPolicy is { } sizing ? Reference("VmSizingPolicy", sizing.Href, null, sizing.Name) : null));

    /// <summary>The storage profile of one machine of what is instantiated or cloned, as versions from 5.1 to 5.5 write it (schema type SourcedVmInstantiationParamsType).</summary>
    public static XElement SourcedVmProfile(string href, string? type, string? name, string storageProfile)
        => new(VcdXml.Namespace + "SourcedVmInstantiationParams", Source(href, type, name), Reference("StorageProfile", storageProfile, StorageProfileType, null));

    /// <summary>The networks of a vApp (schema type NetworkConfigSectionType).</summary>
    public static XElement NetworkConfigSection(IEnumerable<XElement> configurations)
        => new(VcdXml.Namespace + "NetworkConfigSection", Info("The configuration parameters for logical networks"), configurations);

    /// <summary>A network of a vApp that is a network of the virtual data center, bridged (schema type VAppNetworkConfigurationType; the guide's "Deploy the vApp").</summary>
    /// <param name="name">What the vApp calls it.</param>
    /// <param name="parentHref">The network of the virtual data center.</param>
    /// <param name="parentName">Its name.</param>
    public static XElement BridgedNetwork(string name, string parentHref, string? parentName)
        => new(
            VcdXml.Namespace + "NetworkConfig",
            new XAttribute("networkName", name),
            new XElement(VcdXml.Namespace + "Configuration", Reference("ParentNetwork", parentHref, NetworkReferenceType, parentName), new XElement(VcdXml.Namespace + "FenceMode", "bridged")));

    /// <summary>A network of a vApp or template as it was read, for another vApp; on another parent where one is given.</summary>
    public static XElement CopiedNetwork(XElement configuration, string? parentHref, string? parentName)
    {
        var copy = Section(configuration);
        if (parentHref is not null && VcdXml.Child(VcdXml.Child(copy, "Configuration")!, "ParentNetwork") is { } parent)
        {
            parent.ReplaceWith(Reference("ParentNetwork", parentHref, NetworkReferenceType, parentName));
        }

        return copy;
    }

    /// <summary>
    /// The network connections of a machine as they were read, with some on other networks (schema type NetworkConnectionSectionType). The MAC address is left out where <paramref name="newAddresses"/> says so: it is the
    /// source's, and the copy gets one of its own.
    /// </summary>
    /// <param name="present">What was read.</param>
    /// <param name="cards">What is changed, by the card's number.</param>
    /// <param name="newAddresses">True for a copy.</param>
    public static XElement NetworkConnections(XElement present, IReadOnlyDictionary<int, VcdCardPlan> cards, bool newAddresses)
    {
        var section = Section(present);
        foreach (var connection in VcdXml.Children(section, "NetworkConnection"))
        {
            connection.Attribute("needsCustomization")?.Remove();
            if (newAddresses)
            {
                VcdXml.Child(connection, "MACAddress")?.Remove();
            }

            var index = (int)(VcdXml.Number(VcdXml.ChildText(connection, "NetworkConnectionIndex")) ?? 0);
            if (!cards.TryGetValue(index, out var card))
            {
                continue;
            }

            connection.SetAttributeValue("network", card.Network);
            VcdXml.Child(connection, "IpAddress")?.Remove();
            if (card.IPAddress is { } address)
            {
                Set(connection, NetworkConnectionOrder, "IpAddress", address);
            }

            Set(connection, NetworkConnectionOrder, "IsConnected", card.IsConnected ? "true" : "false");
            Set(connection, NetworkConnectionOrder, "IpAddressAllocationMode", card.Mode);
        }

        return section;
    }

    /// <summary>How long a vApp may run and be kept (schema type LeaseSettingsSectionType): 0 seconds is without end.</summary>
    public static XElement LeaseSettings(TimeSpan? runtime, TimeSpan? storage)
        => new(
            VcdXml.Namespace + "LeaseSettingsSection",
            Info("Lease settings section"),
            Optional("DeploymentLeaseInSeconds", runtime is { } r ? (int)r.TotalSeconds : null),
            Optional("StorageLeaseInSeconds", storage is { } s ? (int)s.TotalSeconds : null));

    /// <summary>The customization of a machine as it was read (or none), switched on, with another computer name or administrator's password (schema type GuestCustomizationSectionType).</summary>
    public static XElement GuestCustomization(XElement? present, string? computerName, string? administratorPassword)
    {
        var section = present is null ? new XElement(VcdXml.Namespace + "GuestCustomizationSection", Info("Specifies Guest OS Customization Settings")) : Section(present);
        Set(section, GuestCustomizationOrder, "Enabled", "true");
        if (administratorPassword is not null)
        {
            Set(section, GuestCustomizationOrder, "AdminPasswordEnabled", "true");
            Set(section, GuestCustomizationOrder, "AdminPasswordAuto", "false");
            Set(section, GuestCustomizationOrder, "AdminPassword", administratorPassword);
        }

        if (computerName is not null)
        {
            Set(section, GuestCustomizationOrder, "ComputerName", computerName);
        }

        return section;
    }

    /// <summary>A section as it was read, without what the server alone says: what a request may hold of it.</summary>
    internal static XElement Section(XElement present)
    {
        var copy = new XElement(present.Name, present.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.LocalName is not ("href" or "type" or "id")), present.Nodes());
        copy.Descendants().Where(e => ServersOwn.Contains(e.Name.LocalName)).Remove();
        return copy;
    }

    /// <summary>What every section begins with (schema type ovf:Section_Type).</summary>
    internal static XElement Info(string text) => new(VcdXml.Ovf + "Info", text);

    /// <summary>Sections have parts of OVF's namespace; with a prefix for it on the whole body each parser finds the same attributes.</summary>
    internal static XAttribute OvfPrefix() => new(XNamespace.Xmlns + "ovf", VcdXml.Ovf.NamespaceName);

    // Changes a child's text; one that is not there yet comes to its place in the schema's order.
    private static void Set(XElement parent, string[] order, string name, string value)
    {
        if (VcdXml.Child(parent, name) is { } there)
        {
            there.Value = value;
            return;
        }

        var place = Array.IndexOf(order, name);
        Insert(parent, parent.Elements().LastOrDefault(e => Array.IndexOf(order, e.Name.LocalName) is var at && at >= 0 && at < place), new XElement(VcdXml.Namespace + name, value));
    }

    private static object?[] Head(VcdVAppHead head) =>
    [
        new XAttribute("name", head.Name),
        new XAttribute("deploy", head.PowerOn),
        new XAttribute("powerOn", head.PowerOn),
        Description(head.Description),
    ];

    private static XElement? Parameters(IReadOnlyCollection<XElement> sections) => sections.Count == 0 ? null : new XElement(VcdXml.Namespace + "InstantiationParams", sections);
}
