using System.Xml.Linq;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The bodies that change what virtual machines are made of: against the vendor's schemas, and against what each version of the API has.</summary>
public sealed class VcdShapeBodyTests
{
    private const long Gibi = 1024L * 1024 * 1024;
    private static readonly VcdReference Gold = new("gold & co", "https://cell.example.com/api/vdcStorageProfile/00000000-0000-4000-8000-0000000000e2", null);
    private static readonly VcdVMSettings All = new() { Name = "a & b", Description = "<new>", ComputerName = "web-9", NumberOfCpus = 4, CoresPerSocket = 2, Memory = 4 * Gibi, StorageProfile = Gold };

    private static readonly VcdCustomizationSettings Customized = new()
    {
        Enabled = true,
        ComputerName = "web-9",
        ChangeSid = true,
        AdminPasswordEnabled = true,
        AdminPasswordAuto = false,
        AdminPassword = SecretText.From("s3cret & <x>"),
        ResetPasswordRequired = true,
        AdminAutoLogonCount = 3,
        JoinDomainEnabled = true,
        UseOrgSettings = false,
        DomainName = "corp.example",
        DomainUserName = "joiner",
        DomainUserPassword = SecretText.From("j0in"),
        MachineObjectOU = "OU=web",
        CustomizationScript = "@echo off\r\necho \"<&>\"\r\n",
    };

    /// <summary>Every body of this area, and the version that it is for: what later versions have is asked for by those only.</summary>
    private static Dictionary<string, XElement> Bodies(string version)
    {
        var at = VcdApiVersion.Parse(version);
        var adapter = at >= VcdApiVersion.Parse("5.11") ? "VMXNET3" : null;
        var profile = at >= VcdApiVersion.Parse("5.6") ? Gold : null;
        return new Dictionary<string, XElement>(StringComparer.Ordinal)
        {
            ["everything at once"] = VcdBodies.ReconfiguredVM(VcdMachineXml.Element(VcdMachineXml.Machine()), All),
            ["memory alone"] = VcdBodies.ReconfiguredVM(VcdMachineXml.Element(VcdMachineXml.Machine()), new VcdVMSettings { Memory = Gibi }),
            ["the machine"] = VcdBodies.EditedVM(VcdMachineXml.Element(VcdMachineXml.Machine()), All),
            ["an old machine"] = VcdBodies.EditedVM(VcdMachineXml.Element(VcdMachineXml.Machine(several: false, cores: false, capabilities: false)), new VcdVMSettings { Name = "b", Description = "c" }),
            ["CPUs"] = VcdBodies.EditedItem(Item("3"), All),
            ["memory"] = VcdBodies.EditedItem(Item("4"), All),
            ["hot add"] = VcdBodies.EditedCapabilities(VcdMachineXml.Section("VmCapabilities"), true, true),
            ["hot add of nothing"] = VcdBodies.EditedCapabilities(XElement.Parse("<VmCapabilities xmlns=\"http://www.vmware.com/vcloud/v1.5\"/>"), true, null),
            ["customization"] = VcdBodies.EditedCustomization(VcdMachineXml.Section("GuestCustomizationSection"), Customized),
            ["customization of nothing"] = VcdBodies.EditedCustomization(XElement.Parse("<GuestCustomizationSection xmlns=\"http://www.vmware.com/vcloud/v1.5\" xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\"><ovf:Info>x</ovf:Info></GuestCustomizationSection>"), Customized),
            ["disks"] = VcdBodies.EditedDisks(
                VcdMachineXml.Element(VcdMachineXml.DiskList),
                [
                    new VcdVMDiskChange { InstanceId = "2000", Size = 20 * Gibi, StorageProfile = profile },
                    new VcdVMDiskChange { Size = Gibi, Bus = VcdVMDiskBus.LsiLogicSas, StorageProfile = profile },
                    new VcdVMDiskChange { Size = Gibi, Bus = VcdVMDiskBus.Sata },
                    new VcdVMDiskChange { Size = Gibi, Bus = VcdVMDiskBus.Ide },
                ]),
            ["no disks"] = VcdBodies.EditedDisks(VcdMachineXml.Element(VcdMachineXml.DiskList), [new VcdVMDiskChange { InstanceId = "2000", Remove = true }]),
            ["adapters"] = VcdBodies.EditedConnections(
                VcdMachineXml.Section("NetworkConnectionSection"),
                [
                    new VcdNetworkCardChange { Index = 0, Network = "other & co", Mode = "MANUAL", IPAddress = "10.1.0.9", MacAddress = "00:50:56:00:00:01", IsConnected = false, AdapterType = adapter },
                    new VcdNetworkCardChange { Index = 2, Remove = true },
                    new VcdNetworkCardChange { Index = 1, Network = "net", Mode = "DHCP", IsConnected = true, IsPrimary = true, AdapterType = adapter },
                ]),
            ["adapters of none"] = VcdBodies.EditedConnections(
                XElement.Parse("<NetworkConnectionSection xmlns=\"http://www.vmware.com/vcloud/v1.5\" xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\"><ovf:Info>x</ovf:Info></NetworkConnectionSection>"),
                [new VcdNetworkCardChange { Index = 0, Network = "net", Mode = "POOL", IsPrimary = true }]),
            ["product sections"] = VcdBodies.EditedProductSections(VcdMachineXml.Element(VcdMachineXml.Products()), Properties(("gateway", "10.0.0.2"), ("port", "81"), ("admin", "new"))),
        };
    }

