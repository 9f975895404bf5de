using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OrchestratorTools.Clients.Http;

/// <summary>Decides whether a server's certificate is taken, and remembers the last one that was not, for the error's text.</summary>
internal sealed class CertificateCheck(ConnectionSettings settings)
{
    private volatile string? _rejected;

    /// <summary>What is wrong with the last certificate that was refused, or null.</summary>
    public string? Rejected => _rejected;

    /// <summary>The SHA-256 thumbprint of the last certificate that was refused.</summary>
    public string? RejectedThumbprint { get; private set; }

    /// <summary>True when certificates are compared with anything at all.</summary>
    public bool IsChecked => !settings.SkipCertificateCheck;

    public bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (settings.SkipCertificateCheck)
        {
            return true;
        }

        if (certificate is null)
        {
            _rejected = "the server showed no certificate";
            return false;
        }

        var thumbprint = Convert.ToHexString(SHA256.HashData(certificate.GetRawCertData()));
        if (settings.ServerCertificateThumbprints.Count > 0)
        {
            if (settings.ServerCertificateThumbprints.Contains(thumbprint, StringComparer.OrdinalIgnoreCase))
            {
                return true;
            }

            Reject(thumbprint, "its thumbprint is not the pinned one");
            return false;
        }

        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        var reasons = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            reasons.Add("it is for another name");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            var status = chain?.ChainStatus.Select(s => s.Status.ToString()).Distinct(StringComparer.Ordinal).ToArray() ?? [];
            reasons.Add(status.Length == 0 ? "its issuer is not trusted" : "its chain is not trusted (" + string.Join(", ", status) + ")");
        }

        Reject(thumbprint, string.Join(" and ", reasons));
        return false;
    }

    private void Reject(string thumbprint, string reason)
    {
        RejectedThumbprint = thumbprint;
        _rejected = reason;
    }
}
