using System.Xml.Linq;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The simulated server's catalogs: made, changed, published, subscribed to, synchronized, deleted; their entries changed, copied, moved. Plain HTTP.</summary>
public sealed class VcdSimulatorCatalogTests : IClassFixture<VcdServer>, IAsyncLifetime
{
    private const string AdminCatalog = "application/vnd.vmware.admin.catalog+xml";
    private const string CopyOrMove = "application/vnd.vmware.vcloud.copyOrMoveCatalogItemParams+xml";
    private const string Publish = "application/vnd.vmware.admin.publishCatalogParams+xml";
    private const string PublishExternal = "application/vnd.vmware.admin.publishExternalCatalogParams+xml";
    private const string Subscribe = "application/vnd.vmware.admin.externalCatalogSubscriptionParams+xml";
    private const string Item = "application/vnd.vmware.vcloud.catalogItem+xml";
    private static readonly XNamespace Ns = VcdRaw.Ns;
    private static readonly string[] Versions = ["29.0", "38.1", "39.1"];
    private readonly VcdServer _server;
    private readonly string _name = $"c {Guid.NewGuid():N}";
    private VcdRaw _raw = null!;

    public VcdSimulatorCatalogTests(VcdServer server) => _server = server;

    public async Task InitializeAsync()
    {
        await _server.Simulator.CommandAsync("vcd", "settings", new { versions = Versions, taskStepSeconds = (double?)null });
        _raw = await VcdRaw.LoginAsync(_server.Simulator);
    }

    public async Task DisposeAsync()
    {
        _raw.Dispose();
        await _server.Simulator.CommandAsync("vcd", "settings", new { taskStepSeconds = (double?)null, sessionTimeoutSeconds = (double?)null });
    }

    [Fact]
    public async Task A_catalog_is_there_at_once_and_its_task_ends()
    {
        var created = await PostCatalogAsync(_raw, _name, new XElement(Ns + "Description", "for a test"));
        Assert.Equal("AdminCatalog", created.Xml.Name.LocalName);
        Assert.Equal(created.Location, (string?)created.Xml.Attribute("href"));
        var task = created.Xml.Element(Ns + "Tasks")!.Element(Ns + "Task")!;
        Assert.Equal("catalogCreateCatalog", (string?)task.Attribute("operationName"));
        Assert.Equal("success", (string?)(await _raw.DoneAsync((string)task.Attribute("href")!)).Attribute("status"));
        var catalog = await _raw.GetAsync(created.Location!);
        Assert.Equal(("for a test", "false"), ((string?)catalog.Element(Ns + "Description"), (string?)catalog.Element(Ns + "IsPublished")));
        Assert.Equal(_name, (string?)(await _raw.GetAsync(VcdRaw.Link(catalog, "alternate"))).Attribute("name"));
        Assert.Equal("DUPLICATE_NAME", (await SendCatalogAsync(_raw, _name)).Expect(400).Code);
    }

    [Theory]
    [InlineData("39.1", true)]
    [InlineData("38.1", false)]
    public async Task A_catalog_is_renamed_by_a_task_since_39(string version, bool isTask)
    {
        var href = await CreateAsync(_raw, _name);
        using var raw = await VcdRaw.LoginAsync(_server.Simulator, version);
        var edited = await raw.SendAsync(HttpMethod.Put, VcdRaw.Link(await raw.GetAsync(href), "edit"), new XElement(Ns + "AdminCatalog", new XAttribute("name", _name + " 2")), AdminCatalog);
        var task = edited.Expect(200).Xml.Element(Ns + "Tasks")?.Elements().FirstOrDefault(t => (string?)t.Attribute("operationName") == "catalogUpdateCatalog");
        Assert.Equal(isTask, task is not null);
        Assert.Equal(isTask ? _name : _name + " 2", (string?)edited.Xml.Attribute("name"));
        if (task is not null) await raw.DoneAsync((string)task.Attribute("href")!);
        Assert.Equal(_name + " 2", (string?)(await raw.GetAsync(href)).Attribute("name"));
    }

