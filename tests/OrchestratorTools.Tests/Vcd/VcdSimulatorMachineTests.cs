using System.Xml.Linq;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Changing machines of the simulated server: their hardware, connections, guests, one by one and several in one request.</summary>
public sealed class VcdSimulatorMachineTests : IClassFixture<VcdServer>, IAsyncLifetime
{
    private static readonly string[] Versions = ["37.2", "30.0", "39.1", "5.5"];
    private static readonly XNamespace Rasd = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData";
    private static readonly XNamespace Vmw = "http://www.vmware.com/schema/ovf";
    private static int _count;
    private readonly VcdServer _server;

    public VcdSimulatorMachineTests(VcdServer server) => _server = server;

    public Task InitializeAsync() => _server.Simulator.CommandAsync("vcd", "settings", new { versions = Versions });

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task Processors_and_memory_are_changed_by_their_items()
    {
        using var raw = await LoginAsync("30.0");
        var machine = await NewMachineAsync(raw);
        await ChangeAsync(raw, machine, "cpu", i => (Member(i, "VirtualQuantity").Value, i.Element(Vmw + "CoresPerSocket")!.Value) = ("4", "2"));
        await ChangeAsync(raw, machine, "memory", i => Member(i, "VirtualQuantity").Value = "4096");
        machine = await raw.GetAsync(machine.Text("href"));
        Assert.Equal(("4", "2", "4096"), (Quantity(machine, 3), Item(machine, 3).Element(Vmw + "CoresPerSocket")!.Value, Quantity(machine, 4)));
        var record = (await raw.RecordsAsync($"type=vm&filter=id=={machine.Text("id")}"))[0];
        Assert.Equal(("4", "4096"), (record.Text("numberOfCpus"), record.Text("memoryMB")));
        await raw.AssertValidAsync(machine.Text("href"));
    }

    [Theory]
    [InlineData("memory", "1023", "multiple of 4 MB")]
    [InlineData("memory", "0", "multiple of 4 MB")]
    [InlineData("cpu", "0", "virtual CPUs")]
    [InlineData("cpu", "129", "virtual CPUs")]
    public async Task A_size_that_cannot_be_is_refused(string part, string quantity, string words)
    {
        using var raw = await LoginAsync("37.2");
        var machine = await NewMachineAsync(raw);
        var item = await raw.GetAsync($"{machine.Text("href")}/virtualHardwareSection/{part}");
        Member(item, "VirtualQuantity").Value = quantity;
        (await raw.PutRawAsync(machine, $"virtualHardwareSection/{part}", item, "rasdItem")).Refused(400, "BAD_REQUEST", words, quantity);
    }

    [Fact]
    public async Task A_running_machine_grows_where_hot_add_is_on_and_shrinks_never()
    {
        using var raw = await LoginAsync("37.2");
        var machine = await NewMachineAsync(raw);
        machine = await raw.DoAsync(machine, "power:powerOn");
        var memory = await raw.GetAsync($"{machine.Text("href")}/virtualHardwareSection/memory");
        Member(memory, "VirtualQuantity").Value = "4096";
        (await raw.PutRawAsync(machine, "virtualHardwareSection/memory", memory, "rasdItem")).Refused(400, "BAD_REQUEST", "hot add");
        var capabilities = VcdRawCompute.Element("VmCapabilities", VcdRawCompute.Element("MemoryHotAddEnabled", true), VcdRawCompute.Element("CpuHotAddEnabled", true));
        (await raw.PutRawAsync(machine, "vmCapabilities/", capabilities, "vmCapabilitiesSection")).Refused(400, "BAD_REQUEST", "powered on");
        machine = await raw.DoAsync(machine, "power:powerOff");
        await raw.PutAsync(machine, "vmCapabilities/", capabilities, "vmCapabilitiesSection");
        machine = await raw.DoAsync(machine, "power:powerOn");
        await raw.PutAsync(machine, "virtualHardwareSection/memory", memory, "rasdItem");
        Assert.Equal("4096", Quantity(await raw.GetAsync(machine.Text("href")), 4));
        Member(memory, "VirtualQuantity").Value = "2048";
        (await raw.PutRawAsync(machine, "virtualHardwareSection/memory", memory, "rasdItem")).Refused(400, "BAD_REQUEST", "decreased");
    }

