using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Switching vApps and machines of the simulated server on and off: what has a link is taken, what has none is refused.</summary>
public sealed class VcdSimulatorPowerTests : IClassFixture<VcdServer>, IAsyncLifetime
{
    private static readonly string[] Versions = ["37.2", "30.0", "39.1", "5.5"];
    private static readonly string[] Actions = ["power:powerOn", "power:powerOff", "power:reboot", "power:reset", "power:shutdown", "power:suspend", "deploy", "undeploy", "discardState"];
    private readonly VcdServer _server;

    public VcdSimulatorPowerTests(VcdServer server) => _server = server;

    public Task InitializeAsync() => _server.Simulator.CommandAsync("vcd", "settings", new { versions = Versions });

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_vApp_goes_through_its_states_and_the_links_follow()
    {
        using var raw = await VcdRaw.LoginAsync(_server.Simulator, "37.2");
        var vApp = await raw.GetAsync(await raw.FindAsync("vApp", "WEB"));
        Assert.Equal(("4", "true"), (vApp.Text("status"), vApp.Text("deployed")));

        vApp = await raw.DoAsync(vApp, "power:suspend");
        Assert.Equal(("3", "true"), (vApp.Text("status"), vApp.Text("deployed")));
        vApp = await raw.DoAsync(vApp, "discardState");
        Assert.Equal(("8", "true"), (vApp.Text("status"), vApp.Text("deployed")));
        Assert.False(VcdRawCompute.Offers(vApp, "deploy"));
        Assert.False(VcdRawCompute.Offers(vApp, "remove"));
        vApp = await raw.DoAsync(vApp, "undeploy", VcdRawCompute.UndeployBody());
        Assert.Equal(("8", "false"), (vApp.Text("status"), vApp.Text("deployed")));
        Assert.True(VcdRawCompute.Offers(vApp, "remove"));
        vApp = await raw.DoAsync(vApp, "deploy", VcdRawCompute.DeployBody(powerOn: false));
        Assert.Equal(("8", "true"), (vApp.Text("status"), vApp.Text("deployed")));
        vApp = await raw.DoAsync(vApp, "power:powerOn");
        Assert.Equal(("4", "true"), (vApp.Text("status"), vApp.Text("deployed")));
        vApp = await raw.DoAsync(vApp, "power:reset");
        Assert.Equal("4", vApp.Text("status"));
    }

    [Theory]
    [InlineData("POWERED_ON", false)]
    [InlineData("POWERED_OFF", false)]
    [InlineData("SUSPENDED", false)]
    [InlineData("MIXED", false)]
    [InlineData("RESOLVED", false)]
    [InlineData("FAILED_CREATION", false)]
    [InlineData("POWERED_ON", true)]
    [InlineData("POWERED_OFF", true)]
    [InlineData("SUSPENDED", true)]
    public async Task What_has_no_link_is_refused_and_begins_nothing(string status, bool isMachine)
    {
        using var raw = await VcdRaw.LoginAsync(_server.Simulator, "37.2", "System");
        var filter = isMachine ? $"type=adminVM&filter=status=={status};isVAppTemplate==false;isExpired==false" : $"type=adminVApp&filter=status=={status};isExpired==false";
        foreach (var record in await raw.RecordsAsync(filter))
        {
            var entity = await raw.GetAsync(record.Text("href"));
            var offered = VcdRawCompute.Rels(entity);
            foreach (var action in Actions.Except(offered, StringComparer.Ordinal))
            {
                var answer = await raw.ActAsync(entity.Text("href"), action);
                answer.Refused(400, "BAD_REQUEST", $"\"{entity.Text("name")}\"");
            }

            Assert.Equal(entity.Text("status"), (await raw.GetAsync(entity.Text("href"))).Text("status"));
        }
    }

