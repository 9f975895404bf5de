using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The simulated query service, asked by plain HTTP.</summary>
public sealed class VcdSimulatorQueryTests : IClassFixture<VcdServer>
{
    private const string Version = "37.2";
    private static readonly string[] Versions = ["37.2", "30.0", "5.1", "1.5", "39.1"];
    private readonly VcdServer _server;

    public VcdSimulatorQueryTests(VcdServer server) => _server = server;

    [Theory]
    [InlineData("acme", 0, "vm vApp vAppTemplate catalogItem disk user group role right edgeGateway orgVdcNetwork organization task", "adminVM adminVApp adminUser providerVdc datastore")]
    [InlineData("acme", 1, "vm vApp media task orgVdcNetwork", "role right edgeGateway organization adminVM strandedUser")]
    [InlineData("System", 0, "adminVM adminVApp adminUser adminOrgVdc providerVdc datastore strandedItem vm role", "")]
    public async Task The_list_names_the_types_that_a_role_may_ask_for_and_each_of_them_answers(string organization, int nth, string has, string hasNot)
    {
        using var raw = await LoginAsync(organization, nth);
        var list = await raw.GetAsync("query");
        var links = list.Elements(VcdRaw.Ns + "Link").ToList();
        var names = links.Values("name").Distinct(StringComparer.Ordinal).ToList();
        Assert.Empty(has.Split(' ').Except(names, StringComparer.Ordinal));
        Assert.Empty(hasNot.Split(' ').Intersect(names, StringComparer.Ordinal));
        foreach (var link in links)
        {
            var answer = await raw.QueryAsync(link.Text("href"));
            Assert.Equal((link.Text("name"), link.Text("type")), (answer.Text("name"), answer.Text("type")));
            Assert.True(int.Parse(answer.Text("total"), CultureInfo.InvariantCulture) >= 0);
        }

        foreach (var name in hasNot.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Equal("ACCESS_TO_RESOURCE_IS_FORBIDDEN", (await raw.RefusedAsync($"query?type={name}", 403)).Text("minorErrorCode"));
        }
    }

    [Fact]
    public async Task There_are_eighty_odd_types_and_the_number_goes_by_the_version()
    {
        var counts = new List<int>();
        foreach (var version in new[] { "1.5", "5.1", "30.0", "39.1" })
        {
            using var raw = await LoginAsync("System", 0, version);
            counts.Add((await raw.GetAsync("query")).Elements(VcdRaw.Ns + "Link").Values("name").Distinct(StringComparer.Ordinal).Count());
        }

        Assert.True(counts[0] < counts[1] && counts[1] < counts[2], string.Join(' ', counts));
        Assert.InRange(counts[2], 80, 90);
        Assert.InRange(counts[3], 75, 90);
    }

