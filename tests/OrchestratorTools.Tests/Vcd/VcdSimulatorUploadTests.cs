using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The simulated server's side of template uploads: descriptors, manifests, parts, refusals, ends. Plain HTTP; the module's client has no part in it.</summary>
public sealed class VcdSimulatorUploadTests : IClassFixture<VcdServer>, IAsyncLifetime
{
    private static readonly string[] Versions = ["33.0", "36.0", "39.1"];
    private readonly VcdServer _server;
    private readonly string _name = $"t-{Guid.NewGuid():N}";
    private VcdRaw _raw = null!;

    public VcdSimulatorUploadTests(VcdServer server) => _server = server;

    public async Task InitializeAsync()
    {
        await _server.Simulator.ClearFaultsAsync();
        await _server.Simulator.CommandAsync("vcd", "settings", new { versions = Versions, canceledUploads = (string?)null, cancelSeconds = (double?)null });
        _raw = await VcdRaw.LoginAsync(_server.Simulator);
    }

    public Task DisposeAsync()
    {
        _raw.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("SHA1", false)]
    [InlineData("SHA256", false)]
    [InlineData("SHA512", false)]
    [InlineData("SHA256", true)]
    public async Task A_manifest_that_agrees_is_accepted_whenever_it_comes(string algorithm, bool manifestFirst)
    {
        var disk = Bytes(70_000);
        var iso = Bytes(3_000);
        var (template, descriptor) = await BeginAsync(manifest: true, new Part("a disk.vmdk", disk.Length), new Part("tools.iso", iso.Length));
        Assert.Equal("tools.iso|a disk.vmdk|manifest.mf|descriptor.ovf", string.Join('|', template.Elements(VcdRaw.Ns + "Files").Elements().Select(f => (string)f.Attribute("name")!)));
        Assert.Equal("-1", (string?)VcdRaw.File(template, "manifest.mf")!.Attribute("size"));
        var manifest = Manifest(algorithm, ("mine.ovf", descriptor), ("a disk.vmdk", disk), ("tools.iso", iso));
        if (manifestFirst) (await _raw.PutAsync(VcdRaw.UploadHref(template, "manifest.mf"), manifest)).Expect(200);
        (await _raw.PutAsync(VcdRaw.UploadHref(template, "a disk.vmdk"), disk[..50_000], $"bytes 0-49999/{disk.Length}")).Expect(200);
        (await _raw.PutAsync(VcdRaw.UploadHref(template, "a disk.vmdk"), disk[50_000..], $"bytes 50000-{disk.Length - 1}/{disk.Length}")).Expect(200);
        (await _raw.PutAsync(VcdRaw.UploadHref(template, "tools.iso"), iso)).Expect(200);
        if (!manifestFirst) (await _raw.PutAsync(VcdRaw.UploadHref(template, "manifest.mf"), manifest)).Expect(200);
        var ready = await OverAsync(template);
        Assert.Equal("8", (string?)ready.Attribute("status"));
        Assert.Null(VcdRaw.TaskError(ready));
    }

    [Theory]
    [InlineData("SHA1", "disk.vmdk", "disk.vmdk")]
    [InlineData("SHA256", "disk.vmdk", "disk.vmdk")]
    [InlineData("SHA512", "disk.vmdk", "disk.vmdk")]
    [InlineData("SHA256", "mine.ovf", "mine.ovf")]
    [InlineData("SHA256", "", "no checksum of the file disk.vmdk")]
    public async Task A_manifest_that_disagrees_fails_the_template(string algorithm, string wrong, string said)
    {
        var disk = Bytes(9_000);
        var (template, descriptor) = await BeginAsync(manifest: true, new Part("disk.vmdk", disk.Length));
        var manifest = wrong.Length == 0 ? Manifest(algorithm, ("mine.ovf", descriptor)) : Manifest(algorithm, ("mine.ovf", wrong == "mine.ovf" ? Bytes(5) : descriptor), ("disk.vmdk", wrong == "disk.vmdk" ? Bytes(5) : disk));
        (await _raw.PutAsync(VcdRaw.UploadHref(template, "disk.vmdk"), disk)).Expect(200);
        (await _raw.PutAsync(VcdRaw.UploadHref(template, "manifest.mf"), manifest)).Expect(200);
        await AssertFailedAsync(template, said);
    }

