using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vro;

/// <summary>
/// A session with a Veeam Recovery Orchestrator: form-encoded tokens, refresh tokens that change with every use, a new login where the refresh token is dead (facts/vro.md, B).
/// </summary>
public sealed class VroSession : OrchestratorSession
{
    private const string TokenPath = "/api/token";
    private readonly VroLogin _login;
    private readonly object _gate = new();
    private readonly Queue<DateTimeOffset> _logouts = new();
    private string? _refreshToken;
    private bool _usedMfa;
    private volatile bool _leaving;

    private VroSession(ConnectionSettings settings, VroLogin login)
        : base(OrchestratorSystem.Vro, settings, pauseAfterLimit: null)
    {
        _login = login;
        User = login.User;
        Scope = login.IsClient ? "Client account" : login.IsRefreshToken ? "Refresh token" : "User account";
    }

    /// <summary>True for a client account; null where only the server knows.</summary>
    public bool? IsClientAccount => _login.IsRefreshToken ? null : _login.IsClient;

    /// <inheritdoc/>
    protected override string SystemTitle => "Veeam Recovery Orchestrator";

    /// <summary>Logs in and finds out the API version, or, where it is given, makes sure that the server speaks it.</summary>
    public static async Task<VroSession> ConnectAsync(ConnectionSettings settings, VroLogin login, string? apiVersion, IRequestObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(login);
        ArgumentNullException.ThrowIfNull(observer);
        var session = new VroSession(settings, login);
        try
        {
            session.SetTicket(await session.LogInAsync(RequestClass.FirstContact, observer, cancellationToken).ConfigureAwait(false));
            session.ApiVersion = await session.FindVersionAsync(apiVersion, observer, cancellationToken).ConfigureAwait(false);
            observer.Verbose($"{session.Server.Authority} speaks API {session.ApiVersion}{(apiVersion is null ? " (found by asking)" : string.Empty)}.");
            return session;
        }
        catch
        {
            await session.AbandonAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The API version in use as numbers: 7 and 21 of v7.21.</summary>
    internal Version Version
    {
        get
        {
            var digits = ApiVersion.TrimStart('v', 'V');
            return global::System.Version.TryParse(digits.Contains('.', StringComparison.Ordinal) ? digits : digits + ".0", out var version) ? version : new Version(0, 0);
        }
    }

    /// <summary>The path of a resource of the API version in use.</summary>
    internal Uri At(string path) => new($"/api/{ApiVersion}/{path}", UriKind.Relative);

    /// <inheritdoc/>
    public override async Task LogoutAsync(IRequestObserver observer, CancellationToken cancellationToken)
    {
        if (Ticket is null)
        {
            return;
        }

        _leaving = true;
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri(TokenPath, UriKind.Relative));
        try
        {
            using var response = await SendAsync(request, RequestClass.Idempotent, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.Authentication or OrchestratorErrorKind.NotFound)
        {
            // The server does not know the session any more, which is what was wanted.
        }
        finally
        {
            Volatile.Write(ref _refreshToken, null);
        }
    }

    /// <inheritdoc/>
    public override async Task ProbeAsync(IRequestObserver observer, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At("Plans?start=0&limit=1"));
        using var response = await SendAsync(request, RequestClass.Read, observer, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Attach(HttpRequestMessage request, SessionTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(ticket);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ticket.Value);
    }

    /// <inheritdoc/>
    protected override async Task<SessionTicket> RenewAsync(SessionTicket stale, IRequestObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stale);
        ArgumentNullException.ThrowIfNull(observer);
        NoteUnexpectedLogout(stale, observer);
        OrchestratorApiException? refused = null;
        if (Volatile.Read(ref _refreshToken) is { } refreshToken)
        {
            try
            {
                var answer = await RequestTokenAsync([new("grant_type", "refresh_token"), new("refresh_token", refreshToken)], RequestClass.Login, observer, cancellationToken).ConfigureAwait(false);
                return Store(answer) ?? throw Refused("the answer to the refresh token holds no access token", null, null);
            }
            catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.Authentication)
            {
                refused = e;
                Volatile.Write(ref _refreshToken, null);
            }
            catch (OrchestratorApiException e) when (e.StatusCode is HttpStatusCode.InternalServerError && !_usedMfa && stale.ExpiresAt <= Time.GetUtcNow())
            {
                // The documented statuses are 200, 401 and 500: this may be the server's way of refusing it, and the present token is of no use any more.
                refused = e;
            }
        }

        if (_leaving)
        {
            throw Error(OrchestratorErrorKind.Authentication, $"The session at {Server.Authority} is over.", null, refused);
        }

        if (_login.IsRefreshToken)
        {
            throw Error(OrchestratorErrorKind.Authentication, $"The session at {Server.Authority} ended and its refresh token is not accepted any more. It was begun with a refresh token, so there is nothing to log in again with.", "Run Connect-Vro again.", refused);
        }

        if (_usedMfa)
        {
            throw Error(
                OrchestratorErrorKind.Authentication,
                $"The session of '{User}' at {Server.Authority} ended and its refresh token is not accepted any more. The account has a second factor, so it cannot be logged in again without a new code.",
                "Run Connect-Vro again with -MfaPasscode. For work without anybody at the keyboard use a client account (-ClientId, -ClientSecret).",
                refused);
        }

        try
        {
            observer.Verbose($"The refresh token of '{User}' at {Server.Authority} is {(refused is null ? "missing" : "not accepted")}; logging in again.");
            return await LogInAsync(RequestClass.Login, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.Authentication)
        {
            throw Error(OrchestratorErrorKind.Authentication, $"The session of '{User}' at {Server.Authority} ended, and logging in again was refused: {e.Message}", "Run Connect-Vro again.", e);
        }
    }

    /// <inheritdoc/>
    protected override ServerError ReadError(HttpStatusCode status, HttpResponseHeaders headers, string? mediaType, string body) => VroErrors.Read(status, body);

    /// <inheritdoc/>
    protected override OrchestratorErrorKind? KindOfPage(HttpStatusCode status) => VroErrors.KindOf(status, null, null);

    /// <inheritdoc/>
    protected override bool IsExpected(HttpRequestMessage request, HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(response);

        // Refusals of a login are read here: they may carry an MFA token.
        return response.IsSuccessStatusCode
            || (IsTokenRequest(request) && response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden && !LooksForeign(response));
    }

    /// <inheritdoc/>
    protected override async ValueTask<ServerError?> FindErrorInSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (response.RequestMessage is not { } request || request.Method == HttpMethod.Get || IsTokenRequest(request) || response.Content.Headers.ContentLength is not > 1)
        {
            return null;
        }

        // Since version 5 there is {success, data}; that success may be false is inferred from its being there.
        var peeked = await PeekedContent.PeekAsync(response, BoundedBody.ErrorLimit, cancellationToken).ConfigureAwait(false);
        try
        {
            using var document = JsonDocument.Parse(peeked.Head, VroJson.Options);
            if (VroJson.Flag(document.RootElement, "success") is false)
            {
                var told = VroErrors.Read(response.StatusCode, global::System.Text.Encoding.UTF8.GetString(peeked.Head.Span));
                var kind = VroAssumptions.SaysWrongState(told.Message) ? OrchestratorErrorKind.WrongState : OrchestratorErrorKind.ServerError;
                return told with { Kind = kind };
            }
        }
        catch (JsonException)
        {
            // The bodies of the actions are undocumented; what is no JSON is no {success: false} either.
        }

        return null;
    }

