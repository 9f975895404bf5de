using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Connections;

/// <summary>What the three Connect- cmdlets have in common: how to reach the server, and what becomes of the connection.</summary>
public abstract partial class ConnectCommand : OrchestratorCmdlet
{
    /// <summary>The server: a name, name:port, or an https address.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Server { get; set; } = string.Empty;

    /// <summary>The connection's name; default: the user at the server. Connecting again under a name logs the old session out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Leaves the default connection as it is.</summary>
    [Parameter]
    public SwitchParameter NotDefault { get; set; }

    /// <summary>SHA-256 thumbprints of the only certificates to accept (64 hex digits; colons and spaces are allowed). Takes the place of the chain and name checks.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? ServerCertificateThumbprint { get; set; }

    /// <summary>Checks no certificate. For throw-away labs; pin the certificate instead.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>The TLS versions to use; default: the system's choice.</summary>
    [Parameter]
    public SslProtocols SslProtocol { get; set; } = SslProtocols.None;

    /// <summary>The proxy's address; default: the system's proxy.</summary>
    [Parameter]
    public Uri? Proxy { get; set; }

    /// <summary>The proxy's credential.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Goes without a proxy.</summary>
    [Parameter]
    public SwitchParameter NoProxy { get; set; }

    /// <summary>How long to wait for an answer to begin, and between two pieces of it, in whole seconds.</summary>
    [Parameter]
    [Alias("TimeoutSec")]
    [ValidateRange(1, 86400)]
    public int ConnectionTimeoutSeconds { get; set; } = 100;

    /// <summary>How often a request is repeated where that is safe.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = 3;

    /// <summary>The kind of server.</summary>
    private protected abstract OrchestratorSystem System { get; }

    /// <inheritdoc/>
    private protected sealed override string ErrorPrefix => System.ToString();

    /// <summary>The port of an address that names none.</summary>
    private protected virtual int DefaultPort => 443;

    /// <summary>Logs in and returns the session, or throws.</summary>
    private protected abstract Task<OrchestratorSession> LogInAsync(ConnectionSettings settings, CancellationToken cancellationToken);

    /// <summary>The default name of a session: <c>user@host[:port]</c>.</summary>
    private protected virtual string DefaultNameOf(OrchestratorSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return $"{session.User}@{(session.Server.Port == DefaultPort ? session.Server.Host : session.Server.Authority)}";
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var settings = ReadSettings();
        CurrentTarget = settings.Server;
        OrchestratorSession session;
        try
        {
            session = Await(token => LogInAsync(settings, token));
        }
        catch (OrchestratorApiException e)
        {
            // Everything that follows in a script stands on the connection: its failure ends the cmdlet.
            WriteQueued();
            ThrowTerminatingError(ErrorRecords.From(e, settings.Server));
            throw;
        }

        var connection = new OrchestratorConnection(Name ?? DefaultNameOf(session), session, DateTimeOffset.UtcNow);
        var replaced = ConnectionRegistry.Add(connection);
        if (!NotDefault)
        {
            RunspaceDefaults.Set(SessionState, connection);
            if (ModuleLifetime.IsFirstRunspace())
            {
                ConnectionRegistry.SetProcessDefault(connection);
            }
        }

        if (replaced is not null && Await(token => ModuleLifetime.LogOutAsync(replaced, token)) is { } failure)
        {
            WriteWarning($"The earlier session of '{replaced.Name}' could not be logged out: {failure.TrimEnd('.')}. It ends at the server by itself.");
        }

        WriteObject(connection);
    }

