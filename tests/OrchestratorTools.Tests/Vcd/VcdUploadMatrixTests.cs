using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using Xunit.Abstractions;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Every kind of upload through every kind of mishap: what the server holds afterwards is the file, by its SHA-256.</summary>
public sealed class VcdUploadMatrixTests : IClassFixture<VcdServer>, IAsyncLifetime
{
    private const int Chunk = 192 * 1024;
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("TEST_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Environment.TickCount;
    private readonly VcdServer _server;
    private readonly ITestOutputHelper _output;
    private readonly Random _random;
    private readonly string _name = "matrix-" + Guid.NewGuid().ToString("N");
    private readonly string _state;
    private readonly RecordingObserver _observer = new();

    public VcdUploadMatrixTests(VcdServer server, ITestOutputHelper output)
    {
        _server = server;
        _output = output;
        _random = new Random(Seed);
        _state = Path.Combine(server.Folder, "state-" + Guid.NewGuid().ToString("N"));
        output.WriteLine($"TEST_SEED={Seed}");
    }

    public static TheoryData<string, string> Matrix
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var kind in new[] { "ISO", "OVF", "OVA" })
            {
                foreach (var mishap in new[] { "reset at a random byte", "416", "401 in the middle", "lost answer", "slow server", "killed process" })
                {
                    data.Add(kind, mishap);
                }
            }

