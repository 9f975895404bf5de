using System.Net;
using System.Security.Authentication;

namespace OrchestratorTools.Clients.Http;

/// <summary>How to reach a server: all that a connection's user can set, and the two seams of the tests (clock and resilience).</summary>
public sealed record ConnectionSettings
{
    /// <summary>The address that was dialled; only scheme, host and port count.</summary>
    public required Uri Server { get; init; }

    /// <summary>Makes the handler that repeats requests; it is given the number of retries, the pause of the whole connection after a 429 (or null), the clock,
    /// and a method that is told of each retry (request, number, delay, reason). Without it nothing is repeated.</summary>
    public Func<int, TimeSpan?, TimeProvider, Action<HttpRequestMessage, int, TimeSpan, string>, DelegatingHandler>? Resilience { get; init; }

    /// <summary>No certificate check at all.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>SHA-256 thumbprints (64 hex digits) of the only certificates that are accepted; takes the place of chain and name checks.</summary>
    public IReadOnlyList<string> ServerCertificateThumbprints { get; init; } = [];

    /// <summary>TLS versions; None lets the system choose.</summary>
    public SslProtocols SslProtocols { get; init; } = SslProtocols.None;

    /// <summary>A proxy; null takes the system's.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>The proxy's credential.</summary>
    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>No proxy at all.</summary>
    public bool NoProxy { get; init; }

    /// <summary>How long to wait for an answer to begin, and between two pieces of it.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How often a request is repeated where that is safe.</summary>
    public int MaximumRetryCount { get; init; } = 3;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The last handler, next to the wire; the tests put theirs here.</summary>
    internal Func<HttpMessageHandler>? PrimaryHandler { get; init; }
}
