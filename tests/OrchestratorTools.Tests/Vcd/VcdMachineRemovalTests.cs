using System.Net;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Machines that leave a vApp, on a scripted wire: together where the vApp offers it, one after the other where not, and none where one of them cannot.</summary>
public sealed class VcdMachineRemovalTests
{
    private const string VApp = "/api/vApp/vapp-00000000-0000-4000-8000-000000000007";

    [Fact]
    public async Task One_goes_by_its_own_link()
    {
        var cloud = new Cloud();
        await cloud.RemoveAsync(false, "a");
        Assert.Equal(["DELETE a"], cloud.Changes);
    }

    [Fact]
    public async Task Several_go_in_one_request_where_the_vApp_offers_it()
    {
        var cloud = new Cloud();
        await cloud.RemoveAsync(false, "a", "b", "c");
        Assert.Equal(["POST recomposeVApp"], cloud.Changes);
        var body = XElement.Parse(cloud.Fake.Handler.Sent.Single(r => r.Method == "POST" && r.Body?.Contains("Recompose", StringComparison.Ordinal) is true).Body!);
        Assert.Equal(("web", "false", "false", "notes"), (VcdXml.Text(body, "name"), VcdXml.Text(body, "deploy"), VcdXml.Text(body, "powerOn"), VcdXml.ChildText(body, "Description")));
        Assert.Equal(["a", "b", "c"], VcdXml.Children(body, "DeleteItem").Select(d => VcdXml.Text(d, "href")![^1..]), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Several_go_one_after_the_other_where_the_vApp_does_not_and_only_the_last_is_not_waited_for()
    {
        var cloud = new Cloud { Recomposes = false };
        var change = await cloud.RemoveAsync(false, "a", "b");
        Assert.Equal(["DELETE a", "DELETE b"], cloud.Changes);
        Assert.EndsWith("/task/b", change.Task!.Href, StringComparison.Ordinal);
        Assert.Contains(cloud.Fake.Handler.Sent, r => r.Uri.AbsolutePath == "/api/task/a");
        Assert.DoesNotContain(cloud.Fake.Handler.Sent, r => r.Uri.AbsolutePath == "/api/task/b");
    }

    [Fact]
    public async Task What_was_removed_before_a_refusal_is_said()
    {
        var cloud = new Cloud { Recomposes = false, Refused = "b" };
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => cloud.RemoveAsync(false, "a", "b", "c"));
        Assert.Equal("BUSY_ENTITY", e.ServerCode);
        Assert.Contains("'vm a'; not removed: 'vm b', 'vm c'", e.Message, StringComparison.Ordinal);
        Assert.Equal(["DELETE a", "DELETE b"], cloud.Changes);
    }

    [Fact]
    public async Task Those_that_are_deployed_are_undeployed_first_and_none_is_removed_where_one_cannot_be()
    {
        var cloud = new Cloud { Deployed = { "b" } };
        await cloud.RemoveAsync(true, "a", "b");
        Assert.Equal(["POST undeploy b", "POST recomposeVApp"], cloud.Changes);
        cloud = new Cloud { Deployed = { "b" }, Fails = true };
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => cloud.RemoveAsync(true, "a", "b"));
        Assert.Equal("Vcd.Failed", e.ErrorId);
        Assert.Contains("'vm b' was not removed", e.Message, StringComparison.Ordinal);
        Assert.Equal(["POST undeploy b"], cloud.Changes);
        cloud = new Cloud { Deployed = { "b" } };
        e = await Assert.ThrowsAsync<OrchestratorApiException>(() => cloud.RemoveAsync(false, "a", "b"));
        Assert.Equal("Vcd.WrongState", e.ErrorId);
        Assert.Empty(cloud.Changes);
    }

    [SkippableFact]
    public void The_body_is_valid_and_no_newer_than_the_first_version()
    {
        VcdSchemas.Need();
        foreach (var present in new[] { "<VApp name=\"web\"/>", "<VApp name=\"räksmörgås &amp; &quot;x&quot;\"><Description>a &lt; b</Description></VApp>" })
        {
            var body = VcdBodies.RecomposeVApp(XElement.Parse(present), [], [], acceptEula: false, ["https://h/1", "https://h/2"]);
            Assert.Empty(VcdSchemas.Faults(body));
            Assert.Empty(VcdSchemas.Newer(body, VcdApiVersion.Parse("1.5")));
        }
    }

