using System.Text;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The tar reader against archives that are written byte by byte.</summary>
public sealed class OvaArchiveTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();
    private readonly List<LocalFile> _open = [];

    public void Dispose()
    {
        _open.ForEach(f => f.Dispose());
        File.Delete(_path);
    }

    [Theory]
    [InlineData(TarBuilder.Format.V7, '\0')]
    [InlineData(TarBuilder.Format.Ustar, '0')]
    [InlineData(TarBuilder.Format.Ustar, '7')]
    [InlineData(TarBuilder.Format.Gnu, '0')]
    public void Members_are_found_in_place(TarBuilder.Format format, char type)
    {
        var first = Random(0);
        var second = Random(1);
        var third = Random(513);
        var archive = Read(new TarBuilder().Add("a.ovf", first, format, type).Add("b.vmdk", second, format, type).Add("sub/c.mf", third, format, type));
        Assert.True(archive.HasEndMark);
        Assert.Equal(["a.ovf", "b.vmdk", "sub/c.mf"], archive.Members.Select(m => m.Name), StringComparer.Ordinal);
        Assert.Equal([first, second, third], archive.Members.Select(m => archive.File.ReadAll(m.Offset, (int)m.Length)));
    }

    [Fact]
    public void Folders_and_a_leading_dot_are_passed_over()
    {
        var archive = Read(new TarBuilder().Add("./", [], type: '5').Add("./a.ovf", [1]).Add("old/", [], TarBuilder.Format.V7, '\0').Add("label", [], TarBuilder.Format.Gnu, 'V'));
        Assert.Equal(["a.ovf"], archive.Members.Select(m => m.Name), StringComparer.Ordinal);
    }

    [Fact]
    public void Long_names_of_every_kind_are_read()
    {
        var gnu = new string('g', 150) + ".vmdk";
        var pax = "päx-" + new string('x', 150) + ".vmdk";
        var archive = Read(new TarBuilder()
            .Add("name.vmdk", [1], prefix: "pre/fix")
            .AddGnuLong(gnu, [2])
            .AddPax("short", [3], 'x', ("path", pax), ("mtime", "1.5"))
            .Add("plain", [4], TarBuilder.Format.Gnu));
        Assert.Equal(["pre/fix/name.vmdk", gnu, pax, "plain"], archive.Members.Select(m => m.Name), StringComparer.Ordinal);
        Assert.Equal([1, 2, 3, 4], archive.Members.Select(m => (int)archive.File.ReadAll(m.Offset, 1)[0]).ToArray());
    }

    [Fact]
    public void A_global_header_holds_for_all_and_an_own_one_goes_before_it_and_ends_with_its_member()
    {
        var archive = Read(new TarBuilder()
            .AddRaw([]).Add("g", TarBuilder.PaxRecords(("comment", "made by a test"), ("path", "everybody")), type: 'g')
            .AddPax("a", [1], 'x', ("path", "own"))
            .Add("b", [2])
            .AddPax("c", [3], 'x', ("path", "")));
        Assert.Equal(["own", "everybody", "c"], archive.Members.Select(m => m.Name), StringComparer.Ordinal);
    }

    [Fact]
    public void The_size_in_a_PAX_header_is_the_one_that_counts()
    {
        var content = Random(1000);
        var archive = Read(new TarBuilder().Add("PaxHeaders/x", TarBuilder.PaxRecords(("size", "1000")), type: 'x').Add("a", content, sizeField: Encoding.ASCII.GetBytes("00000000000\0")).Add("b", [5]));
        Assert.Equal([("a", 1000L), ("b", 1L)], archive.Members.Select(m => (m.Name, m.Length)));
        Assert.Equal(content, archive.File.ReadAll(archive.Members[0].Offset, 1000));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Members_of_more_than_8_GiB_are_read_in_place(bool pax)
    {
        const long Large = (9L << 30) + 7;
        using (var stream = File.Create(_path))
        {
            stream.Write(new TarBuilder().Add("a.ovf", [1, 2, 3]).ToArray(endMark: false));
            if (pax)
            {
                stream.Write(new TarBuilder().Add("PaxHeaders/x", TarBuilder.PaxRecords(("size", Large.ToString(System.Globalization.CultureInfo.InvariantCulture))), type: 'x').ToArray(endMark: false));
                stream.Write(TarBuilder.Header("large.vmdk", 0));
            }
            else
            {
                stream.Write(TarBuilder.Header("large.vmdk", 0, TarBuilder.Format.Gnu, sizeField: TarBuilder.Base256(Large)));
            }

            // The file is sparse: a hole of 9 GiB takes no room.
            stream.Position += Large - 1;
            stream.WriteByte(42);
            stream.Position += 512 - (Large % 512);
            stream.Write(new TarBuilder().Add("b.mf", [7]).ToArray());
        }

        var archive = OvaArchive.Read(Open());
        Assert.Equal([("a.ovf", 3L), ("large.vmdk", Large), ("b.mf", 1L)], archive.Members.Select(m => (m.Name, m.Length)));
        var member = archive.Members[1];
        var source = TransferSource.OfPart(archive.File, member.Offset, member.Length, "large");
        var last = new byte[2];
        source.ReadExactly(last, Large - 2);
        Assert.Equal([0, 42], last);
        Assert.Equal([7], archive.File.ReadAll(archive.Members[2].Offset, 1));
    }

    [Fact]
    public void Both_ways_of_adding_up_a_checksum_are_taken()
        => Assert.Equal(["räksmörgås.vmdk", "b"], Read(new TarBuilder().Add("räksmörgås.vmdk", [1], signedChecksum: true).Add("b", [2])).Members.Select(m => m.Name), StringComparer.Ordinal);

    [Fact]
    public void What_is_padded_with_one_zero_block_or_none_is_read_too()
    {
        Assert.False(Read(new TarBuilder().Add("a", Random(512)), endMark: false).HasEndMark);
        Assert.True(Read(new TarBuilder().Add("a", Random(512)).AddRaw(new byte[512]), endMark: false).HasEndMark);

        // Without the last member's padding all of its bytes are there.
        var bytes = new TarBuilder().Add("a", Random(5)).ToArray(endMark: false)[..517];
        File.WriteAllBytes(_path, bytes);
        Assert.Equal(5, OvaArchive.Read(Open()).Members.Single().Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(512)]
    [InlineData(700)]
    [InlineData(999)]
    public void A_truncated_archive_says_how_many_bytes_are_missing(int kept)
    {
        // A member of 1000 bytes behind its header: cut somewhere in its bytes.
        var bytes = new TarBuilder().Add("first.ovf", Random(10)).Add("disk.vmdk", Random(1000)).ToArray(endMark: false);
        File.WriteAllBytes(_path, bytes[..(1024 + 512 + kept)]);
        var e = Failure();
        Assert.Contains("was cut short", e.Message, StringComparison.Ordinal);
        Assert.Contains("'disk.vmdk' is to have 1000 bytes", e.Message, StringComparison.Ordinal);
        Assert.Contains($"at least {1000 - kept} bytes are missing", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_ends_in_a_header_says_so()
    {
        var bytes = new TarBuilder().Add("first.ovf", Random(10)).Add("disk.vmdk", Random(1000)).ToArray();
        File.WriteAllBytes(_path, bytes[..(1024 + 100)]);
        Assert.Contains("in the middle of a header, and at least 412 bytes are missing", Failure().Message, StringComparison.Ordinal);
        File.WriteAllBytes(_path, new TarBuilder().Add("PaxHeaders/x", Random(600), type: 'x').ToArray()[..700]);
        Assert.Contains("in an extended header, and at least 412 bytes are missing", Failure().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_damaged_is_refused()
    {
        Assert.Contains("checksum is wrong (at byte 1024)", Failure(new TarBuilder().Add("a.ovf", [1]).Add("b", [2], badChecksum: true)).Message, StringComparison.Ordinal);
        Assert.Contains("no tar archive", Failure(new TarBuilder().AddRaw(Random(2048))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Failure(new TarBuilder().Add("x", "99 path=a\n"u8.ToArray(), type: 'x').Add("a", [1])).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Failure(new TarBuilder().Add("x", "7 path\n"u8.ToArray(), type: 'x').Add("a", [1])).Message, StringComparison.Ordinal);
        Assert.Contains("the size of 'a' is '-5'", Failure(new TarBuilder().AddPax("a", [1], 'x', ("size", "-5"))).Message, StringComparison.Ordinal);
        Assert.Contains("an extended header has 2097152 bytes", Failure(new TarBuilder().Add("x", new byte[2 << 20], type: 'L').Add("a", [1])).Message, StringComparison.Ordinal);
        var negative = new byte[12];
        Array.Fill(negative, (byte)0xFF);
        Assert.Contains("checksum is wrong", Failure(new TarBuilder().Add("a", [1]).Add("b", [], sizeField: negative)).Message, StringComparison.Ordinal);
        Assert.Contains("checksum is wrong", Failure(new TarBuilder().Add("a", [1]).Add("b", [], sizeField: TarBuilder.Base256(-1))).Message, StringComparison.Ordinal);
        Assert.Contains("two members 'a'", Failure(new TarBuilder().Add("a", [1]).Add("./a", [2])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('1', "is a link")]
    [InlineData('2', "is a link")]
    [InlineData('3', "is no file (tar type '3')")]
    [InlineData('6', "is no file (tar type '6')")]
    [InlineData('M', "is no file (tar type 'M')")]
    [InlineData('S', "sparse")]
    public void What_is_no_plain_file_is_refused(char type, string said)
        => Assert.Contains(said, Failure(new TarBuilder().Add("a.ovf", [1]).Add("b", [], TarBuilder.Format.Gnu, type)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("GNU.sparse.major")]
    [InlineData("GNU.sparse.map")]
    [InlineData("GNU.sparse.realsize")]
    public void Sparse_members_of_PAX_are_refused(string key)
    {
        Assert.Contains("sparse", Failure(new TarBuilder().AddPax("disk.vmdk", [1], 'x', (key, "1"))).Message, StringComparison.Ordinal);

        // The header of one member says nothing about the next one.
        Assert.Equal(2, Read(new TarBuilder().AddPax("a", [1], 'x', ("path", "b")).Add("c", [1])).Members.Count);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/../../evil")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/evil")]
    [InlineData("C:evil")]
    [InlineData("a\\b")]
    [InlineData("a//b")]
    [InlineData("a:stream")]
    [InlineData("http://example.com/a")]
    [InlineData("a\u0001b")]
    public void Names_that_leave_the_archive_are_refused(string name)
    {
        Assert.Contains("which is refused", Failure(new TarBuilder().Add("a.ovf", [1]).Add(name, [2])).Message, StringComparison.Ordinal);
        Assert.Contains("which is refused", Failure(new TarBuilder().Add("a.ovf", [1]).AddPax("b", [2], 'x', ("path", name))).Message, StringComparison.Ordinal);
        Assert.Contains("which is refused", Failure(new TarBuilder().Add("a.ovf", [1]).AddGnuLong(name, [2])).Message, StringComparison.Ordinal);
    }

    private static byte[] Random(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private OvaArchive Read(TarBuilder builder, bool endMark = true)
    {
        File.WriteAllBytes(_path, builder.ToArray(endMark));
        return OvaArchive.Read(Open());
    }

    private OrchestratorApiException Failure(TarBuilder builder)
    {
        _open.ForEach(f => f.Dispose());
        File.WriteAllBytes(_path, builder.ToArray());
        return Failure();
    }

    private OrchestratorApiException Failure()
    {
        var e = Assert.Throws<OrchestratorApiException>(() => OvaArchive.Read(Open()));
        Assert.Equal("Vcd.LocalFile", e.ErrorId);
        Assert.NotNull(e.RecommendedAction);
        _open.ForEach(f => f.Dispose());
        return e;
    }

    private LocalFile Open()
    {
        var file = LocalFile.Open(_path);
        _open.Add(file);
        return file;
    }
}
