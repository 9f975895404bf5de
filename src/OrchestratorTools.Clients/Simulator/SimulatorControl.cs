using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace OrchestratorTools.Clients.Simulator;

/// <summary>Speaks to the control address of a running simulator (docs/simulator.md). Loopback only.</summary>
public sealed class SimulatorControl : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>Prepares the client; no connection is opened.</summary>
    public SimulatorControl(Uri server, string token)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server };
        _http.DefaultRequestHeaders.Add("X-Control-Token", token);
    }

    /// <summary>The request log, oldest first.</summary>
    /// <param name="system">veloCloud, vcd or vro; null: all.</param>
    /// <param name="after">Only requests with a larger id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<JsonElement> GetRequestsAsync(string? system, long after, CancellationToken cancellationToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"requests?after={after}{(system is null ? string.Empty : "&system=" + system)}");
        return await SendAsync(HttpMethod.Get, query, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Empties the request log.</summary>
    public Task ClearRequestsAsync(CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, "requests", null, cancellationToken);

    /// <summary>Adds a fault and returns its id.</summary>
    public async Task<long> AddFaultAsync(JsonElement fault, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(HttpMethod.Post, "faults", fault, cancellationToken).ConfigureAwait(false);
        return answer.GetProperty("id").GetInt64();
    }

    /// <summary>The faults that wait or applied, with their hits.</summary>
    public Task<JsonElement> GetFaultsAsync(CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, "faults", null, cancellationToken);

    /// <summary>Removes one fault, or all.</summary>
    public Task ClearFaultsAsync(long? id, CancellationToken cancellationToken)
        => SendAsync(HttpMethod.Delete, id is null ? "faults" : string.Create(CultureInfo.InvariantCulture, $"faults/{id}"), null, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, JsonElement? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is { } json)
        {
            request.Content = new StringContent(json.GetRawText(), MediaTypeHeaderValue.Parse("application/json"));
        }

        using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"The simulator refused {method} {path}: {text}");
        }

        if (text.Length == 0)
        {
            return default;
        }

        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
