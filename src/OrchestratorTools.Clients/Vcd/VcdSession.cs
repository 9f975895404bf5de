using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// A session at a vCloud Director (facts/vcd.md, "Versions" and "Login matrix"): asks the server which API versions it offers and where each logs in, logs in with a password or an API token,
/// renews the session, and logs out. Safe for many threads.
/// </summary>
public sealed class VcdSession : OrchestratorSession
{
    private const string AccessTokenHeader = "X-VMWARE-VCLOUD-ACCESS-TOKEN";
    private const string LegacyTokenHeader = "x-vcloud-authorization";
    private const string RequestIdHeader = "X-VMWARE-VCLOUD-REQUEST-ID";
    private const string TenantContextHeader = "X-VMWARE-VCLOUD-TENANT-CONTEXT";
    private const string AuthContextHeader = "X-VMWARE-VCLOUD-AUTH-CONTEXT";
    private const string ClientRequestIdHeader = "X-VMWARE-VCLOUD-CLIENT-REQUEST-ID";
    private static readonly JsonDocumentOptions JsonBounds = new() { MaxDepth = 128, AllowTrailingCommas = true };

    private readonly VcdLogin _login;
    private SecureString? _nextApiToken;
    private Uri? _namedOrigin;
    private Uri _loginUri;
    private Uri _cloudSessions;
    private volatile Place _place = new(IsLegacyHeader: false, Legacy: false, RemoveHref: null, CloudId: null);

    private VcdSession(ConnectionSettings settings, VcdLogin login)
        : base(OrchestratorSystem.Vcd, settings, pauseAfterLimit: null)
    {
        _login = login;
        _loginUri = new Uri(Server, "/api/sessions");
        _cloudSessions = new Uri(Server, "/cloudapi/1.0.0/sessions");
        User = login.User ?? "API token";
        Scope = login.Organization;
    }

    /// <summary>The version in use.</summary>
    public VcdApiVersion? Version { get; private set; }

    /// <summary>The query types that the server lists, once they were asked for.</summary>
    internal IReadOnlyList<VcdLink>? QueryTypes { get; set; }

    /// <summary>True where the session is the provider's (organization System).</summary>
    public bool IsProvider => _login.IsProvider;

    /// <inheritdoc/>
    protected override string SystemTitle => "vCloud Director";

