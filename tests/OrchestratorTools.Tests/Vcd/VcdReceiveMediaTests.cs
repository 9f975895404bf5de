using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Tests.Http;
using Xunit.Abstractions;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The download of one file: whatever happens on the way, what is there in the end is the file, or nothing under its name.</summary>
public sealed class VcdReceiveMediaTests : IDisposable
{
    private const int Block = PrefixHash.BlockSize;
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("TEST_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Environment.TickCount;
    private readonly Random _random = new(Seed);
    private readonly RecordingObserver _observer = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("vcd-receive-").FullName;

    public VcdReceiveMediaTests(ITestOutputHelper output) => output.WriteLine($"TEST_SEED={Seed}");

    private string Target => Path.Combine(_folder, "thing.iso");

    private string Partial => Target + ".partial";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Block - 1)]
    [InlineData(Block)]
    [InlineData((2 * Block) + 5)]
    public async Task A_media_is_opened_received_and_named(int size)
    {
        var fake = NewMedia(size);
        Assert.Equal(Target, await fake.ReceiveAsync(_folder, _observer));
        AssertReceived(fake);
        Assert.Equal(1, fake.Opened);
        Assert.Equal(0, fake.Closed);
        Assert.Contains(_observer.Lines, l => l.StartsWith($"VERBOSE Received 'thing.iso': {size} bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Transfers_go_without_credentials_and_their_addresses_show_nowhere()
    {
        var fake = NewMedia(100);
        fake.Mishap = (_, nth, _) => nth == 1 ? new HttpResponseMessage(HttpStatusCode.BadGateway) : null;
        await fake.ReceiveAsync(_folder, _observer);
        Assert.Equal(2, fake.Transfers.Count());
        Assert.All(fake.Transfers, r => Assert.False(r.Headers.ContainsKey("Authorization") || r.Headers.ContainsKey("x-vcloud-authorization")));
        Assert.All(fake.Transfers, r => Assert.Equal("identity", r.Headers["Accept-Encoding"]));
        Assert.DoesNotContain("secret-", _observer.Text, StringComparison.Ordinal);

        fake.Mishap = (_, _, _) => new HttpResponseMessage(HttpStatusCode.BadRequest);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer, r => r with { Force = true }));
        Assert.DoesNotContain("secret-", e + e.Uri + _observer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_show_nowhere_whatever_they_look_like()
    {
        var fake = new VcdDownloadFake { TransferRoot = "/spool/of/the/cell/" };
        AddBytes(fake, NewBytes(100));
        fake.Mishap = (_, nth, _) => nth == 1 ? new HttpResponseMessage(HttpStatusCode.BadGateway) : null;
        await fake.ReceiveAsync(_folder, _observer);
        AssertReceived(fake);
        fake.Mishap = (_, _, _) => new HttpResponseMessage(HttpStatusCode.BadRequest);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer, r => r with { Force = true }));
        Assert.DoesNotContain("secret-", e + e.Uri + _observer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_without_TLS_is_not_used()
    {
        var fake = new VcdDownloadFake { TransferHost = "http://cell.example.com" };
        AddBytes(fake, NewBytes(100));
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Equal("Vcd.Protocol", e.ErrorId);
        Assert.Contains("not HTTPS", e.Message, StringComparison.Ordinal);
        Assert.Empty(fake.Transfers);
        Assert.DoesNotContain("secret-", e + _observer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_broken_connection_goes_on_with_a_range(bool reset)
    {
        var fake = NewMedia((3 * Block) + 17);
        var at = _random.Next(1, 3 * Block);
        fake.Mishap = (_, nth, _) => nth == 1 ? VcdDownloadFake.Cut(fake.Files.Values.First(), at, fake.Files.Values.First().Length, reset) : null;
        await fake.ReceiveAsync(_folder, _observer);
        AssertReceived(fake);
        Assert.Equal(["all", $"bytes={at}-"], fake.RangesOf("file"));
    }

    [Fact]
    public async Task Many_broken_connections_are_no_end_while_something_arrives()
    {
        var fake = NewMedia(2_000_017);
        var bytes = fake.Files.Values.First();
        fake.Mishap = (_, nth, request) =>
        {
            var from = nth == 1 ? 0 : (int)RangeHeaderValue.Parse(request.Headers["Range"]).Ranges.Single().From!.Value;
            return nth > 30 ? null : VcdDownloadFake.Cut(bytes[from..], 60_000, null, true, nth == 1 ? HttpStatusCode.OK : HttpStatusCode.PartialContent, nth == 1 ? null : new ContentRangeHeaderValue(from, bytes.Length - 1, bytes.Length));
        };
        await fake.ReceiveAsync(_folder, _observer);
        AssertReceived(fake);
        Assert.Equal(31, fake.Transfers.Count());
    }

    [Fact]
    public async Task A_server_that_answers_a_range_with_the_whole_sends_the_file_anew()
    {
        var fake = NewMedia((2 * Block) + 9);
        fake.HonoursRange = false;
        fake.Mishap = (_, nth, _) => nth == 1 ? VcdDownloadFake.Cut(fake.Files.Values.First(), Block + 100) : null;
        await fake.ReceiveAsync(_folder, _observer);
        AssertReceived(fake);
        Assert.Equal(["all", $"bytes={Block + 100}-"], fake.RangesOf("file"));
        Assert.Contains("it is received anew", _observer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_has_no_such_part_sends_the_file_anew()
    {
        var fake = NewMedia((2 * Block) + 9);
        fake.Mishap = (_, nth, _) => nth switch
        {
            1 => VcdDownloadFake.Cut(fake.Files.Values.First(), Block + 100),
            2 => new HttpResponseMessage(HttpStatusCode.RequestedRangeNotSatisfiable),
            _ => null,
        };
        await fake.ReceiveAsync(_folder, _observer);
        AssertReceived(fake);
        Assert.Equal(["all", $"bytes={Block + 100}-", "all"], fake.RangesOf("file"));
    }

    [Fact]
    public async Task A_server_without_ranges_whose_connections_always_break_ends_the_download()
    {
        var fake = NewMedia(3 * Block);
        fake.HonoursRange = false;
        fake.Mishap = (_, _, _) => VcdDownloadFake.Cut(fake.Files.Values.First(), 2 * Block);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Equal(OrchestratorErrorKind.Unreachable, e.Kind);
        Assert.Equal(11, fake.Transfers.Count());
        Assert.False(File.Exists(Target));
    }

    [Theory]
    [InlineData("another part")]
    [InlineData("no range")]
    [InlineData("another total")]
    [InlineData("beyond the end")]
    [InlineData("unasked")]
    public async Task Another_part_than_was_asked_for_is_refused(string what)
    {
        var fake = NewMedia(3 * Block);
        var bytes = fake.Files.Values.First();
        fake.Mishap = (_, nth, _) => (nth, what) switch
        {
            (1, "unasked") => Part(0, bytes.Length - 1, bytes.Length),
            (1, _) => VcdDownloadFake.Cut(bytes, 2 * Block, bytes.Length),
            (_, "another part") => Part(Block, bytes.Length - 1, bytes.Length),
            (_, "no range") => new HttpResponseMessage(HttpStatusCode.PartialContent) { Content = new ByteArrayContent(bytes[(2 * Block)..]) },
            (_, "another total") => Part(2 * Block, bytes.Length - 1, bytes.Length + 1),
            _ => Part(2 * Block, bytes.Length, bytes.Length + 1),
        };
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Equal("Vcd.Protocol", e.ErrorId);
        Assert.Equal(what == "unasked" ? 1 : 2, fake.Transfers.Count());
        Assert.False(File.Exists(Target));

        // What had arrived before is kept, and another run goes on with it.
        fake.Mishap = null;
        await fake.ReceiveAsync(_folder, _observer);
        AssertReceived(fake);
        Assert.Equal(what == "unasked" ? "all" : $"bytes={2 * Block}-", fake.RangesOf("file")[^1]);

        HttpResponseMessage Part(int from, int to, int length) => VcdDownloadFake.Cut(bytes[Math.Min(from, bytes.Length)..], int.MaxValue, null, false, HttpStatusCode.PartialContent, new ContentRangeHeaderValue(from, to, length));
    }

    [Fact]
    public async Task A_shorter_part_than_was_asked_for_is_taken()
    {
        var fake = NewMedia(3 * Block);
        var bytes = fake.Files.Values.First();
        fake.Mishap = (_, nth, _) => nth switch
        {
            1 => VcdDownloadFake.Cut(bytes, 100, bytes.Length),
            2 => VcdDownloadFake.Cut(bytes[100..Block], int.MaxValue, null, false, HttpStatusCode.PartialContent, new ContentRangeHeaderValue(100, Block - 1, bytes.Length)),
            _ => null,
        };
        await fake.ReceiveAsync(_folder, _observer);
        AssertReceived(fake);
        Assert.Equal(["all", "bytes=100-", $"bytes={Block}-"], fake.RangesOf("file"));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, true)]
    [InlineData(1, false)]
    public async Task Another_size_than_was_announced_is_an_error(int difference, bool saysLength)
    {
        var fake = NewMedia(Block + 10);
        fake.SaidSize = Block + 10 - difference;
        fake.SaysLength = saysLength;
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Equal("Vcd.Protocol", e.ErrorId);
        Assert.Contains((Block + 10 - difference).ToString(CultureInfo.InvariantCulture), e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task An_answer_without_a_length_that_ends_too_soon_is_found_out()
    {
        var fake = NewMedia(Block + 10);
        fake.Mishap = (_, nth, _) => nth == 1 ? VcdDownloadFake.Cut(fake.Files.Values.First(), Block, null, reset: false) : null;
        await fake.ReceiveAsync(_folder, _observer);
        AssertReceived(fake);
        Assert.Contains($"ended at byte {Block} of {Block + 10}", _observer.Text, StringComparison.Ordinal);

        fake.Mishap = (_, nth, request) => VcdDownloadFake.Cut(fake.Files.Values.First(), Block, null, reset: false);
        fake.HonoursRange = false;
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer, r => r with { FileName = "two.iso" }));
        Assert.Contains($"ended at byte {Block} of {Block + 10}", e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "two.iso")));
    }

    [Fact]
    public async Task Addresses_that_are_given_up_are_asked_for_anew()
    {
        var fake = NewMedia(2 * Block);
        fake.Mishap = (_, nth, _) =>
        {
            if (nth != 1)
            {
                return null;
            }

            fake.ForgetAddresses();
            fake.IsOpen = false;
            return VcdDownloadFake.Cut(fake.Files.Values.First(), Block, 2 * Block);
        };
        await fake.ReceiveAsync(_folder, _observer);
        AssertReceived(fake);
        Assert.Equal(2, fake.Opened);
        Assert.Equal(["all", $"bytes={Block}-", $"bytes={Block}-"], fake.RangesOf("file"));
        Assert.DoesNotContain("secret-", _observer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_no_longer_good_is_not_believed_although_the_server_still_names_it()
    {
        var fake = NewMedia(2 * Block);
        fake.IsOpen = true;
        fake.Mishap = (_, nth, _) => nth == 1 ? new HttpResponseMessage(HttpStatusCode.Gone) : null;
        await fake.ReceiveAsync(_folder, _observer);
        AssertReceived(fake);
        Assert.Equal(1, fake.Opened);
        Assert.Equal(2, fake.Transfers.Select(r => r.Uri.AbsolutePath).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task What_the_server_does_not_have_ends_after_one_look_for_new_addresses()
    {
        var fake = NewMedia(10);
        fake.Mishap = (_, _, _) => new HttpResponseMessage(HttpStatusCode.NotFound);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Equal(HttpStatusCode.NotFound, e.StatusCode);
        Assert.Equal(2, fake.Transfers.Count());
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public async Task A_new_process_goes_on_with_what_is_there()
    {
        var fake = NewMedia((4 * Block) + 3);
        await StopAfterAsync(fake, 3 * Block);
        Assert.True(new FileInfo(Partial).Length is >= Block and <= 4 * Block);
        Assert.False(File.Exists(Target));
        var stored = new FileInfo(Partial).Length / Block * Block;
        await fake.ReceiveAsync(_folder, _observer);
        AssertReceived(fake);
        Assert.Equal($"bytes={stored}-", fake.RangesOf("file")[^1]);
        Assert.Contains($"Going on with 'thing.iso' at byte {stored} of {(4 * Block) + 3}", _observer.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder, ".state"), "*.json", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_server_that_ignores_the_range_sends_the_whole_to_a_new_process()
    {
        var fake = NewMedia((4 * Block) + 3);
        await StopAfterAsync(fake, 3 * Block);
        fake.HonoursRange = false;
        await fake.ReceiveAsync(_folder, _observer);
        AssertReceived(fake);
    }

    [Fact]
    public async Task A_partial_that_was_changed_since_is_not_gone_on_with()
    {
        var fake = NewMedia((4 * Block) + 3);
        await StopAfterAsync(fake, 3 * Block);
        using (var stream = File.OpenWrite(Partial))
        {
            stream.Position = 12345;
            stream.WriteByte((byte)(fake.Files.Values.First()[12345] ^ 1));
        }

        await fake.ReceiveAsync(_folder, _observer);
        AssertReceived(fake);
        Assert.Equal("all", fake.RangesOf("file")[^1]);
        Assert.Contains("WARNING", _observer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partial_of_another_size_is_not_gone_on_with()
    {
        var fake = NewMedia((4 * Block) + 3);
        await StopAfterAsync(fake, 3 * Block);
        fake.Files["file"] = NewBytes((4 * Block) + 4);
        await fake.ReceiveAsync(_folder, _observer);
        AssertReceived(fake);
        Assert.Equal("all", fake.RangesOf("file")[^1]);
    }

    [Fact]
    public async Task Another_version_of_the_file_is_received_anew()
    {
        var fake = NewMedia((4 * Block) + 3);
        fake.ETag = "\"one\"";
        await StopAfterAsync(fake, 3 * Block);
        fake.Files["file"] = NewBytes((4 * Block) + 3);
        fake.ETag = "\"two\"";
        await fake.ReceiveAsync(_folder, _observer);
        AssertReceived(fake);
        Assert.Equal("\"one\"", fake.Transfers.Last().Headers["If-Range"]);
    }

    [Fact]
    public async Task Another_version_is_found_out_where_the_server_does_not_know_the_condition()
    {
        var fake = NewMedia((4 * Block) + 3);
        fake.ETag = "\"one\"";
        await StopAfterAsync(fake, 3 * Block);
        var bytes = fake.Files["file"] = NewBytes((4 * Block) + 3);
        fake.Mishap = (_, nth, request) =>
        {
            if (!request.Headers.TryGetValue("Range", out var range))
            {
                return null;
            }

            var from = (int)RangeHeaderValue.Parse(range).Ranges.Single().From!.Value;
            var response = VcdDownloadFake.Cut(bytes[from..], int.MaxValue, null, false, HttpStatusCode.PartialContent, new ContentRangeHeaderValue(from, bytes.Length - 1, bytes.Length));
            response.Headers.TryAddWithoutValidation("ETag", "\"two\"");
            return response;
        };
        await fake.ReceiveAsync(_folder, _observer);
        AssertReceived(fake);
    }

    [Fact]
    public async Task A_partial_that_nobody_knows_is_left_alone_without_Force()
    {
        var fake = NewMedia(10);
        await File.WriteAllTextAsync(Partial, "somebody's");
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Equal("Vcd.LocalFile", e.ErrorId);
        Assert.Contains("thing.iso.partial", e.Message, StringComparison.Ordinal);
        Assert.Equal("somebody's", await File.ReadAllTextAsync(Partial));
        await fake.ReceiveAsync(_folder, _observer, r => r with { Force = true });
        AssertReceived(fake);
    }

    [Fact]
    public async Task A_partial_of_another_media_is_left_alone_without_Force()
    {
        var fake = NewMedia(4 * Block);
        await StopAfterAsync(fake, 3 * Block);
        var other = new VcdDownloadFake { Kind = VcdReceiveKind.Template };
        other.AddPackage([]);
        var before = await File.ReadAllBytesAsync(Partial);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => other.ReceiveAsync(_folder, _observer, r => r with { FileName = "thing.iso" }));
        Assert.Equal("Vcd.LocalFile", e.ErrorId);
        Assert.Contains("unfinished download of 'thing' (Media)", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, other.Opened);
        Assert.Equal(before, await File.ReadAllBytesAsync(Partial));
    }

    [Fact]
    public async Task An_existing_file_is_overwritten_with_Force_only_and_only_by_a_whole_one()
    {
        var fake = NewMedia(3 * Block);
        await File.WriteAllTextAsync(Target, "before");
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Equal("Vcd.LocalFile", e.ErrorId);
        Assert.Contains("-Force", e.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain(fake.Fake.Handler.Sent, r => r.Uri.AbsolutePath.StartsWith("/api/media", StringComparison.Ordinal));

        fake.Mishap = (_, _, _) => VcdDownloadFake.Cut(fake.Files.Values.First(), Block);
        await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer, r => r with { Force = true }));
        Assert.Equal("before", await File.ReadAllTextAsync(Target));

        fake.Mishap = null;
        await fake.ReceiveAsync(_folder, _observer, r => r with { Force = true });
        AssertReceived(fake);
    }

    [Fact]
    public async Task A_full_disk_says_so_and_the_next_run_goes_on()
    {
        var fake = NewMedia(4 * Block);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer, r => r with { OpenPartial = (path, mode) => new SmallDisk(path, mode, 2 * Block) }));
        Assert.Equal("Vcd.LocalFile", e.ErrorId);
        Assert.Contains($"The disk is full: '{_folder}' holds {2 * Block} of {4 * Block} bytes of 'thing.iso'", e.Message, StringComparison.Ordinal);
        Assert.Contains("it goes on there", e.RecommendedAction, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));

        await fake.ReceiveAsync(_folder, _observer);
        AssertReceived(fake);
        Assert.Equal($"bytes={2 * Block}-", fake.RangesOf("file")[^1]);
    }

    [Fact]
    public async Task Half_a_record_is_none_and_old_ones_are_removed()
    {
        var fake = NewMedia(4 * Block);
        await StopAfterAsync(fake, 3 * Block);
        var downloads = Path.Combine(_folder, ".state", "downloads");
        await File.WriteAllTextAsync(Directory.EnumerateFiles(downloads, "*.json").Single(), "{\"server\":");
        var old = Path.Combine(downloads, "vcd-0123.json");
        await File.WriteAllTextAsync(old, "{}");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-91));
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Contains("no record of what it is", e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(old));
        await fake.ReceiveAsync(_folder, _observer, r => r with { Force = true });
        AssertReceived(fake);
    }

    [Fact]
    public async Task A_disk_that_is_too_small_is_warned_of_before_the_first_byte()
    {
        var fake = NewMedia(10);
        fake.SaidSize = long.MaxValue / 4;
        await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Contains($"WARNING '{_folder}' seems to have room for ", _observer.Text, StringComparison.Ordinal);
        Assert.Contains($"needs {long.MaxValue / 4}", _observer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_do_not_write_one_file()
    {
        var fake = NewMedia(10);
        using var held = VcdDownloadState.Open(Path.Combine(_folder, ".state"), Target);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Equal("Vcd.Conflict", e.ErrorId);
        Assert.Equal(0, fake.Opened);
    }

    [Fact]
    public async Task Without_a_place_for_the_record_it_works_and_says_so()
    {
        var fake = NewMedia(2 * Block);
        await File.WriteAllTextAsync(Path.Combine(_folder, "nofolder"), "x");
        await fake.ReceiveAsync(_folder, _observer, r => r with { StateFolder = Path.Combine(_folder, "nofolder") });
        AssertReceived(fake);
        Assert.Contains("WARNING The download is not recorded", _observer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "is not ready")]
    [InlineData("-1", "has failed")]
    public async Task A_media_that_is_not_there_yet_is_said_so(string status, string said)
    {
        var fake = NewMedia(10);
        fake.Status = status;
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Equal("Vcd.WrongState", e.ErrorId);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.Equal(0, fake.Opened);
    }

    [Fact]
    public async Task A_task_that_cannot_open_the_download_is_the_error()
    {
        var fake = NewMedia(10);
        fake.EnableTask = "error";
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => fake.ReceiveAsync(_folder, _observer));
        Assert.Equal("Vcd.Failed", e.ErrorId);
        Assert.Contains("The transfer storage is full", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, fake.Opened);
    }

    [Fact]
    public async Task Progress_grows_to_the_end()
    {
        var fake = NewMedia(3 * Block);
        var seen = new List<VcdTransferProgress>();
        await fake.ReceiveAsync(_folder, _observer, r => r with { Progress = seen.Add });
        Assert.True(seen.Count > 3);
        Assert.Equal((VcdTransferPhase.Receiving, 3L * Block, 3L * Block), (seen[^1].Phase, seen[^1].Done, seen[^1].Total));
        Assert.Equal(seen.Select(p => p.AllDone).Order(), seen.Select(p => p.AllDone));
    }

    private static VcdDownloadFake AddBytes(VcdDownloadFake fake, byte[] bytes)
    {
        fake.Files["file"] = bytes;
        return fake;
    }

    private VcdDownloadFake NewMedia(int size) => AddBytes(new VcdDownloadFake(), NewBytes(size));

    private byte[] NewBytes(int size)
    {
        var bytes = new byte[size];
        _random.NextBytes(bytes);
        return bytes;
    }

    private void AssertReceived(VcdDownloadFake fake)
    {
        Assert.Equal(fake.Files.Values.First(), File.ReadAllBytes(Target));
        Assert.False(File.Exists(Partial));
    }

    // Ends as a stopped pipeline does: in the middle, by cancellation.
    private async Task StopAfterAsync(VcdDownloadFake fake, int bytes)
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fake.ReceiveAsync(_folder, _observer, r => r with { Progress = p => { if (p.Done >= bytes) { stop.Cancel(); } } }, stop.Token));
    }

    private sealed class SmallDisk(string path, FileMode mode, long room) : PartialFile(path, mode)
    {
        public override void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            if (offset + bytes.Length > room)
            {
                throw new IOException("No space left on device", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28);
            }

            base.Write(offset, bytes);
        }
    }
}
