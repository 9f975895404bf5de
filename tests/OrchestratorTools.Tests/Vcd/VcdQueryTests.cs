using System.Net;
using System.Text;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>facts/vcd.md, "Query".</summary>
public sealed class VcdQueryTests
{
    [Theory]
    [InlineData("name==base%2A", "base")]
    [InlineData("name==My%2520ISO%2A", "My ISO")]
    [InlineData("name==a%253Bb%252Cc%253D%253Dd%2A", "a;b,c==d")]
    [InlineData("name==%2528x%2529%2A", "(x)")]
    [InlineData("name==100%2525%2520%2526%2520more%2A", "100% & more")]
    [InlineData("name==%252A%2A", "*")]
    [InlineData("name==it%2527s%2520%2522q%2522%2520%253Cb%253E%2A", "it's \"q\" <b>")]
    [InlineData("name==a%250Ab%2A", "a\nb")]
    [InlineData("name==%25E6%2595%25B0%2A", "数")]
    public void A_value_is_encoded_in_the_filter_and_again_in_the_address(string expected, string name)
        => Assert.Equal(expected.Replace("==", "%3D%3D", StringComparison.Ordinal), Uri.EscapeDataString(VcdFilter.AnyOf("name", [VcdNamePattern.Of(name)])!));

    [Theory]
    [InlineData("name==a*b", "a", "b")]
    [InlineData("name==*b", "", "b")]
    [InlineData("name==a*", "a", "", "")]
    [InlineData(null, "", "")]
    [InlineData("name==%2A*x", "*", "x")]
    public void Gaps_become_wildcards(string? expected, params string[] pieces)
        => Assert.Equal(expected, VcdFilter.AnyOf("name", [new VcdNamePattern(pieces)]));

    [Fact]
    public void Conditions_are_joined_by_and_names_by_or()
    {
        var names = VcdFilter.AnyOf("name", [VcdNamePattern.Of("a"), VcdNamePattern.Of("b")]);
        Assert.Equal("(name==a*,name==b*);(orgName==c*)", VcdFilter.AllOf(names, null, VcdFilter.AnyOf("orgName", [VcdNamePattern.Of("c")])));
        Assert.Null(VcdFilter.AllOf(null, VcdFilter.AnyOf("name", [])));

        // One of the names means everything: so does the whole.
        Assert.Null(VcdFilter.AnyOf("name", [VcdNamePattern.Of("a"), new VcdNamePattern([string.Empty, string.Empty])]));

        // Too long for a request line: everything is asked for, and compared here.
        Assert.Null(VcdFilter.AnyOf("name", Enumerable.Range(0, 1000).Select(i => VcdNamePattern.Of("name-" + i))));
    }

    [Theory]
    [InlineData(128, 0, 1)]
    [InlineData(128, 1, 1)]
    [InlineData(128, 128, 1)]
    [InlineData(128, 129, 2)]
    [InlineData(128, 1000, 8)]
    [InlineData(25, 60, 3)]
    public async Task All_pages_are_read_and_not_one_more(int pageSize, int total, int pages)
    {
        var fake = new VcdFake(r => Page(r, pageSize, total));
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var names = (await client.GetCatalogsAsync([], [], CancellationToken.None).ToListAsync()).Select(c => c.Name);
        Assert.Equal(string.Join(' ', Enumerable.Range(0, total).Select(i => $"c{i:0000}")), string.Join(' ', names));
        Assert.Equal(pages, fake.Handler.Sent.Count(r => r.Uri.AbsolutePath == "/api/query"));
    }

    // DESIGN, "Requests" 4: the next page when a quarter of the present one was taken, never before.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(32, 1)]
    [InlineData(40, 2)]
    [InlineData(128, 2)]
    [InlineData(130, 2)]
    public async Task Who_takes_the_first_few_asks_for_no_further_page(int taken, int pages)
    {
        var fake = new VcdFake(r => Page(r, 128, 1000));
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        await client.GetCatalogsAsync([], [], CancellationToken.None).ToListAsync(taken);
        Assert.Equal(pages, fake.Handler.Sent.Count(r => r.Uri.AbsolutePath == "/api/query"));
    }

