using System.Xml.Linq;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>
/// Every state of vApps and machines against everything that is done with them: what the entity's links say, as a plain request reads them, is what the client does. Allowed: the one request reaches the server. Done already: nothing is
/// sent, and nothing is wrong. Else: nothing is sent, and the error is of kind WrongState.
/// </summary>
public sealed class VcdStateTableTests : IClassFixture<VcdServer>
{
    private const string Snapshot = "New snapshot";
    private static readonly string[] Off = ["8", "1"];

    // What is done, by which link, where there is nothing to do, and where the link is there but something else would be done.
    private static readonly Dictionary<string, (VcdOperation? Operation, string Rel, Func<Cell, bool> Done, Func<Cell, bool> Unfit)> Actions = new(StringComparer.Ordinal)
    {
        ["Start"] = (VcdOperations.Start, "power:powerOn", c => c.Status == "4", No),
        ["Start, customized"] = (VcdOperations.StartCustomized, "deploy", No, No),
        ["Deploy only"] = (VcdOperations.DeployOnly, "deploy", c => c.Deployed && (c.Status == "4" || Off.Contains(c.Status, StringComparer.Ordinal)), No),
        ["Stop"] = (VcdOperations.Stop("powerOff"), "undeploy", c => !c.Deployed && Off.Contains(c.Status, StringComparer.Ordinal), No),
        ["Stop, guest"] = (VcdOperations.Stop("shutdown"), "undeploy", c => !c.Deployed && Off.Contains(c.Status, StringComparer.Ordinal), No),
        ["Stop, in order"] = (VcdOperations.Stop("default"), "undeploy", c => !c.Deployed && Off.Contains(c.Status, StringComparer.Ordinal), No),
        ["Suspend"] = (VcdOperations.Suspend, "power:suspend", c => c.Status == "3", No),
        ["Suspend, undeploy"] = (VcdOperations.SuspendAndUndeploy, "undeploy", c => c.Status == "3" && !c.Deployed, c => Off.Contains(c.Status, StringComparer.Ordinal)),
        ["Resume"] = (VcdOperations.Resume, "power:powerOn", c => c.Status == "4", c => c.Status != "3" && !(c.Machines.Contains("3", StringComparer.Ordinal) && !c.Machines.Contains("8", StringComparer.Ordinal))),
        ["Discard"] = (VcdOperations.Discard, "discardState", No, No),
        ["Restart"] = (VcdOperations.Restart, "power:reboot", No, No),
        ["Reset"] = (VcdOperations.Reset, "power:reset", No, No),
        ["Tools"] = (VcdOperations.InstallTools, "installVmwareTools", No, No),
        ["Consolidate"] = (VcdOperations.Consolidate, "consolidate", No, No),
        ["Hardware"] = (VcdOperations.UpgradeHardware, "upgrade", No, No),
        ["Enter maintenance"] = (VcdOperations.EnterMaintenance, "enterMaintenanceMode", c => c.InMaintenance, No),
        ["Leave maintenance"] = (VcdOperations.ExitMaintenance, "exitMaintenanceMode", c => !c.InMaintenance, No),
        ["Revert"] = (VcdOperations.RevertToSnapshot, "snapshot:revertToCurrent", No, No),
        ["Remove snapshots"] = (VcdOperations.RemoveSnapshots, "snapshot:removeAll", No, No),
        [Snapshot] = (null, "snapshot:create", No, c => c.HasSnapshot),
    };

    private readonly VcdServer _server;

    public VcdStateTableTests(VcdServer server) => _server = server;