    [SkippableTheory]
    [InlineData("5.5")]
    [InlineData("9.0")]
    [InlineData("30.0")]
    public void Every_body_is_valid_and_holds_nothing_newer_than_its_version(string version)
    {
        VcdSchemas.Need();
        foreach (var (name, body) in Bodies(version))
        {
            Assert.True(VcdSchemas.Faults(body) is { Count: 0 }, $"{name}: {string.Join("; ", VcdSchemas.Faults(body))}\n{body}");
            Assert.True(VcdSchemas.Newer(body, VcdApiVersion.Parse(version)) is { Count: 0 }, $"{name}: {string.Join("; ", VcdSchemas.Newer(body, VcdApiVersion.Parse(version)))}");
        }
    }

    [SkippableFact]
    public void What_is_newer_is_found()
    {
        // The test above would mean nothing if these were not seen.
        VcdSchemas.Need();
        var adapter = VcdBodies.EditedConnections(VcdMachineXml.Section("NetworkConnectionSection"), [new VcdNetworkCardChange { Index = 0, AdapterType = "E1000" }]);
        Assert.Contains("NetworkAdapterType", VcdSchemas.Newer(adapter, VcdApiVersion.Parse("5.5")), StringComparer.Ordinal);
        Assert.Contains("CoresPerSocket", VcdSchemas.Newer(VcdBodies.EditedItem(Item("3"), All), VcdApiVersion.Parse("5.1")), StringComparer.Ordinal);
        Assert.NotEmpty(VcdSchemas.Newer(VcdBodies.EditedCapabilities(VcdMachineXml.Section("VmCapabilities"), true, true), VcdApiVersion.Parse("1.5")));
    }

    [Fact]
    public void Several_changes_of_a_machine_hold_the_changed_sections_and_no_others()
    {
        var body = VcdBodies.ReconfiguredVM(VcdMachineXml.Element(VcdMachineXml.Machine()), All);
        Assert.Equal("a & b", VcdXml.Text(body, "name"));
        Assert.Equal(["Description", "VirtualHardwareSection", "GuestCustomizationSection", "StorageProfile"], body.Elements().Select(e => e.Name.LocalName), StringComparer.Ordinal);
        Assert.Equal("<new>", VcdXml.ChildText(body, "Description"));
        Assert.Equal(Gold.Href, VcdXml.Text(VcdXml.Child(body, "StorageProfile")!, "href"));
        Assert.Equal("web-9", VcdXml.ChildText(VcdXml.Child(body, "GuestCustomizationSection")!, "ComputerName"));

        // The description is no section: left out, it could be taken for an empty one. The storage profile is left out unless it changes: sent as it is, it makes the server look for another datastore.
        var less = VcdBodies.ReconfiguredVM(VcdMachineXml.Element(VcdMachineXml.Machine()), new VcdVMSettings { NumberOfCpus = 4 });
        Assert.Equal("web & 1", VcdXml.Text(less, "name"));
        Assert.Equal(["Description", "VirtualHardwareSection"], less.Elements().Select(e => e.Name.LocalName), StringComparer.Ordinal);
        Assert.Equal("Old <text>", VcdXml.ChildText(less, "Description"));
    }

