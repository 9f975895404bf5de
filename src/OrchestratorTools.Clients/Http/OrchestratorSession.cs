using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace OrchestratorTools.Clients.Http;

/// <summary>
/// A connection to one server, safe for many threads: the HTTP pipeline, the session's credentials and their renewal, and the one place where anything that goes
/// wrong becomes an <see cref="OrchestratorApiException"/>. Each system derives its own.
/// </summary>
public abstract partial class OrchestratorSession : IAsyncDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly CertificateCheck _certificates;
    private readonly object _gate = new();
    private SessionTicket? _ticket;
    private Task<SessionTicket>? _renewal;
    private OrchestratorApiException? _ended;
    private int _disposed;

    /// <summary>Builds the pipeline. No connection is opened.</summary>
    /// <param name="system">The kind of server.</param>
    /// <param name="settings">How to reach it.</param>
    /// <param name="pauseAfterLimit">How long all requests of this connection wait after a 429 without Retry-After; null where only the refused request waits.</param>
    protected OrchestratorSession(OrchestratorSystem system, ConnectionSettings settings, TimeSpan? pauseAfterLimit)
    {
        ArgumentNullException.ThrowIfNull(settings);
        System = system;
        Settings = settings;
        Server = new Uri(settings.Server.GetLeftPart(UriPartial.Authority));
        if (!string.Equals(Server.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) && !Server.IsLoopback)
        {
            throw new OrchestratorApiException(system, OrchestratorErrorKind.Validation, $"The server's address '{Server}' is not HTTPS: credentials would cross the network in the clear. Plain http is taken for loopback addresses only.");
        }

        _certificates = new CertificateCheck(settings);
        HttpMessageHandler chain = new WireHandler(settings.PrimaryHandler?.Invoke() ?? CreatePrimaryHandler(), Redactor, settings.Timeout, settings.Time);
        if (settings.Resilience is { } resilience)
        {
            var repeating = resilience(settings.MaximumRetryCount, pauseAfterLimit, settings.Time, SayRetry);
            repeating.InnerHandler = chain;
            chain = repeating;
        }

        _invoker = new HttpMessageInvoker(chain);
    }

    /// <summary>The kind of server.</summary>
    public OrchestratorSystem System { get; }

    /// <summary>Scheme, host and port that were dialled.</summary>
    public Uri Server { get; }

    /// <summary>How to reach the server.</summary>
    public ConnectionSettings Settings { get; }

    /// <summary>Knows this connection's secrets.</summary>
    public SecretRedactor Redactor { get; } = new();

    /// <summary>The connection's name in the registry; objects carry it.</summary>
    public string ConnectionName { get; internal set; } = string.Empty;

    /// <summary>Who is logged in, as the server or the user says it.</summary>
    public string User { get; protected set; } = string.Empty;

    /// <summary>The API version in use.</summary>
    public string ApiVersion { get; protected set; } = string.Empty;

    /// <summary>What the session may see: the organization, the tier, the grant.</summary>
    public string Scope { get; protected set; } = string.Empty;

    /// <summary>When the session or its present token runs out, where the server says so.</summary>
    public DateTimeOffset? ExpiresAt => Volatile.Read(ref _ticket)?.ExpiresAt;

    /// <summary>The system's name for people.</summary>
    protected abstract string SystemTitle { get; }

    /// <summary>The clock.</summary>
    protected TimeProvider Time => Settings.Time;

    /// <summary>Origins besides the dialled one that may see the credentials (a vCD's public address, told over checked TLS).</summary>
    protected ISet<string> TrustedOrigins { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>True when the server's certificate is checked in some way.</summary>
    protected bool CertificateIsChecked => _certificates.IsChecked;

    /// <summary>The present ticket; null before the login.</summary>
    protected SessionTicket? Ticket => Volatile.Read(ref _ticket);

    /// <summary>
    /// Sends a request and returns a good answer; everything else is an <see cref="OrchestratorApiException"/> (or <see cref="OperationCanceledException"/> when <paramref name="cancellationToken"/> asked for it).
    /// The caller disposes the answer. Its body is in memory unless the request was marked as streamed.
    /// </summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, RequestClass requestClass, IRequestObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Options.Set(RequestKeys.Class, requestClass.ToString());
        request.Options.Set(RequestKeys.Observer, observer);
        request.RequestUri = new Uri(Server, request.RequestUri!);
        var anonymous = requestClass is RequestClass.Transfer || (request.Options.TryGetValue(RequestKeys.Anonymous, out var marked) && marked);
        if (anonymous)
        {
            return await CheckedAsync(request, await RawSendAsync(request, requestClass, cancellationToken).ConfigureAwait(false), requestClass, cancellationToken).ConfigureAwait(false);
        }

        EnsureTrusted(request.RequestUri);
        var ticket = await CurrentTicketAsync(observer, cancellationToken).ConfigureAwait(false);
        Attach(request, ticket);
        var response = await RawSendAsync(request, requestClass, cancellationToken).ConfigureAwait(false);
        if (await IsSessionLostAsync(response, cancellationToken).ConfigureAwait(false))
        {
            // The server looked at the credential before it looked at the request, so nothing was done: renewing and sending once more is safe for a change too.
            SessionTicket renewed;
            try
            {
                renewed = await RenewOnceAsync(ticket, observer, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                response.Dispose();
            }

            Attach(request, renewed);
            response = await RawSendAsync(request, requestClass, cancellationToken).ConfigureAwait(false);
        }

        return await CheckedAsync(request, response, requestClass, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Notes on an object which connection it came by.</summary>
    public T Stamp<T>(T item)
        where T : ServerObject
    {
        ArgumentNullException.ThrowIfNull(item);
        item.Connection = ConnectionName;
        item.Origin = Server;
        return item;
    }

    /// <summary>Logs out at the server. Throws when the server could not be told.</summary>
    public abstract Task LogoutAsync(IRequestObserver observer, CancellationToken cancellationToken);

    /// <summary>Asks the server something cheap that needs the session.</summary>
    public abstract Task ProbeAsync(IRequestObserver observer, CancellationToken cancellationToken);

    /// <summary>Closes the connections. Does not log out.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _invoker.Dispose();
        }

        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>An exception of this connection.</summary>
    public OrchestratorApiException Error(OrchestratorErrorKind kind, string message, string? action = null, Exception? inner = null)
        => new(System, kind, Redactor.Redact(message), inner) { RecommendedAction = action };

    /// <summary>Puts the credential on the request, in place of an earlier one.</summary>
    protected abstract void Attach(HttpRequestMessage request, SessionTicket ticket);

    /// <summary>Gets a new ticket for one that ran out; throws with kind Authentication where that cannot be done. Runs once at a time, and is not stopped by the request that wanted it.</summary>
    protected abstract Task<SessionTicket> RenewAsync(SessionTicket stale, IRequestObserver observer, CancellationToken cancellationToken);

    /// <summary>True when the answer says that the session is over (and therefore that nothing was done).</summary>
    protected virtual ValueTask<bool> IsSessionLostAsync(HttpResponseMessage response, CancellationToken cancellationToken)
        => ValueTask.FromResult(response.StatusCode == HttpStatusCode.Unauthorized);

    /// <summary>Reads an error body. Must survive anything: an empty body, HTML, half a document.</summary>
    protected abstract ServerError ReadError(HttpStatusCode status, HttpResponseHeaders headers, string? mediaType, string body);

    /// <summary>What a status means to this system where it comes with a page instead of an error body; null: what it means everywhere.</summary>
    protected virtual OrchestratorErrorKind? KindOfPage(HttpStatusCode status) => null;

    /// <summary>A success that is none: a 200 whose body says that it failed. Null where the answer is good.</summary>
    protected virtual ValueTask<ServerError?> FindErrorInSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken) => ValueTask.FromResult<ServerError?>(null);

    /// <summary>What an error means to the request that was told it: a system may know better than the error's own words.</summary>
    protected virtual ServerError Explain(HttpRequestMessage request, ServerError told) => told;

    /// <summary>True for statuses that this system's request takes as an answer although they are no 2xx (a 302 of a login).</summary>
    protected virtual bool IsExpected(HttpRequestMessage request, HttpResponseMessage response) => response.IsSuccessStatusCode;

    /// <summary>The server's id of the request.</summary>
    protected virtual string? RequestIdOf(HttpResponseMessage response) => null;

    /// <summary>Stores the first ticket, or one that came beside an answer.</summary>
    protected void SetTicket(SessionTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        Redactor.Add(ticket.Value);
        Volatile.Write(ref _ticket, ticket);
    }

    private async Task<SessionTicket> CurrentTicketAsync(IRequestObserver observer, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        if (Volatile.Read(ref _ended) is { } ended)
        {
            throw ended;
        }

        var ticket = Volatile.Read(ref _ticket) ?? throw Error(OrchestratorErrorKind.Authentication, $"The connection to {Server.Authority} has no session.", $"Run Connect-{System} again.");
        var now = Time.GetUtcNow();
        if (!ticket.IsAboutToExpire(now))
        {
            return ticket;
        }

        try
        {
            return await RenewOnceAsync(ticket, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (ticket.ExpiresAt > now && e.Kind is not OrchestratorErrorKind.Authentication)
        {
            // Renewing early did not work (a short outage); the present ticket is still good.
            return ticket;
        }
    }

    private Task<SessionTicket> RenewOnceAsync(SessionTicket stale, IRequestObserver observer, CancellationToken cancellationToken)
    {
        Task<SessionTicket> renewal;
        lock (_gate)
        {
            if (_ended is { } ended)
            {
                throw ended;
            }

            if (!ReferenceEquals(_ticket, stale))
            {
                return Task.FromResult(_ticket!);
            }

            // Not tied to the request that needs it: a refresh token that was used up while its answer was dropped would end the session for everybody.
            renewal = _renewal ??= Task.Run(() => RunRenewalAsync(stale, observer), CancellationToken.None);
        }

        return renewal.WaitAsync(cancellationToken);
    }

    private async Task<SessionTicket> RunRenewalAsync(SessionTicket stale, IRequestObserver observer)
    {
        try
        {
            var ticket = await RenewAsync(stale, observer, CancellationToken.None).ConfigureAwait(false);
            SetTicket(ticket);
            return ticket;
        }
        catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.Authentication)
        {
            // Trying a refused credential again with every request would lock the account.
            Volatile.Write(ref _ended, e);
            throw;
        }
        finally
        {
            lock (_gate)
            {
                _renewal = null;
            }
        }
    }

    private async Task<HttpResponseMessage> RawSendAsync(HttpRequestMessage request, RequestClass requestClass, CancellationToken cancellationToken)
    {
        try
        {
            return await _invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException or InvalidDataException)
        {
            throw BrokenOff(request, requestClass, e);
        }
        catch (ObjectDisposedException e) when (_disposed != 0)
        {
            throw Error(OrchestratorErrorKind.Authentication, $"The connection to {Server.Authority} was closed.", $"Run Connect-{System} again.", e);
        }
    }

    /// <summary>What a request that ended without an answer becomes.</summary>
    internal OrchestratorApiException BrokenOff(HttpRequestMessage request, RequestClass requestClass, Exception e)
    {
        var where = $"{request.Method} {Show(request)}";
        var error = e switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => (OrchestratorErrorKind.Unreachable, $"The name '{request.RequestUri?.Host}' could not be resolved.", "Check the server's name and the DNS of this machine."),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } h => CertificateProblem(request, h),
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => (OrchestratorErrorKind.Unreachable, "The proxy refused to make a tunnel to the server.", "Check -Proxy and -ProxyCredential, or go without with -NoProxy."),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } h => (OrchestratorErrorKind.Unreachable, $"No connection to {request.RequestUri?.Authority}: {Reason(h)}.", "Check the host name, the port and that a firewall lets this machine through."),
            _ when requestClass is RequestClass.Change => (OrchestratorErrorKind.OutcomeUnknown, $"{where} was sent, but its answer was lost ({Reason(e)}): whether it was carried out is unknown. It was not sent again.", OutcomeAction(request)),
            TimeoutException => (OrchestratorErrorKind.Timeout, $"{where}: {e.Message}", "The server is slow or unreachable; -ConnectionTimeoutSeconds of Connect- allows for more time."),
            InvalidDataException => (OrchestratorErrorKind.Protocol, $"{where}: {e.Message}", "Ask for less at a time."),
            _ => (OrchestratorErrorKind.Unreachable, $"{where}: the connection broke before the answer was complete ({Reason(e)}).", "Try again; if it stays so, something between here and the server cuts connections."),
        };
        return new OrchestratorApiException(System, error.Item1, Redactor.Redact(error.Item2), e)
        {
            Method = request.Method.Method,
            Uri = Show(request),
            RecommendedAction = error.Item3,
        };
    }

    /// <summary>What an answer that cannot be understood becomes.</summary>
    internal OrchestratorApiException Unreadable(HttpRequestMessage request, HttpResponseMessage response, RequestClass requestClass, string what, Exception? e = null)
    {
        var status = (int)response.StatusCode;
        var message = requestClass is RequestClass.Change
            ? $"{request.Method} {Show(request)} was answered with HTTP {status}, but the answer cannot be read ({what}): whether it was carried out is unknown. It was not sent again."
            : $"{request.Method} {Show(request)} was answered with HTTP {status}, but not as a {SystemTitle} answers: {what}.";
        return new OrchestratorApiException(System, requestClass is RequestClass.Change ? OrchestratorErrorKind.OutcomeUnknown : OrchestratorErrorKind.Protocol, Redactor.Redact(message), e)
        {
            Method = request.Method.Method,
            Uri = Show(request),
            StatusCode = response.StatusCode,
            RequestId = RequestIdOf(response),
            RecommendedAction = requestClass is RequestClass.Change ? OutcomeAction(request) : $"Check that {request.RequestUri?.Authority} is a {SystemTitle} and that no proxy or portal stands in between.",
        };
    }

    /// <summary>What an answer becomes whose body turned out to be an error while it was read.</summary>
    internal OrchestratorApiException Refused(HttpRequestMessage request, HttpResponseMessage response, ServerError told) => ErrorFrom(request, response, told, null);

    private static string OutcomeAction(HttpRequestMessage request)
        => request.Options.TryGetValue(RequestKeys.OutcomeHint, out var hint) ? hint : "Look at the object before you try again.";

    private (OrchestratorErrorKind Kind, string Message, string Action) CertificateProblem(HttpRequestMessage request, HttpRequestException e)
    {
        if (_certificates.Rejected is { } reason)
        {
            return (OrchestratorErrorKind.Certificate,
                $"The certificate of {request.RequestUri?.Authority} is not trusted: {reason}. Its SHA-256 thumbprint is {_certificates.RejectedThumbprint ?? "unknown"}.",
                $"If that is the server's thumbprint, pin it: -ServerCertificateThumbprint {_certificates.RejectedThumbprint}. For a throw-away lab there is -SkipCertificateCheck, which checks nothing.");
        }

        return (OrchestratorErrorKind.Unreachable, $"No TLS connection to {request.RequestUri?.Authority}: {Reason(e)}.", "Check that the port speaks TLS, and -SslProtocol.");
    }

    private static string Reason(Exception e)
    {
        var inner = e;
        while (inner.InnerException is { } next)
        {
            inner = next;
        }

        return inner switch
        {
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connection refused",
            SocketException { SocketErrorCode: SocketError.ConnectionReset } => "connection reset",
            SocketException { SocketErrorCode: SocketError.TimedOut } => "no route or no answer in time",
            SocketException s => s.SocketErrorCode.ToString(),
            TimeoutException t => t.Message.TrimEnd('.'),
            _ => inner.Message.TrimEnd('.'),
        };
    }

    private async Task<HttpResponseMessage> CheckedAsync(HttpRequestMessage request, HttpResponseMessage response, RequestClass requestClass, CancellationToken cancellationToken)
    {
        try
        {
            if (!IsExpected(request, response))
            {
                throw await ErrorOfAsync(request, response, LostByGateway(response, requestClass), cancellationToken).ConfigureAwait(false);
            }

            if (await FindErrorInSuccessAsync(response, cancellationToken).ConfigureAwait(false) is { } hidden)
            {
                throw ErrorFrom(request, response, hidden, null);
            }

            return response;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or TimeoutException)
        {
            response.Dispose();
            throw BrokenOff(request, requestClass, e);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    // A gateway that answers for a server that did not: the change may have been carried out behind it.
    private static OrchestratorErrorKind? LostByGateway(HttpResponseMessage response, RequestClass requestClass)
        => requestClass is RequestClass.Change
            && response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout
            ? OrchestratorErrorKind.OutcomeUnknown
            : null;

    private async Task<OrchestratorApiException> ErrorOfAsync(HttpRequestMessage request, HttpResponseMessage response, OrchestratorErrorKind? kind, CancellationToken cancellationToken)
    {
        if ((int)response.StatusCode is >= 300 and < 400)
        {
            var target = response.Headers.Location is { } location ? Redactor.Redact(new Uri(request.RequestUri!, location)) : "nowhere";
            return ErrorFrom(request, response, new ServerError(OrchestratorErrorKind.Protocol, null, $"the server redirects to {target}; redirects are not followed, and nothing was sent there", $"Connect to the {SystemTitle}'s own address."), null);
        }

        string body;
        try
        {
            var peeked = await PeekedContent.PeekAsync(response, BoundedBody.ErrorLimit, cancellationToken).ConfigureAwait(false);
            body = Encoding.UTF8.GetString(peeked.Head.Span);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or TimeoutException)
        {
            body = string.Empty;
        }

        var mediaType = response.Content.Headers.ContentType?.MediaType;
        var told = LooksLikeHtml(mediaType, body)
            ? new ServerError(KindOfPage(response.StatusCode), null, HtmlTitle(body) is { Length: > 0 } title ? $"an HTML page titled '{title}'" : "an HTML page")
            : ReadError(response.StatusCode, response.Headers, mediaType, body);
        return ErrorFrom(request, response, told, kind);
    }

    private OrchestratorApiException ErrorFrom(HttpRequestMessage request, HttpResponseMessage response, ServerError told, OrchestratorErrorKind? overrule)
    {
        told = Explain(request, told);
        var status = (int)response.StatusCode;
        var kind = overrule ?? told.Kind ?? KindOf(response.StatusCode);
        var requestId = RequestIdOf(response);
        var said = Redactor.Redact(string.IsNullOrWhiteSpace(told.Message) ? response.ReasonPhrase ?? "no words" : told.Message.Trim());
        var message = new StringBuilder();
        message.Append(request.Method).Append(' ').Append(Show(request)).Append(": ").Append(said.TrimEnd('.'));
        message.Append(CultureInfo.InvariantCulture, $" (HTTP {status}");
        if (!string.IsNullOrEmpty(told.Code))
        {
            message.Append(", ").Append(Redactor.Redact(told.Code));
        }

        if (!string.IsNullOrEmpty(requestId))
        {
            message.Append(", request ").Append(requestId);
        }

        message.Append(").");
        if (kind is OrchestratorErrorKind.OutcomeUnknown)
        {
            message.Append(" Whether it was carried out is unknown. It was not sent again.");
        }

        return new OrchestratorApiException(System, kind, message.ToString())
        {
            StatusCode = response.StatusCode,
            ServerCode = told.Code is null ? null : Redactor.Redact(told.Code),
            ServerMessage = said,
            RequestId = requestId,
            Method = request.Method.Method,
            Uri = Show(request),
            RecommendedAction = told.Action ?? (kind is OrchestratorErrorKind.OutcomeUnknown || FailedAtChange(request, kind) ? OutcomeAction(request) : ActionOf(kind)),
        };
    }

    // A server that failed in the middle of a change may have done a part of it: "try again" would be the wrong advice.
    private static bool FailedAtChange(HttpRequestMessage request, OrchestratorErrorKind kind)
        => kind is OrchestratorErrorKind.ServerError && request.Options.TryGetValue(RequestKeys.Class, out var name) && string.Equals(name, nameof(RequestClass.Change), StringComparison.Ordinal);

    private static OrchestratorErrorKind KindOf(HttpStatusCode status) => (int)status switch
    {
        401 => OrchestratorErrorKind.Authentication,
        403 => OrchestratorErrorKind.Permission,
        404 or 410 => OrchestratorErrorKind.NotFound,
        406 or 415 => OrchestratorErrorKind.Protocol,
        408 => OrchestratorErrorKind.Timeout,
        409 or 412 => OrchestratorErrorKind.Conflict,
        429 => OrchestratorErrorKind.RateLimited,
        >= 500 => OrchestratorErrorKind.ServerError,
        >= 400 => OrchestratorErrorKind.Validation,
        _ => OrchestratorErrorKind.Protocol,
    };

    private string? ActionOf(OrchestratorErrorKind kind) => kind switch
    {
        OrchestratorErrorKind.Authentication => $"Run Connect-{System} again.",
        OrchestratorErrorKind.Permission => "Ask for the right, or connect with an account that has it.",
        OrchestratorErrorKind.RateLimited => "Wait, or send fewer requests at a time.",
        OrchestratorErrorKind.ServerError => "Try again later; give the request id to the server's administrators.",
        OrchestratorErrorKind.NotFound => "Check the name or id, and that this connection may see it.",
        _ => null,
    };

    private void EnsureTrusted(Uri uri)
    {
        var origin = uri.GetLeftPart(UriPartial.Authority);
        if (!IsSameOrigin(uri, Server) && !TrustedOrigins.Contains(origin))
        {
            throw Error(OrchestratorErrorKind.Protocol, $"An answer of {Server.Authority} names the address {origin}; the credentials of this connection are not sent there.", $"Connect to {uri.Host} itself if that is the server.");
        }
    }

    /// <summary>Same scheme, host and port.</summary>
    protected static bool IsSameOrigin(Uri a, Uri b)
        => Uri.Compare(a, b, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private void SayRetry(HttpRequestMessage request, int attempt, TimeSpan delay, string reason)
    {
        if (request.Options.TryGetValue(RequestKeys.Observer, out var observer))
        {
            observer.Verbose(string.Create(CultureInfo.InvariantCulture, $"{request.Method} {Show(request)}: {Redactor.Redact(reason)}; again in {delay.TotalSeconds:0.#} s (retry {attempt} of {Settings.MaximumRetryCount})"));
        }
    }

    private string Show(HttpRequestMessage request)
    {
        if (request.Options.TryGetValue(RequestKeys.Class, out var kind) && string.Equals(kind, nameof(RequestClass.Transfer), StringComparison.Ordinal))
        {
            return $"{request.RequestUri?.GetLeftPart(UriPartial.Authority)}/{SecretRedactor.Mask}";
        }

        return Redactor.Redact(request.RequestUri);
    }

    private SocketsHttpHandler CreatePrimaryHandler()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PreAuthenticate = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            ConnectTimeout = Settings.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = 64,
            SslOptions =
            {
                EnabledSslProtocols = Settings.SslProtocols,
                RemoteCertificateValidationCallback = _certificates.Accept,
            },
        };
        if (Settings.NoProxy)
        {
            handler.UseProxy = false;
        }
        else if (Settings.Proxy is { } proxy)
        {
            handler.Proxy = new WebProxy(proxy) { Credentials = Settings.ProxyCredential };
        }

        return handler;
    }

    private static bool LooksLikeHtml(string? mediaType, string body)
        => mediaType is "text/html" or "application/xhtml+xml" || body.AsSpan().TrimStart().StartsWith("<!DOCTYPE html", StringComparison.OrdinalIgnoreCase) || body.AsSpan().TrimStart().StartsWith("<html", StringComparison.OrdinalIgnoreCase);

    private static string HtmlTitle(string body)
    {
        var match = Title().Match(body);
        return match.Success ? WebUtility.HtmlDecode(match.Groups[1].Value).Trim() : string.Empty;
    }

    [GeneratedRegex("<title[^>]*>([^<]{0,200})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Title();
}
