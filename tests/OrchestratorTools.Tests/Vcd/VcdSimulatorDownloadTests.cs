using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The simulated server's side of downloads: media, templates, archives; ranges, faults and ends. Plain HTTP; the module's client has no part in it.</summary>
public sealed partial class VcdSimulatorDownloadTests : IClassFixture<VcdServer>, IAsyncLifetime
{
    private static readonly XNamespace Ovf = "http://schemas.dmtf.org/ovf/envelope/1";
    private readonly VcdServer _server;
    private readonly string _name = $"d {Guid.NewGuid():N}";
    private VcdRaw _raw = null!;

    public VcdSimulatorDownloadTests(VcdServer server) => _server = server;

    public async Task InitializeAsync()
    {
        await _server.Simulator.ClearFaultsAsync();
        await _server.Simulator.CommandAsync("vcd", "settings", new { rangeDownloads = true, ovaContentLength = false });
        _raw = await VcdRaw.LoginAsync(_server.Simulator);
    }

    public async Task DisposeAsync()
    {
        await _server.Simulator.ClearFaultsAsync();
        _raw.Dispose();
    }

    [Fact]
    public async Task A_media_file_is_downloaded_after_it_was_enabled()
    {
        await AddAsync("media", new { size = 1_000_003 });
        var media = await EntityAsync("media");
        Assert.Null(media.Element(VcdRaw.Ns + "Files"));
        await _server.Simulator.CommandAsync("vcd", "settings", new { enableDownloadSeconds = 900 });
        var answer = (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(media, "enable"))).Expect(202);
        Assert.Equal("Task", answer.Xml.Name.LocalName);
        Assert.Equal(answer.Location, (string?)answer.Xml.Attribute("href"));
        Assert.Null((await EntityAsync("media")).Element(VcdRaw.Ns + "Files"));
        await _server.Simulator.CommandAsync("vcd", "settings", new { enableDownloadSeconds = (double?)null });
        await _server.Simulator.AdvanceAsync(TimeSpan.FromMinutes(16));
        await _raw.SucceededAsync(answer);
        media = await EntityAsync("media");
        var file = Assert.Single(media.Element(VcdRaw.Ns + "Files")!.Elements());
        Assert.Equal("1000003", (string?)file.Attribute("size"));
        var bytes = (await _raw.SendAsync(HttpMethod.Get, VcdRaw.Link(file, "download:default"))).Expect(200);
        Assert.Equal("1000003", bytes.ContentLength);
        var content = Assert.Single(await ContentAsync());
        Assert.Equal(("seed", 1_000_003), (content.GetProperty("source").GetString(), content.GetProperty("size").GetInt64()));
        AssertHash(content, bytes.Bytes);