    [Fact]
    public async Task Disks_are_added_grown_and_removed_and_never_shrunk()
    {
        using var raw = await LoginAsync("37.2");
        var machine = await NewMachineAsync(raw);
        var list = await raw.GetAsync($"{machine.Text("href")}/virtualHardwareSection/disks");
        var disk = list.Elements(VcdRaw.Ns + "Item").Single(i => Member(i, "ResourceType").Value == "17");
        var first = (int)Host(disk).Attribute(VcdRaw.Ns + "capacity")!;
        var added = new XElement(disk);
        Member(added, "InstanceID").Value = "";
        Host(added).SetAttributeValue(VcdRaw.Ns + "capacity", "100");
        disk.AddAfterSelf(added);
        await raw.PutAsync(machine, "virtualHardwareSection/disks", list, "rasdItemsList");
        Assert.Equal([first, 100], await SizesAsync(raw, machine));

        list = await raw.GetAsync($"{machine.Text("href")}/virtualHardwareSection/disks");
        var second = list.Elements(VcdRaw.Ns + "Item").Where(i => Member(i, "ResourceType").Value == "17").ElementAt(1);
        Assert.Equal("2001", Member(second, "InstanceID").Value);
        Host(second).SetAttributeValue(VcdRaw.Ns + "capacity", "90");
        (await raw.PutRawAsync(machine, "virtualHardwareSection/disks", list, "rasdItemsList")).Refused(400, "BAD_REQUEST", "smaller", "100 MB");
        Host(second).SetAttributeValue(VcdRaw.Ns + "capacity", "200");
        await raw.PutAsync(machine, "virtualHardwareSection/disks", list, "rasdItemsList");
        Assert.Equal([first, 200], await SizesAsync(raw, machine));
        second.Remove();
        await raw.PutAsync(machine, "virtualHardwareSection/disks", list, "rasdItemsList");
        Assert.Equal([first], await SizesAsync(raw, machine));
    }

    [Fact]
    public async Task Addresses_come_from_the_pool_by_hand_or_by_DHCP()
    {
        using var raw = await LoginAsync("37.2");
        var machine = await NewMachineAsync(raw);
        await raw.PutAsync(machine, "networkConnectionSection/", VcdRawCompute.Connections(("VM Network", "MANUAL", "10.16.200.7"), ("VM Network", "POOL", null), ("VM Network", "DHCP", null), ("none", "NONE", null)), "networkConnectionSection");
        machine = await raw.GetAsync(machine.Text("href"));
        var adapters = VcdRawCompute.Adapters(machine);
        Assert.Equal(("10.16.200.7", null, null), (adapters[0].Child("IpAddress"), adapters[2].Child("IpAddress"), adapters[3].Child("IpAddress")));
        Assert.StartsWith("10.16.", adapters[1].Child("IpAddress"), StringComparison.Ordinal);
        Assert.Equal(4, adapters.Select(a => a.Child("MACAddress")).Distinct(StringComparer.Ordinal).Count());
        machine = await raw.DoAsync(machine, "power:powerOn");
        Assert.StartsWith("10.16.", VcdRawCompute.Adapters(machine)[2].Child("IpAddress"), StringComparison.Ordinal);
        machine = await raw.DoAsync(machine, "power:powerOff");
        Assert.Null(VcdRawCompute.Adapters(machine)[2].Child("IpAddress"));
        Assert.Equal("10.16.200.7", VcdRawCompute.Adapters(machine)[0].Child("IpAddress"));

        var other = await NewMachineAsync(raw);
        (await raw.PutRawAsync(other, "networkConnectionSection/", VcdRawCompute.Connections(("VM Network", "MANUAL", "10.16.200.7")), "networkConnectionSection")).Refused(400, "BAD_REQUEST", "10.16.200.7", "in use");
        (await raw.PutRawAsync(other, "networkConnectionSection/", VcdRawCompute.Connections(("VM Network", "MANUAL", "192.168.1.1")), "networkConnectionSection")).Refused(400, "BAD_REQUEST", "192.168.1.1");
        (await raw.PutRawAsync(other, "networkConnectionSection/", VcdRawCompute.Connections(("nowhere", "POOL", null)), "networkConnectionSection")).Refused(400, "BAD_REQUEST", "nowhere", "VM Network");
        (await raw.PutRawAsync(other, "networkConnectionSection/", VcdRawCompute.Connections(("VM Network", "GUESS", null)), "networkConnectionSection")).Refused(400, "BAD_REQUEST", "GUESS", "POOL");
    }

