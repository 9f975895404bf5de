using System.Net;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>What virtual machines are made of, on a scripted wire: which requests are sent, in which order, and what is refused before any.</summary>
public sealed class VcdShapeTests
{
    private const long Gibi = 1024L * 1024 * 1024;
    private const string Refusal = "<Error xmlns=\"http://www.vmware.com/vcloud/v1.5\" majorErrorCode=\"400\" minorErrorCode=\"BAD_REQUEST\" message=\"Not now.\"/>";
    private static readonly VcdReference Silver = new("silver", VcdShelf.Host + "/api/vdcStorageProfile/00000000-0000-4000-8000-0000000000e2", null);

    [Fact]
    public void A_machine_says_what_it_is_made_of()
    {
        var vm = new VcdVM(VcdMachineXml.Element(VcdMachineXml.Machine()));
        Assert.Equal((2, 1, Gibi, false, false), (vm.NumberOfCpus, vm.CoresPerSocket, vm.Memory, vm.IsCpuHotAddEnabled, vm.IsMemoryHotAddEnabled));
        Assert.EndsWith("e1", vm.StorageProfileHref, StringComparison.Ordinal);
        Assert.Equal(["Hard disk 1 8589934592 LsiLogicSas 0:0 False", "Hard disk 2 1073741824 LsiLogicSas 0:1 True"], vm.Disks.Select(d => $"{d.Name} {d.Size} {d.Bus} {d.BusNumber}:{d.UnitNumber} {d.IsIndependent}"), StringComparer.Ordinal);
        Assert.Equal(["0 net POOL True", "2 none NONE False"], vm.NetworkCards.Select(n => $"{n.Index} {n.Network} {n.Mode} {n.IsPrimary}"), StringComparer.Ordinal);
        Assert.All(vm.Disks, d => Assert.Equal(("web & 1", "gold", vm.Href), (d.VM, d.StorageProfile, d.VMHref)));
    }

    [Fact]
    public async Task Parts_know_their_connection_and_whom_it_acted_for()
    {
        var client = await Shelf().ClientAsync();
        var vm = await client.GetEntityAsync<VcdVM>(VcdMachineXml.Path, CancellationToken.None);
        Assert.All(vm.Disks.Concat<ServerObject>(vm.NetworkCards), p => Assert.Equal((vm.Connection, true), (p.Connection, p.Origin is not null)));
    }

