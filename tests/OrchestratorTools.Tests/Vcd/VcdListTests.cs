using System.Net;
using System.Web;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Lists of every kind: what the server is asked, as whom, and what is taken from the answer.</summary>
public sealed class VcdListTests
{
    private const string Acme = "6f312e42-cd2b-488d-a2bb-97519cd57ed0";
    private const string Globex = "7c7231a1-1df6-4e1e-baf5-d83f624ff92f";
    private static readonly VcdLogin Provider = VcdFake.Alice with { Organization = "System" };

    public static TheoryData<Type, string, string> Kinds => new()
    {
        { typeof(VcdOrg), "organization", "organization" },
        { typeof(VcdVdc), "orgVdc", "adminOrgVdc" },
        { typeof(VcdCatalog), "catalog", "adminCatalog" },
        { typeof(VcdCatalogItem), "catalogItem", "adminCatalogItem" },
        { typeof(VcdMedia), "media", "adminMedia" },
        { typeof(VcdTemplate), "vAppTemplate", "adminVAppTemplate" },
        { typeof(VcdVApp), "vApp", "adminVApp" },
        { typeof(VcdVM), "vm", "adminVM" },
        { typeof(VcdNetwork), "orgVdcNetwork", "orgVdcNetwork" },
        { typeof(VcdDisk), "disk", "adminDisk" },
        { typeof(VcdStorageProfile), "orgVdcStorageProfile", "adminOrgVdcStorageProfile" },
        { typeof(VcdUser), "user", "adminUser" },
        { typeof(VcdGroup), "group", "adminGroup" },
        { typeof(VcdRole), "role", "role" },
        { typeof(VcdEdgeGateway), "edgeGateway", "edgeGateway" },
        { typeof(VcdTask), "task", "adminTask" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Each_kind_is_asked_for_by_its_type(Type type, string tenants, string providers)
    {
        foreach (var (login, expected) in new[] { (VcdFake.Alice, tenants), (Provider, providers) })
        {
            var fake = new VcdFake();
            var client = new VcdClient(await fake.ConnectAsync(login), SilentObserver.Instance);
            await (Task)typeof(VcdListTests).GetMethod(nameof(ListAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [client])!;
            var sent = Assert.Single(fake.Handler.Sent, r => r.Uri.AbsolutePath == "/api/query");
            var query = HttpUtility.ParseQueryString(sent.Uri.Query);
            Assert.Equal((expected, "records", "128"), (query["type"], query["format"], query["pageSize"]));
            Assert.Equal(type == typeof(VcdTask) ? (null, "startDate") : ("name", null), (query["sortAsc"], query["sortDesc"]));
        }
    }

    [Fact]
    public async Task Old_servers_have_networks_of_organizations()
    {
        var fake = new VcdFake { Versions = VcdFake.VersionList(("1.5", false, VcdFake.Host + "/api/sessions", null)), LoginHeaders = [("x-vcloud-authorization", "0123456789abcdef0123456789abcdef")] };
        await new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance).ListAsync<VcdNetwork>(new VcdListing(), CancellationToken.None).ToListAsync();
        Assert.Contains("type=orgNetwork", fake.Handler.Sent[^1].Uri.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conditions_narrow_the_question()
    {
        var fake = new VcdFake();
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var listing = new VcdListing
        {
            Names = [VcdNamePattern.Of("web")],
            Conditions = [new VcdCondition("vdcName") { Patterns = [VcdNamePattern.Of("a;b"), VcdNamePattern.Of("c")] }, new VcdCondition("status") { Values = ["running", "queued"] }, new VcdCondition("nothing")],
        };
        await client.ListAsync<VcdVApp>(listing, CancellationToken.None).ToListAsync();
        Assert.Equal("(name==web*);(vdcName==a\\;b*,vdcName==c*);(status==running,status==queued)", HttpUtility.ParseQueryString(fake.Handler.Sent[^1].Uri.Query)["filter"]);
    }

    [Fact]
    public async Task The_provider_acts_for_an_organization_by_both_headers()
    {
        var fake = new VcdFake(r => r.Uri.AbsolutePath == "/api/query" ? Records($"<AdminVAppRecord name=\"theirs\" org=\"{VcdFake.Host}/api/org/{Globex}\"/><AdminVAppRecord name=\"others\" org=\"{VcdFake.Host}/api/org/{Acme}\"/><AdminVAppRecord name=\"silent\"/>") : null);
        var tenant = new VcdTenant("globex", Globex);
        var client = new VcdClient(await fake.ConnectAsync(Provider), SilentObserver.Instance) { Tenant = tenant };
        var found = await client.ListAsync<VcdVApp>(new VcdListing { Organization = tenant }, CancellationToken.None).ToListAsync();

        // What says that it belongs to another organization is not passed on, even if the server took no notice of the headers.
        Assert.Equal("theirs silent", string.Join(' ', found.Select(v => v.Name)));
        var sent = fake.Handler.Sent[^1];
        Assert.Equal((Globex, "globex"), (sent.Headers["X-VMWARE-VCLOUD-TENANT-CONTEXT"], sent.Headers["X-VMWARE-VCLOUD-AUTH-CONTEXT"]));

        await new VcdClient(client.Session, SilentObserver.Instance).ListAsync<VcdVApp>(new VcdListing(), CancellationToken.None).ToListAsync();
        Assert.DoesNotContain(fake.Handler.Sent[^1].Headers, h => h.Key.EndsWith("-CONTEXT", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("naïve & co", false)]
    [InlineData("plain & co", true)]
    public async Task A_name_that_no_header_can_hold_is_left_out(string name, bool sent)
    {
        var fake = new VcdFake();
        var client = new VcdClient(await fake.ConnectAsync(Provider), SilentObserver.Instance) { Tenant = new VcdTenant(name, Globex) };
        await client.ListAsync<VcdVApp>(new VcdListing(), CancellationToken.None).ToListAsync();
        Assert.Equal(Globex, fake.Handler.Sent[^1].Headers["X-VMWARE-VCLOUD-TENANT-CONTEXT"]);
        Assert.Equal(sent, fake.Handler.Sent[^1].Headers.ContainsKey("X-VMWARE-VCLOUD-AUTH-CONTEXT"));
    }

    [Fact]
    public async Task Where_records_have_the_organizations_name_they_are_asked_for_by_it()
    {
        var fake = new VcdFake(r => r.Uri.AbsolutePath == "/api/query" ? Records("<TaskRecord name=\"a\" orgName=\"GLOBEX\"/><TaskRecord name=\"b\" orgName=\"acme\"/>") : null);
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var found = await client.ListAsync<VcdTask>(new VcdListing { Organization = new VcdTenant("globex", Globex) }, CancellationToken.None).ToListAsync();
        Assert.Equal("a", Assert.Single(found).Name);
        Assert.Equal("orgName==globex*", HttpUtility.ParseQueryString(fake.Handler.Sent[^1].Uri.Query)["filter"]);
    }

    [Fact]
    public async Task Details_come_in_the_lists_order_with_what_only_the_list_says()
    {
        string[] names = ["a", "b", "c", "d", "e", "f", "g"];
        var fake = new VcdFake(r => r.Uri.AbsolutePath switch
        {
            "/api/query" => Records(string.Concat(names.Select(n => $"<VAppRecord name=\"{n}\" vdcName=\"vdc-of-{n}\" status=\"POWERED_ON\" isBusy=\"false\" href=\"{VcdFake.Host}/api/vApp/{n}\"/>"))),
            "/api/vApp/d" => VcdFake.Xml("<Error majorErrorCode=\"403\" minorErrorCode=\"ACCESS_TO_RESOURCE_IS_FORBIDDEN\" message=\"gone\"/>", HttpStatusCode.Forbidden),
            var path when path.StartsWith("/api/vApp/", StringComparison.Ordinal) => VcdFake.Xml($"<VApp xmlns=\"http://www.vmware.com/vcloud/v1.5\" name=\"{path[^1..]}\" status=\"8\" href=\"{VcdFake.Host}{path}\"><Link rel=\"edit\" href=\"{VcdFake.Host}{path}\"/></VApp>"),
            _ => null,
        });
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var details = await client.DetailAsync(client.ListAsync<VcdVApp>(new VcdListing { ForDetails = true }, CancellationToken.None), CancellationToken.None).ToListAsync();
        Assert.Equal("a b c  e f g", string.Join(' ', details.Select(d => d.Item?.Name)));
        Assert.Equal(("d", OrchestratorErrorKind.NotFound), (details[3].Record.Name, details[3].Error!.Kind));
        var first = details[0].Item!;

        // The name of the virtual data center is the list's, the status the entity's own.
        Assert.Equal(("vdc-of-a", "POWERED_OFF", 8, false), (first.Vdc, first.Status, first.StatusCode, first.IsBusy));
        Assert.Equal("edit", Assert.Single(first.Links).Rel);
        Assert.False(first.IsRecord);
    }

    [Fact]
    public async Task Who_takes_one_detail_asks_for_few()
    {
        var fake = new VcdFake(r => r.Uri.AbsolutePath switch
        {
            "/api/query" => Records(string.Concat(Enumerable.Range(0, 100).Select(n => $"<VAppRecord name=\"{n}\" href=\"{VcdFake.Host}/api/vApp/{n}\"/>"))),
            var path when path.StartsWith("/api/vApp/", StringComparison.Ordinal) => VcdFake.Xml("<VApp xmlns=\"http://www.vmware.com/vcloud/v1.5\"/>"),
            _ => null,
        });
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        await client.DetailAsync(client.ListAsync<VcdVApp>(new VcdListing(), CancellationToken.None), CancellationToken.None).ToListAsync(1);
        Assert.InRange(fake.Handler.Sent.Count(r => r.Uri.AbsolutePath.StartsWith("/api/vApp/", StringComparison.Ordinal)), 1, 4);
    }

    private static Task<List<T>> ListAsync<T>(VcdClient client)
        where T : VcdObject
        => client.ListAsync<T>(new VcdListing(), CancellationToken.None).ToListAsync();

    private static HttpResponseMessage Records(string records)
        => VcdFake.Xml($"<QueryResultRecords xmlns=\"http://www.vmware.com/vcloud/v1.5\" total=\"{records.Split("Record ").Length - 1}\" page=\"1\" pageSize=\"128\">{records}</QueryResultRecords>");
}
