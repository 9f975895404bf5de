using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace OrchestratorTools.Clients.Http;

/// <summary>Takes secrets out of texts: by value (what this connection knows to be secret) and by name (members, fields and headers that carry secrets).</summary>
public sealed partial class SecretRedactor
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mask = "***";

    private const int ShortestValue = 4;
    private readonly ConcurrentDictionary<string, byte> _values = new(StringComparer.Ordinal);

    /// <summary>Makes a value secret from now on: as it is, as it stands in a form, and as it stands in JSON.</summary>
    public void Add(string? value)
    {
        if (value is not { Length: >= ShortestValue })
        {
            return;
        }

        _values[value] = 0;
        _values[Uri.EscapeDataString(value)] = 0;
        _values[System.Text.Json.JsonEncodedText.Encode(value).Value] = 0;
    }

    /// <summary>Makes a value secret until the result is disposed: for passwords, which are not kept as text longer than a login takes.</summary>
    public IDisposable AddFor(string? value)
    {
        if (value is not { Length: >= ShortestValue } || _values.ContainsKey(value))
        {
            return new Forget(this, []);
        }

        string[] forms = [value, Uri.EscapeDataString(value), System.Text.Json.JsonEncodedText.Encode(value).Value];
        foreach (var form in forms)
        {
            _values[form] = 0;
        }

        return new Forget(this, forms);
    }

    /// <summary>The text without its secrets.</summary>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        // Longest first: a secret that contains another one goes whole.
        foreach (var value in _values.Keys.OrderByDescending(v => v.Length))
        {
            text = text.Replace(value, Mask, StringComparison.Ordinal);
        }

        // Before names are looked for: they would make *** of the flag that says that the value is a password.
        text = SecretProperty().Replace(text, static property => PropertyValue().Replace(property.Value, "$1" + Mask));
        text = JsonMember().Replace(text, "$1\"" + Mask + "\"");
        text = XmlAttributeOrElement().Replace(text, "$1" + Mask);
        text = FormField().Replace(text, "$1" + Mask);
        text = TransferAddress().Replace(text, "$1" + Mask);
        text = TransferLink().Replace(text, "$1" + Mask);
        return AuthorizationValue().Replace(text, "$1 " + Mask);
    }

    /// <summary>An address as it may be shown: no user, secret query fields masked, transfer paths masked.</summary>
    public string Redact(Uri? uri)
    {
        if (uri is null)
        {
            return string.Empty;
        }

        var shown = uri.IsAbsoluteUri ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.PathAndQuery, UriFormat.UriEscaped) : uri.OriginalString;
        return Redact(shown);
    }

    /// <summary>True for headers whose values are never shown.</summary>
    public static bool IsSecretHeader(string name) => SecretHeader().IsMatch(name);

    [GeneratedRegex("^(proxy-)?authorization$|^(set-)?cookie$|token|x-vcloud-authorization|secret|password", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SecretHeader();

    // facts/velocloud.md (passwords, API tokens, activation keys), facts/vro.md (trap 7), facts/vcd.md (login matrix).
    private const string SecretNames = "[a-z0-9_]*password[a-z0-9_]*|passwd|pwd|[a-z0-9_]*(?:secret|passphrase)[a-z0-9_]*|access_?token|refresh_?token|api_?token|mfa_?token|mfa_?passcode|mfa_?key|mfaQrCodeUrl|token|activationKey|assertion|activeAccessFromStandby";

    [GeneratedRegex("(\"(?:" + SecretNames + ")\"\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*\"?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex JsonMember();

    [GeneratedRegex("((?:\\b(?:" + SecretNames + ")=\")|(?:<(?:[a-z0-9]+:)?(?:" + SecretNames + ")(?:\\s[^>]*)?>))[^<\"]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex XmlAttributeOrElement();

    [GeneratedRegex("((?:^|[?&\\s])(?:" + SecretNames + ")=)[^&\\s\"<]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex FormField();

    // A transfer URL is a capability: who has it can write the file (facts/vcd.md, OVF upload).
    [GeneratedRegex("(https?://[^/\\s\"<>]+/transfer/)[^\\s\"<>]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex TransferAddress();

    // The same by what the link says that it is: nothing says that every server has "transfer" in its paths. The answer that names an address first is shown before anybody has read it.
    [GeneratedRegex("(<(?:[a-z0-9]+:)?Link\\b(?=[^>]*\\brel=\"(?:upload|download):)[^>]*?\\bhref=\")[^\"<>]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex TransferLink();

    // A property of an OVF product section or environment (facts/vcd.md, recorded machines): its value is an attribute of itself or of its child, and a flag, its type or its key says that it is a password.
    [GeneratedRegex("<(?:[a-z0-9]+:)?Property\\b(?=[^>]*\\b(?:password=\"(?:true|1)\"|type=\"password\"|key=\"[^\"]*(?:password|passwd|secret)[^\"]*\"))[^>]*(?:/>|>.*?(?:</(?:[a-z0-9]+:)?Property>|$))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline, 2000)]
    private static partial Regex SecretProperty();

    [GeneratedRegex("(\\bvalue=\")[^\"]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex PropertyValue();

    [GeneratedRegex("\\b(Bearer|Basic|Token|SIGN token=)\\s*[A-Za-z0-9+/=_.~\"-]{12,}", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex AuthorizationValue();

    private sealed class Forget(SecretRedactor owner, string[] forms) : IDisposable
    {
        public void Dispose()
        {
            foreach (var form in forms)
            {
                owner._values.TryRemove(form, out _);
            }
        }
    }
}
