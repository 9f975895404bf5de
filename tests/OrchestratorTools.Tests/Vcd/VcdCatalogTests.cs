using System.Net;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Catalogs and their items on a scripted wire. The links lead to addresses that nobody could guess: what is sent elsewhere was not found by its link.</summary>
public sealed class VcdCatalogTests
{
    private const string Id = "00000000-0000-4000-8000-0000000000c1";
    private const string User = "/api/catalog/" + Id;
    private const string Admin = "/api/admin/catalog/" + Id;
    private const string Item = "/api/catalogItem/00000000-0000-4000-8000-0000000000e1";

    [Fact]
    public async Task A_catalog_is_made_at_the_organizations_link()
    {
        var shelf = new VcdShelf()
            .With("/api/org/1", "<Org name=\"acme\"><Link rel=\"add\" type=\"application/vnd.vmware.admin.catalog+json\" href=\"HOST/no\"/><Link rel=\"add\" type=\"application/vnd.vmware.admin.catalog+xml\" href=\"HOST/x/make\"/></Org>")
            .When("POST /x/make", _ => VcdFake.Xml($"<AdminCatalog xmlns=\"http://www.vmware.com/vcloud/v1.5\" name=\"new\" href=\"{VcdShelf.Host}{Admin}\"><Tasks>{VcdShelf.TaskXml("running")}</Tasks></AdminCatalog>", HttpStatusCode.Created))
            .With(Admin, "<AdminCatalog name=\"new\"><Description>made</Description></AdminCatalog>");
        var client = await shelf.ClientAsync();
        var change = await client.NewCatalogAsync("/api/org/1", "new", "a & b", VcdShelf.Host + "/api/vdcStorageProfile/9", null, CancellationToken.None);
        Assert.Equal(("running", "application/vnd.vmware.admin.catalog+xml"), (change.Task!.Status, ContentType(shelf)));
        Assert.Equal(("new", "a & b"), (VcdXml.Text(shelf.Body, "name"), VcdXml.ChildText(shelf.Body, "Description")));
        Assert.Equal(VcdShelf.Host + "/api/vdcStorageProfile/9", VcdXml.Text(VcdXml.Child(VcdXml.Child(shelf.Body, "CatalogStorageProfiles")!, "VdcStorageProfile")!, "href"));
        var ended = await client.FollowAsync(change.Task, null, null, CancellationToken.None);
        Assert.Equal("made", (await client.CatalogOfAsync(change with { Task = ended }, "none", "acme", CancellationToken.None)).Description);
    }