    private ConnectionSettings ReadSettings()
    {
        var address = ReadServer();
        if (SkipCertificateCheck && ServerCertificateThumbprint is not null)
        {
            ThrowBadParameter(nameof(SkipCertificateCheck), true, "use either this or -ServerCertificateThumbprint; the thumbprint is the safe one.");
        }

        if (NoProxy && Proxy is not null)
        {
            ThrowBadParameter(nameof(Proxy), Proxy, "use either this or -NoProxy.");
        }

        if (Proxy is { IsAbsoluteUri: false })
        {
            ThrowBadParameter(nameof(Proxy), Proxy, "an address such as http://proxy.example.com:3128 is needed.");
        }

        if (SkipCertificateCheck)
        {
            WriteVerbose($"The certificate of {address.Authority} is not checked.");
        }

        return new ConnectionSettings
        {
            Server = address,
            Resilience = ResilienceLoader.Create,
            SkipCertificateCheck = SkipCertificateCheck,
            ServerCertificateThumbprints = ServerCertificateThumbprint?.Select(ReadThumbprint).ToArray() ?? [],
            SslProtocols = SslProtocol,
            Proxy = Proxy,
            ProxyCredential = ProxyCredential?.GetNetworkCredential() is { } c ? new NetworkCredential(c.UserName, c.SecurePassword, c.Domain) : null,
            NoProxy = NoProxy,
            Timeout = TimeSpan.FromSeconds(ConnectionTimeoutSeconds),
            MaximumRetryCount = MaximumRetryCount,
        };
    }

    private Uri ReadServer()
    {
        var text = Server.Trim();
        if (!text.Contains("://", StringComparison.Ordinal))
        {
            // An IPv6 address without brackets reads as name:port otherwise.
            text = IPAddress.TryParse(text, out var ip) && ip.AddressFamily is global::System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"https://[{text}]" : "https://" + text;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Host.Length == 0 || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            ThrowBadParameter(nameof(Server), Server, "a host name, host:port or an https address is needed, for example 'orchestrator.example.com'.");
            throw new InvalidOperationException();
        }

        if (address.UserInfo.Length > 0)
        {
            ThrowBadParameter(nameof(Server), address.Host, "the address must hold no user or password; give them with -Credential.");
        }

        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
        {
            ThrowBadParameter(nameof(Server), Server, "plain http is taken for loopback addresses only; use https.");
        }

        var port = HasPort().IsMatch(text) ? address.Port : DefaultPort;
        return new UriBuilder(address.Scheme, address.Host, port).Uri;
    }

    private string ReadThumbprint(string text)
    {
        var digits = text.Replace(":", string.Empty, StringComparison.Ordinal).Replace(" ", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal);
        if (!digits.All(char.IsAsciiHexDigit) || digits.Length != 64)
        {
            ThrowBadParameter(nameof(ServerCertificateThumbprint), text, digits.Length == 40 && digits.All(char.IsAsciiHexDigit)
                ? "this is a SHA-1 thumbprint (40 hex digits), which can be forged; the SHA-256 one (64 hex digits) is needed. " + ShowSha256()
                : string.Create(CultureInfo.InvariantCulture, $"64 hex digits (SHA-256) are needed; colons and spaces are allowed. This has {digits.Length} characters."));
        }

        return digits.ToUpperInvariant();
    }

    // The user has the SHA-1 from a browser; what the server shows now saves a search, and comparing it with the browser's SHA-256 stays the user's part.
    private string ShowSha256()
    {
        var address = ReadServer();
        string? seen = null;
        try
        {
            Await(async token =>
            {
                using var client = new global::System.Net.Sockets.TcpClient();
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
                limit.CancelAfter(TimeSpan.FromSeconds(5));
                await client.ConnectAsync(address.Host, address.Port, limit.Token).ConfigureAwait(false);
                var stream = new global::System.Net.Security.SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) =>
                {
                    seen = certificate is null ? null : Convert.ToHexString(global::System.Security.Cryptography.SHA256.HashData(certificate.GetRawCertData()));
                    return false;
                });
                await using (stream.ConfigureAwait(false))
                {
                    await stream.AuthenticateAsClientAsync(new global::System.Net.Security.SslClientAuthenticationOptions { TargetHost = address.Host }, limit.Token).ConfigureAwait(false);
                }
            });
        }
        catch (Exception e) when (e is AuthenticationException or IOException or global::System.Net.Sockets.SocketException or OperationCanceledException)
        {
            // The handshake is refused on purpose; where there was none, there is nothing to show.
        }

        return seen is null ? $"The server at {address.Authority} could not be asked for it." : $"The server at {address.Authority} shows {seen} at the moment: compare it with what its administrator says.";
    }

    [GeneratedRegex(@"^[a-z]+://(?:\[[^\]]*\]|[^:/]+):\d+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HasPort();
}
