using System.Net;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>vApps that there are, on a scripted wire: what is deployed is not removed before it is undeployed, and nothing is undeployed that was not asked for.</summary>
public sealed class VcdVAppRemovalTests
{
    private const string VApp = "/api/vApp/vapp-00000000-0000-4000-8000-000000000007";
    private const string UndeployTask = "/api/task/00000000-0000-4000-8000-000000000001";
    private const string DeleteTask = "/api/task/00000000-0000-4000-8000-000000000002";

    [Fact]
    public async Task What_is_not_deployed_is_removed_by_its_link_and_followed_by_nobody()
    {
        var (fake, client) = await ConnectAsync(deployed: false);
        var change = await client.RemoveVAppAsync(VApp, undeploy: false, null, CancellationToken.None);
        Assert.Equal("running", change.Task!.Status);
        Assert.Equal(["DELETE " + VApp], Changes(fake));
        Assert.DoesNotContain(fake.Handler.Sent, r => r.Uri.AbsolutePath == DeleteTask);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_deployed_is_refused_though_it_has_the_link(bool asked)
    {
        // Recorded vApps that run have the link "remove".
        var (fake, client) = await ConnectAsync(deployed: true);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => asked ? client.GetRemovableVAppAsync(VApp, undeploy: false, CancellationToken.None) : client.RemoveVAppAsync(VApp, undeploy: false, null, CancellationToken.None));
        Assert.Equal("Vcd.WrongState", e.ErrorId);
        Assert.Contains("'web' is deployed (POWERED_ON)", e.Message, StringComparison.Ordinal);
        Assert.Contains("-Force", e.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Changes(fake));
    }

    [Fact]
    public async Task What_is_deployed_is_undeployed_to_the_end_and_then_removed()
    {
        var (fake, client) = await ConnectAsync(deployed: true);
        var seen = new List<string>();
        client.FirstStep = t => seen.Add(t.Status);
        var change = await client.RemoveVAppAsync(VApp, undeploy: true, null, CancellationToken.None);
        Assert.Equal((VcdFake.Host + DeleteTask, "running"), (change.Task!.Href, change.Task.Status));
        Assert.Equal(["POST " + VApp + "/action/undeploy", "DELETE " + VApp], Changes(fake));
        Assert.Equal(["running", "running", "success"], seen);
        var body = XElement.Parse(fake.Handler.Sent.Single(r => r.Method == "POST" && r.Uri.AbsolutePath.EndsWith("/undeploy", StringComparison.Ordinal)).Body!);
        Assert.Equal(("UndeployVAppParams", "powerOff"), (body.Name.LocalName, VcdXml.ChildText(body, "UndeployPowerAction")));
    }

