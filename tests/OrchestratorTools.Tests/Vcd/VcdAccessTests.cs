using System.Net;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Sharing and owners on a scripted wire.</summary>
public sealed class VcdAccessTests
{
    private const string Id = "00000000-0000-4000-8000-0000000000c1";
    private const string VApp = "/api/vApp/vapp-00000000-0000-4000-8000-0000000000a1";
    private const string Catalog = "/api/catalog/" + Id;
    private const string Bob = "https://cell.example.com/api/admin/user/00000000-0000-4000-8000-00000000000b";
    private const string Links = "<Link rel=\"down\" type=\"application/vnd.vmware.vcloud.controlAccess+xml\" href=\"HOST/x/read\"/><Link rel=\"controlAccess\" type=\"application/vnd.vmware.vcloud.controlAccess+xml\" href=\"HOST/x/write\"/>";
    private const string Shared = "<ControlAccessParams><IsSharedToEveryone>true</IsSharedToEveryone><EveryoneAccessLevel>ReadOnly</EveryoneAccessLevel><AccessSettings><AccessSetting><Subject href=\"" + Bob + "\" name=\"bob\" type=\"application/vnd.vmware.admin.user+xml\"/><AccessLevel>Change</AccessLevel></AccessSetting><AccessSetting><Subject href=\"HOST/api/admin/group/1\" name=\"ops\"/><AccessLevel>FullControl</AccessLevel></AccessSetting><AccessSetting><Subject href=\"HOST/api/admin/org/2\" name=\"other\" type=\"application/vnd.vmware.admin.org+xml\"/><AccessLevel>ReadOnly</AccessLevel></AccessSetting><AccessSetting><ExternalSubject><SubjectId>x-1</SubjectId><IsUser>true</IsUser><IdpType>SAML</IdpType></ExternalSubject><AccessLevel>Change</AccessLevel></AccessSetting></AccessSettings></ControlAccessParams>";

    [Fact]
    public async Task Every_kind_of_grant_is_told()
    {
        var client = await new VcdShelf().With(VApp, $"<VApp name=\"web\">{Links}</VApp>").With("/x/read", Shared).ClientAsync();
        var grants = await client.GetAccessAsync(VApp, CancellationToken.None);
        Assert.Equal(["Everyone Everyone ReadOnly", "User bob Change", "Group ops FullControl", "Organization other ReadOnly", "External x-1 Change"], grants.Select(g => $"{g.SubjectType} {g.Subject} {g.Level}"), StringComparer.Ordinal);
        Assert.All(grants, g => Assert.Equal(("web", VcdShelf.Host + VApp, true), (g.Name, g.Href, g.Origin is not null)));
    }

    [Fact]
    public async Task What_is_shared_with_nobody_has_no_grants()
    {
        var client = await new VcdShelf().With(VApp, $"<VApp name=\"web\">{Links}</VApp>").With("/x/read", "<ControlAccessParams><IsSharedToEveryone>false</IsSharedToEveryone></ControlAccessParams>").ClientAsync();
        Assert.Empty(await client.GetAccessAsync(VApp, CancellationToken.None));
    }

    [Fact]
    public async Task A_change_is_made_to_what_was_read_right_before()
    {
        var shelf = new VcdShelf().With(VApp, $"<VApp name=\"web\">{Links}</VApp>").With("/x/read", Shared)
            .When("POST /x/write", r => VcdFake.Xml(r.Body!));
        var client = await shelf.ClientAsync();
        var grants = await client.SetAccessAsync(VApp, new VcdAccessChange { Subjects = [new VcdAccessSubject(Bob, VcdAssumptions.UserType, "bob")], Level = VcdAccessLevel.FullControl }, CancellationToken.None);
        Assert.Equal(["Everyone ReadOnly", "ops FullControl", "other ReadOnly", "x-1 Change", "bob FullControl"], grants.Select(g => $"{g.Subject} {g.Level}"), StringComparer.Ordinal);
        Assert.Equal("application/vnd.vmware.vcloud.controlAccess+xml", Assert.Single(shelf.Changes).ContentType);
        Assert.Equal("SAML", shelf.Body.Descendants(VcdXml.Namespace + "IdpType").Single().Value);
    }

