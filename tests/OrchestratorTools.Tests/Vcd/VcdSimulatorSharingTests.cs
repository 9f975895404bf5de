using System.Xml.Linq;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The simulated server's shares, owners, metadata and limits. Plain HTTP.</summary>
public sealed class VcdSimulatorSharingTests : IClassFixture<VcdServer>, IAsyncLifetime
{
    private const string ControlAccess = "application/vnd.vmware.vcloud.controlAccess+xml";
    private const string Owner = "application/vnd.vmware.vcloud.owner+xml";
    private const string Metadata = "application/vnd.vmware.vcloud.metadata+xml";
    private const string MetadataValue = "application/vnd.vmware.vcloud.metadata.value+xml";
    private static readonly XNamespace Ns = VcdRaw.Ns;
    private static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";
    private static readonly string[] OldVersions = ["1.5", "5.1"];
    private readonly VcdServer _server;
    private readonly string _name = $"s{Guid.NewGuid():N}";
    private VcdRaw _raw = null!;

    public VcdSimulatorSharingTests(VcdServer server) => _server = server;

    public async Task InitializeAsync()
    {
        await _server.Simulator.CommandAsync("vcd", "settings", new { taskStepSeconds = (double?)null, maximumOperations = 0 });
        _raw = await VcdRaw.LoginAsync(_server.Simulator);
    }

    public async Task DisposeAsync()
    {
        await _server.Simulator.CommandAsync("vcd", "settings", new { taskStepSeconds = (double?)null, maximumOperations = 0 });
        _raw.Dispose();
    }

    [Fact]
    public async Task A_catalog_is_shared_with_users_at_a_level()
    {
        var (get, set, catalog) = await UnsharedCatalogAsync();
        using var cathy = await VcdRaw.LoginAsync(_server.Simulator, nth: 2);
        (await cathy.SendAsync(HttpMethod.Get, catalog)).Expect(403);
        Assert.Equal("false", (string?)(await _raw.GetAsync(get)).Element(Ns + "IsSharedToEveryone"));

        var cathyHref = await UserAsync("cathy");
        var answer = (await _raw.SendAsync(HttpMethod.Post, set, Access(null, (cathyHref, "ReadOnly")), ControlAccess)).Expect(200);
        Assert.Equal(ControlAccess, answer.ContentType);
        var setting = Assert.Single(answer.Xml.Element(Ns + "AccessSettings")!.Elements());
        Assert.Equal(("cathy", "ReadOnly"), ((string?)setting.Element(Ns + "Subject")!.Attribute("name"), (string?)setting.Element(Ns + "AccessLevel")));
        Assert.Null(VcdRaw.FindLink(await cathy.GetAsync(catalog), "add"));

        (await _raw.SendAsync(HttpMethod.Post, set, Access(null, (cathyHref, "Change")), ControlAccess)).Expect(200);
        Assert.NotNull(VcdRaw.FindLink(await cathy.GetAsync(catalog), "add"));
        (await cathy.SendAsync(HttpMethod.Post, set, Access("ReadOnly"), ControlAccess)).Expect(403);

        (await _raw.SendAsync(HttpMethod.Post, set, Access(null, (cathyHref, "FullControl")), ControlAccess)).Expect(200);
        (await cathy.SendAsync(HttpMethod.Post, set, Access("ReadOnly", (cathyHref, "FullControl")), ControlAccess)).Expect(200);
        using var victor = await VcdRaw.LoginAsync(_server.Simulator, nth: 1);
        await victor.GetAsync(catalog);
        Assert.Equal("ReadOnly", (string?)(await _raw.GetAsync(get)).Element(Ns + "EveryoneAccessLevel"));
        (await _raw.SendAsync(HttpMethod.Post, set, Access(null), ControlAccess)).Expect(200);
        (await victor.SendAsync(HttpMethod.Get, catalog)).Expect(403);
        Assert.Equal("false", (string?)(await _raw.GetAsync($"query?type=catalog&filter=name=={_name}")).Elements().Single(e => e.Name.LocalName == "CatalogRecord").Attribute("isShared"));
    }

