using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Tasks of the simulated server: those that are there, and those that a test asks for.</summary>
public sealed class VcdSimulatorTaskTests : IClassFixture<VcdServer>, IAsyncLifetime
{
    private static readonly string[] Versions = ["37.2", "30.0", "39.1"];
    private readonly VcdServer _server;

    public VcdSimulatorTaskTests(VcdServer server) => _server = server;

    public async Task InitializeAsync()
    {
        await _server.Simulator.CommandAsync("vcd", "settings", new { versions = Versions });
        await _server.Simulator.CommandAsync("vcd", "nextTask", new { clear = true });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task An_organization_has_a_list_of_many_tasks_and_sees_no_others()
    {
        using var raw = await VcdRaw.LoginAsync(_server.Simulator, "37.2");
        var org = (await raw.RecordsAsync("type=organization"))[0].Text("href");
        var list = await raw.GetAsync(VcdRaw.Link(await raw.GetAsync(org), "down", "application/vnd.vmware.vcloud.tasksList+xml"));
        var tasks = list.Elements(VcdRaw.Ns + "Task").ToList();
        Assert.True(tasks.Count > 50, $"{tasks.Count} tasks");
        Assert.All(tasks, t => Assert.Equal(org, t.Element(VcdRaw.Ns + "Organization")!.Text("href")));
        Assert.Equal(tasks.Count.ToString(CultureInfo.InvariantCulture), (await raw.QueryAsync("type=task&pageSize=1")).Text("total"));
        using var provider = await VcdRaw.LoginAsync(_server.Simulator, "37.2", "System");
        var foreign = (await provider.RecordsAsync("type=adminTask&filter=orgName==globex"))[0].Text("href");
        await raw.RefusedAsync(foreign, 403);
    }

    [Fact]
    public async Task The_tasks_of_an_object_are_found_by_it()
    {
        using var raw = await VcdRaw.LoginAsync(_server.Simulator, "37.2");
        var some = (await raw.RecordsAsync("type=task&filter=objectType==vapp"))[0];
        var same = await raw.RecordsAsync($"type=task&pageSize=128&filter=object=={Uri.EscapeDataString(some.Text("object"))}");
        Assert.True(same.Count > 1);
        Assert.All(same, t => Assert.Equal(some.Text("objectName"), t.Text("objectName")));
    }

    [Theory]
    [InlineData("queued", "37.2", "queued")]
    [InlineData("preRunning", "37.2", "preRunning")]
    [InlineData("running", "37.2", "running")]
    [InlineData("postRunning", "37.2", "postRunning")]
    [InlineData("success", "37.2", "success")]
    [InlineData("error", "37.2", "error")]
    [InlineData("canceled", "37.2", "canceled")]
    [InlineData("canceled", "39.1", "aborted")]
    [InlineData("aborted", "37.2", "aborted")]
    public async Task A_task_of_any_state_can_be_had(string state, string version, string word)
    {
        using var raw = await VcdRaw.LoginAsync(_server.Simulator, version);
        var task = await MakeAsync(raw, new { state, @object = "web", progress = 40 });
        Assert.Equal(word, task.Text("status"));
        Assert.Equal("40", (string?)task.Element(VcdRaw.Ns + "Progress"));
        Assert.Equal("web", task.Element(VcdRaw.Ns + "Owner")!.Text("name"));
        Assert.Equal(state is "success" or "error" or "canceled" or "aborted", task.Attribute("endTime") is not null);
    }

    [Fact]
    public async Task An_error_has_words_or_none_as_asked()
    {
        using var raw = await VcdRaw.LoginAsync(_server.Simulator, "37.2");
        var silent = await MakeAsync(raw, new { state = "error" });
        Assert.Null(silent.Element(VcdRaw.Ns + "Error"));
        var said = await MakeAsync(raw, new { state = "error", error = new { majorErrorCode = 400, minorErrorCode = "BUSY_ENTITY", message = "It is <busy> & so on." } });
        var error = said.Element(VcdRaw.Ns + "Error")!;
        Assert.Equal(("400", "BUSY_ENTITY", "It is <busy> & so on."), (error.Text("majorErrorCode"), error.Text("minorErrorCode"), error.Text("message")));
        Assert.Equal("It is <busy> & so on.", (await raw.RecordsAsync($"type=task&filter=id=={said.Text("id")}"))[0].Text("message"));
    }

    [Fact]
    public async Task A_task_that_runs_makes_its_object_busy_until_it_ends()
    {
        using var raw = await VcdRaw.LoginAsync(_server.Simulator, "37.2");
        var task = await MakeAsync(raw, new { @object = "mail", endsAfterSeconds = 3600, endsAs = "error" });
        var record = (await raw.RecordsAsync("type=vApp&filter=name==mail"))[0];
        Assert.Equal("true", record.Text("isBusy"));
        Assert.Equal(task.Text("id"), (await raw.GetAsync(record.Text("href"))).Element(VcdRaw.Ns + "Tasks")!.Element(VcdRaw.Ns + "Task")!.Text("id"));
        await _server.Simulator.AdvanceAsync(TimeSpan.FromHours(1));
        using var later = await VcdRaw.LoginAsync(_server.Simulator, "37.2");
        Assert.Equal("error", (await later.GetAsync(task.Text("href"))).Text("status"));
        Assert.Equal("false", (await later.RecordsAsync("type=vApp&filter=name==mail"))[0].Text("isBusy"));
    }

    [Fact]
    public async Task Only_what_can_be_cancelled_has_the_link_and_only_once()
    {
        using var raw = await VcdRaw.LoginAsync(_server.Simulator, "37.2");
        var fixedTask = await MakeAsync(raw, new { });
        Assert.Null(VcdRaw.FindLink(fixedTask, "task:cancel"));
        (await raw.SendAsync(HttpMethod.Post, fixedTask.Text("href") + "/action/cancel")).Expect(400);
        var task = await MakeAsync(raw, new { cancelable = true });
        var cancel = VcdRaw.Link(task, "task:cancel");
        using var other = await VcdRaw.LoginAsync(_server.Simulator, "37.2", "globex");
        (await other.SendAsync(HttpMethod.Post, cancel)).Expect(403);
        (await raw.SendAsync(HttpMethod.Post, cancel)).Expect(204);
        var after = await raw.GetAsync(task.Text("href"));
        Assert.Equal(("canceled", "true"), (after.Text("status"), after.Text("cancelRequested")));
        Assert.Null(VcdRaw.FindLink(after, "task:cancel"));
        (await raw.SendAsync(HttpMethod.Post, cancel)).Expect(400);
    }

    [Theory]
    [InlineData("error", true)]
    [InlineData("error", false)]
    [InlineData("canceled", false)]
    [InlineData("aborted", false)]
    public async Task The_next_task_of_an_operation_ends_as_planned_and_has_no_effect(string state, bool hasWords)
    {
        using var raw = await VcdRaw.LoginAsync(_server.Simulator, "37.2");
        var media = (await raw.RecordsAsync("type=media&filter=catalogName==iso"))[0].Text("href");
        object? error = hasWords ? new { majorErrorCode = 500, minorErrorCode = "INTERNAL_SERVER_ERROR", message = "The datastore is gone." } : null;
        await _server.Simulator.CommandAsync("vcd", "nextTask", new { operationName = "vdcDelete*", state, error });
        var task = await raw.DoneAsync((await raw.SendAsync(HttpMethod.Delete, media)).Expect(202).Xml.Text("href"));
        Assert.Equal(state, task.Text("status"));
        Assert.Equal(hasWords ? "The datastore is gone." : null, (string?)task.Element(VcdRaw.Ns + "Error")?.Attribute("message"));
        await raw.GetAsync(media);
        if (state == "aborted")
        {
            // The plan was for one task.
            await raw.SucceededAsync(await raw.SendAsync(HttpMethod.Delete, media));
            await raw.RefusedAsync(media, 403);
        }
    }

    [Fact]
    public async Task An_import_that_fails_as_planned_leaves_a_failed_media_file()
    {
        using var raw = await VcdRaw.LoginAsync(_server.Simulator, "37.2");
        await _server.Simulator.CommandAsync("vcd", "nextTask", new { operationName = "vdcUploadMedia", state = "error", afterSeconds = 0.5 });
        var body = new XElement(VcdRaw.Ns + "Media", new XAttribute("name", "planned.iso"), new XAttribute("size", "3"), new XAttribute("imageType", "iso"));
        var item = (await raw.SendAsync(HttpMethod.Post, $"{await raw.CatalogAsync("iso")}/action/upload", body, VcdRaw.MediaType)).Expect(201).Xml;
        var entity = item.Element(VcdRaw.Ns + "Entity")!.Text("href");
        var task = (await raw.GetAsync(entity)).Element(VcdRaw.Ns + "Tasks")!.Element(VcdRaw.Ns + "Task")!.Text("href");
        Assert.Equal("error", (await raw.DoneAsync(task)).Text("status"));
        Assert.Equal("-1", (await raw.GetAsync(entity)).Text("status"));
    }

    [Theory]
    [InlineData("task", """{"state": "lost"}""", "lost", "queued")]
    [InlineData("task", """{"object": "no such thing"}""", "no such thing", "acme")]
    [InlineData("task", """{"colour": "red"}""", "colour", "operationName")]
    [InlineData("nextTask", """{"operationName": "*", "state": "running"}""", "error", "aborted")]
    [InlineData("nextTask", "{}", "operationName", "*")]
    public async Task A_command_that_cannot_be_done_says_why(string command, string arguments, params string[] words)
    {
        using var http = new HttpClient { BaseAddress = new Uri(_server.Simulator.Greeting.GetProperty("control").GetProperty("server").GetString()!) };
        http.DefaultRequestHeaders.Add("X-Control-Token", _server.Simulator.Greeting.GetProperty("control").GetProperty("token").GetString());
        using var content = new StringContent(arguments, System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri($"systems/vcd/{command}", UriKind.Relative), content);
        Assert.Equal(400, (int)answer.StatusCode);
        var sentence = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetString();
        Assert.All(words, w => Assert.Contains(w, sentence, StringComparison.Ordinal));
    }

    private async Task<XElement> MakeAsync(VcdRaw raw, object arguments)
    {
        var ids = await _server.Simulator.CommandAsync("vcd", "task", arguments);
        var urn = ids.EnumerateArray().Single().GetString()!;
        return await raw.GetAsync($"task/{urn[(urn.LastIndexOf(':') + 1)..]}");
    }
}
