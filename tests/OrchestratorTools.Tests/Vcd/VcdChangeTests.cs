using System.Net;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>What every change has in common: sent once, its task found wherever it is named, its end told (facts/vcd.md, "Task", "Error", "Limits").</summary>
public sealed class VcdChangeTests
{
    private const string TaskId = "025615cd-a591-4dec-89dc-331b322a3a75";
    private const string Thing = "/api/thing/00000000-0000-4000-8000-000000000009";
    private const string Outcome = "Get-VcdThing shows what became of it.";
    private const string Limits = "<Error xmlns=\"http://www.vmware.com/vcloud/v1.5\" majorErrorCode=\"400\" minorErrorCode=\"OPERATION_LIMITS_EXCEEDED\" message=\"The maximum number of simultaneous operations has been reached.\"/>";

    [Fact]
    public async Task The_task_is_taken_from_the_body_of_a_202()
    {
        var (_, change) = await ChangeAsync(_ => VcdFake.Xml(TaskXml("running"), HttpStatusCode.Accepted));
        Assert.Equal(("urn:vcloud:task:" + TaskId, "running", (XElement?)null), (change.Task!.Id, change.Task.Status, change.Entity));
        Assert.NotNull(change.Task.Origin);
        Assert.Equal(VcdFake.Host + "/api/thing/7", change.Href);
    }

    [Theory]
    [InlineData(VcdFake.Host + "/api/task/" + TaskId)]
    [InlineData("/api/task/" + TaskId)]
    public async Task The_task_is_read_at_the_location_of_a_202_without_a_body(string location)
    {
        var (fake, change) = await ChangeAsync(_ =>
        {
            var response = new HttpResponseMessage(HttpStatusCode.Accepted);
            response.Headers.TryAddWithoutValidation("Location", location);
            return response;
        });
        Assert.Equal(("urn:vcloud:task:" + TaskId, "queued"), (change.Task!.Id, change.Task.Status));
        Assert.Single(fake.Handler.Sent, r => r.Uri.AbsolutePath == "/api/task/" + TaskId);
    }

    [Fact]
    public async Task The_task_is_taken_from_the_entity_that_was_made()
    {
        var (_, change) = await ChangeAsync(_ => VcdFake.Xml($"<Thing xmlns=\"http://www.vmware.com/vcloud/v1.5\" href=\"{VcdFake.Host}/api/thing/8\"><Tasks>{TaskXml("success")}{TaskXml("running")}</Tasks></Thing>", HttpStatusCode.Created));
        Assert.Equal(("running", "Thing", VcdFake.Host + "/api/thing/8"), (change.Task!.Status, change.Entity!.Name.LocalName, change.Href));
    }

