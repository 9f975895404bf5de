using System.Globalization;
using System.Numerics;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Numbers of JSON as texts: whether two mean the same, without rounding either (1.50, 1.5 and 15e-1 do; 0.1 and 0.1000000000000000055 do not).</summary>
internal static class JsonNumberText
{
    // What no configuration holds: an exponent that would make a text of gigabytes is compared as it stands.
    private const int LargestExponent = 4096;

    /// <summary>True when both texts are the same number.</summary>
    public static bool AreEqual(string a, string b)
        => string.Equals(a, b, StringComparison.Ordinal) || (Normal(a) is { } x && Normal(b) is { } y && x == y);

    /// <summary>The number as a sign-bearing whole number and a power of ten, no zeros at the end; null where the text is no number, or one beyond all measure.</summary>
    private static (BigInteger Digits, long Exponent)? Normal(string text)
    {
        var e = text.IndexOfAny(['e', 'E']);
        var mantissa = e < 0 ? text : text[..e];
        long exponent = 0;
        if (e >= 0 && (!long.TryParse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs(exponent) > LargestExponent))
        {
            return null;
        }

        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0)
        {
            exponent -= mantissa.Length - dot - 1;
            mantissa = mantissa.Remove(dot, 1);
        }

        var trimmed = mantissa.TrimEnd('0');
        exponent += mantissa.Length - trimmed.Length;
        if (trimmed is "" or "-" or "+")
        {
            return (BigInteger.Zero, 0);
        }

        return BigInteger.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var digits) ? (digits, exponent) : null;
    }
}
