using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrchestratorTools.Simulator.Vro.Accounts;

/// <summary>One-time codes by time: RFC 6238 with its defaults (HMAC-SHA-1, six digits, steps of 30 s), keys in base32 (RFC 4648).</summary>
internal static class Totp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;

    /// <summary>A new key: 160 bits as 32 letters, as long as the vendor's sample.</summary>
    public static string NewKey()
    {
        var text = new StringBuilder(32);
        foreach (var b in RandomNumberGenerator.GetBytes(32))
            text.Append(Alphabet[b % 32]);
        return text.ToString();
    }

    /// <summary>Whether a code is the key's at a time, give or take one step.</summary>
    public static bool IsValid(string key, string code, DateTimeOffset at)
    {
        var step = at.ToUnixTimeSeconds() / StepSeconds;
        return Enumerable.Range(-1, 3)
            .Any(d => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(key, step + d)), Encoding.ASCII.GetBytes(code)));
    }

    private static string Code(string key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238's default, and all that authenticator apps know.
        var hash = HMACSHA1.HashData(Decode(key), counter);
#pragma warning restore CA5350
        var value = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0x0F)) & int.MaxValue;
        return (value % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string key)
    {
        var bytes = new List<byte>(key.Length * 5 / 8);
        var (buffer, bits) = (0, 0);
        foreach (var c in key)
        {
            buffer = ((buffer << 5) | Alphabet.IndexOf(c, StringComparison.Ordinal)) & 0xFFFF;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
            }
        }

        return [.. bytes];
    }
}