    [Fact]
    public async Task Where_the_answer_tells_nothing_the_sharing_is_read_again()
    {
        var shelf = new VcdShelf().With(VApp, $"<VApp name=\"web\">{Links}</VApp>").With("/x/read", Shared).When("POST /x/write", _ => new HttpResponseMessage(HttpStatusCode.NoContent));
        Assert.Equal(5, (await (await shelf.ClientAsync()).SetAccessAsync(VApp, new VcdAccessChange { Everyone = VcdAccessLevel.None }, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Who_has_no_access_cannot_lose_it()
    {
        var shelf = new VcdShelf().With(VApp, $"<VApp name=\"web\">{Links}</VApp>").With("/x/read", Shared);
        var client = await shelf.ClientAsync();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.SetAccessAsync(VApp, new VcdAccessChange { Subjects = [new VcdAccessSubject(VcdShelf.Host + "/api/admin/user/3", VcdAssumptions.UserType, "eve")] }, CancellationToken.None));
        Assert.Equal("Vcd.NotFound", e.ErrorId);
        Assert.Contains("'eve'", e.Message, StringComparison.Ordinal);
        Assert.Empty(shelf.Changes);
    }

    [Fact]
    public async Task What_this_user_may_see_but_not_share_says_so()
    {
        var shelf = new VcdShelf().With(VApp, "<VApp name=\"web\"><Link rel=\"down\" type=\"application/vnd.vmware.vcloud.controlAccess+xml\" href=\"HOST/x/read\"/></VApp>").With("/x/read", Shared).With("/api/vApp/none", "<VApp name=\"hidden\"/>");
        var client = await shelf.ClientAsync();
        Assert.Equal("Vcd.Permission", (await Assert.ThrowsAsync<OrchestratorApiException>(() => client.SetAccessAsync(VApp, new VcdAccessChange { Everyone = VcdAccessLevel.Change }, CancellationToken.None))).ErrorId);
        Assert.Equal("Vcd.Permission", (await Assert.ThrowsAsync<OrchestratorApiException>(() => client.GetAccessAsync("/api/vApp/none", CancellationToken.None))).ErrorId);
        Assert.Empty(shelf.Changes);
    }

    [Fact]
    public async Task A_newer_catalog_names_its_sharing_itself()
    {
        var shelf = new VcdShelf("37.0").With(Catalog, $"<Catalog name=\"c\">{Links}</Catalog>").With("/x/read", Shared).When("POST /x/write", r => VcdFake.Xml(r.Body!));
        var client = await shelf.ClientAsync();
        await client.SetAccessAsync(Catalog, new VcdAccessChange { Everyone = VcdAccessLevel.Change }, CancellationToken.None);
        Assert.Equal("Change", VcdXml.ChildText(shelf.Body, "EveryoneAccessLevel"));
    }

    [Theory]
    [InlineData(Catalog, "Catalog", "/api/org/1")]
    [InlineData("/api/admin/catalog/" + Id, "AdminCatalog", "/api/admin/org/1")]
    public async Task An_older_catalogs_sharing_is_named_by_its_organization(string path, string element, string up)
    {
        var type = element == "Catalog" ? "vcloud.org" : "admin.organization";
        var shelf = new VcdShelf("5.1")
            .With(path, $"<{element} name=\"c\"><Link rel=\"up\" type=\"application/vnd.vmware.{type}+xml\" href=\"HOST{up}\"/></{element}>")
            .With("/api/admin/org/1", "<AdminOrg name=\"acme\"><Link rel=\"alternate\" type=\"application/vnd.vmware.vcloud.org+xml\" href=\"HOST/api/org/1\"/></AdminOrg>")
            .With("/api/org/1", "<Org name=\"acme\">"
                + "<Link rel=\"down\" type=\"application/vnd.vmware.vcloud.controlAccess+xml\" href=\"HOST/api/org/1/catalog/00000000-0000-4000-8000-0000000000c2/controlAccess/\"/>"
                + $"<Link rel=\"down\" type=\"application/vnd.vmware.vcloud.controlAccess+xml\" href=\"HOST/y/{Id}/read\"/><Link rel=\"controlAccess\" type=\"application/vnd.vmware.vcloud.controlAccess+xml\" href=\"HOST/y/{Id}/write\"/></Org>")
            .With($"/y/{Id}/read", Shared)
            .When($"POST /y/{Id}/write", r => VcdFake.Xml(r.Body!));
        var client = await shelf.ClientAsync();
        Assert.Equal(5, (await client.GetAccessAsync(path, CancellationToken.None)).Count);
        await client.SetAccessAsync(path, new VcdAccessChange { Everyone = VcdAccessLevel.None }, CancellationToken.None);
        Assert.Equal($"/y/{Id}/write", Assert.Single(shelf.Changes).Uri.AbsolutePath);
    }

    [Fact]
    public async Task A_catalog_whose_organization_may_not_be_shared_by_this_user_is_not_guessed_at()
    {
        // The organization names the sharing of another catalog, so it would name this one's if this user might share it.
        var shelf = new VcdShelf("5.1")
            .With(Catalog, "<Catalog name=\"c\"><Link rel=\"up\" type=\"application/vnd.vmware.vcloud.org+xml\" href=\"HOST/api/org/1\"/></Catalog>")
            .With("/api/org/1", "<Org name=\"acme\"><Link rel=\"controlAccess\" type=\"application/vnd.vmware.vcloud.controlAccess+xml\" href=\"HOST/y/00000000-0000-4000-8000-0000000000c2\"/></Org>");
        var client = await shelf.ClientAsync();
        Assert.Equal("Vcd.Permission", (await Assert.ThrowsAsync<OrchestratorApiException>(() => client.GetAccessAsync(Catalog, CancellationToken.None))).ErrorId);
    }

    [Fact]
    public async Task Without_any_link_the_documented_address_is_used()
    {
        var shelf = new VcdShelf("5.1")
            .With(Catalog, "<Catalog name=\"c\"><Link rel=\"up\" type=\"application/vnd.vmware.vcloud.org+xml\" href=\"HOST/api/org/1\"/></Catalog>")
            .With("/api/org/1", "<Org name=\"acme\"/>")
            .With($"/api/org/1/catalog/{Id}/controlAccess/", Shared);
        Assert.Equal(5, (await (await shelf.ClientAsync()).GetAccessAsync(Catalog, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task The_owner_is_told_by_the_object_or_by_its_owner_link()
    {
        var client = await new VcdShelf()
            .With(VApp, $"<VApp name=\"web\"><Owner><User name=\"bob\" href=\"{Bob}\"/></Owner></VApp>")
            .With("/api/disk/1", "<Disk name=\"d\"><Link rel=\"down\" type=\"application/vnd.vmware.vcloud.owner+xml\" href=\"HOST/x/owner\"/></Disk>")
            .With("/x/owner", $"<Owner><User name=\"eve\" href=\"{Bob}\"/></Owner>")
            .With("/api/vdc/1", "<Vdc name=\"v\"/>")
            .ClientAsync();
        var owner = await client.GetOwnerAsync(VApp, CancellationToken.None);
        Assert.Equal(("web", "bob", Bob), (owner.Name, owner.Owner, owner.OwnerHref));
        Assert.Equal("eve", (await client.GetOwnerAsync("/api/disk/1", CancellationToken.None)).Owner);
        Assert.Equal("Vcd.Validation", (await Assert.ThrowsAsync<OrchestratorApiException>(() => client.GetOwnerAsync("/api/vdc/1", CancellationToken.None))).ErrorId);
    }

    [Theory]
    [InlineData("<Link rel=\"edit\" type=\"application/vnd.vmware.vcloud.owner+xml\" href=\"HOST/x/edit\"/>", "")]
    [InlineData("", "<Link rel=\"edit\" type=\"application/vnd.vmware.vcloud.owner+xml\" href=\"HOST/x/edit\"/>")]
    public async Task An_owner_is_changed_at_the_edit_link_of_the_object_or_of_its_owner(string inEntity, string inOwner)
    {
        var shelf = new VcdShelf()
            .With(Catalog, "<Catalog name=\"c\"/>")
            .With("/api/admin/catalog/" + Id, $"<AdminCatalog name=\"c\"><Link rel=\"edit\" type=\"application/vnd.vmware.admin.catalog+xml\" href=\"HOST/no\"/><Link rel=\"down\" type=\"application/vnd.vmware.vcloud.owner+xml\" href=\"HOST/x/owner\"/>{inEntity}</AdminCatalog>")
            .With("/x/owner", $"<Owner>{inOwner}<User name=\"bob\" href=\"{Bob}\"/></Owner>")
            .When("PUT /x/edit", _ => new HttpResponseMessage(HttpStatusCode.NoContent));
        var owner = await (await shelf.ClientAsync()).SetOwnerAsync(Catalog, Bob, "bob", CancellationToken.None);
        Assert.Equal("bob", owner.Owner);
        Assert.Equal(("/x/edit", "application/vnd.vmware.vcloud.owner+xml"), (Assert.Single(shelf.Changes).Uri.AbsolutePath, shelf.Changes[0].ContentType));
        Assert.Equal(Bob, VcdXml.Text(VcdXml.Child(shelf.Body, "User")!, "href"));
    }

    [Fact]
    public async Task The_owner_of_a_media_cannot_be_changed()
    {
        var shelf = new VcdShelf()
            .With("/api/media/1", "<Media name=\"m\"><Link rel=\"down\" type=\"application/vnd.vmware.vcloud.owner+xml\" href=\"HOST/x/owner\"/></Media>")
            .With("/x/owner", $"<Owner><User name=\"bob\" href=\"{Bob}\"/></Owner>");
        var client = await shelf.ClientAsync();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.SetOwnerAsync("/api/media/1", Bob, "bob", CancellationToken.None));
        Assert.Equal("Vcd.Permission", e.ErrorId);
        Assert.Contains("media cannot", e.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(shelf.Changes);
    }
}