    [Fact]
    public async Task A_manifest_that_is_none_fails_the_template()
    {
        var (template, _) = await BeginAsync(manifest: true, new Part("disk.vmdk", 10));
        (await _raw.PutAsync(VcdRaw.UploadHref(template, "manifest.mf"), Encoding.UTF8.GetBytes("<html/>"))).Expect(200);
        await AssertFailedAsync(template, "<html/>");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Parts_are_one_file_with_one_link_and_the_manifest_may_name_each(bool agrees)
    {
        var disk = Bytes(25_000);
        var (template, descriptor) = await BeginAsync(manifest: true, new Part("disk.vmdk", disk.Length, Chunk: 10_000));
        Assert.Equal(3, template.Elements(VcdRaw.Ns + "Files").Elements().Count());
        var third = agrees ? disk[20_000..] : Bytes(5);
        var manifest = Manifest("SHA256", ("x.ovf", descriptor), ("disk.vmdk.000000000", disk[..10_000]), ("disk.vmdk.000000001", disk[10_000..20_000]), ("disk.vmdk.000000002", third));
        (await _raw.PutAsync(VcdRaw.UploadHref(template, "manifest.mf"), manifest)).Expect(200);

        // The seams of the parts are not those of the requests.
        (await _raw.PutAsync(VcdRaw.UploadHref(template, "disk.vmdk"), disk[..13_000], "bytes 0-12999/25000")).Expect(200);
        (await _raw.PutAsync(VcdRaw.UploadHref(template, "disk.vmdk"), disk[13_000..], "bytes 13000-24999/25000")).Expect(200);
        if (agrees) Assert.Equal("8", (string?)(await OverAsync(template)).Attribute("status"));
        else await AssertFailedAsync(template, "disk.vmdk.000000002");
        var held = await HeldAsync("disk.vmdk");
        Assert.Equal(Convert.ToHexString(SHA256.HashData(disk)), held.GetProperty("sha256").GetString(), ignoreCase: true);
    }

    [Fact]
    public async Task A_file_without_a_size_takes_the_total_of_its_ranges()
    {
        var disk = Bytes(5_000);
        var (template, _) = await BeginAsync(manifest: false, new Part("disk.vmdk", -1));
        var href = VcdRaw.UploadHref(template, "disk.vmdk");
        Assert.Equal("-1", (string?)VcdRaw.File(template, "disk.vmdk")!.Attribute("size"));
        foreach (var range in new[] { "bytes 0-999", "bytes 0-999/*", "bytes 0-999/-1" })
        {
            var refused = (await _raw.PutAsync(href, disk[..1000], range)).Expect(416);
            Assert.Equal("Request invalid", refused.Reason);
            Assert.Empty(refused.Bytes);
        }

        (await _raw.PutAsync(href, disk[..1000], "bytes 0-999/5000")).Expect(200);
        Assert.Equal("Request invalid", (await _raw.PutAsync(href, disk[1000..], "bytes 1000-4999/6000")).Expect(416).Reason);
        Assert.Equal("Content-Range not satisifiable: Request must begin at the last byte stored", (await _raw.PutAsync(href, disk[..1000], "bytes 0-999/5000")).Expect(416).Reason);
        Assert.Equal("1000", (string?)VcdRaw.File(await _raw.GetAsync((string)template.Attribute("href")!), "disk.vmdk")!.Attribute("bytesTransferred"));
        (await _raw.PutAsync(href, disk[1000..], "bytes 1000-4999/5000")).Expect(200);
        var ready = await OverAsync(template);
        Assert.Equal("8", (string?)ready.Attribute("status"));
        var item = await _raw.GetAsync(VcdRaw.Link(ready, "catalogItem"));
        Assert.Equal("5000", (string?)item.Attribute("size"));
    }

    [Fact]
    public async Task A_wrong_size_is_refused_in_the_servers_words()
    {
        var (template, _) = await BeginAsync(manifest: false, new Part("disk.vmdk", 100));
        var href = VcdRaw.UploadHref(template, "disk.vmdk");
        Assert.Equal("Request invalid", (await _raw.PutAsync(href, Bytes(50), "bytes 0-49/120")).Expect(416).Reason);
        var more = (await _raw.PutAsync(href, Bytes(120))).Expect(400);
        Assert.Equal("Client sent more data than expected", more.Reason);
        Assert.Empty(more.Bytes);
    }

    [Fact]
    public async Task An_OVF_without_files_is_imported_from_its_descriptor()
    {
        var (template, _) = await BeginAsync(manifest: false, waitForFiles: false);
        Assert.Equal("8", (string?)(await OverAsync(template)).Attribute("status"));
    }

    [Theory]
    [InlineData("<html><body>no</body></html>", "Envelope")]
    [InlineData("PK\u0003\u0004 not even XML", "cannot be read")]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'b'>]><Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1'/>", "DTD")]
    [InlineData("<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1' xmlns:ovf='http://schemas.dmtf.org/ovf/envelope/1'><References><File ovf:href='a'/><File ovf:href='a'/></References></Envelope>", "twice")]
    public async Task A_descriptor_that_is_none_fails_the_template(string descriptor, string said)
    {
        var template = await CreateAsync(manifest: false);
        (await _raw.PutAsync(VcdRaw.UploadHref(template, "descriptor.ovf"), Encoding.UTF8.GetBytes(descriptor))).Expect(200);
        await AssertFailedAsync(template, said);
    }

