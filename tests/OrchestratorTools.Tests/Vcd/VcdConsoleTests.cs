using System.Net;
using System.Text;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Consoles, screens and questions on a scripted wire (guide, "Displaying the Virtual Machine Console", "Provide User Input Requested by a Virtual Machine").</summary>
public sealed class VcdConsoleTests
{
    private const string VM = "/api/vApp/vm-00000000-0000-4000-8000-0000000000a1";
    private const string MksLink = "<Link rel=\"screen:acquireMksTicket\" type=\"application/vnd.vmware.vcloud.mksTicket+xml\" href=\"HOST/x/mks\"/>";
    private const string OldLink = "<Link rel=\"screen:acquireTicket\" href=\"HOST/x/old\"/>";
    private const string QuestionType = "application/vnd.vmware.vcloud.vmPendingQuestion+xml";
    private const string Secret = "cst-abc/def+ghi==--tp-1234";

    [Theory]
    [InlineData("10.150.130.63", "wss://10.150.130.63/902;" + Secret)]
    [InlineData("2001:db8::7", "wss://[2001:db8::7]/902;" + Secret)]
    public async Task A_ticket_of_the_html_console_is_read_and_hidden(string host, string url)
    {
        var shelf = With(MksLink + OldLink).When("POST /x/mks", _ => Answer(Mks(host, Secret, "902")));
        var ticket = await (await shelf.ClientAsync()).GetConsoleTicketAsync(Machine(), CancellationToken.None);
        Assert.Equal(("web-1", "web", VcdConsoleType.WebMks, host, 902, "a/b.vmx"), (ticket.VM, ticket.VApp, ticket.Type, ticket.Host, ticket.Port, ticket.Vmx));
        Assert.Equal((Secret, url), (SecretText.Reveal(ticket.Ticket), SecretText.Reveal(ticket.Url)));
        Assert.Equal(TimeSpan.FromSeconds(30), ticket.ExpiresAt - ticket.AcquiredAt);
        Assert.DoesNotContain(Secret, ticket.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(typeof(VcdConsoleTicket).GetProperties(), p => p.GetValue(ticket)?.ToString()?.Contains(Secret, StringComparison.Ordinal) is true);
        Assert.NotNull(ticket.Origin);
        Assert.Equal("/x/mks", Assert.Single(shelf.Changes).Uri.AbsolutePath);
    }

    [Theory]
    [InlineData("mks://10.147.43.171/vm-61?ticket=cst-abc%2Fdef%2Bghi%3D%3D--tp-1234", "10.147.43.171", "vm-61")]
    [InlineData("mks://10.147.43.171/vm-61/ticket=cst-abc%2Fdef%2Bghi%3D%3D--tp-1234", "10.147.43.171", "vm-61")]
    public async Task The_older_form_is_taken_where_there_is_only_that(string address, string host, string vmx)
    {
        var shelf = With(OldLink).When("POST /x/old", _ => Answer($"<ScreenTicket>\n  {address}\n</ScreenTicket>"));
        var ticket = await (await shelf.ClientAsync()).GetConsoleTicketAsync(Machine(), CancellationToken.None);
        Assert.Equal((VcdConsoleType.Mks, host, (int?)null, vmx), (ticket.Type, ticket.Host, ticket.Port, ticket.Vmx));
        Assert.Equal((Secret, address), (SecretText.Reveal(ticket.Ticket), SecretText.Reveal(ticket.Url)));
    }

    [Theory]
    [InlineData("<MksTicket><Host>h</Host><Vmx/><Ticket/><Port>902</Port></MksTicket>")]
    [InlineData("<MksTicket><Host>h</Host><Vmx/><Ticket>t-1234</Ticket><Port>0</Port></MksTicket>")]
    [InlineData("<MksTicket><Host/><Vmx/><Ticket>t-1234</Ticket><Port>902</Port></MksTicket>")]
    [InlineData("<ScreenTicket>t-1234</ScreenTicket>")]
    [InlineData("<ScreenTicket>mks://h/vm-1?ticket=</ScreenTicket>")]
    [InlineData("<ScreenTicket>mks:///vm-1?ticket=t-1234</ScreenTicket>")]
    public async Task What_is_no_ticket_is_an_error_that_does_not_show_it(string answer)
    {
        var client = await With(MksLink).When("POST /x/mks", _ => Answer(answer)).ClientAsync();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.GetConsoleTicketAsync(Machine(), CancellationToken.None));
        Assert.Equal("Vcd.Protocol", e.ErrorId);
        Assert.DoesNotContain("t-1234", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_line_of_any_stream_has_the_ticket_before_or_afterwards()
    {
        var shelf = With(MksLink).When("POST /x/mks", _ => Answer(Mks("h", Secret, "902")));
        var observer = new RecordingObserver();
        var client = new VcdClient(await shelf.Fake.ConnectAsync(), observer);
        await client.GetConsoleTicketAsync(Machine(), CancellationToken.None);
        await Assert.ThrowsAsync<OrchestratorApiException>(() => client.GetEntityAsync<VcdVM>("/api/vApp/" + Uri.EscapeDataString(Secret), CancellationToken.None));
        var lines = observer.Text;
        Assert.Contains("/x/mks", lines, StringComparison.Ordinal);
        Assert.Contains("/api/vApp/***", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("tp-1234", lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_off_has_no_console_and_no_screen()
    {
        var shelf = new VcdShelf().With(VM, "<Vm name=\"web-1\" status=\"8\"><Link rel=\"power:powerOn\" href=\"HOST/x\"/></Vm>");
        var client = await shelf.ClientAsync();
        foreach (var ask in new Func<Task>[] { () => client.GetConsoleTicketAsync(Machine(), CancellationToken.None), () => client.GetScreenAsync(Machine(), CancellationToken.None) })
        {
            var e = await Assert.ThrowsAsync<OrchestratorApiException>(ask);
            Assert.Equal("Vcd.WrongState", e.ErrorId);
            Assert.Contains("POWERED_OFF", e.Message, StringComparison.Ordinal);
            Assert.Contains("Start-VcdVM", e.RecommendedAction, StringComparison.Ordinal);
        }

        Assert.Empty(shelf.Changes);
    }

    [Fact]
    public async Task A_ticket_whose_answer_was_lost_is_not_asked_for_again_by_itself()
    {
        var shelf = With(MksLink).When("POST /x/mks", _ => throw ScriptedHandler.Reset());
        var client = await shelf.ClientAsync();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.GetConsoleTicketAsync(Machine(), CancellationToken.None));
        Assert.Equal("Vcd.OutcomeUnknown", e.ErrorId);
        Assert.Contains("Ask again", e.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(shelf.Changes);
    }

    [Fact]
    public async Task A_screen_is_taken_as_it_comes()
    {
        byte[] picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 255, 254, 13, 10];
        Assert.Equal(picture, await ScreenAsync(picture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("GIF89a")]
    [InlineData("\u0089PNG")]
    public async Task What_is_no_png_is_an_error(string picture)
    {
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => ScreenAsync(Encoding.Latin1.GetBytes(picture)));
        Assert.Equal("Vcd.Protocol", e.ErrorId);
        Assert.Contains("PNG", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("down")]
    [InlineData("question")]
    public async Task A_question_is_found_by_the_type_of_its_link(string rel)
    {
        var shelf = Asking(rel);
        var question = await (await shelf.ClientAsync()).GetQuestionAsync(Machine(), CancellationToken.None);
        Assert.Equal(("web-1", "web", "Replace it?", "50"), (question!.VM, question.VApp, question.Question, question.QuestionId));
        Assert.Equal("0 = Append, 1 = Replace, 2", string.Join(", ", question.Choices));
        Assert.NotNull(question.Origin);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<Link rel=\"down\" type=\"" + QuestionType + "\" href=\"HOST/x/question\"/>")]
    public async Task Who_asks_nothing_has_no_question(string link)
    {
        var fake = new VcdFake(r => r.Uri.AbsolutePath switch
        {
            VM => VcdFake.Xml($"<Vm xmlns=\"http://www.vmware.com/vcloud/v1.5\" name=\"web-1\" status=\"5\" href=\"{VcdFake.Host}{VM}\">{link.Replace("HOST", VcdFake.Host, StringComparison.Ordinal)}</Vm>"),
            "/x/question" => new HttpResponseMessage(HttpStatusCode.NoContent),
            _ => null,
        });
        Assert.Null(await new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance).GetQuestionAsync(Machine(), CancellationToken.None));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("replace", 1)]
    [InlineData(" Append ", 0)]
    [InlineData("2", 2)]
    public async Task An_answer_is_a_number_or_words(string answer, int choice)
    {
        var shelf = Asking("down").When("POST /x/answer", _ => new HttpResponseMessage(HttpStatusCode.NoContent));
        var client = await shelf.ClientAsync();
        await client.AnswerAsync((await client.GetQuestionAsync(Machine(), CancellationToken.None))!, answer, CancellationToken.None);
        var sent = Assert.Single(shelf.Changes);
        Assert.Equal(("POST", "/x/answer", "application/vnd.vmware.vcloud.vmPendingAnswer+xml"), (sent.Method, sent.Uri.AbsolutePath, sent.ContentType));
        Assert.Equal($"{choice} 50", string.Join(' ', shelf.Body.Elements().Select(e => e.Value)));
    }

    [Theory]
    [InlineData("3")]
    [InlineData("-1")]
    [InlineData("Repl")]
    [InlineData("1.0")]
    public async Task An_answer_that_is_not_offered_is_not_sent(string answer)
    {
        var shelf = Asking("down");
        var client = await shelf.ClientAsync();
        var question = (await client.GetQuestionAsync(Machine(), CancellationToken.None))!;
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.AnswerAsync(question, answer, CancellationToken.None));
        Assert.Equal("Vcd.Validation", e.ErrorId);
        Assert.Contains("0 = Append, 1 = Replace, 2", e.Message, StringComparison.Ordinal);
        Assert.Empty(shelf.Changes);
    }

    [SkippableTheory]
    [InlineData("5.5")]
    [InlineData("9.0")]
    [InlineData("30.0")]
    public void The_answer_is_of_every_version(string version)
    {
        VcdSchemas.Need();
        var body = VcdBodies.Answer("_vmx1", 0);
        Assert.Empty(VcdSchemas.Faults(body));
        Assert.Empty(VcdSchemas.Newer(body, VcdApiVersion.Parse(version)));
    }

    private static async Task<byte[]> ScreenAsync(byte[] picture)
    {
        var fake = new VcdFake(r => r.Uri.AbsolutePath switch
        {
            VM => VcdFake.Xml($"<Vm xmlns=\"http://www.vmware.com/vcloud/v1.5\" name=\"web-1\" status=\"4\" href=\"{VcdFake.Host}{VM}\"><Link rel=\"screen:thumbnail\" href=\"{VcdFake.Host}/x/screen\"/></Vm>"),
            "/x/screen" => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(picture) },
            _ => null,
        });
        return await new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance).GetScreenAsync(Machine(), CancellationToken.None);
    }

    private static VcdVM Machine() => new(System.Xml.Linq.XElement.Parse($"<VMRecord name=\"web-1\" containerName=\"web\" href=\"{VcdFake.Host}{VM}\"/>"));

    private static VcdShelf With(string links) => new VcdShelf().With(VM, $"<Vm name=\"web-1\" status=\"4\">{links}</Vm>");

    private static VcdShelf Asking(string rel) => new VcdShelf()
        .With(VM, $"<Vm name=\"web-1\" status=\"5\"><Link rel=\"{rel}\" type=\"{QuestionType}\" href=\"HOST/x/question\"/></Vm>")
        .With("/x/question", "<VmPendingQuestion><Link rel=\"answer\" type=\"application/vnd.vmware.vcloud.vmPendingAnswer+xml\" href=\"HOST/x/answer\"/><Question>Replace it?</Question><QuestionId>50</QuestionId><Choices><Id>0</Id><Text>Append</Text></Choices><Choices><Id>1</Id><Text>Replace</Text></Choices><Choices><Id>2</Id></Choices></VmPendingQuestion>");

    private static string Mks(string host, string ticket, string port) => $"<MksTicket><Host>{host}</Host><Vmx>a/b.vmx</Vmx><Ticket>{ticket}</Ticket><Port>{port}</Port></MksTicket>";

    private static HttpResponseMessage Answer(string xml) => VcdFake.Xml(xml.Replace("<MksTicket>", "<MksTicket xmlns=\"http://www.vmware.com/vcloud/v1.5\">", StringComparison.Ordinal).Replace("<ScreenTicket>", "<ScreenTicket xmlns=\"http://www.vmware.com/vcloud/v1.5\">", StringComparison.Ordinal));
}
