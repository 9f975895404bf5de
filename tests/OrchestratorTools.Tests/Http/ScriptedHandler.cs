using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Tests.Http;

/// <summary>Stands in the wire's place: answers as told, and remembers what it was sent.</summary>
public sealed class ScriptedHandler : HttpMessageHandler
{
    private readonly Func<SentRequest, CancellationToken, Task<HttpResponseMessage>> _answer;
    private readonly ConcurrentQueue<SentRequest> _sent = new();

    public ScriptedHandler(Func<SentRequest, CancellationToken, Task<HttpResponseMessage>> answer) => _answer = answer;

    public ScriptedHandler(Func<SentRequest, HttpResponseMessage> answer)
        : this((request, _) => Task.FromResult(answer(request)))
    {
    }

    public IReadOnlyList<SentRequest> Sent => [.. _sent];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        var sent = new SentRequest(request.Method.Method, request.RequestUri!, request.Headers.ToDictionary(h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase), body, _sent.Count + 1)
        {
            ContentType = request.Content?.Headers.ContentType?.ToString(),
        };
        _sent.Enqueue(sent);
        var response = await _answer(sent, cancellationToken);
        response.RequestMessage = request;
        return response;
    }

    public static HttpResponseMessage Json(string text, HttpStatusCode status = HttpStatusCode.OK)
        => new(status) { Content = new StringContent(text, System.Text.Encoding.UTF8, "application/json") };

    public static Exception Refused() => new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException((int)SocketError.ConnectionRefused));

    public static Exception UnknownName() => new HttpRequestException(HttpRequestError.NameResolutionError, "unknown", new SocketException((int)SocketError.HostNotFound));

    public static Exception Tls() => new HttpRequestException(HttpRequestError.SecureConnectionError, "tls");

    public static Exception Reset() => new HttpRequestException("copying", new IOException("reset", new SocketException((int)SocketError.ConnectionReset)));

    public static Exception Ended() => new HttpRequestException(HttpRequestError.ResponseEnded, "ended");
}

public sealed record SentRequest(string Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, string? Body, int Number)
{
    /// <summary>The media type of the body.</summary>
    public string? ContentType { get; init; }
}

/// <summary>A session of no real system: the base class with the least that a system adds.</summary>
public sealed class TestSession : OrchestratorSession
{
    private readonly Func<int, Task<string>>? _renew;
    private int _renewals;

    public TestSession(ConnectionSettings settings, TimeSpan? pause = null, Func<int, Task<string>>? renew = null)
        : base(OrchestratorSystem.Vro, settings, pause)
    {
        _renew = renew;
        SetTicket(new SessionTicket("ticket-1", settings.Time.GetUtcNow(), settings.Time.GetUtcNow() + TimeSpan.FromMinutes(15)));
    }

    public int Renewals => Volatile.Read(ref _renewals);

    public ISet<string> Trusted => TrustedOrigins;

    protected override string SystemTitle => "test server";

    public override Task LogoutAsync(IRequestObserver observer, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task ProbeAsync(IRequestObserver observer, CancellationToken cancellationToken) => Task.CompletedTask;

    protected override void Attach(HttpRequestMessage request, SessionTicket ticket)
    {
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + ticket.Value);
    }

    protected override async Task<SessionTicket> RenewAsync(SessionTicket stale, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _renewals);
        var value = _renew is null ? $"ticket-{number + 1}" : await _renew(number);
        return new SessionTicket(value, Time.GetUtcNow(), Time.GetUtcNow() + TimeSpan.FromMinutes(15));
    }

    protected override ServerError ReadError(HttpStatusCode status, System.Net.Http.Headers.HttpResponseHeaders headers, string? mediaType, string body) => new(null, null, body);

    public async Task<string> GetAsync(string path, RequestClass kind = RequestClass.Read, IRequestObserver? observer = null, CancellationToken cancellationToken = default)
        => await SendTextAsync(HttpMethod.Get, path, kind, null, observer, cancellationToken);

    public async Task<string> SendTextAsync(HttpMethod method, string path, RequestClass kind, string? body = null, IRequestObserver? observer = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.RelativeOrAbsolute));
        if (body is not null)
        {
            request.Content = new StringContent(body);
        }

        using var response = await SendAsync(request, kind, observer ?? SilentObserver.Instance, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }
}