    [Fact]
    public async Task Only_the_provider_shares_with_other_organizations()
    {
        var (_, set, catalog) = await UnsharedCatalogAsync();
        using var root = await VcdRaw.LoginAsync(_server.Simulator, organization: "System");
        using var grace = await VcdRaw.LoginAsync(_server.Simulator, organization: "globex");
        var globex = (string)(await root.GetAsync("admin")).Element(Ns + "OrganizationReferences")!.Elements().Single(o => (string?)o.Attribute("name") == "globex").Attribute("href")!;
        Assert.Equal("INVALID_REFERENCE", (await _raw.SendAsync(HttpMethod.Post, set, Access(null, (globex, "ReadOnly")), ControlAccess)).Expect(400).Code);
        Assert.Equal("INVALID_REFERENCE", (await root.SendAsync(HttpMethod.Post, set, Access(null, (globex, "Change")), ControlAccess)).Expect(400).Code);
        var shared = (await root.SendAsync(HttpMethod.Post, set, Access(null, (globex, "ReadOnly")), ControlAccess)).Expect(200);
        await grace.GetAsync(catalog);

        // In the tenant's context too, where the other organization is not to be seen.
        var acme = (string)(await root.GetAsync("admin")).Element(Ns + "OrganizationReferences")!.Elements().Single(o => (string?)o.Attribute("name") == "acme").Attribute("href")!;
        using var content = new StringContent(shared.Text, System.Net.Http.Headers.MediaTypeHeaderValue.Parse(ControlAccess));
        (await root.SendAsync(HttpMethod.Post, set, content, ("X-VMWARE-VCLOUD-TENANT-CONTEXT", acme.Split('/')[^1]))).Expect(200);
        await grace.GetAsync(catalog);

        // The administrator may send back what was read.
        (await _raw.SendAsync(HttpMethod.Post, set, shared.Xml, ControlAccess)).Expect(200);
        await grace.GetAsync(catalog);
    }

    [Theory]
    [InlineData("Everything", null)]
    [InlineData(null, "Everything")]
    [InlineData("", null)]
    public async Task Levels_that_are_none_are_refused(string? everyone, string? level)
    {
        var (_, set, _) = await UnsharedCatalogAsync();
        var body = level is null ? Access(everyone) : Access(everyone, (await UserAsync("cathy"), level));
        if (everyone is "") body.Element(Ns + "EveryoneAccessLevel")!.Remove();
        (await _raw.SendAsync(HttpMethod.Post, set, body, ControlAccess)).Expect(400);
    }

