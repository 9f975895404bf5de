using System.Runtime.InteropServices;
using System.Security;

namespace OrchestratorTools.Clients.Http;

/// <summary>Between SecureString and text: secrets are kept as the first and are the second only while a request is built.</summary>
public static class SecretText
{
    /// <summary>A read-only SecureString of the text; null of null or of an empty text.</summary>
    public static SecureString? From(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var secret = new SecureString();
        foreach (var c in text)
        {
            secret.AppendChar(c);
        }

        secret.MakeReadOnly();
        return secret;
    }

    /// <summary>The text of a SecureString.</summary>
    public static string Reveal(SecureString secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var pointer = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(pointer, secret.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
        }
    }
}
