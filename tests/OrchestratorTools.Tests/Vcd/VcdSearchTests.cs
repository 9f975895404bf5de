using System.Globalization;
using System.Net;
using System.Web;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>facts/vcd.md, "Query": searches of any type.</summary>
public sealed class VcdSearchTests
{
    private static readonly string TypeList = "<QueryList xmlns=\"http://www.vmware.com/vcloud/v1.5\">" + string.Concat(new[] { "vm", "vApp", "adminVApp" }.SelectMany(t => new[] { "references", "records", "idrecords" }.Select(f =>
        $"<Link rel=\"down\" type=\"application/vnd.vmware.vcloud.query.{f}+xml\" name=\"{t}\" href=\"{VcdFake.Host}/api/query?type={t}&amp;format={f}\"/>"))) + "</QueryList>";

    public static TheoryData<object, string> Values => new()
    {
        { "plain", "name==plain" },
        { "web*", "name==web*" },
        { "*b*c", "name==*b*c" },
        { "a`*b", "name==a%2Ab" },
        { "a``*", "name==a%60*" },
        { "tick`end", "name==tick%60end" },
        { "a;b,c==d (e)", "name==a%3Bb%2Cc%3D%3Dd%20%28e%29" },
        { "100% & more!", "name==100%25%20%26%20more%21" },
        { "数据", "name==%E6%95%B0%E6%8D%AE" },
        { 42, "name==42" },
        { 1.5, "name==1.5" },
        { -3L, "name==-3" },
        { true, "name==true" },
        { new DateTimeOffset(2024, 5, 1, 10, 0, 0, TimeSpan.FromHours(2)), "name==2024-05-01T08%3A00%3A00.000Z" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_escaped_and_only_the_asterisk_is_a_wildcard(object value, string expected)
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            Assert.Equal(expected, VcdFilter.Of(new VcdFieldCondition("name", [value])));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Comparisons_are_the_services_and_several_are_joined_by_and()
    {
        var conditions = new[]
        {
            new VcdFieldCondition("memoryMB", [4096]) { Comparison = VcdComparison.GreaterOrEqual },
            new VcdFieldCondition("memoryMB", [16384L]) { Comparison = VcdComparison.Less },
            new VcdFieldCondition("dateCreated", [new DateTimeOffset(2024, 5, 1, 10, 0, 0, TimeSpan.FromHours(2))]) { Comparison = VcdComparison.Greater },
            new VcdFieldCondition("numberOfCpus", [8]) { Comparison = VcdComparison.LessOrEqual },
            new VcdFieldCondition("status", ["A,B", "C`*"]) { Comparison = VcdComparison.NotEqual },
        };
        Assert.Equal(
            "(memoryMB=ge=4096);(memoryMB=lt=16384);(dateCreated=gt=2024-05-01T08%3A00%3A00.000Z);(numberOfCpus=le=8);(status!=A%2CB;status!=C%2A)",
            VcdFilter.AllOf(conditions.Select(VcdFilter.Of).ToArray()));
    }

    [Fact]
    public void Several_values_are_joined_by_or() => Assert.Equal("status==A,status==B*", VcdFilter.Of(new VcdFieldCondition("status", ["A", "B*", "A"])));

    [Theory]
    [InlineData("prod", "STRING:prod")]
    [InlineData("a:b", "STRING:a%3Ab")]
    [InlineData(7, "NUMBER:7")]
    [InlineData(2.5, "NUMBER:2.5")]
    [InlineData(false, "BOOLEAN:false")]
    public void Metadata_has_its_type_and_key_and_value_are_escaped(object value, string expected)
    {
        Assert.Equal("metadata:my%20key%3B==" + expected, VcdFilter.Of(new VcdFieldCondition("metadata:my key;", [value])));
        Assert.Equal("metadata@SYSTEM:k==" + expected, VcdFilter.Of(new VcdFieldCondition("metadata@SYSTEM:k", [value])));
    }

    [Fact]
    public void A_metadata_time_is_a_datetime()
        => Assert.Equal("metadata:due==DATETIME:2024-05-01T08%3A00%3A00.000Z", VcdFilter.Of(new VcdFieldCondition("metadata:due", [new DateTimeOffset(2024, 5, 1, 8, 0, 0, TimeSpan.Zero)])));

    [Theory]
    [InlineData("33.0", "&filterEncoded=true&filter=", "(isDeployed==true,isBusy==true);(name==a%20b%2C%20%28c%29*);(metadata:k%20y==STRING:v%25%5C)")]
    [InlineData("34.0", "&filterEncoded=true&filter=", "(isDeployed==true,isBusy==true);(name==a%20b%2C%20%28c%29*);(metadata:k%20y==STRING:v%25%5C)")]
    [InlineData("35.0", "&filter=", @"(isDeployed==true,isBusy==true);(name==a b\, \(c\)*);(metadata:k y==STRING:v%\\)")]
    [InlineData("39.1", "&filter=", @"(isDeployed==true,isBusy==true);(name==a b\, \(c\)*);(metadata:k y==STRING:v%\\)")]
    public async Task Everything_is_in_the_address_encoded_as_the_version_reads_it(string version, string parameter, string filter)
    {
        var fake = Fake(r => Records("vApp", 0, r), version);
        var search = new VcdSearch
        {
            Type = "vapp",
            Filter = "isDeployed==true,isBusy==true",
            Conditions = [new VcdFieldCondition("name", ["a b, (c)*"]), new VcdFieldCondition("metadata:k y", ["v%\\"])],
            Fields = ["name", "metadata:k y", "metadata@SYSTEM:z"],
            SortBy = "name",
            Descending = true,
        };
        await new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance).SearchAsync(search, CancellationToken.None).ToListAsync();
        var sent = fake.Handler.Sent[^1].Uri.Query;

        // The link of the list, which knows how the type is written; facts: with filterEncoded a percent sign is encoded again.
        Assert.StartsWith("?type=vApp&format=records&page=1&pageSize=128&sortDesc=name&fields=name,metadata%3Ak%20y,metadata%40SYSTEM%3Az" + parameter, sent, StringComparison.Ordinal);
        Assert.Equal(filter, Uri.UnescapeDataString(sent[(sent.IndexOf("&filter=", StringComparison.Ordinal) + 8)..]));
    }

    [Fact]
    public async Task The_types_are_asked_for_once_a_session()
    {
        var fake = Fake(r => Records("VM", 1, r));
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        await client.SearchAsync(new VcdSearch { Type = "VM" }, CancellationToken.None).ToListAsync();
        await client.SearchAsync(new VcdSearch { Type = "vm" }, CancellationToken.None).ToListAsync();
        Assert.Equal(1, fake.Handler.Sent.Count(r => r.Uri is { AbsolutePath: "/api/query", Query: "" }));
        var types = await client.GetQueryTypesAsync(CancellationToken.None);
        Assert.Contains("adminVApp", types, StringComparer.Ordinal);
        Assert.Contains("admin/users", types, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_type_that_is_none_names_those_like_it_and_sends_nothing()
    {
        var fake = Fake(r => Records("VM", 0, r));
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.SearchAsync(new VcdSearch { Type = "vApps2" }, CancellationToken.None).ToListAsync());
        Assert.Equal(OrchestratorErrorKind.NotFound, e.Kind);
        Assert.Contains("Like it are: vApp.", e.Message, StringComparison.Ordinal);
        e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.SearchAsync(new VcdSearch { Type = "xyz" }, CancellationToken.None).ToListAsync());
        Assert.Contains("There are: adminVApp, vApp, vm.", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(fake.Handler.Sent, r => r.Uri.Query.Contains("page=", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("vms", "/api/vms/query")]
    [InlineData("Admin/Users", "/api/admin/users/query")]
    public async Task A_packaged_query_has_an_address_of_its_own(string type, string path)
    {
        var fake = Fake(r => r.Uri.AbsolutePath == path ? Records("VM", 2, r) : null);
        var found = await new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance).SearchAsync(new VcdSearch { Type = type, SortBy = "name" }, CancellationToken.None).ToListAsync();
        Assert.Equal(2, found.Count);
        Assert.Equal("?format=records&page=1&pageSize=128&sortAsc=name", fake.Handler.Sent[^1].Uri.Query);
    }

    [Theory]
    [InlineData(5, 1, "5")]
    [InlineData(128, 1, "128")]
    [InlineData(200, 2, "128")]
    [InlineData(null, 8, "128")]
    public async Task First_bounds_what_is_asked_for(int? first, int pages, string pageSize)
    {
        var fake = Fake(r => Records("VM", 1000, r));
        var found = await new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance).SearchAsync(new VcdSearch { Type = "vm", First = first }, CancellationToken.None).ToListAsync();
        Assert.Equal(first ?? 1000, found.Count);
        var asked = fake.Handler.Sent.Where(r => r.Uri.Query.Contains("page=", StringComparison.Ordinal)).ToArray();
        Assert.InRange(asked.Length, 1, pages);
        Assert.Equal(pageSize, HttpUtility.ParseQueryString(asked[0].Uri.Query)["pageSize"]);
    }

    [Fact]
    public async Task A_wrong_field_names_those_that_there_are()
    {
        var fake = Fake(r => r.Uri.Query.Contains("nosuch", StringComparison.Ordinal)
            ? VcdFake.Xml("<Error majorErrorCode=\"400\" minorErrorCode=\"BAD_REQUEST\" message=\"no property 'nosuch'\"/>", HttpStatusCode.BadRequest)
            : Records("VM", 2, r));
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.SearchAsync(new VcdSearch { Type = "vm", Conditions = [new VcdFieldCondition("nosuch", ["1"])] }, CancellationToken.None).ToListAsync());
        Assert.Equal((OrchestratorErrorKind.Validation, "BAD_REQUEST"), (e.Kind, e.ServerCode));
        Assert.Contains("no property 'nosuch'", e.Message, StringComparison.Ordinal);
        Assert.Contains("The fields of vm here are: href, memoryMB, name ", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", "42", typeof(string))]
    [InlineData("containerName", "true", typeof(string))]
    [InlineData("description", "false", typeof(string))]
    [InlineData("memoryMB", "42", typeof(long))]
    [InlineData("storageUsedMB", "42.5", typeof(double))]
    [InlineData("memoryMB", "lots", typeof(string))]
    [InlineData("isBusy", "true", typeof(bool))]
    [InlineData("snapshot", "false", typeof(bool))]
    [InlineData("isActive", "1", typeof(long))]
    [InlineData("creationDate", "2024-05-01T10:00:00.000+02:00", typeof(DateTimeOffset))]
    [InlineData("dateCreated", "2024-05-01T10:00:00.000+02:00", typeof(DateTimeOffset))]
    [InlineData("dateless", "2024-05-01", typeof(string))]
    [InlineData("status", "4", typeof(string))]
    [InlineData("version", "3", typeof(long))]
    [InlineData("version", "3.x", typeof(string))]
    public void A_field_gets_the_type_that_its_name_promises(string field, string text, Type type) => Assert.IsType(type, VcdFieldTypes.Read(field, text));

    /// <summary>The rule against every field of every record type of the schema.</summary>
    [SkippableFact]
    public void The_rule_agrees_with_the_schema()
    {
        var path = Path.Combine(Simulator.SharedFolder, "specs", "vcd-xsd", "1.5", "schemas", "vcloud", "queryRecordView.xsd");
        Skip.IfNot(File.Exists(path), "The vCloud schemas are not beside the repository.");
        XNamespace xs = "http://www.w3.org/2001/XMLSchema";
        var checkedFields = 0;
        foreach (var attribute in XElement.Load(path).Elements(xs + "complexType").Where(t => ((string)t.Attribute("name")!).EndsWith("RecordType", StringComparison.Ordinal)).SelectMany(t => t.Descendants(xs + "attribute")))
        {
            var (name, type) = ((string)attribute.Attribute("name")!, (string)attribute.Attribute("type")!);
            var (text, expected) = type switch
            {
                "xs:boolean" => ("true", typeof(bool)),
                "xs:int" or "xs:long" or "xs:integer" => ("42", typeof(long)),
                "xs:float" => ("4.5", typeof(double)),
                "xs:dateTime" => ("2024-05-01T10:00:00.000Z", typeof(DateTimeOffset)),
                _ => ("42", typeof(string)),
            };
            if (name is "version" && expected == typeof(string))
            {
                // A number of most types, a text of one: it is a number where it looks like one.
                continue;
            }

            Assert.True(expected == VcdFieldTypes.Read(name, text).GetType(), $"{name} is {type}");
            checkedFields++;
        }

        Assert.True(checkedFields > 800, "the schema was read");
    }

    [Fact]
    public async Task Records_have_their_fields_and_their_metadata_with_types()
    {
        var fake = Fake(r => r.Uri.AbsolutePath == "/api/query" ? VcdFake.Xml($"""
            <QueryResultRecords xmlns="http://www.vmware.com/vcloud/v1.5" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" total="1" page="1" pageSize="128">
              <VMRecord name="7" memoryMB="1024" isBusy="false" href="{VcdFake.Host}/api/vApp/vm-6ef7767a-9522-4f8a-aa61-772ea1dc3145">
                <Metadata>
                  <MetadataEntry><Key>cost</Key><TypedValue xsi:type="MetadataNumberValue"><Value>12</Value></TypedValue></MetadataEntry>
                  <MetadataEntry><Domain visibility="READONLY">SYSTEM</Domain><Key>ha</Key><TypedValue xsi:type="MetadataBooleanValue"><Value>true</Value></TypedValue></MetadataEntry>
                  <MetadataEntry><Key>env</Key><TypedValue xsi:type="MetadataStringValue"><Value>12</Value></TypedValue></MetadataEntry>
                </Metadata>
              </VMRecord>
            </QueryResultRecords>
            """) : null);
        var record = Assert.Single(await new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance).SearchAsync(new VcdSearch { Type = "vm" }, CancellationToken.None).ToListAsync());
        var fields = record.Fields.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        Assert.Equal(("7", 1024L, false), (fields["name"], fields["memoryMB"], fields["isBusy"]));
        Assert.Equal((12L, true, "12"), (fields["metadata:cost"], fields["metadata@SYSTEM:ha"], fields["metadata:env"]));
        Assert.Equal(("urn:vcloud:vm:6ef7767a-9522-4f8a-aa61-772ea1dc3145", "vm"), (record.Id, record.RecordType));
        var vm = Assert.IsType<VcdVM>(record.ToObject());
        Assert.Equal((record.Connection, record.Href), (vm.Connection, vm.Href));
    }

    [Fact]
    public async Task An_id_is_resolved_by_the_servers_link()
    {
        const string id = "urn:vcloud:vapp:6ef7767a-9522-4f8a-aa61-772ea1dc3145";
        var fake = new VcdFake(r => r.Uri.AbsolutePath switch
        {
            "/api/entity/" + id => VcdFake.Xml($"<Entity xmlns=\"http://www.vmware.com/vcloud/v1.5\" id=\"{id}\"><Link rel=\"alternate\" type=\"application/vnd.vmware.vcloud.vApp+xml\" href=\"{VcdFake.Host}/somewhere/else/1\"/></Entity>"),
            "/somewhere/else/1" => VcdFake.Xml("<VApp xmlns=\"http://www.vmware.com/vcloud/v1.5\" name=\"web\"/>"),
            "/api/entity/urn:vcloud:right:6ef7767a-9522-4f8a-aa61-772ea1dc3145" => VcdFake.Xml("<Entity xmlns=\"http://www.vmware.com/vcloud/v1.5\"/>"),
            _ => null,
        });
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        Assert.Equal("web", Assert.IsType<VcdVApp>(await client.ResolveEntityAsync(id, CancellationToken.None)).Name);
        Assert.Equal(OrchestratorErrorKind.Protocol, (await Assert.ThrowsAsync<OrchestratorApiException>(() => client.ResolveEntityAsync("urn:vcloud:right:6ef7767a-9522-4f8a-aa61-772ea1dc3145", CancellationToken.None))).Kind);
        var before = fake.Handler.Sent.Count;
        foreach (var wrong in new[] { "6ef7767a-9522-4f8a-aa61-772ea1dc3145", "urn:vcloud:vapp:", "urn:vcloud:vapp:nonsense", "https://cell.example.com/api/vApp/vapp-6ef7767a-9522-4f8a-aa61-772ea1dc3145" })
        {
            Assert.Equal(OrchestratorErrorKind.Validation, (await Assert.ThrowsAsync<OrchestratorApiException>(() => client.ResolveEntityAsync(wrong, CancellationToken.None))).Kind);
        }

        Assert.Equal(before, fake.Handler.Sent.Count);
    }

    private static VcdFake Fake(Func<SentRequest, HttpResponseMessage?> answer, string version = "37.0")
        => new(r => r.Uri is { AbsolutePath: "/api/query", Query: "" } ? VcdFake.Xml(TypeList) : r.Uri.AbsolutePath.EndsWith("/query", StringComparison.Ordinal) ? answer(r) : null)
        {
            Versions = VcdFake.VersionList((version, false, VcdFake.Host + "/cloudapi/1.0.0/sessions", VcdFake.Host + "/cloudapi/1.0.0/sessions/provider")),
        };

    private static HttpResponseMessage Records(string type, int total, SentRequest request)
    {
        var query = HttpUtility.ParseQueryString(request.Uri.Query);
        var (page, size) = (int.Parse(query["page"]!, CultureInfo.InvariantCulture), int.Parse(query["pageSize"]!, CultureInfo.InvariantCulture));
        var records = string.Concat(Enumerable.Range((page - 1) * size, Math.Max(0, Math.Min(total, page * size) - ((page - 1) * size))).Select(i => $"<{type}Record name=\"n{i}\" memoryMB=\"{i}\" href=\"{VcdFake.Host}/api/x/{i}\"/>"));
        return VcdFake.Xml(string.Create(CultureInfo.InvariantCulture, $"<QueryResultRecords xmlns=\"http://www.vmware.com/vcloud/v1.5\" total=\"{total}\" page=\"{page}\" pageSize=\"{size}\">{records}</QueryResultRecords>"));
    }
}
