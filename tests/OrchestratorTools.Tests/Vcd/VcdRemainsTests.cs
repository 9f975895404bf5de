using System.Net;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Removing what an upload left behind: what a task is at work on is busy, so the task is cancelled and waited for, and the removal sent once more; nothing that is finished is removed.</summary>
public sealed class VcdRemainsTests
{
    private const string Uuid = "5f1c2d3e-4b5a-4697-8877-66554433221a";
    private const string Media = "/api/media/" + Uuid;
    private const string Item = "/api/catalogItem/6f1c2d3e-4b5a-4697-8877-66554433221b";
    private const string TaskId = "7f1c2d3e-4b5a-4697-8877-66554433221c";
    private const string Cancel = "/api/task/" + TaskId + "/action/cancel";
    private const string Busy = "<Error xmlns=\"http://www.vmware.com/vcloud/v1.5\" majorErrorCode=\"400\" minorErrorCode=\"BUSY_ENTITY\" message=\"The entity tools.iso is busy completing an operation vdcUploadMedia.\"/>";
    private readonly Queue<string?> _looks = new();
    private readonly Queue<string> _removals = new();
    private readonly RecordingObserver _observer = new();
    private readonly VcdFake _fake;
    private string? _last;
    private HttpStatusCode _cancelled = HttpStatusCode.NoContent;

    public VcdRemainsTests() => _fake = new VcdFake(Answer);

