using System.Net;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>facts/vcd.md, "Task".</summary>
public sealed class VcdTaskTests
{
    private const string Id = "025615cd-a591-4dec-89dc-331b322a3a75";

    [Theory]
    [InlineData("queued", false, false)]
    [InlineData("preRunning", false, false)]
    [InlineData("running", false, false)]
    [InlineData("postRunning", false, false)]
    [InlineData("somethingNew", false, false)]
    [InlineData("success", true, false)]
    [InlineData("error", true, true)]
    [InlineData("canceled", true, true)]
    [InlineData("aborted", true, true)]
    public void A_state_is_an_end_or_not(string status, bool finished, bool failed)
    {
        var task = new VcdTask(XElement.Parse($"<Task status=\"{status}\"/>"));
        Assert.Equal((status, finished, failed), (task.Status, task.IsFinished, task.IsFailed));
    }

    [Theory]
    [InlineData("<Task status=\"error\" operation=\"Making x\"><Error minorErrorCode=\"TIMEDOUT\" message=\"The transfer died.\"/></Task>", "failed: The transfer died (TIMEDOUT)")]
    [InlineData("<Task status=\"error\" operation=\"Making x\"><Link rel=\"task:cancel\" href=\"https://a/b\"/><Progress>1</Progress></Task>", "failed; the server gives no reason")]
    [InlineData("<Task status=\"canceled\" operation=\"Making x\"/>", "was canceled; the server gives no reason")]
    [InlineData("<Task status=\"aborted\" operation=\"Making x\"><Details>by admin</Details></Task>", "was aborted: by admin")]
    public async Task Every_bad_end_is_an_error_with_or_without_a_reason(string xml, string said)
    {
        var client = new VcdClient(await new VcdFake().ConnectAsync(), SilentObserver.Instance);
        var e = client.FailureOf(new VcdTask(XElement.Parse(xml)))!;
        Assert.Equal("Vcd.Failed", e.ErrorId);
        Assert.Contains("Task 'Making x' " + said, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_asks_at_once_again_and_then_less_often_up_to_every_five_seconds()
    {
        var left = 6;
        var fake = new VcdFake(r => r.Uri.AbsolutePath == "/api/task/" + Id ? State(left-- > 0 ? "running" : "success") : null);
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var before = fake.Time.Waits.Count;
        var task = await client.WaitTaskAsync("urn:vcloud:task:" + Id, null, null, CancellationToken.None);
        Assert.Equal("success", task.Status);
        var waits = fake.Time.Waits.Skip(before).Where(w => w < TimeSpan.FromSeconds(30)).Select(w => w.TotalSeconds);
        Assert.Equal([0.25, 0.5, 1, 2, 4, 5], waits);
    }

    [Fact]
    public async Task Waiting_survives_an_outage_of_minutes_but_not_for_ever()
    {
        var fake = new VcdFake();
        var asked = 0;
        var outage = new VcdFake(r => r.Uri.AbsolutePath == "/api/task/" + Id ? (asked++ is > 0 and < 40 ? throw ScriptedHandler.Refused() : State(asked > 40 ? "success" : "running")) : null) { Time = fake.Time };
        var client = new VcdClient(await outage.ConnectAsync(), SilentObserver.Instance);
        Assert.Equal("success", (await client.WaitTaskAsync(Id, null, null, CancellationToken.None)).Status);

        var gone = new VcdFake(r => r.Uri.AbsolutePath == "/api/task/" + Id ? throw ScriptedHandler.Refused() : null);
        client = new VcdClient(await gone.ConnectAsync(), SilentObserver.Instance);
        var started = gone.Time.GetUtcNow();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.WaitTaskAsync(Id, null, null, CancellationToken.None));
        Assert.Equal("Vcd.Unreachable", e.ErrorId);
        Assert.InRange((gone.Time.GetUtcNow() - started).TotalMinutes, 5, 7);
    }

    [Fact]
    public async Task What_is_refused_is_not_asked_for_again()
    {
        var fake = new VcdFake(r => r.Uri.AbsolutePath == "/api/task/" + Id ? VcdFake.Xml("<Error minorErrorCode=\"ACCESS_TO_RESOURCE_IS_FORBIDDEN\" message=\"no\"/>", HttpStatusCode.Forbidden) : null);
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.WaitTaskAsync(Id, null, null, CancellationToken.None));
        Assert.Equal("Vcd.NotFound", e.ErrorId);
        Assert.Single(fake.Handler.Sent, r => r.Uri.AbsolutePath == "/api/task/" + Id);
    }

