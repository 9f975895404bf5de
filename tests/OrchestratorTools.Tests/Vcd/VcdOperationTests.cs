using System.Net;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>What is sent to vApps and machines, to which link, and when nothing is.</summary>
public sealed class VcdOperationTests
{
    private const string VApp = VcdFake.Host + "/api/vApp/vapp-00000000-0000-4000-8000-000000000001";
    private const string Machine = VcdFake.Host + "/api/vApp/vm-00000000-0000-4000-8000-000000000002";
    private const string Deployed = """<Vm name="a" status="8" deployed="true"/>""";

    [Theory]
    [InlineData("start", "power:powerOn", null, null)]
    [InlineData("customize", "deploy", "<DeployVAppParams powerOn=\"true\" forceCustomization=\"true\" xmlns=\"http://www.vmware.com/vcloud/v1.5\" />", "application/vnd.vmware.vcloud.deployVAppParams+xml")]
    [InlineData("stop", "undeploy", "<UndeployVAppParams xmlns=\"http://www.vmware.com/vcloud/v1.5\"><UndeployPowerAction>powerOff</UndeployPowerAction></UndeployVAppParams>", "application/vnd.vmware.vcloud.undeployVAppParams+xml")]
    [InlineData("guest", "undeploy", "<UndeployVAppParams xmlns=\"http://www.vmware.com/vcloud/v1.5\"><UndeployPowerAction>shutdown</UndeployPowerAction></UndeployVAppParams>", "application/vnd.vmware.vcloud.undeployVAppParams+xml")]
    public async Task The_link_is_followed_wherever_it_leads(string what, string rel, string? body, string? type)
    {
        var operation = what switch { "start" => VcdOperations.Start, "customize" => VcdOperations.StartCustomized, "stop" => VcdOperations.Stop("powerOff"), _ => VcdOperations.Stop("shutdown") };

        // The vendor's guide shows links without types: the body's own is sent.
        var (fake, change, _) = await ActAsync($"""<Link rel="{rel}" href="{VcdFake.Host}/somewhere/else"/>""", what is "stop" or "guest" ? "4" : "8", operation);
        var sent = Assert.Single(fake.Handler.Sent, IsChange);
        Assert.Equal(("POST", "/somewhere/else", type), (sent.Method, sent.Uri.AbsolutePath, sent.ContentType));
        if (body is null)
        {
            Assert.True(string.IsNullOrEmpty(sent.Body));
        }
        else
        {
            Assert.True(XNode.DeepEquals(XElement.Parse(body), XElement.Parse(sent.Body!)), sent.Body);
        }

        Assert.False(change.IsNothing);
        Assert.Equal("queued", change.Task!.Status);
    }

    [Fact]
    public async Task What_is_done_already_is_said_and_nothing_is_sent()
    {
        var (fake, change, said) = await ActAsync($"""<Link rel="undeploy" href="{VApp}/action/undeploy"/>""", "8", VcdOperations.Stop("powerOff"));
        Assert.True(change.IsNothing);
        Assert.DoesNotContain(fake.Handler.Sent, IsChange);
        Assert.Contains("Nothing to do for vApp 'R&D <1>': it is off and not deployed. Nothing was sent.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vApp_counts_as_deployed_while_one_of_its_machines_is()
    {
        var (fake, change, _) = await ActAsync($"""<Link rel="undeploy" href="{VApp}/action/undeploy"/>""", "8", VcdOperations.Stop("powerOff"), Deployed);
        Assert.False(change.IsNothing);
        Assert.Single(fake.Handler.Sent, IsChange);
    }

    [Fact]
    public async Task A_missing_link_names_the_state_and_what_is_offered()
    {
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => ActAsync($"""<Link rel="up" href="{VApp}"/><Link rel="power:reset" href="{VApp}/r"/><Link rel="power:powerOff" href="{VApp}/o"/>""", "5", VcdOperations.Restart));
        Assert.Equal(("Vcd.WrongState", null), (e.ErrorId, e.StatusCode));
        Assert.Equal("Rebooting is not possible for vApp 'R&D <1>' (WAITING_FOR_INPUT): the server offers no 'power:reboot'; it offers power:reset, power:powerOff. Nothing was sent.", e.Message);
    }

    [Theory]
    [InlineData("3", "", "Start-VcdVApp")]
    [InlineData("5", "", "Get-VcdVMQuestion")]
    [InlineData("-1", "", "Remove-VcdVApp")]
    [InlineData("4", "<InMaintenanceMode>true</InMaintenanceMode>", "only the provider changes it")]
    public async Task What_to_do_goes_by_the_state(string status, string more, string said)
    {
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => ActAsync(more, status, VcdOperations.Restart));
        Assert.Contains(said, e.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8", "POWERED_OFF")]
    [InlineData("5", "WAITING_FOR_INPUT")]
    public async Task What_is_not_suspended_is_not_resumed_though_its_link_is_the_same_as_for_a_start(string status, string word)
    {
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => ActAsync($"""<Link rel="power:powerOn" href="{VApp}/p"/>""", status, VcdOperations.Resume));
        Assert.Equal($"Resuming is not possible for vApp 'R&D <1>': it is not suspended ({word}). Nothing was sent.", e.Message);
    }

    [Theory]
    [InlineData("3", "4", true)]
    [InlineData("3", "8", false)]
    [InlineData("4", "8", false)]
    public async Task A_vApp_whose_machines_differ_is_resumed_where_that_starts_none_that_is_off(string one, string other, bool isSent)
    {
        var task = ActAsync($"""<Link rel="power:powerOn" href="{VApp}/p"/>""", "10", VcdOperations.Resume, $"""<Vm name="a" status="{one}"/><Vm name="b" status="{other}"/>""");
        if (isSent)
        {
            Assert.NotNull((await task).Change.Task);
        }
        else
        {
            Assert.Equal("Vcd.WrongState", (await Assert.ThrowsAsync<OrchestratorApiException>(() => task)).ErrorId);
        }
    }

    [Fact]
    public async Task What_is_off_is_not_undeployed_in_the_name_of_a_suspension()
    {
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => ActAsync($"""<Link rel="undeploy" href="{VApp}/p"/>""", "8", VcdOperations.SuspendAndUndeploy, Deployed));
        Assert.Equal("Vcd.WrongState", e.ErrorId);
    }

