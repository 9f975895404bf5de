using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OrchestratorTools.Simulator;

/// <summary>Makes the simulator's self-signed certificate. Nothing is written to disk or to a certificate store.</summary>
internal static class ServerCertificate
{
    /// <summary>A certificate for <paramref name="host"/> and, where there is one, <paramref name="address"/>; valid for a day.</summary>
    public static X509Certificate2 Create(string host, IPAddress? address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(host);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (address is null || !string.Equals(host, address.ToString(), StringComparison.Ordinal))
            names.AddDnsName(host);

        if (address is not null)
            names.AddIpAddress(address);

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        // Windows' TLS cannot use an ephemeral key: the round trip through PKCS#12 gives it one that it can.
        return new X509Certificate2(certificate.Export(X509ContentType.Pfx));
    }

    /// <summary>The SHA-256 of the certificate, in hexadecimal.</summary>
    public static string Thumbprint(X509Certificate2 certificate) => Convert.ToHexString(SHA256.HashData(certificate.RawData));
}