    [Fact]
    public async Task Adapters_come_and_go_while_a_machine_is_off_only()
    {
        using var raw = await LoginAsync("37.2");
        var machine = await raw.DoAsync(await NewMachineAsync(raw), "power:powerOn");
        (await raw.PutRawAsync(machine, "networkConnectionSection/", VcdRawCompute.Connections(("VM Network", "POOL", null), ("VM Network", "POOL", null)), "networkConnectionSection")).Refused(400, "BAD_REQUEST", "powered on");
        await raw.PutAsync(machine, "networkConnectionSection/", VcdRawCompute.Connections(("none", "NONE", null)), "networkConnectionSection");
        Assert.Equal("false", VcdRawCompute.Adapters(await raw.GetAsync(machine.Text("href")))[0].Child("IsConnected"));
    }

    [SkippableFact]
    public async Task One_request_changes_name_hardware_connections_and_guest_or_nothing()
    {
        using var raw = await LoginAsync("30.0");
        var machine = await NewMachineAsync(raw);
        var silver = (await raw.RecordsAsync("type=orgVdcStorageProfile&pageSize=128")).First(r => r.Text("name") == "silver & bronze").Text("href");
        var hardware = new XElement(machine.Element(VcdRawCompute.Ovf + "VirtualHardwareSection")!);
        Member(hardware.Elements(VcdRawCompute.Ovf + "Item").Single(i => Member(i, "ResourceType").Value == "3"), "VirtualQuantity").Value = "2";
        Member(hardware.Elements(VcdRawCompute.Ovf + "Item").Single(i => Member(i, "ResourceType").Value == "4"), "VirtualQuantity").Value = "3072";
        var body = VcdRawCompute.Element(
            "Vm",
            new XAttribute("name", "renamed <vm>"),
            VcdRawCompute.Element("Description", "all at once"),
            hardware,
            VcdRawCompute.Connections(("VM Network", "MANUAL", "10.16.201.1")),
            Guest(VcdRawCompute.Element("ComputerName", "renamed")),
            VcdRawCompute.Element("StorageProfile", new XAttribute("href", silver)));
        machine = await raw.DoAsync(machine, "reconfigureVm", body);
        Assert.Equal(("renamed <vm>", "all at once"), (machine.Text("name"), machine.Child("Description")));
        Assert.Equal(("2", "3072", "10.16.201.1"), (Quantity(machine, 3), Quantity(machine, 4), VcdRawCompute.Adapters(machine)[0].Child("IpAddress")));
        Assert.Equal("renamed", machine.Element(VcdRaw.Ns + "GuestCustomizationSection")!.Child("ComputerName"));
        Assert.Equal("silver & bronze", machine.Element(VcdRaw.Ns + "StorageProfile")!.Text("name"));
        await raw.AssertValidAsync(machine.Text("href"));

        // One part that cannot be leaves everything as it was.
        body.SetAttributeValue("name", "half");
        Member(hardware.Elements(VcdRawCompute.Ovf + "Item").Single(i => Member(i, "ResourceType").Value == "4"), "VirtualQuantity").Value = "3071";
        body.Element(VcdRawCompute.Ovf + "VirtualHardwareSection")!.ReplaceWith(hardware);
        (await raw.FollowAsync(machine, "reconfigureVm", body)).Refused(400, "BAD_REQUEST", "multiple of 4 MB");
        Assert.Equal("renamed <vm>", (await raw.GetAsync(machine.Text("href"))).Text("name"));
    }