    [Fact]
    public void Hardware_keeps_every_item_but_for_what_is_asked()
    {
        var present = VcdMachineXml.Section("VirtualHardwareSection");
        var body = VcdBodies.EditedHardware(present, new VcdVMSettings { NumberOfCpus = 4, CoresPerSocket = 2 });
        Assert.Equal(present.Elements().Where(e => e.Name.LocalName is "Item").Select(Name), body.Elements().Where(e => e.Name.LocalName is "Item").Select(Name), StringComparer.Ordinal);
        Assert.DoesNotContain(body.Descendants(), e => e.Name.LocalName is "Link");
        var cpu = body.Elements().Single(i => VcdXml.ChildText(i, "ResourceType") is "3");
        Assert.Equal(("4", "2"), (VcdXml.ChildText(cpu, "VirtualQuantity"), VcdXml.ChildText(cpu, "CoresPerSocket")));
        Assert.Equal("1024", VcdXml.ChildText(body.Elements().Single(i => VcdXml.ChildText(i, "ResourceType") is "4"), "VirtualQuantity"));
        Assert.Contains(body.Elements(), i => VcdXml.ChildText(i, "ResourceType") is "35");

        static string Name(XElement item) => VcdXml.ChildText(item, "ElementName")!;
    }

    [Fact]
    public void An_item_alone_has_the_apis_own_root()
    {
        var body = VcdBodies.EditedItem(Item("3"), new VcdVMSettings { NumberOfCpus = 8 });
        Assert.Equal(VcdXml.Namespace + "Item", body.Name);
        Assert.Equal(("8", "1"), (VcdXml.ChildText(body, "VirtualQuantity"), VcdXml.ChildText(body, "CoresPerSocket")));
    }

    [Fact]
    public void A_disk_grows_in_both_places_where_its_size_stands()
    {
        var body = VcdBodies.EditedDisks(VcdMachineXml.Element(VcdMachineXml.DiskList), [new VcdVMDiskChange { InstanceId = "2000", Size = 20 * Gibi }]);
        var disk = VcdBodies.DiskOf(body, "2000")!;
        Assert.Equal(("20480", (20 * Gibi).ToString(System.Globalization.CultureInfo.InvariantCulture), (string?)null), (VcdVMDisk.Said(disk, "capacity"), VcdXml.ChildText(disk, "VirtualQuantity"), VcdVMDisk.Said(disk, "storageProfileHref")));
        Assert.Equal("1024", VcdVMDisk.Said(VcdBodies.DiskOf(body, "2001")!, "capacity"));
    }