    [Fact]
    public async Task A_second_change_during_a_task_is_refused()
    {
        await _server.Simulator.CommandAsync("vcd", "settings", new { taskStepSeconds = 3600 });
        var created = await PostCatalogAsync(_raw, _name);
        foreach (var request in new[]
        {
            await _raw.SendAsync(HttpMethod.Put, created.Location!, new XElement(Ns + "AdminCatalog", new XAttribute("name", "x")), AdminCatalog),
            await _raw.SendAsync(HttpMethod.Delete, created.Location!),
            await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(created.Xml, "publish"), new XElement(Ns + "PublishCatalogParams", new XElement(Ns + "IsPublished", true)), Publish),
            await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(created.Xml, "add", VcdRaw.MediaType), new XElement(Ns + "Media", new XAttribute("name", "m"), new XAttribute("size", 1), new XAttribute("imageType", "iso")), VcdRaw.MediaType),
        })
        {
            Assert.Equal("BUSY_ENTITY", request.Expect(400).Code);
        }

        // Its creation can be cancelled; then it never was.
        (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(created.Xml.Element(Ns + "Tasks")!.Element(Ns + "Task")!, "task:cancel"))).Expect(204);
        (await _raw.SendAsync(HttpMethod.Get, created.Location!)).Expect(403);
    }

    [Fact]
    public async Task A_catalog_is_deleted_when_it_is_empty_or_recursively()
    {
        var href = await CreateAsync(_raw, _name);
        await AddItemAsync("media", $"{_name}.iso", _name);
        Assert.Contains("not empty", (await _raw.SendAsync(HttpMethod.Delete, href)).Expect(400).Text, StringComparison.Ordinal);
        var media = await RecordAsync(_raw, "media", $"{_name}.iso");
        await _raw.SucceededAsync(await _raw.SendAsync(HttpMethod.Delete, $"{href}?recursive=true&force=false"));
        (await _raw.SendAsync(HttpMethod.Get, href)).Expect(403);
        (await _raw.SendAsync(HttpMethod.Get, (string)media!.Attribute("href")!)).Expect(403);

        using var old = await VcdRaw.LoginAsync(_server.Simulator, "29.0");
        href = await CreateAsync(old, _name);
        (await old.SendAsync(HttpMethod.Delete, href)).Expect(204);
        (await old.SendAsync(HttpMethod.Get, href)).Expect(403);
    }

    [Fact]
    public async Task A_catalog_with_an_upload_under_way_is_deleted_with_force_only()
    {
        var href = await CreateAsync(_raw, _name);
        var upload = VcdRaw.Link(await _raw.GetAsync(href), "add", VcdRaw.MediaType);
        (await _raw.SendAsync(HttpMethod.Post, upload, new XElement(Ns + "Media", new XAttribute("name", "m"), new XAttribute("size", 9), new XAttribute("imageType", "iso")), VcdRaw.MediaType)).Expect(201);
        Assert.Equal("BUSY_ENTITY", (await _raw.SendAsync(HttpMethod.Delete, $"{href}?recursive=true&force=false")).Expect(400).Code);
        await _raw.SucceededAsync(await _raw.SendAsync(HttpMethod.Delete, $"{href}?recursive=true&force=true"));
    }

    [Fact]
    public async Task An_entry_is_changed_and_its_name_is_taken_once()
    {
        var href = await CreateAsync(_raw, _name);
        await AddItemAsync("template", "one", _name);
        await AddItemAsync("template", "two", _name);
        var item = await _raw.GetAsync(ItemHref(await _raw.GetAsync(href), "one"));
        var body = new XElement(Ns + "CatalogItem", new XAttribute("name", "one & only"), new XElement(Ns + "Description", "new"), new XElement(Ns + "Entity", new XAttribute("href", (string)item.Element(Ns + "Entity")!.Attribute("href")!)));
        var changed = (await _raw.SendAsync(HttpMethod.Put, VcdRaw.Link(item, "edit"), body, Item)).Expect(200).Xml;
        Assert.Equal(("one & only", "new"), ((string?)changed.Attribute("name"), (string?)changed.Element(Ns + "Description")));
        Assert.Equal("one & only", (string?)(await _raw.GetAsync((string)changed.Element(Ns + "Entity")!.Attribute("href")!)).Attribute("name"));
        body.SetAttributeValue("name", "two");
        Assert.Equal("DUPLICATE_NAME", (await _raw.SendAsync(HttpMethod.Put, VcdRaw.Link(item, "edit"), body, Item)).Expect(400).Code);
        (await _raw.SendAsync(HttpMethod.Delete, VcdRaw.Link(changed, "remove"))).Expect(204);
        (await _raw.SendAsync(HttpMethod.Get, (string)changed.Attribute("href")!)).Expect(403);
    }

    [Theory]
    [InlineData("media", "Media", VcdRaw.MediaType)]
    [InlineData("template", "VAppTemplate", "application/vnd.vmware.vcloud.vAppTemplate+xml")]
    public async Task Media_and_templates_are_changed_by_a_task(string kind, string element, string type)
    {
        await AddItemAsync(kind, _name, null);
        var entity = await _raw.GetAsync((string)(await RecordAsync(_raw, kind == "media" ? "media" : "vAppTemplate", _name))!.Attribute("href")!);
        var body = new XElement(Ns + element, new XAttribute("name", _name + "!"), kind == "media" ? new object[] { new XAttribute("size", 1), new XAttribute("imageType", "iso") } : null, new XElement(Ns + "Description", "other"));
        await HoldTasksAsync();
        var answer = await _raw.SendAsync(HttpMethod.Put, VcdRaw.Link(entity, "edit", type), body, type);
        Assert.Equal("BUSY_ENTITY", (await _raw.SendAsync(HttpMethod.Put, VcdRaw.Link(entity, "edit", type), body, type)).Expect(400).Code);
        await LetTasksEndAsync();
        await _raw.SucceededAsync(answer);
        entity = await _raw.GetAsync((string)entity.Attribute("href")!);
        Assert.Equal((_name + "!", "other"), ((string?)entity.Attribute("name"), (string?)entity.Element(Ns + "Description")));
        Assert.Equal(_name + "!", (string?)(await _raw.GetAsync(VcdRaw.Link(entity, "catalogItem"))).Attribute("name"));
    }

    [Theory]
    [InlineData("media")]
    [InlineData("template")]
    public async Task An_entry_is_copied_with_its_content(string kind)
    {
        var target = await _raw.GetAsync(await CreateAsync(_raw, _name));
        await AddItemAsync(kind, _name, null);
        var source = ItemHref(await _raw.GetAsync(await _raw.CatalogAsync(kind == "media" ? "iso" : "templates")), _name);
        var body = new XElement(Ns + "CopyOrMoveCatalogItemParams", new XAttribute("name", _name + " copy"), new XElement(Ns + "Description", "of it"), new XElement(Ns + "Source", new XAttribute("href", source)));
        await HoldTasksAsync();
        var answer = (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(target, "copy", CopyOrMove), body, CopyOrMove)).Expect(202);
        var entity = await _raw.GetAsync((string)answer.Xml.Element(Ns + "Owner")!.Attribute("href")!);
        Assert.Equal("0", (string?)entity.Attribute("status"));
        Assert.Equal("DUPLICATE_NAME", (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(target, "copy"), body, CopyOrMove)).Expect(400).Code);
        await LetTasksEndAsync();
        await _raw.SucceededAsync(answer);
        entity = await _raw.GetAsync((string)entity.Attribute("href")!);
        Assert.Equal((kind == "media" ? "1" : "8", _name + " copy"), ((string?)entity.Attribute("status"), (string?)entity.Attribute("name")));
        var item = await _raw.GetAsync(VcdRaw.Link(entity, "catalogItem"));
        Assert.Equal((_name + " copy", "of it"), ((string?)item.Attribute("name"), (string?)item.Element(Ns + "Description")));
        Assert.Equal(await HashAsync(_name), await HashAsync(_name + " copy"));
        await _raw.GetAsync(source);
    }

    [Fact]
    public async Task An_entry_is_not_copied_beside_itself_under_its_own_name()
    {
        var target = await _raw.GetAsync(await _raw.CatalogAsync("templates"));
        var item = ItemHref(target, "debian-12-base");
        var body = new XElement(Ns + "CopyOrMoveCatalogItemParams", new XElement(Ns + "Source", new XAttribute("href", item)));
        Assert.Equal("DUPLICATE_NAME", (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(target, "copy"), body, CopyOrMove)).Expect(400).Code);
    }

    [Fact]
    public async Task An_entry_is_moved_at_the_end_of_its_task()
    {
        var target = await _raw.GetAsync(await CreateAsync(_raw, _name));
        await AddItemAsync("media", _name, null);
        var iso = await _raw.CatalogAsync("iso");
        var source = ItemHref(await _raw.GetAsync(iso), _name);
        var body = new XElement(Ns + "CopyOrMoveCatalogItemParams", new XElement(Ns + "Source", new XAttribute("href", source)));
        await HoldTasksAsync();
        var answer = await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(target, "move", CopyOrMove), body, CopyOrMove);
        Assert.Equal("BUSY_ENTITY", (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(target, "move"), body, CopyOrMove)).Expect(400).Code);
        Assert.NotNull(ItemHref(await _raw.GetAsync(iso), _name));
        await LetTasksEndAsync();
        await _raw.SucceededAsync(answer);
        Assert.DoesNotContain((await _raw.GetAsync(iso)).Element(Ns + "CatalogItems")!.Elements(), i => (string?)i.Attribute("name") == _name);
        Assert.NotNull(ItemHref(await _raw.GetAsync((string)target.Attribute("href")!), _name));
    }

    [Fact]
    public async Task A_published_catalog_is_there_for_other_organizations()
    {
        var href = await CreateAsync(_raw, _name);
        var catalog = await _raw.GetAsync(href);
        using var grace = await VcdRaw.LoginAsync(_server.Simulator, organization: "globex");
        var user = VcdRaw.Link(catalog, "alternate");
        (await grace.SendAsync(HttpMethod.Get, user)).Expect(403);
        (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(catalog, "publish", Publish), new XElement(Ns + "PublishCatalogParams", new XElement(Ns + "IsPublished", true)), Publish)).Expect(204);
        var seen = await grace.GetAsync(user);
        Assert.Equal("true", (string?)seen.Element(Ns + "IsPublished"));
        Assert.Null(VcdRaw.FindLink(seen, "add"));
        (await grace.SendAsync(HttpMethod.Get, href)).Expect(403);
        (await grace.SendAsync(HttpMethod.Post, VcdRaw.Link(catalog, "publish"), new XElement(Ns + "PublishCatalogParams", new XElement(Ns + "IsPublished", false)), Publish)).Expect(403);
        (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(catalog, "publish"), new XElement(Ns + "PublishCatalogParams", new XElement(Ns + "IsPublished", false)), Publish)).Expect(204);
        (await grace.SendAsync(HttpMethod.Get, user)).Expect(403);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_subscriber_takes_what_is_published_once_it_synchronizes(bool localCopy)
    {
        var published = await PublishedAsync("s3cret & <more>");
        await AddItemAsync("template", _name, _name);
        await AddItemAsync("media", _name + ".iso", _name);
        using var grace = await VcdRaw.LoginAsync(_server.Simulator, organization: "globex");
        var subscriber = await grace.GetAsync(await CreateAsync(grace, _name));
        foreach (var (location, password) in new[] { (published + "x", "s3cret & <more>"), (published, "wrong"), (published, "") })
        {
            (await SubscribeAsync(grace, subscriber, location, password, localCopy)).Expect(400);
        }

        (await SubscribeAsync(grace, subscriber, published, "s3cret & <more>", localCopy)).Expect(204);
        subscriber = await grace.GetAsync((string)subscriber.Attribute("href")!);
        var told = subscriber.Element(Ns + "ExternalCatalogSubscriptionParams")!;
        Assert.Equal((published, "******", localCopy ? "true" : "false"), ((string?)told.Element(Ns + "Location"), (string?)told.Element(Ns + "Password"), (string?)told.Element(Ns + "LocalCopy")));
        Assert.Null(VcdRaw.FindLink(subscriber, "add"));
        Assert.Empty(subscriber.Element(Ns + "CatalogItems")!.Elements());
        await grace.SucceededAsync(await grace.SendAsync(HttpMethod.Post, VcdRaw.Link(subscriber, "sync")));
        subscriber = await grace.GetAsync((string)subscriber.Attribute("href")!);
        Assert.Equal(2, subscriber.Element(Ns + "CatalogItems")!.Elements().Count());

        var item = await grace.GetAsync(ItemHref(subscriber, _name));
        var template = (string)item.Element(Ns + "Entity")!.Attribute("href")!;
        Assert.Equal(localCopy ? "8" : "1", (string?)(await grace.GetAsync(template)).Attribute("status"));
        Assert.Null(VcdRaw.FindLink(item, "remove"));
        await grace.SucceededAsync(await grace.SendAsync(HttpMethod.Post, VcdRaw.Link(item, "sync")));
        Assert.Equal("8", (string?)(await grace.GetAsync(template)).Attribute("status"));
        Assert.Equal("SUBSCRIBED", (string?)(await RecordAsync(grace, "catalog", _name))!.Attribute("publishSubscriptionType"));

        // What is gone there is gone here after the next synchronization.
        (await _raw.SendAsync(HttpMethod.Delete, ItemHref(await _raw.GetAsync(await _raw.CatalogAsync(_name)), _name))).Expect(204);
        await grace.SucceededAsync(await grace.SendAsync(HttpMethod.Post, VcdRaw.Link(subscriber, "sync")));
        Assert.Equal(_name + ".iso", (string?)Assert.Single((await grace.GetAsync((string)subscriber.Attribute("href")!)).Element(Ns + "CatalogItems")!.Elements()).Attribute("name"));

        // A new password is met by the next synchronization.
        await PublishedAsync("another", exists: true);
        var failed = await grace.DoneAsync((await grace.SendAsync(HttpMethod.Post, VcdRaw.Link(subscriber, "sync"))).Expect(202).Location!);
        Assert.Contains("password", (string?)failed.Element(Ns + "Error")!.Attribute("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_types_and_shapes_are_checked()
    {
        var catalog = await _raw.GetAsync(await CreateAsync(_raw, _name));
        (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(catalog, "publish"), new XElement(Ns + "PublishCatalogParams", new XElement(Ns + "IsPublished", true)), AdminCatalog)).Expect(415);
        (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(catalog, "publish"), new XElement(Ns + "PublishCatalogParams"), Publish)).Expect(400);
        (await _raw.SendAsync(HttpMethod.Put, VcdRaw.Link(catalog, "edit"), new XElement(Ns + "AdminCatalog", new XAttribute("name", "x"), new XElement(Ns + "IsPublished", true), new XElement(Ns + "Description")), AdminCatalog)).Expect(400);
    }

    [Fact]
    public async Task Users_without_rights_are_refused()
    {
        using var victor = await VcdRaw.LoginAsync(_server.Simulator, nth: 1);
        (await SendCatalogAsync(victor, _name)).Expect(403);
        using var cathy = await VcdRaw.LoginAsync(_server.Simulator, nth: 2);
        var own = await CreateAsync(cathy, _name);
        await cathy.GetAsync(own);
        var iso = await _raw.GetAsync(await _raw.CatalogAsync("iso"));
        Assert.Equal("ACCESS_TO_RESOURCE_IS_FORBIDDEN", (await cathy.SendAsync(HttpMethod.Delete, ((string)iso.Attribute("href")!).Replace("/catalog/", "/admin/catalog/", StringComparison.Ordinal))).Expect(403).Code);
        (await cathy.SendAsync(HttpMethod.Post, VcdRaw.Link(iso, "add", VcdRaw.MediaType), new XElement(Ns + "Media", new XAttribute("name", "m"), new XAttribute("size", 1), new XAttribute("imageType", "iso")), VcdRaw.MediaType)).Expect(403);
        await cathy.SucceededAsync(await cathy.SendAsync(HttpMethod.Delete, own));
    }

    private static async Task<RawAnswer> SendCatalogAsync(VcdRaw raw, string name, params object[] content)
    {
        var org = (await raw.GetAsync("org")).Elements(Ns + "Org").First(o => (string?)o.Attribute("name") is not "System");
        var orgId = ((string)org.Attribute("href")!).Split('/')[^1];
        return await raw.SendAsync(HttpMethod.Post, $"admin/org/{orgId}/catalogs", new XElement(Ns + "AdminCatalog", new XAttribute("name", name), content), AdminCatalog);
    }

    private static async Task<RawAnswer> PostCatalogAsync(VcdRaw raw, string name, params object[] content) => (await SendCatalogAsync(raw, name, content)).Expect(201);

    private static async Task<string> CreateAsync(VcdRaw raw, string name)
    {
        var created = await PostCatalogAsync(raw, name);
        await raw.DoneAsync((string)created.Xml.Element(Ns + "Tasks")!.Element(Ns + "Task")!.Attribute("href")!);
        return created.Location!;
    }

    private static Task<RawAnswer> SubscribeAsync(VcdRaw raw, XElement catalog, string location, string password, bool localCopy)
        => raw.SendAsync(
            HttpMethod.Post,
            VcdRaw.Link(catalog, "subscribeToExternalCatalog", Subscribe),
            new XElement(Ns + "ExternalCatalogSubscriptionParams", new XElement(Ns + "SubscribeToExternalFeeds", true), new XElement(Ns + "Location", location), new XElement(Ns + "Password", password), new XElement(Ns + "LocalCopy", localCopy)),
            Subscribe);

    private static string ItemHref(XElement catalog, string name) => (string)catalog.Element(Ns + "CatalogItems")!.Elements().Single(i => (string?)i.Attribute("name") == name).Attribute("href")!;

    private static async Task<XElement?> RecordAsync(VcdRaw raw, string type, string name)
        => (await raw.GetAsync($"query?type={type}&format=records&filter=name=={Uri.EscapeDataString(name)}")).Elements().FirstOrDefault(e => e.Name.LocalName.EndsWith("Record", StringComparison.Ordinal));

    /// <summary>Tasks that begin from now on take half an hour: what a test does meanwhile does not depend on how fast the machine is.</summary>
    private async Task HoldTasksAsync() => await _server.Simulator.CommandAsync("vcd", "settings", new { taskStepSeconds = 600, sessionTimeoutSeconds = 86400 });

    private async Task LetTasksEndAsync()
    {
        await _server.Simulator.CommandAsync("vcd", "settings", new { taskStepSeconds = (double?)null });
        await _server.Simulator.AdvanceAsync(TimeSpan.FromMinutes(31));
    }

    private async Task<string> PublishedAsync(string password, bool exists = false)
    {
        var href = exists ? (await _raw.CatalogAsync(_name)).Replace("/catalog/", "/admin/catalog/", StringComparison.Ordinal) : await CreateAsync(_raw, _name);
        var body = new XElement(Ns + "PublishExternalCatalogParams", new XElement(Ns + "IsPublishedExternally", true), new XElement(Ns + "Password", password));
        (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(await _raw.GetAsync(href), "publishToExternalOrganizations", PublishExternal), body, PublishExternal)).Expect(204);
        var told = (await _raw.GetAsync(href)).Element(Ns + "PublishExternalCatalogParams")!;
        Assert.Equal(("true", "******"), ((string?)told.Element(Ns + "IsPublishedExternally"), (string?)told.Element(Ns + "Password")));
        return new Uri(_server.Simulator.Server("vcd"), (string)told.Element(Ns + "catalogPublishedUrl")!).AbsoluteUri;
    }

    private async Task AddItemAsync(string kind, string name, string? catalog) => await _server.Simulator.CommandAsync("vcd", "item", new { name, kind, catalog, size = 4_321 });

    private async Task<string> HashAsync(string name) => (await _server.Simulator.CommandAsync("vcd", "content", new { name })).EnumerateArray().Last().GetProperty("sha256").GetString()!;
}
