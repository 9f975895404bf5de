using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>An answer, as it came.</summary>
internal sealed record RawAnswer(int Status, string? Reason, string? Location, string? ContentType, byte[] Bytes, string? ContentLength, string? ContentRange)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public XElement Xml => XElement.Parse(Text);

    /// <summary>The minor error code of an error answer; null where the answer is none.</summary>
    public string? Code => Bytes.Length > 0 && Xml.Name.LocalName == "Error" ? (string?)Xml.Attribute("minorErrorCode") : null;

    /// <summary>Asserts the status, and shows the answer where it is another.</summary>
    public RawAnswer Expect(int status)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status} {Reason}: {Text}");
        return this;
    }
}

/// <summary>A session at a simulated server that shares nothing with the module's own client: plain requests, plain XML.</summary>
internal sealed class VcdRaw : IDisposable
{
    public static readonly XNamespace Ns = "http://www.vmware.com/vcloud/v1.5";
    public const string TemplateParams = "application/vnd.vmware.vcloud.uploadVAppTemplateParams+xml";
    public const string MediaType = "application/vnd.vmware.vcloud.media+xml";
    private readonly HttpClient _http;
    private readonly Simulator _simulator;

    private VcdRaw(HttpClient http, Simulator simulator, string version)
    {
        _http = http;
        _simulator = simulator;
        Version = version;
    }

    public string Version { get; }

    public string Api => $"{_simulator.Server("vcd").AbsoluteUri}api/";

    /// <summary>Logs in as the nth user of an organization.</summary>
    public static async Task<VcdRaw> LoginAsync(Simulator simulator, string version = "39.1", string organization = "acme", int nth = 0)
    {
        var user = simulator.System("vcd").GetProperty("users").EnumerateArray().Where(u => u.GetProperty("organization").GetString() == organization).ElementAt(nth);
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.GetCertHashString(HashAlgorithmName.SHA256) == simulator.Thumbprint } });
        var isOld = double.Parse(version, System.Globalization.CultureInfo.InvariantCulture) < 36;
        var path = isOld ? "api/sessions" : organization == "System" ? "cloudapi/1.0.0/sessions/provider" : "cloudapi/1.0.0/sessions";
        using var login = new HttpRequestMessage(HttpMethod.Post, new Uri(simulator.Server("vcd"), path));
        login.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user.GetProperty("user").GetString()}@{organization}:{user.GetProperty("password").GetString()}")));
        login.Headers.TryAddWithoutValidation("Accept", isOld ? $"application/*+xml;version={version}" : $"application/json;version={version}");
        using var answer = await http.SendAsync(login);
        Assert.True(answer.IsSuccessStatusCode, $"login: {(int)answer.StatusCode}");
        if (answer.Headers.TryGetValues("X-VMWARE-VCLOUD-ACCESS-TOKEN", out var tokens)) http.DefaultRequestHeaders.Add("Authorization", $"Bearer {tokens.Single()}");
        else http.DefaultRequestHeaders.Add("x-vcloud-authorization", answer.Headers.GetValues("x-vcloud-authorization").Single());
        return new VcdRaw(http, simulator, version);
    }

    public async Task<RawAnswer> SendAsync(HttpMethod method, string href, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, href.StartsWith("http", StringComparison.Ordinal) ? href : Api + href) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept", $"application/*+xml;version={Version}");
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                Assert.True(content!.Headers.TryAddWithoutValidation(name, value));
            }
        }

        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        // As sent: the property makes a length up where there was none.
        var sent = answer.Content.Headers.NonValidated;
        var length = sent.TryGetValues("Content-Length", out var lengths) ? lengths.ToString() : null;
        var range = sent.TryGetValues("Content-Range", out var ranges) ? ranges.ToString() : null;
        return new RawAnswer((int)answer.StatusCode, answer.ReasonPhrase, answer.Headers.Location?.OriginalString, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsByteArrayAsync(), length, range);
    }

    public async Task<XElement> GetAsync(string href) => (await SendAsync(HttpMethod.Get, href)).Expect(200).Xml;

    public Task<RawAnswer> SendAsync(HttpMethod method, string href, XElement body, string type)
    {
        var content = new StringContent(body.ToString());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return SendAsync(method, href, content);
    }

    /// <summary>PUTs bytes to a transfer address, with a Content-Range where there is one.</summary>
    public async Task<RawAnswer> PutAsync(string href, byte[] bytes, string? range = null)
    {
        using var content = new ByteArrayContent(bytes);
        return await SendAsync(HttpMethod.Put, href, content, range is null ? [] : [("Content-Range", range)]);
    }

    /// <summary>The href of a catalog of a name, as the user's own query gives it.</summary>
    public async Task<string> CatalogAsync(string name)
        => (await GetAsync($"query?type=catalog&format=records&filter=name=={Uri.EscapeDataString(name)}")).Elements().Where(e => e.Name.LocalName == "CatalogRecord").Select(e => (string)e.Attribute("href")!).First();

    /// <summary>The entity behind an entry of a catalog: asks until a condition holds.</summary>
    public async Task<XElement> UntilAsync(string href, Func<XElement, bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var entity = await GetAsync(href);
            if (condition(entity))
            {
                return entity;
            }

            Assert.False(limit.IsCancellationRequested, $"Never became what was waited for: {entity}");
            await _simulator.AdvanceAsync(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>The task, once it is over.</summary>
    public Task<XElement> DoneAsync(string href) => UntilAsync(href, t => (string?)t.Attribute("status") is not ("queued" or "preRunning" or "running"));

    /// <summary>The task of an answer that started one, once it succeeded.</summary>
    public async Task<XElement> SucceededAsync(RawAnswer answer)
    {
        var task = answer.Expect(202).Xml;
        var done = await DoneAsync((string)task.Attribute("href")!);
        Assert.True((string?)done.Attribute("status") == "success", done.ToString());
        return done;
    }

    public static string Link(XElement entity, string rel, string? type = null)
        => FindLink(entity, rel, type) ?? throw new Xunit.Sdk.XunitException($"There is no link {rel} {type} in {entity}");

    public static string? FindLink(XElement entity, string rel, string? type = null)
        => (string?)entity.Elements(Ns + "Link").FirstOrDefault(l => (string?)l.Attribute("rel") == rel && (type is null || (string?)l.Attribute("type") == type))?.Attribute("href");

    public static XElement? File(XElement entity, string name) => entity.Elements(Ns + "Files").Elements(Ns + "File").FirstOrDefault(f => (string?)f.Attribute("name") == name);

    public static string UploadHref(XElement entity, string name) => Link(File(entity, name) ?? throw new Xunit.Sdk.XunitException($"There is no file {name} in {entity}"), "upload:default");

    public static XElement? TaskError(XElement entity) => entity.Elements(Ns + "Tasks").Elements(Ns + "Task").Elements(Ns + "Error").FirstOrDefault();

    public void Dispose() => _http.Dispose();
}
