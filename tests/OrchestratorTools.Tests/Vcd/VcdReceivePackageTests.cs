using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.Net;
using System.Text;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using Xunit.Abstractions;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The download of templates and vApps, as a folder, as an archive that is packed here, and as the server's own archive.</summary>
public sealed class VcdReceivePackageTests : IDisposable
{
    private const int Block = PrefixHash.BlockSize;
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("TEST_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Environment.TickCount;
    private readonly Random _random = new(Seed);
    private readonly RecordingObserver _observer = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("vcd-receive-").FullName;

    public VcdReceivePackageTests(ITestOutputHelper output) => output.WriteLine($"TEST_SEED={Seed}");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // ---- a folder ----

    [Theory]
    [InlineData(null)]
    [InlineData("SHA1")]
    [InlineData("SHA256")]
    [InlineData("SHA512")]
    public async Task A_template_becomes_a_folder(string? manifest)
    {
        var fake = NewTemplate(manifest);
        var descriptor = await fake.ReceiveAsync(_folder, _observer);
        Assert.Equal(Path.Combine(_folder, "thing", "descriptor.ovf"), descriptor);
        AssertFolder(fake);
        Assert.Equal((1, 1), (fake.Opened, fake.Closed));
        Assert.Equal(manifest is null, !_observer.Text.Contains("is the manifest's", StringComparison.Ordinal));
        Assert.Equal(3, _observer.Lines.Count(l => l.StartsWith("VERBOSE Received '", StringComparison.Ordinal)));
        Assert.Equal(5, fake.Transfers.Count());
        Assert.All(fake.Transfers, r => Assert.False(r.Headers.ContainsKey("Authorization") || r.Headers.ContainsKey("x-vcloud-authorization")));
        Assert.DoesNotContain("secret-", _observer.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder, ".state"), "*.json", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(VcdReceiveKind.Template)]
    [InlineData(VcdReceiveKind.VApp)]
    public async Task A_package_without_files_is_its_descriptor(VcdReceiveKind kind)
    {
        var fake = new VcdDownloadFake { Kind = kind };
        fake.AddPackage([]);
        await fake.ReceiveAsync(_folder, _observer);
        AssertFolder(fake);
    }

    [Fact]
    public async Task With_Identity_the_other_descriptor_is_received()
    {
        var fake = NewTemplate(null);
        fake.AddPackage([("disk0.vmdk", fake.Files["disk0.vmdk"])], descriptor: "descriptor-with-id.ovf");
        var descriptor = await fake.ReceiveAsync(_folder, _observer, r => r with { Identity = true });
        Assert.Equal(Path.Combine(_folder, "thing", "descriptor-with-id.ovf"), descriptor);
        Assert.Equal(["descriptor-with-id.ovf", "disk0.vmdk"], NamesIn("thing"));
    }

    [Fact]
    public async Task A_server_that_has_no_identity_to_give_says_so()
    {
        var fake = NewTemplate(null);
        fake.Rels.Remove("download:identity");
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer, r => r with { Identity = true }));
        Assert.Equal("Vcd.Validation", e.ErrorId);
        Assert.Contains("identity", e.Message, StringComparison.Ordinal);
        Assert.Equal((1, 1), (fake.Opened, fake.Closed));
    }

    [Fact]
    public async Task Names_with_blanks_and_folders_are_found_beside_the_descriptor()
    {
        var fake = new VcdDownloadFake { Kind = VcdReceiveKind.Template };
        fake.AddPackage([("disks/the first #1.vmdk", NewBytes(100)), ("größe.nvram", NewBytes(5))]);
        await fake.ReceiveAsync(_folder, _observer);
        AssertFolder(fake);
    }

    [Fact]
    public async Task A_file_in_chunks_is_received_chunk_by_chunk()
    {
        var fake = new VcdDownloadFake { Kind = VcdReceiveKind.Template };
        fake.AddPackage(
            [("disk.vmdk", NewBytes(25))],
            edit: t => t.Replace("ovf:size", "ovf:chunkSize=\"10\" ovf:size", StringComparison.Ordinal));
        var disk = fake.Files["disk.vmdk"];
        fake.Files.Remove("disk.vmdk");
        fake.Files["disk.vmdk.000000000"] = disk[..10];
        fake.Files["disk.vmdk.000000001"] = disk[10..20];
        fake.Files["disk.vmdk.000000002"] = disk[20..];
        await fake.ReceiveAsync(_folder, _observer);
        AssertFolder(fake);
    }

    [Theory]
    [InlineData("../evil.vmdk")]
    [InlineData("a/../../evil.vmdk")]
    [InlineData("/etc/evil.vmdk")]
    [InlineData("C:\\evil.vmdk")]
    [InlineData("C:evil.vmdk")]
    [InlineData("..\\evil.vmdk")]
    [InlineData("%2e%2e/evil.vmdk")]
    [InlineData("..%2fevil.vmdk")]
    [InlineData("https://elsewhere.example.com/evil.vmdk")]
    [InlineData("//elsewhere.example.com/evil.vmdk")]
    [InlineData("nul.vmdk")]
    [InlineData("evil.vmdk.")]
    [InlineData("evil?.vmdk")]
    [InlineData("DESCRIPTOR.OVF")]
    [InlineData("Descriptor.mf")]
    [InlineData("disk0.vmdk")]
    [InlineData("Disk0.vmdk")]
    [InlineData("disk0.vmdk.partial")]
    public async Task A_name_that_leaves_the_folder_or_hits_another_file_is_refused(string name)
    {
        var fake = new VcdDownloadFake { Kind = VcdReceiveKind.Template };
        fake.AddPackage([("disk0.vmdk", NewBytes(10)), ("NAME", NewBytes(10))], edit: t => t.Replace("\"NAME\"", $"\"{name}\"", StringComparison.Ordinal));
        var format = _random.Next(2) == 0 ? VcdPackageFormat.Ovf : VcdPackageFormat.Ova;
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer, r => r with { Format = format }));
        Assert.Equal("Vcd.Protocol", e.ErrorId);
        Assert.Contains($"'{name}'", e.Message, StringComparison.Ordinal);
        Assert.Single(fake.Transfers);
        Assert.Equal(1, fake.Closed);
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories), f => !f.Contains(".state", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<html><body>Log in</body></html>")]
    [InlineData("no XML")]
    [InlineData("<!DOCTYPE Envelope [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Envelope>&x;</Envelope>")]
    public async Task What_is_no_descriptor_is_refused(string text)
    {
        var fake = NewTemplate(null);
        fake.Files["descriptor.ovf"] = Encoding.UTF8.GetBytes(text);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Equal("Vcd.Protocol", e.ErrorId);
        Assert.Contains("descriptor", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, fake.Closed);
        Assert.False(Directory.Exists(Path.Combine(_folder, "thing")));
    }

    [Theory]
    [InlineData("disk1.vmdk", 4)]
    [InlineData("descriptor.ovf", 2)]
    public async Task A_file_that_is_not_what_the_manifest_says_gets_no_name(string name, int transfers)
    {
        var fake = NewTemplate("SHA256");
        var right = fake.Files[name];
        fake.Files[name] = name == "descriptor.ovf" ? [.. right, (byte)'\n'] : [.. right[..^2], (byte)(right[^2] ^ 1), right[^1]];
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Equal("Vcd.Protocol", e.ErrorId);
        Assert.Contains("manifest says (SHA256)", e.Message, StringComparison.Ordinal);
        Assert.Equal(transfers, fake.Transfers.Count());
        Assert.False(File.Exists(Path.Combine(_folder, "thing", name)));
        Assert.False(File.Exists(Path.Combine(_folder, "thing", name + ".partial")));
        Assert.Equal(1, fake.Closed);

        // The bad bytes are not gone on with.
        fake.Files[name] = right;
        await fake.ReceiveAsync(_folder, _observer);
        AssertFolder(fake);
    }

    [Fact]
    public async Task The_manifest_is_compared_over_an_interruption_too()
    {
        var fake = NewTemplate("SHA1");
        await StopInAsync(fake, "disk1.vmdk", 2 * Block);
        fake.Files["disk1.vmdk"] = [.. fake.Files["disk1.vmdk"]];
        fake.Files["disk1.vmdk"][^1] ^= 1;
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Contains("is not what the manifest says (SHA1)", e.Message, StringComparison.Ordinal);
        Assert.Contains("Going on with 'disk1.vmdk'", _observer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_that_forgets_a_file_is_warned_of_and_a_page_in_its_place_is_none()
    {
        var fake = NewTemplate("SHA256");
        var lines = Encoding.UTF8.GetString(fake.Files["descriptor.mf"]).Split('\n');
        fake.Files["descriptor.mf"] = Encoding.UTF8.GetBytes(string.Join('\n', lines.Where(l => !l.Contains("disk1", StringComparison.Ordinal))));
        await fake.ReceiveAsync(_folder, _observer);
        AssertFolder(fake);
        Assert.Contains("WARNING The manifest of 'thing' says nothing about 'disk1.vmdk'", _observer.Text, StringComparison.Ordinal);

        fake.Files["descriptor.mf"] = Encoding.UTF8.GetBytes("<html>not here</html>");
        await fake.ReceiveAsync(_folder, _observer, r => r with { FileName = "two" });
        Assert.False(File.Exists(Path.Combine(_folder, "two", "descriptor.mf")));

        fake.Files["descriptor.mf"] = Encoding.UTF8.GetBytes("SHA256(disk0.vmdk)= abc\n");
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer, r => r with { FileName = "three" }));
        Assert.Equal("Vcd.Protocol", e.ErrorId);
    }

    [Fact]
    public async Task A_new_process_receives_what_is_missing_only()
    {
        var fake = NewTemplate("SHA256");
        await StopInAsync(fake, "disk1.vmdk", 2 * Block);
        Assert.Equal(["disk0.vmdk", "disk1.vmdk.partial"], NamesIn("thing"));
        Assert.Equal(1, fake.Closed);
        await fake.ReceiveAsync(_folder, _observer);
        AssertFolder(fake);
        Assert.Single(fake.RangesOf("disk0.vmdk"));
        Assert.Matches("^bytes=[1-9]", fake.RangesOf("disk1.vmdk")[^1]);
        Assert.Equal((2, 2), (fake.Opened, fake.Closed));
    }

    [Fact]
    public async Task A_vApp_that_has_changed_meanwhile_is_received_anew()
    {
        var fake = NewTemplate(null, VcdReceiveKind.VApp);
        await StopInAsync(fake, "disk1.vmdk", 2 * Block);
        fake.Files["disk0.vmdk"] = NewBytes(fake.Files["disk0.vmdk"].Length);
        fake.Files["disk1.vmdk"] = NewBytes(fake.Files["disk1.vmdk"].Length);
        fake.Files["descriptor.ovf"] = [.. fake.Files["descriptor.ovf"], (byte)'\n'];
        await fake.ReceiveAsync(_folder, _observer);
        AssertFolder(fake);
    }

    [Fact]
    public async Task Files_that_are_not_this_downloads_own_are_left_alone_without_Force()
    {
        var fake = NewTemplate(null);
        Directory.CreateDirectory(Path.Combine(_folder, "thing"));
        var mine = Path.Combine(_folder, "thing", "disk1.vmdk");
        await File.WriteAllTextAsync(mine, "mine");
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Equal("Vcd.LocalFile", e.ErrorId);
        Assert.Contains("disk1.vmdk' exists", e.Message, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(mine));
        Assert.Equal(1, fake.Closed);

        await File.WriteAllTextAsync(Path.Combine(_folder, "thing", "other.ovf"), "whole");
        e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Contains("other.ovf' exists", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, fake.Opened);

        await fake.ReceiveAsync(_folder, _observer, r => r with { Force = true });
        Assert.Equal(fake.Files["disk1.vmdk"], await File.ReadAllBytesAsync(mine));
        Assert.Equal("whole", await File.ReadAllTextAsync(Path.Combine(_folder, "thing", "other.ovf")));
    }

    [Fact]
    public async Task A_file_that_the_server_does_not_have_is_named()
    {
        var fake = NewTemplate(null);
        fake.Files.Remove("disk1.vmdk");
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Equal(HttpStatusCode.NotFound, e.StatusCode);
        Assert.Contains("'disk1.vmdk'", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, fake.Closed);
    }

    // ---- opening and closing ----

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_download_is_closed_whatever_happens(bool hasLink)
    {
        var fake = NewTemplate(null);
        fake.HasDisableLink = hasLink;
        fake.Mishap = (name, _, _) => name == "disk0.vmdk" ? new HttpResponseMessage(HttpStatusCode.BadRequest) : null;
        await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Equal((1, 1), (fake.Opened, fake.Closed));
        fake.Mishap = null;
        await StopInAsync(fake, "disk1.vmdk", Block);
        Assert.Equal((2, 2), (fake.Opened, fake.Closed));
    }

    [Fact]
    public async Task What_could_not_be_opened_is_not_closed()
    {
        var fake = NewTemplate(null);
        fake.EnableTask = "error";
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Equal("Vcd.Failed", e.ErrorId);
        Assert.Equal((1, 0), (fake.Opened, fake.Closed));
    }

    [Fact]
    public async Task While_it_is_open_the_record_says_so()
    {
        // A process that is killed leaves this to the next one.
        var fake = NewTemplate(null);
        var seen = new List<bool>();
        await fake.ReceiveAsync(_folder, _observer, r => r with
        {
            Progress = _ => seen.Add(Directory.EnumerateFiles(Path.Combine(_folder, ".state"), "*.json", SearchOption.AllDirectories).Any(f => File.ReadAllText(f).Contains("\"enabled\": true", StringComparison.Ordinal))),
        });
        Assert.NotEmpty(seen);
        Assert.All(seen, Assert.True);
    }

    [Fact]
    public async Task What_somebody_else_has_opened_is_used_and_stays_open()
    {
        var fake = NewTemplate(null);
        fake.IsOpen = true;
        await fake.ReceiveAsync(_folder, _observer);
        AssertFolder(fake);
        Assert.Equal((0, 0), (fake.Opened, fake.Closed));
    }

    [Fact]
    public async Task What_a_killed_run_has_opened_is_closed_by_the_next_one()
    {
        var fake = NewTemplate(null);
        fake.IsOpen = true;
        using (var state = VcdDownloadState.Open(Path.Combine(_folder, ".state"), Path.Combine(_folder, "thing")))
        {
            state.Save(new VcdDownloadRecord { Server = VcdFake.Host, Entity = VcdDownloadFake.Uuid, Form = "Ovf", Enabled = true });
        }

        await fake.ReceiveAsync(_folder, _observer);
        Assert.Equal((0, 1), (fake.Opened, fake.Closed));
    }

    [Fact]
    public async Task A_lost_answer_to_the_opening_is_not_sent_again()
    {
        var fake = NewTemplate(null);
        var lost = false;
        fake.Lose = path =>
        {
            lost = lost || path.EndsWith("/enableDownload", StringComparison.Ordinal);
            return path.EndsWith("/enableDownload", StringComparison.Ordinal);
        };
        await fake.ReceiveAsync(_folder, _observer);
        AssertFolder(fake);
        Assert.True(lost);
        Assert.Equal((1, 1), (fake.Opened, fake.Closed));
    }

    [Fact]
    public async Task A_closing_that_fails_is_a_warning()
    {
        var fake = NewTemplate(null);
        fake.Lose = path => path.EndsWith("/disableDownload", StringComparison.Ordinal);
        await fake.ReceiveAsync(_folder, _observer);
        AssertFolder(fake);
        Assert.Contains("WARNING Template 'thing' could not be closed for downloading", _observer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deployed_vApp_is_an_error_before_anything_is_opened()
    {
        var fake = NewTemplate(null, VcdReceiveKind.VApp);
        fake.IsDeployed = true;
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Equal("Vcd.WrongState", e.ErrorId);
        Assert.Contains("vApp 'thing' is deployed", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, fake.Opened);
        Assert.DoesNotContain(Directory.EnumerateDirectories(_folder), d => !d.EndsWith(".state", StringComparison.Ordinal));
        fake.IsDeployed = false;
        await fake.ReceiveAsync(_folder, _observer);
        AssertFolder(fake);
    }

    [Fact]
    public async Task The_limit_of_operations_is_waited_for()
    {
        var fake = NewTemplate(null);
        fake.Limits = 2;
        await fake.ReceiveAsync(_folder, _observer);
        AssertFolder(fake);
        Assert.Equal(1, fake.Opened);
    }

    // ---- an archive that is packed here ----

    [Theory]
    [InlineData(null)]
    [InlineData("SHA256")]
    public async Task An_archive_is_packed_where_the_server_has_none(string? manifest)
    {
        var fake = NewTemplate(manifest);
        var path = await ReceiveOvaAsync(fake);
        Assert.Equal(Path.Combine(_folder, "thing.ova"), path);
        AssertArchive(fake, path);
        Assert.Equal((1, 1), (fake.Opened, fake.Closed));
        Assert.False(File.Exists(path + ".partial"));
        using var package = OvfPackage.Open(path);
        Assert.Equal(["disk0.vmdk", "disk1.vmdk", "small.nvram"], package.Files.Select(f => f.Name).ToArray());
    }

    [Fact]
    public async Task An_interrupted_archive_goes_on_in_the_middle()
    {
        var fake = NewTemplate("SHA256");
        await StopInAsync(fake, "disk1.vmdk", 2 * Block, VcdPackageFormat.Ova);
        Assert.True(File.Exists(Path.Combine(_folder, "thing.ova.partial")));
        AssertArchive(fake, await ReceiveOvaAsync(fake));
        Assert.Equal(["all"], fake.RangesOf("disk0.vmdk"));
        Assert.Matches("^bytes=[1-9]", fake.RangesOf("disk1.vmdk")[^1]);
    }

    [Fact]
    public async Task A_server_without_ranges_sends_one_member_anew()
    {
        var fake = NewTemplate("SHA256");
        fake.HonoursRange = false;
        await StopInAsync(fake, "disk1.vmdk", 2 * Block, VcdPackageFormat.Ova);
        AssertArchive(fake, await ReceiveOvaAsync(fake));
        Assert.Equal(["all"], fake.RangesOf("disk0.vmdk"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("\"one\"")]
    public async Task An_archive_with_another_descriptor_begins_anew(string? tag)
    {
        var fake = NewTemplate(null);
        fake.ETag = tag;
        await StopInAsync(fake, "disk1.vmdk", 2 * Block, VcdPackageFormat.Ova);
        fake.Files["descriptor.ovf"] = [.. fake.Files["descriptor.ovf"], .. new byte[600].Select(_ => (byte)'\n')];
        AssertArchive(fake, await ReceiveOvaAsync(fake));
        Assert.Equal(["all", "all"], fake.RangesOf("disk0.vmdk"));

        // What lay at another place is not taken for damaged.
        Assert.DoesNotContain("WARNING", _observer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_member_is_received_anew_and_what_is_behind_it_too()
    {
        var fake = NewTemplate("SHA256");
        await StopInAsync(fake, "disk1.vmdk", 2 * Block, VcdPackageFormat.Ova);
        var partial = Path.Combine(_folder, "thing.ova.partial");
        using (var stream = File.Open(partial, FileMode.Open))
        {
            stream.Position = 20_000;
            stream.Write("damaged"u8);
        }

        AssertArchive(fake, await ReceiveOvaAsync(fake));
        Assert.Equal(["all", "all"], fake.RangesOf("disk0.vmdk"));
        Assert.Contains("WARNING", _observer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sizes_that_the_descriptor_does_not_tell_are_asked_for()
    {
        var fake = new VcdDownloadFake { Kind = VcdReceiveKind.Template };
        fake.AddPackage([("disk0.vmdk", NewBytes(Block + 3))], edit: t => System.Text.RegularExpressions.Regex.Replace(t, " ovf:size=\"[0-9]+\"", string.Empty, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        AssertArchive(fake, await ReceiveOvaAsync(fake));
        await fake.ReceiveAsync(_folder, _observer);
        AssertFolder(fake);

        fake.SaysLength = false;
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer, r => r with { Format = VcdPackageFormat.Ova, FileName = "two" }));
        Assert.Contains("-Format Ovf", e.RecommendedAction, StringComparison.Ordinal);
    }

    // ---- the server's own archive ----

    [Theory]
    [InlineData(null, true)]
    [InlineData("SHA512", true)]
    [InlineData("SHA256", false)]
    public async Task The_servers_own_archive_is_taken_where_there_is_one(string? manifest, bool saysLength)
    {
        var fake = NewTemplate(manifest);
        var archive = AddArchive(fake);
        fake.SaysLength = saysLength;
        var path = await ReceiveOvaAsync(fake);
        Assert.Equal(archive, await File.ReadAllBytesAsync(path));
        Assert.Equal(["/descriptor.ova"], fake.Transfers.Select(r => r.Uri.AbsolutePath[r.Uri.AbsolutePath.LastIndexOf('/')..]).ToArray());
        Assert.Equal((1, 1), (fake.Opened, fake.Closed));
        Assert.Equal(manifest is not null, _observer.Text.Contains("4 files are as its manifest says", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_Identity_the_archive_with_it_is_taken()
    {
        var fake = NewTemplate(null);
        AddArchive(fake);
        fake.Rels["download:ovaIdentity"] = "descriptor-with-id.ova";
        fake.Files["descriptor-with-id.ova"] = fake.Files["descriptor.ova"];
        await fake.ReceiveAsync(_folder, _observer, r => r with { Format = VcdPackageFormat.Ova, Identity = true });
        Assert.Equal("/descriptor-with-id.ova", fake.Transfers.Single().Uri.AbsolutePath[fake.Transfers.Single().Uri.AbsolutePath.LastIndexOf('/')..]);
    }

    [Theory]
    [InlineData("cut", "ends in the middle of")]
    [InlineData("no end", "no end")]
    [InlineData("missing file", "is not in the archive")]
    [InlineData("damaged file", "is not what the manifest says (SHA256)")]
    [InlineData("page", "no tar archive")]
    [InlineData("leaves", "which is refused")]
    [InlineData("link", "no plain file")]
    [InlineData("wrong size", "its descriptor says")]
    [InlineData("twice", "twice")]
    [InlineData("sparse", "sparse")]
    [InlineData("damaged header", "no tar archive")]
    public async Task A_servers_archive_that_is_not_whole_and_right_gets_no_name(string what, string said)
    {
        var fake = NewTemplate("SHA256");
        if (what == "wrong size")
        {
            fake.Files["small.nvram"] = NewBytes(4);
            fake.Files["descriptor.mf"] = [];
        }

        var archive = AddArchive(fake, what switch { "missing file" => ["disk0.vmdk"], _ => null }, what switch
        {
            "leaves" => new PaxTarEntry(TarEntryType.RegularFile, "../x"),
            "link" => new PaxTarEntry(TarEntryType.SymbolicLink, "x") { LinkName = "y" },
            "twice" => new PaxTarEntry(TarEntryType.RegularFile, "disk0.vmdk") { DataStream = new MemoryStream(fake.Files["disk0.vmdk"]) },
            "sparse" => new PaxTarEntry(TarEntryType.RegularFile, "x", new Dictionary<string, string>(StringComparer.Ordinal) { ["GNU.sparse.major"] = "1" }),
            _ => null,
        });
        fake.Files["descriptor.ova"] = what switch
        {
            "cut" => archive[..^(Block + 2000)],
            "no end" => archive[..^1024],
            "damaged file" => Damaged(archive),
            "damaged header" => Rewritten(archive),
            "page" => Encoding.UTF8.GetBytes(new string('<', 2000)),
            _ => archive,
        };
        fake.SaysLength = false;
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => ReceiveOvaAsync(fake));
        Assert.Equal("Vcd.Protocol", e.ErrorId);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder));
        Assert.Equal(1, fake.Closed);

        // The time in a header: nothing but the header's sum tells.
        static byte[] Rewritten(byte[] bytes)
        {
            var at = bytes.AsSpan().IndexOf("disk1.vmdk\0\0\0\0"u8);
            bytes[at + 146] ^= 1;
            return bytes;
        }

        byte[] Damaged(byte[] bytes)
        {
            var at = bytes.AsSpan().IndexOf(fake.Files["disk1.vmdk"].AsSpan(0, 64));
            bytes[at + 77] ^= 1;
            return bytes;
        }
    }

    [Fact]
    public async Task Long_names_in_a_servers_archive_are_read()
    {
        var fake = new VcdDownloadFake { Kind = VcdReceiveKind.Template };
        fake.AddPackage([($"größe/{new string('x', 120)}.vmdk", NewBytes(700))], "SHA256");
        var archive = AddArchive(fake);
        Assert.Equal(archive, await File.ReadAllBytesAsync(await ReceiveOvaAsync(fake)));
        Assert.Contains("2 files are as its manifest says", _observer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_servers_archive_goes_on_in_a_new_process()
    {
        var fake = NewTemplate("SHA256");
        var archive = AddArchive(fake);
        await StopInAsync(fake, "thing.ova", 4 * Block, VcdPackageFormat.Ova);
        await ReceiveOvaAsync(fake);
        Assert.Equal(archive, await File.ReadAllBytesAsync(Path.Combine(_folder, "thing.ova")));
        Assert.Matches("^bytes=[1-9]", fake.RangesOf("descriptor.ova")[^1]);
        Assert.Contains("4 files are as its manifest says", _observer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_servers_archive_of_a_vApp_goes_on_only_where_the_server_says_that_it_is_the_same()
    {
        var fake = NewTemplate(null, VcdReceiveKind.VApp);
        AddArchive(fake);
        await StopInAsync(fake, "thing.ova", 4 * Block, VcdPackageFormat.Ova);
        await ReceiveOvaAsync(fake);
        Assert.Equal(["all", "all"], fake.RangesOf("descriptor.ova"));

        fake.ETag = "\"one\"";
        await StopInAsync(fake, "two.ova", 4 * Block, VcdPackageFormat.Ova, "two");
        await fake.ReceiveAsync(_folder, _observer, r => r with { Format = VcdPackageFormat.Ova, FileName = "two" });
        Assert.Matches("^bytes=[1-9]", fake.RangesOf("descriptor.ova")[^1]);
    }

    [Fact]
    public async Task Progress_counts_all_files()
    {
        var fake = NewTemplate(null);
        var seen = new List<VcdTransferProgress>();
        await fake.ReceiveAsync(_folder, _observer, r => r with { Progress = seen.Add });
        var total = fake.Files.Where(f => f.Key.StartsWith("disk", StringComparison.Ordinal) || f.Key == "small.nvram").Sum(f => (long)f.Value.Length);
        Assert.Equal(["disk0.vmdk", "disk1.vmdk", "small.nvram"], seen.Select(p => p.File!).Distinct(StringComparer.Ordinal).ToArray());
        Assert.All(seen, p => Assert.Equal(total, p.AllTotal));
        Assert.Equal(total, seen[^1].AllDone);
        Assert.Equal(seen.Select(p => p.AllDone).Order(), seen.Select(p => p.AllDone));
    }

    private VcdDownloadFake NewTemplate(string? manifest, VcdReceiveKind kind = VcdReceiveKind.Template)
    {
        var fake = new VcdDownloadFake { Kind = kind };
        fake.AddPackage([("disk0.vmdk", NewBytes(Block + 700)), ("disk1.vmdk", NewBytes((4 * Block) + 1)), ("small.nvram", NewBytes(3))], manifest);
        return fake;
    }

    private byte[] NewBytes(int size)
    {
        var bytes = new byte[size];
        _random.NextBytes(bytes);
        return bytes;
    }

    // The archive as some other tool makes it.
    private static byte[] AddArchive(VcdDownloadFake fake, string[]? leaveOut = null, TarEntry? extra = null)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var name in fake.Files.Keys.OrderBy(n => n.EndsWith(".ovf", StringComparison.Ordinal) ? 0 : n.EndsWith(".mf", StringComparison.Ordinal) ? 1 : 2).ThenBy(n => n, StringComparer.Ordinal).Where(n => leaveOut?.Contains(n, StringComparer.Ordinal) != true))
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(fake.Files[name]) });
            }

            if (extra is not null)
            {
                tar.WriteEntry(extra);
            }
        }

        fake.Rels["download:ovaDefault"] = "descriptor.ova";
        return fake.Files["descriptor.ova"] = stream.ToArray();
    }

    private Task<string> ReceiveOvaAsync(VcdDownloadFake fake) => fake.ReceiveAsync(_folder, _observer, r => r with { Format = VcdPackageFormat.Ova });

    private async Task StopInAsync(VcdDownloadFake fake, string file, int bytes, VcdPackageFormat format = VcdPackageFormat.Ovf, string name = "thing")
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fake.ReceiveAsync(_folder, _observer, r => r with { Format = format, FileName = name, Progress = p => { if (p.File == file && p.Done >= bytes) { stop.Cancel(); } } }, stop.Token));
    }

    private string[] NamesIn(string folder) => Directory.EnumerateFiles(Path.Combine(_folder, folder)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal).ToArray();

    private void AssertFolder(VcdDownloadFake fake)
    {
        foreach (var (name, bytes) in fake.Files)
        {
            Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(_folder, "thing", name)));
        }

        Assert.Equal(fake.Files.Count, Directory.EnumerateFiles(Path.Combine(_folder, "thing"), "*", SearchOption.AllDirectories).Count());
    }

    // Read back by the framework's reader and by tar itself.
    private static void AssertArchive(VcdDownloadFake fake, string path)
    {
        // Whole blocks, and two of zeros at the end: readers forgive their absence, the standard does not.
        var bytes = File.ReadAllBytes(path);
        Assert.Equal(0, bytes.Length % TarOutput.Block);
        Assert.All(bytes[^(2 * TarOutput.Block)..], b => Assert.Equal(0, b));
        using var reader = new TarReader(File.OpenRead(path));
        var names = new List<string>();
        while (reader.GetNextEntry() is { } entry)
        {
            names.Add(entry.Name);
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            Assert.Equal(fake.Files[entry.Name], content.ToArray());
        }

        Assert.Equal("descriptor.ovf", names[0]);
        Assert.Equal(fake.Files.Count, names.Count);
        Assert.Equal(fake.Files.ContainsKey("descriptor.mf") ? 1 : -1, names.IndexOf("descriptor.mf"));
        if (OperatingSystem.IsLinux())
        {
            using var tar = Process.Start(new ProcessStartInfo("tar", ["-tvf", path]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            var listed = tar.StandardOutput.ReadToEnd();
            Assert.Equal(string.Empty, tar.StandardError.ReadToEnd());
            tar.WaitForExit();
            Assert.Equal(0, tar.ExitCode);
            Assert.All(fake.Files, f => Assert.Matches($" {f.Value.Length} .*{f.Key}", listed));
        }
    }
}
