using System.Net;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Metadata on a scripted wire (facts/vcd.md, "Metadata").</summary>
public sealed class VcdMetadataTests
{
    private const string Media = "/api/media/00000000-0000-4000-8000-0000000000d1";
    private const string Catalog = "/api/catalog/00000000-0000-4000-8000-0000000000c1";
    private const string AdminCatalog = "/api/admin/catalog/00000000-0000-4000-8000-0000000000c1";
    private const string Down = "<Link rel=\"down\" type=\"application/vnd.vmware.vcloud.metadata+json\" href=\"HOST/no\"/><Link rel=\"down\" type=\"application/vnd.vmware.vcloud.metadata+xml\" href=\"HOST/x/metadata\"/>";
    private const string Add = "<Link rel=\"add\" type=\"application/vnd.vmware.vcloud.metadata+xml\" href=\"HOST/x/add\"/>";

    [Fact]
    public async Task Metadata_is_found_by_its_link()
    {
        var client = await new VcdShelf().With(Media, $"<Media name=\"m\">{Down}</Media>").With("/x/metadata", $"<Metadata>{Entry("a", "x/a")}{Entry("b", "x/b", "SYSTEM")}</Metadata>").ClientAsync();
        var entries = await client.GetMetadataAsync(Media, CancellationToken.None);
        Assert.Equal(["a General", "b System"], entries.Select(e => $"{e.Key} {e.Domain}"), StringComparer.Ordinal);
        Assert.All(entries, e => Assert.Equal(("m", VcdShelf.Host + Media, true), (e.Name, e.Href, e.Origin is not null)));
    }

