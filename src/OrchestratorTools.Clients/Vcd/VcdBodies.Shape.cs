using System.Globalization;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>What virtual machines are made of: each section is sent back as it was read, changed only where that is asked.</content>
internal static partial class VcdBodies
{
    /// <summary>The content type of a whole virtual machine.</summary>
    public const string VMType = "application/vnd.vmware.vcloud.vm+xml";

    /// <summary>The content type of <see cref="EditedItem"/>.</summary>
    public const string RasdItemType = "application/vnd.vmware.vcloud.rasdItem+xml";

    /// <summary>The content type of lists of hardware items.</summary>
    public const string RasdItemsListType = "application/vnd.vmware.vcloud.rasdItemsList+xml";

    /// <summary>The content type of lists of product sections.</summary>
    public const string ProductSectionsType = "application/vnd.vmware.vcloud.productSections+xml";

    /// <summary>The resource type of a processor item.</summary>
    public const string ProcessorItem = "3";

    /// <summary>The resource type of a memory item.</summary>
    public const string MemoryItem = "4";

    /// <summary>The resource type of a disk item.</summary>
    public const string DiskItem = "17";

    private const long Mebi = 1024 * 1024;

    // The order of the schema types; what is not in a list keeps its place.
    private static readonly string[] CustomizationOrder =
    [
        "Info", "Enabled", "ChangeSid", "VirtualMachineId", "JoinDomainEnabled", "UseOrgSettings", "DomainName", "DomainUserName", "DomainUserPassword", "MachineObjectOU", "AdminPasswordEnabled", "AdminPasswordAuto",
        "AdminPassword", "AdminAutoLogonEnabled", "AdminAutoLogonCount", "ResetPasswordRequired", "CustomizationScript", "ComputerName",
    ];

    private static readonly string[] ConnectionOrder = ["VCloudExtension", "NetworkConnectionIndex", "IpAddress", "ExternalIpAddress", "IsConnected", "MACAddress", "IpAddressAllocationMode", "NetworkAdapterType"];
    private static readonly string[] ConnectionsOrder = ["Info", "PrimaryNetworkConnectionIndex"];
    private static readonly string[] CapabilitiesOrder = ["VCloudExtension", "MemoryHotAddEnabled", "CpuHotAddEnabled"];

    /// <summary>True where a body holds a password: it is shown nowhere then.</summary>
    public static bool HoldsSecret(XElement body)
        => body.DescendantsAndSelf().Any(e => (e.Name.LocalName is "AdminPassword" or "DomainUserPassword" && e.Value.Length > 0) || (e.Name.LocalName is "Property" && e.Parent is { } section && new VcdOvfProperty(section, e).IsPassword));

    /// <summary>
    /// What reconfigureVm takes: the name, the description, and the sections that change ("sections that are left out stay as they are", says the guide; the description is no section, so it goes along).
    /// </summary>
    public static XElement ReconfiguredVM(XElement present, VcdVMSettings settings)
    {
        var body = new XElement(VcdXml.Namespace + "Vm", new XAttribute("name", settings.Name ?? VcdXml.Text(present, "name") ?? string.Empty));
        AddDescription(body, settings.Description ?? VcdXml.ChildText(present, "Description"));
        if (ChangesHardware(settings) && VcdXml.Child(present, "VirtualHardwareSection") is { } hardware)
        {
            body.Add(EditedHardware(hardware, settings));
        }

        if (settings.ComputerName is { } computer && VcdXml.Child(present, "GuestCustomizationSection") is { } customization)
        {
            body.Add(EditedCustomization(customization, new VcdCustomizationSettings { ComputerName = computer }));
        }

        if (settings.StorageProfile is { } profile)
        {
            body.Add(Reference("StorageProfile", profile.Href, StorageProfileType, profile.Name));
        }

        return Prefixed(body);
    }

