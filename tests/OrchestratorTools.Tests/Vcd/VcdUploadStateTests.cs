using System.Text;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The record of an unfinished upload, and the notes of progress beside it.</summary>
public sealed class VcdUploadStateTests : IDisposable
{
    private static readonly string Key = new('A', 64);
    private readonly string _folder = Directory.CreateTempSubdirectory("state-tests-").FullName;

    private string Progress => Directory.EnumerateFiles(Path.Combine(_folder, "uploads"), "*.progress").Single();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_latest_progress_is_what_the_next_process_reads()
    {
        using (var state = Open())
        {
            state.Save(Record() with { Href = "here" });
            for (var i = 1; i <= 5; i++)
            {
                state.Advance(0, i * 1000, Mac(i));
            }
        }

        using var again = Open();
        Assert.Equal(5000, again.Record!.Files[0].PrefixLength);
        Assert.Equal(Mac(5), again.Record.Files[0].PrefixMac);
        Assert.Equal("here", again.Record.Href);
        Assert.Equal(256, new FileInfo(Progress).Length);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void A_note_that_is_damaged_leaves_the_one_before_it(int written)
    {
        using (var state = Open())
        {
            state.Save(Record());
            for (var i = 1; i <= written; i++)
            {
                state.Advance(0, i * 1000, Mac(i));
            }
        }

        var bytes = File.ReadAllBytes(Progress);
        var at = Encoding.ASCII.GetString(bytes).IndexOf(Mac(written), StringComparison.Ordinal);
        bytes[at + 40] ^= 1;
        File.WriteAllBytes(Progress, bytes);
        using var again = Open();
        Assert.Equal((written - 1) * 1000, again.Record!.Files[0].PrefixLength);
        Assert.Equal(Mac(written - 1), again.Record.Files[0].PrefixMac);
    }

    [Fact]
    public void Notes_of_an_earlier_record_do_not_count()
    {
        using (var state = Open())
        {
            state.Save(Record());
            state.Advance(0, 1000, Mac(1));
            state.Save(Record());
        }

        using var again = Open();
        Assert.Equal(0, again.Record!.Files[0].PrefixLength);
        Assert.Null(again.Record.Files[0].PrefixMac);
    }

    [Fact]
    public void A_record_that_says_how_far_but_not_what_is_no_record()
    {
        using (var state = Open())
        {
            state.Save(new VcdUploadRecord { Files = [new() { PrefixKey = "no key", PrefixLength = 10, PrefixMac = Mac(1) }] });
        }

        using var again = Open();
        Assert.Null(again.Record);
    }

    [Fact]
    public void What_is_forgotten_leaves_nothing_but_the_lock()
    {
        using var state = Open();
        state.Save(Record());
        state.Advance(0, 1000, Mac(1));
        state.Forget();
        state.Advance(0, 2000, Mac(2));
        Assert.All(Directory.EnumerateFiles(Path.Combine(_folder, "uploads")), f => Assert.EndsWith(".lock", f, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_file_of_an_upload_has_its_own_progress()
    {
        using (var state = Open())
        {
            state.Save(new VcdUploadRecord { Files = [new() { Name = "a", PrefixKey = Key }, new() { Name = "b", PrefixKey = Key }, new() { Name = "c", PrefixKey = Key, PrefixLength = 7, PrefixMac = Mac(7) }] });
            state.Advance(1, 1000, Mac(1));
            state.Advance(1, 2000, Mac(2));
            state.Advance(1, 3000, Mac(3));
            state.Advance(0, 500, Mac(5));
        }

        using var again = Open();
        Assert.Equal([("a", 500L, Mac(5)), ("b", 3000L, Mac(3)), ("c", 7L, Mac(7))], again.Record!.Files.Select(f => (f.Name, f.PrefixLength, f.PrefixMac!)));

        // The notes of one file say nothing about another one.
        again.Dispose();
        var bytes = File.ReadAllBytes(Progress);
        bytes.AsSpan(256, 128).CopyTo(bytes.AsSpan(128));
        bytes.AsSpan(0, 128).Clear();
        File.WriteAllBytes(Progress, bytes);
        using var moved = Open();
        Assert.Equal(0, moved.Record!.Files[0].PrefixLength);
    }

    [Fact]
    public void Records_of_one_server_are_listed()
    {
        Assert.Empty(VcdUploadState.List(_folder, new Uri("https://vcd.example.com")));
        using var state = Open();
        state.Save(Record() with { Server = "https://vcd.example.com", Href = "here" });
        using var other = VcdUploadState.Open(_folder, new Uri("https://other.example.com"), "acme", "catalog", "a.iso");
        other.Save(Record() with { Server = "https://other.example.com", Href = "there" });
        Assert.Equal("here", Assert.Single(VcdUploadState.List(_folder, new Uri("https://vcd.example.com/"))).Href);
    }

    private static VcdUploadRecord Record() => new() { Files = [new() { PrefixKey = Key }] };

    private static string Mac(int i) => i.ToString("X64", System.Globalization.CultureInfo.InvariantCulture);

    private VcdUploadState Open() => VcdUploadState.Open(_folder, new Uri("https://vcd.example.com"), "acme", "catalog", "a.iso");
}