    [Fact]
    public async Task What_has_no_metadata_says_so()
    {
        var client = await new VcdShelf().With("/api/admin/user/1", "<User name=\"u\"/>").ClientAsync();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.GetMetadataAsync("/api/admin/user/1", CancellationToken.None));
        Assert.Equal("Vcd.Validation", e.ErrorId);
        Assert.Contains("'u' (User)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_keys_are_set_in_one_request()
    {
        var shelf = new VcdShelf().With(Media, $"<Media name=\"m\">{Down}</Media>").With("/x/metadata", $"<Metadata>{Add}</Metadata>");
        var values = Enumerable.Range(0, 500).Select(i => new KeyValuePair<string, object>($"key {i}", (long)i)).ToArray();
        Assert.NotNull((await (await shelf.ClientAsync()).SetMetadataAsync(Media, values, VcdMetadataDomain.General, VcdMetadataVisibility.ReadWrite, CancellationToken.None)).Task);
        var sent = Assert.Single(shelf.Changes);
        Assert.Equal(("POST", "/x/add", "application/vnd.vmware.vcloud.metadata+xml"), (sent.Method, sent.Uri.AbsolutePath, sent.ContentType));
        Assert.Equal(500, shelf.Body.Elements().Count());
    }

    [Fact]
    public async Task The_users_view_of_a_catalogs_metadata_takes_no_changes_so_the_administrators_is_used()
    {
        var shelf = new VcdShelf()
            .With(Catalog, "<Catalog name=\"c\"><Link rel=\"down\" type=\"application/vnd.vmware.vcloud.metadata+xml\" href=\"HOST/x/read-only\"/></Catalog>")
            .With("/x/read-only", $"<Metadata><Link rel=\"add\" type=\"application/vnd.vmware.vcloud.metadata+xml\" href=\"HOST/no\"/>{Entry("a", "no")}</Metadata>")
            .With(AdminCatalog, $"<AdminCatalog name=\"c\">{Down}</AdminCatalog>")
            .With("/x/metadata", $"<Metadata>{Add}{Entry("a", "x/remove-a")}</Metadata>");
        var client = await shelf.ClientAsync();
        await client.SetMetadataAsync(Catalog, [new("a", "b")], VcdMetadataDomain.General, VcdMetadataVisibility.ReadWrite, CancellationToken.None);
        await client.RemoveMetadataAsync(Catalog, [("a", VcdMetadataDomain.General)], null, CancellationToken.None);
        Assert.Equal(["POST /x/add", "DELETE /x/remove-a"], shelf.Changes.Select(c => $"{c.Method} {c.Uri.AbsolutePath}"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task An_administrators_view_that_names_the_users_metadata_is_read_as_recorded_ones_are_meant()
    {
        var shelf = new VcdShelf()
            .With(AdminCatalog, "<AdminCatalog name=\"c\"><Link rel=\"down\" type=\"application/vnd.vmware.vcloud.metadata+xml\" href=\"HOST" + Catalog + "/metadata\"/></AdminCatalog>")
            .With(Catalog + "/metadata", $"<Metadata>{Entry("a", null)}</Metadata>")
            .With(AdminCatalog + "/metadata", $"<Metadata>{Add}{Entry("a", "x/remove-a")}</Metadata>");
        var client = await shelf.ClientAsync();
        await client.SetMetadataAsync(AdminCatalog, [new("a", "b")], VcdMetadataDomain.General, VcdMetadataVisibility.ReadWrite, CancellationToken.None);
        await client.RemoveMetadataAsync(AdminCatalog, [("a", VcdMetadataDomain.General)], null, CancellationToken.None);
        Assert.Equal("/x/add /x/remove-a", string.Join(' ', shelf.Changes.Select(c => c.Uri.AbsolutePath)));
    }

    [Fact]
    public async Task Who_may_not_see_the_administrators_view_uses_the_users()
    {
        var shelf = new VcdShelf().With(Catalog, $"<Catalog name=\"c\">{Down}</Catalog>").With("/x/metadata", $"<Metadata>{Add}{Entry("a", "x/remove-a")}</Metadata>");
        var client = await shelf.ClientAsync();
        await client.SetMetadataAsync(Catalog, [new("a", "b")], VcdMetadataDomain.General, VcdMetadataVisibility.ReadWrite, CancellationToken.None);
        Assert.Equal("/x/add", Assert.Single(shelf.Changes).Uri.AbsolutePath);
    }

    [Fact]
    public async Task Who_may_not_change_metadata_hears_it()
    {
        var shelf = new VcdShelf().With(Media, $"<Media name=\"m\">{Down}</Media>").With("/x/metadata", $"<Metadata>{Entry("a", null)}</Metadata>");
        var client = await shelf.ClientAsync();
        Assert.Equal("Vcd.Permission", (await Assert.ThrowsAsync<OrchestratorApiException>(() => client.SetMetadataAsync(Media, [new("a", "b")], VcdMetadataDomain.General, VcdMetadataVisibility.ReadWrite, CancellationToken.None))).ErrorId);
        Assert.Equal("Vcd.Permission", (await Assert.ThrowsAsync<OrchestratorApiException>(() => client.RemoveMetadataAsync(Media, [("a", VcdMetadataDomain.General)], null, CancellationToken.None))).ErrorId);
        Assert.Empty(shelf.Changes);
    }

    [Fact]
    public async Task Before_5_1_values_have_no_types_and_there_is_no_system_domain()
    {
        var shelf = new VcdShelf("1.5").With(Media, $"<Media name=\"m\">{Down}</Media>").With("/x/metadata", $"<Metadata>{Add}</Metadata>");
        var client = await shelf.ClientAsync();
        Assert.Equal("Vcd.Validation", (await Assert.ThrowsAsync<OrchestratorApiException>(() => client.SetMetadataAsync(Media, [new("a", "b")], VcdMetadataDomain.System, VcdMetadataVisibility.Private, CancellationToken.None))).ErrorId);
        await client.SetMetadataAsync(Media, [new("n", 42L), new("b", true)], VcdMetadataDomain.General, VcdMetadataVisibility.ReadWrite, CancellationToken.None);
        Assert.Equal(["42", "true"], shelf.Body.Elements().Select(e => VcdXml.ChildText(e, "Value")), StringComparer.Ordinal);
        Assert.Empty(shelf.Body.Descendants(VcdXml.Namespace + "TypedValue"));
    }

    [Fact]
    public async Task Keys_are_removed_one_after_the_other_because_an_object_has_one_task_at_a_time()
    {
        var running = false;
        var shelf = new VcdShelf().With(Media, $"<Media name=\"m\">{Down}</Media>").With("/x/metadata", $"<Metadata>{Entry("a", "x/a")}{Entry("a", "x/system-a", "SYSTEM")}{Entry("b", "x/b")}</Metadata>")
            .TasksEnd("running", "success", "running");
        foreach (var key in new[] { "a", "b" })
        {
            shelf.When("DELETE /x/" + key, _ =>
            {
                // The first task was asked for until it had ended.
                Assert.Equal(running, shelf.Fake.Handler.Sent.Count(r => r.Uri.AbsolutePath.StartsWith("/api/task/", StringComparison.Ordinal)) == 2);
                running = true;
                return VcdFake.Xml(VcdShelf.TaskXml("running"), HttpStatusCode.Accepted);
            });
        }

        var last = await (await shelf.ClientAsync()).RemoveMetadataAsync(Media, [("a", VcdMetadataDomain.General), ("b", VcdMetadataDomain.General)], null, CancellationToken.None);
        Assert.Equal("running", last.Task!.Status);
        Assert.Equal(["DELETE /x/a", "DELETE /x/b"], shelf.Changes.Select(c => $"{c.Method} {c.Uri.AbsolutePath}"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_not_there_stops_the_removal_before_anything_is_removed()
    {
        var shelf = new VcdShelf().With(Media, $"<Media name=\"m\">{Down}</Media>").With("/x/metadata", $"<Metadata>{Entry("a", "x/a")}</Metadata>");
        var client = await shelf.ClientAsync();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.RemoveMetadataAsync(Media, [("a", VcdMetadataDomain.General), ("A", VcdMetadataDomain.General)], null, CancellationToken.None));
        Assert.Equal("Vcd.NotFound", e.ErrorId);
        Assert.Contains("it has 'a' (GENERAL)", e.Message, StringComparison.Ordinal);
        Assert.Empty(shelf.Changes);
    }

    [Fact]
    public async Task A_removal_that_breaks_off_says_what_it_removed()
    {
        var shelf = new VcdShelf().With(Media, $"<Media name=\"m\">{Down}</Media>").With("/x/metadata", $"<Metadata>{Entry("a", "x/a")}{Entry("b", "x/b")}</Metadata>")
            .When("DELETE /x/b", _ => VcdFake.Xml("<Error majorErrorCode=\"400\" minorErrorCode=\"BUSY_ENTITY\" message=\"The entity is busy\"/>", HttpStatusCode.BadRequest));
        var client = await shelf.ClientAsync();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.RemoveMetadataAsync(Media, [("a", VcdMetadataDomain.General), ("b", VcdMetadataDomain.General)], null, CancellationToken.None));
        Assert.Equal("Vcd.WrongState", e.ErrorId);
        Assert.Contains("Removed before it: 'a'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a;b")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData("./a")]
    [InlineData("../a")]
    [InlineData("a/.")]
    [InlineData("a/..")]
    [InlineData(null)]
    public async Task A_key_that_no_server_takes_is_not_sent(string? key)
    {
        var shelf = new VcdShelf().With(Media, $"<Media name=\"m\">{Down}</Media>").With("/x/metadata", $"<Metadata>{Add}</Metadata>");
        var client = await shelf.ClientAsync();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.SetMetadataAsync(Media, [new("good", "x"), new(key ?? new string('k', 257), "x")], VcdMetadataDomain.General, VcdMetadataVisibility.ReadWrite, CancellationToken.None));
        Assert.Equal("Vcd.Validation", e.ErrorId);
        Assert.Empty(shelf.Changes);
    }

    private static string Entry(string key, string? remove, string? domain = null)
        => $"<MetadataEntry>{(remove is null ? "" : $"<Link rel=\"remove\" href=\"HOST/{remove}\"/>")}{(domain is null ? "" : $"<Domain visibility=\"READONLY\">{domain}</Domain>")}<Key>{key}</Key><Value>v</Value></MetadataEntry>";
}
