using System.Globalization;
using System.Reflection;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Each class is read from a record of the query service and from the entity; attributes from the schemas, entities as they were recorded.</summary>
public sealed class VcdModelTests
{
    private const string Uuid = "7ab770bd-c1eb-42b6-8a7b-bf62c504c33b";
    private const string Vdc = "https://cell.example.com/api/vdc/7ab770bd-c1eb-42b6-8a7b-bf62c504c33b";
    private static readonly Lazy<Dictionary<string, string[]>?> RecordFields = new(ReadRecordFields);

    public static TheoryData<string, Type> Records => new()
    {
        { "OrgRecord", typeof(VcdOrg) },
        { "OrgVdcRecord", typeof(VcdVdc) },
        { "AdminVdcRecord", typeof(VcdVdc) },
        { "CatalogRecord", typeof(VcdCatalog) },
        { "AdminCatalogRecord", typeof(VcdCatalog) },
        { "CatalogItemRecord", typeof(VcdCatalogItem) },
        { "AdminCatalogItemRecord", typeof(VcdCatalogItem) },
        { "MediaRecord", typeof(VcdMedia) },
        { "AdminMediaRecord", typeof(VcdMedia) },
        { "VAppTemplateRecord", typeof(VcdTemplate) },
        { "AdminVAppTemplateRecord", typeof(VcdTemplate) },
        { "VAppRecord", typeof(VcdVApp) },
        { "AdminVAppRecord", typeof(VcdVApp) },
        { "VMRecord", typeof(VcdVM) },
        { "AdminVMRecord", typeof(VcdVM) },
        { "OrgVdcNetworkRecord", typeof(VcdNetwork) },
        { "OrgNetworkRecord", typeof(VcdNetwork) },
        { "DiskRecord", typeof(VcdDisk) },
        { "AdminDiskRecord", typeof(VcdDisk) },
        { "OrgVdcStorageProfileRecord", typeof(VcdStorageProfile) },
        { "AdminOrgVdcStorageProfileRecord", typeof(VcdStorageProfile) },
        { "UserRecord", typeof(VcdUser) },
        { "AdminUserRecord", typeof(VcdUser) },
        { "GroupRecord", typeof(VcdGroup) },
        { "AdminGroupRecord", typeof(VcdGroup) },
        { "RoleRecord", typeof(VcdRole) },
        { "EdgeGatewayRecord", typeof(VcdEdgeGateway) },
        { "TaskRecord", typeof(VcdTask) },
        { "AdminTaskRecord", typeof(VcdTask) },
    };

