using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Security;
using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>
/// A session at a VeloCloud Orchestrator: a cookie that a login gave, renewed once when the server forgot it, or an API token, which is never renewed here
/// (facts/velocloud.md, "Login", "API tokens").
/// </summary>
public sealed class VeloCloudSession : OrchestratorSession
{
    private const string SessionCookie = "velocloud.session";
    private const string MessageCookie = "velocloud.message";

    // Marks logins and logouts, whose answers are cookies and not bodies.
    private static readonly HttpRequestOptionsKey<bool> SessionCall = new("OrchestratorTools.VeloCloud.SessionCall");

    // Marks the question where APIv2 is.
    private static readonly HttpRequestOptionsKey<bool> AnyAnswer = new("OrchestratorTools.VeloCloud.AnyAnswer");

    // facts/velocloud.md, "Rate limits": the penalty is 5 s for everything, a request during the penalty is limited too.
    private static readonly TimeSpan PauseAfterLimit = TimeSpan.FromSeconds(5);

    private readonly SecureString? _password;
    private readonly object _gate = new();
    private readonly ConcurrentDictionary<long, string> _logicalIds = new();
    private VeloCloudTier _tier;
    private VeloCloudEnterprise? _own;

    private VeloCloudSession(ConnectionSettings settings, string user, SecureString? password, VeloCloudTier tier)
        : base(OrchestratorSystem.VeloCloud, settings, PauseAfterLimit)
    {
        User = user;
        _password = password;
        ApiVersion = "v1";
        Remember(tier, null);
    }

    /// <summary>Whose account this is, as far as it is known.</summary>
    public VeloCloudTier Tier
    {
        get
        {
            lock (_gate)
            {
                return _tier;
            }
        }
    }

    /// <summary>True where the session is an API token.</summary>
    public bool IsToken => _password is null;

    /// <inheritdoc/>
    protected override string SystemTitle => "VeloCloud Orchestrator";

    /// <summary>A customer's own enterprise, once it was asked for.</summary>
    internal VeloCloudEnterprise? OwnEnterprise
    {
        get
        {
            lock (_gate)
            {
                return _own;
            }
        }
    }

    /// <summary>Where APIv2 is at this server, once that was asked for: "/api/sdwan/v2/".</summary>
    internal string? V2Prefix { get; set; }

    /// <summary>The logical ids of enterprises that were met, by their ids: APIv2 takes no others.</summary>
    internal ConcurrentDictionary<long, string> LogicalIds => _logicalIds;

