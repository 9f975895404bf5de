using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Clients.Vro;
using Xunit.Abstractions;

namespace OrchestratorTools.Tests;

/// <summary>
/// The tour of examples/Tour.ps1 through the clients: what <c>./build.sh demo</c> shows where no PowerShell can be had. Its steps are written, as they happen, to the file that
/// ORCHESTRATORTOOLS_TOUR_LOG names.
/// </summary>
public sealed class TourTests(ITestOutputHelper output)
{
    private readonly string? _log = Environment.GetEnvironmentVariable("ORCHESTRATORTOOLS_TOUR_LOG");

    [Fact]
    public async Task Tour()
    {
        var observer = SilentObserver.Instance;
        Say("Starting three servers on this machine: a VeloCloud Orchestrator, a vCloud Director, a Veeam Recovery Orchestrator");
        await using var simulator = await Simulator.StartAsync("--speed", "20");

        Say("Connecting to each; their certificates are self-signed, so they are pinned");
        await using var velo = await VeloCloudSession.LogInAsync(simulator.Settings("veloCloud"), simulator.Text("veloCloud", "user"), Secret("veloCloud", "password"), asOperator: false, observer, default);
        await using var vcd = await VcdSession.ConnectAsync(simulator.Settings("vcd"), new VcdLogin { Organization = simulator.Text("vcd", "organization"), User = simulator.Text("vcd", "user"), Password = Secret("vcd", "password") }, observer, default);
        await using var vro = await VroSession.ConnectAsync(simulator.Settings("vro"), VroLogin.Client(simulator.Text("vro", "clientId"), Secret("vro", "clientSecret")), null, observer, default);
        Say($"  {velo.User} at {velo.Server.Authority}; {vcd.User} at {vcd.Server.Authority}, API {vcd.ApiVersion}; {vro.User} at {vro.Server.Authority}, API {vro.ApiVersion}");

        Say("Which edges are down, and since when?");
        var down = 0;
        await foreach (var edge in new VeloCloudClient(velo, observer).GetEdgesAsync(null, null, [], default))
        {
            if (edge.State is "OFFLINE")
            {
                down++;
                Say($"  {edge.Name,-24} {edge.State,-10} {edge.LastContact:u}");
            }
        }

        Assert.NotEqual(0, down);

        Say("Uploading an ISO image of 64 MiB");
        var file = Path.Combine(Path.GetTempPath(), $"tour-{Guid.NewGuid():N}.iso");
        try
        {
            await File.WriteAllBytesAsync(file, new byte[64 << 20]);
            var cloud = new VcdClient(vcd, observer);
            VcdCatalog? catalog = null;
            await foreach (var found in cloud.GetCatalogsAsync([VcdNamePattern.Of("iso")], [], default))
            {
                catalog = found;
            }

            var shown = -1L;
            var media = await cloud.SendMediaAsync(
                new VcdMediaUpload { Path = file, CatalogHref = catalog!.Href, CatalogName = catalog.Name, Name = "tour.iso", StateFolder = Path.GetTempPath() },
                progress =>
                {
                    var percent = progress.Total == 0 ? 0 : progress.Done * 100 / progress.Total;
                    if (percent / 25 != shown / 25)
                    {
                        shown = percent;
                        Say($"  {progress.Phase} {percent} %");
                    }
                },
                default);
            Say($"  {media.Name}, {media.Size} bytes");
            Assert.Equal(64 << 20, media.Size);
        }
        finally
        {
            File.Delete(file);
        }

        Say("Failing a recovery plan over, and waiting until it is done");
        var recovery = new VroClient(vro, observer);
        VroPlan? plan = null;
        await foreach (var found in recovery.ListPlansAsync(new VroPlanQuery { Names = ["dc1-web"], Match = p => p.Name is "dc1-web" }, default))
        {
            plan = found;
        }

        await recovery.StartFailoverAsync(plan!, new VroFailover(), default);
        var state = string.Empty;
        VroPlanRuntime ended;
        do
        {
            // The waiter of the cmdlets knows of starts that the cmdlets made; here the run's own words are followed.
            ended = await recovery.GetRuntimeAsync(plan!.Id, default);
            var now = $"{ended.State}, {ended.Progress} %";
            if (!string.Equals(now, state, StringComparison.Ordinal))
            {
                state = now;
                Say("  " + now);
            }

            await Task.Delay(100);
        }
        while (ended.IsRunning is not false || string.Equals(ended.State, plan.State, StringComparison.Ordinal));
        Assert.True(ended.IsStable);
        Assert.False(ended.State is "Halted", ended.ResultName);

        Say("Logging out everywhere");
        await velo.LogoutAsync(observer, default);
        await vcd.LogoutAsync(observer, default);
        await vro.LogoutAsync(observer, default);

        System.Security.SecureString Secret(string system, string member) => SecretText.From(simulator.Text(system, member))!;
    }

    private void Say(string line)
    {
        output.WriteLine(line);
        if (_log is not null)
        {
            File.AppendAllText(_log, line + Environment.NewLine);
        }
    }
}
