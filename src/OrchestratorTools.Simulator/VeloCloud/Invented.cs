using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Invented values that are the same at every start with the same seed.</summary>
internal static class Invented
{
    /// <summary>The logical id (a UUID) of an object.</summary>
    public static string LogicalId(string kind, long id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind}/{id}")), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }

    /// <summary>A text of letters and digits, as in serial numbers and keys.</summary>
    public static string Code(Random random, int length)
    {
        const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        return string.Create(length, random, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = Letters[source.Next(Letters.Length)];
            }
        });
    }

    /// <summary>An activation key: four groups of four.</summary>
    public static string ActivationKey(Random random)
        => string.Join('-', Code(random, 4), Code(random, 4), Code(random, 4), Code(random, 4));

    public static string Mac(Random random)
        => string.Create(CultureInfo.InvariantCulture, $"e8:65:5f:{random.Next(256):x2}:{random.Next(256):x2}:{random.Next(256):x2}");
}