            return data;
        }
    }

    public Task InitializeAsync() => ClearAsync();

    public Task DisposeAsync() => ClearAsync();

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task What_the_server_holds_is_what_was_sent(string kind, string mishap)
    {
        var (path, files) = NewPackage(kind);
        var total = files.Values.Sum(f => (long)f.Length);
        var puts = files.Values.Sum(f => (f.Length + Chunk - 1) / Chunk);
        var skip = _random.Next(puts - 1);
        var at = _random.Next(1, 60_000);
        _output.WriteLine($"{kind}, {mishap}: {total} bytes in {puts} pieces; skip {skip}, at byte {at}");
        var kept = 0L;
        switch (mishap)
        {
            case "reset at a random byte":
                await FaultAsync(new { system = "vcd", kind = "resetRequest", method = "PUT", path = "/transfer/*", bytes = at, skip, count = 1 });
                await FaultAsync(new { system = "vcd", kind = "resetRequest", method = "PUT", path = "/transfer/*", bytes = _random.Next(1, Chunk), skip = skip / 2, count = 2 });
                break;
            case "416":
                await FaultAsync(new { system = "vcd", kind = "status", status = 416, method = "PUT", path = "/transfer/*", skip, count = 2 });
                break;
            case "401 in the middle":
                await FaultAsync(new { system = "vcd", kind = "status", status = 401, method = "PUT", path = "/transfer/*", skip });
                await FaultAsync(new { system = "vcd", kind = "expireSessions", method = "PUT", path = "/transfer/*", skip });
                break;
            case "lost answer":
                await FaultAsync(new { system = "vcd", kind = "lostAnswer", method = "PUT", path = "/transfer/*", skip, count = 1 });
                await FaultAsync(new { system = "vcd", kind = "lostAnswer", close = true, method = "PUT", path = "/transfer/*", skip = puts - 1, count = 1 });
                break;
            case "slow server":
                await FaultAsync(new { system = "vcd", kind = "slow", bytesPerSecond = 1_500_000, method = "PUT", path = "/transfer/*", count = 0 });
                break;
            default:
                kept = await StartAndKillAsync(kind, path, total);
                break;
        }

        await SendAsync(kind, path);
        await _server.AssertArrivedAsync(_name, files);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_state, "uploads"), "*.json"));
        var requests = await _server.Simulator.RequestsAsync("vcd");
        Assert.DoesNotContain(requests, r => r.Path.StartsWith("/transfer/", StringComparison.Ordinal) && r.HasCredential);
        Assert.True(requests.Where(r => r.Method == "PUT" && r.Fault is null).Sum(r => r.BodyBytes) <= total - kept);
        if (mishap is not "slow server" and not "killed process")
        {
            Assert.Contains(requests, r => r.Fault is not null);
        }
    }

    // A process is started, and killed once the server has some of the bytes; what it had sent is not sent again.
    private async Task<long> StartAndKillAsync(string kind, string path, long total)
    {
        var session = await _server.ConnectAsync();
        await FaultAsync(new { system = "vcd", kind = "latency", milliseconds = 120, method = "PUT", path = "/transfer/*", count = 0 });
        var login = _server.Login();
        var order = new ChildUpload(_server.Simulator.Server("vcd"), _server.Simulator.Thumbprint, login.Organization, login.User!, SecretText.Reveal(login.Password!), kind != "ISO", path, await _server.CatalogAsync(session), _name, Chunk, _state);
        using var child = Process.Start(new ProcessStartInfo("dotnet", [typeof(VcdUploadMatrixTests).Assembly.Location]) { RedirectStandardInput = true, RedirectStandardError = true, UseShellExecute = false })!;
        await child.StandardInput.WriteLineAsync(JsonSerializer.Serialize(order));
        await child.StandardInput.FlushAsync();
        var least = _random.NextInt64(total / 5, total / 2);
        var watch = Stopwatch.StartNew();
        while (await StoredAsync() < least)
        {
            Assert.False(child.HasExited, child.HasExited ? await child.StandardError.ReadToEndAsync() : "");
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60));
            await Task.Delay(10);
        }

        child.Kill();
        await child.WaitForExitAsync();
        var stored = await StoredAsync();
        Assert.InRange(stored, 1, total - 1);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(_state, "uploads"), "*.json"));
        _output.WriteLine($"killed when the server had {stored} bytes");
        await ClearAsync();
        return stored;

        async Task<long> StoredAsync()
            => (await _server.Simulator.CommandAsync("vcd", "transfers")).EnumerateArray().Where(t => t.GetProperty("name").GetString() == _name).Sum(t => t.GetProperty("stored").GetInt64());
    }

    private async Task SendAsync(string kind, string path)
    {
        var session = await _server.ConnectAsync(_observer);
        var client = new VcdClient(session, _observer);
        var catalog = await _server.CatalogAsync(session);
        if (kind == "ISO")
        {
            await client.SendMediaAsync(new VcdMediaUpload { Path = path, CatalogHref = catalog, CatalogName = "iso", Name = _name, ChunkSize = Chunk, StateFolder = _state }, null, CancellationToken.None);
        }
        else
        {
            await client.SendTemplateAsync(new VcdTemplateUpload { Path = path, CatalogHref = catalog, CatalogName = "iso", Name = _name, ChunkSize = Chunk, StateFolder = _state }, null, CancellationToken.None);
        }
    }

    // The file to send, and what the server is to hold then. Sizes are neither whole chunks nor whole blocks. OVF: a manifest, and a disk in chunks; OVA: a manifest of another algorithm, the disks in the other order.
    private (string Path, Dictionary<string, byte[]> Files) NewPackage(string kind)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_server.Folder, Guid.NewGuid().ToString("N"))).FullName;
        var first = NewBytes(1_400_000);
        if (kind == "ISO")
        {
            var iso = Path.Combine(folder, "disk.iso");
            File.WriteAllBytes(iso, first);
            return (iso, new(StringComparer.Ordinal) { ["file"] = first });
        }

        var second = NewBytes(900_000);
        var chunked = kind == "OVF";
        var part = (second.Length / 3) + 1;
        var descriptor = Encoding.UTF8.GetBytes(OvfFixture.Descriptor(OvfFixture.File_("disk-1.vmdk", first.Length), OvfFixture.File_("disk-2.vmdk.gz", second.Length, more: "ovf:compression=\"gzip\"" + (chunked ? $" ovf:chunkSize=\"{part}\"" : ""))));
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["descriptor.ovf"] = descriptor, ["disk-1.vmdk"] = first, ["disk-2.vmdk.gz"] = second };
        var pieces = chunked ? second.Chunk(part).Select((bytes, i) => ($"disk-2.vmdk.gz.{i:D9}", bytes)).ToArray() : [("disk-2.vmdk.gz", second)];
        var algorithm = chunked ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512;
        var manifest = Encoding.UTF8.GetBytes(string.Concat(pieces.Append(("disk-1.vmdk", first)).Append(("web.ovf", descriptor)).Select(f => $"{algorithm.Name}({f.Item1})= {OvfFixture.Hex(algorithm, f.Item2)}\r\n")));
        if (kind == "OVA")
        {
            var ova = Path.Combine(folder, "web.ova");
            File.WriteAllBytes(ova, new TarBuilder().Add("web.ovf", descriptor).Add("web.mf", manifest).Add("disk-2.vmdk.gz", second, TarBuilder.Format.Gnu).Add("disk-1.vmdk", first).ToArray());
            return (ova, files);
        }

        File.WriteAllBytes(Path.Combine(folder, "web.ovf"), descriptor);
        File.WriteAllBytes(Path.Combine(folder, "web.mf"), manifest);
        File.WriteAllBytes(Path.Combine(folder, "disk-1.vmdk"), first);
        foreach (var (name, bytes) in pieces)
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }

        return (Path.Combine(folder, "web.ovf"), files);
    }

    private byte[] NewBytes(int least)
    {
        var bytes = new byte[least + _random.Next(300_000)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private Task FaultAsync(object fault) => _server.Simulator.AddFaultAsync(fault);

    private async Task ClearAsync()
    {
        await _server.Simulator.ClearFaultsAsync();
        await _server.Simulator.ClearRequestsAsync();
    }
}
