using System.Net;
using System.Text;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>facts/vcd.md, "Error" and "401/403"; and what no server should answer.</summary>
public sealed class VcdErrorTests
{
    private const string Ns = "xmlns=\"http://www.vmware.com/vcloud/v1.5\"";

    public static TheoryData<int, string, string, string, string> Bodies => new()
    {
        { 403, "application/vnd.vmware.vcloud.error+xml", $"<Error {Ns} minorErrorCode=\"ACCESS_TO_RESOURCE_IS_FORBIDDEN\" message=\"No access to entity &quot;x&quot;.\" majorErrorCode=\"403\"/>", "Vcd.NotFound", "not found, or no right to see it: No access to entity \"x\"" },
        { 404, "application/vnd.vmware.vcloud.error+xml", $"<Error {Ns} minorErrorCode=\"RESOURCE_NOT_FOUND\" message=\"gone\" majorErrorCode=\"404\"/>", "Vcd.NotFound", "gone" },
        { 400, "application/vnd.vmware.vcloud.error+xml", $"<Error {Ns} minorErrorCode=\"BAD_REQUEST\" message=\"quota\" majorErrorCode=\"400\" stackTrace=\"at com.vmware.Secret\"/>", "Vcd.Validation", "quota" },
        { 400, "application/vnd.vmware.vcloud.error+xml", $"<Error {Ns} minorErrorCode=\"DUPLICATE_NAME\" message=\"exists\" majorErrorCode=\"400\"/>", "Vcd.Conflict", "exists" },
        { 400, "application/vnd.vmware.vcloud.error+xml", $"<Error {Ns} minorErrorCode=\"BUSY_ENTITY\" message=\"busy\" majorErrorCode=\"400\"/>", "Vcd.WrongState", "busy" },
        { 400, "application/vnd.vmware.vcloud.error+xml", $"<Error {Ns} minorErrorCode=\"OPERATION_LIMITS_EXCEEDED\" message=\"many\" majorErrorCode=\"400\"/>", "Vcd.RateLimited", "many" },
        { 400, "application/json", "{\"minorErrorCode\":\"BAD_REQUEST\",\"message\":\"from cloudapi\",\"stackTrace\":null}", "Vcd.Validation", "from cloudapi" },
        { 403, "text/plain", "", "Vcd.Permission", "Forbidden" },
        { 404, "text/html", "<html><head><title>Not Found &amp; gone</title></head></html>", "Vcd.NotFound", "an HTML page titled 'Not Found & gone'" },
        { 400, "application/vnd.vmware.vcloud.error+xml", $"<Error {Ns} minorErrorCode=\"BAD", "Vcd.Validation", "Bad Request" },
        { 400, "application/json", "{\"minorErrorCode\":", "Vcd.Validation", "Bad Request" },
        { 400, "text/xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><Error message=\"&b;\"/>", "Vcd.Validation", "Bad Request" },
        { 406, "text/plain", "Not acceptable", "Vcd.Protocol", "Not acceptable" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task An_error_is_read_whatever_its_body_is(int status, string type, string body, string id, string said)
    {
        var fake = new VcdFake(r => r.Uri.AbsolutePath == "/api/query" ? With(VcdFake.Xml(body, (HttpStatusCode)status, type)) : null);
        var session = await fake.ConnectAsync();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => session.GetXmlAsync(new Uri(session.Server, "/api/query"), SilentObserver.Instance, CancellationToken.None));
        Assert.Equal(id, e.ErrorId);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.Contains("request-42", e.Message, StringComparison.Ordinal);
        Assert.Equal("request-42", e.RequestId);
        Assert.DoesNotContain("com.vmware.Secret", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_403_of_a_token_session_says_what_such_a_session_cannot_do()
    {
        var fake = new VcdFake(r => r.Uri.AbsolutePath == "/api/query" ? VcdFake.Xml("<Error majorErrorCode=\"403\" minorErrorCode=\"OTHER\" message=\"no\"/>", HttpStatusCode.Forbidden) : null);
        var session = await fake.ConnectAsync(new VcdLogin { Organization = "acme", ApiToken = SecretText.From("api-token-secret") });
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => session.GetXmlAsync(new Uri(session.Server, "/api/query"), SilentObserver.Instance, CancellationToken.None));
        Assert.Contains("API token cannot", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html><body>sign in</body></html>", "text/html", "HTML")]
    [InlineData("{}", "application/json", "JSON")]
    [InlineData("<Task/>", "application/xml", "'Task'")]
    [InlineData("<QueryResultRecords><Catalog", "application/xml", "cannot be read")]
    [InlineData("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><QueryResultRecords/>", "application/xml", "cannot be read")]
    [InlineData("DEEP", "application/xml", "nested deeper than 128")]
    [InlineData("BOMB", "application/xml", "cannot be read")]
    public async Task An_answer_that_is_none_is_an_error(string body, string type, string said)
    {
        body = body switch
        {
            "DEEP" => "<QueryResultRecords>" + string.Concat(Enumerable.Repeat("<a>", 1000)) + string.Concat(Enumerable.Repeat("</a>", 1000)) + "</QueryResultRecords>",
            "BOMB" => "<!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><QueryResultRecords>&b;</QueryResultRecords>",
            _ => body,
        };
        var fake = new VcdFake(r => r.Uri.AbsolutePath == "/api/query" ? VcdFake.Xml(body, type: type) : null);
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(async () => await client.GetCatalogsAsync([], [], CancellationToken.None).ToListAsync());
        Assert.Equal("Vcd.Protocol", e.ErrorId);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_whose_answer_cannot_be_read_is_of_unknown_outcome_and_was_sent_once()
    {
        var fake = new VcdFake(r => r.Method == "PUT" ? VcdFake.Xml("<Task ", type: "application/xml") : null);
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.InvokeAsync(HttpMethod.Put, "/api/media/1", Encoding.UTF8.GetBytes("<Media/>"), "application/xml", CancellationToken.None));
        Assert.Equal("Vcd.OutcomeUnknown", e.ErrorId);
        Assert.Single(fake.Handler.Sent, r => r.Method == "PUT");
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task Everything_but_reading_is_sent_once_when_its_answer_is_lost(string method)
    {
        var fake = new VcdFake(r => r.Uri.AbsolutePath == "/api/thing" ? throw ScriptedHandler.Reset() : null);
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.InvokeAsync(new HttpMethod(method), "/api/thing", null, null, CancellationToken.None));
        Assert.Equal("Vcd.OutcomeUnknown", e.ErrorId);
        Assert.Single(fake.Handler.Sent, r => r.Method == method && r.Uri.AbsolutePath == "/api/thing");
    }

    private static HttpResponseMessage With(HttpResponseMessage response)
    {
        response.Headers.TryAddWithoutValidation("X-VMWARE-VCLOUD-REQUEST-ID", "request-42");
        return response;
    }
}