    [Fact]
    public async Task The_state_is_read_right_before_and_the_change_is_sent_once()
    {
        var fake = Fake($"""<Link rel="power:powerOn" href="{VApp}/p"/>""", "8", string.Empty, _ => throw ScriptedHandler.Reset());
        await using var session = await fake.ConnectAsync();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => new VcdClient(session, SilentObserver.Instance).OperateAsync(VApp, VcdOperations.Start, CancellationToken.None));
        Assert.Equal("Vcd.OutcomeUnknown", e.ErrorId);
        Assert.Equal("GET POST", string.Join(' ', fake.Handler.Sent.Where(s => s.Uri.AbsoluteUri.StartsWith(VApp, StringComparison.Ordinal)).Select(s => s.Method)));
    }

    [Fact]
    public async Task A_snapshot_that_would_overwrite_another_is_not_taken_unless_that_was_asked_for()
    {
        var section = """<Vm name="a" status="8" href="x"><SnapshotSection><Snapshot created="2026-11-01T10:00:00Z" poweredOn="false" size="1024"/></SnapshotSection></Vm>""";
        var link = $"""<Link rel="snapshot:create" href="{VApp}/s"/>""";
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SnapAsync(Fake(link, "8", section), replace: false));
        Assert.Equal("Vcd.WrongState", e.ErrorId);
        Assert.Contains("'R&D <1>' would overwrite the one that it has: a of 2026-11-01 10:00:00Z. Nothing was sent.", e.Message, StringComparison.Ordinal);
        Assert.Contains("-Replace", e.RecommendedAction, StringComparison.Ordinal);

        var fake = Fake(link, "8", section);
        await SnapAsync(fake, replace: true);
        var sent = Assert.Single(fake.Handler.Sent, IsChange);
        Assert.Equal(("false", "false"), ((string?)XElement.Parse(sent.Body!).Attribute("memory"), (string?)XElement.Parse(sent.Body!).Attribute("quiesce")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_snapshots_of_a_vApp_are_those_of_its_machines(bool machinesSayNothing)
    {
        const string Snapshot = """<SnapshotSection><Snapshot created="2026-11-01T11:00:00+01:00" poweredOn="true" size="2048"/></SnapshotSection>""";
        var fake = Fake(string.Empty, "8", machinesSayNothing ? """<Vm name="a" href="m"/>""" : $"""<Vm name="a" href="{Machine}">{Snapshot}</Vm><Vm name="b" href="n"><SnapshotSection/></Vm>""", own: Snapshot);
        await using var session = await fake.ConnectAsync();
        var found = Assert.Single(await new VcdClient(session, SilentObserver.Instance).GetSnapshotsAsync(VApp, null, CancellationToken.None));
        Assert.Equal((machinesSayNothing ? null : "a", machinesSayNothing ? VApp : Machine, "R&D <1>", VApp), (found.VM, found.Href, found.VApp, found.VAppHref));
        Assert.Equal((new DateTimeOffset(2026, 11, 1, 10, 0, 0, TimeSpan.Zero), 2048L, true), (found.CreatedAt, found.Size, found.IsPoweredOn));
        Assert.NotNull(found.Origin);
    }

    private static bool IsChange(SentRequest request) => request.Method != "GET" && !request.Uri.AbsolutePath.Contains("session", StringComparison.Ordinal);

    private static VcdFake Fake(string links, string status, string machines, Func<SentRequest, HttpResponseMessage>? answer = null, string own = "") => new(r =>
        r.Uri.AbsolutePath.Contains("session", StringComparison.Ordinal) || r.Uri.AbsolutePath == "/api/versions" ? null
        : r.Method != "GET" ? answer?.Invoke(r) ?? VcdFake.Xml($"""<Task xmlns="http://www.vmware.com/vcloud/v1.5" status="queued" href="{VcdFake.Host}/api/task/1"/>""", HttpStatusCode.Accepted)
        : VcdFake.Xml($"""<VApp xmlns="http://www.vmware.com/vcloud/v1.5" name="R&amp;D &lt;1&gt;" status="{status}" deployed="false" href="{VApp}">{links}{own}<Children>{machines}</Children></VApp>"""));

    private static async Task<(VcdFake Fake, VcdChange Change, string Said)> ActAsync(string links, string status, VcdOperation operation, string machines = "")
    {
        var fake = Fake(links, status, machines);
        var observer = new RecordingObserver();
        await using var session = await fake.ConnectAsync(observer: observer);
        return (fake, await new VcdClient(session, observer).OperateAsync(VApp, operation, CancellationToken.None), observer.Text);
    }

    private static async Task SnapAsync(VcdFake fake, bool replace)
    {
        await using var session = await fake.ConnectAsync();
        await new VcdClient(session, SilentObserver.Instance).NewSnapshotAsync(VApp, null, null, memory: false, quiesce: false, replace, CancellationToken.None);
    }
}
