using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Descriptors, folders, archives and manifests: what is sent, and what is refused before anything is sent.</summary>
public sealed class OvfPackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ovf-tests-").FullName;
    private readonly OvfFixture _ovf;

    public OvfPackageTests() => _ovf = new OvfFixture(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_descriptor_with_its_files_is_found_by_its_path_and_by_its_folder()
    {
        var disk = _ovf.Write("disk1.vmdk", 1000);
        var iso = _ovf.Write("sub/tools.iso", 10);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk1.vmdk", 1000), OvfFixture.File_("sub/tools.iso", 10)));
        _ovf.Write("other.txt", 5);
        foreach (var given in new[] { path, _ovf.Folder })
        {
            using var package = OvfPackage.Open(given);
            Assert.Equal("web.ovf", package.DescriptorName);
            Assert.Equal(["disk1.vmdk", "sub/tools.iso"], package.Files.Select(f => f.Name), StringComparer.Ordinal);
            Assert.Equal([disk, iso], package.Files.Select(Content));
            Assert.Null(package.Manifest);
            Assert.Equal(File.ReadAllBytes(path), package.DescriptorFor(manifestRequired: false));
        }
    }

    [Fact]
    public void An_archive_is_read_in_place_in_whatever_order()
    {
        var disk = Bytes(3000);
        var descriptor = Encoding.UTF8.GetBytes(OvfFixture.Descriptor(OvfFixture.File_("disk1.vmdk", 3000)));
        var mf = Encoding.UTF8.GetBytes($"SHA256(web.ovf)= {OvfFixture.Hex(HashAlgorithmName.SHA256, descriptor)}\nSHA256(disk1.vmdk)= {OvfFixture.Hex(HashAlgorithmName.SHA256, disk)}\n");
        foreach (var order in new[] { "omcd", "dcmo", "odmc" })
        {
            var tar = new TarBuilder();
            foreach (var which in order)
            {
                _ = which switch { 'o' => tar.Add("web.ovf", descriptor), 'm' => tar.Add("web.mf", mf), 'c' => tar.Add("web.cert", [1, 2]), _ => tar.Add("disk1.vmdk", disk) };
            }

            using var package = OvfPackage.Open(_ovf.Write($"{order}.ova", tar.ToArray()));
            Assert.Equal("web.ovf", package.DescriptorName);
            Assert.Equal(disk, Content(package.Files.Single()));
            Assert.Equal(mf, package.Manifest!.Bytes);
            Assert.Equal([1, 2], package.Certificate);
            Assert.Single(package.Files[0].Digests);
            Assert.Empty(package.Unlisted);
            Assert.Empty(package.Unreferenced);
        }
    }

    [Fact]
    public void What_an_archive_is_called_does_not_matter()
    {
        var tar = new TarBuilder().Add("web.ovf", Encoding.UTF8.GetBytes(OvfFixture.Descriptor())).ToArray();
        using var package = OvfPackage.Open(_ovf.Write("template.bin", tar));
        Assert.Empty(package.Files);
    }

    [Fact]
    public void A_missing_size_is_filled_in_and_nothing_else_is_changed()
    {
        _ovf.Write("a & b.vmdk", 1000);
        _ovf.Write("disk2.vmdk", 7);
        var text = OvfFixture.Descriptor(OvfFixture.File_("a & b.vmdk", more: "ovf:compression=\"identity\""), OvfFixture.File_("disk2.vmdk", 7));
        using var package = OvfPackage.Open(_ovf.Write("web.ovf", text));
        var sent = package.DescriptorFor(manifestRequired: true);
        Assert.NotEqual((byte)0xEF, sent[0]);
        var before = XDocument.Parse(text, LoadOptions.PreserveWhitespace);
        var after = XDocument.Parse(Encoding.UTF8.GetString(sent), LoadOptions.PreserveWhitespace);
        XNamespace ovf = OvfFixture.Namespace;
        var file = after.Descendants(ovf + "File").First();
        Assert.Equal("1000", (string?)file.Attribute(ovf + "size"));
        file.Attribute(ovf + "size")!.Remove();
        Assert.True(XNode.DeepEquals(before, after));
        Assert.Contains("<!-- made for a test -->", Encoding.UTF8.GetString(sent), StringComparison.Ordinal);
        Assert.Equal("a & b.vmdk", OvfDescriptor.Read(sent, "sent").Files[0].Href);
        Assert.Equal(1000, OvfDescriptor.Read(sent, "sent").Files[0].Size);
        Assert.Equal("identity", OvfDescriptor.Read(sent, "sent").Files[0].Compression);
    }

    [Fact]
    public void A_missing_size_is_not_filled_in_where_the_server_compares_the_descriptor_with_the_manifest()
    {
        var disk = _ovf.Write("disk.vmdk", 10);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk")));
        _ovf.Write("web.mf", $"SHA1(web.ovf)= {OvfFixture.Hex(HashAlgorithmName.SHA1, File.ReadAllBytes(path))}\nSHA1(disk.vmdk)= {OvfFixture.Hex(HashAlgorithmName.SHA1, disk)}\n");
        using var package = OvfPackage.Open(path);
        Assert.Equal(File.ReadAllBytes(path), package.DescriptorFor(manifestRequired: true));
        Assert.Contains("ovf:size=\"10\"", Encoding.UTF8.GetString(package.DescriptorFor(manifestRequired: false)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_descriptor_in_another_encoding_keeps_it()
    {
        _ovf.Write("disk.vmdk", 10);
        var text = OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk")).Replace("UTF-8", "utf-16", StringComparison.Ordinal);
        using var package = OvfPackage.Open(_ovf.Write("web.ovf", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)]));
        var sent = package.DescriptorFor(manifestRequired: false);
        Assert.Equal(Encoding.Unicode.GetPreamble(), sent[..2]);
        Assert.Equal(10, OvfDescriptor.Read(sent, "sent").Files.Single().Size);
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1001)]
    [InlineData(0)]
    public void A_wrong_size_is_an_error(int size)
    {
        _ovf.Write("disk.vmdk", 1000);
        var e = Failure(_ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", size))));
        Assert.Contains($"'disk.vmdk' has 1000 bytes, but 'web.ovf' says that it has {size}", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Chunks_are_one_file(bool withSize)
    {
        var parts = new[] { _ovf.Write("disk.vmdk.000000000", 400), _ovf.Write("disk.vmdk.000000001", 400), _ovf.Write("disk.vmdk.000000002", 123) };
        using var package = OvfPackage.Open(_ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", withSize ? 923 : null, more: "ovf:chunkSize=\"400\""))));
        var file = package.Files.Single();
        Assert.Equal("disk.vmdk", file.Name);
        Assert.Equal(parts.SelectMany(p => p), Content(file));

        // Reads that go over the ends of parts.
        var all = Content(file);
        foreach (var (start, length) in new[] { (0, 1), (399, 2), (399, 402), (400, 400), (800, 123), (922, 1), (0, 923) })
        {
            var buffer = new byte[length];
            file.Source.ReadExactly(buffer, start);
            Assert.Equal(all[start..(start + length)], buffer);
        }
    }

    [Fact]
    public void Chunks_that_do_not_fit_are_named()
    {
        _ovf.Write("disk.vmdk.000000000", 400);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", 700, more: "ovf:chunkSize=\"400\"")));
        Assert.Contains("'disk.vmdk.000000001' is missing", Failure(path).Message, StringComparison.Ordinal);
        _ovf.Write("disk.vmdk.000000001", 301);
        Assert.Contains("has 701 bytes", Failure(path).Message, StringComparison.Ordinal);
        _ovf.Write("disk.vmdk.000000001", 401);
        Assert.Contains("'disk.vmdk.000000001' has 401 bytes", Failure(path).Message, StringComparison.Ordinal);
        _ovf.Write("disk.vmdk.000000000", 399);
        Assert.Contains("'disk.vmdk.000000000' has 399 bytes", Failure(path).Message, StringComparison.Ordinal);
        _ovf.Write("disk.vmdk.000000000", 400);
        _ovf.Write("disk.vmdk.000000001", 400);
        _ovf.Write("disk.vmdk.000000002", 100);
        Assert.Contains("is in 3 parts", Failure(path).Message, StringComparison.Ordinal);
        File.Delete(_ovf.PathOf("disk.vmdk.000000000"));
        Assert.Contains("refers to 'disk.vmdk.000000000', which is not in", Failure(path).Message, StringComparison.Ordinal);

        // The file in one piece is the file, too.
        _ovf.Write("disk.vmdk", 700);
        using var package = OvfPackage.Open(path);
        Assert.Equal(700, package.Files.Single().Source.Length);
    }

    [Theory]
    [InlineData("../disk.vmdk", "leads out of the folder")]
    [InlineData("a/../../disk.vmdk", "leads out of the folder")]
    [InlineData("%2e%2e/disk.vmdk", "leads out of the folder")]
    [InlineData("%2Fetc%2Fpasswd", "absolute path")]
    [InlineData("/etc/passwd", "absolute path")]
    [InlineData("C:\\disk.vmdk", "backslash")]
    [InlineData("C:disk.vmdk", "drive letter")]
    [InlineData("..\\disk.vmdk", "backslash")]
    [InlineData("http://example.com/disk.vmdk", "address")]
    [InlineData("file:disk.vmdk", "colon")]
    [InlineData("", "empty")]
    [InlineData("descriptor.ovf", "of its own")]
    [InlineData("web.mf", "of its own")]
    public void References_that_leave_the_folder_are_refused(string href, string said)
        => Assert.Contains(said, Failure(_ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_(href, 1)))).Message, StringComparison.Ordinal);

    [SkippableFact]
    public void Links_are_refused()
    {
        Skip.If(OperatingSystem.IsWindows(), "Making links needs a privilege on Windows.");
        var outside = Directory.CreateTempSubdirectory("ovf-outside-").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(outside, "secret"), [1]);
            File.CreateSymbolicLink(_ovf.PathOf("disk.vmdk"), Path.Combine(outside, "secret"));
            Directory.CreateSymbolicLink(_ovf.PathOf("sub"), outside);
            Assert.Contains("is a link to", Failure(_ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", 1)))).Message, StringComparison.Ordinal);
            Assert.Contains("is a link to", Failure(_ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("sub/secret", 1)))).Message, StringComparison.Ordinal);
            _ovf.Write("web.ovf", OvfFixture.Descriptor());
            File.CreateSymbolicLink(_ovf.PathOf("web.mf"), Path.Combine(outside, "secret"));
            Assert.Contains("is a link to", Failure(_ovf.PathOf("web.ovf")).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(outside, recursive: true);
        }
    }

    [Fact]
    public void A_percent_encoded_reference_finds_its_file_and_a_literal_one_goes_before()
    {
        _ovf.Write("my disk.vmdk", 5);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("my%20disk.vmdk", 5)));
        using (var package = OvfPackage.Open(path))
        {
            Assert.Equal("my%20disk.vmdk", package.Files.Single().Name);
        }

        var literal = _ovf.Write("my%20disk.vmdk", new byte[] { 9, 9, 9, 9, 9 });
        using (var package = OvfPackage.Open(path))
        {
            Assert.Equal(File.ReadAllBytes(literal), Content(package.Files.Single()));
        }
    }

    [Fact]
    public void What_is_no_template_is_said()
    {
        Assert.Contains("There is no file", Failure(_ovf.PathOf("nosuch.ovf")).Message, StringComparison.Ordinal);
        Assert.Contains("there is no OVF descriptor and no OVA", Failure(_ovf.Folder).Message, StringComparison.Ordinal);
        Assert.Contains("is empty", Failure(_ovf.Write("empty.ovf", [])).Message, StringComparison.Ordinal);
        Assert.Contains("no OVF descriptor and no OVA", Failure(_ovf.Write("disk.vmdk", Bytes(2000))).Message, StringComparison.Ordinal);
        Assert.Contains("no tar archive", Failure(_ovf.Write("broken.ova", Bytes(2000))).Message, StringComparison.Ordinal);
        Assert.Contains("in the middle of a header", Failure(_ovf.Write("short.ova", Bytes(20))).Message, StringComparison.Ordinal);
        Assert.Contains("gzip", Failure(_ovf.Write("packed.ova", new byte[] { 0x1F, 0x8B, 8, 0, 0 })).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Failure(_ovf.Write("half.ovf", "<Envelope")).Message, StringComparison.Ordinal);
        Assert.Contains("'html'", Failure(_ovf.Write("page.ovf", "<html/>")).Message, StringComparison.Ordinal);
        Assert.Contains("http://example.com", Failure(_ovf.Write("other.ovf", "<Envelope xmlns='http://example.com'/>")).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Failure(_ovf.Write("dtd.ovf", "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Envelope>&e;</Envelope>")).Message, StringComparison.Ordinal);
        Assert.Contains("several templates: 'dtd.ovf', 'empty.ovf'", Failure(_ovf.Folder).Message, StringComparison.Ordinal);
        Assert.Contains("no OVF descriptor in it", Failure(_ovf.Write("none.ova", new TarBuilder().Add("a.vmdk", [1]).ToArray())).Message, StringComparison.Ordinal);
        Assert.Contains("2 OVF descriptors ('a.ovf', 'b.ovf')", Failure(_ovf.Write("two.ova", new TarBuilder().Add("a.ovf", [1]).Add("b.ovf", [1]).ToArray())).Message, StringComparison.Ordinal);
        var cut = new TarBuilder().Add("a.ovf", Encoding.UTF8.GetBytes(OvfFixture.Descriptor(OvfFixture.File_("disk.vmdk", 1)))).ToArray(endMark: false);
        Assert.Contains("'disk.vmdk', which is not in", Failure(_ovf.Write("cut.ova", cut)).Message, StringComparison.Ordinal);
        Assert.Contains("no end mark", Failure(_ovf.PathOf("cut.ova")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_descriptor_that_contradicts_itself_is_refused()
    {
        _ovf.Write("a.vmdk", 1);
        _ovf.Write("b.vmdk", 1);
        Assert.Contains("ovf:href 'a.vmdk' 2 times", Failure(_ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("a.vmdk", 1, "x"), OvfFixture.File_("a.vmdk", 1, "y")))).Message, StringComparison.Ordinal);
        Assert.Contains("ovf:id 'x' 2 times", Failure(_ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("a.vmdk", 1, "x"), OvfFixture.File_("b.vmdk", 1, "x")))).Message, StringComparison.Ordinal);
        Assert.Contains("no ovf:href", Failure(_ovf.Write("web.ovf", OvfFixture.Descriptor("<File ovf:id='x'/>"))).Message, StringComparison.Ordinal);
        Assert.Contains("no ovf:id", Failure(_ovf.Write("web.ovf", OvfFixture.Descriptor("<File ovf:href='x'/>"))).Message, StringComparison.Ordinal);
        Assert.Contains("is 'many'", Failure(_ovf.Write("web.ovf", OvfFixture.Descriptor("<File ovf:id='x' ovf:href='a.vmdk' ovf:size='many'/>"))).Message, StringComparison.Ordinal);
        Assert.Contains("is '0'", Failure(_ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("a.vmdk", 1, more: "ovf:chunkSize='0'")))).Message, StringComparison.Ordinal);
        var disk = OvfFixture.Descriptor(OvfFixture.File_("a.vmdk", 1, "x")).Replace("</References>", "</References><DiskSection><Disk ovf:diskId='d' ovf:fileRef='y'/></DiskSection>", StringComparison.Ordinal);
        Assert.Contains("the disk 'd' is to be in the file 'y'", Failure(_ovf.Write("web.ovf", disk)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void A_manifest_may_mix_algorithms(string newLine)
    {
        var disk = Bytes(100);
        var text = string.Join(newLine,
            "",
            $"SHA1(disk.vmdk)= {OvfFixture.Hex(HashAlgorithmName.SHA1, disk)}",
            $"SHA256(disk.vmdk)= {OvfFixture.Hex(HashAlgorithmName.SHA256, disk)}",
            $"sha512 (a (1).vmdk) = {OvfFixture.Hex(HashAlgorithmName.SHA512, disk).ToUpperInvariant()}  ",
            $"SHA-256(disk.vmdk)={OvfFixture.Hex(HashAlgorithmName.SHA256, disk)}");
        var manifest = OvfManifest.Read(Encoding.UTF8.GetBytes("\uFEFF" + text), "web.mf");
        Assert.Equal([("disk.vmdk", "SHA1"), ("disk.vmdk", "SHA256"), ("a (1).vmdk", "SHA512")], manifest.Entries.Select(e => (e.Name, e.Algorithm.Name!)));
        Assert.Equal(OvfFixture.Hex(HashAlgorithmName.SHA512, disk), manifest.Entries[2].Digest);
    }

    [Theory]
    [InlineData("MD5(a)= 00112233445566778899aabbccddeeff", "the algorithm 'MD5' is not known")]
    [InlineData("CRC32(a)= 00112233", "the algorithm 'CRC32' is not known")]
    [InlineData("SHA1(a)= 001122", "has 6 hexadecimal digits; one of SHA1 has 40")]
    [InlineData("SHA1(a)= xyz", "is no manifest: line 2")]
    [InlineData("hello", "is no manifest: line 2")]
    [InlineData("SHA1()= 0011", "is no manifest: line 2")]
    public void A_line_that_is_none_is_refused(string line, string said)
    {
        var e = Assert.Throws<OrchestratorApiException>(() => OvfManifest.Read(Encoding.UTF8.GetBytes("\n" + line), "web.mf"));
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_contradict_each_other_are_refused()
    {
        var text = $"SHA1(a)= {new string('0', 40)}\nSHA1(a)= {new string('1', 40)}";
        Assert.Contains("another digest", Assert.Throws<OrchestratorApiException>(() => OvfManifest.Read(Encoding.UTF8.GetBytes(text), "web.mf")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_manifest_does_not_list_and_lists_in_vain_is_known()
    {
        _ovf.Write("a.vmdk", 10);
        _ovf.Write("b.vmdk.000000000", 10);
        var second = _ovf.Write("b.vmdk.000000001", 5);
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("a.vmdk", 10), OvfFixture.File_("b.vmdk", 15, more: "ovf:chunkSize='10'")));
        _ovf.Write("web.mf", $"SHA1(b.vmdk.000000001)= {OvfFixture.Hex(HashAlgorithmName.SHA1, second)}\nSHA1(web.nvram)= {new string('0', 40)}\n");
        using var package = OvfPackage.Open(path);
        Assert.Equal(["web.ovf", "a.vmdk", "b.vmdk.000000000"], package.Unlisted, StringComparer.Ordinal);
        Assert.Equal(["web.nvram"], package.Unreferenced, StringComparer.Ordinal);
        var range = package.Files[1].Digests.Single();
        Assert.Equal((10, 5), (range.Start, range.Length));
    }

    [Fact]
    public void A_descriptor_that_was_changed_after_its_manifest_was_made_is_refused_at_once()
    {
        var path = _ovf.Write("web.ovf", OvfFixture.Descriptor());
        _ovf.Write("web.mf", $"SHA256(web.ovf)= {new string('a', 64)}");
        var e = Failure(path);
        Assert.Contains("'web.ovf' is not the file that 'web.mf' was made for", e.Message, StringComparison.Ordinal);
        Assert.Contains(OvfFixture.Hex(HashAlgorithmName.SHA256, File.ReadAllBytes(path)), e.Message, StringComparison.Ordinal);
        Assert.Contains(new string('a', 64), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Digests_are_compared_while_the_bytes_go_by_each_where_its_part_ends()
    {
        var content = Bytes(1000);
        DigestRange Range(string name, int start, int length, HashAlgorithmName algorithm, bool right = true)
            => new(name, start, length, algorithm, right ? OvfFixture.Hex(algorithm, content[start..(start + length)]) : OvfFixture.Hex(algorithm, [1]), "web.mf");
        using (var check = new DigestCheck([Range("whole", 0, 1000, HashAlgorithmName.SHA1), Range("whole", 0, 1000, HashAlgorithmName.SHA512), Range("one", 0, 400, HashAlgorithmName.SHA256), Range("two", 400, 600, HashAlgorithmName.SHA256)]))
        {
            // Pieces that overlap: what was counted in already does not count again.
            check.Append(0, content.AsSpan(0, 300));
            check.Append(100, content.AsSpan(100, 500));
            check.Append(0, content.AsSpan(0, 10));
            check.Append(600, content.AsSpan(600, 400));
            Assert.Equal(1000, check.Position);
        }

        using (var check = new DigestCheck([Range("one", 0, 400, HashAlgorithmName.SHA256, right: false), Range("two", 400, 600, HashAlgorithmName.SHA1)]))
        {
            check.Append(0, content.AsSpan(0, 399));
            var e = Assert.Throws<ManifestMismatchException>(() => check.Append(399, content.AsSpan(399, 1)));
            Assert.Contains("'one'", e.Message, StringComparison.Ordinal);
            Assert.Contains(OvfFixture.Hex(HashAlgorithmName.SHA256, content[..400]), e.Message, StringComparison.Ordinal);
        }

        using (var check = new DigestCheck([]))
        {
            Assert.Throws<InvalidOperationException>(() => check.Append(1, [1]));
        }
    }

    private static byte[] Content(OvfPackageFile file)
    {
        var bytes = new byte[file.Source.Length];
        file.Source.ReadExactly(bytes, 0);
        return bytes;
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static OrchestratorApiException Failure(string path)
    {
        var e = Assert.Throws<OrchestratorApiException>(() => OvfPackage.Open(path));
        Assert.Equal("Vcd.LocalFile", e.ErrorId);
        Assert.NotNull(e.RecommendedAction);
        return e;
    }
}