    [Fact]
    public async Task What_is_busy_is_cancelled_waited_for_and_removed_once_more()
    {
        Looks(Waiting(), Waiting(), Waiting(), Failed());
        Removals("busy", "done");
        await RemoveAsync();
        Assert.Equal(["DELETE " + Media, "POST " + Cancel, "DELETE " + Media, "DELETE " + Item], Changes());
        Assert.Contains("Cancelling the task 'vdcUploadMedia'", _observer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_goes_with_its_cancelled_task_is_removed()
    {
        Looks(Waiting(), null);
        Removals("busy");
        await RemoveAsync();
        Assert.Equal(["DELETE " + Media, "POST " + Cancel, "DELETE " + Item], Changes());
    }

    [Fact]
    public async Task What_is_being_imported_is_cancelled_before_anything_is_removed()
    {
        Looks(Importing(), Failed());
        Removals("done");
        await RemoveAsync(Importing());
        Assert.Equal(["POST " + Cancel, "DELETE " + Media, "DELETE " + Item], Changes());
    }

    [Fact]
    public async Task A_task_that_does_not_end_is_waited_for_two_minutes_and_then_it_is_said_what_stays()
    {
        Looks(Waiting());
        Removals("busy");
        var began = _fake.Time.GetUtcNow();
        var e = await FailureAsync();
        Assert.Equal(("Vcd.WrongState", "BUSY_ENTITY"), (e.ErrorId, e.ServerCode));
        Assert.Contains("'tools.iso' stays at the server", e.Message, StringComparison.Ordinal);
        Assert.Contains("did not end within 120 seconds after it was cancelled", e.Message, StringComparison.Ordinal);
        Assert.Contains("Wait-VcdTask urn:vcloud:task:" + TaskId, e.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(["DELETE " + Media, "POST " + Cancel], Changes());
        Assert.InRange(_fake.Time.GetUtcNow() - began, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_task_that_cannot_be_cancelled_is_not_waited_for(bool hasLink)
    {
        _cancelled = HttpStatusCode.BadRequest;
        Looks(Waiting(cancelable: hasLink));
        Removals("busy");
        var e = await FailureAsync();
        Assert.Equal("Vcd.WrongState", e.ErrorId);
        Assert.Contains("stays at the server", e.Message, StringComparison.Ordinal);
        Assert.Contains(hasLink ? "could not be cancelled: " : "could not be cancelled: the server names no way to cancel it", e.Message, StringComparison.Ordinal);
        Assert.Equal(hasLink ? ["DELETE " + Media, "POST " + Cancel] : ["DELETE " + Media], Changes());
        Assert.DoesNotContain(_fake.Time.Waits, w => w < TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_ends_well_meanwhile_is_not_removed(bool importing)
    {
        // The cancellation comes too late: the server refuses it, and the next look shows why.
        _cancelled = HttpStatusCode.BadRequest;
        Looks(importing ? Importing() : Waiting(), Entity("1", null));
        Removals("busy");
        var e = await FailureAsync(importing ? Importing() : null);
        Assert.Equal("Vcd.WrongState", e.ErrorId);
        Assert.Contains("has ended well meanwhile; nothing was removed", e.Message, StringComparison.Ordinal);
        Assert.Equal(importing ? ["POST " + Cancel] : ["DELETE " + Media, "POST " + Cancel], Changes());
    }

    [Fact]
    public async Task Who_removes_it_already_is_not_hindered()
    {
        Looks(Waiting("vdcDeleteMedia"), Waiting("vdcDeleteMedia"), null);
        Removals("busy");
        await RemoveAsync();
        Assert.Equal(["DELETE " + Media, "DELETE " + Item], Changes());
    }

    [Fact]
    public async Task A_server_that_calls_it_busy_without_a_task_is_asked_twice_only()
    {
        Looks(Failed());
        Removals("busy", "busy");
        var e = await FailureAsync();
        Assert.Equal(("Vcd.WrongState", "BUSY_ENTITY"), (e.ErrorId, e.ServerCode));
        Assert.Contains("although none of its tasks is at work on it", e.Message, StringComparison.Ordinal);
        Assert.Equal(["DELETE " + Media, "DELETE " + Media], Changes());
    }

    [Fact]
    public async Task Any_other_refusal_is_passed_on_and_nothing_is_cancelled()
    {
        Looks(Waiting());
        Removals("forbidden");
        var e = await FailureAsync();
        Assert.Equal("Vcd.NotFound", e.ErrorId);
        Assert.Equal(["DELETE " + Media], Changes());
    }

    private static string Waiting(string operation = "vdcUploadMedia", bool cancelable = true) => Entity("0", Task(operation, "running", cancelable), 10);

    private static string Importing() => Entity("0", Task("vdcUploadMedia", "running", cancelable: true), 100);

    private static string Failed() => Entity("-1", Task("vdcUploadMedia", "canceled", cancelable: true));

    private static string Entity(string status, string? task, int stored = -1) => $"""
        <Media xmlns="http://www.vmware.com/vcloud/v1.5" name="tools.iso" status="{status}" size="100" href="{VcdFake.Host}{Media}">
          <Link rel="catalogItem" href="{VcdFake.Host}{Item}" type="application/vnd.vmware.vcloud.catalogItem+xml"/><Link rel="remove" href="{VcdFake.Host}{Media}"/>
          {(task is null ? "" : $"<Tasks>{task}</Tasks>")}
          {(stored < 0 ? "" : $"<Files><File name=\"file\" size=\"100\" bytesTransferred=\"{stored}\"><Link rel=\"upload:default\" href=\"{VcdFake.Host}/transfer/x/file\"/></File></Files>")}
        </Media>
        """;

    private static string Task(string operation, string status, bool cancelable) => $"""
        <Task status="{status}" operation="Working" operationName="{operation}" href="{VcdFake.Host}/api/task/{TaskId}">{(cancelable ? $"<Link rel=\"task:cancel\" href=\"{VcdFake.Host}{Cancel}\"/>" : "")}</Task>
        """;

    // What each look at the media shows; the last one stays. null: it is gone.
    private void Looks(params string?[] looks)
    {
        foreach (var look in looks)
        {
            _looks.Enqueue(look);
        }
    }

    private void Removals(params string[] answers)
    {
        foreach (var answer in answers)
        {
            _removals.Enqueue(answer);
        }
    }

    private async Task RemoveAsync(string? present = null)
    {
        var client = new VcdClient(await _fake.ConnectAsync(observer: _observer), _observer);
        var entity = new VcdMedia(System.Xml.Linq.XElement.Parse(present ?? Waiting()));
        await client.RemoveUploadAsync(entity, VcdFake.Host + Item, CancellationToken.None);
    }

    private async Task<OrchestratorApiException> FailureAsync(string? present = null) => await Assert.ThrowsAsync<OrchestratorApiException>(() => RemoveAsync(present));

    private string[] Changes() => _fake.Handler.Sent.Where(r => r.Method != "GET" && !r.Uri.AbsolutePath.Contains("session", StringComparison.Ordinal)).Select(r => $"{r.Method} {r.Uri.AbsolutePath}").ToArray();

    private HttpResponseMessage? Answer(SentRequest request)
    {
        var forbidden = VcdFake.Xml("<Error majorErrorCode=\"403\" minorErrorCode=\"ACCESS_TO_RESOURCE_IS_FORBIDDEN\" message=\"No access to entity\"/>", HttpStatusCode.Forbidden);
        switch (request.Method, request.Uri.AbsolutePath)
        {
            case ("GET", Media):
                _last = _looks.Count > 0 ? _looks.Dequeue() : _last;
                return _last is { } look ? VcdFake.Xml(look) : forbidden;
            case ("DELETE", Media):
                return _removals.Dequeue() switch
                {
                    "busy" => VcdFake.Xml(Busy, HttpStatusCode.BadRequest),
                    "forbidden" => forbidden,
                    _ => new HttpResponseMessage(HttpStatusCode.NoContent),
                };
            case ("DELETE", Item):
                return forbidden;
            case ("POST", Cancel):
                return _cancelled is HttpStatusCode.NoContent
                    ? new HttpResponseMessage(_cancelled)
                    : VcdFake.Xml("<Error majorErrorCode=\"400\" minorErrorCode=\"BAD_REQUEST\" message=\"The task cannot be canceled in its present state.\"/>", _cancelled);
            default:
                return null;
        }
    }
}
