using System.Security.Cryptography;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>A simulated vCloud Director for the tests of one class, and what they need of it.</summary>
public class VcdServer : IAsyncLifetime
{
    private string? _catalog;

    /// <summary>Simulated seconds in a real one.</summary>
    protected virtual string Speed => "20";

    public Simulator Simulator { get; private set; } = null!;

    public string Folder { get; } = Directory.CreateTempSubdirectory("vcd-tests-").FullName;

    public async Task InitializeAsync() => Simulator = await Simulator.StartAsync("--speed", Speed);

    public async Task DisposeAsync()
    {
        await Simulator.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    public VcdLogin Login(string organization = "acme")
    {
        var user = Simulator.System("vcd").GetProperty("users").EnumerateArray().First(u => u.GetProperty("organization").GetString() == organization);
        return new VcdLogin { Organization = organization, User = user.GetProperty("user").GetString(), Password = SecretText.From(user.GetProperty("password").GetString()) };
    }

    public VcdLogin TokenLogin => new() { Organization = Simulator.Text("vcd", "organization"), ApiToken = SecretText.From(Simulator.Text("vcd", "token")) };

    /// <summary>A session whose waits cost nothing; timeouts of requests stay.</summary>
    public async Task<VcdSession> ConnectAsync(IRequestObserver? observer = null, VcdLogin? login = null, TimeProvider? time = null, bool skipCertificateCheck = false)
    {
        var settings = Simulator.Settings("vcd") with { Time = time ?? new ManualTime { AutoAdvance = TimeSpan.FromMinutes(1) } };
        if (skipCertificateCheck)
        {
            settings = settings with { SkipCertificateCheck = true, ServerCertificateThumbprints = [] };
        }

        return await VcdSession.ConnectAsync(settings, login ?? Login(), observer ?? SilentObserver.Instance, CancellationToken.None);
    }

    /// <summary>The address of a catalog.</summary>
    public static async Task<string> CatalogAsync(VcdSession session, string name)
        => (await new VcdClient(session, SilentObserver.Instance).GetCatalogsAsync([], [], CancellationToken.None).ToListAsync()).Single(c => c.Name == name).Href;

    public async Task<string> CatalogAsync(VcdSession session)
        => _catalog ??= (await new VcdClient(session, SilentObserver.Instance).GetCatalogsAsync([], [], CancellationToken.None).ToListAsync()).Single(c => c.Name == "iso").Href;

    public string NewFile(Random random, long size)
    {
        var path = Path.Combine(Folder, Guid.NewGuid().ToString("N") + ".iso");
        using var stream = File.Create(path);
        var buffer = new byte[Math.Min(size, 1 << 20)];
        for (var left = size; left > 0; left -= Math.Min(left, buffer.Length))
        {
            random.NextBytes(buffer);
            stream.Write(buffer, 0, (int)Math.Min(left, buffer.Length));
        }

        return path;
    }

    /// <summary>Waits until the server has done with every piece: one whose sender broke off may be at work for a moment yet.</summary>
    public async Task SettleAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await Simulator.RequestsAsync("vcd")).FirstOrDefault(r => r.Method == "PUT" && r.Status == 0 && !r.Aborted) is { } busy)
        {
            Assert.False(limit.IsCancellationRequested, $"The server never ended: {busy}");
            await Task.Delay(20);
        }
    }

    /// <summary>What the server holds of the upload of a name.</summary>
    public async Task<JsonElement> TransferAsync(string name)
        => (await Simulator.CommandAsync("vcd", "transfers")).EnumerateArray().Last(t => t.GetProperty("name").GetString() == name);

    /// <summary>What the server holds of each file of the latest upload of a name.</summary>
    public async Task<IReadOnlyDictionary<string, JsonElement>> FilesAsync(string name)
    {
        var all = (await Simulator.CommandAsync("vcd", "transfers")).EnumerateArray().Where(t => t.GetProperty("name").GetString() == name).ToArray();
        var last = all[^1].GetProperty("id").GetString();
        return all.Where(t => t.GetProperty("id").GetString() == last).ToDictionary(t => t.GetProperty("file").GetString()!, StringComparer.Ordinal);
    }

    /// <summary>Asserts that the server has these files of an upload, whole and byte for byte; whatever else it has is complete.</summary>
    public async Task AssertArrivedAsync(string name, IReadOnlyDictionary<string, byte[]> files)
    {
        var arrived = await FilesAsync(name);
        Assert.All(arrived.Values, f => Assert.True(f.GetProperty("complete").GetBoolean(), f.ToString()));
        foreach (var (file, bytes) in files)
        {
            Assert.Equal(Convert.ToHexString(SHA256.HashData(bytes)), arrived[file].GetProperty("sha256").GetString(), ignoreCase: true);
        }
    }

    /// <summary>Asserts that the server has the file, whole and byte for byte.</summary>
    public async Task AssertArrivedAsync(string name, string path)
    {
        var transfer = await TransferAsync(name);
        var expected = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(path)));
        Assert.True(transfer.GetProperty("complete").GetBoolean(), transfer.ToString());
        Assert.Equal(expected, transfer.GetProperty("sha256").GetString(), ignoreCase: true);
    }
}

/// <summary>A server that takes its time: an import lasts three seconds, as on a real one.</summary>
public sealed class PatientVcdServer : VcdServer
{
    protected override string Speed => "1";
}