    /// <summary>A virtual machine as it was read, with another name, description or storage profile: what a PUT takes, which wants the whole of it.</summary>
    public static XElement EditedVM(XElement present, VcdVMSettings settings)
    {
        var body = Unlinked(present);
        VcdXml.Child(body, "Tasks")?.Remove();
        body.SetAttributeValue("name", settings.Name ?? VcdXml.Text(present, "name"));
        if (settings.Description is { } description)
        {
            Put(body, VcdXml.Namespace + "Description", description, ["VCloudExtension", "Description"]);
        }

        if (settings.StorageProfile is { } profile)
        {
            VcdXml.Child(body, "StorageProfile")?.Remove();
            var after = body.Elements().Last(e => e.Name.LocalName is not ("BootOptions" or "Media" or "ComputePolicy"));
            Insert(body, after, Reference("StorageProfile", profile.Href, StorageProfileType, profile.Name));
        }

        return body;
    }

    /// <summary>True where the settings change the virtual hardware.</summary>
    public static bool ChangesHardware(VcdVMSettings settings) => settings is { NumberOfCpus: not null } or { CoresPerSocket: not null } or { Memory: not null };

    /// <summary>The virtual hardware as it was read, with other CPUs or memory.</summary>
    public static XElement EditedHardware(XElement present, VcdVMSettings settings)
    {
        var body = Unlinked(present);
        foreach (var item in VcdXml.Children(body, "Item"))
        {
            Edit(item, settings);
        }

        return body;
    }

    /// <summary>An item of the virtual hardware alone, with other CPUs or memory. The root is the API's own element, as the server writes it when it is asked for one.</summary>
    public static XElement EditedItem(XElement present, VcdVMSettings settings)
    {
        var bare = Unlinked(present);
        var body = new XElement(VcdXml.Namespace + "Item", bare.Attributes().Where(a => !a.IsNamespaceDeclaration), bare.Elements());
        Edit(body, settings);
        return Prefixed(body);
    }

    /// <summary>The capabilities as they were read, with other hot adding.</summary>
    public static XElement EditedCapabilities(XElement present, bool? cpu, bool? memory)
    {
        var body = Unlinked(present);
        PutFlag(body, "MemoryHotAddEnabled", memory, CapabilitiesOrder);
        PutFlag(body, "CpuHotAddEnabled", cpu, CapabilitiesOrder);
        return body;
    }

    /// <summary>A guest's customization as it was read, changed where something is given.</summary>
    public static XElement EditedCustomization(XElement present, VcdCustomizationSettings settings)
    {
        var body = Unlinked(present);
        PutFlag(body, "Enabled", settings.Enabled, CustomizationOrder);
        PutFlag(body, "ChangeSid", settings.ChangeSid, CustomizationOrder);
        PutFlag(body, "JoinDomainEnabled", settings.JoinDomainEnabled, CustomizationOrder);
        PutFlag(body, "UseOrgSettings", settings.UseOrgSettings, CustomizationOrder);
        PutText(body, "DomainName", settings.DomainName);
        PutText(body, "DomainUserName", settings.DomainUserName);
        PutText(body, "DomainUserPassword", settings.DomainUserPassword is { } joining ? SecretText.Reveal(joining) : null);
        PutText(body, "MachineObjectOU", settings.MachineObjectOU);
        PutFlag(body, "AdminPasswordEnabled", settings.AdminPasswordEnabled, CustomizationOrder);
        PutFlag(body, "AdminPasswordAuto", settings.AdminPasswordAuto, CustomizationOrder);
        PutText(body, "AdminPassword", settings.AdminPassword is { } password ? SecretText.Reveal(password) : null);
        if (VcdXml.Flag(VcdXml.ChildText(body, "AdminPasswordAuto")) is true)
        {
            // Schema: a password goes with none that is made up. Servers show the made-up one (recorded so), which is not to be sent back.
            VcdXml.Child(body, "AdminPassword")?.Remove();
        }

        if (settings.AdminAutoLogonCount is { } times)
        {
            // Schema: 1 to 100 where the administrator is logged in by itself, else 0.
            PutFlag(body, "AdminAutoLogonEnabled", times > 0, CustomizationOrder);
            PutText(body, "AdminAutoLogonCount", times.ToString(CultureInfo.InvariantCulture));
        }

        PutFlag(body, "ResetPasswordRequired", settings.ResetPasswordRequired, CustomizationOrder);
        PutText(body, "CustomizationScript", settings.CustomizationScript);
        PutText(body, "ComputerName", settings.ComputerName);
        return body;

        // An empty element: the guide's example sends them; a text of nothing is taken for one.
        static void PutText(XElement body, string name, string? text)
        {
            if (text is not null)
            {
                Put(body, VcdXml.Namespace + name, text, CustomizationOrder);
            }
        }
    }

