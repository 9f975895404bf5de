using System.Net;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Changes of one command to machines of one vApp: what is refused because another of them is at work is sent again when that has ended, and only then.</summary>
public sealed class VcdSiblingTests
{
    private const string VApp = "https://cell.example.com/api/vApp/vapp-1";
    private readonly List<string> _log = [];
    private readonly List<string> _said = [];

    [Fact]
    public async Task What_another_of_the_same_vApp_holds_up_is_sent_again_when_that_has_ended()
    {
        await using var session = await Fake().ConnectAsync();
        var client = new VcdClient(session, SilentObserver.Instance);
        var siblings = new VcdSiblings();
        var first = await SendAsync(siblings, client, "a", Begun("a"));
        var second = await SendAsync(siblings, client, "b", Busy(1, "b"));
        Assert.Equal(("/api/task/a", "/api/task/b"), (new Uri(first.Task!.Href).AbsolutePath, new Uri(second.Task!.Href).AbsolutePath));
        Assert.Equal("send a, send b, GET a, send b", string.Join(", ", _log));
        Assert.Contains("b waits for task", Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_else_holds_up_is_an_error_at_once()
    {
        await using var session = await Fake().ConnectAsync();
        var client = new VcdClient(session, SilentObserver.Instance);
        var siblings = new VcdSiblings();
        await SendAsync(siblings, client, "a", Begun("a"), "https://cell.example.com/api/vApp/vapp-2");
        await SendAsync(siblings, client, "nothing", () => Task.FromResult(VcdChange.Nothing));
        await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(siblings, client, "b", Busy(9, "b")));
        await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(siblings, client, "c", Busy(9, "c"), vapp: null));
        Assert.Equal("send a, send nothing, send b, send c", string.Join(", ", _log));
        Assert.Empty(_said);
    }

    [Fact]
    public async Task After_the_last_that_was_at_work_the_refusal_is_the_error()
    {
        await using var session = await Fake().ConnectAsync();
        var client = new VcdClient(session, SilentObserver.Instance);
        var siblings = new VcdSiblings();
        await SendAsync(siblings, client, "a", Begun("a"));
        await SendAsync(siblings, client, "failing", Begun("failing"));
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(siblings, client, "b", Busy(9, "b")));
        Assert.Equal("Vcd.WrongState", e.ErrorId);

        // How the other one ended is told by that one.
        Assert.Equal("send a, send failing, send b, GET a, GET failing, send b", string.Join(", ", _log));
    }

    [Fact]
    public async Task Another_error_is_not_waited_for()
    {
        await using var session = await Fake().ConnectAsync();
        var client = new VcdClient(session, SilentObserver.Instance);
        var siblings = new VcdSiblings();
        await SendAsync(siblings, client, "a", Begun("a"));
        await Assert.ThrowsAsync<OrchestratorApiException>(() => SendAsync(siblings, client, "b", () => throw Refusal("BAD_REQUEST")));
        Assert.Equal("send a, send b", string.Join(", ", _log));
    }

    [Fact]
    public async Task Two_that_are_refused_at_the_same_time_do_not_wait_for_each_other()
    {
        await using var session = await Fake().ConnectAsync();
        var client = new VcdClient(session, SilentObserver.Instance);
        var siblings = new VcdSiblings();
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrived = 0;
        async Task<VcdChange> Refused()
        {
            if (Interlocked.Increment(ref arrived) == 2)
            {
                both.SetResult();
            }

            await both.Task;
            throw Refusal("BUSY_ENTITY");
        }

        var one = SendAsync(siblings, client, "a", Refused);
        var other = SendAsync(siblings, client, "b", Refused);
        await Assert.ThrowsAsync<OrchestratorApiException>(() => one.WaitAsync(TimeSpan.FromSeconds(30)));
        await Assert.ThrowsAsync<OrchestratorApiException>(() => other.WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.Equal(2, arrived);
    }

    [Fact]
    public async Task One_whose_answer_is_not_there_yet_is_waited_for()
    {
        await using var session = await Fake().ConnectAsync();
        var client = new VcdClient(session, SilentObserver.Instance);
        var siblings = new VcdSiblings();
        var answer = new TaskCompletionSource<VcdChange>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = SendAsync(siblings, client, "a", () => answer.Task);
        var second = SendAsync(siblings, client, "b", Busy(1, "b"));
        Assert.False(second.IsCompleted);
        answer.SetResult(await Begun("a")());
        await Task.WhenAll(first, second).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("send a, send b, GET a, send b", string.Join(", ", _log));
    }

    private static OrchestratorApiException Refusal(string code) => new(OrchestratorSystem.Vcd, OrchestratorErrorKind.WrongState, "refused") { StatusCode = HttpStatusCode.BadRequest, ServerCode = code };

    private static Func<Task<VcdChange>> Begun(string name) => () => Task.FromResult(new VcdChange(new VcdTask(System.Xml.Linq.XElement.Parse(TaskXml(name, "queued"))), null, null));

    private static Func<Task<VcdChange>> Busy(int times, string name) => () => times-- > 0 ? throw Refusal("BUSY_ENTITY") : Begun(name)();

    private static string TaskXml(string name, string status) => $"""<Task xmlns="http://www.vmware.com/vcloud/v1.5" status="{status}" id="urn:vcloud:task:{name}" href="{VcdFake.Host}/api/task/{name}"/>""";

    private VcdFake Fake() => new(r =>
    {
        if (!r.Uri.AbsolutePath.StartsWith("/api/task/", StringComparison.Ordinal))
        {
            return null;
        }

        var name = r.Uri.Segments[^1];
        _log.Add($"GET {name}");
        return VcdFake.Xml(TaskXml(name, name == "failing" ? "error" : "success"));
    });

    private Task<VcdChange> SendAsync(VcdSiblings siblings, VcdClient client, string name, Func<Task<VcdChange>> send, string? vapp = VApp) => siblings.SendAsync(
        client,
        vapp,
        name,
        () =>
        {
            lock (_log)
            {
                _log.Add($"send {name}");
            }

            return send();
        },
        null,
        _said.Add,
        CancellationToken.None);
}
