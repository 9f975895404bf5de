using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>Ids that are the same whenever the seed is.</summary>
internal static class Ids
{
    /// <summary>The id of a thing by its path.</summary>
    public static Guid Of(int seed, params ReadOnlySpan<string> path)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}/{string.Join('/', path.ToArray())}")));
        var bytes = hash.AsSpan(0, 16);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }

    /// <summary>The id of a part of something that has one.</summary>
    public static Guid Of(Guid owner, string part) => Of(0, owner.ToString(), part);
}
