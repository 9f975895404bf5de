using System.Xml.Linq;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Startup order and leases: what is sent back is what was read, changed only where asked.</summary>
public sealed class VcdVAppSectionTests
{
    private const string VApp = "/api/vApp/vapp-00000000-0000-4000-8000-000000000007";

    // As recorded, with what later servers may add.
    private const string Startup = """
        <ovf:StartupSection xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" xmlns:vcloud="http://www.vmware.com/vcloud/v1.5" xmlns="http://www.vmware.com/vcloud/v1.5" vcloud:href="https://h/startupSection/" vcloud:type="application/vnd.vmware.vcloud.startupSection+xml">
        <ovf:Info>VApp startup section</ovf:Info>
        <ovf:Item ovf:stopDelay="120" ovf:stopAction="powerOff" ovf:startDelay="120" ovf:startAction="powerOn" ovf:waitingForGuest="true" ovf:order="1" ovf:id="vm1"/>
        <ovf:Item ovf:stopDelay="9" ovf:stopAction="guestShutdown" ovf:startDelay="8" ovf:startAction="none" ovf:order="2" ovf:id="vm2"/>
        <Link rel="edit" type="application/vnd.vmware.vcloud.startupSection+xml" href="https://cell.example.com/api/edit/startup"/>
        </ovf:StartupSection>
        """;

    private const string Lease = """
        <LeaseSettingsSection xmlns="http://www.vmware.com/vcloud/v1.5" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" type="application/vnd.vmware.vcloud.leaseSettingsSection+xml" href="https://h/leaseSettingsSection/" ovf:required="false">
        <ovf:Info>Lease settings section</ovf:Info><Link rel="edit" type="application/vnd.vmware.vcloud.leaseSettingsSection+xml" href="https://cell.example.com/api/edit/lease"/>
        <DeploymentLeaseInSeconds>604800</DeploymentLeaseInSeconds><StorageLeaseInSeconds>2592000</StorageLeaseInSeconds>
        <DeploymentLeaseExpiration>2026-11-28T18:00:00Z</DeploymentLeaseExpiration><StorageLeaseExpiration>2020-01-01T00:00:00Z</StorageLeaseExpiration>
        </LeaseSettingsSection>
        """;

    private static readonly string[] Attributes = ["id", "order", "startDelay", "startAction", "stopDelay", "stopAction", "waitingForGuest"];
    private static readonly Dictionary<string, VcdStartupChange> Changes = new(StringComparer.Ordinal)
    {
        ["vm2"] = new VcdStartupChange { Order = 0, StartAction = VcdStartAction.PowerOn, StopAction = VcdStopAction.None, StartDelay = 65535, StopDelay = 0 },
        ["new & <one>"] = new VcdStartupChange { StopAction = VcdStopAction.GuestShutdown },
    };

    [SkippableFact]
    public void Bodies_are_valid_and_no_newer_than_the_first_version()
    {
        VcdSchemas.Need();
        var lease = XElement.Parse(Lease);
        var template = XElement.Parse(Lease.Replace("<DeploymentLeaseInSeconds>604800</DeploymentLeaseInSeconds>", "", StringComparison.Ordinal));
        var bare = XElement.Parse("<v:LeaseSettingsSection xmlns:v=\"http://www.vmware.com/vcloud/v1.5\" xmlns:o=\"http://schemas.dmtf.org/ovf/envelope/1\"><o:Info/></v:LeaseSettingsSection>");
        var empty = XElement.Parse("<o:StartupSection xmlns:o=\"http://schemas.dmtf.org/ovf/envelope/1\"><o:Info/></o:StartupSection>");
        foreach (var body in new[]
        {
            VcdBodies.Startup(XElement.Parse(Startup), Changes), VcdBodies.Startup(empty, Changes),
            VcdBodies.Lease(lease, null, null), VcdBodies.Lease(lease, 0, 3600), VcdBodies.Lease(template, null, 0), VcdBodies.Lease(bare, 3600, int.MaxValue), VcdBodies.Lease(bare, null, 7200),
        })
        {
            Assert.Empty(VcdSchemas.Faults(body));
            Assert.Empty(VcdSchemas.Newer(body, VcdApiVersion.Parse("1.5")));
        }
    }

