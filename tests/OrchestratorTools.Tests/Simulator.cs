using System.Diagnostics;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Resilience;

namespace OrchestratorTools.Tests;

/// <summary>A simulator of a test's own, in a process of its own. Ends with the test, and with the test process.</summary>
public sealed class Simulator : IAsyncDisposable
{
    private readonly Process _process;
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web);
    private readonly HttpClient _control;

    private Simulator(Process process, JsonElement greeting)
    {
        _process = process;
        Greeting = greeting;
        Thumbprint = greeting.GetProperty("certificateThumbprint").GetString()!;
        var control = greeting.GetProperty("control");
        _control = new HttpClient { BaseAddress = new Uri(control.GetProperty("server").GetString()!) };
        _control.DefaultRequestHeaders.Add("X-Control-Token", control.GetProperty("token").GetString());
    }

    /// <summary>The greeting line (docs/simulator.md).</summary>
    public JsonElement Greeting { get; }

    public string Thumbprint { get; }

    /// <summary>The repository's folder.</summary>
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    /// <summary>The folder of shared facts beside the repository, where it is there.</summary>
    public static string SharedFolder { get; } = Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared"));

    /// <summary>The vCloud schemas, or null where they are not there.</summary>
    public static string? VcdSchemas { get; } = Path.Combine(SharedFolder, "specs", "vcd-xsd") is var d && File.Exists(Path.Combine(d, "all.xsd")) ? d : null;

    /// <summary>The simulator's own assembly.</summary>
    public static string AssemblyPath { get; } = Metadata("SimulatorAssembly");

    public static async Task<Simulator> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(AssemblyPath);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        if (VcdSchemas is { } schemas)
        {
            start.ArgumentList.Add("--vcd-schemas");
            start.ArgumentList.Add(schemas);
        }

        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) ?? throw new InvalidOperationException("The simulator said nothing.");
        return new Simulator(process, JsonDocument.Parse(line).RootElement.Clone());
    }

    public JsonElement System(string name) => Greeting.GetProperty(name);

    public Uri Server(string name) => new(System(name).GetProperty("server").GetString()!);

    public string Text(string system, string member) => System(system).GetProperty(member).GetString()!;

    /// <summary>Settings that reach one of the three servers, with the certificate pinned and everything else as a user's.</summary>
    public ConnectionSettings Settings(string system) => new()
    {
        Server = Server(system),
        ServerCertificateThumbprints = [Thumbprint],
        NoProxy = true,
        Resilience = ResilienceHandler.Create,
    };

    /// <summary>The request log of a system.</summary>
    public async Task<IReadOnlyList<LoggedRequest>> RequestsAsync(string system, long after = 0)
        => await _control.GetFromJsonAsync<LoggedRequest[]>($"requests?system={system}&after={after}", JsonOptions) ?? [];

    public async Task ClearRequestsAsync() => (await _control.DeleteAsync(new Uri("requests", UriKind.Relative))).EnsureSuccessStatusCode();

    /// <summary>Adds a fault (docs/simulator.md, "Faults").</summary>
    public async Task AddFaultAsync(object fault) => (await _control.PostAsJsonAsync("faults", fault)).EnsureSuccessStatusCode();

    public async Task ClearFaultsAsync() => (await _control.DeleteAsync(new Uri("faults", UriKind.Relative))).EnsureSuccessStatusCode();

    public async Task AdvanceAsync(TimeSpan by) => (await _control.PostAsJsonAsync("clock", new { advanceSeconds = by.TotalSeconds })).EnsureSuccessStatusCode();

    public async Task ExpireSessionsAsync(string system, bool refreshTokens = false) => (await _control.PostAsJsonAsync("sessions/expire", new { system, refreshTokens })).EnsureSuccessStatusCode();

    /// <summary>Runs a command of one system and returns its answer.</summary>
    public async Task<JsonElement> CommandAsync(string system, string command, object? arguments = null)
    {
        using var response = await _control.PostAsJsonAsync($"systems/{system}/{command}", arguments ?? new { });
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{system}/{command}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static string Metadata(string key)
        => typeof(Simulator).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}

/// <summary>A line of the simulator's request log.</summary>
public sealed record LoggedRequest(long Id, string System, string Method, string Path, string? Query, int Status, DateTimeOffset StartedAt, double Milliseconds, long BodyBytes, long ResponseBytes, bool HasCredential, bool Aborted, string? Fault, string? Body);