    [Theory]
    [InlineData("off", "8 false", "power:powerOn=4 true, deploy=4 true")]
    [InlineData("stopped", "8 true", "power:powerOn=4 true, power:powerOff=8 true, undeploy=8 false")]
    [InlineData("on", "4 true", "power:powerOff=8 true, power:reboot=4 true, power:reset=4 true, power:shutdown=8 true, power:suspend=3 true, undeploy=8 false")]
    [InlineData("suspended", "3 true", "power:powerOn=4 true, power:powerOff=8 true, deploy=4 true, undeploy=8 false, discardState=8 true")]
    [InlineData("released", "3 false", "power:powerOn=4 true, power:powerOff=8 false, deploy=4 true, discardState=8 false")]
    [InlineData("mixed", "10 true", "power:powerOn=4 true, power:powerOff=8 true, power:reboot=10 true, power:reset=10 true, power:shutdown=8 true, power:suspend=10 true, deploy=4 true, undeploy=8 false")]
    [InlineData("waiting", "5 true", "power:powerOff=8 true, power:reset=4 true, undeploy=8 false")]
    public async Task What_has_a_link_is_done_and_leads_to_its_state(string state, string begin, string actions)
    {
        using var raw = await VcdRaw.LoginAsync(_server.Simulator, "37.2");
        var expected = actions.Split(", ").Select(a => a.Split('=')).ToDictionary(a => a[0], a => a[1], StringComparer.Ordinal);
        foreach (var (action, end) in expected)
        {
            var vApp = await InStateAsync(raw, state, $"{state} {action.Replace(':', ' ')}");
            Assert.Equal(begin, $"{vApp.Text("status")} {vApp.Text("deployed")}");
            Assert.Equal(string.Join(' ', expected.Keys.Order(StringComparer.Ordinal)), string.Join(' ', VcdRawCompute.Rels(vApp).Intersect(Actions, StringComparer.Ordinal).Order(StringComparer.Ordinal)));
            await raw.SucceededAsync(await raw.ActAsync(vApp.Text("href"), action));
            vApp = await raw.GetAsync(vApp.Text("href"));
            Assert.True(end == $"{vApp.Text("status")} {vApp.Text("deployed")}", $"{state}, {action}: {vApp.Text("status")} {vApp.Text("deployed")}");
        }
    }

    [Fact]
    public async Task The_sentences_are_those_that_users_report()
    {
        using var raw = await VcdRaw.LoginAsync(_server.Simulator, "37.2", "System");
        var machine = (await raw.RecordsAsync("type=adminVM&filter=status==POWERED_OFF;isDeployed==false;isVAppTemplate==false;isExpired==false"))[0];
        (await raw.ActAsync(machine.Text("href"), "powerOff")).Refused(400, "BAD_REQUEST", $"The requested operation could not be executed since VM \"{machine.Text("name")}\" is not powered on.");
        var empty = (await raw.RecordsAsync("type=adminVApp&filter=status==RESOLVED"))[0];
        (await raw.ActAsync(empty.Text("href"), "undeploy")).Refused(400, "BAD_REQUEST", $"The requested operation could not be executed since vApp \"{empty.Text("name")}\" is not running.");
    }

    [Fact]
    public async Task A_vApp_is_mixed_while_its_machines_differ_and_its_actions_go_to_those_that_can()
    {
        using var raw = await VcdRaw.LoginAsync(_server.Simulator, "37.2");
        var vApp = await raw.GetAsync(await raw.FindAsync("vApp", "R&D lab"));
        var machines = VcdRawCompute.Machines(vApp);
        if (machines.Count < 2) vApp = await raw.GetAsync(await raw.FindAsync("vApp", "web"));
        machines = VcdRawCompute.Machines(vApp);
        Assert.True(machines.Count > 1);
        await raw.SucceededAsync(await raw.FollowAsync(machines[0], "undeploy", VcdRawCompute.UndeployBody()));
        vApp = await raw.GetAsync(vApp.Text("href"));
        Assert.Equal("10", vApp.Text("status"));
        Assert.Equal("true", vApp.Text("deployed"));
        Assert.Equal("MIXED", (await raw.RecordsAsync($"type=vApp&filter=id=={vApp.Text("id")}"))[0].Text("status"));
        vApp = await raw.DoAsync(vApp, "power:powerOn");
        Assert.Equal("4", vApp.Text("status"));
        Assert.All(VcdRawCompute.Machines(vApp), m => Assert.Equal(("4", "true"), (m.Text("status"), m.Text("deployed"))));
    }