    /// <summary>Chooses a version, logs in and returns the session. Throws <see cref="OrchestratorApiException"/> where that cannot be done.</summary>
    public static async Task<VcdSession> ConnectAsync(ConnectionSettings settings, VcdLogin login, IRequestObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(login);
        ArgumentNullException.ThrowIfNull(observer);
        var session = new VcdSession(settings, login);
        try
        {
            await session.OpenAsync(observer, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public override async Task LogoutAsync(IRequestObserver observer, CancellationToken cancellationToken)
    {
        if (Ticket is not { } ticket || ticket.ExpiresAt <= Time.GetUtcNow())
        {
            return;
        }

        var place = _place;
        try
        {
            Uri address;
            if (place.Legacy)
            {
                address = place.RemoveHref is { } href ? Resolve(href) : new Uri(Server, "/api/session");
            }
            else
            {
                var id = place.CloudId ?? (await CurrentSessionAsync(ticket, observer, cancellationToken).ConfigureAwait(false)).Id;
                address = id is null ? _cloudSessions : new Uri(_cloudSessions.AbsoluteUri + "/" + Uri.EscapeDataString(id).Replace("%3A", ":", StringComparison.Ordinal));
            }

            // Without renewal: a session that ended needs no new one to be ended.
            using var request = NewRequest(HttpMethod.Delete, address);
            request.Options.Set(RequestKeys.Anonymous, value: true);
            Attach(request, ticket);
            using var response = await SendAsync(request, RequestClass.Idempotent, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.Authentication or OrchestratorErrorKind.NotFound)
        {
            // The server has forgotten the session: there is nothing left to end.
        }
    }

    /// <inheritdoc/>
    public override async Task ProbeAsync(IRequestObserver observer, CancellationToken cancellationToken)
    {
        using var request = NewRequest(HttpMethod.Get, _place.Legacy ? new Uri(Server, "/api/session") : new Uri(_cloudSessions.AbsoluteUri + "/current"));
        using var response = await SendAsync(request, RequestClass.Read, observer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A request to the API with the headers that every one has: which version is spoken, and an id that the server's logs show; and, where the provider acts for an organization, which.</summary>
    internal HttpRequestMessage NewRequest(HttpMethod method, Uri address, string? accept = null, VcdTenant? tenant = null)
    {
        var request = new HttpRequestMessage(method, address);
        var version = Version?.Text ?? VcdSupportedVersions.Newest.Text;
        request.Headers.TryAddWithoutValidation("Accept", accept ?? (IsCloudApi(address) ? $"application/json;version={version}" : $"application/*+xml;version={version}"));
        request.Headers.TryAddWithoutValidation(ClientRequestIdHeader, Guid.NewGuid().ToString("N"));
        if (tenant is not null)
        {
            request.Headers.TryAddWithoutValidation(TenantContextHeader, tenant.Uuid);
            if (VcdAssumptions.IsHeaderText(tenant.Name))
            {
                request.Headers.TryAddWithoutValidation(AuthContextHeader, tenant.Name);
            }
        }

        return request;
    }

    /// <summary>
    /// The address to use for an href that an answer named: the dialled server's and the trusted public address's as they are; the public address of a server whose certificate is not checked
    /// as the same path at the dialled one (nobody vouches that the other address is the server's, and the dialled one serves the same paths); any other address is refused.
    /// </summary>
    internal Uri Resolve(string href)
    {
        if (!Uri.TryCreate(href, UriKind.RelativeOrAbsolute, out var uri))
        {
            throw Error(OrchestratorErrorKind.Protocol, $"'{href}' is no address.");
        }

        var address = new Uri(Server, uri);
        if (IsSameOrigin(address, Server) || TrustedOrigins.Contains(address.GetLeftPart(UriPartial.Authority)))
        {
            return address;
        }

        if (_namedOrigin is { } named && IsSameOrigin(address, named))
        {
            return new Uri(Server, address.PathAndQuery);
        }

        var action = CertificateIsChecked
            ? $"Connect to {address.Host} itself if that is the server."
            : $"Connect to {address.Host} itself if that is the server, with its certificate checked.";
        throw Error(OrchestratorErrorKind.Protocol, $"An answer of {Server.Authority} names the address {address.GetLeftPart(UriPartial.Authority)}; the credentials of this connection are not sent there.", action);
    }

    /// <summary>Gets a document of the XML API.</summary>
    internal Task<XElement> GetXmlAsync(Uri address, IRequestObserver observer, CancellationToken cancellationToken, params string[] roots)
        => GetXmlAsync(address, null, observer, cancellationToken, roots);

    /// <summary>Gets a document of the XML API as the provider acting for an organization.</summary>
    internal Task<XElement> GetXmlAsync(Uri address, VcdTenant? tenant, IRequestObserver observer, CancellationToken cancellationToken, params string[] roots)
        => SendForXmlAsync(NewRequest(HttpMethod.Get, address, tenant: tenant), RequestClass.Read, observer, cancellationToken, roots);

    /// <summary>Sends a request and reads the document that comes back; disposes the request. Roots are the names of the document elements that make sense.</summary>
    internal async Task<XElement> SendForXmlAsync(HttpRequestMessage request, RequestClass requestClass, IRequestObserver observer, CancellationToken cancellationToken, params string[] roots)
    {
        using (request)
        {
            using var response = await SendAsync(request, requestClass, observer, cancellationToken).ConfigureAwait(false);
            return await ReadXmlAsync(request, response, requestClass, cancellationToken, roots).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the document of an answer; throws with kind Protocol (or OutcomeUnknown after a change) where it is none.</summary>
    internal async Task<XElement> ReadXmlAsync(HttpRequestMessage request, HttpResponseMessage response, RequestClass requestClass, CancellationToken cancellationToken, params string[] roots)
    {
        XElement root;
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                root = SafeXml.Load(stream);
            }
        }
        catch (XmlException e)
        {
            var type = response.Content.Headers.ContentType?.MediaType;
            var what = type is "text/html" or "application/xhtml+xml" ? "it is an HTML page" : type is "application/json" ? "it is JSON, not XML" : "the XML cannot be read: " + e.Message.TrimEnd('.');
            throw Unreadable(request, response, requestClass, what, e);
        }

        if (string.Equals(root.Name.LocalName, "html", StringComparison.OrdinalIgnoreCase))
        {
            throw Unreadable(request, response, requestClass, "it is an HTML page");
        }

        return roots.Length == 0 || roots.Contains(root.Name.LocalName, StringComparer.Ordinal)
            ? root
            : throw Unreadable(request, response, requestClass, $"the document is a '{root.Name.LocalName}' where a '{string.Join("' or '", roots)}' was to be");
    }

    /// <inheritdoc/>
    protected override void Attach(HttpRequestMessage request, SessionTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(ticket);
        request.Headers.Authorization = null;
        request.Headers.Remove(LegacyTokenHeader);
        if (_place.IsLegacyHeader)
        {
            request.Headers.TryAddWithoutValidation(LegacyTokenHeader, ticket.Value);
        }
        else
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ticket.Value);
        }
    }

    /// <inheritdoc/>
    protected override Task<SessionTicket> RenewAsync(SessionTicket stale, IRequestObserver observer, CancellationToken cancellationToken)
        => LogInAsync(RequestClass.Login, observer, cancellationToken);

    /// <inheritdoc/>
    protected override string? RequestIdOf(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.Headers.TryGetValues(RequestIdHeader, out var values) ? values.FirstOrDefault() : null;
    }

    /// <inheritdoc/>
    protected override ServerError ReadError(HttpStatusCode status, HttpResponseHeaders headers, string? mediaType, string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var (code, message) = body.AsSpan().TrimStart() switch
        {
            ['<', ..] => ReadXmlError(body),
            ['{', ..] => ReadJsonError(body),
            _ => (null, body.Length is > 0 and <= 500 && mediaType is null or "text/plain" ? body : null),
        };
        return Explain(status, code, message);
    }

    private static (string? Code, string? Message) ReadXmlError(string body)
    {
        try
        {
            var root = SafeXml.Parse(body);
            return (VcdXml.Text(root, "minorErrorCode"), VcdXml.Text(root, "message") ?? (root.Name.LocalName == "Error" ? null : $"a document '{root.Name.LocalName}'"));
        }
        catch (XmlException)
        {
            return (null, null);
        }
    }

    private static (string? Code, string? Message) ReadJsonError(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, JsonBounds);
            return (JsonText(document.RootElement, "minorErrorCode") ?? JsonText(document.RootElement, "error"), JsonText(document.RootElement, "message") ?? JsonText(document.RootElement, "error_description"));
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }

    private ServerError Explain(HttpStatusCode status, string? code, string? message)
    {
        // facts/vcd.md, "401/403" and "Error": the same code is the answer for what does not exist and for what may not be seen.
        return code switch
        {
            "ACCESS_TO_RESOURCE_IS_FORBIDDEN" => new ServerError(OrchestratorErrorKind.NotFound, code, $"not found, or no right to see it: {message}", "Check the name or id and the rights of this connection's user; the server does not say which of the two it is."),
            "RESOURCE_NOT_FOUND" => new ServerError(OrchestratorErrorKind.NotFound, code, message),
            "DUPLICATE_NAME" => new ServerError(OrchestratorErrorKind.Conflict, code, message, "Choose another name, or rename or remove what has it."),
            "CONFLICT" => new ServerError(OrchestratorErrorKind.Conflict, code, message),
            "BUSY_ENTITY" => new ServerError(OrchestratorErrorKind.WrongState, code, message, "Another task is at work on it: wait for it (Get-VcdTask) and try again."),
            "OPERATION_LIMITS_EXCEEDED" => new ServerError(OrchestratorErrorKind.RateLimited, code, message, "The organization runs as many operations as it may: try again when some have ended."),
            _ when status is HttpStatusCode.Forbidden && _login.ApiToken is not null
                => new ServerError(null, code, message, "A session by API token cannot change passwords, manage users, groups, roles and tokens: connect with -Credential for that. Otherwise ask for the right."),
            _ => new ServerError(null, code, message),
        };
    }

    private async Task OpenAsync(IRequestObserver observer, CancellationToken cancellationToken)
    {
        var versions = await GetVersionsAsync(observer, cancellationToken).ConfigureAwait(false);
        var chosen = versions.Choose(Server.Authority, _login.ApiVersion);
        if (_login.ApiToken is not null && (versions.Stable is not [.., var last] || last.Version! < VcdAssumptions.FirstWithApiTokens))
        {
            throw Error(OrchestratorErrorKind.Validation, $"{Server.Authority} takes no API tokens: they came with API {VcdAssumptions.FirstWithApiTokens} (Cloud Director 10.3.1), and this server offers up to {(versions.Stable is [.., var highest] ? highest.Text : "nothing")}.", "Connect with -Credential.");
        }

        Version = chosen.Version ?? VcdSupportedVersions.Newest;
        ApiVersion = chosen.Text;
        if (chosen.IsDeprecated && _login.ApiVersion is null)
        {
            observer.Warning($"{Server.Authority} calls every API version that is known here deprecated; {chosen.Text} is used, and a later release of the server will not have it.");
        }

        UseAddresses(chosen, observer);
        SetTicket(await LogInAsync(RequestClass.FirstContact, observer, cancellationToken).ConfigureAwait(false));
        if (_login.ApiToken is not null)
        {
            await LearnTokensUserAsync(observer, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<VcdSupportedVersions> GetVersionsAsync(IRequestObserver observer, CancellationToken cancellationToken)
    {
        using var request = NewRequest(HttpMethod.Get, new Uri(Server, "/api/versions"), "application/*+xml");
        request.Options.Set(RequestKeys.Anonymous, value: true);
        HttpResponseMessage response;
        try
        {
            response = await SendAsync(request, RequestClass.FirstContact, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (e.StatusCode is { } status && (int)status is >= 400 and < 500 and not 429 and not 408)
        {
            throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Protocol, string.Create(CultureInfo.InvariantCulture, $"{Server.Authority} does not answer as a vCloud Director: GET /api/versions, which needs no login, was refused with HTTP {(int)status}."), e)
            {
                StatusCode = status,
                Method = e.Method,
                Uri = e.Uri,
                RequestId = e.RequestId,
                RecommendedAction = "Check -Server: the address of the vCloud Director itself is needed, without a path.",
            };
        }

        using (response)
        {
            return VcdSupportedVersions.Read(await ReadXmlAsync(request, response, RequestClass.FirstContact, cancellationToken, "SupportedVersions").ConfigureAwait(false));
        }
    }

    // The login addresses are what the server names; whether the origin of those may have the credentials is rule 1 of the design's "Requests".
    private void UseAddresses(VcdOfferedVersion chosen, IRequestObserver observer)
    {
        var named = chosen.LoginUrl ?? chosen.ProviderLoginUrl;
        if (named is not null && !IsSameOrigin(named, Server))
        {
            var origin = new Uri(named.GetLeftPart(UriPartial.Authority));
            if (CertificateIsChecked && Server.Scheme == Uri.UriSchemeHttps && origin.Scheme == Uri.UriSchemeHttps)
            {
                TrustedOrigins.Add(named.GetLeftPart(UriPartial.Authority));
                observer.Verbose($"{Server.Authority} names {origin} as its public address; this connection's credentials go there too.");
            }
            else
            {
                _namedOrigin = origin;
                observer.Verbose($"{Server.Authority} names {origin} as its public address, over a connection that nobody vouches for: everything is asked of {Server.Authority}.");
            }
        }

        var mustUseCloudApi = Version! >= VcdApiVersion.Parse("38.0");
        var login = chosen.LoginUrl is { } tenant && !(mustUseCloudApi && !IsCloudApi(tenant)) ? Resolve(tenant.AbsoluteUri) : null;
        var provider = chosen.ProviderLoginUrl is { } own && !(mustUseCloudApi && !IsCloudApi(own)) ? Resolve(own.AbsoluteUri) : null;
        login ??= mustUseCloudApi ? new Uri(Server, "/cloudapi/1.0.0/sessions") : new Uri(Server, "/api/sessions");
        if (IsCloudApi(login))
        {
            _cloudSessions = new Uri(WithoutProvider(login));
        }

        _loginUri = !IsProvider ? login : provider ?? (IsCloudApi(login) ? new Uri(WithoutProvider(login) + "/provider") : login);
    }

    private async Task<SessionTicket> LogInAsync(RequestClass requestClass, IRequestObserver observer, CancellationToken cancellationToken)
    {
        if (_login.ApiToken is not null)
        {
            return await ExchangeApiTokenAsync(requestClass, observer, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await LogInWithPasswordAsync(_loginUri, requestClass, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (!IsCloudApi(_loginUri) && LegacyLoginIsClosed(e))
        {
            observer.Verbose($"{_loginUri.AbsolutePath} refused the login with HTTP {(int)e.StatusCode!}; the newer login is tried.");
            var newer = new Uri(_cloudSessions.AbsoluteUri + (IsProvider ? "/provider" : string.Empty));
            var ticket = await LogInWithPasswordAsync(newer, requestClass, observer, cancellationToken).ConfigureAwait(false);
            _loginUri = newer;
            return ticket;
        }
    }

    // Whether a 401 means a wrong password or a closed address cannot be told. The second try happens when connecting only: a renewal uses the address that worked.
    private bool LegacyLoginIsClosed(OrchestratorApiException e)
        => VcdAssumptions.LegacyLoginCanBeClosed(Version!)
            && Ticket is null
            && e.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Gone;

    private async Task<SessionTicket> LogInWithPasswordAsync(Uri address, RequestClass requestClass, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var password = SecretText.Reveal(_login.Password!);
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_login.User}@{_login.Organization}:{password}"));
        using var forgetPassword = Redactor.AddFor(password);
        using var forgetBasic = Redactor.AddFor(basic);
        using var request = NewRequest(HttpMethod.Post, address);
        request.Options.Set(RequestKeys.Anonymous, value: true);
        request.Options.Set(RequestKeys.Secret, value: true);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", basic);
        HttpResponseMessage response;
        try
        {
            response = await SendAsync(request, requestClass, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (e.StatusCode is HttpStatusCode.Unauthorized)
        {
            throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Authentication, $"{Server.Authority} refused the login of '{_login.User}' in organization '{_login.Organization}' (HTTP 401{(e.RequestId is null ? string.Empty : ", request " + e.RequestId)}).", e)
            {
                StatusCode = e.StatusCode,
                ServerCode = e.ServerCode,
                ServerMessage = e.ServerMessage,
                RequestId = e.RequestId,
                Method = e.Method,
                Uri = e.Uri,
                RecommendedAction = "Check user, password and organization (-Organization takes the organization's name, not its full name; the provider's is System; -Credential takes the user without it), and that the account is not locked.",
            };
        }

        using (response)
        {
            var token = Header(response, AccessTokenHeader);
            var legacyToken = token is null ? Header(response, LegacyTokenHeader) : null;
            if ((token ?? legacyToken) is not { } value)
            {
                throw Unreadable(request, response, RequestClass.Read, "the login brought no token");
            }

            Redactor.Add(value);
            var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            _place = IsCloudApi(address)
                ? ReadCloudSession(body) with { IsLegacyHeader = token is null }
                : ReadLegacySession(body) with { IsLegacyHeader = token is null };
            return new SessionTicket(value, Time.GetUtcNow(), null);
        }
    }

    private Place ReadLegacySession(string body)
    {
        try
        {
            var root = SafeXml.Parse(body);
            User = VcdXml.Text(root, "user") is { Length: > 0 } user ? user : User;
            Scope = VcdXml.Text(root, "org") is { Length: > 0 } organization ? organization : Scope;
            return new Place(IsLegacyHeader: false, Legacy: true, VcdLink.Of(root).FirstOrDefault(l => l.Rel == "remove")?.Href, CloudId: null);
        }
        catch (XmlException)
        {
            // The token is what counts; the body only says who logged in.
            return new Place(IsLegacyHeader: false, Legacy: true, RemoveHref: null, CloudId: null);
        }
    }

    private Place ReadCloudSession(string body)
    {
        var (id, user, organization) = ReadSessionJson(body);
        User = user ?? User;
        Scope = organization ?? Scope;
        return new Place(IsLegacyHeader: false, Legacy: false, RemoveHref: null, id);
    }

    private async Task<SessionTicket> ExchangeApiTokenAsync(RequestClass requestClass, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var secret = SecretText.Reveal(_nextApiToken ?? _login.ApiToken!);
        using var forget = Redactor.AddFor(secret);
        var address = new Uri(Server, IsProvider ? "/oauth/provider/token" : $"/oauth/tenant/{Uri.EscapeDataString(_login.Organization)}/token");
        using var request = NewRequest(HttpMethod.Post, address, "application/json");
        request.Options.Set(RequestKeys.Anonymous, value: true);
        request.Options.Set(RequestKeys.Secret, value: true);
        request.Content = new FormUrlEncodedContent([new("grant_type", "refresh_token"), new("refresh_token", secret)]);
        HttpResponseMessage response;
        try
        {
            response = await SendAsync(request, requestClass, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (e.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Authentication, $"{Server.Authority} refused the API token for organization '{_login.Organization}': {e.ServerMessage ?? "no reason given"} (HTTP {(int)e.StatusCode!}{(e.RequestId is null ? string.Empty : ", request " + e.RequestId)}).", e)
            {
                StatusCode = e.StatusCode,
                ServerCode = e.ServerCode,
                ServerMessage = e.ServerMessage,
                RequestId = e.RequestId,
                Method = e.Method,
                Uri = e.Uri,
                RecommendedAction = "The token may have been revoked or have expired, or belong to another organization: create a new one in the portal (User preferences, API tokens).",
            };
        }

        using (response)
        {
            try
            {
                using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false), JsonBounds);
                var access = JsonText(document.RootElement, "access_token") ?? throw new JsonException("it has no access_token");
                var now = Time.GetUtcNow();
                var lasts = document.RootElement.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind is JsonValueKind.Number && seconds.TryGetDouble(out var n) && n is > 0 and < 1e9 ? now.AddSeconds(n) : (DateTimeOffset?)null;
                if (JsonText(document.RootElement, "refresh_token") is { Length: > 0 } next && next != secret)
                {
                    // A server that gives a new token with each use means the new one from now on.
                    Redactor.Add(next);
                    _nextApiToken = SecretText.From(next);
                }

                _place = _place with { IsLegacyHeader = false, Legacy = false };
                return new SessionTicket(access, now, lasts);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw Unreadable(request, response, RequestClass.Read, e is JsonException ? e.Message.TrimEnd('.') : "it is not the JSON of a token");
            }
        }
    }

    private async Task LearnTokensUserAsync(IRequestObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            var (id, user, organization) = await CurrentSessionAsync(Ticket!, observer, cancellationToken).ConfigureAwait(false);
            User = user ?? User;
            Scope = organization ?? Scope;
            _place = _place with { CloudId = id };
        }
        catch (OrchestratorApiException e) when (e.Kind is not OrchestratorErrorKind.Authentication)
        {
            observer.Verbose($"The server does not say whose token it is: {e.Message}");
        }
    }

    private async Task<(string? Id, string? User, string? Organization)> CurrentSessionAsync(SessionTicket ticket, IRequestObserver observer, CancellationToken cancellationToken)
    {
        using var request = NewRequest(HttpMethod.Get, new Uri(_cloudSessions.AbsoluteUri + "/current"));
        request.Options.Set(RequestKeys.Anonymous, value: true);
        Attach(request, ticket);
        using var response = await SendAsync(request, RequestClass.Read, observer, cancellationToken).ConfigureAwait(false);
        return ReadSessionJson(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
    }

    private static (string? Id, string? User, string? Organization) ReadSessionJson(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, JsonBounds);
            return (JsonText(document.RootElement, "id"), JsonText(document.RootElement, "user", "name"), JsonText(document.RootElement, "org", "name"));
        }
        catch (JsonException)
        {
            return (null, null, null);
        }
    }

    private static string? JsonText(JsonElement element, params string[] path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind is not JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind is JsonValueKind.String ? element.GetString() : null;
    }

    private static string? Header(HttpResponseMessage response, string name)
        => response.Headers.TryGetValues(name, out var values) && values.FirstOrDefault()?.Trim() is { Length: > 0 } value ? value : null;

    private static bool IsCloudApi(Uri address) => address.AbsolutePath.Contains("/cloudapi/", StringComparison.OrdinalIgnoreCase);

    private static string WithoutProvider(Uri address)
    {
        var path = address.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return path.EndsWith("/provider", StringComparison.OrdinalIgnoreCase) ? path[..^"/provider".Length] : path;
    }

    /// <summary>Where the present session is ended, and which header carries its token.</summary>
    private sealed record Place(bool IsLegacyHeader, bool Legacy, string? RemoveHref, string? CloudId);
}
