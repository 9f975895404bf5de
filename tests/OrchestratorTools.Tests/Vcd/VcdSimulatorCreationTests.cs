using System.Xml.Linq;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Making vApps of the simulated server, taking them apart and away.</summary>
public sealed class VcdSimulatorCreationTests : IClassFixture<VcdServer>, IAsyncLifetime
{
    private static readonly string[] Versions = ["37.2", "30.0", "39.1", "5.5"];
    private readonly VcdServer _server;

    public VcdSimulatorCreationTests(VcdServer server) => _server = server;

    public async Task InitializeAsync()
    {
        await _server.Simulator.CommandAsync("vcd", "settings", new { versions = Versions });
        await _server.Simulator.CommandAsync("vcd", "nextTask", new { clear = true });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableTheory]
    [InlineData("30.0")]
    [InlineData("5.5")]
    public async Task A_template_becomes_a_vApp_that_is_unresolved_first_and_valid_at_its_end(string version)
    {
        using var raw = await LoginAsync(version);
        var name = $"made <at> {version} & so";
        var parent = await raw.NetworkAsync("dmz");
        var template = await raw.FindAsync("vAppTemplate", "web & db, two VMs");
        var answer = (await raw.CreateAsync("instantiateVAppTemplate", VcdRawCompute.InstantiateBody(name, template, [VcdRawCompute.Bridged(("VM Network", parent))], new XAttribute("deploy", true), new XAttribute("powerOn", true)))).Expect(201);
        var begun = answer.Xml;
        Assert.Equal(begun.Text("href"), answer.Location);
        Assert.Equal(("0", "false", name), (begun.Text("status"), begun.Text("deployed"), begun.Text("name")));
        Assert.Empty(VcdRawCompute.Machines(begun));
        var task = begun.Element(VcdRaw.Ns + "Tasks")!.Element(VcdRaw.Ns + "Task")!;
        Assert.Equal("vdcInstantiateVapp", task.Text("operationName"));
        var vApp = await raw.MadeAsync(answer);
        Assert.Equal(("4", "true"), (vApp.Text("status"), vApp.Text("deployed")));
        Assert.Equal(["web", "db"], VcdRawCompute.Machines(vApp).Values("name"));
        Assert.All(VcdRawCompute.Machines(vApp).SelectMany(VcdRawCompute.Adapters), a => Assert.StartsWith("10.16.", a.Child("IpAddress"), StringComparison.Ordinal));
        Assert.Equal(2, VcdRawCompute.Machines(vApp).SelectMany(VcdRawCompute.Adapters).Select(a => a.Child("IpAddress")).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(2, (await raw.RecordsAsync("type=vm&pageSize=128")).Count(r => (string?)r.Attribute("containerName") == name));
        if (version == "30.0") await raw.AssertValidAsync(vApp.Text("href"));
    }

    [Fact]
    public async Task What_a_request_leaves_out_is_off_and_connected_to_nothing()
    {
        using var raw = await LoginAsync("39.1");
        var template = await raw.FindAsync("vAppTemplate", "debian-12-base");
        var vApp = await raw.MadeAsync(await raw.CreateAsync("instantiateVAppTemplate", VcdRawCompute.InstantiateBody("bare", template)));
        Assert.Equal(("8", "false"), (vApp.Text("status"), vApp.Text("deployed")));
        var adapter = Assert.Single(VcdRawCompute.Adapters(Assert.Single(VcdRawCompute.Machines(vApp))));
        Assert.Equal(("none", "false", "NONE", null), (adapter.Text("network"), adapter.Child("IsConnected"), adapter.Child("IpAddressAllocationMode"), adapter.Child("IpAddress")));
    }

    [Fact]
    public async Task A_machine_of_a_template_gets_its_own_name_network_profile_and_guest()
    {
        using var raw = await LoginAsync("37.2");
        var parent = await raw.NetworkAsync("internal & db");
        var template = await raw.GetAsync(await raw.FindAsync("vAppTemplate", "web & db, two VMs"));
        var source = template.Element(VcdRaw.Ns + "Children")!.Elements(VcdRaw.Ns + "Vm").First();
        Assert.Equal("VM Network", (string?)Assert.Single(template.Element(VcdRawCompute.Ovf + "NetworkSection")!.Elements(VcdRawCompute.Ovf + "Network")).Attribute(VcdRawCompute.Ovf + "name"));
        var silver = (await raw.RecordsAsync("type=orgVdcStorageProfile&pageSize=128")).First(r => r.Text("name") == "silver & bronze").Text("href");
        var item = VcdRawCompute.Element(
            "SourcedItem",
            VcdRawCompute.Element("Source", new XAttribute("href", source.Text("href"))),
            VcdRawCompute.Element("VmGeneralParams", VcdRawCompute.Element("Name", "front"), VcdRawCompute.Element("Description", "in front"), VcdRawCompute.Element("NeedsCustomization", true)),
            VcdRawCompute.Element(
                "InstantiationParams",
                VcdRawCompute.Element("GuestCustomizationSection", new XElement(VcdRawCompute.Ovf + "Info"), VcdRawCompute.Element("Enabled", true), VcdRawCompute.Element("ComputerName", "front-01"))),
            VcdRawCompute.Element("NetworkAssignment", new XAttribute("innerNetwork", "VM Network"), new XAttribute("containerNetwork", "backend")),
            VcdRawCompute.Element("StorageProfile", new XAttribute("href", silver)));
        var vApp = await raw.MadeAsync(await raw.CreateAsync("instantiateVAppTemplate", VcdRawCompute.InstantiateBody("shaped", template.Text("href"), [VcdRawCompute.Bridged(("backend", parent))], item)));
        var machines = VcdRawCompute.Machines(vApp);
        Assert.Equal(["front", "db"], machines.Values("name"));
        Assert.Equal("front-01", machines[0].Element(VcdRaw.Ns + "GuestCustomizationSection")!.Child("ComputerName"));
        Assert.Equal("silver & bronze", machines[0].Element(VcdRaw.Ns + "StorageProfile")!.Text("name"));
        Assert.Equal("backend", VcdRawCompute.Adapters(machines[0])[0].Text("network"));
        Assert.Equal("none", VcdRawCompute.Adapters(machines[1])[0].Text("network"));
    }

    [Fact]
    public async Task A_network_that_the_VDC_has_not_is_refused_before_anything_begins()
    {
        using var raw = await LoginAsync("37.2");
        var template = await raw.FindAsync("vAppTemplate", "debian-12-base");
        var lab = await raw.NetworkAsync("lab");
        (await raw.CreateAsync("instantiateVAppTemplate", VcdRawCompute.InstantiateBody("nowhere", template, [VcdRawCompute.Bridged(("VM Network", lab))]))).Refused(400, "INVALID_REFERENCE", lab, "acme-vdc");
        var item = VcdRawCompute.Element(
            "SourcedItem",
            VcdRawCompute.Element("Source", new XAttribute("href", (await raw.GetAsync(template)).Element(VcdRaw.Ns + "Children")!.Element(VcdRaw.Ns + "Vm")!.Text("href"))),
            VcdRawCompute.Element("NetworkAssignment", new XAttribute("innerNetwork", "VM Network"), new XAttribute("containerNetwork", "no such")));
        (await raw.CreateAsync("instantiateVAppTemplate", VcdRawCompute.InstantiateBody("nowhere", template, null, item))).Refused(400, "BAD_REQUEST", "no such");
        Assert.DoesNotContain("nowhere", (await raw.RecordsAsync("type=vApp&pageSize=128")).Values("name"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_taken_an_unaccepted_licence_and_a_full_VDC_are_refused()
    {
        using var raw = await LoginAsync("37.2");
        var template = await raw.FindAsync("vAppTemplate", "debian-12-base");
        (await raw.CreateAsync("instantiateVAppTemplate", VcdRawCompute.InstantiateBody("web", template))).Refused(400, "DUPLICATE_NAME", "web");
        (await raw.CreateAsync("composeVApp", VcdRawCompute.Element("ComposeVAppParams", new XAttribute("name", "web")))).Refused(400, "DUPLICATE_NAME", "web");

        await _server.Simulator.CommandAsync("vcd", "item", new { name = "licensed", kind = "template", licence = "Read me" });
        var licensed = await raw.FindAsync("vAppTemplate", "licensed");
        Assert.Contains("Read me", (await raw.GetAsync(licensed)).ToString(), StringComparison.Ordinal);
        (await raw.CreateAsync("instantiateVAppTemplate", VcdRawCompute.InstantiateBody("signed", licensed))).Refused(400, "EULA_NOT_ACCEPTED", "licensed", "AllEULAsAccepted");
        await raw.MadeAsync(await raw.CreateAsync("instantiateVAppTemplate", VcdRawCompute.InstantiateBody("signed", licensed, null, VcdRawCompute.Element("AllEULAsAccepted", true))));

        var large = await raw.FindAsync("vAppTemplate", "windows-2022-core");
        (await raw.CreateAsync("instantiateVAppTemplate", VcdRawCompute.InstantiateBody("large", large), "acme-vdc-small")).Refused(400, "BAD_REQUEST", "The requested operation will exceed the vDC's storage quota.");
        var present = (await raw.RecordsAsync("type=vm&pageSize=128")).Count(r => r.Text("vdcName") == "acme-vdc-small" && r.Text("isVAppTemplate") == "false");
        await _server.Simulator.CommandAsync("vcd", "vdc", new { name = "acme-vdc-small", vmQuota = present + 3 });
        for (var i = 0; i < 3; i++) (await raw.CreateAsync("instantiateVAppTemplate", VcdRawCompute.InstantiateBody($"small {i}", template), "acme-vdc-small")).Expect(201);
        await raw.MadeAsync(await raw.CreateAsync("composeVApp", VcdRawCompute.Element("ComposeVAppParams", new XAttribute("name", "no machines")), "acme-vdc-small"));
        await raw.UntilAsync(await raw.FindAsync("vApp", "small 2"), v => v.Text("status") == "8");
        (await raw.CreateAsync("instantiateVAppTemplate", VcdRawCompute.InstantiateBody("one more", template), "acme-vdc-small")).Refused(400, "BAD_REQUEST", $"quota of {present + 3}");
    }

    [Fact]
    public async Task An_instantiation_that_fails_leaves_its_remains_to_be_deleted()
    {
        using var raw = await LoginAsync("37.2");
        var template = await raw.FindAsync("vAppTemplate", "web & db, two VMs");
        await _server.Simulator.CommandAsync("vcd", "nextTask", new { operationName = "vdcInstantiateVapp", error = new { majorErrorCode = 500, minorErrorCode = "INTERNAL_SERVER_ERROR", message = "The datastore is full & gone." } });
        var begun = (await raw.CreateAsync("instantiateVAppTemplate", VcdRawCompute.InstantiateBody("doomed", template))).Expect(201).Xml;
        var task = await raw.DoneAsync(begun.Element(VcdRaw.Ns + "Tasks")!.Element(VcdRaw.Ns + "Task")!.Text("href"));
        Assert.Equal("error", task.Text("status"));
        Assert.Equal("The datastore is full & gone.", task.Element(VcdRaw.Ns + "Error")!.Text("message"));
        var vApp = await raw.GetAsync(begun.Text("href"));
        Assert.Equal("-1", vApp.Text("status"));
        Assert.Equal("web", Assert.Single(VcdRawCompute.Machines(vApp)).Text("name"));
        Assert.Equal("FAILED_CREATION", (await raw.RecordsAsync($"type=vApp&filter=id=={vApp.Text("id")}"))[0].Text("status"));
        Assert.False(VcdRawCompute.Offers(vApp, "power:powerOn"));
        (await raw.ActAsync(vApp.Text("href"), "powerOn")).Refused(400, "BAD_REQUEST", "doomed");
        await raw.SucceededAsync(await raw.SendAsync(HttpMethod.Delete, VcdRaw.Link(vApp, "remove")));
        await raw.RefusedAsync(vApp.Text("href"), 403);
    }

    [Fact]
    public async Task A_creation_that_is_cancelled_leaves_its_remains_too()
    {
        using var raw = await LoginAsync("37.2");
        var template = await raw.FindAsync("vAppTemplate", "debian-12-base");

        // It must not have ended before it is cancelled.
        await _server.Simulator.CommandAsync("vcd", "settings", new { copySeconds = 100000 });
        try
        {
            var begun = (await raw.CreateAsync("instantiateVAppTemplate", VcdRawCompute.InstantiateBody("cancelled", template))).Expect(201).Xml;
            var task = begun.Element(VcdRaw.Ns + "Tasks")!.Element(VcdRaw.Ns + "Task")!;
            (await raw.SendAsync(HttpMethod.Post, VcdRaw.Link(task, "task:cancel"))).Expect(204);
            Assert.Equal("-1", (await raw.GetAsync(begun.Text("href"))).Text("status"));
        }
        finally
        {
            await _server.Simulator.CommandAsync("vcd", "settings", new { copySeconds = (double?)null });
        }
    }

    [Fact]
    public async Task A_vApp_is_composed_of_machines_from_everywhere_and_recomposed()
    {
        using var raw = await LoginAsync("37.2");
        var parent = await raw.NetworkAsync("dmz");
        var donor = await raw.NewVAppAsync("donor", "web & db, two VMs");
        var (first, second) = (VcdRawCompute.Machines(donor)[0], VcdRawCompute.Machines(donor)[1]);
        var template = (await raw.GetAsync(await raw.FindAsync("vAppTemplate", "debian-12-base"))).Element(VcdRaw.Ns + "Children")!.Element(VcdRaw.Ns + "Vm")!;
        var body = VcdRawCompute.Element(
            "ComposeVAppParams",
            new XAttribute("name", "composed"),
            VcdRawCompute.Element("InstantiationParams", VcdRawCompute.Bridged(("VM Network", parent))),
            Item(template, "fresh", removes: false),
            Item(first, "taken", removes: true));
        var vApp = await raw.MadeAsync(await raw.CreateAsync("composeVApp", body));
        Assert.Equal(["fresh", "taken"], VcdRawCompute.Machines(vApp).Values("name"));
        Assert.Equal("db", Assert.Single(VcdRawCompute.Machines(await raw.GetAsync(donor.Text("href")))).Text("name"));

        (await raw.FollowAsync(vApp, "recompose", VcdRawCompute.Element("RecomposeVAppParams", Item(second, "taken", removes: false)))).Refused(400, "DUPLICATE_NAME", "taken");
        vApp = await raw.DoAsync(vApp, "recompose", VcdRawCompute.Element(
            "RecomposeVAppParams",
            new XAttribute("name", "recomposed"),
            VcdRawCompute.Element("Description", "anew"),
            Item(second, "copied", removes: false),
            VcdRawCompute.Element("DeleteItem", new XAttribute("href", VcdRawCompute.Machines(vApp)[0].Text("href")))));
        Assert.Equal(("recomposed", "anew"), (vApp.Text("name"), vApp.Child("Description")));
        Assert.Equal(["taken", "copied"], VcdRawCompute.Machines(vApp).Values("name"));
        Assert.All(VcdRawCompute.Machines(vApp), m => Assert.StartsWith("10.16.", VcdRawCompute.Adapters(m)[0].Child("IpAddress") ?? "10.16.", StringComparison.Ordinal));

        static XElement Item(XElement source, string name, bool removes) => VcdRawCompute.Element("SourcedItem", new XAttribute("sourceDelete", removes), VcdRawCompute.Element("Source", new XAttribute("name", name), new XAttribute("href", source.Text("href"))));
    }

    [Fact]
    public async Task A_vApp_is_copied_and_moved()
    {
        using var raw = await LoginAsync("37.2");
        var source = await raw.NewVAppAsync("original", powerOn: true);
        var copy = await raw.MadeAsync(await raw.CreateAsync("cloneVApp", Body("copy", removes: false)));
        Assert.Equal(("8", "original & more"), (copy.Text("status"), copy.Child("Description")));
        Assert.Equal("VM Network", VcdRawCompute.Adapters(VcdRawCompute.Machines(copy)[0])[0].Text("network"));
        Assert.Equal("4", (await raw.GetAsync(source.Text("href"))).Text("status"));
        (await raw.CreateAsync("cloneVApp", Body("moved", removes: true))).Refused(409, "CONFLICT", "Stop the vApp and try again");
        await raw.DoAsync(source, "undeploy", VcdRawCompute.UndeployBody());
        var moved = await raw.MadeAsync(await raw.CreateAsync("cloneVApp", Body("moved", removes: true)));
        Assert.Equal("vm1", Assert.Single(VcdRawCompute.Machines(moved)).Text("name"));
        await raw.RefusedAsync(source.Text("href"), 403);

        XElement Body(string name, bool removes) => VcdRawCompute.Element("CloneVAppParams", new XAttribute("name", name), VcdRawCompute.Element("Source", new XAttribute("href", source.Text("href"))), VcdRawCompute.Element("IsSourceDelete", removes));
    }

    [Fact]
    public async Task A_vApp_moves_to_another_VDC_as_it_runs_and_keeps_its_id()
    {
        using var raw = await LoginAsync("37.2");
        await _server.Simulator.CommandAsync("vcd", "vdc", new { name = "acme-vdc-small", vmQuota = 0 });
        var vApp = await raw.NewVAppAsync("traveller", powerOn: true);
        Assert.Equal("0", (await raw.GetAsync(await raw.FindAsync("orgVdc", "acme-vdc-small"))).Child("VmQuota"));
        var machine = VcdRawCompute.Machines(vApp)[0];
        var item = VcdRawCompute.Element("SourcedItem", VcdRawCompute.Element("Source", new XAttribute("href", machine.Text("href"))), VcdRawCompute.Element("NetworkAssignment", new XAttribute("innerNetwork", "VM Network"), new XAttribute("containerNetwork", "there")));
        var body = VcdRawCompute.Element("MoveVAppParams", VcdRawCompute.Element("Source", new XAttribute("href", vApp.Text("href"))), VcdRawCompute.Bridged(("there", await raw.NetworkAsync("lab"))));
        (await raw.CreateAsync("moveVApp", body, "acme-vdc-small")).Refused(400, "BAD_REQUEST", "vm1", "SourcedItems");
        body.Add(item);
        await raw.SucceededAsync(await raw.CreateAsync("moveVApp", body, "acme-vdc-small"));
        vApp = await raw.GetAsync(vApp.Text("href"));
        Assert.Equal("4", vApp.Text("status"));
        Assert.Equal("acme-vdc-small", (await raw.RecordsAsync($"type=vApp&filter=id=={vApp.Text("id")}"))[0].Text("vdcName"));
        var adapter = VcdRawCompute.Adapters(VcdRawCompute.Machines(vApp)[0])[0];
        Assert.Equal("there", adapter.Text("network"));
        using var old = await LoginAsync("30.0");
        (await old.SendAsync(HttpMethod.Post, $"{await raw.FindAsync("orgVdc", "acme-vdc")}/action/moveVApp", VcdRawCompute.Element("VApp", new XAttribute("name", "x")), VcdRawCompute.Prefix + "moveVAppParams+xml")).Expect(404);
    }

    [Fact]
    public async Task A_machine_takes_the_policies_of_its_VDC_from_33_0_on()
    {
        using var raw = await LoginAsync("37.2");
        var vdc = await raw.GetAsync(await raw.FindAsync("orgVdc", "acme-vdc"));
        var link = vdc.Elements(VcdRaw.Ns + "Link").First(l => l.Text("type") == VcdRawCompute.Prefix + "vdcComputePolicyReferences+xml");
        var policies = (await raw.GetAsync(link.Text("href"))).Elements(VcdRaw.Ns + "VdcComputePolicyReference").ToDictionary(p => p.Text("name"), p => p.Text("href"), StringComparer.Ordinal);
        Assert.Equal(["System Default", "large & fast", "licensed hosts", "small"], policies.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        var template = await raw.FindAsync("vAppTemplate", "debian-12-base");
        var machine = VcdRawCompute.Machines(await raw.GetAsync(template))[0];
        XElement Body(string placement) => VcdRawCompute.InstantiateBody("policed", template, null, VcdRawCompute.Element("SourcedItem", VcdRawCompute.Element("Source", new XAttribute("href", machine.Text("href"))), VcdRawCompute.Element("ComputePolicy", VcdRawCompute.Element("VmPlacementPolicy", new XAttribute("href", placement)), VcdRawCompute.Element("VmSizingPolicy", new XAttribute("href", policies["small"])))));
        (await raw.CreateAsync("instantiateVAppTemplate", Body(policies["small"]))).Refused(400, "INVALID_REFERENCE", "small", "placement");
        var made = await raw.MadeAsync(await raw.CreateAsync("instantiateVAppTemplate", Body(policies["licensed hosts"])));
        var policy = VcdRawCompute.Machines(made)[0].Element(VcdRaw.Ns + "ComputePolicy")!;
        Assert.Equal(["licensed hosts", "small"], policy.Elements().Select(e => e.Text("name")), StringComparer.Ordinal);
        using var old = await LoginAsync("30.0");
        Assert.DoesNotContain((await old.GetAsync(vdc.Text("href"))).Elements(VcdRaw.Ns + "Link"), l => l.Text("href").EndsWith("/computePolicies", StringComparison.Ordinal));
        (await old.SendAsync(HttpMethod.Get, link.Text("href"))).Expect(404);
    }

    [Fact]
    public async Task A_blank_machine_is_made_of_its_specification()
    {
        using var raw = await LoginAsync("37.2");
        var item = VcdRawCompute.Element(
            "CreateItem",
            new XAttribute("name", "blank & new"),
            VcdRawCompute.Element("Description", "nothing on it"),
            VcdRawCompute.Element(
                "VmSpecSection",
                new XAttribute("Modified", "true"),
                new XElement(VcdRawCompute.Ovf + "Info", "Specification"),
                VcdRawCompute.Element("OsType", "ubuntu64Guest"),
                VcdRawCompute.Element("NumCpus", 4),
                VcdRawCompute.Element("NumCoresPerSocket", 2),
                VcdRawCompute.Element("MemoryResourceMb", VcdRawCompute.Element("Configured", 2048)),
                VcdRawCompute.Element("DiskSection", VcdRawCompute.Element("DiskSettings", VcdRawCompute.Element("SizeMb", 64), VcdRawCompute.Element("UnitNumber", 0), VcdRawCompute.Element("BusNumber", 0), VcdRawCompute.Element("AdapterType", "5"), VcdRawCompute.Element("ThinProvisioned", true))),
                VcdRawCompute.Element("HardwareVersion", "vmx-14")));
        var vApp = await raw.MadeAsync(await raw.CreateAsync("composeVApp", VcdRawCompute.Element("ComposeVAppParams", new XAttribute("name", "from nothing"), item)));
        var record = (await raw.RecordsAsync("type=vm&pageSize=128")).Single(r => r.Text("name") == "blank & new");
        Assert.Equal(("4", "2048", "Ubuntu Linux (64-bit)", "14"), (record.Text("numberOfCpus"), record.Text("memoryMB"), record.Text("guestOs"), record.Text("hardwareVersion")));
        Assert.Equal(("8", "nothing on it"), (vApp.Text("status"), VcdRawCompute.Machines(vApp)[0].Child("Description")));
        using var old = await LoginAsync("30.0");
        (await old.CreateAsync("composeVApp", VcdRawCompute.Element("ComposeVAppParams", new XAttribute("name", "too early"), item))).Refused(400, "BAD_REQUEST", "CreateItem");
    }

    [Theory]
    [InlineData("39.1", 409, "CONFLICT")]
    [InlineData("30.0", 400, "BAD_REQUEST")]
    public async Task What_is_deployed_is_deleted_by_force_only(string version, int status, string code)
    {
        using var raw = await LoginAsync(version);
        var vApp = await raw.NewVAppAsync($"running {version}", powerOn: true);
        var machine = VcdRawCompute.Machines(vApp)[0];
        Assert.False(VcdRawCompute.Offers(vApp, "remove"));
        (await raw.SendAsync(HttpMethod.Delete, vApp.Text("href"))).Refused(status, code, "Stop the vApp and try again");
        (await raw.SendAsync(HttpMethod.Delete, machine.Text("href"))).Refused(status, code, "Stop the VM and try again");
        await raw.SucceededAsync(await raw.SendAsync(HttpMethod.Delete, vApp.Text("href") + "?force=true"));
        await raw.RefusedAsync(vApp.Text("href"), 403);
        await raw.RefusedAsync(machine.Text("href"), 403);
    }

    [Fact]
    public async Task Deleting_gives_back_space_and_addresses()
    {
        using var raw = await LoginAsync("37.2");
        var before = await UsedAsync();
        var vApp = await raw.NewVAppAsync("passing", "web & db, two VMs", powerOn: true);
        Assert.True(await UsedAsync() != before, "Nothing is charged.");
        var address = VcdRawCompute.Adapters(VcdRawCompute.Machines(vApp)[0])[0].Child("IpAddress")!;
        Assert.Contains(address, await AllocatedAsync(), StringComparison.Ordinal);
        vApp = await raw.DoAsync(vApp, "undeploy", VcdRawCompute.UndeployBody());
        await raw.SucceededAsync(await raw.SendAsync(HttpMethod.Delete, VcdRaw.Link(VcdRawCompute.Machines(vApp)[0], "remove")));
        await raw.SucceededAsync(await raw.SendAsync(HttpMethod.Delete, VcdRaw.Link(await raw.GetAsync(vApp.Text("href")), "remove")));
        Assert.Equal(before, await UsedAsync());
        Assert.DoesNotContain($">{address}<", await AllocatedAsync(), StringComparison.Ordinal);

        async Task<string> UsedAsync() => (await raw.RecordsAsync("type=orgVdcStorageProfile&pageSize=128")).First(r => r.Text("name") == "gold").Text("storageUsedMB");

        async Task<string> AllocatedAsync() => (await raw.GetAsync($"{await raw.NetworkAsync("dmz")}/allocatedAddresses")).ToString();
    }

    [Fact]
    public async Task A_vApp_is_renamed_and_described_and_has_leases()
    {
        using var raw = await LoginAsync("37.2");
        var parent = await raw.NetworkAsync("dmz");
        var lease = VcdRawCompute.Element("LeaseSettingsSection", new XElement(VcdRawCompute.Ovf + "Info"), VcdRawCompute.Element("DeploymentLeaseInSeconds", 7200), VcdRawCompute.Element("StorageLeaseInSeconds", 86400));
        var vApp = await raw.MadeAsync(await raw.CreateAsync("instantiateVAppTemplate", VcdRawCompute.InstantiateBody("nameless", await raw.FindAsync("vAppTemplate", "debian-12-base"), [lease, VcdRawCompute.Bridged(("VM Network", parent))])));
        Assert.Equal(("7200", "86400"), (vApp.Element(VcdRaw.Ns + "LeaseSettingsSection")!.Child("DeploymentLeaseInSeconds"), vApp.Element(VcdRaw.Ns + "LeaseSettingsSection")!.Child("StorageLeaseInSeconds")));
        (await raw.SendAsync(HttpMethod.Put, vApp.Text("href"), VcdRawCompute.Element("VApp", new XAttribute("name", "web")), VcdRawCompute.Prefix + "vApp+xml")).Refused(400, "DUPLICATE_NAME", "web");
        await raw.SucceededAsync(await raw.SendAsync(HttpMethod.Put, VcdRaw.Link(vApp, "edit"), VcdRawCompute.Element("VApp", new XAttribute("name", "named"), VcdRawCompute.Element("Description", "said")), VcdRawCompute.Prefix + "vApp+xml"));
        vApp = await raw.GetAsync(vApp.Text("href"));
        Assert.Equal(("named", "said"), (vApp.Text("name"), vApp.Child("Description")));
        lease.Element(VcdRaw.Ns + "StorageLeaseInSeconds")!.Value = "0";
        await raw.PutAsync(vApp, "leaseSettingsSection/", lease, "leaseSettingsSection");
        var section = await raw.GetAsync($"{vApp.Text("href")}/leaseSettingsSection/");
        Assert.Equal(("0", null), (section.Child("StorageLeaseInSeconds"), section.Child("StorageLeaseExpiration")));
        lease.Element(VcdRaw.Ns + "StorageLeaseInSeconds")!.Value = "10";
        (await raw.PutRawAsync(vApp, "leaseSettingsSection/", lease, "leaseSettingsSection")).Refused(400, "BAD_REQUEST", "3600");
    }

    [Fact]
    public async Task A_vApp_User_makes_nothing()
    {
        using var user = await VcdRaw.LoginAsync(_server.Simulator, "37.2", "acme", 1);
        using var raw = await LoginAsync("37.2");
        var vdc = await raw.FindAsync("orgVdc", "acme-vdc");
        (await user.SendAsync(HttpMethod.Post, $"{vdc}/action/composeVApp", VcdRawCompute.Element("ComposeVAppParams", new XAttribute("name", "mine")), VcdRawCompute.Prefix + "composeVAppParams+xml")).Refused(403, "ACCESS_TO_RESOURCE_IS_FORBIDDEN");
    }

    private Task<VcdRaw> LoginAsync(string version) => VcdRaw.LoginAsync(_server.Simulator, version);
}