    [Theory]
    [InlineData("type=nosuch", "nosuch")]
    [InlineData("type=VM", "VM")]
    [InlineData("type=vm&format=csv", "csv")]
    [InlineData("type=event&format=references", "references")]
    [InlineData("type=vm&fields=name,nosuch", "nosuch")]
    [InlineData("type=vm&filter=nosuch==1", "nosuch")]
    [InlineData("type=vm&sortAsc=nosuch", "nosuch")]
    [InlineData("type=vm&sortDesc=metadata:rank", "metadata")]
    [InlineData("type=vm&page=0", "page")]
    [InlineData("type=vm&pageSize=none", "pageSize")]
    [InlineData("type=vm&filter=numberOfCpus==many", "many")]
    [InlineData("type=vm&filter=isDeployed==perhaps", "perhaps")]
    [InlineData("type=vApp&filter=creationDate=gt=yesterday", "yesterday")]
    [InlineData("type=vm&filter=name=gt=a", "name")]
    [InlineData("type=vm&filter=name", "name")]
    [InlineData("type=vm&filter=(name==a", "Unmatched")]
    [InlineData("type=vm&filter=name==a)", "Unmatched")]
    [InlineData("type=vm&filter=name==erp (production)", "Unmatched")]
    [InlineData("type=vm&filter=name==Discovered VM (", "Unmatched")]
    [InlineData("type=vm&filter=name==a;;name==b", "cannot be read")]
    [InlineData("type=vm&fields=metadata:a,metadata:b,metadata:c,metadata:d,metadata:e,metadata:f,metadata:g,metadata:h,metadata:i", "8")]
    [InlineData("vApps/query?type=vApp", "type")]
    public async Task What_cannot_be_asked_is_a_bad_request_that_says_why(string query, string word)
    {
        using var raw = await LoginAsync();
        var error = await raw.RefusedAsync(query.Contains('?', StringComparison.Ordinal) ? query : $"query?{query}", 400);
        Assert.Equal("BAD_REQUEST", error.Text("minorErrorCode"));
        Assert.Contains(word, error.Text("message"), StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<XElement, bool>> Filters => new()
    {
        { "status==POWERED_ON", r => r.Text("status") == "POWERED_ON" },
        { "status!=POWERED_ON", r => r.Text("status") != "POWERED_ON" },
        { "name==web", r => r.Text("name") == "web" },
        { "name==web*", r => r.Text("name").StartsWith("web", StringComparison.OrdinalIgnoreCase) },
        { "name==*b*", r => r.Text("name").Contains('b', StringComparison.OrdinalIgnoreCase) },
        { "name==*E*r*", r => System.Text.RegularExpressions.Regex.IsMatch(r.Text("name"), "e.*r", System.Text.RegularExpressions.RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)) },
        { "name!=web*", r => r.Text("name") != "web*" },
        { "numberOfCpus=gt=2", r => Number(r, "numberOfCpus") > 2 },
        { "numberOfCpus=ge=2;numberOfCpus=lt=8", r => Number(r, "numberOfCpus") is >= 2 and < 8 },
        { "numberOfCpus=le=1,isDeployed==true", r => Number(r, "numberOfCpus") <= 1 || r.Text("isDeployed") == "true" },
        { "(name==web*,name==mail*);(isDeployed==true)", r => (Starts(r, "web") || Starts(r, "mail")) && r.Text("isDeployed") == "true" },
        { "name==mail*;isDeployed==true,name==web*", r => (Starts(r, "mail") && r.Text("isDeployed") == "true") || Starts(r, "web") },
        { "((isExpired==true))", r => r.Text("isExpired") == "true" },
        { "description==", r => r.Text("description").Length == 0 },
        { "ownerName==alice;isExpired!=true", r => r.Text("ownerName") == "alice" && r.Text("isExpired") != "true" },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_finds_what_it_says(string filter, Func<XElement, bool> holds)
    {
        using var raw = await LoginAsync();
        var all = await raw.RecordsAsync("type=vApp&pageSize=128");
        var expected = all.Where(holds).Values("href");
        Assert.Equal(expected, (await raw.RecordsAsync($"type=vApp&pageSize=128&filter={Uri.EscapeDataString(filter)}")).Values("href"));
    }

    [Fact]
    public async Task A_time_is_compared_as_a_time_and_a_reference_by_its_address_or_its_id()
    {
        using var raw = await LoginAsync();
        var all = await raw.RecordsAsync("type=vApp&pageSize=128");
        var middle = all.OrderBy(r => Time(r)).ElementAt(all.Count / 2);
        var utc = Time(middle).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        Assert.Equal(all.Count(r => Time(r) < Time(middle)), (await raw.RecordsAsync($"type=vApp&pageSize=128&filter=creationDate=lt={Uri.EscapeDataString(utc)}")).Count);

        var href = (await raw.RecordsAsync("type=vm&filter=isVAppTemplate==false&pageSize=1"))[0].Text("container");
        var byHref = await raw.RecordsAsync($"type=vm&pageSize=128&filter=container=={Uri.EscapeDataString(href)}");
        Assert.NotEmpty(byHref);
        Assert.All(byHref, r => Assert.Equal(href, r.Text("container")));
        var id = href[^36..];
        Assert.Equal(byHref.Values("href"), (await raw.RecordsAsync($"type=vm&pageSize=128&filter=container=={id}")).Values("href"));
        Assert.Equal(byHref.Values("href"), (await raw.RecordsAsync($"type=vm&pageSize=128&filter=container==urn:vcloud:vapp:{id}")).Values("href"));

        static DateTimeOffset Time(XElement record) => DateTimeOffset.Parse(record.Text("creationDate"), CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("37.2")]
    [InlineData("30.0")]
    public async Task Every_name_can_be_asked_for_whatever_stands_in_it(string version)
    {
        using var raw = await LoginAsync("acme", 0, version);
        foreach (var record in (await raw.RecordsAsync("type=vApp&pageSize=128")).Concat(await raw.RecordsAsync("type=vm&pageSize=128")))
        {
            var name = record.Text("name");
            if (name.Contains('*', StringComparison.Ordinal)) continue;
            var type = record.Name.LocalName == "VAppRecord" ? "vApp" : "vm";
            var found = await raw.RecordsAsync($"type={type}&pageSize=128&{NameFilter(name, version)}");
            Assert.Contains(record.Text("href"), found.Values("href"), StringComparer.Ordinal);
            Assert.All(found, f => Assert.Equal(name, f.Text("name")));
        }
    }

    [Theory]
    [InlineData("37.2", "filter=name==erp%20%5C(production%5C)", 1)]
    [InlineData("37.2", "filterEncoded=true&filter=name==erp%2520%2528production%2529", 0)]
    [InlineData("30.0", "filterEncoded=true&filter=name==erp%2520%2528production%2529", 1)]
    [InlineData("30.0", "filter=name==erp%2520%2528production%2529", 0)]
    public async Task A_filter_is_encoded_as_the_version_reads_it(string version, string filter, int found)
    {
        using var raw = await LoginAsync("acme", 0, version);
        Assert.Equal(found, (await raw.RecordsAsync($"type=vApp&{filter}")).Count);
    }

    [Fact]
    public async Task Pages_are_whole_do_not_overlap_and_are_linked()
    {
        using var raw = await LoginAsync();
        var all = (await raw.RecordsAsync("type=vm&pageSize=128&sortAsc=status")).Values("href");
        var walked = new List<string>();
        var page = await raw.QueryAsync("type=vm&pageSize=7&sortAsc=status&filter=name==*");
        var first = VcdRaw.Link(page, "firstPage");
        var last = VcdRaw.Link(page, "lastPage");
        Assert.Null(VcdRaw.FindLink(page, "previousPage"));
        while (true)
        {
            Assert.Equal(all.Count.ToString(CultureInfo.InvariantCulture), page.Text("total"));
            walked.AddRange(VcdRawQueries.Records(page).Values("href"));
            if (VcdRaw.FindLink(page, "nextPage") is not { } next) break;
            var before = page.Text("page");
            page = await raw.QueryAsync(next);
            Assert.Equal(before, (await raw.QueryAsync(VcdRaw.Link(page, "previousPage"))).Text("page"));
        }

        Assert.Equal(all, walked);
        Assert.Equal(page.Text("page"), (await raw.QueryAsync(last)).Text("page"));
        Assert.Equal("1", (await raw.QueryAsync(first)).Text("page"));
        Assert.Equal(all.Skip(5), (await raw.RecordsAsync("type=vm&pageSize=128&sortAsc=status&offset=5")).Values("href"), StringComparer.Ordinal);
        Assert.Equal("128", (await raw.QueryAsync("type=vm&pageSize=1000")).Text("pageSize"));
        Assert.Equal("25", (await raw.QueryAsync("type=vm")).Text("pageSize"));
    }

    [Theory]
    [InlineData("name", false)]
    [InlineData("numberOfCpus", true)]
    [InlineData("creationDate", true)]
    public async Task Results_are_sorted_by_what_the_attribute_is(string field, bool asNumber)
    {
        using var raw = await LoginAsync();
        var ascending = await raw.RecordsAsync($"type=vApp&pageSize=128&sortAsc={field}");
        Assert.Equal(ascending.OrderBy(Key, StringComparer.Ordinal), ascending);
        var descending = await raw.RecordsAsync($"type=vApp&pageSize=128&sortDesc={field}");
        Assert.Equal(descending.OrderByDescending(Key, StringComparer.Ordinal), descending);
        Assert.Equal(ascending.Values("href").Order(StringComparer.Ordinal), descending.Values("href").Order(StringComparer.Ordinal));

        string Key(XElement record) => asNumber && field == "numberOfCpus" ? record.Text(field).PadLeft(10, '0') : asNumber ? record.Text(field) : record.Text(field).ToUpperInvariant();
    }

    [Fact]
    public async Task Formats_differ_in_how_things_are_referred_to()
    {
        using var raw = await LoginAsync();
        var record = (await raw.RecordsAsync("type=vm&filter=isVAppTemplate==false&sortAsc=name"))[0];
        var byId = (await raw.RecordsAsync("type=vm&filter=isVAppTemplate==false&sortAsc=name&format=idrecords"))[0];
        Assert.Null(byId.Attribute("href"));
        Assert.StartsWith("urn:vcloud:vm:", byId.Text("id"), StringComparison.Ordinal);
        Assert.StartsWith("urn:vcloud:vapp:", byId.Text("container"), StringComparison.Ordinal);
        Assert.EndsWith(byId.Text("container")[^36..], record.Text("container"), StringComparison.Ordinal);
        var references = await raw.QueryAsync("type=vm&filter=isVAppTemplate==false&sortAsc=name&format=references");
        Assert.Equal("VMReferences", references.Name.LocalName);
        var reference = references.Elements(VcdRaw.Ns + "VMReference").First();
        Assert.Equal((record.Text("href"), record.Text("name"), byId.Text("id")), (reference.Text("href"), reference.Text("name"), reference.Text("id")));
    }

    [Fact]
    public async Task Fields_narrow_a_record_and_links_add_to_it()
    {
        using var raw = await LoginAsync();
        var narrow = (await raw.RecordsAsync("type=vApp&fields=name,status&pageSize=1"))[0];
        Assert.Equal(["href", "name", "status"], narrow.Attributes().Select(a => a.Name.LocalName).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Empty(narrow.Elements());
        var linked = (await raw.RecordsAsync("type=vApp&links=true&filter=status==POWERED_ON&pageSize=1"))[0];
        var whole = await raw.GetAsync(linked.Text("href"));
        Assert.Equal(whole.Elements(VcdRaw.Ns + "Link").Values("rel"), linked.Elements(VcdRaw.Ns + "Link").Values("rel"));
    }

    [Theory]
    [InlineData("vApps/query", "vApp", "acme")]
    [InlineData("vms/query", "vm", "acme")]
    [InlineData("disks/query", "disk", "acme")]
    [InlineData("catalogs/query", "catalog", "acme")]
    [InlineData("mediaList/query", "media", "acme")]
    [InlineData("vAppTemplates/query", "vAppTemplate", "acme")]
    [InlineData("admin/users/query", "user", "acme")]
    [InlineData("admin/groups/query", "group", "acme")]
    [InlineData("admin/roles/query", "role", "acme")]
    [InlineData("admin/rights/query", "right", "acme")]
    [InlineData("admin/orgs/query", "organization", "acme")]
    [InlineData("admin/vdcs/query", "orgVdc", "acme")]
    [InlineData("admin/strandedUsers/query", "strandedUser", "acme")]
    [InlineData("admin/extension/vapps/query", "adminVApp", "System")]
    [InlineData("admin/extension/orgVdcs/query", "adminOrgVdc", "System")]
    [InlineData("admin/extension/providerVdcReferences/query", "providerVdc", "System")]
    [InlineData("admin/extension/externalNetworkReferences/query", "externalNetwork", "System")]
    public async Task A_packaged_query_is_its_type_at_another_address(string path, string type, string organization)
    {
        using var raw = await LoginAsync(organization);
        var packaged = await raw.QueryAsync($"{path}?sortAsc=name&pageSize=128");
        var typed = await raw.QueryAsync($"type={type}&sortAsc=name&pageSize=128");
        Assert.Equal(type, packaged.Text("name"));
        Assert.Equal(VcdRawQueries.Records(typed).Values("href"), VcdRawQueries.Records(packaged).Values("href"));
        if (path.StartsWith("admin/", StringComparison.Ordinal) && organization == "acme")
        {
            using var user = await LoginAsync("acme", 1);
            await user.RefusedAsync(path, 403);
        }
    }

    [Fact]
    public async Task A_VDC_has_its_gateways_and_networks_at_addresses_of_its_own()
    {
        using var raw = await LoginAsync();
        var vdc = (await raw.RecordsAsync("type=orgVdc&filter=name==acme-vdc"))[0].Text("href");
        var id = vdc[^36..];
        var edges = await raw.QueryAsync($"admin/vdc/{id}/edgeGateways?");
        Assert.Equal("acme-edge", Assert.Single(VcdRawQueries.Records(edges)).Text("name"));
        var networks = VcdRawQueries.Records(await raw.QueryAsync($"admin/vdc/{id}/networks?sortAsc=name&fields=name,vdc"));
        Assert.Equal(["dmz", "internal & db", "office, floor 2 (guest)"], networks.Values("name"));
        Assert.All(networks, n => Assert.Equal(vdc, n.Text("vdc")));
    }

    [Theory]
    [InlineData("30.0", "sizeB", "sizeMb")]
    [InlineData("37.2", "sizeMb", "sizeB")]
    public async Task An_attribute_is_there_in_the_versions_that_have_it(string version, string has, string hasNot)
    {
        using var raw = await LoginAsync("acme", 0, version);
        var disk = (await raw.RecordsAsync("type=disk"))[0];
        Assert.True(long.Parse(disk.Text(has), CultureInfo.InvariantCulture) > 0);
        Assert.Null(disk.Attribute(hasNot));
        await raw.RefusedAsync($"query?type=disk&fields={hasNot}", 400);
        Assert.Equal(version == "37.2", (await raw.RecordsAsync("type=vApp"))[0].Attribute("numberOfCpus") is not null);
    }

    [Fact]
    public async Task A_context_narrows_what_the_provider_sees_and_is_refused_to_tenants()
    {
        using var provider = await LoginAsync("System");
        using var acme = await LoginAsync("acme");
        var orgs = await provider.RecordsAsync("type=organization");
        var id = orgs.Single(o => o.Text("name") == "acme").Text("href")[^36..];
        var other = orgs.Single(o => o.Text("name") == "globex").Text("href")[^36..];
        var all = await provider.RecordsAsync("type=adminVM&pageSize=128&filter=isVAppTemplate==false");
        foreach (var header in new[] { ("X-VMWARE-VCLOUD-TENANT-CONTEXT", id), ("X-VMWARE-VCLOUD-AUTH-CONTEXT", "acme") })
        {
            var narrowed = await provider.RecordsAsync("type=adminVM&pageSize=128&filter=isVAppTemplate==false", header);
            Assert.NotEmpty(narrowed);
            Assert.True(narrowed.Count < all.Count);
            Assert.All(narrowed, r => Assert.EndsWith(id, r.Text("org"), StringComparison.Ordinal));
            var asTenant = await provider.RecordsAsync("type=vm&pageSize=128&sortAsc=name", header);
            Assert.Equal((await acme.RecordsAsync("type=vm&pageSize=128&sortAsc=name")).Values("href"), asTenant.Values("href"));
            Assert.Equal("acme", Assert.Single(await provider.RecordsAsync("type=organization", header)).Text("name"));
            var hidden = all.First(r => r.Text("org").EndsWith(other, StringComparison.Ordinal)).Text("href");
            await provider.GetAsync(hidden);
            await provider.RefusedAsync(hidden, 403, header);
        }

        await acme.RefusedAsync("query?type=vm", 403, ("X-VMWARE-VCLOUD-TENANT-CONTEXT", other));
        await acme.RefusedAsync("query?type=vm", 403, ("X-VMWARE-VCLOUD-AUTH-CONTEXT", "globex"));
        await provider.RefusedAsync("query?type=vm", 403, ("X-VMWARE-VCLOUD-AUTH-CONTEXT", "nobody"));
        Assert.NotEmpty(await acme.RecordsAsync("type=vm", ("X-VMWARE-VCLOUD-TENANT-CONTEXT", id)));
    }

    [Theory]
    [InlineData("vApp", "vapp")]
    [InlineData("vm", "vm")]
    [InlineData("disk", "disk")]
    [InlineData("orgVdcNetwork", "network")]
    [InlineData("vAppNetwork", "network")]
    [InlineData("edgeGateway", "gateway")]
    [InlineData("user", "user")]
    [InlineData("group", "group")]
    [InlineData("role", "role")]
    [InlineData("right", "right")]
    [InlineData("media", "media")]
    [InlineData("vAppTemplate", "vapptemplate")]
    [InlineData("catalog", "catalog")]
    [InlineData("catalogItem", "catalogitem")]
    [InlineData("task", "task")]
    [InlineData("organization", "org")]
    [InlineData("orgVdc", "vdc")]
    [InlineData("orgVdcStorageProfile", "vdcstorageProfile")]
    public async Task A_URN_leads_to_its_thing(string type, string urn)
    {
        using var raw = await LoginAsync();
        var record = (await raw.RecordsAsync($"type={type}&sortAsc=name&pageSize=128"))[0];
        var byId = (await raw.RecordsAsync($"type={type}&sortAsc=name&pageSize=128&format=idrecords"))[0];
        Assert.StartsWith($"urn:vcloud:{urn}:", byId.Text("id"), StringComparison.Ordinal);
        var entity = await raw.GetAsync($"entity/{byId.Text("id")}");
        Assert.Equal(record.Text("href"), VcdRaw.Link(entity, "alternate"));
    }

    [Fact]
    public async Task Templates_machines_are_found_and_told_from_those_of_vApps()
    {
        using var raw = await LoginAsync();
        var machines = await raw.RecordsAsync("type=vm&pageSize=128&filter=isVAppTemplate==true");
        Assert.NotEmpty(machines);
        Assert.All(machines, m => Assert.Contains("/vAppTemplate/vappTemplate-", m.Text("container"), StringComparison.Ordinal));
        Assert.All(machines, m => Assert.NotNull(m.Attribute("catalogName")));
        var vm = await raw.GetAsync(machines[0].Text("href"));
        Assert.Equal(machines[0].Text("container"), VcdRaw.Link(vm, "up"));
        await raw.RefusedAsync(machines[0].Text("href").Replace("/vAppTemplate/", "/vApp/", StringComparison.Ordinal), 403);
    }

    [Fact]
    public async Task Metadata_is_asked_for_by_its_domain_and_compared_by_its_type()
    {
        using var raw = await LoginAsync();
        using var provider = await LoginAsync("System");
        var vApps = await raw.RecordsAsync("type=vApp&filter=isExpired==false&sortAsc=name");
        foreach (var (index, rank) in new[] { (0, "1"), (1, "20"), (2, "3") })
        {
            await PutAsync(raw, vApps[index].Text("href"), "metadata/rank, of (it)", "Number", rank);
            await PutAsync(raw, vApps[index].Text("href"), "metadata/until", "DateTime", $"2026-0{index + 1}-01T00:00:00.000+02:00");
        }

        await PutAsync(raw, vApps[0].Text("href"), "metadata/team", "String", "Red Team");
        await PutAsync(provider, vApps[1].Text("href"), "metadata/SYSTEM/tier", "String", "gold", "READONLY");
        await PutAsync(provider, vApps[2].Text("href"), "metadata/SYSTEM/tier", "String", "gold", "PRIVATE");
        var key = Uri.EscapeDataString("metadata:rank\\, of \\(it\\)");

        Assert.Equal([vApps[1].Text("href"), vApps[2].Text("href")], (await raw.RecordsAsync($"type=vApp&sortAsc=name&filter={key}=ge=NUMBER:3")).Values("href"));
        Assert.Equal([vApps[0].Text("href")], (await raw.RecordsAsync($"type=vApp&filter={key}==NUMBER:1;status!=LOST")).Values("href"));
        Assert.Empty(await raw.RecordsAsync($"type=vApp&filter={key}==STRING:1"));
        Assert.Equal([vApps[0].Text("href")], (await raw.RecordsAsync("type=vApp&filter=metadata:team==STRING:red*")).Values("href"));
        Assert.Empty(await raw.RecordsAsync("type=vApp&filter=metadata:team==STRING:red%20team"));
        var middle = Uri.EscapeDataString("2026-01-31T22:00:00Z");
        Assert.Equal([vApps[1].Text("href"), vApps[2].Text("href")], (await raw.RecordsAsync($"type=vApp&sortAsc=name&filter=metadata:until=ge=DATETIME:{middle}")).Values("href"));
        Assert.Equal([vApps[1].Text("href")], (await raw.RecordsAsync("type=vApp&filter=metadata@SYSTEM:tier==STRING:gold")).Values("href"));
        Assert.Equal([vApps[1].Text("href"), vApps[2].Text("href")], (await provider.RecordsAsync("type=adminVApp&sortAsc=name&filter=metadata@SYSTEM:tier==STRING:gold")).Values("href"));
        Assert.Empty(await raw.RecordsAsync("type=vApp&filter=metadata:tier==STRING:gold"));

        var only = (await raw.RecordsAsync($"type=vApp&fields=metadata:team,metadata@SYSTEM:tier&filter=metadata:team==STRING:Red%20Team"))[0];
        Assert.Equal(vApps[0].Text("status"), only.Text("status"));
        Assert.Equal("Red Team", only.Element(VcdRaw.Ns + "Metadata")!.Element(VcdRaw.Ns + "MetadataEntry")!.Element(VcdRaw.Ns + "TypedValue")!.Value);
        var narrow = (await raw.RecordsAsync("type=vApp&fields=name,metadata:team&sortAsc=name"))[0];
        Assert.Null(narrow.Attribute("status"));

        // The rows of organizations and VDCs are counted together; their metadata is that of the things.
        var org = (await provider.RecordsAsync("type=organization&filter=name==acme"))[0].Text("href");
        await PutAsync(provider, org.Replace("/api/org/", "/api/admin/org/", StringComparison.Ordinal), "metadata/rank", "Number", "7");
        Assert.Equal("acme", Assert.Single(await provider.RecordsAsync("type=organization&filter=metadata:rank=lt=NUMBER:8")).Text("name"));
    }

    [Theory]
    [InlineData("filter=metadata:rank=gt=STRING:a", "compared")]
    [InlineData("filter=metadata:rank==NUMBER:many", "many")]
    [InlineData("filter=metadata:rank==7", "NUMBER")]
    [InlineData("filter=metadata@OTHER:rank==NUMBER:7", "OTHER")]
    [InlineData("fields=metadata:a,metadata:b,metadata:c,metadata:d&filter=metadata:e==STRING:1,metadata:f==STRING:1,(metadata:g==STRING:1;metadata:h==STRING:1,metadata@SYSTEM:h==STRING:1)", "names 9")]
    public async Task Metadata_that_cannot_be_asked_for_is_a_bad_request_that_says_why(string query, string word)
    {
        using var raw = await LoginAsync();
        Assert.Contains(word, (await raw.RefusedAsync($"query?type=vApp&{query}", 400)).Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eight_metadata_fields_may_be_named_however_often()
    {
        using var raw = await LoginAsync();
        await raw.RecordsAsync("type=vApp&fields=metadata:a,metadata:b,metadata:c,metadata:d&filter=metadata:e==STRING:1,metadata:f==STRING:1,(metadata:g==STRING:1;metadata:h==STRING:1,metadata:a==STRING:1)");
    }

    private static async Task PutAsync(VcdRaw raw, string href, string path, string type, string value, string? systemVisibility = null)
    {
        XNamespace xsi = "http://www.w3.org/2001/XMLSchema-instance";
        var body = new XElement(
            VcdRaw.Ns + "MetadataValue",
            new XAttribute(XNamespace.Xmlns + "xsi", xsi.NamespaceName),
            systemVisibility is null ? null : new XElement(VcdRaw.Ns + "Domain", new XAttribute("visibility", systemVisibility), "SYSTEM"),
            new XElement(VcdRaw.Ns + "TypedValue", new XAttribute(xsi + "type", $"Metadata{type}Value"), new XElement(VcdRaw.Ns + "Value", value)));
        await raw.SucceededAsync(await raw.SendAsync(HttpMethod.Put, $"{href}/{path.Replace(" ", "%20", StringComparison.Ordinal)}", body, "application/vnd.vmware.vcloud.metadata.value+xml"));
    }

    private static bool Starts(XElement record, string prefix) => record.Text("name").StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    private static long Number(XElement record, string field) => long.Parse(record.Text(field), CultureInfo.InvariantCulture);

    /// <summary>A filter for a name: escaped by backslashes from 35.0 on, encoded twice before (guides of 10.6 and 5.5).</summary>
    private static string NameFilter(string name, string version)
        => version == "30.0"
            ? $"filterEncoded=true&filter=name=={Uri.EscapeDataString(Uri.EscapeDataString(name))}"
            : $"filter=name=={Uri.EscapeDataString(string.Concat(name.Select(c => c is '(' or ')' or ',' or ';' or '\\' ? $"\\{c}" : $"{c}")))}";

    private async Task<VcdRaw> LoginAsync(string organization = "acme", int nth = 0, string version = Version)
    {
        await _server.Simulator.CommandAsync("vcd", "settings", new { versions = Versions });
        return await VcdRaw.LoginAsync(_server.Simulator, version, organization, nth);
    }
}
