using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>A session with the simulated server that speaks HTTP itself: what is tested is the server, not the client.</summary>
internal sealed class VcdRaw : IDisposable
{
    public static readonly XNamespace Ns = "http://www.vmware.com/vcloud/v1.5";
    private readonly HttpClient _http;
    private readonly string _accept;

    private VcdRaw(HttpClient http, string accept)
    {
        _http = http;
        _accept = accept;
    }

    /// <summary>Headers that every request carries, such as a tenant's context.</summary>
    public HttpRequestHeaders Headers => _http.DefaultRequestHeaders;

    public Uri Server => _http.BaseAddress!;

    /// <summary>Logs a user of the greeting in, the organization's first or the named one.</summary>
    public static async Task<VcdRaw> LoginAsync(Simulator simulator, string version, string organization = "acme", string? user = null)
    {
        var account = simulator.System("vcd").GetProperty("users").EnumerateArray()
            .First(u => u.GetProperty("organization").GetString() == organization && (user is null || u.GetProperty("user").GetString() == user));
#pragma warning disable MA0039 // The simulator's certificate is its own; its address is loopback, and the client under test is another.
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true, UseProxy = false, AllowAutoRedirect = false, UseCookies = false };
#pragma warning restore MA0039
        var raw = new VcdRaw(new HttpClient(handler) { BaseAddress = simulator.Server("vcd") }, $"application/*+xml;version={version}");
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/sessions");
        request.Headers.TryAddWithoutValidation("Accept", raw._accept);
        var basic = $"{account.GetProperty("user").GetString()}@{organization}:{account.GetProperty("password").GetString()}";
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)));
        using var response = await raw._http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        if (response.Headers.TryGetValues("X-VMWARE-VCLOUD-ACCESS-TOKEN", out var bearer)) raw.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer.Single());
        else raw.Headers.Add("x-vcloud-authorization", response.Headers.GetValues("x-vcloud-authorization").Single());
        return raw;
    }

    /// <summary>GET of a path below the server, or of a whole address; any status.</summary>
    public async Task<(HttpStatusCode Status, byte[] Body)> TryGetAsync(string address) => await SendAsync(HttpMethod.Get, address, headers: null);

    /// <summary>A request without a body; any status.</summary>
    public async Task<(HttpStatusCode Status, byte[] Body)> SendAsync(HttpMethod method, string address, IReadOnlyDictionary<string, string>? headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Server, address));
        request.Headers.TryAddWithoutValidation("Accept", _accept);
        foreach (var (name, value) in headers ?? new Dictionary<string, string>(StringComparer.Ordinal)) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>GET of what has to be there.</summary>
    public async Task<XElement> GetAsync(string address)
    {
        var (status, body) = await TryGetAsync(address);
        Assert.True(status == HttpStatusCode.OK, $"{address}: {(int)status} {Encoding.UTF8.GetString(body)}");
        return XElement.Parse(Encoding.UTF8.GetString(body));
    }

    /// <summary>GET of what has to be refused: the error's element.</summary>
    public async Task<XElement> RefusedAsync(string address, HttpStatusCode expected)
    {
        var (status, body) = await TryGetAsync(address);
        Assert.True(status == expected, $"{address}: {(int)status} instead of {(int)expected}: {Encoding.UTF8.GetString(body)}");
        return XElement.Parse(Encoding.UTF8.GetString(body));
    }

    /// <summary>The records of a query; the query string goes as it is.</summary>
    public async Task<IReadOnlyList<XElement>> RecordsAsync(string query) => [.. (await GetAsync($"api/query?{query}")).Elements().Where(e => e.Name.LocalName.EndsWith("Record", StringComparison.Ordinal))];

    public void Dispose() => _http.Dispose();
}
