using System.Security.Cryptography;

namespace OrchestratorTools.Simulator.Vro.Accounts;

/// <summary>Tokens and secrets as the vendor's samples show them.</summary>
internal static class Secrets
{
    /// <summary>
    /// Base64 that holds a <c>+</c>, a <c>/</c> and a <c>=</c>: sent in a form that is not encoded, the first becomes a space and the token is wrong
    /// (facts/vro.md, B).
    /// </summary>
    public static string Base64(int bytes)
    {
        // One or two padding signs need a length that three does not divide.
        var length = bytes % 3 == 0 ? bytes + 2 : bytes;
        while (true)
        {
            var text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(length));
            if (text.Contains('+', StringComparison.Ordinal) && text.Contains('/', StringComparison.Ordinal))
                return text;
        }
    }

    /// <summary>Base64 of the URL kind, without padding: what access tokens look like.</summary>
    public static string Base64Url(int bytes) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