    /// <summary>The disks and controllers as they were read, with disks added, grown, moved to another storage profile, or taken out.</summary>
    public static XElement EditedDisks(XElement present, IReadOnlyList<VcdVMDiskChange> changes)
    {
        var body = Unlinked(present);
        foreach (var change in changes)
        {
            if (change.InstanceId is not { } id)
            {
                AddDisk(body, change);
                continue;
            }

            var item = DiskOf(body, id)!;
            if (change.Remove)
            {
                item.Remove();
                continue;
            }

            var resource = VcdXml.Child(item, "HostResource")!;
            if (change.Size is { } size)
            {
                Say(resource, "capacity", (size / Mebi).ToString(CultureInfo.InvariantCulture));
                if (VcdXml.Child(item, "VirtualQuantity") is { } quantity)
                {
                    // Later versions write the size a second time: the two must agree.
                    quantity.Value = (VcdXml.ChildText(item, "VirtualQuantityUnits") is "byte" ? size : size / Mebi).ToString(CultureInfo.InvariantCulture);
                }
            }

            Store(resource, change.StorageProfile);
        }

        return Prefixed(body);
    }

    /// <summary>The item of a disk; null where there is none any more.</summary>
    public static XElement? DiskOf(XElement list, string instanceId)
        => VcdXml.Children(list, "Item").FirstOrDefault(i => VcdXml.ChildText(i, "ResourceType") is DiskItem && VcdXml.ChildText(i, "InstanceID") == instanceId);

    /// <summary>The network connections as they were read, with some added, changed or taken out.</summary>
    public static XElement EditedConnections(XElement present, IReadOnlyList<VcdNetworkCardChange> changes)
    {
        var body = Unlinked(present);
        foreach (var change in changes)
        {
            var index = change.Index.ToString(CultureInfo.InvariantCulture);
            var connection = VcdXml.Children(body, "NetworkConnection").FirstOrDefault(c => VcdXml.Number(VcdXml.ChildText(c, "NetworkConnectionIndex")) == change.Index);
            if (change.Remove)
            {
                connection?.Remove();
                continue;
            }

            if (connection is null)
            {
                connection = new XElement(
                    VcdXml.Namespace + "NetworkConnection",
                    new XAttribute("network", VcdNetworkCardChange.NoNetwork),
                    new XElement(VcdXml.Namespace + "NetworkConnectionIndex", index),
                    new XElement(VcdXml.Namespace + "IsConnected", true),
                    new XElement(VcdXml.Namespace + "IpAddressAllocationMode", "NONE"));
                var last = body.Elements().LastOrDefault(e => e.Name.LocalName is "Info" or "PrimaryNetworkConnectionIndex" or "NetworkConnection");
                Insert(body, last, connection);
            }

            connection.SetAttributeValue("network", change.Network ?? VcdXml.Text(connection, "network"));
            if (change.Mode is { } mode)
            {
                Put(connection, VcdXml.Namespace + "IpAddressAllocationMode", mode, ConnectionOrder);
                Put(connection, VcdXml.Namespace + "IpAddress", change.IPAddress, ConnectionOrder);
            }

            PutFlag(connection, "IsConnected", change.IsConnected, ConnectionOrder);
            if (change.MacAddress is { } mac)
            {
                Put(connection, VcdXml.Namespace + "MACAddress", mac, ConnectionOrder);
            }

            if (change.AdapterType is { } adapter)
            {
                Put(connection, VcdXml.Namespace + "NetworkAdapterType", adapter, ConnectionOrder);
            }

            if (change.IsPrimary)
            {
                Put(body, VcdXml.Namespace + "PrimaryNetworkConnectionIndex", index, ConnectionsOrder);
            }
        }

        // The primary one must be among those that are left; the first takes its place.
        var left = VcdXml.Children(body, "NetworkConnection").Select(c => VcdXml.ChildText(c, "NetworkConnectionIndex")?.Trim()).ToArray();
        var primary = VcdXml.ChildText(body, "PrimaryNetworkConnectionIndex")?.Trim();
        if (left.Length > 0 && !left.Contains(primary ?? "0", StringComparer.Ordinal))
        {
            Put(body, VcdXml.Namespace + "PrimaryNetworkConnectionIndex", left[0], ConnectionsOrder);
        }

        return body;
    }