    /// <summary>A record with every field that the schema has: each is a property or stays in AdditionalProperties, none is lost, none is there twice.</summary>
    [SkippableTheory]
    [MemberData(nameof(Records))]
    public void Every_field_of_a_record_is_reachable(string element, Type type)
    {
        Skip.If(RecordFields.Value is null, "The vCloud schemas are not beside the repository.");
        var record = new XElement(VcdXml.Namespace + element);
        foreach (var field in RecordFields.Value[element])
        {
            var (name, kind) = (field.Split(':')[0], field.Split(':')[1]);
            record.SetAttributeValue(name, Sample(name, kind));
        }

        record.SetAttributeValue("href", Vdc);
        var read = VcdEntities.ReadRecord(record);
        Assert.IsType(type, read);
        Assert.True(read.IsRecord);
        var texts = new HashSet<string>(type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.Name != nameof(VcdObject.AdditionalProperties)).Select(p => Convert.ToString(p.GetValue(read), CultureInfo.InvariantCulture) ?? string.Empty), StringComparer.Ordinal);
        foreach (var field in RecordFields.Value[element].Where(f => f.EndsWith(":xs:string", StringComparison.Ordinal)))
        {
            var name = field.Split(':')[0];
            var elsewhere = read.AdditionalProperties.TryGetValue(name, out var kept) && kept == Sample(name, "xs:string");
            Assert.True(elsewhere || texts.Contains(Sample(name, "xs:string")) || name is "href" or "id" or "type" or "busType", $"{element}/@{name} is lost");
            Assert.False(elsewhere && texts.Contains(Sample(name, "xs:string")), $"{element}/@{name} is there twice");
        }
    }

    [Fact]
    public void Sizes_are_bytes_and_times_are_utc()
    {
        var vdc = Record<VcdVdc>("""<OrgVdcRecord memoryLimitMB="2048" memoryUsedMB="1" storageLimitMB="2097152" storageUsedMB="-1" cpuLimitMhz="4000" status="READY" numberOfVMs="7"/>""");
        Assert.Equal((2048L << 20, 1L << 20, 2097152L << 20), (vdc.MemoryLimit, vdc.MemoryUsed, vdc.StorageLimit));
        Assert.Null(vdc.StorageUsed);
        Assert.Equal((4000L, 7, "READY", 1), (vdc.CpuLimitMhz, vdc.NumberOfVMs, vdc.Status, vdc.StatusCode));

        Assert.Equal(3L << 20, Record<VcdDisk>("""<DiskRecord sizeB="3145728" status="RESOLVED"/>""").Size);
        Assert.Equal(3L << 20, Record<VcdDisk>("""<DiskRecord sizeMb="3" status="RESOLVED"/>""").Size);
        Assert.Equal(5, Record<VcdMedia>("""<MediaRecord storageB="5"/>""").Size);
        Assert.Equal(10240, Record<VcdVApp>("""<AdminVAppRecord storageKB="10"/>""").Size);
        Assert.Equal(1L << 32, Record<VcdVM>("""<VMRecord memoryMB="4096"/>""").Memory);
        Assert.Equal(new DateTimeOffset(2024, 5, 1, 8, 0, 0, TimeSpan.Zero), Record<VcdVApp>("""<VAppRecord creationDate="2024-05-01T10:00:00.000+02:00"/>""").CreatedAt);
    }

    [Theory]
    [InlineData("POWERED_ON", "POWERED_ON", 4)]
    [InlineData("4", "POWERED_ON", 4)]
    [InlineData("8", "POWERED_OFF", 8)]
    [InlineData("-1", "FAILED_CREATION", -1)]
    [InlineData("77", "77", 77)]
    [InlineData("SOMETHING_NEW", "SOMETHING_NEW", null)]
    public void A_status_has_the_same_word_in_lists_and_in_the_entity(string given, string word, int? code)
    {
        var vapp = new VcdVApp(new XElement(VcdXml.Namespace + "VApp", new XAttribute("status", given)));
        Assert.Equal((word, code), (vapp.Status, vapp.StatusCode));
    }

    [Fact]
    public void A_template_that_can_be_used_is_resolved()
    {
        Assert.Equal(("RESOLVED", 8), StatusOf(new VcdTemplate(XElement.Parse("<VAppTemplate status='8'/>"))));
        // Of a list's word nobody can say whether it is 1 or 8.
        Assert.Equal(("RESOLVED", null), StatusOf(new VcdTemplate(XElement.Parse("<VAppTemplateRecord status='RESOLVED'/>"))));
        Assert.Equal(("UNRESOLVED", 0), StatusOf(new VcdTemplate(XElement.Parse("<VAppTemplate status='0'/>"))));
        Assert.True(new VcdTemplate(XElement.Parse("<VAppTemplate status='-1'/>")).IsFailed);

        static (string, int?) StatusOf(VcdTemplate template) => (template.Status, template.StatusCode);
    }

    [Fact]
    public void Transfer_addresses_are_no_links()
    {
        var template = new VcdTemplate(XElement.Parse("""
            <VAppTemplate xmlns="http://www.vmware.com/vcloud/v1.5" name="t" status="8" href="https://cell.example.com/api/vAppTemplate/vappTemplate-7ab770bd-c1eb-42b6-8a7b-bf62c504c33b">
              <Link rel="download:default" href="https://cell.example.com/transfer/secret-1/descriptor.ovf"/>
              <Link rel="download:identity" href="https://cell.example.com/transfer/secret-2/descriptor.ovf"/>
              <Link rel="enable" href="https://cell.example.com/api/vAppTemplate/x/action/enableDownload"/>
              <Files><File name="a" size="-1" bytesTransferred="3"><Link rel="upload:default" href="https://cell.example.com/transfer/secret-3/a"/></File></Files>
            </VAppTemplate>
            """));
        Assert.Equal("enable", Assert.Single(template.Links).Rel);
        Assert.Equal("download:default download:identity", string.Join(' ', template.TransferLinks.Select(l => l.Rel)));
        Assert.Equal("secret-1/ secret-2/ secret-3/", string.Join(' ', template.Capabilities().Select(u => u.Segments[2])));
    }

    [SkippableFact]
    public void Recorded_entities_are_read()
    {
        var vapp = Recorded<VcdVApp>("instantiated_vapp_on_response.xml");
        Assert.Equal(("test_vapp", "test", "vcap", "POWERED_ON", false), (vapp.Name, vapp.Description, vapp.Owner, vapp.Status, vapp.IsDeployed));
        Assert.NotEmpty(vapp.VMs);
        Assert.Equal(new DateTimeOffset(2011, 9, 28, 18, 21, 35, 767, TimeSpan.Zero), vapp.StorageLeaseExpiresAt);
        Assert.Contains(vapp.Links, l => l.Rel == "edit");

        var vm = Recorded<VcdVM>("instantiated_vm_with_attached_disk_response.xml");
        Assert.Equal(("vm1", 1, 32L << 20, 4, "Ubuntu Linux (32-bit)", "vm1-001"), (vm.Name, vm.NumberOfCpus, vm.Memory, vm.HardwareVersion, vm.GuestOs, vm.ComputerName));
        Assert.Equal("Hard disk 1:2147483648:False, Hard disk 2:8589934592:True", string.Join(", ", vm.Disks.Select(d => $"{d.Name}:{d.Size}:{d.DiskHref is not null}")));
        Assert.Equal("00:50:56:02:01:cb", Assert.Single(vm.NetworkCards).MacAddress);

        var vdc = Recorded<VcdVdc>("vdc_with_two_disks_response.xml");
        Assert.Equal(("AllocationVApp", "READY", 4800L << 20, 1024, 100, 2, true), (vdc.AllocationModel, vdc.Status, vdc.StorageUsed, vdc.NetworkQuota, vdc.VMQuota, vdc.Entities.Count, vdc.IsEnabled));
        Assert.EndsWith("/api/org/b689c06e-1de0-4fd1-a5a3-050c479546ac", vdc.OrganizationHref, StringComparison.Ordinal);

        var network = Recorded<VcdNetwork>("org_vdc_network_response.xml");
        Assert.Equal(("Direct", "10.146.21.253", "255.255.255.128", "10.132.71.1", false), (network.Type, network.Gateway, network.Netmask, network.Dns1, network.IsShared));
        Assert.Equal(["10.146.21.150-10.146.21.189", "10.146.21.250-10.146.21.255"], network.IPRanges);

        var gateway = Recorded<VcdEdgeGateway>("vdc_edge_gateway_response.xml");
        Assert.Equal(("164-935", "READY", "compact", 1, 1), (gateway.Name, gateway.Status, gateway.Size, gateway.NumberOfExternalNetworks, gateway.NumberOfNetworks));
        Assert.Contains(gateway.Interfaces, i => i is { Name: "d0p2-ext", IPAddress: "192.240.155.232", IsDefaultRoute: true });

        Assert.Equal(("vcap", "lsilogic", "RESOLVED"), Recorded<VcdDisk>("indy_disk_response.xml") is var disk ? (disk.Owner, disk.BusSubType, disk.Status) : default);
        var template = Recorded<VcdTemplate>("vapp_template_ready_response.xml");
        Assert.Equal(("RESOLVED", 1, true, false), (template.Status, template.NumberOfVMs, template.IsDescriptorUploaded, template.IsGoldMaster));
        Assert.True(Assert.Single(template.VMs).IsInTemplate);
        Assert.Equal("system", Recorded<VcdCatalog>("catalog_response.xml").Owner);
        Assert.True(Recorded<VcdOrg>("admin_org_response.xml").IsEnabled);

        var user = Recorded<VcdUser>("user/user.xml", "jclouds_labs");
        Assert.Equal(("test", "testFullName", "test@test.com", "vApp User", false), (user.Name, user.FullName, user.EmailAddress, user.Role, user.IsEnabled));
        var item = Recorded<VcdCatalogItem>("catalog/catalogItem.xml", "jclouds_labs");
        Assert.Equal(("VAppTemplate", "ubuntu10", "For testing"), (item.Type, item.EntityName, item.Description));
        Assert.EndsWith("7212e451-76e1-4631-b2de-ba1dfd8080e4", item.CatalogHref, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("urn:vcloud:vapp:" + Uuid, null, "/api/vApp/vapp-" + Uuid)]
    [InlineData(Uuid, "vm", "/api/vApp/vm-" + Uuid)]
    [InlineData("urn:vcloud:vapptemplate:" + Uuid, "vapp", "/api/vAppTemplate/vappTemplate-" + Uuid)]
    [InlineData(VcdFake.Host + "/api/admin/edgeGateway/" + Uuid, null, "/api/admin/edgeGateway/" + Uuid)]
    [InlineData("/api/disk/" + Uuid, null, "/api/disk/" + Uuid)]
    public async Task An_entity_is_asked_for_by_its_id(string id, string? kind, string path)
    {
        var fake = new VcdFake(r => r.Uri.AbsolutePath == path ? VcdFake.Xml($"<VApp xmlns=\"http://www.vmware.com/vcloud/v1.5\" name=\"found\"><Tasks><Task status=\"running\" name=\"task\"/></Tasks></VApp>") : null);
        var found = await new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance).GetEntityAsync(id, kind, CancellationToken.None);
        Assert.Equal("found", found.Name);
        Assert.Equal("running", Assert.Single(found.Tasks).Status);
    }

    [Fact]
    public async Task Another_kind_than_wanted_is_an_error()
    {
        var fake = new VcdFake(r => r.Uri.AbsolutePath.StartsWith("/api/vApp", StringComparison.Ordinal) ? VcdFake.Xml("<VApp xmlns=\"http://www.vmware.com/vcloud/v1.5\" name=\"web\"/>") : null);
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.GetEntityAsync<VcdCatalog>("urn:vcloud:vapp:" + Uuid, CancellationToken.None));
        Assert.Equal(OrchestratorErrorKind.Validation, e.Kind);
        Assert.Contains("is a vApp ('web'), not a catalog", e.Message, StringComparison.Ordinal);
        e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.GetEntityAsync("no id", "vapp", CancellationToken.None));
        Assert.Equal(OrchestratorErrorKind.Validation, e.Kind);
    }

    private static T Record<T>(string xml)
        where T : VcdObject
        => Assert.IsType<T>(VcdEntities.ReadRecord(XElement.Parse(xml)));

    private static T Recorded<T>(string file, string folder = "ruby_vcloud_sdk")
        where T : VcdObject
    {
        var path = Path.Combine(Simulator.SharedFolder, "samples", "vcd", folder, file);
        Skip.IfNot(File.Exists(path), "The recorded answers are not beside the repository.");

        // Some recordings hold an attribute twice or unbound prefixes; everything else is as it was sent.
        var text = File.ReadAllText(path).Replace("ns12:", string.Empty, StringComparison.Ordinal).Replace("vcloud:href", "href", StringComparison.Ordinal).Replace("vcloud:type", "type", StringComparison.Ordinal)
            .Replace("vcloud:primaryNetworkConnection", "primaryNetworkConnection", StringComparison.Ordinal).Replace("vcloud:ipAddressingMode", "ipAddressingMode", StringComparison.Ordinal).Trim();
        const string instance = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";
        var second = text.IndexOf(instance, text.IndexOf(instance, StringComparison.Ordinal) + 1, StringComparison.Ordinal);
        if (second > 0 && second < text.IndexOf('>', StringComparison.Ordinal))
        {
            text = text.Remove(second, instance.Length);
        }

        return Assert.IsType<T>(VcdEntities.Read(SafeXml.Parse(text)));
    }

    private static string Sample(string name, string kind) => kind switch
    {
        "xs:boolean" => "true",
        "xs:int" or "xs:long" => "7",
        "xs:dateTime" => "2024-05-01T10:00:00.000Z",
        _ => "value-of-" + name,
    };

    private static Dictionary<string, string[]>? ReadRecordFields()
    {
        var path = Path.Combine(Simulator.SharedFolder, "specs", "vcd-xsd", "1.5", "schemas", "vcloud", "queryRecordView.xsd");
        if (!File.Exists(path))
        {
            return null;
        }

        XNamespace xs = "http://www.w3.org/2001/XMLSchema";
        var root = XElement.Load(path);
        var types = root.Elements(xs + "complexType").ToDictionary(t => (string)t.Attribute("name")!, t => t.Descendants(xs + "attribute").Select(a => $"{a.Attribute("name")!.Value}:{a.Attribute("type")!.Value}").ToArray(), StringComparer.Ordinal);
        return root.Elements(xs + "element").Where(e => types.ContainsKey((string?)e.Attribute("type") ?? string.Empty)).ToDictionary(e => e.Attribute("name")!.Value, e => types[e.Attribute("type")!.Value], StringComparer.Ordinal);
    }
}
