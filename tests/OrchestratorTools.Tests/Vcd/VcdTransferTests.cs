using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Unfinished uploads: what the server shows of them, going on, removing; and the ways of uploading beside the usual one.</summary>
public sealed class VcdTransferTests : IClassFixture<VcdServer>, IAsyncLifetime
{
    private const int Chunk = 64 * 1024;
    private static readonly string[] Old = ["1.5", "5.1"];
    private static readonly VcdTransferKind[] Both = [VcdTransferKind.Media, VcdTransferKind.Template];
    private readonly VcdServer _server;
    private readonly OvfFixture _ovf;
    private readonly RecordingObserver _observer = new();
    private readonly string _state;
    private readonly string _name = "transfer-" + Guid.NewGuid().ToString("N");

    public VcdTransferTests(VcdServer server)
    {
        _server = server;
        _ovf = new OvfFixture(server.Folder);
        _state = Path.Combine(server.Folder, "state-" + Guid.NewGuid().ToString("N"));
    }

    public Task InitializeAsync() => ClearAsync();

    public Task DisposeAsync() => ClearAsync();

    [Fact]
    public async Task Unfinished_uploads_are_listed_with_what_the_server_has()
    {
        var client = await ClientAsync();
        await BeginMediaAsync(client, 2 * Chunk);
        await BeginTemplateAsync(client, 2 * Chunk);
        await _server.Simulator.AdvanceAsync(TimeSpan.FromMinutes(10));
        var found = await ListAsync(client);

        var media = Assert.Single(found, t => t.Kind is VcdTransferKind.Media);
        Assert.Equal(_name + "-media", media.Name);
        Assert.Equal(VcdTransferState.Waiting, media.State);
        Assert.Equal(4 * Chunk, media.Size);
        Assert.InRange(media.BytesTransferred, 1, (4 * Chunk) - 1);
        Assert.Equal("iso", media.Catalog);
        Assert.Equal(_ovf.PathOf("a.iso"), media.Path);
        Assert.NotNull(media.CreatedAt);
        Assert.True(media.Age >= TimeSpan.Zero);
        Assert.Equal("vdcUploadMedia", media.Task!.OperationName);

        var template = Assert.Single(found, t => t.Kind is VcdTransferKind.Template);
        Assert.Equal(VcdTransferState.Waiting, template.State);
        Assert.Equal((4L * Chunk) + new FileInfo(_ovf.PathOf("web.ovf")).Length, template.Size);
        Assert.Equal(["descriptor.ovf", "disk.vmdk"], template.Files.Select(f => f.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(_ovf.PathOf("web.ovf"), template.Path);

        // Nothing that is finished, being copied or deleted; names and catalogs narrow.
        Assert.Equal(2, found.Count);
        Assert.Empty(await ListAsync(client, catalog: "templates"));
        Assert.Single(await ListAsync(client, kinds: [VcdTransferKind.Media]));

        // An address of a transfer is shown nowhere.
        foreach (var address in (await _server.Simulator.RequestsAsync("vcd")).Where(r => r.Method == "PUT").Select(r => r.Path.Split('/')[2]))
        {
            Assert.DoesNotContain(address, _observer.Text, StringComparison.Ordinal);
        }

        // What failed is listed, what was ready never was.
        await _server.Simulator.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.All(await ListAsync(client), t => Assert.Equal(VcdTransferState.Failed, t.State));
        var failed = (await ListAsync(client))[0];
        var e = await FailureAsync(() => client.PrepareResumeAsync(failed, null, null, _state, CancellationToken.None));
        Assert.Equal("Vcd.WrongState", e.ErrorId);
        Assert.Contains("Stop-VcdTransfer", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Going_on_needs_the_record_or_the_file(bool template)
    {
        var client = await ClientAsync();
        if (template)
        {
            await BeginTemplateAsync(client, 2 * Chunk);
        }
        else
        {
            await BeginMediaAsync(client, 2 * Chunk);
        }

        var transfer = Assert.Single(await ListAsync(client));
        var stored = transfer.BytesTransferred;
        var path = transfer.Path!;
        Directory.Delete(_state, recursive: true);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => ResumeAsync(client, transfer));
        Assert.Equal("Vcd.LocalFile", e.ErrorId);
        Assert.Contains("-Path", e.RecommendedAction, StringComparison.Ordinal);

        await _server.Simulator.ClearRequestsAsync();
        var done = await ResumeAsync(client, transfer, path);
        Assert.Equal(transfer.Name, done.Name);
        await _server.AssertArrivedAsync(transfer.Name, new Dictionary<string, byte[]>(StringComparer.Ordinal) { [template ? "disk.vmdk" : "file"] = await File.ReadAllBytesAsync(_ovf.PathOf(template ? "disk.vmdk" : "a.iso")) });
        Assert.Equal(transfer.Size - stored, (await _server.Simulator.RequestsAsync("vcd")).Where(r => r.Method == "PUT").Sum(r => r.BodyBytes));
    }

    [Fact]
    public async Task Going_on_by_the_record_needs_nothing_else()
    {
        var client = await ClientAsync();
        await BeginTemplateAsync(client, 2 * Chunk);
        var transfer = Assert.Single(await ListAsync(client));
        await ResumeAsync(client, transfer);
        await _server.AssertArrivedAsync(transfer.Name, new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["disk.vmdk"] = await File.ReadAllBytesAsync(_ovf.PathOf("disk.vmdk")) });
        Assert.Empty(VcdUploadState.List(_state, _server.Simulator.Server("vcd")));
    }

    [Theory]
    [InlineData(true, "waiting")]
    [InlineData(false, "waiting")]
    [InlineData(true, "failed")]
    [InlineData(false, "failed")]
    public async Task What_is_stopped_leaves_nothing(bool template, string state)
    {
        var client = await ClientAsync();
        if (template)
        {
            await BeginTemplateAsync(client, 2 * Chunk);
        }
        else
        {
            await BeginMediaAsync(client, 2 * Chunk);
        }

        if (state == "failed")
        {
            await _server.Simulator.AdvanceAsync(TimeSpan.FromHours(2));
        }

        var transfer = Assert.Single(await ListAsync(client));
        Assert.Equal(state == "failed" ? VcdTransferState.Failed : VcdTransferState.Waiting, transfer.State);
        await client.StopTransferAsync(transfer, _state, CancellationToken.None);
        Assert.Empty(await ListAsync(client));
        Assert.Empty(VcdUploadState.List(_state, _server.Simulator.Server("vcd")));
        Assert.Empty(await client.GetCatalogItemsAsync([VcdNamePattern.Of(transfer.Name)], [], null, CancellationToken.None).ToListAsync());
        // The name is free again.
        _ = template ? (VcdResource)await SendTemplateAsync(client) : await SendMediaAsync(client);
    }

    [Fact]
    public async Task What_has_ended_well_meanwhile_is_not_removed()
    {
        var client = await ClientAsync();
        await BeginMediaAsync(client, 2 * Chunk);
        var transfer = Assert.Single(await ListAsync(client));
        await client.WaitImportAsync(await SendMediaAsync(client), null, null, CancellationToken.None);
        await _server.Simulator.ClearRequestsAsync();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.StopTransferAsync(transfer, _state, CancellationToken.None));
        Assert.Equal("Vcd.WrongState", e.ErrorId);
        Assert.DoesNotContain(await _server.Simulator.RequestsAsync("vcd"), r => r.Method == "DELETE");
    }

    [Theory]
    [InlineData("5.1")]
    [InlineData("1.5")]
    public async Task Servers_that_upload_to_virtual_data_centers_only(string version)
    {
        await _server.Simulator.CommandAsync("vcd", "settings", new { versions = Old });
        try
        {
            var client = await ClientAsync(version);
            var vdc = (await client.ListAsync<VcdVdc>(new VcdListing(), CancellationToken.None).ToListAsync()).OrderBy(v => v.Name, StringComparer.Ordinal).ToArray();
            Assert.NotEmpty(vdc);
            var disk = Prepare();
            if (vdc.Length > 1)
            {
                var ambiguous = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendTemplateAsync(client));
                Assert.Equal("Vcd.Ambiguous", ambiguous.ErrorId);
                Assert.Contains("-Vdc", ambiguous.RecommendedAction, StringComparison.Ordinal);
            }

            var template = await SendTemplateAsync(client, u => u with { VdcHref = vdc[0].Href });
            Assert.Equal("RESOLVED", template.Status);
            await _server.AssertArrivedAsync(template.Name, new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["disk.vmdk"] = disk });
            var media = await SendMediaAsync(client, u => u with { VdcHref = vdc[0].Href });
            Assert.Equal("RESOLVED", media.Status);
            var items = await client.GetCatalogItemsAsync([], [], null, CancellationToken.None).ToListAsync();
            Assert.Equal(template.Href, Assert.Single(items, i => i.Name == template.Name).EntityHref);
            Assert.Equal(media.Href, Assert.Single(items, i => i.Name == media.Name).EntityHref);
            var posts = (await _server.Simulator.RequestsAsync("vcd")).Where(r => r.Method == "POST" && r.Path.StartsWith("/api/", StringComparison.Ordinal) && !r.Path.Contains("session", StringComparison.Ordinal)).Select(r => r.Path).ToArray();
            Assert.Equal(4, posts.Length);
            Assert.EndsWith("/action/uploadVAppTemplate", posts[0], StringComparison.Ordinal);
            Assert.EndsWith("/catalogItems", posts[1], StringComparison.Ordinal);
            Assert.EndsWith("/media", posts[2], StringComparison.Ordinal);
            Assert.EndsWith("/catalogItems", posts[3], StringComparison.Ordinal);
            Assert.Empty(VcdUploadState.List(_state, _server.Simulator.Server("vcd")));

            // Interrupted, it goes on: the virtual data center knows what the catalog does not.
            var name = _name + "-again";
            await BeginTemplateAsync(client, 2 * Chunk, u => u with { Name = name, VdcHref = vdc[0].Href });
            var transfer = Assert.Single(await ListAsync(client));
            var again = await ResumeAsync(client, transfer);
            Assert.Equal("RESOLVED", again.Status);
            Assert.Single(await client.GetCatalogItemsAsync([VcdNamePattern.Of(name)], [], null, CancellationToken.None).ToListAsync(), i => i.Name == name);

            // The lost answer to the making does not make a second one.
            await FaultAsync(new { system = "vcd", kind = "lostAnswer", method = "POST", path = "*/action/uploadVAppTemplate" });
            var lost = _name + "-lost";
            await Assert.ThrowsAsync<OrchestratorApiException>(() => SendTemplateAsync(client, u => u with { Name = lost, VdcHref = vdc[0].Href }));
            await SendTemplateAsync(client, u => u with { Name = lost, VdcHref = vdc[0].Href });
            Assert.Single(await client.ListAsync<VcdTemplate>(new VcdListing { Names = [VcdNamePattern.Of(lost)] }, CancellationToken.None).ToListAsync());
        }
        finally
        {
            await _server.Simulator.CommandAsync("vcd", "settings", new { versions = (string[]?)null });
        }
    }

    [Fact]
    public async Task The_storage_that_is_named_takes_it()
    {
        var client = await ClientAsync();
        var vdcs = await client.ListAsync<VcdVdc>(new VcdListing(), CancellationToken.None).ToListAsync();
        var profiles = await client.ListAsync<VcdStorageProfile>(new VcdListing(), CancellationToken.None).ToListAsync();
        foreach (var vdc in vdcs)
        {
            var template = await SendTemplateAsync(client, u => u with { Name = _name + vdc.Name, VdcHref = vdc.Href });
            Assert.True(VcdObject.IsSame(vdc.Href, template.VdcHref), $"{vdc.Href} {template.VdcHref}");
        }

        foreach (var profile in profiles)
        {
            var media = await SendMediaAsync(client, u => u with { Name = _name + profile.Name + profile.Vdc, StorageProfileHref = profile.Href });
            Assert.Equal(profile.Name, media.StorageProfile);
            Assert.True(VcdObject.IsSame(profile.VdcHref, media.VdcHref));
        }
    }

    [Fact]
    public async Task The_server_fetches_a_template_itself()
    {
        Prepare();
        using var web = new WebFolder(_ovf.Folder);
        var client = await ClientAsync();
        var catalog = await CatalogAsync(client);
        var pull = new VcdTemplatePull { Source = new Uri(web.Address, "web.ovf"), CatalogHref = catalog, CatalogName = "iso", Name = _name };
        var template = await client.PullTemplateAsync(pull, CancellationToken.None);
        Assert.Equal(_name, template.Name);
        template = await client.WaitImportAsync(template, null, null, CancellationToken.None);
        Assert.Equal("RESOLVED", template.Status);
        Assert.DoesNotContain(await _server.Simulator.RequestsAsync("vcd"), r => r.Method == "PUT");
        await _server.AssertArrivedAsync(_name, new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["disk.vmdk"] = await File.ReadAllBytesAsync(_ovf.PathOf("disk.vmdk")) });

        // What exists is in the way; what failed goes with -Force; a password reaches no stream.
        Assert.Equal("Vcd.Conflict", (await FailureAsync(() => client.PullTemplateAsync(pull, CancellationToken.None))).ErrorId);
        var gone = pull with { Name = _name + "-gone", Source = new Uri($"http://somebody:Secret-Word-1@{web.Address.Authority}/missing.ovf") };
        var failed = await FailureAsync(async () => await client.WaitImportAsync(await client.PullTemplateAsync(gone, CancellationToken.None), null, null, CancellationToken.None));
        Assert.Equal("Vcd.Failed", failed.ErrorId);
        Assert.DoesNotContain("Secret-Word-1", _observer.Text, StringComparison.Ordinal);
        Assert.Contains("-Force", (await FailureAsync(() => client.PullTemplateAsync(gone, CancellationToken.None))).RecommendedAction, StringComparison.Ordinal);
        template = await client.PullTemplateAsync(gone with { Force = true, Source = pull.Source }, CancellationToken.None);
        await client.WaitImportAsync(template, null, null, CancellationToken.None);
    }

    [Fact]
    public async Task A_server_that_is_too_old_to_fetch_is_told_before_anything_is_sent()
    {
        await _server.Simulator.CommandAsync("vcd", "settings", new { versions = Old });
        try
        {
            var client = await ClientAsync("5.1");
            var e = await FailureAsync(() => client.PullTemplateAsync(new VcdTemplatePull { Source = new Uri("http://127.0.0.1/x.ovf"), CatalogHref = "/api/catalog/x", CatalogName = "iso", Name = _name }, CancellationToken.None));
            Assert.Equal("Vcd.Validation", e.ErrorId);
        }
        finally
        {
            await _server.Simulator.CommandAsync("vcd", "settings", new { versions = (string[]?)null });
        }
    }

    private static async Task<OrchestratorApiException> FailureAsync(Func<Task> act) => await Assert.ThrowsAsync<OrchestratorApiException>(act);

    private static async Task<string> CatalogAsync(VcdClient client)
        => (await client.GetCatalogsAsync([], [], CancellationToken.None).ToListAsync()).Single(c => c.Name == "iso").Href;

    private byte[] Prepare()
    {
        _ovf.Write("a.iso", 4 * Chunk);
        _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", 4 * Chunk)));
        return _ovf.Write("disk.vmdk", 4 * Chunk);
    }

    private async Task<VcdClient> ClientAsync(string? version = null)
    {
        Prepare();
        var login = _server.Login();
        return new VcdClient(await _server.ConnectAsync(_observer, version is null ? login : login with { ApiVersion = version }), _observer);
    }

    private async Task<IReadOnlyList<VcdTransfer>> ListAsync(VcdClient client, string? catalog = null, VcdTransferKind[]? kinds = null)
        => (await client.GetTransfersAsync([], catalog is null ? [] : [VcdNamePattern.Of(catalog)], kinds ?? Both, _state, CancellationToken.None).ToListAsync()).Where(t => t.Name.StartsWith(_name, StringComparison.Ordinal)).ToList();

    private async Task<VcdMedia> SendMediaAsync(VcdClient client, Func<VcdMediaUpload, VcdMediaUpload>? change = null, Action<VcdTransferProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var upload = new VcdMediaUpload { Path = _ovf.PathOf("a.iso"), CatalogHref = await CatalogAsync(client), CatalogName = "iso", Name = _name + "-media", ChunkSize = Chunk, StateFolder = _state };
        return await client.SendMediaAsync(change?.Invoke(upload) ?? upload, progress, cancellationToken);
    }

    private async Task<VcdTemplate> SendTemplateAsync(VcdClient client, Func<VcdTemplateUpload, VcdTemplateUpload>? change = null, Action<VcdTransferProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var upload = new VcdTemplateUpload { Path = _ovf.PathOf("web.ovf"), CatalogHref = await CatalogAsync(client), CatalogName = "iso", Name = _name + "-template", ChunkSize = Chunk, StateFolder = _state };
        return await client.SendTemplateAsync(change?.Invoke(upload) ?? upload, progress, cancellationToken);
    }

    private async Task BeginMediaAsync(VcdClient client, long after)
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendMediaAsync(client, null, p => Stop(stop, p, after), stop.Token));
        await _server.SettleAsync();
    }

    private async Task BeginTemplateAsync(VcdClient client, long after, Func<VcdTemplateUpload, VcdTemplateUpload>? change = null)
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendTemplateAsync(client, change, p => Stop(stop, p with { Done = p.File == "disk.vmdk" ? p.Done : 0 }, after), stop.Token));
        await _server.SettleAsync();
    }

    private static void Stop(CancellationTokenSource stop, VcdTransferProgress progress, long after)
    {
        if (progress.Phase is VcdTransferPhase.Sending && progress.Done >= after)
        {
            stop.Cancel();
        }
    }

    private async Task<VcdResource> ResumeAsync(VcdClient client, VcdTransfer transfer, string? path = null)
        => await client.PrepareResumeAsync(transfer, path, null, _state, CancellationToken.None) switch
        {
            VcdTemplateUpload template => await client.SendTemplateAsync(template with { ChunkSize = Chunk }, null, CancellationToken.None),
            VcdMediaUpload media => await client.SendMediaAsync(media with { ChunkSize = Chunk }, null, CancellationToken.None),
            var other => throw new InvalidOperationException(other.ToString()),
        };

    private Task FaultAsync(object fault) => _server.Simulator.AddFaultAsync(fault);

    private async Task ClearAsync()
    {
        await _server.Simulator.ClearFaultsAsync();
        await _server.Simulator.ClearRequestsAsync();
    }
}
