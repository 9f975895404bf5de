using System.Net;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Tests.Http;

/// <summary>No secret in any line, whatever carries it.</summary>
public sealed class RedactionTests
{
    [Theory]
    [InlineData("{\"password\":\"hunter2!\"}", "hunter2!")]
    [InlineData("{\"drVCOPassword\" : \"hunter2!\"}", "hunter2!")]
    [InlineData("{\"access_token\":\"abc.def\",\"expires_in\":899}", "abc.def")]
    [InlineData("{\"refresh_token\":\"a\\\"b+/=\"}", "a\\\"b")]
    [InlineData("{\"client_secret\":\"AQAA==\"}", "AQAA")]
    [InlineData("{\"mfaKey\":\"HBIG4FZN5XM7\"}", "HBIG4FZN5XM7")]
    [InlineData("{\"mfaQrCodeUrl\":\"otpauth://totp/x?secret=HBIG4FZN\"}", "HBIG4FZN")]
    [InlineData("{\"mfaToken\":\"eyJhbGciOi\"}", "eyJhbGciOi")]
    [InlineData("{\"activationKey\":\"ABCD-EFGH-IJKL\"}", "ABCD-EFGH")]
    [InlineData("grant_type=password&username=u&password=hunter2%21&x=1", "hunter2")]
    [InlineData("grant_type=refresh_token&refresh_token=abc%3D", "abc%3D")]
    [InlineData("<Password>hunter2!</Password>", "hunter2!")]
    [InlineData("<a:Password xmlns:a=\"u\">hunter2!</a:Password>", "hunter2!")]
    [InlineData("<User password=\"hunter2!\"/>", "hunter2!")]
    [InlineData("Authorization: Bearer abcdefghijklmnop", "abcdefghijklmnop")]
    [InlineData("Authorization: Token eyJhbGciOiJIUzI1NiJ9.x.y", "eyJhbGciOiJIUzI1NiJ9")]
    [InlineData("<ovf:Property ovf:key=\"a\" ovf:password=\"true\" ovf:value=\"hunter2!\"/>", "hunter2!")]
    [InlineData("<ovf:Property ovf:key=\"a\" ovf:type=\"password\"><ovf:Label>A</ovf:Label><ovf:Value ovf:value=\"hunter2!\"/></ovf:Property>", "hunter2!")]
    [InlineData("<Property value=\"hunter2!\" key=\"vCloud_adminPassword\"/>", "hunter2!")]
    [InlineData("<ovf:Property ovf:key=\"a\" ovf:password=\"true\"><ovf:Value ovf:value=\"hunter2!", "hunter2!")]
    [InlineData("<Link href=\"https://vcd.example:443/transfer/9d1f/file.iso\"/>", "9d1f")]
    [InlineData("<Link rel=\"download:default\" type=\"text/xml\" href=\"https://vcd.example/spool/abc123/x.ovf\"/>", "abc123")]
    [InlineData("<ns2:Link href=\"https://vcd.example/spool/abc123/x.iso\" rel=\"upload:default\"/>", "abc123")]
    public void Secrets_are_masked_by_name(string text, string secret)
    {
        var shown = new SecretRedactor().Redact(text);

        Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
        Assert.Contains(SecretRedactor.Mask, shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the word password stands here and nothing is hidden")]
    [InlineData("{\"name\":\"token ring\",\"size\":5}")]
    [InlineData("<Catalog name=\"passwords\" href=\"https://vcd.example/api/catalog/1\"/>")]
    [InlineData("<Link rel=\"down\" href=\"https://vcd.example/api/catalog/1\"/><Link rel=\"up\" href=\"/api/org/2\"/>")]
    public void What_is_no_secret_stays(string text) => Assert.Equal(text, new SecretRedactor().Redact(text));

    [Fact]
    public void Secrets_are_masked_by_value_wherever_they_stand()
    {
        var redactor = new SecretRedactor();
        redactor.Add("p\"a&ss w+rd");

        Assert.Equal("x *** y", redactor.Redact("x p\"a&ss w+rd y"));
        Assert.Equal("q=***", redactor.Redact("q=" + Uri.EscapeDataString("p\"a&ss w+rd")));
        Assert.DoesNotContain("ss w", redactor.Redact("{\"echo\":\"" + System.Text.Json.JsonEncodedText.Encode("p\"a&ss w+rd") + "\"}"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_is_forgotten_after_the_login()
    {
        var redactor = new SecretRedactor();
        using (redactor.AddFor("hunter2!"))
        {
            Assert.Equal("***", redactor.Redact("hunter2!"));
        }

        Assert.Equal("hunter2!", redactor.Redact("hunter2!"));
    }

    [Fact]
    public async Task Verbose_debug_and_errors_of_a_request_hold_no_secret()
    {
        var observer = new RecordingObserver();
        var wire = new ScriptedHandler(sent =>
        {
            var response = ScriptedHandler.Json("{\"message\":\"bad token ticket-1 for https://u:pw@x/transfer/abc123/f\",\"password\":\"hunter2!\"}", HttpStatusCode.BadRequest);
            response.Headers.TryAddWithoutValidation("Set-Cookie", "velocloud.session=verysecret; Path=/");
            response.Headers.TryAddWithoutValidation("X-VMWARE-VCLOUD-ACCESS-TOKEN", "anothersecret");
            return response;
        });
        await using var session = RetryTests.Session(wire, new ManualTime());

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => session.SendTextAsync(HttpMethod.Post, "x?token=querysecret&a=1", RequestClass.Change, "{\"password\":\"bodysecret\"}", observer));

        var all = observer.Text + error + error.ServerMessage + error.Uri;
        Assert.Contains("400", observer.Text, StringComparison.Ordinal);
        Assert.Contains("Set-Cookie: ***", observer.Text, StringComparison.Ordinal);
        foreach (var secret in new[] { "ticket-1", "verysecret", "anothersecret", "querysecret", "bodysecret", "hunter2!", "abc123" })
        {
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_secret_request_shows_no_body_and_a_transfer_no_path()
    {
        var observer = new RecordingObserver();
        var wire = new ScriptedHandler(_ => ScriptedHandler.Json("{\"odd\":\"oddsecret\"}"));
        await using var session = RetryTests.Session(wire, new ManualTime());
        using var request = new HttpRequestMessage(HttpMethod.Post, "oauth") { Content = new StringContent("odd=oddsecret") };
        request.Options.Set(RequestKeys.Secret, true);

        (await session.SendAsync(request, RequestClass.Login, observer, default)).Dispose();
        await session.SendTextAsync(HttpMethod.Put, "https://t.example/transfer/pathsecret/f", RequestClass.Transfer, "b", observer);

        Assert.DoesNotContain("oddsecret", observer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("pathsecret", observer.Text, StringComparison.Ordinal);
        Assert.Contains("PUT https://t.example/***", observer.Text, StringComparison.Ordinal);
    }
}
