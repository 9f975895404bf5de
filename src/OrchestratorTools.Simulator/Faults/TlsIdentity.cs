using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace OrchestratorTools.Simulator.Faults;

/// <summary>The certificate that one port's next connections are answered with.</summary>
internal sealed class TlsIdentity(X509Certificate2 own)
{
    private readonly SslServerAuthenticationOptions _own = Options(own);
    private volatile SslServerAuthenticationOptions? _other;

    public SslServerAuthenticationOptions Current => _other ?? _own;

    /// <summary>Answers with a certificate for another host from now on; with the first one again where the host is one of its own names. Returns the certificate.</summary>
    public X509Certificate2 Change(string host)
    {
        if (host is "localhost" or "127.0.0.1")
        {
            _other = null;
            return own;
        }

        var certificate = ServerCertificate.Create(host, IPAddress.TryParse(host, out var address) ? address : null);
        _other = Options(certificate);
        return certificate;
    }

    private static SslServerAuthenticationOptions Options(X509Certificate2 certificate)
        => new() { ServerCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true) };
}