    [Fact]
    public async Task A_task_takes_its_time_says_how_far_it_is_and_makes_everything_around_it_busy()
    {
        using var raw = await VcdRaw.LoginAsync(_server.Simulator, "37.2", "globex");
        await _server.Simulator.CommandAsync("vcd", "settings", new { powerSeconds = 100000 });
        try
        {
            var record = (await raw.RecordsAsync("type=vApp&filter=status==SUSPENDED"))[0];
            var vApp = await raw.GetAsync(record.Text("href"));
            var task = (await raw.FollowAsync(vApp, "power:powerOn")).Expect(202).Xml;
            Assert.Equal("vappDeploy", task.Text("operationName"));
            Assert.StartsWith("Starting Virtual Application ", task.Text("operation"), StringComparison.Ordinal);
            (await raw.ActAsync(vApp.Text("href"), "powerOn")).Refused(400, "BUSY_ENTITY", "busy");
            (await raw.ActAsync(VcdRawCompute.Machines(vApp)[0].Text("href"), "powerOn")).Refused(400, "BUSY_ENTITY", "busy");
            var half = await raw.UntilAsync(task.Text("href"), t => t.Text("status") == "running" && (int?)t.Element(VcdRaw.Ns + "Progress") is 1);
            Assert.NotNull(half);
            await _server.Simulator.AdvanceAsync(TimeSpan.FromSeconds(45000));
            using var later = await VcdRaw.LoginAsync(_server.Simulator, "37.2", "globex");
            var present = await later.GetAsync(task.Text("href"));
            Assert.Equal("40", (string?)present.Element(VcdRaw.Ns + "Progress"));
            Assert.Equal("3", (await later.GetAsync(vApp.Text("href"))).Text("status"));
            await _server.Simulator.AdvanceAsync(TimeSpan.FromSeconds(60000));
            using var end = await VcdRaw.LoginAsync(_server.Simulator, "37.2", "globex");
            present = await end.GetAsync(task.Text("href"));
            Assert.Equal(("success", "100"), (present.Text("status"), (string?)present.Element(VcdRaw.Ns + "Progress")));
            Assert.Equal("4", (await end.GetAsync(vApp.Text("href"))).Text("status"));
        }
        finally
        {
            await _server.Simulator.CommandAsync("vcd", "settings", new { powerSeconds = (double?)null });
        }
    }

    [Fact]
    public async Task A_guest_without_tools_is_not_shut_down()
    {
        using var raw = await VcdRaw.LoginAsync(_server.Simulator, "37.2", "System");
        foreach (var record in await raw.RecordsAsync("type=adminVM&filter=status==POWERED_ON;isVAppTemplate==false"))
        {
            var machine = await raw.GetAsync(record.Text("href"));
            var hasTools = machine.Elements(VcdRaw.Ns + "RuntimeInfoSection").Elements(VcdRaw.Ns + "VMWareTools").Any();
            if (hasTools) continue;
            var task = await raw.DoneAsync((await raw.FollowAsync(machine, "power:shutdown")).Expect(202).Xml.Text("href"));
            Assert.Equal("error", task.Text("status"));
            Assert.Contains("VMware Tools", (string?)task.Element(VcdRaw.Ns + "Error")?.Attribute("message"), StringComparison.Ordinal);
            Assert.Equal("4", (await raw.GetAsync(machine.Text("href"))).Text("status"));
            return;
        }

        Assert.Fail("Every running machine has tools.");
    }

    [Theory]
    [InlineData("suspend", "3")]
    [InlineData("force", "8")]
    [InlineData("default", "8")]
    [InlineData(null, "8")]
    public async Task An_undeploy_action_says_what_the_machines_are_left_in(string? action, string status)
    {
        using var raw = await VcdRaw.LoginAsync(_server.Simulator, "37.2", "System");
        var machine = await raw.GetAsync((await raw.RecordsAsync("type=adminVM&filter=status==POWERED_ON;isVAppTemplate==false"))[0].Text("href"));
        machine = await raw.DoAsync(machine, "undeploy", VcdRawCompute.UndeployBody(action));
        Assert.Equal((status, "false"), (machine.Text("status"), machine.Text("deployed")));
        machine = await raw.DoAsync(machine, "power:powerOn");
        Assert.Equal(("4", "true"), (machine.Text("status"), machine.Text("deployed")));
    }

    [Fact]
    public async Task An_undeploy_action_that_there_is_not_is_refused()
    {
        using var raw = await VcdRaw.LoginAsync(_server.Simulator, "37.2", "System");
        var machine = await raw.GetAsync((await raw.RecordsAsync("type=adminVM&filter=status==POWERED_ON;isVAppTemplate==false"))[0].Text("href"));
        (await raw.FollowAsync(machine, "undeploy", VcdRawCompute.UndeployBody("explode"))).Refused(400, "BAD_REQUEST", "explode", "powerOff");
    }

    [Fact]
    public async Task Who_may_not_change_a_vApp_may_not_switch_it()
    {
        using var user = await VcdRaw.LoginAsync(_server.Simulator, "37.2", "acme", 1);
        var shared = (await user.RecordsAsync("type=vApp&pageSize=128")).First(r => (string?)r.Attribute("ownerName") != "victor@acme.example" && r.Text("status") is "POWERED_ON" or "POWERED_OFF" or "SUSPENDED");
        (await user.ActAsync(shared.Text("href"), "powerOn")).Refused(403, "ACCESS_TO_RESOURCE_IS_FORBIDDEN");
    }