    [Fact]
    public async Task What_is_done_at_once_has_no_task()
    {
        var (_, made) = await ChangeAsync(_ => VcdFake.Xml($"<Thing xmlns=\"http://www.vmware.com/vcloud/v1.5\" href=\"{VcdFake.Host}/api/thing/8\"/>"));
        Assert.Equal((null, VcdFake.Host + "/api/thing/8"), (made.Task, made.Href));
        var (_, gone) = await ChangeAsync(_ => new HttpResponseMessage(HttpStatusCode.NoContent));
        Assert.Equal((null, null, null), (gone.Task, gone.Entity, gone.Href));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task A_lost_answer_is_an_unknown_outcome_and_nothing_is_sent_again(string method)
    {
        foreach (var lost in new Func<HttpResponseMessage>[] { () => throw ScriptedHandler.Reset(), () => new HttpResponseMessage(HttpStatusCode.BadGateway), () => VcdFake.Xml("<html><title>x</title></html>", type: "text/html") })
        {
            var (fake, e) = await FailAsync(method, _ => lost());
            Assert.Equal(("Vcd.OutcomeUnknown", Outcome), (e.ErrorId, e.RecommendedAction));
            Assert.Contains("not sent again", e.Message, StringComparison.Ordinal);
            Assert.Single(fake.Handler.Sent, r => r.Uri.AbsolutePath == Thing);
        }
    }

    [Fact]
    public async Task A_202_that_names_no_task_is_an_unknown_outcome()
    {
        var (_, e) = await FailAsync("POST", _ => new HttpResponseMessage(HttpStatusCode.Accepted));
        Assert.Equal(("Vcd.OutcomeUnknown", Outcome), (e.ErrorId, e.RecommendedAction));
    }

    [Fact]
    public async Task A_202_whose_task_cannot_be_read_says_that_the_change_was_taken()
    {
        var (_, e) = await FailAsync("POST", r =>
        {
            if (r.Uri.AbsolutePath.StartsWith("/api/task/", StringComparison.Ordinal))
            {
                return VcdFake.Xml("<Error majorErrorCode=\"403\" minorErrorCode=\"ACCESS_TO_RESOURCE_IS_FORBIDDEN\" message=\"no\"/>", HttpStatusCode.Forbidden);
            }

            var response = new HttpResponseMessage(HttpStatusCode.Accepted);
            response.Headers.TryAddWithoutValidation("Location", VcdFake.Host + "/api/task/" + TaskId);
            return response;
        });
        Assert.Equal(("Vcd.OutcomeUnknown", Outcome), (e.ErrorId, e.RecommendedAction));
        Assert.Contains("was accepted", e.Message, StringComparison.Ordinal);
        Assert.Contains(TaskId, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_the_server_has_no_room_for_is_sent_again_with_pauses()
    {
        var refusals = 2;
        var (fake, change) = await ChangeAsync(_ => refusals-- > 0 ? VcdFake.Xml(Limits, HttpStatusCode.BadRequest) : VcdFake.Xml(TaskXml("running"), HttpStatusCode.Accepted));
        Assert.Equal("running", change.Task!.Status);
        Assert.Equal(3, fake.Handler.Sent.Count(r => r.Uri.AbsolutePath == Thing));
        Assert.Equal([3, 7], Pauses(fake));
    }

    [Fact]
    public async Task A_server_that_never_has_room_is_asked_five_times_and_then_it_is_said()
    {
        var (fake, e) = await FailAsync("PUT", _ => VcdFake.Xml(Limits, HttpStatusCode.BadRequest));
        Assert.Equal("Vcd.RateLimited", e.ErrorId);
        Assert.Contains("asked 5 times in 60 seconds", e.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", e.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(5, fake.Handler.Sent.Count(r => r.Uri.AbsolutePath == Thing));
        Assert.Equal([3, 7, 15, 35], Pauses(fake));
    }

    [Theory]
    [InlineData(400, "BAD_REQUEST", "Vcd.Validation")]
    [InlineData(400, "BUSY_ENTITY", "Vcd.WrongState")]
    [InlineData(400, "DUPLICATE_NAME", "Vcd.Conflict")]
    [InlineData(503, "OPERATION_LIMITS_EXCEEDED", "Vcd.OutcomeUnknown")]
    public async Task Every_other_refusal_is_said_at_once(int status, string code, string id)
    {
        var (fake, e) = await FailAsync("POST", _ => VcdFake.Xml(Limits.Replace("OPERATION_LIMITS_EXCEEDED", code, StringComparison.Ordinal), (HttpStatusCode)status));
        Assert.Equal((id, code), (e.ErrorId, e.ServerCode));
        Assert.Single(fake.Handler.Sent, r => r.Uri.AbsolutePath == Thing);
        if (code == "BUSY_ENTITY")
        {
            Assert.Contains("Another task is at work", e.RecommendedAction, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_body_that_no_server_takes_is_not_sent()
    {
        foreach (var (body, said) in new[]
        {
            (new XElement("Thing", new XAttribute("name", "a\u0001b")), "'Thing/name'"),
            (new XElement("Thing", new XElement("Description", "a\u0001b")), "'Description'"),
            (new XElement("Thing", Enumerable.Range(0, 4096).Select(i => new XElement("A"))), "4097 elements"),
            (new XElement("Thing", new string('x', 512 * 1024)), "at most 524288 bytes"),
        })
        {
            var fake = new VcdFake();
            var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
            var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.ChangeAsync(new VcdChangeRequest(HttpMethod.Post, Thing, Outcome) { Body = body, ContentType = "application/xml" }, CancellationToken.None));
            Assert.Equal("Vcd.Validation", e.ErrorId);
            Assert.Contains(said, e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(fake.Handler.Sent, r => r.Uri.AbsolutePath == Thing);
        }
    }

    [Fact]
    public async Task A_secret_body_is_shown_nowhere()
    {
        foreach (var secret in new[] { false, true })
        {
            var observer = new RecordingObserver();
            var client = new VcdClient(await new VcdFake(r => r.Uri.AbsolutePath == Thing ? VcdFake.Xml(TaskXml("running"), HttpStatusCode.Accepted) : null).ConnectAsync(), observer);
            await client.ChangeAsync(new VcdChangeRequest(HttpMethod.Post, Thing, Outcome) { Body = new XElement("Thing", "s3cr3t-word"), ContentType = "application/xml", IsSecret = secret }, CancellationToken.None);
            Assert.Equal(!secret, observer.Text.Contains("s3cr3t-word", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Who_is_stopped_knows_whether_the_change_went_out()
    {
        var heard = new List<bool>();
        var refusals = 1;
        var fake = new VcdFake(r => r.Uri.AbsolutePath == Thing ? refusals-- > 0 ? VcdFake.Xml(Limits, HttpStatusCode.BadRequest) : VcdFake.Xml(TaskXml("running"), HttpStatusCode.Accepted) : null);
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance) { Sending = heard.Add };
        await client.ChangeAsync(new VcdChangeRequest(HttpMethod.Post, Thing, Outcome), CancellationToken.None);
        Assert.Equal([true, false, true], heard);
    }

    [Theory]
    [InlineData("error", "failed")]
    [InlineData("canceled", "was canceled")]
    [InlineData("aborted", "was aborted")]
    public async Task A_task_that_did_not_end_well_is_an_error(string status, string said)
    {
        var left = 2;
        var fake = new VcdFake(r => r.Uri.AbsolutePath == "/api/task/" + TaskId ? VcdFake.Xml(TaskXml(left-- > 0 ? "running" : status)) : null);
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var seen = new List<string>();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.FollowAsync(new VcdTask(XElement.Parse(TaskXml("queued"))), null, t => seen.Add(t.Status), CancellationToken.None));
        Assert.Equal("Vcd.Failed", e.ErrorId);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.Equal(["queued", "running", "running", status], seen);
    }

    [Fact]
    public async Task A_task_that_has_ended_is_not_asked_for()
    {
        var fake = new VcdFake();
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var before = fake.Handler.Sent.Count;
        Assert.Equal("success", (await client.FollowAsync(new VcdTask(XElement.Parse(TaskXml("success"))), null, null, CancellationToken.None))!.Status);
        await Assert.ThrowsAsync<OrchestratorApiException>(() => client.FollowAsync(new VcdTask(XElement.Parse(TaskXml("aborted"))), null, null, CancellationToken.None));
        Assert.Null(await client.FollowAsync(null, null, null, CancellationToken.None));
        Assert.Equal(before, fake.Handler.Sent.Count);
    }

    [Fact]
    public void A_link_is_found_by_relation_and_media_type()
    {
        var entity = XElement.Parse("<E><Link rel=\"add\" type=\"application/a+xml\" href=\"1\"/><Link rel=\"add\" type=\"Application/B+xml;version=5.5\" href=\"2\"/><Link rel=\"edit\" href=\"3\"/></E>");
        Assert.Equal("2", VcdClient.FindLink(entity, "add", "application/b+xml")!.Href);
        Assert.Equal("1", VcdClient.FindLink(entity, "add")!.Href);
        Assert.Null(VcdClient.FindLink(entity, "add", "application/c+xml"));
        Assert.Null(VcdClient.FindLink(entity, "edit", "application/c+xml"));
    }

    private static string TaskXml(string status)
        => $"<Task xmlns=\"http://www.vmware.com/vcloud/v1.5\" status=\"{status}\" operation=\"Making x\" href=\"{VcdFake.Host}/api/task/{TaskId}\"><Owner href=\"{VcdFake.Host}/api/thing/7\" name=\"x\" type=\"t\"/></Task>";

    private static async Task<(VcdFake Fake, VcdChange Change)> ChangeAsync(Func<SentRequest, HttpResponseMessage> answer)
    {
        var fake = Script(answer);
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        return (fake, await client.ChangeAsync(new VcdChangeRequest(HttpMethod.Post, Thing, Outcome), CancellationToken.None));
    }

    private static async Task<(VcdFake Fake, OrchestratorApiException Error)> FailAsync(string method, Func<SentRequest, HttpResponseMessage> answer)
    {
        var fake = Script(answer, everything: true);
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        return (fake, await Assert.ThrowsAsync<OrchestratorApiException>(() => client.ChangeAsync(new VcdChangeRequest(new HttpMethod(method), Thing, Outcome), CancellationToken.None)));
    }

    private static VcdFake Script(Func<SentRequest, HttpResponseMessage> answer, bool everything = false)
        => new(r => r.Uri.AbsolutePath == Thing || (everything && r.Uri.AbsolutePath.StartsWith("/api/task/", StringComparison.Ordinal)) ? answer(r)
            : r.Uri.AbsolutePath == "/api/task/" + TaskId ? VcdFake.Xml(TaskXml("queued")) : null);

    private static IEnumerable<double> Pauses(VcdFake fake) => fake.Time.Waits.Select(w => w.TotalSeconds).Where(s => s is 3 or 7 or 15 or 35);
}