    [Fact]
    public async Task A_password_is_shown_to_those_who_may_change_the_machine_and_to_nobody_else()
    {
        using var raw = await LoginAsync("37.2");
        using var user = await VcdRaw.LoginAsync(_server.Simulator, "37.2", "acme", 1);
        var shared = (await user.RecordsAsync("type=vApp&pageSize=128")).First(r => (string?)r.Attribute("ownerName") != "victor@acme.example" && r.Text("status") is not ("RESOLVED" or "FAILED_CREATION")).Text("href");
        var machine = VcdRawCompute.Machines(await raw.GetAsync(shared))[0];
        var section = Guest(
            VcdRawCompute.Element("JoinDomainEnabled", true), VcdRawCompute.Element("DomainName", "corp"), VcdRawCompute.Element("DomainUserName", "joiner"), VcdRawCompute.Element("DomainUserPassword", "dom-secret"),
            VcdRawCompute.Element("AdminPasswordEnabled", true), VcdRawCompute.Element("AdminPasswordAuto", false), VcdRawCompute.Element("AdminPassword", "adm-secret"), VcdRawCompute.Element("ComputerName", "host-1"));
        await raw.PutAsync(machine, "guestCustomizationSection/", section, "guestCustomizationSection");
        foreach (var address in new[] { machine.Text("href"), $"{machine.Text("href")}/guestCustomizationSection/", shared })
        {
            var (full, narrow) = ((await raw.GetAsync(address)).ToString(), (await user.GetAsync(address)).ToString());
            Assert.Contains("adm-secret", full, StringComparison.Ordinal);
            Assert.DoesNotContain("dom-secret", full, StringComparison.Ordinal);
            Assert.Contains("host-1", narrow, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", narrow, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ComputerName", "with blank", "ComputerName")]
    [InlineData("ComputerName", "12345", "ComputerName")]
    [InlineData("AdminPassword", "p", "AdminPasswordAuto")]
    [InlineData("AdminPasswordAuto", "false", "AdminPassword")]
    [InlineData("JoinDomainEnabled", "true", "DomainName")]
    public async Task Guest_settings_that_do_not_go_together_are_refused(string element, string value, string words)
    {
        using var raw = await LoginAsync("37.2");
        var machine = await NewMachineAsync(raw);
        (await raw.PutRawAsync(machine, "guestCustomizationSection/", Guest(VcdRawCompute.Element(element, value)), "guestCustomizationSection")).Refused(400, "BAD_REQUEST", words);
    }

    [Fact]
    public async Task Customization_makes_a_password_at_the_first_start()
    {
        using var raw = await LoginAsync("37.2");
        var machine = await NewMachineAsync(raw);
        Assert.Equal("true", machine.Text("needsCustomization"));
        Assert.Null(machine.Element(VcdRaw.Ns + "GuestCustomizationSection")!.Child("AdminPassword"));
        machine = await raw.DoAsync(machine, "power:powerOn");
        Assert.Equal("false", machine.Text("needsCustomization"));
        Assert.NotNull(machine.Element(VcdRaw.Ns + "GuestCustomizationSection")!.Child("AdminPassword"));
    }

    [SkippableFact]
    public async Task Products_startup_and_system_are_kept_as_they_were_sent()
    {
        using var raw = await LoginAsync("30.0");
        var vApp = await raw.NewVAppAsync(NextName(), "web & db, two VMs");
        var machine = VcdRawCompute.Machines(vApp)[0];
        var products = VcdRawCompute.Element("ProductSectionList", new XElement(
            VcdRawCompute.Ovf + "ProductSection",
            new XElement(VcdRawCompute.Ovf + "Info", "Product"),
            new XElement(VcdRawCompute.Ovf + "Property", new XAttribute(VcdRawCompute.Ovf + "key", "port"), new XAttribute(VcdRawCompute.Ovf + "type", "string"), new XAttribute(VcdRawCompute.Ovf + "value", "80 & 443"), new XElement(VcdRawCompute.Ovf + "Label", "Ports"))));
        await raw.PutAsync(machine, "productSections/", products, "productSections");
        await raw.PutAsync(vApp, "productSections/", products, "productSections");
        Assert.Contains("80 &amp; 443", (await raw.GetAsync($"{machine.Text("href")}/productSections/")).ToString(), StringComparison.Ordinal);
        Assert.Contains("80 &amp; 443", (await raw.GetAsync($"{vApp.Text("href")}/productSections/")).ToString(), StringComparison.Ordinal);

        var startup = new XElement(vApp.Element(VcdRawCompute.Ovf + "StartupSection")!);
        var items = startup.Elements(VcdRawCompute.Ovf + "Item").ToList();
        items[0].SetAttributeValue(VcdRawCompute.Ovf + "order", "2");
        items[0].SetAttributeValue(VcdRawCompute.Ovf + "startDelay", "3600");
        items[1].SetAttributeValue(VcdRawCompute.Ovf + "startAction", "none");
        await raw.PutAsync(vApp, "startupSection/", startup, "startupSection");
        vApp = await raw.DoAsync(vApp, "power:powerOn");
        Assert.Equal(["4", "8"], VcdRawCompute.Machines(vApp).Values("status"));
        Assert.Equal("2", (string?)vApp.Element(VcdRawCompute.Ovf + "StartupSection")!.Elements(VcdRawCompute.Ovf + "Item").First().Attribute(VcdRawCompute.Ovf + "order"));

        var system = new XElement(machine.Element(VcdRawCompute.Ovf + "OperatingSystemSection")!);
        system.SetAttributeValue(Vmw + "osType", "ubuntu64Guest");
        (await raw.PutRawAsync(machine, "operatingSystemSection/", system, "operatingSystemSection")).Refused(400, "BAD_REQUEST", "powered on");
        await raw.DoAsync(vApp, "power:powerOff");
        await raw.PutAsync(machine, "operatingSystemSection/", system, "operatingSystemSection");
        Assert.Equal("Ubuntu Linux (64-bit)", (await raw.GetAsync(machine.Text("href"))).Element(VcdRawCompute.Ovf + "OperatingSystemSection")!.Element(VcdRawCompute.Ovf + "Description")!.Value);
        await raw.AssertValidAsync(vApp.Text("href"));
    }

    [Fact]
    public async Task Tools_consolidation_and_customization_have_their_states()
    {
        using var raw = await LoginAsync("37.2");
        var machine = await NewMachineAsync(raw);
        Assert.False(VcdRawCompute.Offers(machine, "installVmwareTools"));
        (await raw.SendAsync(HttpMethod.Post, $"{machine.Text("href")}/action/installVMwareTools")).Refused(400, "BAD_REQUEST", "not powered on");
        await raw.DoAsync(machine, "consolidate");
        (await raw.FollowAsync(machine, "customizeAtNextPowerOn")).Expect(204);
        machine = await raw.DoAsync(machine, "power:powerOn");
        await raw.DoAsync(machine, "installVmwareTools");
        (await raw.SendAsync(HttpMethod.Post, $"{machine.Text("href")}/action/consolidate")).Refused(400, "BAD_REQUEST", "powered on");
    }

    [SkippableTheory]
    [InlineData("5.5", "VmGeneralParams", 400)]
    [InlineData("30.0", "VmGeneralParams", 201)]
    public async Task What_is_newer_than_the_asked_version_is_refused(string version, string element, int status)
    {
        VcdSchemas.Need();
        using var raw = await LoginAsync(version);
        var template = (await raw.GetAsync(await raw.FindAsync("vAppTemplate", "debian-12-base"))).Element(VcdRaw.Ns + "Children")!.Element(VcdRaw.Ns + "Vm")!.Text("href");
        var body = VcdRawCompute.Element(
            "ComposeVAppParams",
            new XAttribute("name", $"version {version}"),
            VcdRawCompute.Element("SourcedItem", VcdRawCompute.Element("Source", new XAttribute("href", template)), VcdRawCompute.Element(element, VcdRawCompute.Element("Name", "x"))));
        var answer = (await raw.CreateAsync("composeVApp", body)).Expect(status);
        if (status == 400) answer.Refused(400, "BAD_REQUEST", "cvc-complex-type", element, "5.6");
    }

    private static XElement Guest(params object[] content) => VcdRawCompute.Element("GuestCustomizationSection", new XElement(VcdRawCompute.Ovf + "Info"), VcdRawCompute.Element("Enabled", true), content);

    private static XElement Item(XElement machine, int type) => machine.Element(VcdRawCompute.Ovf + "VirtualHardwareSection")!.Elements(VcdRawCompute.Ovf + "Item").First(i => Member(i, "ResourceType").Value == $"{type}");

    private static string Quantity(XElement machine, int type) => Member(Item(machine, type), "VirtualQuantity").Value;

    private static XElement Member(XElement item, string name) => item.Element(Rasd + name)!;

    private static XElement Host(XElement item) => Member(item, "HostResource");

    private static async Task<int[]> SizesAsync(VcdRaw raw, XElement machine)
        => [.. (await raw.GetAsync($"{machine.Text("href")}/virtualHardwareSection/disks")).Elements(VcdRaw.Ns + "Item").Where(i => Member(i, "ResourceType").Value == "17").Select(i => (int)Host(i).Attribute(VcdRaw.Ns + "capacity")!)];

    private static async Task ChangeAsync(VcdRaw raw, XElement machine, string part, Action<XElement> change)
    {
        var item = await raw.GetAsync($"{machine.Text("href")}/virtualHardwareSection/{part}");
        change(item);
        await raw.PutAsync(machine, $"virtualHardwareSection/{part}", item, "rasdItem");
    }

    private static string NextName() => $"shaped {Interlocked.Increment(ref _count)}";

    private static async Task<XElement> NewMachineAsync(VcdRaw raw) => await raw.GetAsync(VcdRawCompute.Machines(await raw.NewVAppAsync(NextName()))[0].Text("href"));

    private Task<VcdRaw> LoginAsync(string version) => VcdRaw.LoginAsync(_server.Simulator, version);
}
