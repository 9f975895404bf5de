using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Templates against a simulated server: what is sent and in which order, what a manifest prevents, what the server says.</summary>
public sealed class VcdTemplateUploadTests : IClassFixture<VcdServer>, IAsyncLifetime
{
    private const int Chunk = 64 * 1024;
    private readonly VcdServer _server;
    private readonly OvfFixture _ovf;
    private readonly RecordingObserver _observer = new();
    private readonly string _state;
    private readonly string _name = "template-" + Guid.NewGuid().ToString("N");

    public VcdTemplateUploadTests(VcdServer server)
    {
        _server = server;
        _ovf = new OvfFixture(server.Folder);
        _state = Path.Combine(server.Folder, "state-" + Guid.NewGuid().ToString("N"));
    }

    public Task InitializeAsync() => ClearAsync();

    public Task DisposeAsync() => ClearAsync();

    [Fact]
    public async Task A_template_arrives_with_all_its_files_and_is_imported()
    {
        var disk = _ovf.Write("disk.vmdk", 200_000);
        var iso = _ovf.Write("my tools (1) [x] & more.iso", 1000);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", 200_000), OvfFixture.File_("my tools (1) [x] & more.iso", 1000)));
        var template = await SendAsync(path);
        Assert.Equal(_name, template.Name);
        Assert.Equal("iso", template.Catalog);
        Assert.Equal("vdcUploadOvfContents", Assert.Single(template.Tasks).OperationName);
        await _server.AssertArrivedAsync(_name, Files(("descriptor.ovf", File.ReadAllBytes(path)), ("disk.vmdk", disk), ("my tools (1) [x] & more.iso", iso)));
        template = await WaitAsync(template);
        Assert.Equal("RESOLVED", template.Status);
        Assert.Equal("web & more", Assert.Single(template.VMs).Name);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_state, "uploads"), "*.json"));
        Assert.Equal(1, _observer.Lines.Count(l => l.StartsWith($"VERBOSE 'disk.vmdk' of '{_name}': 200000 bytes sent", StringComparison.Ordinal)));

        // The descriptor goes whole and as XML, everything else as ranges of bytes.
        var puts = _observer.Lines.Where(l => l.Contains("> PUT ", StringComparison.Ordinal)).ToArray();
        var descriptor = Assert.Single(puts, l => l.Contains("> Content-Type: text/xml", StringComparison.Ordinal));
        Assert.DoesNotContain("Content-Range", descriptor, StringComparison.Ordinal);
        Assert.Equal(2, puts.Count(l => l.Contains("> Content-Range: bytes 0-", StringComparison.Ordinal)));
        foreach (var address in (await _server.Simulator.RequestsAsync("vcd")).Where(r => r.Method == "PUT").Select(r => r.Path))
        {
            Assert.DoesNotContain(address, _observer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(address.Split('/')[2], _observer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_OVF_without_disks_ends()
    {
        var template = await SendAsync(_ovf.Write("web.ovf", OvfFixture.Descriptor()));
        template = await WaitAsync(template);
        Assert.Equal("RESOLVED", template.Status);
        Assert.Single(await _server.FilesAsync(_name));
    }

    [Fact]
    public async Task An_empty_file_is_no_obstacle()
    {
        _ovf.Write("empty.nvram", 0);
        var disk = _ovf.Write("disk.vmdk", 10);
        var template = await WaitAsync(await SendAsync(_ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("empty.nvram", 0), OvfFixture.File_("disk.vmdk", 10)))));
        Assert.Equal("RESOLVED", template.Status);
        await _server.AssertArrivedAsync(_name, Files(("empty.nvram", []), ("disk.vmdk", disk)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 4)]
    public async Task So_many_files_are_sent_at_once(int limit, int expected)
    {
        var names = Enumerable.Range(0, 5).Select(i => $"disk{i}.vmdk").ToArray();
        foreach (var name in names)
        {
            _ovf.Write(name, 100);
        }

        // Each request takes a while: those that are under way together overlap. Never more than that many do; that so many do, takes a machine that begins them in time, and a longer while where it is busy.
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor([.. names.Select(n => OvfFixture.File_(n, 100))]));
        var most = 0;
        for (var (i, latency) = (0, 150); most != expected && i < 5; (i, latency) = (i + 1, latency * 2))
        {
            await ClearAsync();
            await FaultAsync(new { system = "vcd", kind = "latency", milliseconds = latency, method = "PUT", path = "/transfer/*disk*", count = 0 });
            await SendAsync(path, u => u with { ThrottleLimit = limit, Name = string.Create(CultureInfo.InvariantCulture, $"{_name}-{i}") });
            var puts = (await _server.Simulator.RequestsAsync("vcd")).Where(r => r.Method == "PUT" && r.Path.Contains("disk", StringComparison.Ordinal)).ToArray();
            Assert.Equal(5, puts.Length);

            // No answer came before its latency was over.
            most = puts.Max(p => puts.Count(q => q.StartedAt <= p.StartedAt && q.StartedAt.AddMilliseconds(latency - 10) > p.StartedAt));
            Assert.InRange(most, 1, expected);
        }

        Assert.Equal(expected, most);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_missing_size_is_made_up_for(bool requireManifest)
    {
        var disk = _ovf.Write("disk.vmdk", 150_000);
        var text = OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk"));
        var path = _ovf.Write("web.ovf", text);
        WriteManifest(HashAlgorithmName.SHA256, "web.ovf", "disk.vmdk");
        var template = await WaitAsync(await SendAsync(path, u => u with { RequireManifest = requireManifest }));
        Assert.Equal("RESOLVED", template.Status);
        var files = await _server.FilesAsync(_name);
        await _server.AssertArrivedAsync(_name, Files(("disk.vmdk", disk)));

        // With -RequireManifest the server compares the descriptor with the manifest: it gets the bytes that the manifest was made for. Otherwise it gets the size.
        var original = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
        Assert.Equal(requireManifest, string.Equals(original, files["descriptor.ovf"].GetProperty("sha256").GetString(), StringComparison.OrdinalIgnoreCase));
        Assert.Equal(requireManifest, files.ContainsKey("manifest.mf"));
    }

    [Theory]
    [InlineData("SHA1", false)]
    [InlineData("SHA256", true)]
    [InlineData("SHA512", true)]
    public async Task A_manifest_is_compared_while_the_bytes_go_out(string algorithm, bool required)
    {
        var disk = _ovf.Write("disk.vmdk", 2_000_000);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", 2_000_000)));
        WriteManifest(new HashAlgorithmName(algorithm), "web.ovf", "disk.vmdk");
        var template = await WaitAsync(await SendAsync(path, u => u with { RequireManifest = required }));
        Assert.Equal("RESOLVED", template.Status);
        await _server.AssertArrivedAsync(_name, Files(("disk.vmdk", disk)));
        Assert.Contains(_observer.Lines, l => l.EndsWith($", as the manifest says ({algorithm}).", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(2_000_000, 0)]
    [InlineData(2_000_000, 700_000)]
    [InlineData(2_000_000, 1_999_999)]
    public async Task A_file_that_is_not_the_manifests_never_arrives_whole_and_nothing_is_left(int size, int changed)
    {
        var good = _ovf.Write("good.vmdk", 50_000);
        var disk = _ovf.Write("disk.vmdk", size);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("good.vmdk", good.Length), OvfFixture.File_("disk.vmdk", size)));
        WriteManifest(HashAlgorithmName.SHA256, "web.ovf", "good.vmdk", "disk.vmdk");
        var expected = OvfFixture.Hex(HashAlgorithmName.SHA256, disk);
        disk[changed] ^= 1;
        File.WriteAllBytes(_ovf.PathOf("disk.vmdk"), disk);

        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path));
        Assert.Equal("Vcd.LocalFile", e.ErrorId);
        Assert.Contains("'disk.vmdk' is not the file that 'web.mf' was made for", e.Message, StringComparison.Ordinal);
        Assert.Contains(OvfFixture.Hex(HashAlgorithmName.SHA256, disk), e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Contains("has been removed from the server", e.Message, StringComparison.Ordinal);
        var files = await _server.FilesAsync(_name);
        Assert.False(files["disk.vmdk"].GetProperty("complete").GetBoolean());
        Assert.True(files["disk.vmdk"].GetProperty("stored").GetInt64() < size);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_state, "uploads"), "*.json"));
        await AssertNoItemAsync();
    }

    [Fact]
    public async Task Remains_that_cannot_be_removed_are_named()
    {
        _ovf.Write("disk.vmdk", 1000);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", 1000)));
        WriteManifest(HashAlgorithmName.SHA1, "web.ovf", "disk.vmdk");
        _ovf.Write("disk.vmdk", new byte[1000]);
        await FaultAsync(new { system = "vcd", kind = "status", status = 403, method = "DELETE", path = "/api/vAppTemplate/*", count = 0 });
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path));
        Assert.Contains($"still at the server as '{_name}' in catalog 'iso'", e.Message, StringComparison.Ordinal);
        Assert.Contains("Stop-VcdTransfer", e.Message, StringComparison.Ordinal);
        Assert.False((await _server.FilesAsync(_name))["disk.vmdk"].GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task A_resumed_upload_reads_what_was_sent_once_and_still_finds_what_the_manifest_does_not_know()
    {
        // The first run knows no manifest; the second one does, and the part that was sent is the one that is wrong.
        var disk = _ovf.Write("disk.vmdk", 6 * Chunk);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", disk.Length)));
        await SendAndStopAsync(path, "disk.vmdk", 3 * Chunk);
        var wrong = (byte[])disk.Clone();
        wrong[0] ^= 1;
        _ovf.Write("web.mf", $"SHA1(disk.vmdk)= {OvfFixture.Hex(HashAlgorithmName.SHA1, wrong)}\n");
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path));
        Assert.Contains("is not the file", e.Message, StringComparison.Ordinal);
        await AssertNoItemAsync();
    }

    [Fact]
    public async Task Every_file_goes_on_where_it_stopped()
    {
        var first = _ovf.Write("a.vmdk", 6 * Chunk);
        var second = _ovf.Write("b.vmdk", 5 * Chunk);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("a.vmdk", first.Length), OvfFixture.File_("b.vmdk", second.Length)));
        WriteManifest(HashAlgorithmName.SHA256, "web.ovf", "a.vmdk", "b.vmdk");
        await SendAndStopAsync(path, "b.vmdk", 2 * Chunk);
        var stored = (await _server.FilesAsync(_name)).Values.Sum(f => f.GetProperty("stored").GetInt64());
        Assert.InRange(stored, 1, first.Length + second.Length);
        await _server.Simulator.ClearRequestsAsync();
        await SendAsync(path);
        await _server.AssertArrivedAsync(_name, Files(("a.vmdk", first), ("b.vmdk", second)));
        var sent = (await _server.Simulator.RequestsAsync("vcd")).Where(r => r.Method == "PUT").Sum(r => r.BodyBytes);
        Assert.Equal(first.Length + second.Length + new FileInfo(path).Length - stored, sent);
        Assert.DoesNotContain(await _server.Simulator.RequestsAsync("vcd"), r => r.Method == "POST" && r.Path.EndsWith("/upload", StringComparison.Ordinal));
        Assert.Contains(_observer.Lines, l => l.StartsWith("VERBOSE Going on with the upload of 'b.vmdk'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_second_run_has_noted_is_noted_of_the_right_file()
    {
        // Each run reads what was sent before it and notes that; the third one believes the notes of the second.
        var first = _ovf.Write("a.vmdk", 4 * Chunk);
        var second = _ovf.Write("b.vmdk", 9 * Chunk);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("a.vmdk", first.Length), OvfFixture.File_("b.vmdk", second.Length)));
        await SendAndStopAsync(path, "b.vmdk", 2 * Chunk, u => u with { ThrottleLimit = 1 });
        await SendAndStopAsync(path, "b.vmdk", 5 * Chunk, u => u with { ThrottleLimit = 1 });
        var stored = (await _server.FilesAsync(_name)).Values.Sum(f => f.GetProperty("stored").GetInt64());
        Assert.InRange(stored, first.Length + (2 * Chunk), first.Length + second.Length);
        await _server.Simulator.ClearRequestsAsync();
        await SendAsync(path);
        await _server.AssertArrivedAsync(_name, Files(("a.vmdk", first), ("b.vmdk", second)));
        var sent = (await _server.Simulator.RequestsAsync("vcd")).Where(r => r.Method == "PUT").Sum(r => r.BodyBytes);
        Assert.Equal(first.Length + second.Length + new FileInfo(path).Length - stored, sent);
    }

    [Fact]
    public async Task A_server_that_lists_no_file_right_after_it_has_read_the_descriptor_is_asked_again()
    {
        var disk = _ovf.Write("disk.vmdk", 1000);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", 1000)));
        await SendAsync(path, progress: Hold("<VAppTemplate xmlns=\"http://www.vmware.com/vcloud/v1.5\" ovfDescriptorUploaded=\"true\" status=\"0\" name=\"x\" href=\"/api/vAppTemplate/x\"/>", 3));
        await _server.AssertArrivedAsync(_name, Files(("disk.vmdk", disk)));
    }

    [Fact]
    public async Task A_server_that_asks_for_no_file_at_all_is_an_error()
    {
        _ovf.Write("disk.vmdk", 1000);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", 1000)));
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path, progress: Hold("<VAppTemplate xmlns=\"http://www.vmware.com/vcloud/v1.5\" ovfDescriptorUploaded=\"true\" status=\"0\" name=\"x\" href=\"/api/vAppTemplate/x\"/>", 0)));
        Assert.Equal("Vcd.Protocol", e.ErrorId);
        Assert.Contains("asks for none of its files", e.Message, StringComparison.Ordinal);
        Assert.Contains("-Force", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_package_is_not_gone_on_with()
    {
        var disk = _ovf.Write("disk.vmdk", 4 * Chunk);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", disk.Length)));
        await SendAndStopAsync(path, "disk.vmdk", 2 * Chunk);

        // One bit of what was sent.
        var time = File.GetLastWriteTimeUtc(_ovf.PathOf("disk.vmdk"));
        disk[1] ^= 1;
        _ovf.Write("disk.vmdk", disk);
        File.SetLastWriteTimeUtc(_ovf.PathOf("disk.vmdk"), time);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path));
        Assert.Contains("not those that were sent", e.Message, StringComparison.Ordinal);

        // Another descriptor of the same length, other sizes, other files.
        disk[1] ^= 1;
        _ovf.Write("disk.vmdk", disk);
        var text = File.ReadAllText(path);
        _ovf.Write("web.ovf", text.Replace("A machine", "B machine", StringComparison.Ordinal));
        Assert.Contains("not those that were sent", (await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path))).Message, StringComparison.Ordinal);
        _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", disk.Length + 1)));
        _ovf.Write("disk.vmdk", disk.Length + 1);
        e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path));
        Assert.Contains("is of another package", e.Message, StringComparison.Ordinal);
        Assert.Contains("-Force", e.RecommendedAction, StringComparison.Ordinal);

        // Begun anew with -Force.
        await SendAsync(path, u => u with { Force = true });
        await _server.AssertArrivedAsync(_name, Files(("disk.vmdk", File.ReadAllBytes(_ovf.PathOf("disk.vmdk")))));
    }

    [Fact]
    public async Task Without_a_record_going_on_needs_Resume()
    {
        var disk = _ovf.Write("disk.vmdk", 4 * Chunk);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", disk.Length)));
        await SendAndStopAsync(path, "disk.vmdk", 2 * Chunk);
        Directory.Delete(_state, recursive: true);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path));
        Assert.Equal("Vcd.Conflict", e.ErrorId);
        Assert.Contains("-Resume", e.RecommendedAction, StringComparison.Ordinal);
        await SendAsync(path, u => u with { Resume = true });
        await _server.AssertArrivedAsync(_name, Files(("disk.vmdk", disk)));
    }

    [Fact]
    public async Task A_template_that_is_being_imported_or_is_finished_is_in_the_way()
    {
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor());

        // The import lasts three simulated seconds; so many that it is under way for certain.
        var template = await SendAsync(path);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path));
        Assert.Equal("Vcd.Conflict", e.ErrorId);
        await WaitAsync(template);
        e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path));
        Assert.Contains("already has an item", e.Message, StringComparison.Ordinal);
        e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path, u => u with { Force = true }));
        Assert.Contains("-Force removes unfinished uploads only", e.Message, StringComparison.Ordinal);
        e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path, u => u with { Name = "ubuntu-24.04.iso" }));
        Assert.Contains("that is no template", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_says_of_a_failed_import_is_said()
    {
        // The server is told of a manifest and does not like it: here nothing was compared, since this manifest lists other digests only when it arrives.
        _ovf.Write("disk.vmdk", 1000);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", 1000)));
        var template = await SendAsync(path);
        await FaultAsync(new { system = "vcd", kind = "replaceBody", method = "GET", path = "/api/vAppTemplate/*", count = 0, contentType = "application/vnd.vmware.vcloud.vAppTemplate+xml", body = Failed(template, "TIMEDOUT", "The transfer session timed out.") });
        await FaultAsync(new { system = "vcd", kind = "replaceBody", method = "GET", path = "/api/task/*", count = 0, contentType = "application/vnd.vmware.vcloud.task+xml", body = FailedTask("TIMEDOUT", "The transfer session timed out.") });
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => WaitAsync(template));
        Assert.Equal("Vcd.Failed", e.ErrorId);
        Assert.Contains("The transfer session timed out (TIMEDOUT)", e.Message, StringComparison.Ordinal);
        Assert.Equal("TIMEDOUT", e.ServerCode);
    }

    [Fact]
    public async Task What_the_server_gave_up_is_said_with_its_words_and_begun_anew_with_Force()
    {
        var disk = _ovf.Write("disk.vmdk", 4 * Chunk);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", disk.Length)));
        await SendAndStopAsync(path, "disk.vmdk", 2 * Chunk);
        await _server.Simulator.AdvanceAsync(TimeSpan.FromHours(2));
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path));
        Assert.Contains("TIMEDOUT", e.Message, StringComparison.Ordinal);
        Assert.Contains("-Force", e.RecommendedAction, StringComparison.Ordinal);
        await SendAsync(path, u => u with { Force = true });
        await _server.AssertArrivedAsync(_name, Files(("disk.vmdk", disk)));
    }

    [Fact]
    public async Task A_descriptor_that_the_server_cannot_read_ends_the_upload_with_its_words()
    {
        _ovf.Write("disk.vmdk", 1000);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", 1000)));
        var failed = 0;
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path, progress: p =>
        {
            if (p.File == "descriptor.ovf" && p.Phase is VcdTransferPhase.Sending && Interlocked.Exchange(ref failed, 1) == 0)
            {
                FaultAsync(new { system = "vcd", kind = "replaceBody", method = "GET", path = "/api/vAppTemplate/*", count = 0, contentType = "application/vnd.vmware.vcloud.vAppTemplate+xml", body = Failed(null, "BAD_REQUEST", "The OVF descriptor cannot be read: no.") }).GetAwaiter().GetResult();
            }
        }));
        Assert.Equal("Vcd.Failed", e.ErrorId);
        Assert.Contains("The OVF descriptor cannot be read: no (BAD_REQUEST)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_descriptor_that_the_server_never_reads_is_waited_for_and_then_said()
    {
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor());
        var length = new FileInfo(path).Length;
        var held = 0;
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path, progress: p =>
        {
            if (Interlocked.Exchange(ref held, 1) == 0)
            {
                FaultAsync(new { system = "vcd", kind = "replaceBody", method = "GET", path = "/api/vAppTemplate/*", count = 0, contentType = "application/vnd.vmware.vcloud.vAppTemplate+xml", body = $"<VAppTemplate xmlns=\"http://www.vmware.com/vcloud/v1.5\" ovfDescriptorUploaded=\"false\" status=\"0\" name=\"x\" href=\"/api/vAppTemplate/x\"><Files><File name=\"descriptor.ovf\" size=\"{length}\" bytesTransferred=\"{length}\"/></Files></VAppTemplate>" }).GetAwaiter().GetResult();
            }
        }));
        Assert.Equal("Vcd.Timeout", e.ErrorId);
        Assert.Contains("has not read the descriptor", e.Message, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(_state, "uploads"), "*.json"));
        await _server.Simulator.ClearFaultsAsync();
        await WaitAsync(await SendAsync(path));
    }

    [Fact]
    public async Task A_file_that_the_server_does_not_ask_for_is_not_sent_and_one_that_it_asks_for_in_vain_is_said()
    {
        _ovf.Write("disk.vmdk", 1000);
        _ovf.Write("web.nvram", 10);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", 1000), OvfFixture.File_("web.nvram", 10)));
        var length = new FileInfo(path).Length;
        var held = 0;
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path, progress: p =>
        {
            if (Interlocked.Exchange(ref held, 1) == 0)
            {
                FaultAsync(new { system = "vcd", kind = "replaceBody", method = "GET", path = "/api/vAppTemplate/*", count = 0, contentType = "application/vnd.vmware.vcloud.vAppTemplate+xml", body = $"<VAppTemplate xmlns=\"http://www.vmware.com/vcloud/v1.5\" ovfDescriptorUploaded=\"true\" status=\"0\" name=\"x\" href=\"/api/vAppTemplate/x\"><Files><File name=\"descriptor.ovf\" size=\"{length}\" bytesTransferred=\"{length}\"/><File name=\"disk.vmdk\" size=\"1000\" bytesTransferred=\"0\"><Link rel=\"upload:default\" href=\"https://127.0.0.1:1/transfer/00000000-0000-4000-8000-000000000000/x\"/></File><File name=\"other.vmdk\" size=\"5\" bytesTransferred=\"0\"/></Files></VAppTemplate>" }).GetAwaiter().GetResult();
            }
        }));
        Assert.Contains("waits for 'other.vmdk'", e.Message, StringComparison.Ordinal);
        Assert.Contains(_observer.Lines, l => l.StartsWith("WARNING The server does not ask for 'web.nvram'", StringComparison.Ordinal));
        await _server.Simulator.ClearFaultsAsync();
        await SendAsync(path);
        await _server.AssertArrivedAsync(_name, Files(("disk.vmdk", File.ReadAllBytes(_ovf.PathOf("disk.vmdk")))));
    }

    [Fact]
    public async Task Too_many_operations_are_waited_for_and_then_said()
    {
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor());
        var limit = new { system = "vcd", kind = "status", status = 400, method = "POST", path = "*/action/upload", contentType = "application/vnd.vmware.vcloud.error+xml", body = "<Error xmlns=\"http://www.vmware.com/vcloud/v1.5\" majorErrorCode=\"400\" minorErrorCode=\"OPERATION_LIMITS_EXCEEDED\" message=\"The maximum number of simultaneous operations is reached.\"/>" };
        await FaultAsync(new { limit.system, limit.kind, limit.status, limit.method, limit.path, limit.contentType, limit.body, count = 2 });
        await SendAsync(path);
        Assert.Equal(3, (await _server.Simulator.RequestsAsync("vcd")).Count(r => r.Method == "POST" && r.Path.EndsWith("/action/upload", StringComparison.Ordinal)));

        await FaultAsync(new { limit.system, limit.kind, limit.status, limit.method, limit.path, limit.contentType, limit.body, count = 0 });
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path, u => u with { Name = "other-" + _name }));
        Assert.Equal("Vcd.RateLimited", e.ErrorId);
        Assert.Contains("simultaneous operations", e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_state, "uploads"), "*.json"));
    }

    [Fact]
    public async Task What_can_be_known_is_said_before_anything_is_made()
    {
        _ovf.Write("disk.vmdk", 1000);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", 999)));
        Assert.Contains("has 1000 bytes", (await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path))).Message, StringComparison.Ordinal);
        _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", 1000)));
        Assert.Contains("-RequireManifest wants one", (await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path, u => u with { RequireManifest = true }))).Message, StringComparison.Ordinal);
        WriteManifest(HashAlgorithmName.SHA1, "web.ovf");
        Assert.Contains("no digest of 'disk.vmdk'", (await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path, u => u with { RequireManifest = true }))).Message, StringComparison.Ordinal);
        _ovf.Write("empty.bin", 0);
        _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("empty.bin", 0)));
        _ovf.Write("web.mf", $"SHA1(empty.bin)= {new string('0', 40)}");
        Assert.Contains("'empty.bin' is not the file", (await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path))).Message, StringComparison.Ordinal);
        var ova = new TarBuilder().Add("web.ovf", Encoding.UTF8.GetBytes(OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", 1000)))).Add("disk.vmdk", new byte[1000]).ToArray();
        var cut = _ovf.Write("cut.ova", ova[..^1500]);
        Assert.Contains("bytes are missing at its end", (await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(cut))).Message, StringComparison.Ordinal);
        var session = await _server.ConnectAsync();
        var foreign = await VcdServer.CatalogAsync(session, "published");
        File.Delete(_ovf.PathOf("web.mf"));
        Assert.Equal("Vcd.Permission", (await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path, u => u with { CatalogHref = foreign }))).ErrorId);
        Assert.DoesNotContain(await _server.Simulator.RequestsAsync("vcd"), r => r.Method == "POST" && r.Path.EndsWith("/upload", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_manifest_that_lists_too_little_or_too_much_is_a_warning()
    {
        var disk = _ovf.Write("disk.vmdk", 1000);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", 1000)));
        WriteManifest(HashAlgorithmName.SHA1, "web.ovf");
        File.AppendAllText(_ovf.PathOf("web.mf"), $"SHA1(web.nvram)= {new string('0', 40)}\n");
        await SendAsync(path);
        await _server.AssertArrivedAsync(_name, Files(("disk.vmdk", disk)));
        Assert.Contains(_observer.Lines, l => l.StartsWith("WARNING", StringComparison.Ordinal) && l.Contains("no digest of 'disk.vmdk'", StringComparison.Ordinal));
        Assert.Contains(_observer.Lines, l => l.StartsWith("WARNING", StringComparison.Ordinal) && l.Contains("'web.nvram'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_beside_the_manifest_is_no_obstacle()
    {
        _ovf.Write("disk.vmdk", 1000);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", 1000)));
        WriteManifest(HashAlgorithmName.SHA256, "web.ovf", "disk.vmdk");
        _ovf.Write("web.cert", "-----BEGIN CERTIFICATE-----");
        var template = await WaitAsync(await SendAsync(path, u => u with { RequireManifest = true }));
        Assert.Equal("RESOLVED", template.Status);
    }

    [Fact]
    public async Task A_disk_that_changes_while_it_is_sent_is_an_error()
    {
        _ovf.Write("disk.vmdk", 3 * Chunk);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", 3 * Chunk)));
        var changed = 0;
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path, progress: p =>
        {
            if (p.File == "disk.vmdk" && p.Done >= Chunk && Interlocked.Exchange(ref changed, 1) == 0)
            {
                File.SetLastWriteTimeUtc(_ovf.PathOf("disk.vmdk"), DateTime.UtcNow.AddMinutes(1));
            }
        }));
        Assert.Contains("has changed while it was being uploaded", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_tells_each_file_and_all_of_them()
    {
        _ovf.Write("a.vmdk", 3 * Chunk);
        _ovf.Write("b.vmdk", 2 * Chunk);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("a.vmdk", 3 * Chunk), OvfFixture.File_("b.vmdk", 2 * Chunk)));
        var seen = new List<VcdTransferProgress>();
        await SendAsync(path, progress: p =>
        {
            lock (seen)
            {
                seen.Add(p);
            }
        });
        var all = (5L * Chunk) + new FileInfo(path).Length;
        Assert.All(seen, p => Assert.Equal(all, p.AllTotal));
        Assert.Equal(all, seen.Max(p => p.AllDone));
        Assert.Equal(["a.vmdk", "b.vmdk", "descriptor.ovf"], seen.Select(p => p.File!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(3L * Chunk, seen.Where(p => p.File == "a.vmdk").Max(p => p.Done));
    }

    private static string FailedTask(string code, string message)
        => $"<Task xmlns=\"http://www.vmware.com/vcloud/v1.5\" status=\"error\" operationName=\"vdcUploadOvfContents\" name=\"task\" href=\"/api/task/00000000-0000-4000-8000-000000000001\"><Error majorErrorCode=\"500\" minorErrorCode=\"{code}\" message=\"{message}\"/></Task>";

    private static string Failed(VcdTemplate? template, string code, string message)
        => $"<VAppTemplate xmlns=\"http://www.vmware.com/vcloud/v1.5\" ovfDescriptorUploaded=\"false\" status=\"-1\" name=\"{template?.Name ?? "x"}\" href=\"{template?.Href ?? "/api/vAppTemplate/x"}\"><Tasks>{FailedTask(code, message)}</Tasks></VAppTemplate>";

    private static Dictionary<string, byte[]> Files(params (string Name, byte[] Bytes)[] files) => files.ToDictionary(f => f.Name, f => f.Bytes, StringComparer.Ordinal);

    private void WriteManifest(HashAlgorithmName algorithm, params string[] files)
        => _ovf.Write("web.mf", string.Concat(files.Select(f => $"{algorithm.Name}({f})= {OvfFixture.Hex(algorithm, File.ReadAllBytes(_ovf.PathOf(f)))}\n")));

    private async Task AssertNoItemAsync()
    {
        var session = await _server.ConnectAsync();
        Assert.Empty(await new VcdClient(session, SilentObserver.Instance).GetCatalogItemsAsync([VcdNamePattern.Of(_name)], [], null, CancellationToken.None).ToListAsync());
    }

    private async Task<VcdTemplate> WaitAsync(VcdTemplate template)
    {
        var session = await _server.ConnectAsync(time: TimeProvider.System);
        return await new VcdClient(session, SilentObserver.Instance).WaitImportAsync(template, TimeSpan.FromSeconds(60), null, CancellationToken.None);
    }

    private async Task<VcdTemplate> SendAsync(string path, Func<VcdTemplateUpload, VcdTemplateUpload>? change = null, Action<VcdTransferProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var session = await _server.ConnectAsync(_observer);
        var upload = new VcdTemplateUpload { Path = path, CatalogHref = await _server.CatalogAsync(session), CatalogName = "iso", Name = _name, ChunkSize = Chunk, StateFolder = _state };
        return await new VcdClient(session, _observer).SendTemplateAsync(change?.Invoke(upload) ?? upload, progress, cancellationToken);
    }

    private async Task SendAndStopAsync(string path, string file, long after, Func<VcdTemplateUpload, VcdTemplateUpload>? change = null)
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(path, change, progress: p =>
        {
            if (p.File == file && p.Phase is VcdTransferPhase.Sending && p.Done >= after)
            {
                stop.Cancel();
            }
        }, cancellationToken: stop.Token));

        await _server.SettleAsync();
    }

    // From the first byte of the descriptor on the server shows this of the template, so often (0: always).
    private Action<VcdTransferProgress> Hold(string template, int count)
    {
        var held = 0;
        return p =>
        {
            if (p.File == "descriptor.ovf" && p.Phase is VcdTransferPhase.Sending && Interlocked.Exchange(ref held, 1) == 0)
            {
                FaultAsync(new { system = "vcd", kind = "replaceBody", method = "GET", path = "/api/vAppTemplate/*", count, contentType = "application/vnd.vmware.vcloud.vAppTemplate+xml", body = template }).GetAwaiter().GetResult();
            }
        };
    }

    private Task FaultAsync(object fault) => _server.Simulator.AddFaultAsync(fault);

    private async Task ClearAsync()
    {
        await _server.Simulator.ClearFaultsAsync();
        await _server.Simulator.ClearRequestsAsync();
    }
}