    [Fact]
    public async Task An_organization_without_the_link_takes_no_catalogs()
    {
        var shelf = new VcdShelf().With("/api/org/1", "<Org name=\"acme\"/>");
        var client = await shelf.ClientAsync();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.NewCatalogAsync("/api/org/1", "new", null, null, null, CancellationToken.None));
        Assert.Equal("Vcd.Permission", e.ErrorId);
        Assert.Contains("'acme'", e.Message, StringComparison.Ordinal);
        Assert.Empty(shelf.Changes);
    }

    [Fact]
    public async Task Storage_profiles_and_subscriptions_need_5_5()
    {
        foreach (var (profile, subscription) in new (string?, VcdSubscription?)[] { ("/api/vdcStorageProfile/9", null), (null, new VcdSubscription(new Uri("https://other.example.com/vcsp/lib/1/"))) })
        {
            var shelf = new VcdShelf("5.1").With("/api/org/1", "<Org name=\"acme\"><Link rel=\"add\" type=\"application/vnd.vmware.admin.catalog+xml\" href=\"HOST/x/make\"/></Org>");
            var client = await shelf.ClientAsync();
            var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.NewCatalogAsync("/api/org/1", "new", null, profile, subscription, CancellationToken.None));
            Assert.Equal("Vcd.Validation", e.ErrorId);
            Assert.Contains("5.1", e.Message, StringComparison.Ordinal);
            Assert.Empty(shelf.Changes);
        }
    }

    [Fact]
    public async Task A_change_sends_the_whole_catalog_to_the_administrators_edit_link()
    {
        var shelf = new VcdShelf()
            .With(User, "<Catalog name=\"old\"><Link rel=\"up\" type=\"application/vnd.vmware.vcloud.org+xml\" href=\"HOST/api/org/1\"/></Catalog>")
            .With(Admin, "<AdminCatalog name=\"old\" id=\"urn:vcloud:catalog:" + Id + "\"><Link rel=\"edit\" type=\"application/vnd.vmware.vcloud.owner+xml\" href=\"HOST/x/owner\"/><Link rel=\"edit\" type=\"application/vnd.vmware.admin.catalog+xml\" href=\"HOST/x/edit\"/><Description>kept</Description><CatalogItems><CatalogItem href=\"HOST/i\" name=\"i\"/></CatalogItems><IsPublished>true</IsPublished><VersionNumber>4</VersionNumber></AdminCatalog>");
        var client = await shelf.ClientAsync();
        await client.SetCatalogAsync("urn:vcloud:catalog:" + Id, "new", null, null, CancellationToken.None);
        var change = Assert.Single(shelf.Changes);
        Assert.Equal(("PUT", "/x/edit", "new", "kept"), (change.Method, change.Uri.AbsolutePath, VcdXml.Text(shelf.Body, "name"), VcdXml.ChildText(shelf.Body, "Description")));
        Assert.Equal(["Description", "IsPublished", "VersionNumber"], shelf.Body.Elements().Select(e => e.Name.LocalName), StringComparer.Ordinal);
        Assert.DoesNotContain("WARNING", shelf.Observer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<PublishExternalCatalogParams><IsPublishedExternally>true</IsPublishedExternally></PublishExternalCatalogParams>", "published")]
    [InlineData("<ExternalCatalogSubscriptionParams><Location>https://other.example.com/</Location></ExternalCatalogSubscriptionParams>", "subscribed")]
    public async Task Who_changes_a_catalog_with_a_password_is_warned(string parameters, string said)
    {
        var shelf = new VcdShelf().With(Admin, "<AdminCatalog name=\"old\"><Link rel=\"edit\" type=\"application/vnd.vmware.admin.catalog+xml\" href=\"HOST/x/edit\"/>" + parameters + "</AdminCatalog>");
        await (await shelf.ClientAsync()).SetCatalogAsync(Admin, null, "new", null, CancellationToken.None);
        Assert.Contains(shelf.Observer.Lines, l => l.StartsWith("WARNING", StringComparison.Ordinal) && l.Contains(said, StringComparison.Ordinal));
        Assert.Equal(XElement.Parse(parameters).Name.LocalName, shelf.Body.Elements().Last().Name.LocalName);
    }

    [Fact]
    public async Task A_catalog_that_this_user_may_not_manage_says_so()
    {
        var shelf = new VcdShelf().With(User, "<Catalog name=\"shared\"/>");
        var client = await shelf.ClientAsync();
        foreach (var step in new Func<Task>[]
        {
            () => client.SetCatalogAsync(User, "new", null, null, CancellationToken.None),
            () => client.RemoveCatalogAsync(User, true, CancellationToken.None),
            () => client.PublishCatalogAsync(User, true, CancellationToken.None),
            () => client.PublishCatalogExternallyAsync(User, true, null, null, null, CancellationToken.None),
            () => client.SubscribeCatalogAsync(User, new VcdSubscription(new Uri("https://other.example.com/")), CancellationToken.None),
            () => client.SyncAsync(User, CancellationToken.None),
            () => client.CopyCatalogItemAsync(User, User, null, null, false, CancellationToken.None),
        }.Take(6))
        {
            var e = await Assert.ThrowsAsync<OrchestratorApiException>(step);
            Assert.Equal("Vcd.Permission", e.ErrorId);
            Assert.Contains("'shared'", e.Message, StringComparison.Ordinal);
            Assert.NotNull(e.RecommendedAction);
        }

        Assert.Empty(shelf.Changes);
    }

    [Fact]
    public async Task Only_an_empty_catalog_is_removed_without_force()
    {
        var shelf = new VcdShelf().With(Admin, "<AdminCatalog name=\"full\"><Link rel=\"remove\" href=\"HOST/x/remove\"/><CatalogItems><CatalogItem href=\"HOST/1\" name=\"a\"/><CatalogItem href=\"HOST/2\" name=\"b\"/></CatalogItems></AdminCatalog>");
        var client = await shelf.ClientAsync();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.RemoveCatalogAsync(Admin, false, CancellationToken.None));
        Assert.Equal("Vcd.WrongState", e.ErrorId);
        Assert.Contains("2 items", e.Message, StringComparison.Ordinal);
        Assert.Empty(shelf.Changes);
        await client.RemoveCatalogAsync(Admin, true, CancellationToken.None);
        var sent = Assert.Single(shelf.Changes);
        Assert.Equal(("DELETE", "/x/remove", "?recursive=true&force=true"), (sent.Method, sent.Uri.AbsolutePath, sent.Uri.Query));
    }

    [Fact]
    public async Task An_empty_catalog_is_removed_by_its_link()
    {
        var shelf = new VcdShelf().With(Admin, "<AdminCatalog name=\"empty\"><Link rel=\"remove\" href=\"HOST/x/remove\"/><CatalogItems/></AdminCatalog>").When("DELETE /x/remove", _ => new HttpResponseMessage(HttpStatusCode.NoContent));
        Assert.Null((await (await shelf.ClientAsync()).RemoveCatalogAsync(Admin, false, CancellationToken.None)).Task);
        Assert.Equal("/x/remove", Assert.Single(shelf.Changes).Uri.PathAndQuery);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_catalog_is_published_to_all_and_hidden_again(bool published)
    {
        var shelf = new VcdShelf().With(Admin, "<AdminCatalog name=\"c\"><Link rel=\"publish\" type=\"application/vnd.vmware.admin.publishCatalogParams+xml\" href=\"HOST/x/publish\"/></AdminCatalog>").When("POST /x/publish", _ => new HttpResponseMessage(HttpStatusCode.NoContent));
        await (await shelf.ClientAsync()).PublishCatalogAsync(Admin, published, CancellationToken.None);
        Assert.Equal((published ? "true" : "false", "application/vnd.vmware.admin.publishCatalogParams+xml"), (VcdXml.ChildText(shelf.Body, "IsPublished"), ContentType(shelf)));
    }

    [Fact]
    public async Task A_password_of_a_publication_reaches_the_server_and_no_stream()
    {
        var shelf = new VcdShelf().With(Admin, "<AdminCatalog name=\"c\"><Link rel=\"publishToExternalOrganizations\" type=\"application/vnd.vmware.admin.publishExternalCatalogParams+json\" href=\"HOST/no\"/><Link rel=\"publishToExternalOrganizations\" type=\"application/vnd.vmware.admin.publishExternalCatalogParams+xml\" href=\"HOST/x/publish\"/></AdminCatalog>")
            .When("POST /x/publish", r => VcdFake.Xml($"<Error xmlns=\"http://www.vmware.com/vcloud/v1.5\" majorErrorCode=\"400\" minorErrorCode=\"BAD_REQUEST\" message=\"You said {XElement.Parse(r.Body!).Element(VcdXml.Namespace + "Password")!.Value}\"/>", HttpStatusCode.BadRequest));
        var client = await shelf.ClientAsync();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.PublishCatalogExternallyAsync(Admin, true, SecretText.From("Pa55-w0rd-77"), true, false, CancellationToken.None));
        Assert.Equal(["true", "Pa55-w0rd-77", "true", "false"], shelf.Body.Elements().Select(x => x.Value), StringComparer.Ordinal);
        Assert.DoesNotContain("Pa55-w0rd-77", shelf.Observer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Pa55-w0rd-77", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_is_made_with_a_catalog_or_for_one()
    {
        var subscription = new VcdSubscription(new Uri("https://other.example.com/vcsp/lib/1/")) { Password = SecretText.From("Pa55-w0rd-77"), LocalCopy = true };
        var shelf = new VcdShelf()
            .With("/api/org/1", "<Org name=\"acme\"><Link rel=\"add\" type=\"application/vnd.vmware.admin.catalog+xml\" href=\"HOST/x/make\"/></Org>")
            .With(Admin, "<AdminCatalog name=\"c\"><Link rel=\"subscribeToExternalCatalog\" type=\"application/vnd.vmware.admin.externalCatalogSubscriptionParams+xml\" href=\"HOST/x/subscribe\"/></AdminCatalog>");
        var client = await shelf.ClientAsync();
        await client.NewCatalogAsync("/api/org/1", "new", null, null, subscription, CancellationToken.None);
        await client.SubscribeCatalogAsync(Admin, subscription, CancellationToken.None);
        Assert.Equal(["/x/make", "/x/subscribe"], shelf.Changes.Select(c => c.Uri.AbsolutePath), StringComparer.Ordinal);
        foreach (var sent in shelf.Changes.Select(c => XElement.Parse(c.Body!)))
        {
            var parameters = sent.DescendantsAndSelf(VcdXml.Namespace + "ExternalCatalogSubscriptionParams").Single();
            Assert.Equal(["true", "https://other.example.com/vcsp/lib/1/", "Pa55-w0rd-77", "true"], parameters.Elements().Select(x => x.Value), StringComparer.Ordinal);
        }

        Assert.DoesNotContain("Pa55-w0rd-77", shelf.Observer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Synchronizing_posts_nothing_to_the_sync_link_of_either_view()
    {
        var shelf = new VcdShelf()
            .With(Admin, "<AdminCatalog name=\"c\"><Link rel=\"alternate\" type=\"application/vnd.vmware.vcloud.catalog+json\" href=\"HOST/no\"/><Link rel=\"alternate\" type=\"application/vnd.vmware.vcloud.catalog+xml\" href=\"HOST/x/user\"/></AdminCatalog>")
            .With("/x/user", "<Catalog name=\"c\"><Link rel=\"sync\" href=\"HOST/x/sync\"/></Catalog>")
            .With(Item, "<CatalogItem name=\"i\"><Link rel=\"sync\" href=\"HOST/x/sync-item\"/></CatalogItem>");
        var client = await shelf.ClientAsync();
        await client.SyncAsync(Admin, CancellationToken.None);
        await client.SyncAsync(Item, CancellationToken.None);
        Assert.Equal(["POST /x/sync ", "POST /x/sync-item "], shelf.Changes.Select(c => $"{c.Method} {c.Uri.AbsolutePath} {c.Body}"), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(false, "/x/copy")]
    [InlineData(true, "/x/move")]
    public async Task Items_are_copied_and_moved_by_the_links_of_the_target(bool move, string address)
    {
        var shelf = new VcdShelf()
            .With(Item, "<CatalogItem name=\"source\"><Description>about it</Description><Entity href=\"HOST/e\"/></CatalogItem>")
            .With(User, "<Catalog name=\"target\"><Link rel=\"copy\" type=\"application/vnd.vmware.vcloud.copyOrMoveCatalogItemParams+xml\" href=\"HOST/x/copy\"/><Link rel=\"move\" type=\"application/vnd.vmware.vcloud.copyOrMoveCatalogItemParams+xml\" href=\"HOST/x/move\"/><CatalogItems><CatalogItem name=\"copy\" href=\"HOST/api/catalogItem/2\"/></CatalogItems></Catalog>")
            .With("/api/catalogItem/2", "<CatalogItem name=\"copy\"><Entity href=\"HOST/e2\" name=\"copy\" type=\"application/vnd.vmware.vcloud.media+xml\"/></CatalogItem>")
            .TasksEnd("running", "success");
        var client = await shelf.ClientAsync();
        var change = await client.CopyCatalogItemAsync(Item, User, "copy", null, move, CancellationToken.None);
        Assert.Equal(address, Assert.Single(shelf.Changes).Uri.AbsolutePath);
        Assert.Equal(("copy", "about it", VcdShelf.Host + Item), (VcdXml.Text(shelf.Body, "name"), VcdXml.ChildText(shelf.Body, "Description"), VcdXml.Text(VcdXml.Child(shelf.Body, "Source")!, "href")));
        await client.FollowAsync(change.Task, null, null, CancellationToken.None);
        var made = await client.CatalogItemOfAsync(change, User, "copy", CancellationToken.None);
        Assert.Equal(("copy", "Media", "target"), (made.Name, made.Type, made.Catalog));
        Assert.Equal("Vcd.NotFound", (await Assert.ThrowsAsync<OrchestratorApiException>(() => client.CatalogItemOfAsync(change, User, "other", CancellationToken.None))).ErrorId);
    }

    [Fact]
    public async Task A_media_or_template_becomes_an_item_under_its_own_name_or_another()
    {
        var shelf = new VcdShelf()
            .With("/api/media/1", "<Media name=\"disc\" type=\"application/vnd.vmware.vcloud.media+xml\"/>")
            .With(User, "<Catalog name=\"target\"><Link rel=\"add\" type=\"application/vnd.vmware.vcloud.media+xml\" href=\"HOST/no\"/><Link rel=\"add\" type=\"application/vnd.vmware.vcloud.catalogItem+xml\" href=\"HOST/x/add\"/></Catalog>")
            .When("POST /x/add", _ => VcdFake.Xml($"<CatalogItem xmlns=\"http://www.vmware.com/vcloud/v1.5\" name=\"disc\" href=\"{VcdShelf.Host}{Item}\"><Entity href=\"{VcdShelf.Host}/api/media/1\"/></CatalogItem>", HttpStatusCode.Created));
        var client = await shelf.ClientAsync();
        var change = await client.AddCatalogItemAsync(User, "/api/media/1", null, "why", CancellationToken.None);
        Assert.Equal(("disc", "why"), (VcdXml.Text(shelf.Body, "name"), VcdXml.ChildText(shelf.Body, "Description")));
        var entity = VcdXml.Child(shelf.Body, "Entity")!;
        Assert.Equal((VcdShelf.Host + "/api/media/1", "application/vnd.vmware.vcloud.media+xml", "disc"), (VcdXml.Text(entity, "href"), VcdXml.Text(entity, "type"), VcdXml.Text(entity, "name")));
        Assert.Equal("disc", (await client.CatalogItemOfAsync(change, User, "disc", CancellationToken.None)).Name);
        await client.AddCatalogItemAsync(User, "/api/media/1", "other", null, CancellationToken.None);
        Assert.Equal("other", VcdXml.Text(XElement.Parse(shelf.Changes[1].Body!), "name"));
    }

    [Fact]
    public async Task Items_media_and_templates_are_removed_by_their_links()
    {
        var shelf = new VcdShelf()
            .With(Item, "<CatalogItem name=\"i\"><Link rel=\"remove\" href=\"HOST/x/1\"/><Entity href=\"HOST/e\"/></CatalogItem>")
            .With("/api/media/1", "<Media name=\"m\"><Link rel=\"remove\" href=\"HOST/x/2\"/></Media>")
            .With("/api/vAppTemplate/vappTemplate-1", "<VAppTemplate name=\"t\"><Link rel=\"remove\" href=\"HOST/x/3\"/></VAppTemplate>")
            .With("/api/media/2", "<Media name=\"subscribed\"/>")
            .When("DELETE /x/1", _ => new HttpResponseMessage(HttpStatusCode.NoContent));
        var client = await shelf.ClientAsync();
        Assert.Null((await client.RemoveCatalogItemAsync(Item, CancellationToken.None)).Task);
        Assert.NotNull((await client.RemoveMediaAsync("/api/media/1", CancellationToken.None)).Task);
        Assert.NotNull((await client.RemoveTemplateAsync("/api/vAppTemplate/vappTemplate-1", CancellationToken.None)).Task);
        Assert.Equal("Vcd.Permission", (await Assert.ThrowsAsync<OrchestratorApiException>(() => client.RemoveMediaAsync("/api/media/2", CancellationToken.None))).ErrorId);
        Assert.Equal(["/x/1", "/x/2", "/x/3"], shelf.Changes.Select(c => c.Uri.AbsolutePath), StringComparer.Ordinal);
    }

    [Fact]
    public void A_catalog_tells_how_it_is_published_and_subscribed()
    {
        static VcdCatalog Read(string xml) => new(XElement.Parse(xml));
        var published = Read($"<AdminCatalog name=\"c\" href=\"{VcdShelf.Host}{Admin}\"><CatalogStorageProfiles><VdcStorageProfile href=\"h\" name=\"gold\"/></CatalogStorageProfiles><PublishExternalCatalogParams><IsPublishedExternally>true</IsPublishedExternally><catalogPublishedUrl>/vcsp/lib/1/</catalogPublishedUrl></PublishExternalCatalogParams></AdminCatalog>");
        Assert.Equal((true, VcdShelf.Host + "/vcsp/lib/1/", (bool?)null, "gold"), (published.IsPublishedExternally, published.PublishedUrl, published.IsSubscribed, published.StorageProfiles.Single().Name));
        var subscribed = Read("<AdminCatalog name=\"c\"><ExternalCatalogSubscriptionParams><SubscribeToExternalFeeds>true</SubscribeToExternalFeeds><Location>https://other.example.com/</Location></ExternalCatalogSubscriptionParams></AdminCatalog>");
        Assert.Equal((null, true, "https://other.example.com/"), (subscribed.IsPublishedExternally, subscribed.IsSubscribed, subscribed.SubscribedTo));
        Assert.Equal((true, false), (Read("<CatalogRecord publishSubscriptionType=\"PUBLISHED\"/>").IsPublishedExternally, Read("<CatalogRecord publishSubscriptionType=\"PUBLISHED\"/>").IsSubscribed));
        Assert.Equal("https://else.example.com/x", Read("<AdminCatalog href=\"https://h/api\"><PublishExternalCatalogParams><CatalogPublishedUrl>https://else.example.com/x</CatalogPublishedUrl></PublishExternalCatalogParams></AdminCatalog>").PublishedUrl);
    }

    private static string? ContentType(VcdShelf shelf) => Assert.Single(shelf.Changes).ContentType;
}