    private static bool IsTokenRequest(HttpRequestMessage request) => request.Method == HttpMethod.Post && string.Equals(request.RequestUri?.AbsolutePath, TokenPath, StringComparison.OrdinalIgnoreCase);

    // Another kind of server behind the address refuses in its own way.
    private static bool LooksForeign(HttpResponseMessage response)
        => response.Content.Headers.ContentType?.MediaType is { } type && (type.Contains("html", StringComparison.OrdinalIgnoreCase) || type.Contains("xml", StringComparison.OrdinalIgnoreCase) || type.Contains("vmware", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The token with which an account that must have a second factor sets it up: what its password alone earns. Not this session's account; this session only knows the way to the server.
    /// </summary>
    internal async Task<string> RequestMfaTokenAsync(string user, SecureString password, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var secret = SecretText.Reveal(password);
        using var known = Redactor.AddFor(secret);
        TokenAnswer answer;
        try
        {
            answer = await RequestTokenAsync([new("grant_type", "password"), new("username", user), new("password", secret)], RequestClass.Login, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.Authentication)
        {
            throw Error(OrchestratorErrorKind.Authentication, $"Login of '{user}' at {Server.Authority}: {e.ServerMessage}", @"Check the user name (DOMAIN\USER or USER) and the password.", e);
        }

        if (answer.MfaToken is { } mfaToken)
        {
            Redactor.Add(mfaToken);
            return mfaToken;
        }

        Redactor.Add(answer.AccessToken);
        Redactor.Add(answer.RefreshToken);
        throw Error(OrchestratorErrorKind.WrongState, $"The account '{user}' at {Server.Authority} has no second factor: its password alone is enough.", "Have a second factor asked for in the server's settings first.");
    }

    private async Task<SessionTicket> LogInAsync(RequestClass requestClass, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var secret = SecretText.Reveal(_login.Secret);
        using var known = Redactor.AddFor(secret);
        KeyValuePair<string, string>[] form = _login.IsRefreshToken
            ? [new("grant_type", "refresh_token"), new("refresh_token", secret)]
            : _login.IsClient
            ? [new("grant_type", "client_credentials"), new("client_id", _login.User), new("client_secret", secret)]
            : [new("grant_type", "password"), new("username", _login.User), new("password", secret)];
        var answer = await RequestTokenAsync(form, requestClass, observer, cancellationToken).ConfigureAwait(false);
        if (answer.MfaToken is { } mfaToken && (answer.AccessToken is null || _login.MfaPasscode is not null))
        {
            answer = await SendPasscodeAsync(mfaToken, requestClass, observer, cancellationToken).ConfigureAwait(false);
        }

        return Store(answer) ?? throw Refused("the answer to the login holds neither an access token nor an MFA token", null, null);
    }

    private async Task<TokenAnswer> SendPasscodeAsync(string mfaToken, RequestClass requestClass, IRequestObserver observer, CancellationToken cancellationToken)
    {
        Redactor.Add(mfaToken);
        if (_login.MfaPasscode is null || requestClass is not RequestClass.FirstContact)
        {
            throw Error(
                OrchestratorErrorKind.Authentication,
                $"The account '{User}' at {Server.Authority} has a second factor: the password alone is not enough.",
                "Run Connect-Vro with -MfaPasscode and the six digits that the authenticator shows. For work without anybody at the keyboard use a client account (-ClientId, -ClientSecret).");
        }

        var passcode = SecretText.Reveal(_login.MfaPasscode);
        using var known = Redactor.AddFor(passcode);
        _usedMfa = true;
        Scope = "User account, MFA";
        try
        {
            return await RequestTokenAsync([new("grant_type", "mfa"), new("mfa_token", mfaToken), new("mfa_passcode", passcode)], requestClass, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.Authentication)
        {
            throw Refused($"the MFA passcode was refused: {e.ServerMessage}", e.StatusCode, "Give the code that the authenticator shows now; each one is good for about half a minute and for one login.", e);
        }
    }

    private async Task<TokenAnswer> RequestTokenAsync(IEnumerable<KeyValuePair<string, string>> form, RequestClass requestClass, IRequestObserver observer, CancellationToken cancellationToken)
    {
        // Every value is encoded: tokens and secrets are base64 with + / = (facts/vro.md, B).
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(TokenPath, UriKind.Relative)) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Accept.ParseAdd("application/json");
        request.Options.Set(RequestKeys.Anonymous, true);
        request.Options.Set(RequestKeys.Secret, true);
        HttpResponseMessage response;
        try
        {
            response = await SendAsync(request, requestClass, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (requestClass is RequestClass.FirstContact && e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotAcceptable or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            // What refuses a token request in a way that no Recovery Orchestrator does is no Recovery Orchestrator.
            throw new OrchestratorApiException(System, OrchestratorErrorKind.Protocol, $"{Server.Authority} does not answer as a Veeam Recovery Orchestrator: {e.Message}", e)
            {
                StatusCode = e.StatusCode,
                ServerMessage = e.ServerMessage,
                Method = e.Method,
                Uri = e.Uri,
                RecommendedAction = "Check the address; the API of a Recovery Orchestrator listens on port 9898 unless that was changed.",
            };
        }

        using (response)
        {
            var body = await VroJson.ReadTextAsync(response, cancellationToken).ConfigureAwait(false);
            TokenAnswer? answer = null;
            try
            {
                using var document = JsonDocument.Parse(body, VroJson.Options);
                answer = document.RootElement.ValueKind is JsonValueKind.Object ? TokenAnswer.From(document.RootElement) : null;
            }
            catch (JsonException e) when (response.IsSuccessStatusCode)
            {
                throw Unreadable(request, response, requestClass, body.AsSpan().TrimStart().StartsWith("<", StringComparison.Ordinal) ? "an HTML or XML page came in place of a token" : "no JSON came in place of a token", e);
            }
            catch (JsonException)
            {
                // An error that is no JSON is shown as it is, below.
            }

            if (answer is null && response.IsSuccessStatusCode)
            {
                throw Unreadable(request, response, requestClass, "the answer to the login is no JSON object");
            }

            if (answer is { } good && (response.IsSuccessStatusCode || good.MfaToken is not null))
            {
                return good;
            }

            var told = VroErrors.Read(response.StatusCode, body);
            var said = Redactor.Redact(string.IsNullOrWhiteSpace(told.Message) ? "the login was refused without a word" : told.Message.Trim().TrimEnd('.'));
            throw Refused(said, response.StatusCode, null, null, told.Code);
        }
    }

    private SessionTicket? Store(TokenAnswer answer)
    {
        if (answer.AccessToken is not { } token)
        {
            return null;
        }

        // At once: the one that was used may be good for nothing any more (facts/vro.md, B, rotation).
        Redactor.Add(answer.RefreshToken);
        Volatile.Write(ref _refreshToken, answer.RefreshToken);
        var now = Time.GetUtcNow();
        return new SessionTicket(token, now, answer.ExpiresIn is { } seconds and > 0 ? now + TimeSpan.FromSeconds(seconds) : null);
    }

    private OrchestratorApiException Refused(string said, HttpStatusCode? status, string? action, Exception? inner = null, string? code = null)
    {
        var details = (status, code) switch
        {
            (null, _) => string.Empty,
            (_, null) => string.Create(CultureInfo.InvariantCulture, $" (HTTP {(int)status})"),
            _ => string.Create(CultureInfo.InvariantCulture, $" (HTTP {(int)status}, {Redactor.Redact(code)})"),
        };
        var who = _login.IsClient ? $"client account '{User}'" : $"'{User}'";
        return new OrchestratorApiException(System, OrchestratorErrorKind.Authentication, Redactor.Redact($"Login of {who} at {Server.Authority}: {said.TrimEnd('.')}{details}."), inner)
        {
            StatusCode = status,
            ServerCode = code is null ? null : Redactor.Redact(code),
            ServerMessage = Redactor.Redact(said),
            Method = "POST",
            Uri = new Uri(Server, TokenPath).AbsoluteUri,
            RecommendedAction = action ?? (_login.IsClient ? "Check -ClientId and -ClientSecret." : _login.IsRefreshToken ? "A refresh token is good for one use and for two hours; log in with -Credential or -ClientId instead." : @"Check the user name (DOMAIN\USER or USER) and the password."),
        };
    }

    private async Task<string> FindVersionAsync(string? wanted, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var candidates = wanted is null ? VroAssumptions.Versions : [wanted];
        OrchestratorApiException? last = null;
        foreach (var version in candidates)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/{version}/Plans?start=0&limit=1", UriKind.Relative));
                using var response = await SendAsync(request, RequestClass.FirstContact, observer, cancellationToken).ConfigureAwait(false);
                var body = await VroJson.ReadTextAsync(response, cancellationToken).ConfigureAwait(false);

                // A web server that answers every unknown path with its start page would else speak every version.
                if (body.AsSpan().TrimStart() is ['{' or '[', ..])
                {
                    return version;
                }

                last = Unreadable(request, response, RequestClass.FirstContact, "no JSON came for the list of plans");
            }
            catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.Permission)
            {
                return version;
            }
            catch (OrchestratorApiException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Gone or HttpStatusCode.NotAcceptable or HttpStatusCode.NotImplemented)
            {
                last = e;
            }
        }

        throw Error(
            OrchestratorErrorKind.Protocol,
            wanted is null
                ? $"{Server.Authority} gave a token, but answers to none of the API versions {string.Join(", ", candidates)}. The last answer: {last?.Message}"
                : $"{Server.Authority} gave a token, but does not answer to API version {wanted}: {last?.Message}",
            wanted is null ? "If the server is of another version, name it with -ApiVersion." : $"Leave -ApiVersion out to have {string.Join(", ", VroAssumptions.Versions)} tried.",
            last);
    }

    private void NoteUnexpectedLogout(SessionTicket stale, IRequestObserver observer)
    {
        var now = Time.GetUtcNow();
        if (_leaving || stale.IsAboutToExpire(now))
        {
            return;
        }

        int count;
        lock (_gate)
        {
            _logouts.Enqueue(now);
            while (_logouts.Peek() < now - VroAssumptions.LogoutWindow)
            {
                _logouts.Dequeue();
            }

            count = _logouts.Count;
        }

        observer.Verbose($"{Server.Authority} ended the session of '{User}' before its time.");
        if (count > 1)
        {
            observer.Warning(string.Create(CultureInfo.InvariantCulture, $"{Server.Authority} ended the session of '{User}' {count} times within {VroAssumptions.LogoutWindow.TotalMinutes:0} minutes before its time. Veeam documents one cause: the same account is used somewhere else too, and sessions under the same credentials log each other out. The cure is an account that nobody else uses, best a client account: Connect-Vro -ClientId ... -ClientSecret ..."));
        }
    }

    // A login that came too late, or to a server of another version: its session is not left behind.
    private async Task AbandonAsync()
    {
        if (Ticket is not null)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            try
            {
                await LogoutAsync(SilentObserver.Instance, limit.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OrchestratorApiException or OperationCanceledException)
            {
                // The reason why the connection was not made is the one to tell.
            }
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    private readonly record struct TokenAnswer(string? AccessToken, string? RefreshToken, int? ExpiresIn, string? MfaToken)
    {
        public static TokenAnswer From(JsonElement answer)
            => new(NonEmpty(VroJson.Text(answer, "access_token")), NonEmpty(VroJson.Text(answer, "refresh_token")), VroJson.Number(answer, "expires_in"), VroAssumptions.FindMfaToken(answer));

        private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
    }
}