    [Fact]
    public void The_startup_order_keeps_what_is_not_changed()
    {
        var body = VcdBodies.Startup(XElement.Parse(Startup), Changes);
        Assert.Equal(["Info", "Item", "Item", "Item"], body.Elements().Select(e => e.Name.LocalName), StringComparer.Ordinal);
        Assert.Null(body.Attribute(VcdXml.Namespace + "href"));
        var items = body.Elements(VcdXml.Ovf + "Item").ToArray();
        Assert.Equal("vm1 1 120 powerOn 120 powerOff true", Said(items[0]));
        Assert.Equal("vm2 0 65535 powerOn 0 none ", Said(items[1]));
        Assert.Equal("new & <one> 0    guestShutdown ", Said(items[2]));

        static string Said(XElement item) => string.Join(' ', Attributes.Select(n => (string?)item.Attribute(VcdXml.Ovf + n)));
    }

    [Fact]
    public void Leases_keep_what_is_not_changed_and_leave_their_ends_to_the_server()
    {
        Assert.Equal("604800 2592000", Said(VcdBodies.Lease(XElement.Parse(Lease), null, null)));
        Assert.Equal("0 2592000", Said(VcdBodies.Lease(XElement.Parse(Lease), 0, null)));
        Assert.Equal("604800 7200", Said(VcdBodies.Lease(XElement.Parse(Lease), null, 7200)));

        static string Said(XElement body)
        {
            Assert.Equal(["Info", "DeploymentLeaseInSeconds", "StorageLeaseInSeconds"], body.Elements().Select(e => e.Name.LocalName), StringComparer.Ordinal);
            return string.Join(' ', body.Elements().Skip(1).Select(e => e.Value));
        }
    }