    [Fact]
    public void New_disks_take_the_next_free_places_and_names()
    {
        var body = VcdBodies.EditedDisks(
            VcdMachineXml.Element(VcdMachineXml.DiskList),
            [.. Enumerable.Repeat(new VcdVMDiskChange { Size = Gibi, Bus = VcdVMDiskBus.LsiLogicSas }, 6), new VcdVMDiskChange { Size = Gibi, Bus = VcdVMDiskBus.Ide }, new VcdVMDiskChange { Size = Gibi, Bus = VcdVMDiskBus.Sata, StorageProfile = Gold }]);
        var added = body.Elements().Where(i => VcdXml.ChildText(i, "ResourceType") is "17").Skip(2).ToArray();

        // Place 7 is the SCSI controller's own. SATA has no controller yet: the server makes one, and gives the place.
        Assert.Equal(["2/2", "2/3", "2/4", "2/5", "2/6", "2/8", "3/0", "/"], added.Select(i => $"{VcdXml.ChildText(i, "Parent")}/{VcdXml.ChildText(i, "AddressOnParent")}"), StringComparer.Ordinal);
        Assert.Equal(["Hard disk 3", "Hard disk 4", "Hard disk 5", "Hard disk 6", "Hard disk 7", "Hard disk 8", "Hard disk 9", "Hard disk 10"], added.Select(i => VcdXml.ChildText(i, "ElementName")), StringComparer.Ordinal);
        Assert.Equal(["2002", "2003", "2004", "2005", "2006", "2007", "2008", "2009"], added.Select(i => VcdXml.ChildText(i, "InstanceID")), StringComparer.Ordinal);
        Assert.Equal(["6 lsilogicsas", "5 ", "20 vmware.sata.ahci"], added.Select(i => $"{VcdVMDisk.Said(i, "busType")} {VcdVMDisk.Said(i, "busSubType")}").Distinct(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal((Gold.Href, "true"), (VcdVMDisk.Said(added[^1], "storageProfileHref"), VcdVMDisk.Said(added[^1], "storageProfileOverrideVmDefault")));
    }

    [Fact]
    public void An_adapter_that_is_moved_keeps_what_is_not_named()
    {
        var body = VcdBodies.EditedConnections(VcdMachineXml.Section("NetworkConnectionSection"), [new VcdNetworkCardChange { Index = 0, Network = "other", Mode = "POOL" }]);
        var moved = body.Elements().First(e => e.Name.LocalName is "NetworkConnection");
        Assert.Equal(("other", "00:50:56:0a:02:13", "true", "POOL", (string?)null), (VcdXml.Text(moved, "network"), VcdXml.ChildText(moved, "MACAddress"), VcdXml.ChildText(moved, "IsConnected"), VcdXml.ChildText(moved, "IpAddressAllocationMode"), VcdXml.ChildText(moved, "IpAddress")));
        Assert.Equal("0", VcdXml.ChildText(body, "PrimaryNetworkConnectionIndex"));
    }

    [Fact]
    public void Where_the_primary_adapter_goes_the_first_that_is_left_takes_its_place()
    {
        var body = VcdBodies.EditedConnections(VcdMachineXml.Section("NetworkConnectionSection"), [new VcdNetworkCardChange { Index = 0, Remove = true }]);
        Assert.Equal("2", VcdXml.ChildText(body, "PrimaryNetworkConnectionIndex"));
        Assert.Single(body.Elements(), e => e.Name.LocalName is "NetworkConnection");
    }

    [Fact]
    public void Customization_keeps_what_is_not_named_but_a_password_that_the_server_made_up()
    {
        var section = VcdMachineXml.Section("GuestCustomizationSection");
        var kept = VcdBodies.EditedCustomization(section, new VcdCustomizationSettings { ComputerName = "b" });
        Assert.Equal(("b", "true", "echo 1", "a1"), (VcdXml.ChildText(kept, "ComputerName"), VcdXml.ChildText(kept, "AdminPasswordAuto"), VcdXml.ChildText(kept, "CustomizationScript"), VcdXml.ChildText(kept, "VirtualMachineId")));

        // A made-up password is shown, but does not go back: the schema has one only where none is made up.
        Assert.Null(VcdXml.Child(kept, "AdminPassword"));
        Assert.Equal("made-up-9pq", VcdXml.ChildText(VcdBodies.EditedCustomization(section, new VcdCustomizationSettings { AdminPasswordAuto = false }), "AdminPassword"));
        var logged = VcdBodies.EditedCustomization(section, new VcdCustomizationSettings { AdminAutoLogonCount = 0 });
        Assert.Equal(("false", "0"), (VcdXml.ChildText(logged, "AdminAutoLogonEnabled"), VcdXml.ChildText(logged, "AdminAutoLogonCount")));

        // Line breaks of a batch file survive the parser: a bare carriage return would not.
        var script = VcdBodies.EditedCustomization(section, Customized);
        Assert.Equal("@echo off\r\necho \"<&>\"\r\n", VcdXml.ChildText(XElement.Parse(System.Text.Encoding.UTF8.GetString(VcdXml.ToBytes(script)), LoadOptions.PreserveWhitespace), "CustomizationScript"));
    }

    [Fact]
    public void A_body_with_a_password_is_known_for_one()
    {
        var section = VcdMachineXml.Section("GuestCustomizationSection");
        Assert.True(VcdBodies.HoldsSecret(VcdBodies.EditedCustomization(section, new VcdCustomizationSettings { AdminPasswordAuto = false })));
        Assert.True(VcdBodies.HoldsSecret(VcdBodies.EditedCustomization(section, new VcdCustomizationSettings { DomainUserPassword = SecretText.From("x") })));
        Assert.True(VcdBodies.HoldsSecret(VcdBodies.ReconfiguredVM(VcdMachineXml.Element(VcdMachineXml.Machine().Replace("<AdminPasswordAuto>true", "<AdminPasswordAuto>false", StringComparison.Ordinal)), All)));
        Assert.True(VcdBodies.HoldsSecret(VcdBodies.EditedProductSections(VcdMachineXml.Element(VcdMachineXml.Products()), [])));
        Assert.False(VcdBodies.HoldsSecret(VcdBodies.EditedCustomization(section, new VcdCustomizationSettings { AdminPasswordAuto = true })));
        Assert.False(VcdBodies.HoldsSecret(VcdBodies.EditedHardware(VcdMachineXml.Section("VirtualHardwareSection"), All)));
    }

    [Fact]
    public void A_property_gets_its_value_where_one_was_set_before_and_beside_its_default_where_none_was()
    {
        var body = VcdBodies.EditedProductSections(VcdMachineXml.Element(VcdMachineXml.Products()), Properties(("gateway", "10.0.0.2"), ("port", "81")));
        var properties = body.Descendants().Where(e => e.Name.LocalName is "Property").Select(e => new VcdOvfProperty(e.Parent!, e)).ToArray();
        Assert.Equal(["gateway=10.0.0.2", "port=81", "admin=old-secret-1", "build=7", "region=a", "region=b"], properties.Select(p => $"{p.Key}={p.Value}"), StringComparer.Ordinal);
        Assert.Equal("80", VcdOvfProperty.Attribute(properties[1].Element, "value"));
        Assert.Single(properties[0].Element.Elements(), e => e.Name.LocalName is "Value");
    }

    [Theory]
    [InlineData("boolean", null, "yes", false)]
    [InlineData("boolean", null, "True", true)]
    [InlineData("uint8", null, "256", false)]
    [InlineData("sint8", null, "-128", true)]
    [InlineData("uint16", null, "8O", false)]
    [InlineData("int", null, "2147483648", false)]
    [InlineData("string", "MinLen(3) MaxLen(5)", "ab", false)]
    [InlineData("string", "MinLen(3) MaxLen(5)", "abcdef", false)]
    [InlineData("string", "MinLen(3) MaxLen(5)", "abcd", true)]
    [InlineData("string", "ValueMap{\"a\", \"b\"}", "c", false)]
    [InlineData("string", "ValueMap{\"a\", \"b\"}", "b", true)]
    [InlineData("ip:net", null, "anything", true)]
    public void A_value_is_held_to_the_propertys_type_and_qualifiers(string type, string? qualifiers, string value, bool fits)
    {
        var element = new XElement(VcdXml.Ovf + "Property", new XAttribute(VcdXml.Ovf + "key", "k"), new XAttribute(VcdXml.Ovf + "type", type), qualifiers is null ? null : new XAttribute(VcdXml.Ovf + "qualifiers", qualifiers));
        Assert.Equal(fits, new VcdOvfProperty(new XElement(VcdXml.Ovf + "ProductSection"), element).Refuses(value) is null);
    }

    private static XElement Item(string type) => VcdMachineXml.Section("VirtualHardwareSection").Elements().Single(i => VcdXml.ChildText(i, "ResourceType") == type);

    private static (VcdOvfProperty, string)[] Properties(params (string Key, string Value)[] values)
    {
        var section = VcdMachineXml.Element(VcdMachineXml.Products()).Elements().First(e => e.Name.LocalName is "ProductSection");
        return [.. values.Select(v => (new VcdOvfProperty(section, section.Elements().Single(e => e.Name.LocalName is "Property" && VcdOvfProperty.Attribute(e, "key") == v.Key)), v.Value))];
    }
}