    /// <summary>A vApp with machines that are called by one letter.</summary>
    private sealed class Cloud
    {
        private readonly HashSet<string> _undeployed = new(StringComparer.Ordinal);

        public Cloud() => Fake = new VcdFake(Answer);

        public VcdFake Fake { get; }

        public bool Recomposes { get; init; } = true;

        public HashSet<string> Deployed { get; } = new(StringComparer.Ordinal);

        public string? Refused { get; init; }

        public bool Fails { get; init; }

        public string[] Changes => Fake.Handler.Sent.Where(r => r.Method != "GET" && !r.Uri.AbsolutePath.Contains("session", StringComparison.Ordinal)).Select(r => r switch
        {
            { Method: "DELETE" } => $"DELETE {r.Uri.AbsolutePath[^1..]}",
            _ when r.Uri.AbsolutePath.EndsWith("undeploy", StringComparison.Ordinal) => $"POST undeploy {r.Uri.AbsolutePath.Split('/')[^3][^1..]}",
            _ => $"POST {r.Uri.AbsolutePath.Split('/')[^1]}",
        }).ToArray();

        public async Task<VcdChange> RemoveAsync(bool undeploy, params string[] machines)
        {
            var client = new VcdClient(await Fake.ConnectAsync(), SilentObserver.Instance);
            return await client.RemoveMachinesAsync(VApp, machines.Select(m => (Path(m), undeploy)).ToArray(), null, CancellationToken.None);
        }

        private static string Path(string machine) => $"/api/vApp/vm-00000000-0000-4000-8000-00000000000{machine}";

        private static HttpResponseMessage Task(string name, string status) => VcdFake.Xml($"<Task xmlns=\"{VcdXml.Namespace}\" status=\"{status}\" operation=\"Working\" href=\"{VcdFake.Host}/api/task/{name}\"/>", status == "running" ? HttpStatusCode.Accepted : HttpStatusCode.OK);

        private HttpResponseMessage? Answer(SentRequest r)
        {
            var path = r.Uri.AbsolutePath;
            if (path.StartsWith("/api/task/", StringComparison.Ordinal))
            {
                return Task(path.Split('/')[^1], Fails ? "error" : "success");
            }

            if (path == VApp)
            {
                return VcdFake.Xml($"<VApp xmlns=\"{VcdXml.Namespace}\" name=\"web\" href=\"{VcdFake.Host}{VApp}\">{(Recomposes ? $"<Link rel=\"recompose\" type=\"{VcdBodies.RecomposeType}\" href=\"{VcdFake.Host}{VApp}/action/recomposeVApp\"/>" : string.Empty)}<Description>notes</Description></VApp>");
            }

            if (path.EndsWith("/action/recomposeVApp", StringComparison.Ordinal))
            {
                return Task("all", "running");
            }

            if (!path.StartsWith("/api/vApp/vm-", StringComparison.Ordinal))
            {
                return null;
            }

            var name = path.Split('/')[3][^1..];
            if (path.EndsWith("/action/undeploy", StringComparison.Ordinal))
            {
                _undeployed.Add(name);
                return Task(name, "running");
            }

            return r.Method == "DELETE"
                ? name == Refused ? VcdFake.Xml("<Error majorErrorCode=\"400\" minorErrorCode=\"BUSY_ENTITY\" message=\"busy\"/>", HttpStatusCode.BadRequest) : Task(name, "running")
                : VcdFake.Xml($"<Vm xmlns=\"{VcdXml.Namespace}\" name=\"vm {name}\" status=\"8\" deployed=\"{(Deployed.Contains(name) && !_undeployed.Contains(name) ? "true" : "false")}\" href=\"{VcdFake.Host}{path}\"><Link rel=\"undeploy\" href=\"{VcdFake.Host}{path}/action/undeploy\"/><Link rel=\"remove\" href=\"{VcdFake.Host}{path}\"/></Vm>");
        }
    }
}