    /// <summary>The product sections as they were read, with other values of properties.</summary>
    public static XElement EditedProductSections(XElement present, IReadOnlyList<(VcdOvfProperty Property, string Value)> values)
    {
        var places = values.Select(v => (Path: PathOf(v.Property), v.Value)).ToArray();
        var body = Unlinked(present);
        foreach (var ((section, property), value) in places)
        {
            var element = VcdXml.Children(VcdXml.Children(body, "ProductSection").ElementAt(section), "Property").ElementAt(property);
            if (VcdXml.Child(element, "Value") is { } old)
            {
                old.SetAttributeValue(VcdXml.Ovf + "value", value);
            }
            else
            {
                element.Add(new XElement(VcdXml.Ovf + "Value", new XAttribute(VcdXml.Ovf + "value", value)));
            }
        }

        return body;

        static (int Section, int Property) PathOf(VcdOvfProperty property)
            => (property.Section.ElementsBeforeSelf().Count(e => e.Name.LocalName is "ProductSection"), property.Element.ElementsBeforeSelf().Count(e => e.Name.LocalName is "Property"));
    }

    private static void Edit(XElement item, VcdVMSettings settings)
    {
        switch (VcdXml.ChildText(item, "ResourceType"))
        {
            case ProcessorItem:
                if (settings.NumberOfCpus is { } cpus)
                {
                    VcdXml.Child(item, "VirtualQuantity")!.Value = cpus.ToString(CultureInfo.InvariantCulture);
                }

                if (settings.CoresPerSocket is { } cores)
                {
                    if (VcdXml.Child(item, "CoresPerSocket") is { } present)
                    {
                        present.Value = cores.ToString(CultureInfo.InvariantCulture);
                    }
                    else
                    {
                        item.Add(new XElement(VcdXml.OvfVmware + "CoresPerSocket", new XAttribute(VcdXml.Ovf + "required", false), cores));
                    }
                }

                break;
            case MemoryItem when settings.Memory is { } memory:
                VcdXml.Child(item, "VirtualQuantity")!.Value = (memory / Mebi).ToString(CultureInfo.InvariantCulture);
                break;
            default:
                break;
        }
    }

