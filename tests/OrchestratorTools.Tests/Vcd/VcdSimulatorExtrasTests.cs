using System.Buffers.Binary;
using System.Xml.Linq;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>What hangs on machines of the simulated server: independent disks, media, questions, snapshots, consoles, and the templates that are made of vApps.</summary>
public sealed class VcdSimulatorExtrasTests : IClassFixture<VcdServer>, IAsyncLifetime
{
    private static readonly string[] Versions = ["37.2", "30.0", "39.1", "5.5"];
    private static readonly string[] Choices = ["Cancel", "I moved it", "I copied it"];
    private static int _count;
    private readonly VcdServer _server;

    public VcdSimulatorExtrasTests(VcdServer server) => _server = server;

    public Task InitializeAsync() => _server.Simulator.CommandAsync("vcd", "settings", new { versions = Versions });

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableTheory]
    [InlineData("30.0", "size", "1048576000")]
    [InlineData("39.1", "sizeMb", "1000")]
    public async Task A_disk_is_made_attached_grown_and_deleted(string version, string attribute, string size)
    {
        using var raw = await LoginAsync(version);
        var machine = await NewMachineAsync(raw);
        var made = (await CreateDiskAsync(raw, $"disk {version}", new XAttribute(attribute, size), new XAttribute("busType", "6"), new XAttribute("busSubType", "lsilogic"))).Expect(201);
        Assert.Equal("0", made.Xml.Text("status"));
        Assert.Equal("vdcCreateDisk", made.Xml.Element(VcdRaw.Ns + "Tasks")!.Element(VcdRaw.Ns + "Task")!.Text("operationName"));
        var disk = await raw.MadeAsync(made);
        Assert.Equal(("1", size), (disk.Text("status"), disk.Text(attribute)));
        if (version == "30.0") await raw.AssertValidAsync(disk.Text("href"));

        await raw.DoAsync(machine, "disk:attach", AttachBody(disk));
        Assert.Equal(machine.Text("href"), Assert.Single((await raw.GetAsync(VcdRaw.Link(disk, "down", "application/vnd.vmware.vcloud.vms+xml"))).Elements(VcdRaw.Ns + "VmReference")).Text("href"));
        Assert.Contains(disk.Text("href"), (await raw.GetAsync($"{machine.Text("href")}/virtualHardwareSection/disks")).ToString(), StringComparison.Ordinal);
        var record = (await raw.RecordsAsync("type=disk&pageSize=128")).Single(r => r.Text("href") == disk.Text("href"));
        Assert.Equal("true", record.Text("isAttached"));
        disk = await raw.GetAsync(disk.Text("href"));
        Assert.False(VcdRawCompute.Offers(disk, "remove"));
        (await raw.SendAsync(HttpMethod.Delete, disk.Text("href"))).Refused(400, "BAD_REQUEST", "attached", machine.Text("name"));
        var other = await NewMachineAsync(raw);
        (await raw.FollowAsync(other, "disk:attach", AttachBody(disk))).Refused(400, "BAD_REQUEST", "attached");
        (await raw.FollowAsync(other, "disk:detach", AttachBody(disk))).Refused(400, "BAD_REQUEST", "not attached");

        await raw.DoAsync(machine, "disk:detach", AttachBody(disk));
        var change = VcdRawCompute.Element("Disk", new XAttribute("name", "grown"), new XAttribute(attribute, $"{long.Parse(size, System.Globalization.CultureInfo.InvariantCulture) * 2}"), VcdRawCompute.Element("Description", "larger"));
        await raw.SucceededAsync(await raw.SendAsync(HttpMethod.Put, VcdRaw.Link(disk, "edit"), change, VcdRawCompute.Prefix + "disk+xml"));
        disk = await raw.GetAsync(disk.Text("href"));
        Assert.Equal(("grown", "larger"), (disk.Text("name"), disk.Child("Description")));
        change.SetAttributeValue(attribute, size);
        (await raw.SendAsync(HttpMethod.Put, disk.Text("href"), change, VcdRawCompute.Prefix + "disk+xml")).Refused(400, "BAD_REQUEST", "smaller");
        await raw.SucceededAsync(await raw.SendAsync(HttpMethod.Delete, VcdRaw.Link(disk, "remove")));
        await raw.RefusedAsync(disk.Text("href"), 403);
    }

    [Fact]
    public async Task A_disk_that_no_profile_has_room_for_is_refused_as_recorded()
    {
        using var raw = await LoginAsync("37.2");
        (await CreateDiskAsync(raw, "too large", "acme-vdc-small", new XAttribute("sizeMb", "2000"))).Refused(400, "BAD_REQUEST", "The requested operation will exceed the vDC's storage quota.");
        (await CreateDiskAsync(raw, "odd", new XAttribute("sizeMb", "10"), new XAttribute("busSubType", "floppy"))).Refused(400, "BAD_REQUEST", "floppy", "lsilogic");
    }

    [Fact]
    public async Task A_deleted_machine_leaves_its_independent_disks()
    {
        using var raw = await LoginAsync("37.2");
        var machine = await NewMachineAsync(raw);
        var disk = await raw.MadeAsync(await CreateDiskAsync(raw, "survivor", new XAttribute("sizeMb", "10")));
        machine = await raw.DoAsync(machine, "disk:attach", AttachBody(disk));
        await raw.SucceededAsync(await raw.SendAsync(HttpMethod.Delete, VcdRaw.Link(machine, "remove")));
        Assert.True(VcdRawCompute.Offers(await raw.GetAsync(disk.Text("href")), "remove"));
    }

    [Fact]
    public async Task Media_are_inserted_once_and_ejected()
    {
        using var raw = await LoginAsync("37.2");
        var machine = await NewMachineAsync(raw);
        var media = (await raw.RecordsAsync("type=media&filter=catalogName==iso"))[0];
        var body = VcdRawCompute.Element("MediaInsertOrEjectParams", VcdRawCompute.Element("Media", new XAttribute("href", media.Text("href"))));
        (await raw.FollowAsync(machine, "media:ejectMedia", body)).Refused(400, "BAD_REQUEST", "not in the drive");
        await raw.DoAsync(machine, "media:insertMedia", body);
        Assert.Contains(media.Text("name").Replace("&", "&amp;", StringComparison.Ordinal), (await raw.GetAsync($"{machine.Text("href")}/virtualHardwareSection/media")).ToString(), StringComparison.Ordinal);
        (await raw.FollowAsync(machine, "media:insertMedia", body)).Refused(400, "BAD_REQUEST", "already");
        await raw.DoAsync(machine, "media:ejectMedia", body);
        Assert.DoesNotContain(media.Text("href"), (await raw.GetAsync($"{machine.Text("href")}/virtualHardwareSection/media")).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "success")]
    [InlineData(1, "error")]
    public async Task A_guest_that_holds_on_to_its_drive_is_asked_about(int choice, string end)
    {
        using var raw = await LoginAsync("37.2");
        var vApp = await raw.NewVAppAsync(NextName(), powerOn: true);
        var machine = VcdRawCompute.Machines(vApp)[0];
        var media = (await raw.RecordsAsync("type=media&filter=catalogName==iso"))[0];
        await raw.DoAsync(machine, "media:insertMedia", VcdRawCompute.Element("MediaInsertOrEjectParams", VcdRawCompute.Element("Media", new XAttribute("href", media.Text("href")))));
        await _server.Simulator.CommandAsync("vcd", "machine", new { name = "vm1", vApp = vApp.Text("name"), locksDrive = true });
        var task = (await raw.FollowAsync(machine, "media:ejectMedia", VcdRawCompute.Element("MediaInsertOrEjectParams"))).Expect(202).Xml.Text("href");
        XElement now;
        do
        {
            now = await raw.GetAsync(machine.Text("href"));
        }
        while (now.Text("status") != "5");
        Assert.Equal("running", (await raw.GetAsync(task)).Text("status"));
        var question = await raw.GetAsync(VcdRaw.Link(await raw.GetAsync(vApp.Text("href")), "down", VcdRawCompute.Prefix + "vmPendingQuestion+xml"));
        (await raw.FollowAsync(question, "answer", VcdRawCompute.Element("VmQuestionAnswer", VcdRawCompute.Element("ChoiceId", choice), VcdRawCompute.Element("QuestionId", question.Child("QuestionId")!)))).Expect(204);
        Assert.Equal(end, (await raw.DoneAsync(task)).Text("status"));
        Assert.Equal(choice == 1, (await raw.GetAsync($"{machine.Text("href")}/virtualHardwareSection/media")).ToString().Contains(media.Text("href"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_question_stops_a_machine_until_it_is_answered()
    {
        using var raw = await LoginAsync("37.2");
        var vApp = await raw.NewVAppAsync(NextName(), powerOn: true);
        var href = VcdRawCompute.Machines(vApp)[0].Text("href");
        (await raw.SendAsync(HttpMethod.Get, $"{href}/question")).Expect(204);
        await _server.Simulator.CommandAsync("vcd", "machine", new { name = "vm1", vApp = vApp.Text("name"), question = "Moved or copied?", choices = Choices });
        var machine = await raw.GetAsync(href);
        Assert.Equal("5", machine.Text("status"));
        var question = await raw.GetAsync(VcdRaw.Link(machine, "down", VcdRawCompute.Prefix + "vmPendingQuestion+xml"));
        Assert.Equal("Moved or copied?", question.Child("Question"));
        Assert.Equal("2 I copied it", $"{question.Elements(VcdRaw.Ns + "Choices").Last().Child("Id")} {question.Elements(VcdRaw.Ns + "Choices").Last().Child("Text")}");
        (await raw.FollowAsync(question, "answer", Answer("_other", 1))).Refused(400, "BAD_REQUEST", "QuestionId", "_other");
        (await raw.FollowAsync(question, "answer", Answer(question.Child("QuestionId")!, 3))).Refused(400, "BAD_REQUEST", "ChoiceId", "0 to 2");
        (await raw.FollowAsync(question, "answer", Answer(question.Child("QuestionId")!, 2))).Expect(204);
        Assert.Equal("4", (await raw.GetAsync(href)).Text("status"));
        (await raw.SendAsync(HttpMethod.Post, $"{href}/question/action/answer", Answer("_other", 1), VcdRawCompute.Prefix + "vmPendingAnswer+xml")).Refused(400, "BAD_REQUEST", "no pending question");

        static XElement Answer(string id, int choice) => VcdRawCompute.Element("VmQuestionAnswer", VcdRawCompute.Element("ChoiceId", choice), VcdRawCompute.Element("QuestionId", id));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_snapshot_with_memory_brings_a_machine_back_running_one_without_brings_it_back_off(bool memory)
    {
        using var raw = await LoginAsync("30.0");
        var vApp = await raw.NewVAppAsync(NextName(), "web & db, two VMs", powerOn: true);
        Assert.False(VcdRawCompute.Offers(vApp, "snapshot:revertToCurrent"));
        (await raw.SendAsync(HttpMethod.Post, $"{vApp.Text("href")}/action/revertToCurrentSnapshot")).Refused(400, "BAD_REQUEST", "no snapshot");
        vApp = await raw.DoAsync(vApp, "snapshot:create", VcdRawCompute.Element("CreateSnapshotParams", new XAttribute("name", "before"), new XAttribute("memory", memory), new XAttribute("quiesce", "true")));
        var snapshot = vApp.Element(VcdRaw.Ns + "SnapshotSection")!.Element(VcdRaw.Ns + "Snapshot")!;
        Assert.Equal(memory ? "true" : "false", snapshot.Text("poweredOn"));
        using var newer = await LoginAsync("37.2");
        Assert.Equal("true", (await newer.RecordsAsync($"type=vApp&filter=id=={vApp.Text("id")}"))[0].Text("snapshot"));
        await raw.AssertValidAsync(vApp.Text("href"));

        vApp = await raw.DoAsync(vApp, "undeploy", VcdRawCompute.UndeployBody());
        var machine = VcdRawCompute.Machines(vApp)[0];
        var item = await raw.GetAsync($"{machine.Text("href")}/virtualHardwareSection/memory");
        XNamespace rasd = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData";
        var before = item.Element(rasd + "VirtualQuantity")!.Value;
        item.Element(rasd + "VirtualQuantity")!.Value = "512";
        await raw.PutAsync(machine, "virtualHardwareSection/memory", item, "rasdItem");

        vApp = await raw.DoAsync(vApp, "snapshot:revertToCurrent");
        Assert.Equal(memory ? "4" : "8", vApp.Text("status"));
        Assert.Equal(before, (await raw.GetAsync($"{machine.Text("href")}/virtualHardwareSection/memory")).Element(rasd + "VirtualQuantity")!.Value);
        Assert.True(VcdRawCompute.Offers(vApp, "snapshot:revertToCurrent"));
        await raw.DoAsync(await raw.GetAsync(machine.Text("href")), "snapshot:removeAll");
        Assert.True(VcdRawCompute.Offers(await raw.GetAsync(vApp.Text("href")), "snapshot:removeAll"));
        vApp = await raw.DoAsync(await raw.GetAsync(vApp.Text("href")), "snapshot:removeAll");
        Assert.False(VcdRawCompute.Offers(vApp, "snapshot:removeAll"));
    }

    [Theory]
    [InlineData(null, "true")]
    [InlineData("false", "false")]
    [InlineData("0", "false")]
    public async Task A_snapshot_that_does_not_say_so_keeps_the_memory(string? memory, string kept)
    {
        using var raw = await LoginAsync("37.2");
        var vApp = await raw.NewVAppAsync(NextName(), powerOn: true);
        vApp = await raw.DoAsync(vApp, "snapshot:create", VcdRawCompute.Element("CreateSnapshotParams", memory is null ? null : new XAttribute("memory", memory)));
        Assert.Equal(kept, vApp.Element(VcdRaw.Ns + "SnapshotSection")!.Element(VcdRaw.Ns + "Snapshot")!.Text("poweredOn"));
    }

    [Fact]
    public async Task A_guest_without_tools_is_not_quiesced_and_a_machine_with_a_disk_has_no_snapshot()
    {
        using var raw = await LoginAsync("37.2");
        var vApp = await raw.NewVAppAsync(NextName(), powerOn: true);
        var machine = await raw.GetAsync(VcdRawCompute.Machines(vApp)[0].Text("href"));
        await _server.Simulator.CommandAsync("vcd", "machine", new { name = "vm1", vApp = vApp.Text("name"), tools = false });
        (await raw.FollowAsync(machine, "snapshot:create", VcdRawCompute.Element("CreateSnapshotParams", new XAttribute("quiesce", "true")))).Refused(400, "BAD_REQUEST", "quiesced");
        var disk = await raw.MadeAsync(await CreateDiskAsync(raw, "in the way", new XAttribute("sizeMb", "10")));
        await raw.DoAsync(machine, "disk:attach", AttachBody(disk));
        (await raw.FollowAsync(machine, "snapshot:create", VcdRawCompute.Element("CreateSnapshotParams"))).Refused(400, "BAD_REQUEST", "independent disk");
    }

    [SkippableFact]
    public async Task A_running_machine_has_a_screen_and_tickets()
    {
        VcdSchemas.Need();
        using var raw = await LoginAsync("30.0");
        var machine = await NewMachineAsync(raw);
        Assert.False(VcdRawCompute.Offers(machine, "screen:thumbnail"));
        (await raw.SendAsync(HttpMethod.Get, $"{machine.Text("href")}/screen")).Refused(400, "BAD_REQUEST", "not powered on");
        machine = await raw.DoAsync(machine, "power:powerOn");
        var screen = (await raw.SendAsync(HttpMethod.Get, VcdRaw.Link(machine, "screen:thumbnail"))).Expect(200);
        Assert.Equal("image/png", screen.ContentType);
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(screen.Bytes.AsSpan(0, 8)));
        Assert.Equal((160, 100), (BinaryPrimitives.ReadInt32BigEndian(screen.Bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(screen.Bytes.AsSpan(20))));
        var first = (await raw.FollowAsync(machine, "screen:acquireTicket")).Expect(200);
        var second = (await raw.FollowAsync(machine, "screen:acquireTicket")).Expect(200);
        Assert.Empty(VcdSchemas.Faults(first.Bytes));
        Assert.StartsWith("mks://", first.Xml.Value, StringComparison.Ordinal);
        Assert.False(first.Xml.Value == second.Xml.Value, "A ticket is given once.");
        var mks = (await raw.FollowAsync(machine, "screen:acquireMksTicket")).Expect(200);
        Assert.Empty(VcdSchemas.Faults(mks.Bytes));
        Assert.Equal(("127.0.0.1", "902"), (mks.Xml.Child("Host"), mks.Xml.Child("Port")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_vApp_becomes_a_template_that_vApps_are_made_of(bool toCatalog)
    {
        using var raw = await LoginAsync("37.2");
        var vApp = await raw.NewVAppAsync(NextName(), "web & db, two VMs");
        var machine = VcdRawCompute.Machines(vApp)[0];
        var body = VcdRawCompute.Element("VmCapabilities", VcdRawCompute.Element("MemoryHotAddEnabled", true));
        await raw.PutAsync(machine, "vmCapabilities/", body, "vmCapabilitiesSection");
        var name = $"captured of {vApp.Text("name")}";
        var capture = VcdRawCompute.Element("CaptureVAppParams", new XAttribute("name", name), VcdRawCompute.Element("Description", "from life"), VcdRawCompute.Element("Source", new XAttribute("href", vApp.Text("href"))));
        var place = await raw.GetAsync(toCatalog ? await raw.CatalogAsync("templates") : await raw.FindAsync("orgVdc", "acme-vdc"));
        var template = await raw.MadeAsync(await raw.FollowTypeAsync(place, VcdRawCompute.Prefix + "captureVAppParams+xml", capture));
        Assert.Equal(("8", "from life"), (template.Text("status"), template.Child("Description")));
        Assert.Equal(["web", "db"], template.Element(VcdRaw.Ns + "Children")!.Elements(VcdRaw.Ns + "Vm").ToList().Values("name"));
        Assert.Equal(toCatalog, VcdRawCompute.Offers(template, "catalogItem"));
        var again = await raw.MadeAsync(await raw.CreateAsync("instantiateVAppTemplate", VcdRawCompute.InstantiateBody($"of {name}", template.Text("href"))));
        Assert.Equal("true", VcdRawCompute.Machines(again)[0].Element(VcdRaw.Ns + "VmCapabilities")!.Child("MemoryHotAddEnabled"));
    }

    [Fact]
    public async Task A_command_that_cannot_be_done_says_why()
    {
        using var http = new HttpClient { BaseAddress = new Uri(_server.Simulator.Greeting.GetProperty("control").GetProperty("server").GetString()!) };
        http.DefaultRequestHeaders.Add("X-Control-Token", _server.Simulator.Greeting.GetProperty("control").GetProperty("token").GetString());
        using var unknown = new StringContent("""{"name": "no such machine"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri("systems/vcd/machine", UriKind.Relative), unknown);
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("no such machine", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string NextName() => $"extra {Interlocked.Increment(ref _count)}";

    private static XElement AttachBody(XElement disk) => VcdRawCompute.Element("DiskAttachOrDetachParams", VcdRawCompute.Element("Disk", new XAttribute("href", disk.Text("href"))));

    private static Task<RawAnswer> CreateDiskAsync(VcdRaw raw, string name, params object[] content) => CreateDiskAsync(raw, name, "acme-vdc", content);

    private static async Task<RawAnswer> CreateDiskAsync(VcdRaw raw, string name, string vdc, params object[] content)
        => await raw.FollowTypeAsync(await raw.GetAsync(await raw.FindAsync("orgVdc", vdc)), VcdRawCompute.Prefix + "diskCreateParams+xml", VcdRawCompute.Element("DiskCreateParams", VcdRawCompute.Element("Disk", new XAttribute("name", name), content)));

    private static async Task<XElement> NewMachineAsync(VcdRaw raw) => await raw.GetAsync(VcdRawCompute.Machines(await raw.NewVAppAsync(NextName()))[0].Text("href"));

    private Task<VcdRaw> LoginAsync(string version) => VcdRaw.LoginAsync(_server.Simulator, version);
}