    [Fact]
    public async Task In_maintenance_mode_only_the_provider_changes_a_vApp()
    {
        using var raw = await VcdRaw.LoginAsync(_server.Simulator, "37.2");
        using var provider = await VcdRaw.LoginAsync(_server.Simulator, "37.2", "System");
        var href = await raw.FindAsync("vApp", "erp (production)");
        Assert.False(VcdRawCompute.Offers(await raw.GetAsync(href), "enterMaintenanceMode"));
        (await raw.SendAsync(HttpMethod.Post, $"{href}/action/enterMaintenanceMode")).Refused(403, "ACCESS_TO_RESOURCE_IS_FORBIDDEN");
        (await provider.FollowAsync(await provider.GetAsync(href), "enterMaintenanceMode")).Expect(204);
        var vApp = await raw.GetAsync(href);
        Assert.Equal("true", (string?)vApp.Element(VcdRaw.Ns + "InMaintenanceMode"));
        Assert.DoesNotContain(VcdRawCompute.Rels(vApp), r => r.StartsWith("power:", StringComparison.Ordinal) || r is "deploy" or "edit" or "remove");
        (await raw.ActAsync(href, "powerOn")).Refused(400, "BAD_REQUEST", "maintenance");
        (await provider.FollowAsync(await provider.GetAsync(href), "exitMaintenanceMode")).Expect(204);
        Assert.True(VcdRawCompute.Offers(await raw.GetAsync(href), "power:powerOn"));
    }

    [Fact]
    public async Task A_lease_that_runs_out_suspends_a_vApp_and_later_lets_it_expire()
    {
        await using var simulator = await Simulator.StartAsync("--speed", "20");
        using var raw = await VcdRaw.LoginAsync(simulator, "39.1");
        var vApp = await raw.GetAsync(await raw.FindAsync("vApp", "erp (production)"));
        await raw.SucceededAsync(await raw.FollowAsync(vApp, "deploy", VcdRawCompute.Element("DeployVAppParams", new XAttribute("powerOn", "true"), new XAttribute("deploymentLeaseSeconds", "7200"))));
        var lease = await raw.GetAsync($"{vApp.Text("href")}/leaseSettingsSection/");
        Assert.Equal("7200", (string?)lease.Element(VcdRaw.Ns + "DeploymentLeaseInSeconds"));
        Assert.NotNull(lease.Element(VcdRaw.Ns + "DeploymentLeaseExpiration"));
        Assert.Null(lease.Element(VcdRaw.Ns + "StorageLeaseExpiration"));
        await simulator.AdvanceAsync(TimeSpan.FromHours(2.5));
        using var later = await VcdRaw.LoginAsync(simulator, "39.1");
        vApp = await later.GetAsync(vApp.Text("href"));
        Assert.Equal(("3", "false"), (vApp.Text("status"), vApp.Text("deployed")));
        var ends = DateTimeOffset.Parse((string)(await later.GetAsync($"{vApp.Text("href")}/leaseSettingsSection/")).Element(VcdRaw.Ns + "StorageLeaseExpiration")!, CultureInfo.InvariantCulture);
        Assert.True(ends > DateTimeOffset.UtcNow.AddDays(29), $"{ends}");
        await simulator.AdvanceAsync(TimeSpan.FromDays(31));
        using var end = await VcdRaw.LoginAsync(simulator, "39.1");
        Assert.Equal("true", (await end.RecordsAsync($"type=vApp&filter=id=={vApp.Text("id")}"))[0].Text("isExpired"));
        vApp = await end.GetAsync(vApp.Text("href"));
        Assert.False(VcdRawCompute.Offers(vApp, "power:powerOn"));
        Assert.True(VcdRawCompute.Offers(vApp, "remove"));
        (await end.ActAsync(vApp.Text("href"), "powerOn")).Refused(400, "BAD_REQUEST", "lease", "expired");
    }

    private async Task<XElement> InStateAsync(VcdRaw raw, string state, string name)
    {
        var vApp = await raw.NewVAppAsync(name, state == "mixed" ? "web & db, two VMs" : "debian-12-base", powerOn: state != "off");
        switch (state)
        {
            case "stopped":
                return await raw.DoAsync(vApp, "power:powerOff");
            case "suspended":
                return await raw.DoAsync(vApp, "power:suspend");
            case "released":
                return await raw.DoAsync(vApp, "undeploy", VcdRawCompute.UndeployBody("suspend"));
            case "mixed":
                await raw.SucceededAsync(await raw.FollowAsync(VcdRawCompute.Machines(vApp)[1], "power:powerOff"));
                break;
            case "waiting":
                await _server.Simulator.CommandAsync("vcd", "machine", new { name = "vm1", vApp = name, question = "Go on?" });
                break;
        }

        return await raw.GetAsync(vApp.Text("href"));
    }
}