    [Fact]
    public async Task A_vApp_is_shared_and_changes_its_owner()
    {
        var vApp = await VAppAsync();
        var href = (string)vApp.Attribute("href")!;
        using var victor = await VcdRaw.LoginAsync(_server.Simulator, nth: 1);
        (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(vApp, "controlAccess"), Access(null), ControlAccess)).Expect(200);
        (await victor.SendAsync(HttpMethod.Get, href)).Expect(403);
        (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(vApp, "controlAccess"), Access(null, (await UserAsync("victor@acme.example"), "Change")), ControlAccess)).Expect(200);
        var seen = await victor.GetAsync(href);
        Assert.NotNull(VcdRaw.FindLink(seen, "edit"));
        Assert.Equal("Change", (string?)(await _raw.GetAsync(VcdRaw.Link(vApp, "down", ControlAccess))).Descendants(Ns + "AccessLevel").Single());
        (await victor.SendAsync(HttpMethod.Post, VcdRaw.Link(vApp, "controlAccess"), Access("FullControl"), ControlAccess)).Expect(403);

        var owner = VcdRaw.Link(vApp, "down", Owner);
        (await victor.SendAsync(HttpMethod.Put, owner, OwnerBody(await UserAsync("victor@acme.example")), Owner)).Expect(403);
        (await _raw.SendAsync(HttpMethod.Put, owner, OwnerBody(await UserAsync("victor@acme.example")), Owner)).Expect(204);
        Assert.Equal("victor@acme.example", (string?)(await _raw.GetAsync(owner)).Element(Ns + "User")!.Attribute("name"));
    }

    [Fact]
    public async Task Owners_of_catalogs_and_templates_change_those_of_media_do_not()
    {
        var (_, _, catalog) = await UnsharedCatalogAsync();
        var admin = await _raw.GetAsync(catalog.Replace("/catalog/", "/admin/catalog/", StringComparison.Ordinal));
        var cathy = await UserAsync("cathy");
        (await _raw.SendAsync(HttpMethod.Put, VcdRaw.Link(admin, "down", Owner), OwnerBody(cathy), Owner)).Expect(204);
        Assert.Equal("cathy", (string?)(await _raw.GetAsync(VcdRaw.Link(admin, "down", Owner))).Element(Ns + "User")!.Attribute("name"));
        Assert.Equal("INVALID_REFERENCE", (await _raw.SendAsync(HttpMethod.Put, VcdRaw.Link(admin, "down", Owner), OwnerBody(cathy[..^12] + "000000000000"), Owner)).Expect(400).Code);
        using var seen = await VcdRaw.LoginAsync(_server.Simulator, nth: 2);
        await seen.GetAsync(catalog);

        // Users of another organization are none, whoever asks; those of the provider may own anything.
        using var root = await VcdRaw.LoginAsync(_server.Simulator, organization: "System");
        foreach (var (name, status) in new[] { ("grace", 400), ("root", 204) })
        {
            var other = (string)(await root.GetAsync($"query?type=adminUser&filter=name=={name}")).Elements().Single(e => e.Name.LocalName == "UserRecord" || e.Name.LocalName == "AdminUserRecord").Attribute("href")!;
            (await root.SendAsync(HttpMethod.Put, VcdRaw.Link(admin, "down", Owner), OwnerBody(other), Owner)).Expect(status);
        }

        var template = await EntityAsync("template");
        (await _raw.SendAsync(HttpMethod.Put, VcdRaw.Link(template, "down", Owner), OwnerBody(cathy), Owner)).Expect(204);
        var media = await EntityAsync("media");
        var ownerHref = VcdRaw.Link(media, "down", Owner);
        Assert.Null(VcdRaw.FindLink(await _raw.GetAsync(ownerHref), "edit"));
        (await _raw.SendAsync(HttpMethod.Put, ownerHref, OwnerBody(cathy), Owner)).Expect(405);
    }

    [Theory]
    [InlineData("admin/catalog")]
    [InlineData("catalogItem")]
    [InlineData("media")]
    [InlineData("vAppTemplate")]
    [InlineData("vApp")]
    [InlineData("vm")]
    [InlineData("disk")]
    [InlineData("admin/org")]
    [InlineData("admin/vdc")]
    [InlineData("admin/vdcStorageProfile")]
    [InlineData("admin/network")]
    [InlineData("admin/edgeGateway")]
    public async Task Typed_metadata_is_set_merged_read_and_removed(string kind)
    {
        var home = await MetadataHomeAsync(kind);
        var values = new[] { ("String", "text & <b> räksmörgås"), ("Number", "-9007199254740993"), ("Boolean", "true"), ("DateTime", "2024-02-29T12:00:00.000Z") };
        await _raw.SucceededAsync(await _raw.SendAsync(HttpMethod.Post, home, new XElement(Ns + "Metadata", values.Select(v => Entry($"{_name} {v.Item1}/key", v.Item1, v.Item2))), Metadata));
        var read = (await _raw.GetAsync(home)).Elements(Ns + "MetadataEntry").Where(e => ((string)e.Element(Ns + "Key")!).StartsWith(_name, StringComparison.Ordinal)).ToArray();
        Assert.Equal(
            string.Join('|', values.Select(v => $"{_name} {v.Item1}/key,Metadata{v.Item1}Value,{v.Item2},GENERAL,READWRITE")),
            string.Join('|', read.Select(e => $"{(string?)e.Element(Ns + "Key")},{(string?)e.Element(Ns + "TypedValue")!.Attribute(Xsi + "type")},{(string?)e.Element(Ns + "TypedValue")!.Element(Ns + "Value")},{(string?)e.Element(Ns + "Domain")},{(string?)e.Element(Ns + "Domain")!.Attribute("visibility")}")));

        var number = VcdRaw.Link(read[1], "edit", MetadataValue);
        var task = await _raw.SucceededAsync(await _raw.SendAsync(HttpMethod.Put, number, Value("Number", "7"), MetadataValue));
        Assert.Equal("metadataSet", (string?)task.Attribute("operationName"));
        Assert.Equal("7", (string?)(await _raw.GetAsync(number)).Element(Ns + "TypedValue")!.Element(Ns + "Value"));
        task = await _raw.SucceededAsync(await _raw.SendAsync(HttpMethod.Delete, number));
        Assert.Equal("metadataDelete", (string?)task.Attribute("operationName"));
        (await _raw.SendAsync(HttpMethod.Get, number)).Expect(404);
        Assert.Equal(3, (await _raw.GetAsync(home)).Elements(Ns + "MetadataEntry").Count(e => ((string)e.Element(Ns + "Key")!).StartsWith(_name, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("admin/catalog")]
    [InlineData("admin/org")]
    [InlineData("admin/vdc")]
    [InlineData("admin/vdcStorageProfile")]
    [InlineData("admin/network")]
    public async Task The_plain_view_offers_nothing_that_it_would_refuse(string kind)
    {
        var home = await MetadataHomeAsync(kind);
        await _raw.SucceededAsync(await _raw.SendAsync(HttpMethod.Post, home, new XElement(Ns + "Metadata", Entry(_name, "String", "x")), Metadata));
        var admin = await _raw.GetAsync(home);
        Assert.NotNull(VcdRaw.FindLink(admin, "add", Metadata));
        Assert.NotNull(VcdRaw.FindLink(admin.Elements(Ns + "MetadataEntry").Last(), "remove"));

        var plain = await _raw.GetAsync(home.Replace("/api/admin/", "/api/", StringComparison.Ordinal));
        Assert.Null(VcdRaw.FindLink(plain, "add"));
        var entry = plain.Elements(Ns + "MetadataEntry").Single(e => (string?)e.Element(Ns + "Key") == _name);
        Assert.Equal("up", string.Join(' ', entry.Elements(Ns + "Link").Select(l => (string?)l.Attribute("rel"))));
        (await _raw.SendAsync(HttpMethod.Post, (string)plain.Attribute("href")!, new XElement(Ns + "Metadata", Entry(_name, "String", "y")), Metadata)).Expect(405);
        (await _raw.SendAsync(HttpMethod.Delete, (string)entry.Attribute("href")!)).Expect(405);
    }

    [Fact]
    public async Task The_system_domain_is_the_providers()
    {
        var media = await EntityAsync("media");
        var home = VcdRaw.Link(media, "down", Metadata);
        using var root = await VcdRaw.LoginAsync(_server.Simulator, organization: "System");
        var both = new XElement(Ns + "Metadata", Entry("secret", "String", "x", "SYSTEM", "PRIVATE"), Entry("told", "String", "y", "SYSTEM", "READONLY"), Entry("told", "String", "z"));
        (await _raw.SendAsync(HttpMethod.Post, home, both, Metadata)).Expect(403);
        await root.SucceededAsync(await root.SendAsync(HttpMethod.Post, home, both, Metadata));
        Assert.Equal(3, (await root.GetAsync(home)).Elements(Ns + "MetadataEntry").Count());
        var seen = (await _raw.GetAsync(home)).Elements(Ns + "MetadataEntry").ToArray();
        Assert.Equal("told=y told=z", string.Join(' ', seen.Select(e => $"{(string?)e.Element(Ns + "Key")}={(string?)e.Element(Ns + "TypedValue")}")));
        Assert.Equal("y", (string?)(await _raw.GetAsync($"{home}/SYSTEM/told")).Element(Ns + "TypedValue"));
        Assert.Equal("z", (string?)(await _raw.GetAsync($"{home}/told")).Element(Ns + "TypedValue"));
        (await _raw.SendAsync(HttpMethod.Get, $"{home}/SYSTEM/secret")).Expect(404);
        (await _raw.SendAsync(HttpMethod.Delete, $"{home}/SYSTEM/told")).Expect(403);
        await root.SucceededAsync(await root.SendAsync(HttpMethod.Delete, $"{home}/SYSTEM/told"));
    }

    [Fact]
    public async Task Before_5_1_values_have_no_type()
    {
        await using var simulator = await Simulator.StartAsync("--speed", "20");
        await simulator.CommandAsync("vcd", "settings", new { versions = OldVersions });
        using var old = await VcdRaw.LoginAsync(simulator, "1.5");
        var home = $"{(string)(await old.GetAsync("query?type=media&format=records")).Elements().First(e => e.Name.LocalName == "MediaRecord").Attribute("href")!}/metadata";
        await old.SucceededAsync(await old.SendAsync(HttpMethod.Put, $"{home}/k", new XElement(Ns + "MetadataValue", new XElement(Ns + "Value", "v")), MetadataValue));
        var entry = (await old.GetAsync(home)).Element(Ns + "MetadataEntry")!;
        Assert.Equal(("k", "v", null, null), ((string?)entry.Element(Ns + "Key"), (string?)entry.Element(Ns + "Value"), (string?)entry.Element(Ns + "TypedValue"), (string?)entry.Element(Ns + "Domain")));
        using var later = await VcdRaw.LoginAsync(simulator, "5.1");
        Assert.Equal("MetadataStringValue", (string?)(await later.GetAsync(home)).Element(Ns + "MetadataEntry")!.Element(Ns + "TypedValue")!.Attribute(Xsi + "type"));
        (await later.SendAsync(HttpMethod.Put, $"{home}/k", new XElement(Ns + "MetadataValue", new XElement(Ns + "Value", "v")), MetadataValue)).Expect(400);
    }

    [Theory]
    [InlineData("Number", "12.5", null, null)]
    [InlineData("Boolean", "yes", null, null)]
    [InlineData("DateTime", "yesterday", null, null)]
    [InlineData("Text", "x", null, null)]
    [InlineData("String", "x", "GENERAL", "PRIVATE")]
    [InlineData("String", "x", "OTHER", "READONLY")]
    public async Task Metadata_that_is_none_is_refused(string type, string value, string? domain, string? visibility)
    {
        var home = VcdRaw.Link(await EntityAsync("media"), "down", Metadata);
        (await _raw.SendAsync(HttpMethod.Post, home, new XElement(Ns + "Metadata", Entry("k", type, value, domain, visibility)), Metadata)).Expect(400);
    }

    [Fact]
    public async Task Metadata_filters_queries_and_comes_with_records()
    {
        var media = await EntityAsync("media");
        var home = VcdRaw.Link(media, "down", Metadata);
        var entries = new XElement(Ns + "Metadata", Entry(_name, "String", "Zebra crossing"), Entry(_name + "n", "Number", "40"), Entry(_name + "b", "Boolean", "true"), Entry(_name + "d", "DateTime", "2024-02-29T12:00:00.000Z"));
        await _raw.SucceededAsync(await _raw.SendAsync(HttpMethod.Post, home, entries, Metadata));
        foreach (var (filter, found) in new[]
        {
            ($"metadata:{_name}==STRING:Zebra%20crossing", 1),
            ($"metadata:{_name}==STRING:zebra*", 1),
            ($"metadata:{_name}==STRING:zebra%20crossing", 0),
            ($"metadata:{_name}n=gt=NUMBER:39", 1),
            ($"metadata:{_name}n=gt=NUMBER:40", 0),
            ($"metadata:{_name}n==STRING:40", 0),
            ($"metadata:{_name}b==BOOLEAN:true", 1),
            ($"metadata:{_name}d=lt=DATETIME:2024-03-01T00:00:00Z", 1),
            ($"metadata@SYSTEM:{_name}==STRING:*", 0),
            ($"metadata:{_name}==STRING:*;name=={_name}", 1),
        })
        {
            Assert.Equal((filter, found), (filter, int.Parse((string)(await _raw.GetAsync($"query?type=media&filter={filter}")).Attribute("total")!, System.Globalization.CultureInfo.InvariantCulture)));
        }

        (await _raw.SendAsync(HttpMethod.Get, $"query?type=media&filter=metadata:{_name}==Zebra")).Expect(400);
        var record = (await _raw.GetAsync($"query?type=media&fields=name,metadata:{_name}n,metadata:nothing&filter=name=={_name}")).Elements().Single(e => e.Name.LocalName == "MediaRecord");
        var entry = Assert.Single(record.Element(Ns + "Metadata")!.Elements());
        Assert.Equal(("40", "MetadataNumberValue"), ((string?)entry.Element(Ns + "TypedValue"), (string?)entry.Element(Ns + "TypedValue")!.Attribute(Xsi + "type")));
    }

    [Fact]
    public async Task Metadata_goes_along_with_a_copy()
    {
        var media = await EntityAsync("media");
        await _raw.SucceededAsync(await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(media, "down", Metadata), new XElement(Ns + "Metadata", Entry("k", "Number", "5")), Metadata));
        var iso = await _raw.GetAsync(await _raw.CatalogAsync("iso"));
        var body = new XElement(Ns + "CopyOrMoveCatalogItemParams", new XAttribute("name", _name + "2"), new XElement(Ns + "Source", new XAttribute("href", VcdRaw.Link(media, "catalogItem"))));
        var task = await _raw.SucceededAsync(await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(iso, "copy"), body, "application/vnd.vmware.vcloud.copyOrMoveCatalogItemParams+xml"));
        Assert.Equal("5", (string?)(await _raw.GetAsync($"{(string)task.Element(Ns + "Owner")!.Attribute("href")!}/metadata/k")).Element(Ns + "TypedValue"));
    }

    [Fact]
    public async Task One_operation_too_many_is_refused_until_another_ends()
    {
        var (first, second) = (await EntityAsync("media"), await EntityAsync("template"));
        await _server.Simulator.CommandAsync("vcd", "settings", new { maximumOperations = 1, taskStepSeconds = 600 });
        var task = (await _raw.SendAsync(HttpMethod.Put, $"{VcdRaw.Link(first, "down", Metadata)}/k", Value("String", "v"), MetadataValue)).Expect(202);
        var refused = (await _raw.SendAsync(HttpMethod.Put, $"{VcdRaw.Link(second, "down", Metadata)}/k", Value("String", "v"), MetadataValue)).Expect(400);
        Assert.Equal("OPERATION_LIMITS_EXCEEDED", refused.Code);
        await _raw.GetAsync((string)second.Attribute("href")!);
        for (var i = 0; i < 3; i++) await _server.Simulator.AdvanceAsync(TimeSpan.FromMinutes(11));
        _raw.Dispose();
        _raw = await VcdRaw.LoginAsync(_server.Simulator);
        await _raw.SucceededAsync(task);
        (await _raw.SendAsync(HttpMethod.Put, $"{VcdRaw.Link(second, "down", Metadata)}/k", Value("String", "v"), MetadataValue)).Expect(202);
    }

    [Fact]
    public async Task A_vApp_is_downloaded_while_it_is_undeployed()
    {
        var deployed = await _raw.GetAsync(await VAppHrefAsync(deployed: true));
        Assert.Contains("deployed", (await _raw.SendAsync(HttpMethod.Post, $"{(string)deployed.Attribute("href")!}/action/enableDownload")).Expect(400).Text, StringComparison.Ordinal);
        var href = await VAppHrefAsync(deployed: false);
        await _raw.SucceededAsync(await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(await _raw.GetAsync(href), "enable")));
        var vApp = await _raw.GetAsync(href);
        var address = new Uri(VcdRaw.Link(vApp, "download:default", "text/xml"));
        XNamespace ovf = "http://schemas.dmtf.org/ovf/envelope/1";
        var file = (await _raw.SendAsync(HttpMethod.Get, address.AbsoluteUri)).Expect(200).Xml.Element(ovf + "References")!.Elements(ovf + "File").First();
        Assert.Equal((long)file.Attribute(ovf + "size")!, (await _raw.SendAsync(HttpMethod.Get, new Uri(address, (string)file.Attribute(ovf + "href")!).AbsoluteUri)).Expect(200).Bytes.LongLength);
        (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(vApp, "disable"))).Expect(204);
        Assert.Null(VcdRaw.FindLink(await _raw.GetAsync(href), "download:default"));
        (await _raw.SendAsync(HttpMethod.Get, address.AbsoluteUri)).Expect(410);
    }

    private static XElement Access(string? everyone, params (string Href, string Level)[] settings) => new(
        Ns + "ControlAccessParams",
        new XElement(Ns + "IsSharedToEveryone", everyone is not null),
        everyone is null ? null : new XElement(Ns + "EveryoneAccessLevel", everyone),
        settings.Length == 0 ? null : new XElement(Ns + "AccessSettings", settings.Select(s => new XElement(Ns + "AccessSetting", new XElement(Ns + "Subject", new XAttribute("href", s.Href)), new XElement(Ns + "AccessLevel", s.Level)))));

    private static XElement OwnerBody(string user) => new(Ns + "Owner", new XElement(Ns + "User", new XAttribute("href", user)));

    private static XElement Entry(string key, string type, string value, string? domain = null, string? visibility = null) => new(
        Ns + "MetadataEntry",
        domain is null ? null : new XElement(Ns + "Domain", new XAttribute("visibility", visibility!), domain),
        new XElement(Ns + "Key", key),
        Typed(type, value));

    private static XElement Value(string type, string value) => new(Ns + "MetadataValue", Typed(type, value));

    private static XElement Typed(string type, string value)
        => new(Ns + "TypedValue", new XAttribute(XNamespace.Xmlns + "v", Ns), new XAttribute(XNamespace.Xmlns + "xsi", Xsi), new XAttribute(Xsi + "type", $"v:Metadata{type}Value"), new XElement(Ns + "Value", value));

    private async Task<(string Get, string Set, string Catalog)> UnsharedCatalogAsync()
    {
        var orgHref = (string)(await _raw.GetAsync("org")).Elements(Ns + "Org").Single().Attribute("href")!;
        var created = (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(await _raw.GetAsync(orgHref), "add", "application/vnd.vmware.admin.catalog+xml"), new XElement(Ns + "AdminCatalog", new XAttribute("name", _name)), "application/vnd.vmware.admin.catalog+xml")).Expect(201);
        await _raw.DoneAsync((string)created.Xml.Element(Ns + "Tasks")!.Element(Ns + "Task")!.Attribute("href")!);
        var id = created.Location!.Split('/')[^1];
        var links = (await _raw.GetAsync(orgHref)).Elements(Ns + "Link").Where(l => (string?)l.Attribute("type") == ControlAccess && ((string)l.Attribute("href")!).Contains(id, StringComparison.Ordinal)).ToArray();
        return ((string)links.Single(l => (string?)l.Attribute("rel") == "down").Attribute("href")!, (string)links.Single(l => (string?)l.Attribute("rel") == "controlAccess").Attribute("href")!, VcdRaw.Link(created.Xml, "alternate"));
    }

    private async Task<string> UserAsync(string name)
    {
        var org = (string)(await _raw.GetAsync("org")).Elements(Ns + "Org").Single().Attribute("href")!;
        return (string)(await _raw.GetAsync(org.Replace("/org/", "/admin/org/", StringComparison.Ordinal))).Element(Ns + "Users")!.Elements().Single(u => (string?)u.Attribute("name") == name).Attribute("href")!;
    }

    private async Task<XElement> EntityAsync(string kind)
    {
        await _server.Simulator.CommandAsync("vcd", "item", new { name = _name, kind, size = 1000 });
        var (type, element) = kind == "media" ? ("media", "MediaRecord") : ("vAppTemplate", "VAppTemplateRecord");
        return await _raw.GetAsync((string)(await _raw.GetAsync($"query?type={type}&filter=name=={_name}")).Elements().Single(e => e.Name.LocalName == element).Attribute("href")!);
    }

    private async Task<string> FirstAsync(string type)
        => (string)(await _raw.GetAsync($"query?type={type}&format=records")).Elements().First(e => e.Name.LocalName.EndsWith("Record", StringComparison.Ordinal)).Attribute("href")!;

    private async Task<string> VAppHrefAsync(bool deployed)
        => (string)(await _raw.GetAsync($"query?type=vApp&filter=isDeployed=={(deployed ? "true" : "false")};status==POWERED_{(deployed ? "ON" : "OFF")}")).Elements().First(e => e.Name.LocalName == "VAppRecord").Attribute("href")!;

    private async Task<XElement> VAppAsync() => await _raw.GetAsync(await VAppHrefAsync(deployed: true));

    private async Task<string> MetadataHomeAsync(string kind) => kind switch
    {
        "admin/catalog" => $"{(await _raw.CatalogAsync("iso")).Replace("/catalog/", "/admin/catalog/", StringComparison.Ordinal)}/metadata",
        "catalogItem" => $"{VcdRaw.Link(await EntityAsync("media"), "catalogItem")}/metadata",
        "media" => VcdRaw.Link(await EntityAsync("media"), "down", Metadata),
        "vAppTemplate" => VcdRaw.Link(await EntityAsync("template"), "down", Metadata),
        "vApp" => VcdRaw.Link(await VAppAsync(), "down", Metadata),
        "vm" => VcdRaw.Link(await _raw.GetAsync(await FirstAsync("vm")), "down", Metadata),
        "disk" => VcdRaw.Link(await _raw.GetAsync(await FirstAsync("disk")), "down", Metadata),
        "admin/org" => (string)(await _raw.GetAsync("org")).Elements(Ns + "Org").Single().Attribute("href")! is var org ? $"{org.Replace("/org/", "/admin/org/", StringComparison.Ordinal)}/metadata" : "",
        "admin/vdc" => $"{(await FirstAsync("orgVdc")).Replace("/vdc/", "/admin/vdc/", StringComparison.Ordinal)}/metadata",
        "admin/vdcStorageProfile" => $"{(await FirstAsync("orgVdcStorageProfile")).Replace("/vdcStorageProfile/", "/admin/vdcStorageProfile/", StringComparison.Ordinal)}/metadata",
        "admin/network" => (await FirstAsync("orgVdcNetwork")) is var network && network.Contains("/admin/", StringComparison.Ordinal) ? $"{network}/metadata" : $"{network.Replace("/network/", "/admin/network/", StringComparison.Ordinal)}/metadata",
        _ => $"{await FirstAsync("edgeGateway")}/metadata",
    };
}