    private static void AddDisk(XElement body, VcdVMDiskChange change)
    {
        var items = VcdXml.Children(body, "Item").ToArray();
        var disks = items.Where(i => VcdXml.ChildText(i, "ResourceType") is DiskItem).ToArray();
        var kind = VcdDiskController.All.First(c => c.Bus == change.Bus);
        var place = items
            .Where(i => VcdXml.ChildText(i, "ResourceType") == kind.Type && (kind.SubType is null || string.Equals(VcdXml.ChildText(i, "ResourceSubType"), kind.SubType, StringComparison.OrdinalIgnoreCase)))
            .Select(c => (Controller: VcdXml.ChildText(c, "InstanceID"), Unit: FreeUnit(c)))
            .FirstOrDefault(p => p.Unit is not null);
        var resource = new XElement(
            VcdXml.Rasd + "HostResource",
            new XAttribute(VcdXml.Namespace + "capacity", change.Size!.Value / Mebi),
            kind.SubType is null ? null : new XAttribute(VcdXml.Namespace + "busSubType", kind.SubType),
            new XAttribute(VcdXml.Namespace + "busType", kind.Type));
        Store(resource, change.StorageProfile);
        var name = Enumerable.Range(1, disks.Length + 1).Select(n => string.Create(CultureInfo.InvariantCulture, $"Hard disk {n}")).First(n => !Array.Exists(disks, d => VcdXml.ChildText(d, "ElementName") == n));
        var id = disks.Select(d => VcdXml.Number(VcdXml.ChildText(d, "InstanceID")) ?? 0).Append(VcdAssumptions.FirstDiskId - 1).Max() + 1;
        var item = new XElement(
            disks.FirstOrDefault()?.Name ?? VcdXml.Namespace + "Item",
            place.Unit is { } unit ? new XElement(VcdXml.Rasd + "AddressOnParent", unit) : null,
            new XElement(VcdXml.Rasd + "Description", "Hard disk"),
            new XElement(VcdXml.Rasd + "ElementName", name),
            resource,
            new XElement(VcdXml.Rasd + "InstanceID", id),
            place.Unit is null ? null : new XElement(VcdXml.Rasd + "Parent", place.Controller),
            new XElement(VcdXml.Rasd + "ResourceType", DiskItem));
        Insert(body, items.LastOrDefault(), item);

        int? FreeUnit(XElement controller)
        {
            var parent = VcdXml.ChildText(controller, "InstanceID");
            var taken = items.Where(i => VcdXml.ChildText(i, "Parent") == parent).Select(i => VcdXml.Number(VcdXml.ChildText(i, "AddressOnParent"))).ToHashSet();
            return kind.Units.Cast<int?>().FirstOrDefault(u => !taken.Contains(u));
        }
    }

    private static void Store(XElement resource, VcdReference? profile)
    {
        if (profile is not null)
        {
            Say(resource, "storageProfileHref", profile.Href);
            Say(resource, "storageProfileOverrideVmDefault", "true");
        }
    }

    // The attributes stand in the API's namespace, under whatever prefix.
    private static void Say(XElement resource, string name, string value)
        => resource.SetAttributeValue(resource.Attributes().FirstOrDefault(a => !a.IsNamespaceDeclaration && a.Name.LocalName == name)?.Name ?? VcdXml.Namespace + name, value);

    /// <summary>A copy without links: the guide says that they need not be sent, and a section's schema has no place for them where another element was put in.</summary>
    private static XElement Unlinked(XElement present)
    {
        var body = new XElement(present);
        body.Descendants().Where(e => e.Name.LocalName is "Link" && e.Name.Namespace == VcdXml.Namespace).ToList().ForEach(e => e.Remove());
        return body;
    }

    /// <summary>The prefixes that the guide's examples have: OVF's elements get a default attribute of its namespace, which the schema puts in only where that has a prefix.</summary>
    private static XElement Prefixed(XElement body)
    {
        foreach (var (prefix, space) in new[] { ("ovf", VcdXml.Ovf), ("rasd", VcdXml.Rasd), ("vmw", VcdXml.OvfVmware), ("vcloud", VcdXml.Namespace) })
        {
            if (body.Attribute(XNamespace.Xmlns + prefix) is null)
            {
                body.SetAttributeValue(XNamespace.Xmlns + prefix, space.NamespaceName);
            }
        }

        return body;
    }

    private static void PutFlag(XElement parent, string name, bool? value, string[] order)
    {
        if (value is { } flag)
        {
            Put(parent, VcdXml.Namespace + name, flag ? "true" : "false", order);
        }
    }

    /// <summary>Gives a child a value: in its place where it is there, else after the last of those that the schema has before it. Null takes it out.</summary>
    private static void Put(XElement parent, XName name, string? value, string[] order)
    {
        var present = VcdXml.Child(parent, name.LocalName);
        if (value is null)
        {
            present?.Remove();
        }
        else if (present is not null)
        {
            present.Value = value;
        }
        else
        {
            var place = Array.IndexOf(order, name.LocalName);
            Insert(parent, parent.Elements().LastOrDefault(e => Array.IndexOf(order, e.Name.LocalName) is >= 0 and var other && other < place), new XElement(name, value));
        }
    }
}