    /// <summary>Logs in. Sends one request, which a standby answers too.</summary>
    /// <param name="settings">How to reach the server.</param>
    /// <param name="user">The user name, mostly an e-mail address.</param>
    /// <param name="password">The password; kept for logging in again.</param>
    /// <param name="asOperator">An operator's account; customers' and partners' accounts are not.</param>
    /// <param name="observer">Hears of the request.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<VeloCloudSession> LogInAsync(ConnectionSettings settings, string user, SecureString password, bool asOperator, IRequestObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(password);
        var session = new VeloCloudSession(settings, user, password, asOperator ? VeloCloudTier.Operator : VeloCloudTier.Unknown);
        return await session.OpenAsync(async () => session.SetTicket(await session.LogInAsync(RequestClass.FirstContact, observer, cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
    }

    /// <summary>
    /// Takes an API token, and sees with one request that the server knows it. A server that answers, but refuses that request (a standby), is taken as it is.
    /// </summary>
    public static async Task<VeloCloudSession> UseTokenAsync(ConnectionSettings settings, SecureString token, IRequestObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        var text = SecretText.Reveal(token).Trim();
        var session = new VeloCloudSession(settings, VeloCloudToken.UserOf(text), null, VeloCloudTier.Unknown);
        if (text.Length == 0 || text.Any(c => c is <= ' ' or > '~'))
        {
            throw session.Error(OrchestratorErrorKind.Validation, "The API token is empty or holds characters that no token has (blanks, line breaks).", "Give the token as downloadApiToken returned it, without the word 'Token' before it.");
        }

        session.SetTicket(new SessionTicket(text, session.Time.GetUtcNow(), null));
        return await session.OpenAsync(() => session.ProbeAsync(RequestClass.FirstContact, observer, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>True where the session is this very API token.</summary>
    public bool Uses(SecureString token) => IsToken && Ticket is { } ticket && string.Equals(ticket.Value, SecretText.Reveal(token).Trim(), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override async Task LogoutAsync(IRequestObserver observer, CancellationToken cancellationToken)
    {
        // A token is not the session's to end: revoking it is a decision of its own.
        if (IsToken || Ticket is not { } ticket)
        {
            return;
        }

        using var request = NewRequest("logout", "{}"u8.ToArray());
        request.Options.Set(SessionCall, true);
        request.Options.Set(RequestKeys.Anonymous, true);
        Attach(request, ticket);
        using var response = await SendAsync(request, RequestClass.FirstContact, observer, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task ProbeAsync(IRequestObserver observer, CancellationToken cancellationToken) => ProbeAsync(RequestClass.Read, observer, cancellationToken);

    /// <summary>A request of the portal API. The caller disposes it.</summary>
    internal static HttpRequestMessage NewRequest(string method, byte[] body)
    {
        // The body must be there even when it is empty: without one the server answers 400 (facts/velocloud.md, "Transport").
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/portal/rest/" + method, UriKind.Relative)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (VeloCloudSecrets.AreBodiesSecret(method))
        {
            request.Options.Set(RequestKeys.Secret, true);
        }

        return request;
    }

    /// <summary>A request of APIv2. The caller disposes it.</summary>
    /// <param name="method">The method.</param>
    /// <param name="address">The path and the query.</param>
    /// <param name="body">JSON; null: no body.</param>
    internal static HttpRequestMessage NewV2Request(HttpMethod method, Uri address, byte[]? body)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return request;
    }

    /// <summary>Marks a request whose answer is looked at whatever it is: where APIv2 is, is told by what is not found, too.</summary>
    internal static void TakeAnyAnswer(HttpRequestMessage request) => request.Options.Set(AnyAnswer, true);

    /// <summary>Notes what an answer told about the account.</summary>
    internal void Remember(VeloCloudTier tier, VeloCloudEnterprise? own)
    {
        lock (_gate)
        {
            _tier = tier;
            _own = own;
        }

        Scope = (tier, own) switch
        {
            (VeloCloudTier.Customer, not null) => own.Name,
            (VeloCloudTier.Partner, _) => "partner",
            (VeloCloudTier.Operator, _) => "operator",
            _ => string.Empty,
        };
    }

    /// <inheritdoc/>
    protected override void Attach(HttpRequestMessage request, SessionTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(ticket);
        if (IsToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Token", ticket.Value);
        }
        else
        {
            request.Headers.Remove("Cookie");
            request.Headers.TryAddWithoutValidation("Cookie", $"{SessionCookie}={ticket.Value}");
        }
    }

    /// <inheritdoc/>
    protected override Task<SessionTicket> RenewAsync(SessionTicket stale, IRequestObserver observer, CancellationToken cancellationToken)
        => LogInAsync(RequestClass.Login, observer, cancellationToken);

    /// <inheritdoc/>
    protected override async ValueTask<bool> IsSessionLostAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);

        // A refused token stays refused.
        if (IsToken)
        {
            return false;
        }

        return response.StatusCode is HttpStatusCode.Unauthorized
            || ((int)response.StatusCode is < 500 and not 429 && VeloCloudErrors.IsSessionLost(await EnvelopeOfAsync(response, cancellationToken).ConfigureAwait(false)));
    }

    /// <inheritdoc/>
    protected override async ValueTask<ServerError?> FindErrorInSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);
        return IsSessionCall(response.RequestMessage) || TakesAny(response.RequestMessage) ? null : Advise(await EnvelopeOfAsync(response, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    protected override bool IsExpected(HttpRequestMessage request, HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (TakesAny(request))
        {
            return (int)response.StatusCode is < 500 and not (401 or 429);
        }

        // A login is judged by its cookies, whatever the status; a logout answers 302 whether or not it worked.
        return IsSessionCall(request)
            ? CookieOf(response, SessionCookie) is not null || (int)response.StatusCode is < 500 and not 429
            : base.IsExpected(request, response);
    }

    /// <inheritdoc/>
    protected override ServerError ReadError(HttpStatusCode status, HttpResponseHeaders headers, string? mediaType, string body)
        => Advise(VeloCloudErrors.Read(Encoding.UTF8.GetBytes(body), success: false)) ?? new ServerError(null, null, VeloCloudErrors.Shorten(body));

    /// <inheritdoc/>
    protected override ServerError Explain(HttpRequestMessage request, ServerError told)
    {
        ArgumentNullException.ThrowIfNull(request);

        // A standby refuses everything but what is about its replication, where the word stands in every other sentence.
        var path = request.RequestUri?.OriginalString ?? string.Empty;
        return told.Kind is not (OrchestratorErrorKind.Authentication or OrchestratorErrorKind.Failed)
            && VeloCloudAssumptions.IsStandbyRefusal(told.Message)
            && !path.Contains("/disasterRecovery/", StringComparison.OrdinalIgnoreCase)
            ? told with
            {
                Kind = OrchestratorErrorKind.WrongState,
                Action = $"{Server.Authority} answers questions about its replication only: Get-VeloCloudReplication shows its role and its active's address. Connect to the active.",
            }
            : told;
    }

    private static bool TakesAny(HttpRequestMessage? request) => request is not null && request.Options.TryGetValue(AnyAnswer, out var marked) && marked;

    private static bool IsSessionCall(HttpRequestMessage? request) => request is not null && request.Options.TryGetValue(SessionCall, out var marked) && marked;

    // Only an answer that is as short as an error is looked at: a page of data goes on unread, and is checked by whoever reads it.
    private static async ValueTask<ServerError?> EnvelopeOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var peeked = await PeekedContent.PeekAsync(response, VeloCloudAssumptions.EnvelopeLimit, cancellationToken).ConfigureAwait(false);
        return peeked.IsWhole ? VeloCloudErrors.Read(peeked.Head, response.IsSuccessStatusCode) : null;
    }

    private ServerError? Advise(ServerError? error)
        => IsToken && error is { } told && VeloCloudErrors.IsSessionLost(told)
            ? told with { Action = "The API token is unknown here, expired or revoked: get a new one and run Connect-VeloCloud again." }
            : error;

    private async Task<VeloCloudSession> OpenAsync(Func<Task> first)
    {
        try
        {
            await first().ConfigureAwait(false);
            return this;
        }
        catch
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<SessionTicket> LogInAsync(RequestClass requestClass, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var password = SecretText.Reveal(_password!);
        using var secret = Redactor.AddFor(password);
        using var request = NewRequest(Tier is VeloCloudTier.Operator ? "login/operatorLogin" : "login/enterpriseLogin", LoginBody(User, password));
        request.Options.Set(SessionCall, true);
        request.Options.Set(RequestKeys.Anonymous, true);
        request.Options.Set(RequestKeys.Secret, true);
        using var response = await SendAsync(request, requestClass, observer, cancellationToken).ConfigureAwait(false);
        if (CookieOf(response, SessionCookie) is { } cookie)
        {
            return new SessionTicket(cookie, Time.GetUtcNow(), null);
        }

        if (CookieOf(response, MessageCookie) is { } said)
        {
            throw Refused(request, response, LoginRefused(null, VeloCloudErrors.Shorten(WebUtility.UrlDecode(said))));
        }

        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        throw VeloCloudErrors.Read(body, success: false) is { } told
            ? Refused(request, response, LoginRefused(told.Code, told.Message))
            : Unreadable(request, response, requestClass, $"{Redirect(request, response)}it gave neither a session ({SessionCookie}) nor a reason ({MessageCookie})");
    }

    private string Redirect(HttpRequestMessage request, HttpResponseMessage response)
        => (int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } location
            ? $"it redirects to {Redactor.Redact(new Uri(request.RequestUri!, location))}, where nothing was sent, and "
            : string.Empty;

    private ServerError LoginRefused(string? code, string? message) => new(
        OrchestratorErrorKind.Authentication,
        code,
        $"the login of '{User}' was refused: {(string.IsNullOrWhiteSpace(message) ? "no reason given" : message)}",
        Tier is VeloCloudTier.Operator
            ? "Check the user name and the password. Accounts of customers and partners log in without -Operator; accounts with single sign-on or a second factor need an API token (-Token)."
            : "Check the user name and the password. Operators log in with -Operator; accounts with single sign-on or a second factor need an API token (-Token).");

    private async Task ProbeAsync(RequestClass requestClass, IRequestObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            using var request = NewRequest("system/getVersionInfo", "{}"u8.ToArray());
            using var response = await SendAsync(request, requestClass, observer, cancellationToken).ConfigureAwait(false);
            if (VeloCloudErrors.FirstByte(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)) is not (byte)'{')
            {
                throw Unreadable(request, response, requestClass, "the answer is no JSON object");
            }
        }
        catch (OrchestratorApiException e) when (e.ServerCode is not null && e.Kind is not (OrchestratorErrorKind.Authentication or OrchestratorErrorKind.RateLimited))
        {
            // An Orchestrator's own refusal: it knows the credential, and is in a state (a standby) in which it answers next to nothing.
            observer.Verbose($"{Server.Authority} is there, but refuses to tell its version: {e.ServerMessage}");
        }
        catch (OrchestratorApiException e) when (e.ServerCode is null && e.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests)
        {
            // An Orchestrator's refusals have a code. What refuses without one is something else.
            throw Error(
                OrchestratorErrorKind.Protocol,
                $"{Server.Authority} answered with HTTP {(int)e.StatusCode}, but not as a {SystemTitle} answers: {e.ServerMessage}",
                $"Check that {Server.Authority} is a {SystemTitle} and that no proxy or portal stands in between.",
                e);
        }
    }

    private static byte[] LoginBody(string user, string password)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("username", user);
            writer.WriteString("password", password);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    // The value of a cookie that the answer sets; null where it sets none, or an empty one.
    private static string? CookieOf(HttpResponseMessage response, string name)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            return null;
        }

        string? found = null;
        foreach (var cookie in cookies)
        {
            var pair = cookie.AsSpan();
            var end = pair.IndexOf(';');
            pair = end < 0 ? pair : pair[..end];
            var equals = pair.IndexOf('=');
            if (equals > 0 && pair[..equals].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                // As with any cookie, the last one counts.
                var value = pair[(equals + 1)..].Trim().Trim('"');
                found = value.IsEmpty || value.ContainsAny('\r', '\n') ? null : value.ToString();
            }
        }

        return found;
    }
}
