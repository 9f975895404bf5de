using System.Xml.Linq;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Independent disks and media on a scripted wire (the guide's "Independent disks"; recorded requests and disks).</summary>
public sealed class VcdDiskTests
{
    private const string Vdc = "/api/vdc/00000000-0000-4000-8000-0000000000d1";
    private const string Disk = "/api/disk/00000000-0000-4000-8000-0000000000d2";
    private const string VM = "/api/vApp/vm-00000000-0000-4000-8000-0000000000a1";
    private const string Other = "/api/vApp/vm-00000000-0000-4000-8000-0000000000a2";
    private const string Profile = "/api/vdcStorageProfile/00000000-0000-4000-8000-0000000000e1";
    private const string AddDisk = "<Link rel=\"add\" type=\"application/vnd.vmware.vcloud.diskCreateParams+xml\" href=\"HOST/x/add\"/>";
    private const string Profiles = "<VdcStorageProfiles><VdcStorageProfile name=\"gold\" href=\"HOST" + Profile + "\"/></VdcStorageProfiles>";
    private const string AttachedVms = "<Link rel=\"down\" type=\"application/vnd.vmware.vcloud.vms+xml\" href=\"HOST/x/vms\"/>";
    private const string Edit = "<Link rel=\"edit\" type=\"application/vnd.vmware.vcloud.disk+xml\" href=\"HOST/x/edit\"/>";
    private const string Remove = "<Link rel=\"remove\" href=\"HOST/x/remove\"/>";
    private const string AttachLinks = "<Link rel=\"disk:attach\" type=\"application/vnd.vmware.vcloud.diskAttachOrDetachParams+xml\" href=\"HOST/x/attach\"/><Link rel=\"disk:detach\" type=\"application/vnd.vmware.vcloud.diskAttachOrDetachParams+xml\" href=\"HOST/x/detach\"/>";
    private const string MediaLinks = "<Link rel=\"media:insertMedia\" type=\"application/vnd.vmware.vcloud.mediaInsertOrEjectParams+xml\" href=\"HOST/x/insert\"/><Link rel=\"media:ejectMedia\" type=\"application/vnd.vmware.vcloud.mediaInsertOrEjectParams+xml\" href=\"HOST/x/eject\"/>";

    private static readonly VcdNewDisk Whole = new("d & <1>", 3 << 20) { Description = "x", Bus = VcdDiskBus.Scsi, BusSubType = "lsilogic", StorageProfile = VcdShelf.Host + Profile, Near = VcdShelf.Host + VM };

    [SkippableTheory]
    [InlineData("5.5")]
    [InlineData("9.0")]
    [InlineData("30.0")]
    public void Bodies_are_valid_and_no_newer_than_the_version(string text)
    {
        VcdSchemas.Need();
        var version = VcdApiVersion.Parse(text);
        var present = XElement.Parse($"<Disk xmlns=\"{VcdXml.Namespace}\" name=\"a\" size=\"1\" busType=\"6\" busSubType=\"lsilogic\" status=\"1\" href=\"{VcdShelf.Host}{Disk}\"><Link rel=\"remove\" href=\"x\"/><Owner><User href=\"u\"/></Owner></Disk>");
        foreach (var body in new[]
        {
            VcdBodies.NewDisk(Whole, version), VcdBodies.NewDisk(new VcdNewDisk("a", 1), version), VcdBodies.EditedDisk(present, "b", "c", 2, Profile), VcdBodies.EditedDisk(present, null, string.Empty, null, null),
            VcdBodies.DiskAttachOrDetach(Disk, 1, 2), VcdBodies.DiskAttachOrDetach(Disk, null, null), VcdBodies.MediaInsertOrEject("/api/media/1", "m"), VcdBodies.MediaInsertOrEject(null, null),
        })
        {
            Assert.Empty(VcdSchemas.Faults(body));
            Assert.Empty(VcdSchemas.Newer(body, version));
        }
    }

    [Fact]
    public void A_changed_disk_keeps_what_is_not_changed_and_what_nobody_knows()
    {
        var present = XElement.Parse($"<Disk xmlns=\"{VcdXml.Namespace}\" xmlns:n=\"urn:new\" name=\"a\" sizeMb=\"1\" sharingType=\"None\" n:mark=\"1\"><Link rel=\"remove\" href=\"x\"/><Description>d</Description><Tasks/><StorageProfile href=\"p\"/><n:New>1</n:New><Owner/></Disk>");
        var body = VcdBodies.EditedDisk(present, null, null, 5 << 20, "q");
        Assert.Equal("name=a sizeMb=5 sharingType=None", string.Join(' ', body.Attributes().Select(a => $"{a.Name.LocalName}={a.Value}")));
        Assert.Equal("Description StorageProfile New Owner", string.Join(' ', body.Elements().Select(e => e.Name.LocalName)));
        Assert.Equal("q", VcdXml.Text(VcdXml.Child(body, "StorageProfile")!, "href"));
    }

    [Theory]
    [InlineData("5.5", "size=3145728")]
    [InlineData("32.0", "size=3145728")]
    [InlineData("33.0", "sizeMb=3")]
    [InlineData("39.1", "sizeMb=3")]
    public void The_size_is_in_the_unit_of_the_version(string version, string size)
        => Assert.Contains(size, string.Join(' ', VcdBodies.NewDisk(Whole, VcdApiVersion.Parse(version)).Elements().First().Attributes().Select(a => $"{a.Name.LocalName}={a.Value}")), StringComparison.Ordinal);

    [Fact]
    public async Task A_disk_is_made_by_the_link_of_its_virtual_data_center()
    {
        var shelf = new VcdShelf("30.0").With(Vdc, $"<Vdc name=\"v\" status=\"1\">{AddDisk}{Profiles}</Vdc>");
        Assert.NotNull((await (await shelf.ClientAsync()).NewDiskAsync(Vdc, Whole, CancellationToken.None)).Task);
        Assert.Equal("POST /x/add application/vnd.vmware.vcloud.diskCreateParams+xml", string.Join(' ', shelf.Changes.Select(c => $"{c.Method} {c.Uri.AbsolutePath} {c.ContentType}")));
        Assert.Equal("Disk Locality", string.Join(' ', shelf.Body.Elements().Select(e => e.Name.LocalName)));
    }

    [Fact]
    public async Task A_disk_that_cannot_be_is_not_asked_for()
    {
        var shelf = new VcdShelf("37.0").With(Vdc, $"<Vdc name=\"v\" status=\"1\">{AddDisk}{Profiles}</Vdc>");
        var client = await shelf.ClientAsync();
        Assert.Contains("2097152 and 3145728", (await FailAsync(() => client.NewDiskAsync(Vdc, Whole with { Size = (3 << 20) - 1 }, CancellationToken.None))).Message, StringComparison.Ordinal);
        Assert.Contains("it has 'gold'", (await FailAsync(() => client.NewDiskAsync(Vdc, Whole with { StorageProfile = VcdShelf.Host + Disk }, CancellationToken.None))).Message, StringComparison.Ordinal);
        client = await shelf.With(Vdc, "<Vdc name=\"v\" status=\"1\"/>").ClientAsync();
        Assert.Equal("Vcd.Permission", (await FailAsync(() => client.NewDiskAsync(Vdc, Whole with { StorageProfile = null }, CancellationToken.None))).ErrorId);
        var old = await new VcdShelf("1.5").ClientAsync();
        Assert.Contains("5.1", (await FailAsync(() => old.NewDiskAsync(Vdc, Whole, CancellationToken.None))).Message, StringComparison.Ordinal);
        Assert.Empty(shelf.Changes);
    }

    [Fact]
    public async Task A_disk_does_not_shrink()
    {
        var shelf = new VcdShelf("30.0").With(Disk, $"<Disk name=\"d\" size=\"100\" status=\"1\">{Edit}</Disk>");
        var client = await shelf.ClientAsync();
        Assert.Equal("Vcd.Validation", (await FailAsync(() => client.SetDiskAsync(Disk, null, null, 99, null, CancellationToken.None))).ErrorId);
        Assert.Empty(shelf.Changes);
        await client.SetDiskAsync(Disk, null, null, 100, null, CancellationToken.None);
        Assert.Equal(("/x/edit", "100"), (Assert.Single(shelf.Changes).Uri.AbsolutePath, VcdXml.Text(shelf.Body, "size")));
    }

    [Fact]
    public async Task A_disk_that_a_machine_has_is_not_removed_although_the_server_offers_it()
    {
        var shelf = Attached(VM);
        var client = await shelf.ClientAsync();
        var e = await FailAsync(() => client.RemoveDiskAsync(Disk, CancellationToken.None));
        Assert.Equal("Vcd.WrongState", e.ErrorId);
        Assert.Contains("virtual machine 'web-1'", e.Message, StringComparison.Ordinal);
        Assert.Empty(shelf.Changes);
        await (await Attached().ClientAsync()).RemoveDiskAsync(Disk, CancellationToken.None);
    }

    [Theory]
    [InlineData("", true, "already")]
    [InlineData("", false, "one virtual machine has it at a time")]
    [InlineData("sharingType=\"DiskSharing\"", false, null)]
    [InlineData("sharingType=\"None\"", false, "one virtual machine has it at a time")]
    public async Task A_disk_goes_to_one_machine_unless_it_is_made_for_several(string attributes, bool same, string? fault)
    {
        var shelf = AttachedAs(attributes, same ? VM : Other);
        var client = await shelf.ClientAsync();
        if (fault is not null)
        {
            Assert.Contains(fault, (await FailAsync(() => client.AttachDiskAsync(Disk, VM, null, null, CancellationToken.None))).Message, StringComparison.Ordinal);
            Assert.Empty(shelf.Changes);
            return;
        }

        await client.AttachDiskAsync(Disk, VM, 1, 2, CancellationToken.None);
        Assert.Equal("/x/attach", Assert.Single(shelf.Changes).Uri.AbsolutePath);
        Assert.Equal("Disk BusNumber=1 UnitNumber=2", string.Join(' ', shelf.Body.Elements().Select(e => e.Name.LocalName + (e.Value.Length > 0 ? "=" + e.Value : string.Empty))));
    }

    [Fact]
    public async Task A_disk_is_detached_from_the_machine_that_has_it()
    {
        var shelf = Attached(VM);
        var client = await shelf.ClientAsync();
        Assert.Contains("'web-1'", (await FailAsync(() => client.DetachDiskAsync(Disk, Other, CancellationToken.None))).Message, StringComparison.Ordinal);
        Assert.Empty(shelf.Changes);
        await client.DetachDiskAsync(Disk, null, CancellationToken.None);
        Assert.Equal("/x/detach", Assert.Single(shelf.Changes).Uri.AbsolutePath);
        var two = await Attached(VM, Other).ClientAsync();
        Assert.Equal("Vcd.Ambiguous", (await FailAsync(() => two.DetachDiskAsync(Disk, null, CancellationToken.None))).ErrorId);
        var none = await Attached().ClientAsync();
        Assert.Contains("no virtual machine", (await FailAsync(() => none.DetachDiskAsync(Disk, null, CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<HostResource/>", false, null, null)]
    [InlineData("<HostResource> </HostResource><ResourceSubType>vmware.cdrom.remotepassthrough</ResourceSubType>", false, null, null)]
    [InlineData("<HostResource media=\"HOST/api/media/1\">a.iso</HostResource>", true, "a.iso", "HOST/api/media/1")]
    [InlineData("<HostResource>a.iso</HostResource>", true, "a.iso", null)]
    [InlineData("<HostResource/><ResourceSubType>vmware.cdrom.iso</ResourceSubType>", true, null, null)]
    public void What_is_in_the_drive_is_told_by_whatever_the_server_says(string resource, bool isInserted, string? name, string? href)
    {
        var items = new[] { XElement.Parse("<Item><HostResource>disk</HostResource><ResourceType>17</ResourceType></Item>"), XElement.Parse($"<Item>{resource}<ResourceType>15</ResourceType></Item>") };
        Assert.Equal((isInserted, name, href), VcdAssumptions.InsertedMedia(items));
    }

    [Fact]
    public async Task A_medium_is_ejected_as_the_version_needs_it()
    {
        var media = new VcdMedia(XElement.Parse($"<MediaRecord name=\"a.iso\" href=\"{VcdShelf.Host}/api/media/00000000-0000-4000-8000-0000000000f1\"/>"));
        foreach (var (version, drive, given, sent) in new[]
        {
            ("28.0", "<HostResource>a.iso</HostResource>", true, (string?)media.Href),
            ("28.0", $"<HostResource media=\"{media.Href}\">a.iso</HostResource>", false, media.Href),
            ("29.0", "<HostResource>a.iso</HostResource>", false, null),
        })
        {
            var shelf = Machine(version, drive);
            await (await shelf.ClientAsync()).EjectMediaAsync(VM, given ? media : null, CancellationToken.None);
            Assert.Equal("/x/eject", Assert.Single(shelf.Changes).Uri.AbsolutePath);
            Assert.Equal(sent, shelf.Body.Elements().Select(e => VcdXml.Text(e, "href")).SingleOrDefault());
        }

        foreach (var (version, drive, given, fault) in new[]
        {
            ("28.0", "<HostResource>a.iso</HostResource>", false, "-Media is needed"),
            ("37.0", "<HostResource/>", false, "no medium"),
            ("37.0", "<HostResource>b.iso</HostResource>", true, "but 'b.iso'"),
            ("37.0", "<HostResource media=\"HOST/api/media/00000000-0000-4000-8000-0000000000f2\"/>", true, "another medium"),
        })
        {
            var shelf = Machine(version, drive);
            var client = await shelf.ClientAsync();
            Assert.Contains(fault, (await FailAsync(() => client.EjectMediaAsync(VM, given ? media : null, CancellationToken.None))).Message, StringComparison.Ordinal);
            Assert.Empty(shelf.Changes);
        }
    }

    [Fact]
    public async Task A_medium_is_inserted_into_an_empty_drive_only()
    {
        var media = new VcdMedia(XElement.Parse($"<MediaRecord name=\"a.iso\" href=\"{VcdShelf.Host}/api/media/00000000-0000-4000-8000-0000000000f1\"/>"));
        var shelf = Machine("37.0", "<HostResource/>");
        await (await shelf.ClientAsync()).InsertMediaAsync(VM, media, CancellationToken.None);
        Assert.Equal(("/x/insert", media.Href), (Assert.Single(shelf.Changes).Uri.AbsolutePath, VcdXml.Text(shelf.Body.Elements().Single(), "href")));
        var full = Machine("37.0", "<HostResource>b.iso</HostResource>");
        var client = await full.ClientAsync();
        Assert.Contains("'b.iso'", (await FailAsync(() => client.InsertMediaAsync(VM, media, CancellationToken.None))).Message, StringComparison.Ordinal);
        Assert.Empty(full.Changes);
    }

    private static Task<OrchestratorApiException> FailAsync(Func<Task> act) => Assert.ThrowsAsync<OrchestratorApiException>(act);

    private static VcdShelf Machine(string version, string drive)
        => new VcdShelf(version).With(VM, $"<Vm name=\"web-1\" status=\"8\">{MediaLinks}<VirtualHardwareSection><Item>{drive}<ResourceType>15</ResourceType></Item></VirtualHardwareSection></Vm>");

    private static VcdShelf Attached(params string[] machines) => AttachedAs(string.Empty, machines);

    private static VcdShelf AttachedAs(string attributes, params string[] machines) => new VcdShelf()
        .With(Disk, $"<Disk name=\"d\" sizeMb=\"1\" status=\"1\" {attributes}>{Remove}{AttachedVms}</Disk>")
        .With("/x/vms", $"<Vms>{string.Concat(machines.Select(m => $"<VmReference name=\"{(m == VM ? "web-1" : "web-2")}\" href=\"HOST{m}\"/>"))}</Vms>")
        .With(VM, $"<Vm name=\"web-1\" status=\"8\">{AttachLinks}</Vm>")
        .With(Other, $"<Vm name=\"web-2\" status=\"8\">{AttachLinks}</Vm>");
}