    [Fact]
    public async Task A_template_that_does_not_fit_its_storage_fails()
    {
        var small = (await _raw.GetAsync("query?type=orgVdcStorageProfile&format=records&filter=name==%5C*")).Elements().First(e => e.Name.LocalName == "OrgVdcStorageProfileRecord" && (string?)e.Attribute("storageLimitMB") == "1024");
        var template = await CreateAsync(manifest: false, new XElement(VcdRaw.Ns + "VdcStorageProfile", new XAttribute("href", (string)small.Attribute("href")!)));
        (await _raw.PutAsync(VcdRaw.UploadHref(template, "descriptor.ovf"), Descriptor(new Part("disk.vmdk", 2L << 30)))).Expect(200);
        await AssertFailedAsync(template, "quota");
    }

    [Fact]
    public async Task An_unfinished_upload_is_found_and_says_how_far_it_is()
    {
        var (template, _) = await BeginAsync(manifest: false, new Part("disk.vmdk", 4_000), new Part("late/nested.iso", 7));
        (await _raw.PutAsync(VcdRaw.UploadHref(template, "disk.vmdk"), Bytes(1_500), "bytes 0-1499/4000")).Expect(200);
        (await _raw.PutAsync(VcdRaw.UploadHref(template, "late/nested.iso"), Bytes(7))).Expect(200);
        var found = (await _raw.GetAsync($"query?type=vAppTemplate&format=records&filter=status==UNRESOLVED;name=={_name}")).Elements().Single(e => e.Name.LocalName == "VAppTemplateRecord");
        var entity = await _raw.GetAsync((string)found.Attribute("href")!);
        Assert.Equal("0", (string?)entity.Attribute("status"));
        Assert.Equal("true", (string?)entity.Attribute("ovfDescriptorUploaded"));
        Assert.Equal(("4000", "1500"), ((string?)VcdRaw.File(entity, "disk.vmdk")!.Attribute("size"), (string?)VcdRaw.File(entity, "disk.vmdk")!.Attribute("bytesTransferred")));
        Assert.Equal("7", (string?)VcdRaw.File(entity, "late/nested.iso")!.Attribute("bytesTransferred"));

        // What its task is at work on is busy; removing it once the task is over takes the remains along.
        Assert.Equal("BUSY_ENTITY", (await _raw.SendAsync(HttpMethod.Delete, VcdRaw.Link(entity, "remove"))).Expect(400).Code);
        Assert.Equal("BUSY_ENTITY", (await _raw.SendAsync(HttpMethod.Delete, VcdRaw.Link(entity, "catalogItem"))).Expect(400).Code);
        (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(TaskOf(entity), "task:cancel"))).Expect(204);
        await _raw.SucceededAsync(await _raw.SendAsync(HttpMethod.Delete, VcdRaw.Link(entity, "remove")));
        (await _raw.SendAsync(HttpMethod.Get, (string)entity.Attribute("href")!)).Expect(403);
        (await _raw.PutAsync(VcdRaw.UploadHref(template, "disk.vmdk"), Bytes(10), "bytes 1500-1509/4000")).Expect(410);
    }

    [Fact]
    public async Task A_canceled_task_ends_the_upload()
    {
        var (template, _) = await BeginAsync(manifest: false, new Part("disk.vmdk", 10));
        var task = template.Element(VcdRaw.Ns + "Tasks")!.Element(VcdRaw.Ns + "Task")!;
        (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(task, "task:cancel"))).Expect(204);
        (await _raw.PutAsync(VcdRaw.UploadHref(template, "disk.vmdk"), Bytes(10))).Expect(410);
        var entity = await _raw.GetAsync((string)template.Attribute("href")!);
        Assert.Equal("-1", (string?)entity.Attribute("status"));
        Assert.Null(entity.Element(VcdRaw.Ns + "Files"));
    }

    [Fact]
    public async Task A_canceled_task_takes_its_time_where_the_setting_says_so()
    {
        await _server.Simulator.CommandAsync("vcd", "settings", new { cancelSeconds = 600 });
        var (template, _) = await BeginAsync(manifest: false, new Part("disk.vmdk", 10));
        var href = (string)template.Attribute("href")!;
        (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(TaskOf(template), "task:cancel"))).Expect(204);
        var task = TaskOf(await _raw.GetAsync(href));
        Assert.Equal(("running", "true"), ((string?)task.Attribute("status"), (string?)task.Attribute("cancelRequested")));
        Assert.Equal("BUSY_ENTITY", (await _raw.SendAsync(HttpMethod.Delete, href)).Expect(400).Code);
        await _server.Simulator.AdvanceAsync(TimeSpan.FromSeconds(600));
        Assert.Equal("-1", (string?)(await _raw.GetAsync(href)).Attribute("status"));
        await _raw.SucceededAsync(await _raw.SendAsync(HttpMethod.Delete, href));
    }

    [Fact]
    public async Task A_canceled_upload_goes_with_its_task_or_cannot_be_canceled_where_the_setting_says_so()
    {
        await _server.Simulator.CommandAsync("vcd", "settings", new { canceledUploads = "removed" });
        var (template, _) = await BeginAsync(manifest: false, new Part("disk.vmdk", 10));
        (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(TaskOf(template), "task:cancel"))).Expect(204);
        (await _raw.SendAsync(HttpMethod.Get, (string)template.Attribute("href")!)).Expect(403);
        (await _raw.SendAsync(HttpMethod.Get, VcdRaw.Link(template, "catalogItem"))).Expect(403);

        await _server.Simulator.CommandAsync("vcd", "settings", new { canceledUploads = "refused" });
        (template, _) = await BeginAsync(manifest: false, new Part("disk.vmdk", 10));
        Assert.Null(VcdRaw.FindLink(TaskOf(template), "task:cancel"));
        (await _raw.SendAsync(HttpMethod.Post, (string)TaskOf(template).Attribute("href")! + "/action/cancel")).Expect(400);
    }

    [Fact]
    public async Task A_transfer_without_bytes_dies_after_its_idle_time()
    {
        var (template, _) = await BeginAsync(manifest: false, new Part("disk.vmdk", 10));
        await _server.Simulator.AdvanceAsync(TimeSpan.FromMinutes(61));
        _raw.Dispose();
        _raw = await VcdRaw.LoginAsync(_server.Simulator);
        var entity = await _raw.GetAsync((string)template.Attribute("href")!);
        Assert.Equal("-1", (string?)entity.Attribute("status"));
        Assert.Equal("TIMEDOUT", (string?)VcdRaw.TaskError(entity)!.Attribute("minorErrorCode"));
    }

    [Fact]
    public async Task The_VDC_takes_templates_up_to_33_and_not_after()
    {
        using var old = await VcdRaw.LoginAsync(_server.Simulator, "33.0");
        var vdcHref = VcdRaw.Link(await old.GetAsync(VcdRaw.Link(await old.GetAsync(OrgHref(await old.GetAsync("org"))), "down", "application/vnd.vmware.vcloud.vdc+xml")), "add", VcdRaw.TemplateParams);
        Assert.EndsWith("/action/uploadVAppTemplate", vdcHref, StringComparison.Ordinal);
        var created = (await old.SendAsync(HttpMethod.Post, vdcHref, Params(manifest: false), VcdRaw.TemplateParams)).Expect(201);
        Assert.Equal("VAppTemplate", created.Xml.Name.LocalName);
        Assert.Null(created.Xml.Element(VcdRaw.Ns + "Tasks"));
        Assert.Null(VcdRaw.FindLink(created.Xml, "catalogItem"));
        (await old.PutAsync(VcdRaw.UploadHref(created.Xml, "descriptor.ovf"), Descriptor(new Part("disk.vmdk", 3)))).Expect(200);
        var template = await old.UntilAsync((string)created.Xml.Attribute("href")!, t => VcdRaw.File(t, "disk.vmdk") is not null);
        (await old.PutAsync(VcdRaw.UploadHref(template, "disk.vmdk"), Bytes(3))).Expect(200);
        var ready = await old.UntilAsync((string)template.Attribute("href")!, t => (string?)t.Attribute("status") == "8");
        var item = new XElement(VcdRaw.Ns + "CatalogItem", new XAttribute("name", _name), new XElement(VcdRaw.Ns + "Entity", new XAttribute("href", (string)ready.Attribute("href")!)));
        (await old.SendAsync(HttpMethod.Post, VcdRaw.Link(await old.GetAsync(await old.CatalogAsync("templates")), "add", "application/vnd.vmware.vcloud.catalogItem+xml"), item, "application/vnd.vmware.vcloud.catalogItem+xml")).Expect(201);

        Assert.Null(VcdRaw.FindLink(await _raw.GetAsync(vdcHref[..vdcHref.IndexOf("/action/", StringComparison.Ordinal)]), "add", VcdRaw.TemplateParams));
        (await _raw.SendAsync(HttpMethod.Post, vdcHref, Params(manifest: false), VcdRaw.TemplateParams)).Expect(404);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_server_fetches_a_package_itself(bool manifest)
    {
        var disk = Bytes(300_000);
        var descriptor = Descriptor(new Part("disk 1.vmdk", -1), new Part("sub/b.iso", 4));
        var iso = Bytes(4);
        await using var source = await FileServer.StartAsync(new(StringComparer.Ordinal)
        {
            ["/pack/my.ovf"] = descriptor,
            ["/pack/my.mf"] = Manifest("SHA512", ("my.ovf", descriptor), ("disk 1.vmdk", disk), ("sub/b.iso", iso)),
            ["/pack/disk%201.vmdk"] = disk,
            ["/pack/sub/b.iso"] = iso,
        });
        var template = await CreateAsync(manifest, source: $"{source.Root}pack/my.ovf", waitForLink: false);
        Assert.Null(VcdRaw.FindLink(template.Element(VcdRaw.Ns + "Files")!.Elements().First(), "upload:default"));
        var ready = await OverAsync(template);
        Assert.True((string?)ready.Attribute("status") == "8", ready.ToString());
        Assert.Equal(Convert.ToHexString(SHA256.HashData(disk)), (await HeldAsync("disk 1.vmdk")).GetProperty("sha256").GetString(), ignoreCase: true);
    }

    [Theory]
    [InlineData("nothing-here.ovf", "404")]
    [InlineData("short.ovf", "4 bytes of the 9")]
    [InlineData("http://192.0.2.1/x.ovf", "loopback")]
    public async Task A_package_that_cannot_be_fetched_fails_the_task_with_words(string path, string said)
    {
        await using var source = await FileServer.StartAsync(new(StringComparer.Ordinal) { ["/short.ovf"] = Descriptor(new Part("disk.vmdk", 9)), ["/disk.vmdk"] = Bytes(4) });
        await AssertFailedAsync(await CreateAsync(manifest: false, source: path.Contains(':', StringComparison.Ordinal) ? path : source.Root + path, waitForLink: false), said);
    }

    private static string OrgHref(XElement list) => (string)list.Elements(VcdRaw.Ns + "Org").Single().Attribute("href")!;

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Descriptor(params Part[] parts)
    {
        XNamespace ovf = "http://schemas.dmtf.org/ovf/envelope/1";
        var files = parts.Select((p, i) => new XElement(
            ovf + "File",
            new XAttribute(ovf + "id", $"file{i}"),
            new XAttribute(ovf + "href", p.Name),
            p.Size < 0 ? null : new XAttribute(ovf + "size", p.Size),
            p.Chunk == 0 ? null : new XAttribute(ovf + "chunkSize", p.Chunk)));
        return Encoding.UTF8.GetBytes(new XElement(ovf + "Envelope", new XAttribute(XNamespace.Xmlns + "ovf", ovf), new XElement(ovf + "References", files), new XElement(ovf + "VirtualSystem", new XAttribute(ovf + "id", "vm"))).ToString());
    }

    private static byte[] Manifest(string algorithm, params (string Name, byte[] Bytes)[] files)
    {
        var lines = files.Select(f =>
        {
            using var hash = IncrementalHash.CreateHash(new HashAlgorithmName(algorithm));
            hash.AppendData(f.Bytes);
            return $"{algorithm}({f.Name})= {Convert.ToHexString(hash.GetCurrentHash()).ToLowerInvariant()}\r\n";
        });
        return Encoding.UTF8.GetBytes(string.Concat(lines));
    }

    private XElement Params(bool manifest, XElement? storage = null, string? source = null) => new(
        VcdRaw.Ns + "UploadVAppTemplateParams",
        new XAttribute("name", _name),
        manifest ? new XAttribute("manifestRequired", "true") : null,
        source is null ? null : new XAttribute("sourceHref", source),
        new XElement(VcdRaw.Ns + "Description", "a test's"),
        storage);

    private async Task<XElement> CreateAsync(bool manifest, XElement? storage = null, string? source = null, bool waitForLink = true)
    {
        var upload = VcdRaw.Link(await _raw.GetAsync(await _raw.CatalogAsync("templates")), "add", VcdRaw.TemplateParams);
        var item = (await _raw.SendAsync(HttpMethod.Post, upload, Params(manifest, storage, source), VcdRaw.TemplateParams)).Expect(201);
        Assert.Equal(item.Location, (string?)item.Xml.Attribute("href"));
        var template = await _raw.GetAsync((string)item.Xml.Element(VcdRaw.Ns + "Entity")!.Attribute("href")!);
        if (waitForLink)
        {
            Assert.Equal(("false", "0"), ((string?)template.Attribute("ovfDescriptorUploaded"), (string?)template.Attribute("status")));
            Assert.Equal("-1", (string?)VcdRaw.File(template, "descriptor.ovf")!.Attribute("size"));
        }

        return template;
    }

    private async Task<(XElement Template, byte[] Descriptor)> BeginAsync(bool manifest, params Part[] parts) => await BeginAsync(manifest, waitForFiles: true, parts);

    private async Task<(XElement Template, byte[] Descriptor)> BeginAsync(bool manifest, bool waitForFiles, params Part[] parts)
    {
        var template = await CreateAsync(manifest);
        var descriptor = Descriptor(parts);
        (await _raw.PutAsync(VcdRaw.UploadHref(template, "descriptor.ovf"), descriptor)).Expect(200);
        var href = (string)template.Attribute("href")!;
        return (waitForFiles ? await _raw.UntilAsync(href, t => VcdRaw.File(t, parts[0].Name) is not null) : template, descriptor);
    }

    private Task<XElement> OverAsync(XElement template) => _raw.UntilAsync((string)template.Attribute("href")!, t => (string?)t.Attribute("status") is "8" or "-1");

    private async Task AssertFailedAsync(XElement template, string said)
    {
        var failed = await OverAsync(template);
        Assert.Equal("-1", (string?)failed.Attribute("status"));
        Assert.Equal("error", (string?)failed.Element(VcdRaw.Ns + "Tasks")!.Element(VcdRaw.Ns + "Task")!.Attribute("status"));
        Assert.Contains(said, (string?)VcdRaw.TaskError(failed)!.Attribute("message"), StringComparison.Ordinal);
        Assert.Null(failed.Element(VcdRaw.Ns + "Files"));
    }

    private async Task<System.Text.Json.JsonElement> HeldAsync(string file)
        => (await _server.Simulator.CommandAsync("vcd", "transfers")).EnumerateArray().Last(t => t.GetProperty("name").GetString() == _name && t.GetProperty("file").GetString() == file);

    private sealed record Part(string Name, long Size, long Chunk = 0);

    /// <summary>A web server on loopback with a few files.</summary>
    private sealed class FileServer : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Dictionary<string, byte[]> _files;
        private Task _loop = Task.CompletedTask;

        private FileServer(Dictionary<string, byte[]> files) => _files = files;

        public string Root { get; private set; } = "";

        public static Task<FileServer> StartAsync(Dictionary<string, byte[]> files)
        {
            var server = new FileServer(files);
            using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                server.Root = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
            }

            server._listener.Prefixes.Add(server.Root);
            server._listener.Start();
            server._loop = server.RunAsync();
            return Task.FromResult(server);
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _loop;
            _listener.Close();
        }

        private async Task RunAsync()
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    if (_files.TryGetValue(context.Request.Url!.AbsolutePath, out var bytes))
                    {
                        context.Response.ContentLength64 = bytes.Length;
                        await context.Response.OutputStream.WriteAsync(bytes);
                    }
                    else
                    {
                        context.Response.StatusCode = 404;
                    }

                    context.Response.Close();
                }
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // Stopped.
            }
        }
    }

    private static XElement TaskOf(XElement entity) => entity.Element(VcdRaw.Ns + "Tasks")!.Element(VcdRaw.Ns + "Task")!;
}