    [Fact]
    public async Task A_timeout_says_what_the_state_was_and_that_the_work_goes_on()
    {
        var fake = new VcdFake(r => r.Uri.AbsolutePath == "/api/task/" + Id ? State("running", 42) : null);
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var started = fake.Time.GetUtcNow();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.WaitTaskAsync(Id, TimeSpan.FromSeconds(20), null, CancellationToken.None));
        Assert.Equal("Vcd.Timeout", e.ErrorId);
        Assert.Contains("'running', 42 %", e.Message, StringComparison.Ordinal);
        Assert.Contains("goes on at the server", e.Message, StringComparison.Ordinal);
        Assert.Equal(20, (fake.Time.GetUtcNow() - started).TotalSeconds, 0.1);
    }

    [Theory]
    [InlineData("not an id")]
    [InlineData("urn:vcloud:task:")]
    [InlineData("../../admin")]
    public async Task What_is_no_id_is_not_sent(string id)
    {
        var fake = new VcdFake();
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.GetTaskAsync(id, CancellationToken.None));
        Assert.Equal("Vcd.Validation", e.ErrorId);
        Assert.Equal(2, fake.Handler.Sent.Count);
    }

    [Fact]
    public async Task A_task_is_cancelled_by_its_link_once()
    {
        var cancelled = false;
        var fake = new VcdFake(r =>
        {
            cancelled |= r.Method == "POST" && r.Uri.AbsolutePath == "/somewhere/cancel";
            return (r.Method, r.Uri.AbsolutePath) switch
            {
                ("POST", "/somewhere/cancel") => new HttpResponseMessage(System.Net.HttpStatusCode.NoContent),
                ("GET", "/api/task/" + Id) => Cancellable(cancelled ? "canceled" : "running"),
                _ => null,
            };
        });
        var task = await new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance).CancelTaskAsync(Id, CancellationToken.None);
        Assert.Equal("canceled", task.Status);
        Assert.Single(fake.Handler.Sent, r => r.Uri.AbsolutePath == "/somewhere/cancel");
    }

    [Theory]
    [InlineData("success")]
    [InlineData("error")]
    [InlineData("canceled")]
    [InlineData("aborted")]
    public async Task A_task_that_has_ended_is_not_cancelled_even_where_it_still_has_the_link(string status)
    {
        var fake = new VcdFake(r => r.Uri.AbsolutePath.StartsWith("/api/task", StringComparison.Ordinal) ? Cancellable(status) : null);
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.CancelTaskAsync(Id, CancellationToken.None));
        Assert.Equal(OrchestratorErrorKind.WrongState, e.Kind);
        Assert.Contains($"has ended ('{status}')", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(fake.Handler.Sent, r => r.Uri.AbsolutePath == "/somewhere/cancel");
    }

    [Fact]
    public async Task A_task_without_the_link_cannot_be_cancelled()
    {
        var fake = new VcdFake(r => r.Uri.AbsolutePath.StartsWith("/api/task", StringComparison.Ordinal) ? State("running", 10) : null);
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.CancelTaskAsync(Id, CancellationToken.None));
        Assert.Equal(OrchestratorErrorKind.WrongState, e.Kind);
        Assert.Contains("cannot be cancelled", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_to_a_cancellation_says_so()
    {
        var fake = new VcdFake(r => (r.Method, r.Uri.AbsolutePath) switch
        {
            ("POST", "/somewhere/cancel") => throw new HttpRequestException(HttpRequestError.ResponseEnded, "gone"),
            ("GET", "/api/task/" + Id) => Cancellable("running"),
            _ => null,
        });
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.CancelTaskAsync(Id, CancellationToken.None));
        Assert.Equal(OrchestratorErrorKind.OutcomeUnknown, e.Kind);
        Assert.Contains("Get-VcdTask", e.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(fake.Handler.Sent, r => r.Uri.AbsolutePath == "/somewhere/cancel");
    }

    [SkippableFact]
    public void The_recorded_tasks_are_read()
    {
        var folder = Path.Combine(Simulator.SharedFolder, "samples", "vcd", "ruby_vcloud_sdk");
        Skip.IfNot(Directory.Exists(folder), "The recorded answers are not beside the repository.");
        VcdTask Read(string name) => new(XElement.Parse(File.ReadAllText(Path.Combine(folder, name)).Replace("%s", "x", StringComparison.Ordinal)));

        var failed = Read("existing_vapp_template_instantiate_task_error_response.xml");
        Assert.True(failed.IsFailed);
        Assert.Null(failed.ErrorMessage);
        Assert.Equal(1, failed.Progress);
        Assert.Equal("vdcInstantiateVapp", failed.OperationName);
        Assert.Equal(new DateTimeOffset(2011, 8, 29, 18, 21, 36, 483, TimeSpan.Zero), failed.StartedAt);
        var done = Read("existing_media_running_task_done.xml");
        Assert.Equal(("success", true, (DateTimeOffset?)null), (done.Status, done.IsFinished, done.EndedAt));
        var busy = new VcdMedia(XElement.Parse(File.ReadAllText(Path.Combine(folder, "existing_media_busy_response.xml")).Replace("%s", "https://cell.example.com", StringComparison.Ordinal)));
        Assert.Equal(("running", 833536L, 833536L), (busy.Task!.Status, busy.Size, busy.BytesTransferred!.Value));
        Assert.NotNull(busy.Files[0].Upload);
        Assert.DoesNotContain("transfer", busy.Files[0].ToString(), StringComparison.Ordinal);
    }

    private static HttpResponseMessage Cancellable(string status)
        => VcdFake.Xml($"<Task xmlns=\"http://www.vmware.com/vcloud/v1.5\" status=\"{status}\" id=\"urn:vcloud:task:{Id}\" href=\"{VcdFake.Host}/api/task/{Id}\"><Link rel=\"task:cancel\" href=\"{VcdFake.Host}/somewhere/cancel\"/></Task>");

    private static HttpResponseMessage State(string status, int? progress = null)
        => VcdFake.Xml($"<Task xmlns=\"http://www.vmware.com/vcloud/v1.5\" status=\"{status}\" href=\"{VcdFake.Host}/api/task/{Id}\">{(progress is null ? "" : $"<Progress>{progress}</Progress>")}</Task>");
}