    [Theory]
    [InlineData("on", "4 True")]
    [InlineData("stopped", "8 True")]
    [InlineData("off", "8 False")]
    [InlineData("with a snapshot", "8 False")]
    [InlineData("suspended", "3 True")]
    [InlineData("released", "3 False")]
    [InlineData("mixed", "10 True")]
    [InlineData("half suspended", "10 True")]
    [InlineData("half suspended, half off", "10 True")]
    [InlineData("waiting", "5 True")]
    [InlineData("failed", "-1 False")]
    [InlineData("expired", "8 False")]
    [InlineData("in maintenance", null)]
    [InlineData("empty", "1 False")]
    public async Task Every_cell_is_what_the_links_say(string state, string? expected)
    {
        var vApp = await InStateAsync(state);
        using var raw = await VcdRaw.LoginAsync(_server.Simulator);
        await using var session = await _server.ConnectAsync();
        var client = new VcdClient(session, SilentObserver.Instance);
        if (expected is not null)
        {
            Assert.Equal(expected, $"{vApp.Text("status")} {vApp.Text("deployed") == "true"}");
        }

        var machine = VcdRawCompute.Machines(vApp).OrderBy(m => m.Text("status") != vApp.Text("status")).FirstOrDefault();
        var wrong = new List<string>();
        var tally = new Dictionary<string, int>(StringComparer.Ordinal);
        try
        {
            // What is begun never ends by itself, and is cancelled: the state stays.
            await _server.Simulator.CommandAsync("vcd", "settings", new { powerSeconds = 100000 });
            foreach (var href in new[] { vApp.Text("href"), machine?.Text("href") }.OfType<string>())
            {
                foreach (var (name, action) in Actions)
                {
                    var entity = await raw.GetAsync(href);
                    var outcome = Expected(new Cell(entity, vApp), action);
                    var actual = await TryAsync(raw, client, href, action.Operation);
                    tally[actual] = tally.GetValueOrDefault(actual) + 1;
                    if (outcome != actual)
                    {
                        wrong.Add($"{entity.Name.LocalName} {state}, {name}: {outcome} by the links, {actual} by the client");
                    }
                }
            }
        }
        finally
        {
            await _server.Simulator.CommandAsync("vcd", "settings", new { powerSeconds = (double?)null });
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(tally.GetValueOrDefault("refused") > 0);
        Assert.Equal(state is "failed" or "expired" or "in maintenance", tally.GetValueOrDefault("sent") == 0);
    }

    private static bool No(Cell cell) => false;

    private static string Expected(Cell cell, (VcdOperation? Operation, string Rel, Func<Cell, bool> Done, Func<Cell, bool> Unfit) action)
        => action.Done(cell) ? "nothing" : VcdRawCompute.Offers(cell.Entity, action.Rel) && !action.Unfit(cell) ? "sent" : "refused";

    // What the client did, told by the server's own log.
    private async Task<string> TryAsync(VcdRaw raw, VcdClient client, string href, VcdOperation? operation)
    {
        var last = (await _server.Simulator.RequestsAsync("vcd")) is { Count: > 0 } log ? log[^1].Id : 0;
        VcdChange? change = null;
        OrchestratorApiException? error = null;
        try
        {
            change = operation is null
                ? await client.NewSnapshotAsync(href, null, null, memory: false, quiesce: false, replace: false, CancellationToken.None)
                : await client.OperateAsync(href, operation, CancellationToken.None);
        }
        catch (OrchestratorApiException e)
        {
            error = e;
        }

        var sent = (await _server.Simulator.RequestsAsync("vcd", last)).Where(r => r.Method != "GET").ToArray();
        if (change?.Task is { } task)
        {
            var request = Assert.Single(sent);
            Assert.Equal((202, "POST"), (request.Status, request.Method));
            Assert.StartsWith(new Uri(href).AbsolutePath + "/", request.Path, StringComparison.Ordinal);
            await raw.FollowAsync(await raw.GetAsync(task.Href), "task:cancel");
            await raw.DoneAsync(task.Href);
            return "sent";
        }

        Assert.Empty(sent);
        if (error is null)
        {
            Assert.True(change!.IsNothing);
            return "nothing";
        }

        Assert.Equal((OrchestratorErrorKind.WrongState, (System.Net.HttpStatusCode?)null), (error.Kind, error.StatusCode));
        Assert.Contains("Nothing was sent.", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.RecommendedAction!);
        return "refused";
    }

    private async Task<XElement> InStateAsync(string state)
    {
        using var raw = await VcdRaw.LoginAsync(_server.Simulator);
        if (state is "failed" or "in maintenance" or "empty")
        {
            var filter = state switch { "failed" => "status==FAILED_CREATION", "empty" => "status==RESOLVED", _ => "isInMaintenanceMode==true" };
            return await raw.GetAsync((await raw.RecordsAsync($"type=vApp&filter={filter}"))[0].Text("href"));
        }

        var name = $"table {state}";
        var vApp = await raw.NewVAppAsync(name, state is "mixed" or "half suspended" or "half suspended, half off" ? "web & db, two VMs" : "debian-12-base", powerOn: state is not ("off" or "with a snapshot" or "expired"));
        switch (state)
        {
            case "stopped":
                return await raw.DoAsync(vApp, "power:powerOff");
            case "suspended":
                return await raw.DoAsync(vApp, "power:suspend");
            case "released":
                return await raw.DoAsync(vApp, "undeploy", VcdRawCompute.UndeployBody("suspend"));
            case "with a snapshot":
                return await raw.DoAsync(vApp, "snapshot:create", VcdRawCompute.Element("CreateSnapshotParams", new XAttribute("memory", "false")));
            case "expired":
                var lease = VcdRawCompute.Element("LeaseSettingsSection", new XElement(VcdRawCompute.Ovf + "Info"), VcdRawCompute.Element("StorageLeaseInSeconds", 3600));
                await raw.PutAsync(vApp, "leaseSettingsSection/", lease, "leaseSettingsSection");
                await _server.Simulator.AdvanceAsync(TimeSpan.FromSeconds(3700));
                using (var later = await VcdRaw.LoginAsync(_server.Simulator))
                {
                    Assert.Equal("true", (await later.RecordsAsync($"type=vApp&filter=id=={vApp.Text("id")}"))[0].Text("isExpired"));
                    return await later.GetAsync(vApp.Text("href"));
                }


            case "half suspended":
                await raw.SucceededAsync(await raw.FollowAsync(VcdRawCompute.Machines(vApp)[1], "power:suspend"));
                break;
            case "half suspended, half off":
                await raw.SucceededAsync(await raw.FollowAsync(VcdRawCompute.Machines(vApp)[1], "power:suspend"));
                await raw.SucceededAsync(await raw.FollowAsync(VcdRawCompute.Machines(vApp)[0], "power:powerOff"));
                break;
            case "mixed":
                await raw.SucceededAsync(await raw.FollowAsync(VcdRawCompute.Machines(vApp)[1], "power:powerOff"));
                break;
            case "waiting":
                await _server.Simulator.CommandAsync("vcd", "machine", new { name = "vm1", vApp = name, question = "Go on?" });
                break;
        }

        return await raw.GetAsync(vApp.Text("href"));
    }

    /// <summary>An entity in its state.</summary>
    internal sealed record Cell(XElement Entity, XElement VApp)
    {
        public string Status => Entity.Text("status");

        public bool Deployed => Entity.Text("deployed") == "true";

        public string[] Machines => [.. VcdRawCompute.Machines(Entity).Select(m => m.Text("status"))];

        public bool InMaintenance => Entity.Child("InMaintenanceMode") == "true";

        public bool HasSnapshot => Entity.DescendantsAndSelf().Elements(VcdRaw.Ns + "Snapshot").Any();
    }
}