    [Fact]
    public void A_lease_of_no_seconds_is_for_ever_and_one_that_ran_out_is_expired()
    {
        var now = new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);
        var entity = XElement.Parse($"<VApp xmlns=\"http://www.vmware.com/vcloud/v1.5\" name=\"web\" href=\"h\">{Lease}</VApp>");
        var lease = new VcdLease(entity, entity.Elements().Single(), "h", now);
        Assert.Equal((TimeSpan.FromDays(7), TimeSpan.FromDays(30), true), (lease.RuntimeLease, lease.StorageLease, lease.IsExpired));
        Assert.Equal(new DateTimeOffset(2026, 11, 28, 18, 0, 0, TimeSpan.Zero), lease.RuntimeLeaseExpiresAt);
        var endless = XElement.Parse(Lease.Replace("604800", "0", StringComparison.Ordinal));
        Assert.Null(new VcdLease(entity, endless, "h", now).RuntimeLease);
        Assert.False(new VcdLease(entity, endless, "h", new DateTimeOffset(2019, 1, 1, 0, 0, 0, TimeSpan.Zero)).IsExpired);
        var template = new VcdLease(new XElement("VAppTemplate"), entity.Elements().Single(), "h", now);
        Assert.Equal((true, null, null), (template.IsOfTemplate, template.RuntimeLease, template.RuntimeLeaseExpiresAt));
    }

    [Fact]
    public async Task Sections_are_sent_to_where_their_edit_link_leads()
    {
        var fake = new VcdFake(r => r.Uri.AbsolutePath == VApp
            ? VcdFake.Xml($"<VApp xmlns=\"{VcdXml.Namespace}\" name=\"web\" href=\"{VcdFake.Host}{VApp}\">{Lease}{Startup}<Children><Vm name=\"vm1\"/><Vm name=\"no item yet\"/></Children></VApp>")
            : r.Method == "PUT" ? VcdFake.Xml($"<Task xmlns=\"{VcdXml.Namespace}\" status=\"running\" href=\"{VcdFake.Host}/api/task/1\"/>") : null);
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        Assert.Equal(["vm1", "vm2"], (await client.GetStartupOrderAsync(VApp, CancellationToken.None)).Select(i => i.VM), StringComparer.Ordinal);
        Assert.Equal(["no item yet", "vm1"], await client.GetMachineNamesAsync(VApp, CancellationToken.None), StringComparer.Ordinal);
        await client.SetStartupOrderAsync(VApp, Changes, CancellationToken.None);
        await client.SetLeaseAsync(VApp, TimeSpan.Zero, TimeSpan.FromHours(1), CancellationToken.None);
        var puts = fake.Handler.Sent.Where(r => r.Method == "PUT").ToArray();
        Assert.Equal(["/api/edit/startup application/vnd.vmware.vcloud.startupSection+xml", "/api/edit/lease application/vnd.vmware.vcloud.leaseSettingsSection+xml"], puts.Select(r => $"{r.Uri.AbsolutePath} {r.ContentType}"), StringComparer.Ordinal);
        Assert.Equal("0", VcdXml.ChildText(XElement.Parse(puts[1].Body!), "DeploymentLeaseInSeconds"));
    }

    [Fact]
    public async Task The_longest_leases_are_the_organizations()
    {
        const string Vdc = "/api/vdc/00000000-0000-4000-8000-000000000001";
        const string Org = "/api/org/00000000-0000-4000-8000-000000000002";
        var seesSettings = true;
        var fake = new VcdFake(r => r.Uri.AbsolutePath switch
        {
            VApp => VcdFake.Xml($"<VApp xmlns=\"{VcdXml.Namespace}\" name=\"web\"><Link rel=\"up\" type=\"application/vnd.vmware.vcloud.vdc+xml\" href=\"{VcdFake.Host}{Vdc}\"/></VApp>"),
            Vdc => VcdFake.Xml($"<Vdc xmlns=\"{VcdXml.Namespace}\"><Link rel=\"up\" type=\"application/vnd.vmware.vcloud.org+xml\" href=\"{VcdFake.Host}{Org}\"/></Vdc>"),
            Org => VcdFake.Xml($"<Org xmlns=\"{VcdXml.Namespace}\" name=\"acme\" href=\"{VcdFake.Host}{Org}\"/>"),
            "/api/admin/org/00000000-0000-4000-8000-000000000002" => seesSettings
                ? VcdFake.Xml($"<AdminOrg xmlns=\"{VcdXml.Namespace}\" name=\"acme\"><Settings><VAppLeaseSettings><DeploymentLeaseSeconds>604800</DeploymentLeaseSeconds><StorageLeaseSeconds>0</StorageLeaseSeconds></VAppLeaseSettings><VAppTemplateLeaseSettings><StorageLeaseSeconds>3600</StorageLeaseSeconds></VAppTemplateLeaseSettings></Settings></AdminOrg>")
                : VcdFake.Xml("<Error majorErrorCode=\"403\" minorErrorCode=\"ACCESS_TO_RESOURCE_IS_FORBIDDEN\" message=\"no\"/>", System.Net.HttpStatusCode.Forbidden),
            _ => null,
        });
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        Assert.Equal(new VcdLeaseLimits("acme", TimeSpan.FromDays(7), null, TimeSpan.FromHours(1)), await client.GetLeaseLimitsAsync(VApp, CancellationToken.None));
        seesSettings = false;
        Assert.Null(await client.GetLeaseLimitsAsync(VApp, CancellationToken.None));
    }

    [Fact]
    public void A_lease_that_cannot_be_is_told_with_its_reason()
    {
        Assert.Null(VcdClient.FaultOf(TimeSpan.FromDays(7), TimeSpan.FromDays(7), "acme"));
        Assert.Null(VcdClient.FaultOf(TimeSpan.Zero, null, null));
        Assert.Contains("at most 7.00:00:00", VcdClient.FaultOf(TimeSpan.FromSeconds(604801), TimeSpan.FromDays(7), "acme"), StringComparison.Ordinal);
        Assert.Contains("none for ever", VcdClient.FaultOf(TimeSpan.Zero, TimeSpan.FromDays(7), "acme"), StringComparison.Ordinal);
        Assert.Contains("time span", VcdClient.FaultOf(new TimeSpan(604800), null, null), StringComparison.Ordinal);
        Assert.Contains("time span", VcdClient.FaultOf(TimeSpan.FromSeconds(7200.5), null, null), StringComparison.Ordinal);
        Assert.Contains("negative", VcdClient.FaultOf(TimeSpan.FromDays(-1), null, null), StringComparison.Ordinal);
        Assert.Contains("at most", VcdClient.FaultOf(TimeSpan.FromDays(100_000), null, null), StringComparison.Ordinal);
    }
}