    [Fact]
    public async Task The_provider_asks_for_the_admin_types()
    {
        var fake = new VcdFake();
        var client = new VcdClient(await fake.ConnectAsync(VcdFake.Alice with { Organization = "System" }), SilentObserver.Instance);
        await client.GetCatalogsAsync([], [], CancellationToken.None).ToListAsync();
        await client.GetCatalogItemsAsync([], [], VcdCatalogItemType.Media, CancellationToken.None).ToListAsync();
        await client.GetTasksAsync(CancellationToken.None).ToListAsync();
        await client.GetOrgsAsync([], CancellationToken.None).ToListAsync();
        var types = fake.Handler.Sent.Where(r => r.Uri.AbsolutePath == "/api/query").Select(r => r.Uri.Query.Split('&')[0]);
        Assert.Equal("?type=adminCatalog ?type=adminCatalogItem ?type=adminTask ?type=organization", string.Join(' ', types));
    }

    [Fact]
    public async Task Who_may_not_query_organizations_gets_the_list()
    {
        var fake = new VcdFake(r => r.Uri.AbsolutePath switch
        {
            "/api/query" => VcdFake.Xml("<Error majorErrorCode=\"403\" minorErrorCode=\"ACCESS_TO_RESOURCE_IS_FORBIDDEN\" message=\"no\"/>", HttpStatusCode.Forbidden),
            "/api/org" => VcdFake.Xml($"<OrgList xmlns=\"http://www.vmware.com/vcloud/v1.5\"><Org name=\"acme\" href=\"{VcdFake.Host}/api/org/6f312e42-cd2b-488d-a2bb-97519cd57ed0\"/></OrgList>"),
            _ => null,
        });
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var org = Assert.Single(await client.GetOrgsAsync([], CancellationToken.None).ToListAsync());
        Assert.Equal(("acme", "urn:vcloud:org:6f312e42-cd2b-488d-a2bb-97519cd57ed0"), (org.Name, org.Id));
    }

    [Fact]
    public async Task What_the_class_does_not_name_stays_reachable()
    {
        var fake = new VcdFake(r => r.Uri.AbsolutePath == "/api/query"
            ? VcdFake.Xml($"<QueryResultRecords total=\"1\"><CatalogRecord name=\"n\" href=\"{VcdFake.Host}/api/catalog/7212e451-76e1-4631-b2de-ba1dfd8080e4\" creationDate=\"2012-02-07T00:16:28.323-05:00\" isShared=\"true\" somethingNew=\"42\"/></QueryResultRecords>")
            : null);
        var catalog = Assert.Single(await new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance).GetCatalogsAsync([], [], CancellationToken.None).ToListAsync());
        Assert.Equal("42", catalog.AdditionalProperties["somethingNew"]);
        Assert.Equal("urn:vcloud:catalog:7212e451-76e1-4631-b2de-ba1dfd8080e4", catalog.Id);
        Assert.Equal(new DateTimeOffset(2012, 2, 7, 5, 16, 28, 323, TimeSpan.Zero), catalog.CreatedAt);
        Assert.True(catalog.IsShared);
    }

    private static HttpResponseMessage? Page(Http.SentRequest request, int pageSize, int total)
    {
        if (request.Uri.AbsolutePath != "/api/query")
        {
            return null;
        }

        var page = int.Parse(System.Web.HttpUtility.ParseQueryString(request.Uri.Query)["page"]!, System.Globalization.CultureInfo.InvariantCulture);
        var text = new StringBuilder($"<QueryResultRecords xmlns=\"http://www.vmware.com/vcloud/v1.5\" total=\"{total}\" page=\"{page}\" pageSize=\"{pageSize}\">");
        for (var i = (page - 1) * pageSize; i < Math.Min(total, page * pageSize); i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"<CatalogRecord name=\"c{i:0000}\" href=\"{VcdFake.Host}/api/catalog/{Guid.NewGuid()}\"/>");
        }

        return VcdFake.Xml(text.Append("</QueryResultRecords>").ToString());
    }
}
