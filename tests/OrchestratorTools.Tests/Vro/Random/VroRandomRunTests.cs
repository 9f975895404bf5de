using System.Diagnostics;
using System.Globalization;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using Xunit.Abstractions;

namespace OrchestratorTools.Tests.Vro.Random;

/// <summary>
/// A thousand random runs of the state machine with random faults: what the orders and waits of the client say, and what an oracle reads from the server's own log, agree every time.
/// The seed is printed. ORCHESTRATORTOOLS_TEST_SEED sets another (or "random"), ORCHESTRATORTOOLS_TEST_RUN makes one run alone: the one that failed.
/// </summary>
public sealed class VroRandomRunTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Runs = 1000;
    private const int Named = 8;
    private const int DefaultSeed = 20261121;
    private Simulator _simulator = null!;

    public async Task InitializeAsync() => _simulator = await Simulator.StartAsync("--speed", "0.000001", "--plans", (Runs + Named).ToString(CultureInfo.InvariantCulture));

    public async Task DisposeAsync() => await _simulator.DisposeAsync();

    [Fact]
    public async Task What_is_said_of_a_thousand_random_runs_is_what_the_server_saw()
    {
        var seed = Environment.GetEnvironmentVariable("ORCHESTRATORTOOLS_TEST_SEED") switch
        {
            null or "" => DefaultSeed,
            "random" => System.Random.Shared.Next(),
            var given => int.Parse(given, CultureInfo.InvariantCulture),
        };
        int? only = int.TryParse(Environment.GetEnvironmentVariable("ORCHESTRATORTOOLS_TEST_RUN"), NumberStyles.None, CultureInfo.InvariantCulture, out var one) ? one : null;
        output.WriteLine($"Seed {seed}.");
        var watch = Stopwatch.StartNew();
        var time = new DrivenTime(DateTimeOffset.UtcNow);
        var login = VroLogin.Password(_simulator.Text("vro", "user"), SecretText.From(_simulator.Text("vro", "password"))!);
        await using var session = await VroSession.ConnectAsync(_simulator.Settings("vro") with { Time = time, MaximumRetryCount = 2 }, login, "v7.21", SilentObserver.Instance, default);
        var client = new VroClient(session, SilentObserver.Instance);
        var plans = new List<VroPlan>();
        await foreach (var plan in client.ListPlansAsync(new VroPlanQuery { SortBy = "id" }, default))
        {
            plans.Add(plan);
        }

        var other = plans.Single(p => p.Name == "dc1-web");
        plans.RemoveAll(p => p.Name.StartsWith("dc1-", StringComparison.Ordinal) || p.Name.StartsWith("dc2-", StringComparison.Ordinal));
        Assert.Equal(Runs, plans.Count);
        var sent = new Dictionary<string, int>(StringComparer.Ordinal);
        var said = new Dictionary<string, int>(StringComparer.Ordinal);
        var (faulty, contradictions, lastRequest) = (0, new List<string>(), 0L);
        for (var number = only ?? 0; number <= (only ?? (Runs - 1)); number++)
        {
            RunRecord run;
            try
            {
                run = await new RunDriver(_simulator, client, time, plans[number], other, seed, number).RunAsync(lastRequest);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"Run {number} of seed {seed} broke: {e.Message}", e);
            }

            lastRequest = run.Log.Count > 0 ? run.Log[^1].Id : lastRequest;
            faulty += RunOracle.HitsAFault(run) ? 1 : 0;
            foreach (var action in RunOracle.Sent(run))
            {
                sent[action] = sent.GetValueOrDefault(action) + 1;
            }

            foreach (var report in run.Reports)
            {
                said[report.Said] = said.GetValueOrDefault(report.Said) + 1;
            }

            if (RunOracle.Judge(run) is { Count: > 0 } found)
            {
                contradictions.Add($"{string.Join("\n", found)}\n{run}\nOnce more: ORCHESTRATORTOOLS_TEST_SEED={seed} ORCHESTRATORTOOLS_TEST_RUN={number}");
            }
            else if (only is not null)
            {
                output.WriteLine(run.ToString());
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{faulty} of {Runs} runs hit a fault; {watch.Elapsed.TotalSeconds:0} s, {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:0} s of this process's time."));
        output.WriteLine(string.Join(", ", sent.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value}"))));
        output.WriteLine(string.Join(", ", said.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value}"))));
        Assert.True(contradictions.Count == 0, $"Seed {seed}: {contradictions.Count} runs contradict.\n{string.Join("\n\n", contradictions.Take(5))}");
        if (only is null)
        {
            Assert.True(faulty >= Runs * 3 / 10, $"Seed {seed}: only {faulty} runs hit a fault.");
            Assert.All(RunDriver.Actions, action => Assert.True(sent.GetValueOrDefault(action) >= 20, $"Seed {seed}: {action} was sent {sent.GetValueOrDefault(action)} times."));
        }
    }
}
