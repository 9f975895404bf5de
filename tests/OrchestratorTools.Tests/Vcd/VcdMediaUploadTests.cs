using System.Globalization;
using System.Net;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using Xunit.Abstractions;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The upload against a simulated server: whatever happens on the way, what arrives is the file, byte for byte.</summary>
public sealed class VcdMediaUploadTests : IClassFixture<VcdServer>, IAsyncLifetime
{
    private const int Chunk = 64 * 1024;
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("TEST_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Environment.TickCount;
    private readonly VcdServer _server;
    private readonly ITestOutputHelper _output;
    private readonly Random _random = new(Seed);
    private readonly RecordingObserver _observer = new();
    private readonly string _state;
    private readonly string _name = "media-" + Guid.NewGuid().ToString("N");

    public VcdMediaUploadTests(VcdServer server, ITestOutputHelper output)
    {
        _server = server;
        _output = output;
        _state = Path.Combine(server.Folder, "state-" + Guid.NewGuid().ToString("N"));
        output.WriteLine($"TEST_SEED={Seed}");
    }

    public static TheoryData<long, string> Matrix
    {
        get
        {
            var data = new TheoryData<long, string>();
            foreach (var size in new long[] { 1, Chunk - 1, Chunk, Chunk + 1, 3 * Chunk })
            {
                foreach (var mishap in new[] { "none", "reset first", "reset middle", "reset last", "refused", "416", "lost answer", "lost last answer", "closed answer", "503", "401 while asking", "session ends", "killed", "killed twice", "killed and logged out" })
                {
                    data.Add(size, mishap);
                }
            }

            return data;
        }
    }

    public async Task InitializeAsync() => await ClearAsync();

    public async Task DisposeAsync() => await ClearAsync();

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task What_arrives_is_the_file_whatever_happens(long size, string mishap)
    {
        var path = _server.NewFile(_random, size);
        var at = _random.NextInt64(Math.Min(size, Chunk));
        _output.WriteLine($"size {size}, {mishap}, at {at}");
        var chunks = (int)((size + Chunk - 1) / Chunk);
        switch (mishap)
        {
            case "reset first":
                await FaultAsync(new { system = "vcd", kind = "resetRequest", method = "PUT", path = "/transfer/*", bytes = at });
                break;
            case "reset middle":
                await FaultAsync(new { system = "vcd", kind = "resetRequest", method = "PUT", path = "/transfer/*", bytes = at, skip = chunks / 2, count = 2 });
                break;
            case "reset last":
                await FaultAsync(new { system = "vcd", kind = "resetRequest", method = "PUT", path = "/transfer/*", bytes = ((size - 1) % Chunk) + 1, skip = chunks - 1 });
                break;
            case "refused":
                await FaultAsync(new { system = "vcd", kind = "refuse", method = "PUT", path = "/transfer/*", count = 3 });
                break;
            case "416":
                await FaultAsync(new { system = "vcd", kind = "status", status = 416, method = "PUT", path = "/transfer/*", skip = chunks / 2, count = 2, body = "Request must begin at the last byte stored" });
                break;
            case "lost answer":
                await FaultAsync(new { system = "vcd", kind = "lostAnswer", method = "PUT", path = "/transfer/*" });
                break;
            case "lost last answer":
                await FaultAsync(new { system = "vcd", kind = "lostAnswer", method = "PUT", path = "/transfer/*", skip = chunks - 1 });
                break;
            case "closed answer":
                await FaultAsync(new { system = "vcd", kind = "lostAnswer", close = true, method = "PUT", path = "/transfer/*", count = chunks });
                break;
            case "503":
                await FaultAsync(new { system = "vcd", kind = "status", status = 503, method = "PUT", path = "/transfer/*", skip = chunks - 1, count = 3 });
                break;
            case "401 while asking":
                await FaultAsync(new { system = "vcd", kind = "resetRequest", method = "PUT", path = "/transfer/*", bytes = at });
                await FaultAsync(new { system = "vcd", kind = "expireSessions", method = "GET", path = "/api/media/*", skip = 1 });
                break;
            case "session ends":
                await FaultAsync(new { system = "vcd", kind = "expireSessions", method = "PUT", path = "/transfer/*", count = 0 });
                break;
            default:
                break;
        }

        var kills = mishap switch { "killed" or "killed and logged out" => 1, "killed twice" => 2, _ => 0 };
        VcdMedia? media = null;
        for (var i = 0; i < kills && media is null; i++)
        {
            // A kill behind the last byte may come too late; then there is nothing to go on with.
            media = await SendAndKillAsync(path, _random.NextInt64(size));
            if (mishap == "killed and logged out")
            {
                await _server.Simulator.ExpireSessionsAsync("vcd");
            }
        }

        media ??= await SendAsync(path);

        Assert.Equal(_name, media.Name);
        Assert.Equal(size, media.Size);
        Assert.NotNull(media.Task);
        await _server.AssertArrivedAsync(_name, path);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_state, "uploads"), "*.json"));
        await AssertTransfersWereCleanAsync();
    }

    [Theory]
    [InlineData(FileFeed.PieceSize - 1)]
    [InlineData(FileFeed.PieceSize)]
    [InlineData((2 * FileFeed.PieceSize) + 1)]
    public async Task Pieces_and_chunks_of_any_size_fit_together(long size)
    {
        var path = _server.NewFile(_random, size);
        await FaultAsync(new { system = "vcd", kind = "resetRequest", method = "PUT", path = "/transfer/*", bytes = _random.NextInt64(size), count = 1 });
        await SendAsync(path, chunk: (FileFeed.PieceSize * 2) - 7);
        await _server.AssertArrivedAsync(_name, path);
    }

    [Fact]
    public async Task A_server_that_takes_nothing_more_ends_the_upload_with_advice_and_the_next_run_goes_on()
    {
        var path = _server.NewFile(_random, 3 * Chunk);
        await FaultAsync(new { system = "vcd", kind = "status", status = 416, method = "PUT", path = "/transfer/*", skip = 1, count = 0 });
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path));
        Assert.Contains($"stopped at byte {Chunk} of {3 * Chunk}", e.Message, StringComparison.Ordinal);
        Assert.Contains("Run the same command again", e.RecommendedAction, StringComparison.Ordinal);
        var puts = (await _server.Simulator.RequestsAsync("vcd")).Count(r => r.Method == "PUT");
        Assert.Equal(12, puts);

        await _server.Simulator.ClearFaultsAsync();
        await SendAsync(path);
        await _server.AssertArrivedAsync(_name, path);
    }

    [Fact]
    public async Task Progress_resets_the_count_of_attempts()
    {
        var path = _server.NewFile(_random, 3 * Chunk);

        // Thirty resets, each after some bytes have arrived.
        await FaultAsync(new { system = "vcd", kind = "resetRequest", method = "PUT", path = "/transfer/*", bytes = 5000, count = 30 });
        await SendAsync(path);
        await _server.AssertArrivedAsync(_name, path);
    }

    [Fact]
    public async Task A_chunk_that_is_refused_as_too_much_ends_at_once()
    {
        var path = _server.NewFile(_random, Chunk);
        await FaultAsync(new { system = "vcd", kind = "status", status = 400, method = "PUT", path = "/transfer/*", count = 0 });
        await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path));
        Assert.Single(await _server.Simulator.RequestsAsync("vcd"), r => r.Method == "PUT");
    }

    [Fact]
    public async Task Without_a_record_going_on_needs_Resume_and_Force_begins_anew()
    {
        var path = _server.NewFile(_random, 3 * Chunk);
        await SendAndKillAsync(path, 2 * Chunk);
        Directory.Delete(_state, recursive: true);

        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path));
        Assert.Equal("Vcd.Conflict", e.ErrorId);
        Assert.Contains("-Resume", e.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("-Force", e.RecommendedAction, StringComparison.Ordinal);

        var before = (await _server.TransferAsync(_name)).GetProperty("stored").GetInt64();
        Assert.True(before > 0);
        await _server.Simulator.ClearRequestsAsync();
        await SendAsync(path, resume: true);
        await _server.AssertArrivedAsync(_name, path);
        Assert.Equal((3 * Chunk) - before, (await _server.Simulator.RequestsAsync("vcd")).Where(r => r.Method == "PUT").Sum(r => r.BodyBytes));
    }

    [Fact]
    public async Task Force_removes_the_unfinished_upload_and_begins_anew()
    {
        var path = _server.NewFile(_random, 3 * Chunk);
        await SendAndKillAsync(path, 2 * Chunk);
        var other = _server.NewFile(_random, 2 * Chunk);
        var media = await SendAsync(other, force: true);
        Assert.Equal(2 * Chunk, media.Size);
        await _server.AssertArrivedAsync(_name, other);

        // A finished item is never removed.
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(async () =>
        {
            await WaitAsync(media);
            await SendAsync(other, force: true);
        });
        Assert.Equal("Vcd.Conflict", e.ErrorId);
        await _server.AssertArrivedAsync(_name, other);
    }

    [Fact]
    public async Task A_file_that_is_another_one_is_not_gone_on_with()
    {
        var path = _server.NewFile(_random, 3 * Chunk);
        await SendAndKillAsync(path, 2 * Chunk);
        var stored = (await _server.TransferAsync(_name)).GetProperty("stored").GetInt64();

        // The same length, the same time, one bit of what was sent is different.
        var time = File.GetLastWriteTimeUtc(path);
        using (var stream = File.Open(path, FileMode.Open))
        {
            var first = stream.ReadByte();
            stream.Position = 0;
            stream.WriteByte((byte)(first ^ 1));
        }

        File.SetLastWriteTimeUtc(path, time);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path));
        Assert.Equal("Vcd.LocalFile", e.ErrorId);
        Assert.Contains("not those that were sent", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path, resume: true));

        var longer = _server.NewFile(_random, (3 * Chunk) + 1);
        e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(longer));
        Assert.Equal("Vcd.LocalFile", e.ErrorId);
        Assert.Equal(stored, (await _server.TransferAsync(_name)).GetProperty("stored").GetInt64());
    }

    [Fact]
    public async Task A_change_in_what_was_not_sent_yet_does_not_hinder()
    {
        var path = _server.NewFile(_random, 2 * FileFeed.PieceSize);
        await SendAndKillAsync(path, 1, chunk: 1 << 20);
        using (var stream = File.Open(path, FileMode.Open))
        {
            stream.Seek(-1, SeekOrigin.End);
            var last = stream.ReadByte();
            stream.Seek(-1, SeekOrigin.End);
            stream.WriteByte((byte)(last ^ 1));
        }

        // The record reaches as far as the pieces that were read ahead; this file's end is among them, so it is another file.
        var progress = File.ReadAllText(Directory.EnumerateFiles(Path.Combine(_state, "uploads"), "*.progress").Single());
        if (progress.Contains($" {2 * FileFeed.PieceSize:D19} ", StringComparison.Ordinal))
        {
            await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path));
        }
        else
        {
            await SendAsync(path);
            await _server.AssertArrivedAsync(_name, path);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_changes_while_it_is_sent_is_an_error(bool longer)
    {
        var path = _server.NewFile(_random, 3 * Chunk);
        var changed = 0;
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path, progress: p =>
        {
            if (p.Done >= Chunk && Interlocked.Exchange(ref changed, 1) == 0)
            {
                if (longer)
                {
                    // Another process, which asks for no lock.
                    using var shell = System.Diagnostics.Process.Start("sh", ["-c", $"echo more >> '{path}'"]);
                    shell.WaitForExit();
                }
                else
                {
                    File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));
                }
            }
        }));
        Assert.Equal("Vcd.LocalFile", e.ErrorId);
        Assert.Contains("has changed", e.Message, StringComparison.Ordinal);
        Assert.Contains("-Force", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_can_be_known_is_said_before_anything_is_made()
    {
        var session = await _server.ConnectAsync();
        var empty = Path.Combine(_server.Folder, "empty.iso");
        await File.WriteAllBytesAsync(empty, []);
        await _server.Simulator.ClearRequestsAsync();
        foreach (var (path, said) in new[] { (empty, "is empty"), (Path.Combine(_server.Folder, "missing.iso"), "There is no file"), (_server.Folder, "folder"), (Path.Combine(_server.Folder, "no-folder", "a.iso"), "There is no file") })
        {
            var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path, session: session));
            Assert.Equal("Vcd.LocalFile", e.ErrorId);
            Assert.Contains(said, e.Message, StringComparison.Ordinal);
        }

        var bad = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(empty, session: session, name: "a\u0001b"));
        Assert.Equal("Vcd.Validation", bad.ErrorId);
        Assert.Empty(await _server.Simulator.RequestsAsync("vcd"));
    }

    [Fact]
    public async Task A_catalog_that_takes_nothing_and_a_name_that_exists_are_said_before_anything_is_made()
    {
        var path = _server.NewFile(_random, 10);
        var session = await _server.ConnectAsync();
        var catalogs = await new VcdClient(session, SilentObserver.Instance).GetCatalogsAsync([], [], CancellationToken.None).ToListAsync();
        var foreign = catalogs.Single(c => c.Name == "published");
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path, session: session, catalog: foreign.Href));
        Assert.Equal("Vcd.Permission", e.ErrorId);
        Assert.Contains("read-only", e.Message, StringComparison.Ordinal);
        e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path, session: session, name: "ubuntu-24.04.iso"));
        Assert.Equal("Vcd.Conflict", e.ErrorId);
        var templates = catalogs.Single(c => c.Name == "templates");
        e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path, session: session, catalog: templates.Href, name: "debian-12-base"));
        Assert.Contains("no media", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await _server.Simulator.RequestsAsync("vcd"), r => r.Method == "POST" && r.Path.Contains("upload", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("quote \" and ' apostrophe")]
    [InlineData("brackets [x] (y) {z}")]
    [InlineData("stars * and ? marks")]
    [InlineData("a & b < c > d")]
    [InlineData("räksmörgås 数据 🚀")]
    [InlineData("100% ; , = #")]
    public async Task Any_name_arrives_as_it_is(string name)
    {
        name += " " + Guid.NewGuid().ToString("N");
        var path = _server.NewFile(_random, 10);
        var media = await SendAsync(path, name: name);
        Assert.Equal(name, media.Name);
        await _server.AssertArrivedAsync(name, path);
    }

    [Fact]
    public async Task The_answer_to_the_making_is_lost_and_the_next_run_goes_on()
    {
        var path = _server.NewFile(_random, Chunk + 1);
        await FaultAsync(new { system = "vcd", kind = "lostAnswer", method = "POST", path = "*/action/upload" });
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path));
        Assert.Equal("Vcd.OutcomeUnknown", e.ErrorId);
        Assert.Single(await _server.Simulator.RequestsAsync("vcd"), r => r.Method == "POST" && r.Path.EndsWith("/action/upload", StringComparison.Ordinal));

        await SendAsync(path);
        await _server.AssertArrivedAsync(_name, path);
        Assert.Single(await _server.Simulator.RequestsAsync("vcd"), r => r.Method == "POST" && r.Path.EndsWith("/action/upload", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_server_gave_up_is_begun_anew_with_Force()
    {
        var path = _server.NewFile(_random, 3 * Chunk);
        await SendAndKillAsync(path, 2 * Chunk);
        await _server.Simulator.AdvanceAsync(TimeSpan.FromHours(2));
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path));
        Assert.Contains("-Force", e.RecommendedAction, StringComparison.Ordinal);
        await SendAsync(path, force: true);
        await _server.AssertArrivedAsync(_name, path);
    }

    [Fact]
    public async Task What_is_removed_meanwhile_ends_the_upload_and_the_next_run_begins_anew()
    {
        var path = _server.NewFile(_random, 3 * Chunk);
        var removed = 0;
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path, progress: p =>
        {
            if (p.Phase is VcdTransferPhase.Sending && p.Done >= 2 * Chunk && Interlocked.Exchange(ref removed, 1) == 0)
            {
                RemoveAsync().GetAwaiter().GetResult();
            }
        }));
        Assert.Equal("Vcd.Failed", e.ErrorId);
        Assert.Contains("begins anew", e.RecommendedAction, StringComparison.Ordinal);
        await SendAsync(path);
        await _server.AssertArrivedAsync(_name, path);

        async Task RemoveAsync()
        {
            var client = new VcdClient(await _server.ConnectAsync(), SilentObserver.Instance);
            var item = (await client.GetCatalogItemsAsync([VcdNamePattern.Of(_name)], [], null, CancellationToken.None).ToListAsync()).Single();
            await client.RemoveUploadAsync(await client.GetMediaAsync(item.EntityHref!, CancellationToken.None), item.Href, CancellationToken.None);
        }
    }

    [Fact]
    public async Task The_record_is_the_users_own_and_holds_no_secret()
    {
        var path = _server.NewFile(_random, 3 * Chunk);
        await SendAndKillAsync(path, 2 * Chunk);
        var file = Directory.EnumerateFiles(Path.Combine(_state, "uploads"), "*.json").Single();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(file)!));
        }

        var text = await File.ReadAllTextAsync(file);
        Assert.DoesNotContain("transfer/", text, StringComparison.Ordinal);
        Assert.Contains(_name, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_cannot_be_written_or_read_does_not_stop_the_upload()
    {
        var path = _server.NewFile(_random, 10);
        var blocked = Path.Combine(_server.Folder, "blocked-" + Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(blocked, "a file where a folder should be");
        await SendAsync(path, state: blocked);
        Assert.Contains(_observer.Lines, l => l.StartsWith("WARNING", StringComparison.Ordinal) && l.Contains("-Resume", StringComparison.Ordinal));
        await _server.AssertArrivedAsync(_name, path);
    }

    [Fact]
    public async Task Half_a_record_is_no_record()
    {
        var path = _server.NewFile(_random, 3 * Chunk);
        await SendAndKillAsync(path, 2 * Chunk);
        var file = Directory.EnumerateFiles(Path.Combine(_state, "uploads"), "*.json").Single();
        await File.WriteAllTextAsync(file, "{\"server\":");
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path));
        Assert.Equal("Vcd.Conflict", e.ErrorId);
        Assert.Contains("-Resume", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_item_is_not_uploaded_twice_at_once()
    {
        var path = _server.NewFile(_random, 3 * Chunk);
        OrchestratorApiException? second = null;
        var tried = 0;
        await SendAsync(path, progress: p =>
        {
            if (p.Done >= Chunk && Interlocked.Exchange(ref tried, 1) == 0)
            {
                second = Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(path)).GetAwaiter().GetResult();
            }
        });
        Assert.Equal("Vcd.Conflict", second!.ErrorId);
        Assert.Contains("Another process", second.Message, StringComparison.Ordinal);
        await _server.AssertArrivedAsync(_name, path);
    }

    [Fact]
    public async Task The_session_is_kept_alive_while_bytes_move()
    {
        var time = new ManualTime { AutoAdvance = TimeSpan.FromSeconds(60) };
        var session = await _server.ConnectAsync(time: time);
        var path = _server.NewFile(_random, 3 * Chunk);
        await _server.CatalogAsync(session);
        await _server.Simulator.ClearRequestsAsync();
        var advanced = 0;
        using var kept = new SemaphoreSlim(0);
        await SendAsync(path, session: session, progress: p =>
        {
            if (p.Done >= Chunk && Interlocked.Exchange(ref advanced, 1) == 0)
            {
                time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
                SpinWait.SpinUntil(() => _observer.Lines.Any(l => l.Contains("/sessions/current", StringComparison.Ordinal)), TimeSpan.FromSeconds(30));
            }
        });
        Assert.Single(await _server.Simulator.RequestsAsync("vcd"), r => r.Path.EndsWith("/sessions/current", StringComparison.Ordinal));
        await _server.AssertArrivedAsync(_name, path);
    }

    [Fact]
    public async Task A_transfer_address_elsewhere_gets_the_bytes_and_no_credentials()
    {
        // The server names another address of its own as its public one; it is neither the dialled nor, without a checked certificate, a trusted one.
        var port = _server.Simulator.Server("vcd").Port;
        var session = await _server.ConnectAsync(_observer, skipCertificateCheck: true);
        await _server.Simulator.CommandAsync("vcd", "settings", new { publicAddress = $"https://localhost:{port}" });
        try
        {
            session = await _server.ConnectAsync(_observer, skipCertificateCheck: true);
            var path = _server.NewFile(_random, Chunk + 1);
            var catalog = (await new VcdClient(session, SilentObserver.Instance).GetCatalogsAsync([], [], CancellationToken.None).ToListAsync()).Single(c => c.Name == "iso").Href;
            Assert.StartsWith("https://localhost:", catalog, StringComparison.Ordinal);
            await SendAsync(path, session: session, catalog: catalog);
            await _server.AssertArrivedAsync(_name, path);
            Assert.Contains(_observer.Lines, l => l.StartsWith($"VERBOSE PUT https://localhost:{port}/***", StringComparison.Ordinal));
            Assert.DoesNotContain(_observer.Lines, l => l.StartsWith("VERBOSE", StringComparison.Ordinal) && l.Contains("https://localhost", StringComparison.Ordinal) && l.Contains("/api/", StringComparison.Ordinal));
            await AssertTransfersWereCleanAsync();
        }
        finally
        {
            await _server.Simulator.CommandAsync("vcd", "settings", new { publicAddress = _server.Simulator.Server("vcd").GetLeftPart(UriPartial.Authority) });
        }
    }

    [Fact]
    public async Task The_import_is_followed_to_its_end()
    {
        var path = _server.NewFile(_random, 100);
        var session = await _server.ConnectAsync(time: TimeProvider.System);
        var media = await SendAsync(path, session: session);
        var states = new List<string>();
        var done = await new VcdClient(session, SilentObserver.Instance).WaitImportAsync(media, TimeSpan.FromSeconds(60), t => states.Add(t.Status), CancellationToken.None);
        Assert.Equal("RESOLVED", done.Status);
        Assert.Equal("success", states[^1]);
        Assert.Equal("iso", done.Catalog);
    }

    private async Task WaitAsync(VcdMedia media)
    {
        var session = await _server.ConnectAsync(time: TimeProvider.System);
        await new VcdClient(session, SilentObserver.Instance).WaitImportAsync(media, TimeSpan.FromSeconds(60), null, CancellationToken.None);
    }

    private async Task<VcdMedia> SendAsync(string path, bool resume = false, bool force = false, int chunk = Chunk, Action<VcdTransferProgress>? progress = null, VcdSession? session = null, string? catalog = null, string? name = null, string? state = null, CancellationToken cancellationToken = default)
    {
        session ??= await _server.ConnectAsync(_observer);
        var upload = new VcdMediaUpload
        {
            Path = path,
            CatalogHref = catalog ?? await _server.CatalogAsync(session),
            CatalogName = "iso",
            Name = name ?? _name,
            Description = "from a test",
            ChunkSize = chunk,
            Resume = resume,
            Force = force,
            StateFolder = state ?? _state,
        };
        return await new VcdClient(session, _observer).SendMediaAsync(upload, progress, cancellationToken);
    }

    // A process that dies leaves what a cancelled upload leaves: nothing is tidied up in between.
    private async Task<VcdMedia?> SendAndKillAsync(string path, long afterBytes, int chunk = Chunk)
    {
        using var kill = new CancellationTokenSource();
        try
        {
            return await SendAsync(path, chunk: chunk, progress: p =>
            {
                if (p.Phase is VcdTransferPhase.Sending && p.Done >= afterBytes)
                {
                    kill.Cancel();
                }
            }, cancellationToken: kill.Token);
        }
        catch (OperationCanceledException)
        {
            await _server.SettleAsync();
            return null;
        }
    }

    private Task FaultAsync(object fault) => _server.Simulator.AddFaultAsync(fault);

    private async Task ClearAsync()
    {
        await _server.Simulator.ClearFaultsAsync();
        await _server.Simulator.ClearRequestsAsync();
    }

    // No credential goes to a transfer address, no body of the API is refused, and the address is in no stream.
    private async Task AssertTransfersWereCleanAsync()
    {
        var requests = await _server.Simulator.RequestsAsync("vcd");
        var transfers = requests.Where(r => r.Path.StartsWith("/transfer/", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(transfers);
        Assert.All(transfers, r => Assert.False(r.HasCredential));
        Assert.DoesNotContain(requests, r => r.Method == "POST" && r.Status == (int)HttpStatusCode.BadRequest);
        foreach (var path in transfers.Select(r => r.Path).Distinct(StringComparer.Ordinal))
        {
            Assert.DoesNotContain(path, _observer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(path.Split('/')[2], _observer.Text, StringComparison.Ordinal);
        }
    }
}