    [Theory]
    [InlineData("status=\"4\" deployed=\"false\"", "")]
    [InlineData("status=\"10\" deployed=\"false\"", "<Vm name=\"a\" status=\"8\" deployed=\"false\"/><Vm name=\"b\" status=\"4\" deployed=\"false\"/>")]
    [InlineData("status=\"8\" deployed=\"false\"", "<Vm name=\"a\" status=\"8\" deployed=\"true\"/>")]
    public async Task What_runs_counts_as_deployed_whatever_it_says(string state, string machines)
    {
        // A recorded vApp runs with deployed="false".
        var fake = new VcdFake(r => r.Uri.AbsolutePath == VApp
            ? VcdFake.Xml($"<VApp xmlns=\"{VcdXml.Namespace}\" name=\"web\" {state} href=\"{VcdFake.Host}{VApp}\"><Link rel=\"undeploy\" href=\"{VcdFake.Host}{VApp}/action/undeploy\"/><Link rel=\"remove\" href=\"{VcdFake.Host}{VApp}\"/><Children>{machines}</Children></VApp>")
            : null);
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.RemoveVAppAsync(VApp, undeploy: false, null, CancellationToken.None));
        Assert.Equal("Vcd.WrongState", e.ErrorId);
        Assert.True((await client.GetRemovableVAppAsync(VApp, undeploy: true, CancellationToken.None)).IsDeployed);
        Assert.Empty(Changes(fake));
    }

    [Fact]
    public async Task What_could_not_be_undeployed_is_not_removed()
    {
        var (fake, client) = await ConnectAsync(deployed: true, undeploy: "error");
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.RemoveVAppAsync(VApp, undeploy: true, null, CancellationToken.None));
        Assert.Equal("Vcd.Failed", e.ErrorId);
        Assert.Contains("'web' was not removed", e.Message, StringComparison.Ordinal);
        Assert.Equal(["POST " + VApp + "/action/undeploy"], Changes(fake));
    }

    [Fact]
    public async Task A_wait_that_is_too_long_says_that_the_undeployment_goes_on()
    {
        var (fake, client) = await ConnectAsync(deployed: true, undeploy: "running");
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.RemoveVAppAsync(VApp, undeploy: true, TimeSpan.FromSeconds(30), CancellationToken.None));
        Assert.Equal("Vcd.Timeout", e.ErrorId);
        Assert.Contains("was not removed", e.Message, StringComparison.Ordinal);
        Assert.Contains("Wait-VcdTask", e.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(["POST " + VApp + "/action/undeploy"], Changes(fake));
    }

    [Fact]
    public async Task A_removal_that_is_refused_after_the_undeployment_says_both()
    {
        var (_, client) = await ConnectAsync(deployed: true, delete: () => VcdFake.Xml("<Error majorErrorCode=\"400\" minorErrorCode=\"BUSY_ENTITY\" message=\"The entity is busy.\"/>", HttpStatusCode.BadRequest));
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.RemoveVAppAsync(VApp, undeploy: true, null, CancellationToken.None));
        Assert.Equal(("Vcd.WrongState", "BUSY_ENTITY"), (e.ErrorId, e.ServerCode));
        Assert.Contains("busy", e.Message, StringComparison.Ordinal);
        Assert.Contains("was undeployed before", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_no_link_is_not_removed_and_what_is_offered_is_said()
    {
        var (fake, client) = await ConnectAsync(deployed: false, links: "<Link rel=\"power:powerOn\" href=\"x\"/>");
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.RemoveVAppAsync(VApp, undeploy: true, null, CancellationToken.None));
        Assert.Equal("Vcd.WrongState", e.ErrorId);
        Assert.Contains("offers no 'remove'; it offers power:powerOn", e.Message, StringComparison.Ordinal);
        Assert.Empty(Changes(fake));
    }

    [Fact]
    public async Task A_new_name_keeps_the_description_and_a_new_description_the_name()
    {
        foreach (var (name, description, expected) in new[] { ("b & <c>", null, ("b & <c>", "notes")), (null, "", ("web", "")), ((string?)null, "d", ("web", "d")) })
        {
            var (fake, client) = await ConnectAsync(deployed: true);
            await client.SetVAppAsync(VApp, name, description, CancellationToken.None);
            var put = Assert.Single(fake.Handler.Sent, r => r.Method == "PUT");
            Assert.Equal((VApp, VcdBodies.VAppType), (put.Uri.AbsolutePath, put.ContentType));
            var body = XElement.Parse(put.Body!);
            Assert.Equal(expected, (VcdXml.Text(body, "name"), VcdXml.ChildText(body, "Description")));
        }
    }

    [SkippableFact]
    public void Bodies_are_valid_and_no_newer_than_the_first_version()
    {
        VcdSchemas.Need();
        var present = XElement.Parse($"<VApp xmlns=\"{VcdXml.Namespace}\" name=\"a\"><Link rel=\"up\" href=\"h\"/><Description>d</Description><Children/></VApp>");
        foreach (var body in new[] { VcdBodies.PowerOffAndUndeploy(), VcdBodies.EditedVApp(present, null, null), VcdBodies.EditedVApp(present, "räksmörgås \"&\"", string.Empty), VcdBodies.EditedVApp(new XElement("VApp"), "x", null) })
        {
            Assert.Empty(VcdSchemas.Faults(body));
            Assert.Empty(VcdSchemas.Newer(body, VcdApiVersion.Parse("1.5")));
        }
    }

    private static string[] Changes(VcdFake fake) => fake.Handler.Sent.Where(r => r.Method != "GET" && !r.Uri.AbsolutePath.Contains("session", StringComparison.Ordinal)).Select(r => $"{r.Method} {r.Uri.AbsolutePath}").ToArray();

    private static async Task<(VcdFake Fake, VcdClient Client)> ConnectAsync(bool deployed, string undeploy = "success", Func<HttpResponseMessage>? delete = null, string? links = null)
    {
        var polled = 0;
        var undeployed = false;
        var fake = new VcdFake(r => (r.Method, r.Uri.AbsolutePath) switch
        {
            ("GET", VApp) => VcdFake.Xml(Entity(deployed && !undeployed, links)),
            ("POST", VApp + "/action/undeploy") => VcdFake.Xml(TaskXml(UndeployTask, "running"), HttpStatusCode.Accepted),
            ("GET", UndeployTask) => VcdFake.Xml(TaskXml(UndeployTask, ++polled > 1 ? Ended(undeploy) : "running")),
            ("DELETE", VApp) => delete?.Invoke() ?? VcdFake.Xml(TaskXml(DeleteTask, "running"), HttpStatusCode.Accepted),
            ("PUT", VApp) => VcdFake.Xml(TaskXml(DeleteTask, "running"), HttpStatusCode.Accepted),
            _ => null,
        });
        return (fake, new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance));

        string Ended(string status)
        {
            undeployed |= status == "success";
            return status;
        }
    }

    private static string Entity(bool deployed, string? links) => $"""
        <VApp xmlns="{VcdXml.Namespace}" name="web" deployed="{(deployed ? "true" : "false")}" status="{(deployed ? 4 : 8)}" id="urn:vcloud:vapp:{VApp[^36..]}" href="{VcdFake.Host}{VApp}">
        {links ?? $"""<Link rel="undeploy" type="{VcdBodies.UndeployType}" href="{VcdFake.Host}{VApp}/action/undeploy"/><Link rel="edit" type="{VcdBodies.VAppType}" href="{VcdFake.Host}{VApp}"/><Link rel="remove" href="{VcdFake.Host}{VApp}"/>"""}
        <Description>notes</Description></VApp>
        """;

    private static string TaskXml(string path, string status) => $"<Task xmlns=\"{VcdXml.Namespace}\" status=\"{status}\" operation=\"Working\" href=\"{VcdFake.Host}{path}\"/>";
}