    [Fact]
    public async Task Several_changes_go_in_one_request()
    {
        var shelf = Shelf();
        var change = await SetAsync(shelf, new VcdVMSettings { Name = "b", NumberOfCpus = 4, CoresPerSocket = 2, Memory = 2 * Gibi, ComputerName = "b", StorageProfile = Silver });
        Assert.NotNull(change.Task);
        var sent = Assert.Single(shelf.Changes);
        Assert.Equal(("POST", "/x/reconfigure", "application/vnd.vmware.vcloud.vm+xml"), (sent.Method, sent.Uri.AbsolutePath, sent.ContentType));
        Assert.Equal(["Description", "VirtualHardwareSection", "GuestCustomizationSection", "StorageProfile"], shelf.Body.Elements().Select(e => e.Name.LocalName), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_is_as_it_should_be_is_not_sent()
    {
        var shelf = Shelf();
        await SetAsync(shelf, new VcdVMSettings { Name = "web & 1", NumberOfCpus = 2, Memory = 2 * Gibi, CpuHotAdd = false });
        Assert.Equal(["POST /x/reconfigure"], Sent(shelf), StringComparer.Ordinal);
        var idle = Shelf();
        Assert.Null((await SetAsync(idle, new VcdVMSettings { NumberOfCpus = 2, MemoryHotAdd = false, Description = "Old <text>" })).Task);
        Assert.Empty(idle.Changes);
    }

    [Fact]
    public async Task What_can_be_added_goes_first_and_is_waited_for()
    {
        var shelf = Shelf().TasksEnd("running", "success");
        await SetAsync(shelf, new VcdVMSettings { Memory = 2 * Gibi, MemoryHotAdd = true });
        Assert.Equal(["PUT /x/capabilities", "POST /x/reconfigure"], Sent(shelf), StringComparer.Ordinal);
        var requests = shelf.Fake.Handler.Sent.Select(r => r.Uri.AbsolutePath).ToList();
        Assert.Equal(2, requests.Skip(requests.IndexOf("/x/capabilities")).Take(requests.IndexOf("/x/reconfigure") - requests.IndexOf("/x/capabilities")).Count(p => p.StartsWith("/api/task/", StringComparison.Ordinal)));
        var alone = Shelf();
        await SetAsync(alone, new VcdVMSettings { CpuHotAdd = true });
        Assert.Equal(["PUT /x/capabilities"], Sent(alone), StringComparer.Ordinal);
        Assert.Equal("true", VcdXml.ChildText(alone.Body, "CpuHotAddEnabled"));
    }

    [Fact]
    public async Task Where_a_later_request_fails_the_error_says_what_was_done()
    {
        var shelf = Shelf().When("POST /x/reconfigure", _ => VcdFake.Xml(Refusal, HttpStatusCode.BadRequest));
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SetAsync(shelf, new VcdVMSettings { Memory = 2 * Gibi, MemoryHotAdd = true }));
        Assert.Equal(("Vcd.Validation", "BAD_REQUEST"), (e.ErrorId, e.ServerCode));
        Assert.Contains("in 2 requests", e.Message, StringComparison.Ordinal);
        Assert.Contains("Not now", e.Message, StringComparison.Ordinal);
        Assert.Contains("Changed before it: hot add.", e.Message, StringComparison.Ordinal);
        var first = Shelf().TasksEnd("error");
        var failed = await Assert.ThrowsAsync<OrchestratorApiException>(() => SetAsync(first, new VcdVMSettings { Memory = 2 * Gibi, MemoryHotAdd = true }));
        Assert.Equal("Vcd.Failed", failed.ErrorId);
        Assert.Contains("Nothing was changed before it; not sent: everything else", failed.Message, StringComparison.Ordinal);
        Assert.Equal(["PUT /x/capabilities"], Sent(first), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Without_a_link_for_several_changes_each_section_is_sent()
    {
        var shelf = Shelf("1.5", VcdMachineXml.Machine(several: false, cores: false, capabilities: false));
        await SetAsync(shelf, new VcdVMSettings { Name = "b", Description = "c", NumberOfCpus = 4, Memory = 2 * Gibi, ComputerName = "b" });
        Assert.Equal(["PUT /x/cpu", "PUT /x/memory", "PUT /x/customization", "PUT /x/vm"], Sent(shelf), StringComparer.Ordinal);
        Assert.Equal(["application/vnd.vmware.vcloud.rasdItem+xml", "application/vnd.vmware.vcloud.rasdItem+xml", "application/vnd.vmware.vcloud.guestCustomizationSection+xml", "application/vnd.vmware.vcloud.vm+xml"], shelf.Changes.Select(c => c.ContentType), StringComparer.Ordinal);

        var broken = Shelf("1.5", VcdMachineXml.Machine(several: false, cores: false, capabilities: false)).When("PUT /x/customization", _ => VcdFake.Xml(Refusal, HttpStatusCode.BadRequest));
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SetAsync(broken, new VcdVMSettings { Name = "b", NumberOfCpus = 4, Memory = 2 * Gibi, ComputerName = "b" }));
        Assert.Contains("Changed before it: CPUs, memory; not sent: name, description and storage profile.", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.5", "hot adding")]
    [InlineData("1.5", "cores per socket")]
    [InlineData("5.1", "cores per socket")]
    [InlineData("1.5", "a storage profile")]
    public async Task What_a_version_has_no_words_for_is_refused_before_anything_is_sent(string version, string what)
    {
        var shelf = Shelf(version);
        var settings = what switch
        {
            "hot adding" => new VcdVMSettings { CpuHotAdd = true },
            "cores per socket" => new VcdVMSettings { CoresPerSocket = 2 },
            _ => new VcdVMSettings { StorageProfile = Silver },
        };
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SetAsync(shelf, settings with { Name = "b" }));
        Assert.Equal("Vcd.Validation", e.ErrorId);
        Assert.Contains($"version {version} has no words for {what}", e.Message, StringComparison.Ordinal);
        Assert.Empty(shelf.Changes);
    }

    [Fact]
    public async Task A_section_without_a_link_is_not_sent_and_nothing_before_it_either()
    {
        var shelf = Shelf(machine: VcdMachineXml.Machine(several: false, links: false));
        foreach (var settings in new[] { new VcdVMSettings { Memory = 2 * Gibi, Name = "b" }, new VcdVMSettings { CpuHotAdd = true }, new VcdVMSettings { ComputerName = "b" }, new VcdVMSettings { Name = "b" } })
        {
            Assert.Equal("Vcd.WrongState", (await Assert.ThrowsAsync<OrchestratorApiException>(() => SetAsync(shelf, settings))).ErrorId);
        }

        var client = await shelf.ClientAsync();
        Assert.Equal("Vcd.WrongState", (await Assert.ThrowsAsync<OrchestratorApiException>(() => client.ChangeDisksAsync(VcdMachineXml.Path, [new VcdVMDiskChange { Size = Gibi }], CancellationToken.None))).ErrorId);
        Assert.Equal("Vcd.WrongState", (await Assert.ThrowsAsync<OrchestratorApiException>(() => client.ChangeNetworkCardsAsync(VcdMachineXml.Path, [new VcdNetworkCardChange { Index = 0, Remove = true }], CancellationToken.None))).ErrorId);
        Assert.Equal("Vcd.WrongState", (await Assert.ThrowsAsync<OrchestratorApiException>(() => client.SetCustomizationAsync(VcdMachineXml.Path, new VcdCustomizationSettings { Enabled = true }, CancellationToken.None))).ErrorId);
        Assert.Empty(shelf.Changes);
    }

    [Fact]
    public async Task What_the_server_does_not_show_is_not_left_out_silently()
    {
        var shelf = Shelf(machine: VcdMachineXml.Machine().Replace("<rasd:ResourceType>3<", "<rasd:ResourceType>36<", StringComparison.Ordinal).Replace("<rasd:ResourceType>4<", "<rasd:ResourceType>46<", StringComparison.Ordinal).Replace("GuestCustomizationSection", "OtherSection", StringComparison.Ordinal));
        foreach (var (settings, what) in new[] { (new VcdVMSettings { NumberOfCpus = 4 }, "no CPUs"), (new VcdVMSettings { Memory = 2 * Gibi }, "no memory"), (new VcdVMSettings { ComputerName = "b" }, "no guest customization") })
        {
            var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SetAsync(shelf, settings with { Name = "b" }));
            Assert.Equal("Vcd.NotFound", e.ErrorId);
            Assert.Contains(what, e.Message, StringComparison.Ordinal);
        }

        Assert.Empty(shelf.Changes);
    }

    [Fact]
    public void An_empty_address_makes_no_disk_independent()
    {
        var vm = new VcdVM(VcdMachineXml.Element(VcdMachineXml.Machine().Replace("ns12:disk=\"HOST/api/disk/00000000-0000-4000-8000-0000000000d1\"", "ns12:disk=\"\"", StringComparison.Ordinal)));
        Assert.All(vm.Disks, d => Assert.Equal((false, (string?)null), (d.IsIndependent, d.DiskHref)));
    }

    [Fact]
    public async Task The_list_of_disks_is_told_from_the_other_lists_and_sent_whole()
    {
        var shelf = Shelf();
        await (await shelf.ClientAsync()).ChangeDisksAsync(VcdMachineXml.Path, [new VcdVMDiskChange { InstanceId = "2000", Name = "Hard disk 1", Size = 9 * Gibi }], CancellationToken.None);
        var sent = Assert.Single(shelf.Changes);
        Assert.Equal(("PUT", VcdMachineXml.Disks, "application/vnd.vmware.vcloud.rasdItemsList+xml"), (sent.Method, sent.Uri.AbsolutePath, sent.ContentType));
        Assert.Equal(4, shelf.Body.Elements().Count());
    }

    [Fact]
    public async Task What_became_of_a_disk_in_between_is_seen_before_it_is_changed()
    {
        var shelf = Shelf();
        var client = await shelf.ClientAsync();
        var smaller = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.ChangeDisksAsync(VcdMachineXml.Path, [new VcdVMDiskChange { InstanceId = "2000", Name = "Hard disk 1", Size = 4 * Gibi }], CancellationToken.None));
        Assert.Equal("Vcd.Validation", smaller.ErrorId);
        Assert.Contains("has 8 GB; 4 GB is less, and disks only grow", smaller.Message, StringComparison.Ordinal);
        var independent = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.ChangeDisksAsync(VcdMachineXml.Path, [new VcdVMDiskChange { InstanceId = "2001", Name = "Hard disk 2", Remove = true }], CancellationToken.None));
        Assert.Equal("Vcd.WrongState", independent.ErrorId);
        Assert.Contains("Dismount-VcdDisk", independent.RecommendedAction, StringComparison.Ordinal);
        var gone = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.ChangeDisksAsync(VcdMachineXml.Path, [new VcdVMDiskChange { InstanceId = "2007", Name = "Hard disk 8", Remove = true }], CancellationToken.None));
        Assert.Equal("Vcd.NotFound", gone.ErrorId);
        Assert.Empty(shelf.Changes);
    }

    [Fact]
    public async Task Disks_get_the_names_of_their_storage_profiles_each_asked_for_once()
    {
        var other = VcdMachineXml.Machine().Replace("ns12:capacity=\"8192\"", "ns12:capacity=\"8192\" ns12:storageProfileHref=\"HOST/api/vdcStorageProfile/00000000-0000-4000-8000-0000000000e2\"", StringComparison.Ordinal)
            .Replace("ns12:capacity=\"1024\"", "ns12:capacity=\"1024\" ns12:storageProfileHref=\"HOST/api/vdcStorageProfile/00000000-0000-4000-8000-0000000000e3\"", StringComparison.Ordinal);
        var shelf = Shelf(machine: other).With("/api/vdcStorageProfile/00000000-0000-4000-8000-0000000000e2", "<VdcStorageProfile name=\"silver\"/>");
        var client = await shelf.ClientAsync();
        var vm = await client.GetEntityAsync<VcdVM>(VcdMachineXml.Path, CancellationToken.None);

        // The second is not for this user: its name stays unknown, its address does not.
        Assert.Equal(["silver", ""], (await client.GetVMDisksAsync(vm, CancellationToken.None)).Select(d => d.StorageProfile ?? string.Empty), StringComparer.Ordinal);
        Assert.Single(shelf.Fake.Handler.Sent, r => r.Uri.AbsolutePath.EndsWith("e2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_adapter_type_needs_a_version_that_has_them()
    {
        var shelf = Shelf("5.5");
        var client = await shelf.ClientAsync();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.ChangeNetworkCardsAsync(VcdMachineXml.Path, [new VcdNetworkCardChange { Index = 1, AdapterType = "VMXNET3" }], CancellationToken.None));
        Assert.Contains("version 5.5 has no words for an adapter type", e.Message, StringComparison.Ordinal);
        Assert.Empty(shelf.Changes);
        await client.ChangeNetworkCardsAsync(VcdMachineXml.Path, [new VcdNetworkCardChange { Index = 1, Network = "net", Mode = "POOL" }], CancellationToken.None);
        Assert.Equal(["PUT /x/connections"], Sent(shelf), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Passwords_are_in_the_request_and_in_no_line()
    {
        var shelf = Shelf();
        var client = await shelf.ClientAsync();
        await client.SetCustomizationAsync(VcdMachineXml.Path, new VcdCustomizationSettings { AdminPassword = SecretText.From("brand-new-7"), AdminPasswordAuto = false, DomainUserPassword = SecretText.From("joining-8") }, CancellationToken.None);
        await client.SetProductPropertiesAsync(VcdMachineXml.Path, [new("admin", "property-9")], CancellationToken.None);
        var bodies = string.Concat(shelf.Changes.Select(c => c.Body));
        foreach (var secret in new[] { "brand-new-7", "joining-8", "property-9" })
        {
            Assert.Contains(secret, bodies, StringComparison.Ordinal);
        }

        foreach (var secret in new[] { "brand-new-7", "joining-8", "property-9", "made-up-9pq", "old-secret-1" })
        {
            Assert.DoesNotContain(secret, shelf.Observer.Text, StringComparison.Ordinal);
        }

        // Of both requests not even the rest of the body is shown; answers are, without what is secret.
        Assert.Equal(2, shelf.Observer.Lines.Count(l => l.Contains("DEBUG > PUT", StringComparison.Ordinal) && l.Contains("not shown", StringComparison.Ordinal)));
        Assert.Contains("10.0.0.1", shelf.Observer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Customization_shows_a_password_to_those_only_who_ask()
    {
        var client = await Shelf().ClientAsync();
        var vm = await client.GetEntityAsync<VcdVM>(VcdMachineXml.Path, CancellationToken.None);
        var plain = await client.GetCustomizationAsync(vm, withPassword: false, CancellationToken.None);
        Assert.Equal((true, "web-1", true, (System.Security.SecureString?)null), (plain.Enabled, plain.ComputerName, plain.HasAdminPassword, plain.AdminPassword));
        Assert.Equal("made-up-9pq", SecretText.Reveal((await client.GetCustomizationAsync(vm, withPassword: true, CancellationToken.None)).AdminPassword!));
    }

    [Theory]
    [InlineData("port", "81", null, null)]
    [InlineData("site.region.2", "c", null, null)]
    [InlineData("region", "c", "Vcd.Ambiguous", "'site.region.1', 'site.region.2'")]
    [InlineData("Port", "81", "Vcd.NotFound", "it has 'gateway', 'port', 'admin', 'build', 'site.region.1', 'site.region.2'")]
    [InlineData("build", "8", "Vcd.Validation", "not user-configurable")]
    [InlineData("port", "eighty", "Vcd.Validation", "0 to 65535")]
    public async Task A_property_is_found_by_its_key_and_held_to_what_it_may_be(string key, string value, string? error, string? says)
    {
        var shelf = Shelf();
        var client = await shelf.ClientAsync();
        if (error is null)
        {
            await client.SetProductPropertiesAsync(VcdMachineXml.Path, [new(key, value)], CancellationToken.None);
            Assert.Equal(["PUT /x/products"], Sent(shelf), StringComparer.Ordinal);
            Assert.Contains(value, shelf.Body.Descendants().Where(e => e.Name.LocalName is "Value").Select(e => VcdOvfProperty.Attribute(e, "value")), StringComparer.Ordinal);
            return;
        }

        foreach (var refused in new Func<Task>[] { () => client.SetProductPropertiesAsync(VcdMachineXml.Path, [new(key, value)], CancellationToken.None), () => client.CheckProductPropertiesAsync(VcdMachineXml.Path, [new(key, value)], CancellationToken.None) })
        {
            var e = await Assert.ThrowsAsync<OrchestratorApiException>(refused);
            Assert.Equal(error, e.ErrorId);
            Assert.Contains(says!, e.Message, StringComparison.Ordinal);
        }

        Assert.Empty(shelf.Changes);
    }

    [Fact]
    public async Task Product_sections_hide_passwords_and_show_values_before_defaults()
    {
        var client = await Shelf().ClientAsync();
        var vm = await client.GetEntityAsync<VcdVM>(VcdMachineXml.Path, CancellationToken.None);
        var sections = await client.GetProductSectionsAsync(vm, withPasswords: false, CancellationToken.None);
        Assert.Equal(["Shop", "", ""], sections.Select(s => s.Product ?? string.Empty), StringComparer.Ordinal);
        Assert.Equal(["gateway=10.0.0.1", "port=80", "admin=***", "build=7"], sections[0].Properties.Select(p => p.ToString()), StringComparer.Ordinal);
        Assert.All(sections, s => Assert.All(s.Properties, p => Assert.Null(p.SecureValue)));
        Assert.Equal((VcdShelf.Host + VcdMachineXml.Path, "web & 1", "site.region.1"), (sections[1].Href, sections[1].Name, sections[1].Properties[0].Id));
        var shown = await client.GetProductSectionsAsync(vm, withPasswords: true, CancellationToken.None);
        Assert.Equal("old-secret-1", SecretText.Reveal(shown[0].Properties[2].SecureValue!));
        Assert.Null(shown[0].Properties[2].Value);
    }

    [Fact]
    public async Task Product_sections_that_may_not_be_changed_are_not_sent()
    {
        var shelf = Shelf().WithAsIs("/x/products", VcdMachineXml.Products(links: false));
        var client = await shelf.ClientAsync();
        Assert.Equal("Vcd.WrongState", (await Assert.ThrowsAsync<OrchestratorApiException>(() => client.SetProductPropertiesAsync(VcdMachineXml.Path, [new("port", "81")], CancellationToken.None))).ErrorId);
        Assert.Empty(shelf.Changes);
    }

    [Theory]
    [InlineData(4294967296, "4 GB")]
    [InlineData(536870912, "512 MB")]
    [InlineData(1000, "1000 bytes")]
    public void Sizes_are_told_in_the_largest_whole_unit(long bytes, string text) => Assert.Equal(text, SizeText.Of(bytes));

    [Fact]
    public void Differences_are_told_from_what_is_to_what_is_wanted()
    {
        var vm = new VcdVM(VcdMachineXml.Element(VcdMachineXml.Machine()));
        var wanted = new VcdVMSettings { Name = "b", Description = string.Empty, NumberOfCpus = 2, Memory = 2 * Gibi, CpuHotAdd = true, StorageProfile = Silver };
        Assert.Equal(["name 'web & 1' → 'b'", "description 'Old <text>' → ''", "memory 1 GB → 2 GB", "CPU hot add off → on", "storage profile 'gold' → 'silver'"], wanted.Differences(vm).Select(d => d.ToString()), StringComparer.Ordinal);
    }

    private static VcdShelf Shelf(string version = "37.0", string? machine = null)
        => new VcdShelf(version).WithAsIs(VcdMachineXml.Path, machine ?? VcdMachineXml.Machine()).WithAsIs(VcdMachineXml.Disks, VcdMachineXml.DiskList).WithAsIs("/x/products", VcdMachineXml.Products());

    private static async Task<VcdChange> SetAsync(VcdShelf shelf, VcdVMSettings settings) => await (await shelf.ClientAsync()).SetVMAsync(VcdMachineXml.Path, settings, null, CancellationToken.None);

    private static string[] Sent(VcdShelf shelf) => [.. shelf.Changes.Select(c => $"{c.Method} {c.Uri.AbsolutePath}")];
}