        // The table of operations has none for media.
        (await _raw.SendAsync(HttpMethod.Post, $"{(string)media.Attribute("href")!}/action/disableDownload")).Expect(404);
    }

    [Theory]
    [InlineData("download:default", null)]
    [InlineData("download:identity", null)]
    [InlineData("download:default", "SHA1")]
    [InlineData("download:identity", "SHA256")]
    [InlineData("download:default", "SHA512")]
    public async Task A_template_is_a_descriptor_and_what_lies_beside_it(string rel, string? manifest)
    {
        await AddAsync("template", new { manifest, files = new[] { new { name = "disk one.vmdk", size = 70_001L }, new { name = "sub/b.iso", size = 5L }, new { name = "empty.bin", size = 0L } } });
        var template = await EnableAsync();
        var address = new Uri(VcdRaw.Link(template, rel, "text/xml"));
        var descriptor = (await _raw.SendAsync(HttpMethod.Get, address.AbsoluteUri)).Expect(200);
        Assert.Equal("text/xml", descriptor.ContentType);
        Assert.Equal(rel == "download:identity", descriptor.Text.Contains("uuid.bios", StringComparison.Ordinal));
        Assert.Equal(rel == "download:identity", descriptor.Text.Contains("00:50:56", StringComparison.Ordinal));
        var held = (await ContentAsync()).ToDictionary(c => c.GetProperty("file").GetString()!, StringComparer.Ordinal);
        var files = descriptor.Xml.Element(Ovf + "References")!.Elements(Ovf + "File").ToArray();
        Assert.Equal(3, files.Length);
        var served = new Dictionary<string, byte[]>(StringComparer.Ordinal) { [address.Segments[^1]] = descriptor.Bytes };
        foreach (var file in files)
        {
            var name = (string)file.Attribute(Ovf + "href")!;
            var bytes = (await _raw.SendAsync(HttpMethod.Get, new Uri(address, string.Join('/', name.Split('/').Select(Uri.EscapeDataString))).AbsoluteUri)).Expect(200).Bytes;
            Assert.Equal((long)file.Attribute(Ovf + "size")!, bytes.LongLength);
            AssertHash(held[name], bytes);
            served[name] = bytes;
        }

        var manifestAnswer = await _raw.SendAsync(HttpMethod.Get, new Uri(address, Path.ChangeExtension(address.Segments[^1], ".mf")).AbsoluteUri);
        if (manifest is null) manifestAnswer.Expect(404);
        else AssertManifest(manifestAnswer.Expect(200).Text, manifest, served);
    }

    [Theory]
    [InlineData("download:ovaDefault", false)]
    [InlineData("download:ovaIdentity", true)]
    public async Task An_archive_is_a_tar_of_the_same_files(string rel, bool lengthIsTold)
    {
        var longName = new string('l', 120) + "-ä.vmdk";
        await AddAsync("template", new { manifest = "SHA256", files = new[] { new { name = "disk.vmdk", size = 300_000L }, new { name = longName, size = 512L }, new { name = "empty.bin", size = 0L } } });
        await _server.Simulator.CommandAsync("vcd", "settings", new { ovaContentLength = lengthIsTold });
        var template = await EnableAsync();
        var archive = (await _raw.SendAsync(HttpMethod.Get, VcdRaw.Link(template, rel))).Expect(200);
        Assert.Equal(lengthIsTold ? $"{archive.Bytes.Length}" : null, archive.ContentLength);
        Assert.Equal(0, archive.Bytes.Length % 512);
        if (lengthIsTold)
        {
            foreach (var at in new[] { 1, 511, 512, 300_000, archive.Bytes.Length - 1 })
            {
                Assert.Equal(archive.Bytes[at..], (await _raw.SendAsync(HttpMethod.Get, VcdRaw.Link(template, rel), null, ("Range", $"bytes={at}-"))).Expect(206).Bytes);
            }
        }

        using var reader = new TarReader(new MemoryStream(archive.Bytes));
        var members = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (await reader.GetNextEntryAsync(copyData: true) is { } entry)
        {
            using var bytes = new MemoryStream();
            if (entry.DataStream is { } data) await data.CopyToAsync(bytes);
            members.Add(entry.Name, bytes.ToArray());
        }

        var descriptorName = rel == "download:ovaIdentity" ? "descriptor-with-id.ovf" : "descriptor.ovf";
        Assert.Equal(descriptorName, members.Keys.First());
        Assert.Equal(5, members.Count);
        foreach (var content in await ContentAsync()) AssertHash(content, members[content.GetProperty("file").GetString()!]);
        AssertManifest(Encoding.UTF8.GetString(members[Path.ChangeExtension(descriptorName, ".mf")]), "SHA256", members);
    }

    [Fact]
    public async Task Sizes_above_eight_gigabytes_are_right_in_the_archive()
    {
        const long Size = (8L << 30) + 12_345;
        await AddAsync("template", new { files = new[] { new { name = "big.vmdk", size = Size }, new { name = "tail.bin", size = 700L } } });
        await _server.Simulator.CommandAsync("vcd", "settings", new { ovaContentLength = true });
        var href = VcdRaw.Link(await EnableAsync(), "download:ovaDefault");
        var head = (await _raw.SendAsync(HttpMethod.Get, href, null, ("Range", "bytes=0-16383"))).Expect(206);
        Assert.Contains($"size={Size}\n", head.Text, StringComparison.Ordinal);
        var total = long.Parse(head.ContentRange!.Split('/')[1], CultureInfo.InvariantCulture);
        var tail = (await _raw.SendAsync(HttpMethod.Get, href, null, ("Range", $"bytes={total - 1024 - 1024 - 512}-"))).Expect(206).Bytes;
        using var reader = new TarReader(new MemoryStream(tail));
        var last = (await reader.GetNextEntryAsync())!;
        Assert.Equal(("tail.bin", 700), (last.Name, last.Length));
    }

    [Fact]
    public async Task A_range_is_the_same_bytes_anywhere_in_forty_gigabytes()
    {
        const long Size = 40L << 30;
        await AddAsync("media", new { size = Size });
        var href = await EnableMediaAsync();
        foreach (var at in new[] { 0, 1, 4095, 4096, 4099, Size / 2, Size - 5000 })
        {
            var first = (await _raw.SendAsync(HttpMethod.Get, href, null, ("Range", $"bytes={at}-{at + 4999}"))).Expect(206);
            Assert.Equal($"bytes {at}-{at + 4999}/{Size}", first.ContentRange);
            var shifted = (await _raw.SendAsync(HttpMethod.Get, href, null, ("Range", $"bytes={at + 13}-{at + 4999}"))).Expect(206);
            Assert.Equal(first.Bytes[13..], shifted.Bytes);
        }

        var last = (await _raw.SendAsync(HttpMethod.Get, href, null, ("Range", "bytes=-7"))).Expect(206);
        Assert.Equal($"bytes {Size - 7}-{Size - 1}/{Size}", last.ContentRange);
        var beyond = (await _raw.SendAsync(HttpMethod.Get, href, null, ("Range", $"bytes={Size}-"))).Expect(416);
        Assert.Equal($"bytes */{Size}", beyond.ContentRange);
    }

    [Fact]
    public async Task Ranges_can_be_ignored()
    {
        await AddAsync("media", new { size = 9_000 });
        var href = await EnableMediaAsync();
        await _server.Simulator.CommandAsync("vcd", "settings", new { rangeDownloads = false });
        Assert.Equal(9_000, (await _raw.SendAsync(HttpMethod.Get, href, null, ("Range", "bytes=5000-"))).Expect(200).Bytes.Length);
    }

    [Fact]
    public async Task What_was_uploaded_and_kept_comes_back_byte_for_byte()
    {
        var folder = Directory.CreateTempSubdirectory("vcd-kept-").FullName;
        await using var simulator = await Simulator.StartAsync("--speed", "20", "--keep-content", folder);
        using var raw = await VcdRaw.LoginAsync(simulator);
        var disk = new byte[123_457];
        Random.Shared.NextBytes(disk);
        var descriptor = Encoding.UTF8.GetBytes(
            $"<Envelope xmlns='{Ovf}' xmlns:ovf='{Ovf}'><References><File ovf:href='disk.vmdk' ovf:id='f' ovf:size='{disk.Length}'/></References><!-- as it is --><VirtualSystem ovf:id='vm'/></Envelope>");
        var upload = VcdRaw.Link(await raw.GetAsync(await raw.CatalogAsync("templates")), "add", VcdRaw.TemplateParams);
        var item = (await raw.SendAsync(HttpMethod.Post, upload, new XElement(VcdRaw.Ns + "UploadVAppTemplateParams", new XAttribute("name", "kept"), new XAttribute("manifestRequired", "true")), VcdRaw.TemplateParams)).Expect(201);
        var href = (string)item.Xml.Element(VcdRaw.Ns + "Entity")!.Attribute("href")!;
        (await raw.PutAsync(VcdRaw.UploadHref(await raw.GetAsync(href), "descriptor.ovf"), descriptor)).Expect(200);
        var template = await raw.UntilAsync(href, t => VcdRaw.File(t, "disk.vmdk") is not null);
        (await raw.PutAsync(VcdRaw.UploadHref(template, "disk.vmdk"), disk[..100_000], $"bytes 0-99999/{disk.Length}")).Expect(200);
        (await raw.PutAsync(VcdRaw.UploadHref(template, "disk.vmdk"), disk[100_000..], $"bytes 100000-{disk.Length - 1}/{disk.Length}")).Expect(200);
        var manifest = $"SHA1(own name.ovf)= {Hash("SHA1", descriptor)}\nSHA1(disk.vmdk)= {Hash("SHA1", disk)}\n";
        (await raw.PutAsync(VcdRaw.UploadHref(template, "manifest.mf"), Encoding.UTF8.GetBytes(manifest))).Expect(200);
        template = await raw.UntilAsync(href, t => (string?)t.Attribute("status") == "8");
        await raw.SucceededAsync(await raw.SendAsync(HttpMethod.Post, VcdRaw.Link(template, "enable")));
        var address = new Uri(VcdRaw.Link(await raw.GetAsync(href), "download:default"));
        Assert.Equal(descriptor, (await raw.SendAsync(HttpMethod.Get, address.AbsoluteUri)).Expect(200).Bytes);
        Assert.Equal(disk, (await raw.SendAsync(HttpMethod.Get, new Uri(address, "disk.vmdk").AbsoluteUri)).Expect(200).Bytes);
        AssertManifest((await raw.SendAsync(HttpMethod.Get, new Uri(address, "descriptor.mf").AbsoluteUri)).Expect(200).Text, "SHA1", new(StringComparer.Ordinal) { ["descriptor.ovf"] = descriptor, ["disk.vmdk"] = disk });
        var content = Assert.Single((await simulator.CommandAsync("vcd", "content", new { name = "kept" })).EnumerateArray());
        Assert.Equal("upload", content.GetProperty("source").GetString());
        AssertHash(content, disk);
    }

    [Fact]
    public async Task What_was_uploaded_and_not_kept_comes_back_in_the_same_size_with_every_size_in_the_descriptor()
    {
        var descriptor = Encoding.UTF8.GetBytes($"<Envelope xmlns='{Ovf}' xmlns:ovf='{Ovf}'><References><File ovf:href='d' ovf:id='f' ovf:chunkSize='400'/></References></Envelope>");
        var upload = VcdRaw.Link(await _raw.GetAsync(await _raw.CatalogAsync("templates")), "add", VcdRaw.TemplateParams);
        var item = (await _raw.SendAsync(HttpMethod.Post, upload, new XElement(VcdRaw.Ns + "UploadVAppTemplateParams", new XAttribute("name", _name)), VcdRaw.TemplateParams)).Expect(201);
        var href = (string)item.Xml.Element(VcdRaw.Ns + "Entity")!.Attribute("href")!;
        (await _raw.PutAsync(VcdRaw.UploadHref(await _raw.GetAsync(href), "descriptor.ovf"), descriptor)).Expect(200);
        var template = await _raw.UntilAsync(href, t => VcdRaw.File(t, "d") is not null);
        (await _raw.PutAsync(VcdRaw.UploadHref(template, "d"), new byte[1000])).Expect(200);
        await _raw.UntilAsync(href, t => (string?)t.Attribute("status") == "8");
        var address = new Uri(VcdRaw.Link(await EnableAsync(), "download:default"));
        var file = (await _raw.SendAsync(HttpMethod.Get, address.AbsoluteUri)).Expect(200).Xml.Element(Ovf + "References")!.Element(Ovf + "File")!;
        Assert.Equal(("1000", null), ((string?)file.Attribute(Ovf + "size"), (string?)file.Attribute(Ovf + "chunkSize")));
        var bytes = (await _raw.SendAsync(HttpMethod.Get, new Uri(address, "d").AbsoluteUri)).Expect(200).Bytes;
        Assert.Equal(1000, bytes.Length);
        AssertHash(Assert.Single(await ContentAsync()), bytes);
    }

    [Fact]
    public async Task Disabling_ends_the_addresses_and_can_be_asserted()
    {
        await AddAsync("template", new { size = 100 });
        var template = await EnableAsync();
        var address = VcdRaw.Link(template, "download:default");
        (await _raw.SendAsync(HttpMethod.Get, address)).Expect(200);
        var before = await DownloadAsync();
        Assert.True(before.GetProperty("enabled").GetBoolean());
        Assert.Equal(1, before.GetProperty("files").EnumerateArray().Single(f => f.GetProperty("file").GetString() == "descriptor.ovf").GetProperty("requests").GetInt64());
        Assert.Empty((await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(template, "disable"))).Expect(204).Bytes);
        Assert.Null(VcdRaw.FindLink(await EntityAsync("template"), "download:default"));
        (await _raw.SendAsync(HttpMethod.Get, address)).Expect(410);
        var after = await DownloadAsync();
        Assert.Equal((false, "disabled"), (after.GetProperty("enabled").GetBoolean(), after.GetProperty("ended").GetString()));

        // Enabled again, it has other addresses.
        Assert.False(address == VcdRaw.Link(await EnableAsync(), "download:default"));
    }

    [Fact]
    public async Task Addresses_live_while_they_are_read_and_end_after_their_idle_time()
    {
        await AddAsync("media", new { size = 100 });
        var href = await EnableMediaAsync();
        await _server.Simulator.AdvanceAsync(TimeSpan.FromMinutes(50));
        (await _raw.SendAsync(HttpMethod.Get, href)).Expect(200);
        await _server.Simulator.AdvanceAsync(TimeSpan.FromMinutes(50));
        (await _raw.SendAsync(HttpMethod.Get, href)).Expect(200);
        await _server.Simulator.AdvanceAsync(TimeSpan.FromMinutes(61));
        (await _raw.SendAsync(HttpMethod.Get, href)).Expect(410);
        Assert.Equal("timedOut", (await DownloadAsync()).GetProperty("ended").GetString());
    }

    [Fact]
    public async Task A_removed_entity_takes_its_download_along()
    {
        await AddAsync("media", new { size = 100 });
        var href = await EnableMediaAsync();
        await _raw.SucceededAsync(await _raw.SendAsync(HttpMethod.Delete, VcdRaw.Link(await EntityAsync("media"), "remove")));
        (await _raw.SendAsync(HttpMethod.Get, href)).Expect(410);
        Assert.Equal("removed", (await DownloadAsync()).GetProperty("ended").GetString());
    }

    [Fact]
    public async Task A_second_change_during_the_task_is_refused()
    {
        await AddAsync("template", new { size = 100 });
        await _server.Simulator.CommandAsync("vcd", "settings", new { enableDownloadSeconds = 3600 });
        var template = await EntityAsync("template");
        var task = (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(template, "enable"))).Expect(202);
        Assert.Equal("BUSY_ENTITY", (await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(template, "enable"))).Expect(400).Code);
        await _server.Simulator.CommandAsync("vcd", "settings", new { enableDownloadSeconds = (double?)null });
        await _server.Simulator.AdvanceAsync(TimeSpan.FromHours(1));
        using var later = await VcdRaw.LoginAsync(_server.Simulator);
        await later.SucceededAsync(task);
    }

    [Theory]
    [InlineData("1.5", "download:default")]
    [InlineData("5.1", "download:default download:identity")]
    [InlineData("29.0", "download:default download:identity")]
    [InlineData("30.0", "download:default download:identity download:ovaDefault download:ovaIdentity")]
    public async Task Links_are_those_of_the_version(string version, string rels)
    {
        await using var simulator = await Simulator.StartAsync("--speed", "20");
        await simulator.CommandAsync("vcd", "settings", new { versions = new[] { version } });
        using var raw = await VcdRaw.LoginAsync(simulator, version);
        var record = (await raw.GetAsync("query?type=vAppTemplate&format=records&filter=name==debian-12-base")).Elements().Single(e => e.Name.LocalName == "VAppTemplateRecord");
        var href = (string)record.Attribute("href")!;
        await raw.SucceededAsync(await raw.SendAsync(HttpMethod.Post, VcdRaw.Link(await raw.GetAsync(href), "enable")));
        var links = (await raw.GetAsync(href)).Elements(VcdRaw.Ns + "Link").Select(l => (string)l.Attribute("rel")!).Where(r => r.StartsWith("download:", StringComparison.Ordinal));
        Assert.Equal(rels, string.Join(' ', links));
        var media = (string)(await raw.GetAsync("query?type=media&format=records")).Elements().First(e => e.Name.LocalName == "MediaRecord").Attribute("href")!;
        Assert.Equal(version is not ("1.5" or "5.1"), VcdRaw.FindLink(await raw.GetAsync(media), "enable") is not null);
        (await raw.SendAsync(HttpMethod.Post, $"{media}/action/enableDownload")).Expect(version is "1.5" or "5.1" ? 404 : 202);
    }

    [Fact]
    public async Task A_user_without_the_right_gets_403()
    {
        await AddAsync("template", new { size = 100 });
        var href = (string)(await EntityAsync("template")).Attribute("href")!;
        using var victor = await VcdRaw.LoginAsync(_server.Simulator, nth: 1);
        Assert.Null(VcdRaw.FindLink(await victor.GetAsync(href), "enable"));
        Assert.Equal("ACCESS_TO_RESOURCE_IS_FORBIDDEN", (await victor.SendAsync(HttpMethod.Post, $"{href}/action/enableDownload")).Expect(403).Code);
        Assert.Equal("ACCESS_TO_RESOURCE_IS_FORBIDDEN", (await victor.SendAsync(HttpMethod.Post, $"{href}/action/disableDownload")).Expect(403).Code);
    }

    [Theory]
    [InlineData("resetResponse", false)]
    [InlineData("closeResponse", false)]
    [InlineData("truncate", false)]
    [InlineData("resetResponse", true)]
    [InlineData("closeResponse", true)]
    public async Task Faults_cut_a_download_at_their_byte_and_the_rest_can_be_had(string kind, bool ova)
    {
        await AddAsync(ova ? "template" : "media", new { size = 500_000 });
        var href = ova ? VcdRaw.Link(await EnableAsync(), "download:ovaDefault") : await EnableMediaAsync();
        await _server.Simulator.AddFaultAsync(new { system = "vcd", kind, path = "/transfer/*", bytes = 200_000, count = 1 });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _raw.SendAsync(HttpMethod.Get, href));
        var whole = (await _raw.SendAsync(HttpMethod.Get, href)).Expect(200).Bytes;
        if (!ova) Assert.Equal(whole[200_000..], (await _raw.SendAsync(HttpMethod.Get, href, null, ("Range", "bytes=200000-"))).Expect(206).Bytes);
        var cut = (await _server.Simulator.RequestsAsync("vcd")).Last(r => r.Fault == kind);
        Assert.True(cut is { Aborted: true, Status: 200, ResponseBytes: 200_000 }, cut.ToString());
    }

    [Fact]
    public async Task Other_faults_apply_to_downloads_too()
    {
        await AddAsync("media", new { size = 40_000 });
        var href = await EnableMediaAsync();
        await _server.Simulator.AddFaultAsync(new { system = "vcd", kind = "status", status = 401, path = "/transfer/*", count = 1 });
        (await _raw.SendAsync(HttpMethod.Get, href)).Expect(401);
        await _server.Simulator.AddFaultAsync(new { system = "vcd", kind = "slow", bytesPerSecond = 100_000, path = "/transfer/*", count = 1 });
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(40_000, (await _raw.SendAsync(HttpMethod.Get, href)).Expect(200).Bytes.Length);
        Assert.True(watch.Elapsed > TimeSpan.FromMilliseconds(250), watch.Elapsed.ToString());
    }

    [Fact]
    public async Task Wrong_members_of_the_commands_are_refused()
    {
        foreach (var (command, arguments, said) in new (string, object, string)[]
        {
            ("item", new { name = "x", kind = "disk" }, "'media' or 'template'"),
            ("item", new { name = "x", kind = "media", sise = 1 }, "'sise'"),
            ("item", new { name = "debian-12-base", kind = "template" }, "has an item"),
            ("item", new { name = "x", kind = "template", manifest = "MD5" }, "SHA512"),
            ("content", new { name = "nothing of this name" }, "There is no"),
            ("settings", new { rangeDownloads = "yes" }, "rangeDownloads"),
        })
        {
            var e = await Assert.ThrowsAnyAsync<Exception>(() => _server.Simulator.CommandAsync("vcd", command, arguments));
            Assert.Contains(said, e.Message, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"^(?<algorithm>\w+)\((?<file>.+)\)= (?<hex>[0-9a-f]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ManifestLine();

    private static void AssertManifest(string manifest, string algorithm, Dictionary<string, byte[]> files)
    {
        var lines = manifest.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => ManifestLine().Match(l)).ToArray();
        Assert.Equal(files.Keys.Where(k => !k.EndsWith(".mf", StringComparison.Ordinal)).Order(StringComparer.Ordinal), lines.Select(l => l.Groups["file"].Value).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var line in lines)
        {
            Assert.Equal(algorithm, line.Groups["algorithm"].Value);
            Assert.Equal(Hash(algorithm, files[line.Groups["file"].Value]), line.Groups["hex"].Value, ignoreCase: true);
        }
    }

    private static string Hash(string algorithm, byte[] bytes)
    {
        using var hash = IncrementalHash.CreateHash(new HashAlgorithmName(algorithm));
        hash.AppendData(bytes);
        return Convert.ToHexString(hash.GetCurrentHash());
    }

    private static void AssertHash(JsonElement content, byte[] bytes) => Assert.Equal(Convert.ToHexString(SHA256.HashData(bytes)), content.GetProperty("sha256").GetString(), ignoreCase: true);

    private async Task AddAsync(string kind, object members)
    {
        var json = JsonSerializer.SerializeToNode(members)!.AsObject();
        json["name"] = _name;
        json["kind"] = kind;
        await _server.Simulator.CommandAsync("vcd", "item", json);
    }

    private async Task<JsonElement[]> ContentAsync() => [.. (await _server.Simulator.CommandAsync("vcd", "content", new { name = _name })).EnumerateArray()];

    private async Task<JsonElement> DownloadAsync() => (await _server.Simulator.CommandAsync("vcd", "downloads")).EnumerateArray().Last(d => d.GetProperty("name").GetString() == _name);

    private async Task<XElement> EntityAsync(string kind)
    {
        var (type, element) = kind == "media" ? ("media", "MediaRecord") : ("vAppTemplate", "VAppTemplateRecord");
        var record = (await _raw.GetAsync($"query?type={type}&format=records&filter=name=={Uri.EscapeDataString(_name)}")).Elements().Single(e => e.Name.LocalName == element);
        return await _raw.GetAsync((string)record.Attribute("href")!);
    }

    private async Task<XElement> EnableAsync(string kind = "template")
    {
        await _raw.SucceededAsync(await _raw.SendAsync(HttpMethod.Post, VcdRaw.Link(await EntityAsync(kind), "enable")));
        return await EntityAsync(kind);
    }

    private async Task<string> EnableMediaAsync() => VcdRaw.Link((await EnableAsync("media")).Element(VcdRaw.Ns + "Files")!.Elements().Single(), "download:default");
}
